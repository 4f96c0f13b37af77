from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest

from ita.store import MeasureChange, StaleEdit, Store, Upload
from tests.store.file_frames import BUA, Line, file_of

YEAR = 2564
PUBLISH = {
    "indicator": 10,
    "title": "เผยแพร่แผนป้องกันการทุจริต",
    "steps": "1. จัดทำแผน\n2. เผยแพร่บนเว็บไซต์",
    "responsible": "สำนักปลัดเทศบาล",
    "period_text": "ต.ค. 64 – มี.ค. 65",
    "period_start": dt.date(2021, 10, 1),
    "period_end": dt.date(2022, 3, 31),
}
TRAIN = {"indicator": 4, "title": "อบรมการใช้ทรัพย์สิน", "responsible": "กองคลัง"}


@pytest.fixture
def agency_id(store: Store) -> int:
    file_of(Line()).save(store)
    return int(store.agencies(BUA)["agency_id"].iloc[0])


@pytest.fixture
def measure_id(store: Store, agency_id: int) -> int:
    (measure_id,) = store.add_measures(agency_id, YEAR, [PUBLISH])
    return measure_id


def test_measures_are_listed_by_indicator_and_then_as_added(store: Store, agency_id: int) -> None:
    store.add_measures(agency_id, YEAR, [PUBLISH, {"title": "อื่น ๆ"}, TRAIN, {**TRAIN, "title": "ทำทะเบียนพัสดุ"}])

    measures = store.measures(agency_id, YEAR)

    assert measures["title"].tolist() == [TRAIN["title"], "ทำทะเบียนพัสดุ", PUBLISH["title"], "อื่น ๆ"]
    assert measures["indicator"].isna().tolist() == [False, False, False, True]


def test_a_measure_comes_back_as_it_was_added(store: Store, agency_id: int, measure_id: int) -> None:
    (row,) = store.measures(agency_id, YEAR).to_dict("records")

    assert row["measure_id"] == measure_id
    assert row["steps"] == PUBLISH["steps"]
    assert row["period_start"] == pd.Timestamp(2021, 10, 1)
    assert (row["result"], row["suggestion"], row["evidence"]) == ("", "", "")
    assert (row["status"], row["version"]) == ("not_stated", 1)
    assert row["created_at"] == row["updated_at"]


def test_measures_belong_to_one_agency_and_one_year(store: Store, agency_id: int, measure_id: int) -> None:
    assert store.measures(agency_id, YEAR + 1).empty
    assert store.measures(agency_id + 1, YEAR).empty
    pd.testing.assert_series_equal(
        store.measures(agency_id, YEAR + 1).dtypes, store.measures(agency_id, YEAR).dtypes, check_names=False
    )


def test_a_report_imported_twice_adds_its_measures_once(store: Store, agency_id: int) -> None:
    report = pd.DataFrame([PUBLISH, TRAIN]).assign(sheet="มาตรการ", status="completed")
    upload = Upload.of(b"report", "report.docx")
    first = store.add_measures(agency_id, YEAR, report, upload)
    before = store.revision()

    assert store.add_measures(agency_id, YEAR, report, upload) == []

    assert len(first) == 2
    assert store.revision() == before
    measures = store.measures(agency_id, YEAR)
    assert measures["status"].tolist() == ["completed", "completed"]
    assert measures["period_text"].tolist() == ["", PUBLISH["period_text"]]
    assert measures["period_end"].isna().tolist() == [True, False]
    assert store.seen(upload.sha256) == upload


def test_a_new_step_of_the_same_title_is_another_measure(store: Store, agency_id: int, measure_id: int) -> None:
    added = store.add_measures(agency_id, YEAR, [PUBLISH, {**PUBLISH, "steps": "3. รายงานผล"}])

    assert len(added) == 1
    assert len(store.measures(agency_id, YEAR)) == 2


def test_a_change_is_kept_and_counted(store: Store, agency_id: int, measure_id: int) -> None:
    before = store.revision()

    version = store.change_measure(measure_id, 1, {"status": "completed", "period_end": "2022-09-30", "result": None})

    (row,) = store.measures(agency_id, YEAR).to_dict("records")
    assert version == row["version"] == 2
    assert (row["status"], row["period_end"], row["result"]) == ("completed", pd.Timestamp(2022, 9, 30), "")
    assert row["title"] == PUBLISH["title"]
    assert row["updated_at"] > row["created_at"]
    assert store.revision() > before


def test_a_stale_edit_is_refused_and_shows_both_versions(store: Store, agency_id: int, measure_id: int) -> None:
    store.change_measure(measure_id, 1, {"result": "เผยแพร่แล้ว"})
    before = store.revision()

    with pytest.raises(StaleEdit) as refusal:
        store.change_measure(measure_id, 1, {"result": "ยังไม่เผยแพร่"})

    stale = refusal.value
    assert stale.measure_id == measure_id
    assert stale.yours == {"result": "ยังไม่เผยแพร่"}
    assert stale.stored is not None
    assert (stale.stored["result"], stale.stored["version"]) == ("เผยแพร่แล้ว", 2)
    assert not stale.deleted
    assert store.measures(agency_id, YEAR)["result"].tolist() == ["เผยแพร่แล้ว"]
    assert store.revision() == before


def test_a_removed_measure_leaves_the_list_and_cannot_be_edited(store: Store, agency_id: int, measure_id: int) -> None:
    store.delete_measure(measure_id, 1)

    assert store.measures(agency_id, YEAR).empty
    for version in (1, 2):
        with pytest.raises(StaleEdit) as refusal:
            store.change_measure(measure_id, version, {"result": "สายไป"})
        assert refusal.value.deleted
        assert refusal.value.stored is not None
        assert refusal.value.stored["title"] == PUBLISH["title"]


def test_a_measure_changed_meanwhile_is_not_removed(store: Store, agency_id: int, measure_id: int) -> None:
    store.change_measure(measure_id, 1, {"result": "เพิ่งแก้ไข"})

    with pytest.raises(StaleEdit):
        store.delete_measure(measure_id, 1)

    assert store.measures(agency_id, YEAR)["result"].tolist() == ["เพิ่งแก้ไข"]


def test_a_removed_measure_can_be_imported_again(store: Store, agency_id: int, measure_id: int) -> None:
    store.delete_measure(measure_id, 1)

    assert len(store.add_measures(agency_id, YEAR, [PUBLISH])) == 1


def test_an_edit_of_a_measure_that_never_was_is_stale(store: Store) -> None:
    with pytest.raises(StaleEdit) as refusal:
        store.change_measure(404, 1, {"result": "?"})

    assert refusal.value.stored is None
    assert refusal.value.deleted


def test_of_several_edits_those_that_fit_are_saved_and_the_others_returned(store: Store, agency_id: int) -> None:
    first, second, third = store.add_measures(agency_id, YEAR, [TRAIN, PUBLISH, {"title": "อื่น ๆ"}])
    store.change_measure(second, 1, {"result": "ของคนอื่น"})

    stale = store.apply_measures(
        [
            MeasureChange(first, 1, {"result": "ของฉัน 1"}),
            MeasureChange(second, 1, {"result": "ของฉัน 2"}),
            MeasureChange(third, 1, delete=True),
        ]
    )

    assert [(one.measure_id, one.yours) for one in stale] == [(second, {"result": "ของฉัน 2"})]
    measures = store.measures(agency_id, YEAR)
    assert measures["result"].tolist() == ["ของฉัน 1", "ของคนอื่น"]
    assert measures["version"].tolist() == [2, 2]


def test_one_impossible_edit_among_several_saves_none(store: Store, agency_id: int) -> None:
    first, second = store.add_measures(agency_id, YEAR, [TRAIN, PUBLISH])

    with pytest.raises(ValueError, match="status"):
        store.apply_measures([MeasureChange(first, 1, {"result": "ดี"}), MeasureChange(second, 1, {"status": "เสร็จ"})])

    assert store.measures(agency_id, YEAR)["result"].tolist() == ["", ""]


@pytest.mark.parametrize(
    "values",
    [
        {"titel": "x"},
        {"version": 9},
        {"agency_id": 2},
        {"status": "เสร็จแล้ว"},
        {"indicator": 4.5},
        {"period_end": "มี.ค."},
    ],
    ids=["misspelt", "version", "agency", "status", "indicator", "date"],
)
def test_what_a_measure_does_not_have_is_refused(
    store: Store, agency_id: int, measure_id: int, values: dict[str, object]
) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: store.change_measure(measure_id, 1, values),
        lambda: store.add_measures(agency_id, YEAR, [values]),
    ]
    for attempt in attempts:
        with pytest.raises(ValueError, match=r".+"):
            attempt()

    assert store.measures(agency_id, YEAR)["version"].tolist() == [1]
