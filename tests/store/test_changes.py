"""What was done to a measure can be read afterwards: when, by whom, from what to what."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from ita.store import MeasureChange, StaleEdit, Store, Upload
from tests.store.file_frames import BUA, Line, file_of

YEAR = 2564
CLERK, HEAD = "clerk@example.go.th", "head@example.go.th"


@pytest.fixture
def agency_id(store: Store) -> int:
    file_of(Line()).save(store)
    return int(store.agencies(BUA)["agency_id"].iloc[0])


@pytest.fixture
def measure_id(store: Store, agency_id: int) -> int:
    added = {"indicator": 10, "title": "เผยแพร่แผน", "period_end": dt.date(2022, 3, 31), "budget": 0}
    (measure_id,) = store.add_measures(agency_id, YEAR, [added], by=CLERK)
    return measure_id


def told(changes: pd.DataFrame) -> list[tuple[object, ...]]:
    rows = changes[["changed_by", "kind", "column", "before", "after"]]
    return [tuple(None if pd.isna(value) else value for value in row) for row in rows.itertuples(index=False)]


def test_what_a_measure_was_added_with_is_told(store: Store, agency_id: int, measure_id: int) -> None:
    changes = store.measure_changes(agency_id, YEAR)

    assert told(changes) == [
        (CLERK, "added", "indicator", None, "10"),
        (CLERK, "added", "title", None, "เผยแพร่แผน"),
        (CLERK, "added", "period_end", None, "2022-03-31"),
        (CLERK, "added", "budget", None, "0"),
    ]
    assert changes["measure_id"].unique().tolist() == [measure_id]


def test_a_change_tells_what_was_there_before_and_who_changed_it(store: Store, agency_id: int, measure_id: int) -> None:
    before = dt.datetime.now(dt.UTC)
    store.change_measure(measure_id, 1, {"status": "in_progress", "percent": 60, "title": "เผยแพร่แผน"}, by=HEAD)

    changes = store.measure_changes(agency_id, YEAR).head(2)
    assert told(changes) == [
        (HEAD, "changed", "status", "not_stated", "in_progress"),
        (HEAD, "changed", "percent", None, "60"),
    ]
    assert changes["change_id"].nunique() == 1
    assert (changes["changed_at"] >= before).all()


def test_an_edit_that_is_refused_is_not_told(store: Store, agency_id: int, measure_id: int) -> None:
    store.change_measure(measure_id, 1, {"percent": 50}, by=CLERK)

    with pytest.raises(StaleEdit):
        store.change_measure(measure_id, 1, {"percent": 70}, by=HEAD)

    assert HEAD not in store.measure_changes(agency_id, YEAR)["changed_by"].tolist()


def test_removed_and_restored_are_told_and_the_measure_is_as_it_was(
    store: Store, agency_id: int, measure_id: int
) -> None:
    before = store.measures(agency_id, YEAR)
    store.delete_measure(measure_id, 1, by=CLERK)
    store.restore_measure(measure_id, by=HEAD)
    store.restore_measure(measure_id, by=HEAD)  # is there already

    assert told(store.measure_changes(agency_id, YEAR))[:2] == [
        (HEAD, "restored", None, None, None),
        (CLERK, "removed", None, None, None),
    ]
    assert store.measure_changes(agency_id, YEAR)["kind"].tolist().count("restored") == 1
    kept = [column for column in before if column not in ("version", "updated_at")]
    pd.testing.assert_frame_equal(store.measures(agency_id, YEAR)[kept], before[kept])
    with pytest.raises(StaleEdit):
        store.change_measure(measure_id, 1, {"percent": 50})


def test_the_newest_of_one_year_and_agency_comes_first(store: Store, agency_id: int, measure_id: int) -> None:
    store.add_measures(agency_id, YEAR + 1, [{"title": "ของปีอื่น"}])
    store.apply_measures([MeasureChange(measure_id, 1, {"percent": 10})], by=CLERK)
    store.apply_measures([MeasureChange(measure_id, 2, {"percent": 20})], by=CLERK)

    changes = store.measure_changes(agency_id, YEAR)
    assert changes["after"].tolist()[:2] == ["20", "10"]
    assert set(changes["title"]) == {"เผยแพร่แผน"}
    assert store.measure_changes(agency_id, YEAR + 7).empty
    assert store.measure_changes(agency_id, YEAR + 7).dtypes.equals(changes.dtypes)


def test_the_measures_of_the_example_are_told_as_removed(store: Store, agency_id: int) -> None:
    store.add_measures(agency_id, YEAR, [{"title": "ตัวอย่าง"}], Upload.of(b"x", "ตัวอย่าง.docx", example=True))

    store.remove_examples(by=HEAD)

    assert told(store.measure_changes(agency_id, YEAR))[0] == (HEAD, "removed", None, None, None)


def test_a_measure_remembers_what_it_was_carried_from(store: Store, agency_id: int, measure_id: int) -> None:
    store.add_measures(agency_id, YEAR + 1, [{"title": "เผยแพร่แผน", "carried_from": measure_id}])

    assert store.measures(agency_id, YEAR + 1)["carried_from"].tolist() == [measure_id]
    with pytest.raises(ValueError, match="carried_from"):
        store.change_measure(measure_id, 1, {"carried_from": measure_id})


@pytest.mark.parametrize("change", [{"percent": 101}, {"percent": -1}, {"percent": 12.5}, {"budget": -1}])
def test_impossible_figures_of_a_measure_are_refused(
    store: Store, agency_id: int, measure_id: int, change: dict[str, float]
) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        store.change_measure(measure_id, 1, change)
