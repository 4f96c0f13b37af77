"""A file of measures beside those that are kept: what is new is added, what changed is changed, nothing is erased."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from ita.store import Store, Upload
from tests.store.file_frames import BUA, Line, file_of

YEAR = 2564
HALF_YEAR = {
    "period_text": "ต.ค. 64 – มี.ค. 65",
    "period_start": dt.date(2021, 10, 1),
    "period_end": dt.date(2022, 3, 31),
}
PUBLISH = {"indicator": 10, "title": "เผยแพร่แผน", "steps": "ทำแผน", "result": "ร่างแล้ว", "budget": 0.0, **HALF_YEAR}
TRAIN = {"indicator": 4, "title": "อบรมการใช้ทรัพย์สิน", "steps": "จัดอบรม", "evidence": "ภาพถ่าย.pdf", **HALF_YEAR}


@pytest.fixture
def agency_id(store: Store) -> int:
    file_of(Line()).save(store)
    agency_id = int(store.agencies(BUA)["agency_id"].iloc[0])
    store.add_measures(agency_id, YEAR, [PUBLISH, TRAIN])
    return agency_id


def file(*measures: dict[str, object]) -> pd.DataFrame:
    """Measures as they are read from a file: text columns, dates as datetime64."""
    frame = pd.DataFrame(list(measures))
    return frame.assign(
        **{name: pd.to_datetime(frame[name]) for name in ("period_start", "period_end") if name in frame}
    )


def upload() -> Upload:
    return Upload.of(b"measures", "มาตรการ.xlsx")


def told(preview: pd.DataFrame) -> list[tuple[object, ...]]:
    rows = preview[["row", "kind", "column", "before", "after"]].astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).to_numpy().tolist()]


def stored(store: Store, agency_id: int, title: str) -> dict[str, object]:
    measures = store.measures(agency_id, YEAR)
    (row,) = measures[measures["title"] == title].to_dict("records")
    return {str(column): value for column, value in row.items()}


def test_the_preview_tells_what_is_new_what_changes_and_what_stays(store: Store, agency_id: int) -> None:
    incoming = file(
        {**PUBLISH, "result": "เผยแพร่แล้ว", "status": "completed", "percent": 100},
        TRAIN,
        {"indicator": 1, "title": "ประชุม"},
    )

    preview = store.preview_measures(agency_id, YEAR, incoming)

    assert told(preview) == [
        (0, "changed", "result", "ร่างแล้ว", "เผยแพร่แล้ว"),
        (0, "changed", "status", "not_stated", "completed"),
        (0, "changed", "percent", None, 100),
        (1, "same", None, None, None),
        (2, "new", None, None, None),
    ]
    assert preview["measure_id"].isna().tolist() == [False, False, False, False, True]
    assert preview["title"].tolist() == ["เผยแพร่แผน"] * 3 + ["อบรมการใช้ทรัพย์สิน", "ประชุม"]


def test_merging_adds_and_changes_and_keeps_every_change_with_its_hand(store: Store, agency_id: int) -> None:
    incoming = file({**PUBLISH, "result": "เผยแพร่แล้ว"}, {"indicator": 1, "title": "ประชุม"})
    preview = store.preview_measures(agency_id, YEAR, incoming)

    merged = store.merge_measures(agency_id, YEAR, incoming, preview, upload(), by="ผู้จัดทำ")

    assert (len(merged.added), len(merged.changed), merged.stale) == (1, 1, ())
    assert stored(store, agency_id, "เผยแพร่แผน")["result"] == "เผยแพร่แล้ว"
    changes = store.measure_changes(agency_id, YEAR)
    by_person = changes[changes["changed_by"] == "ผู้จัดทำ"]
    assert set(zip(by_person["kind"], by_person["title"], strict=True)) == {
        ("added", "ประชุม"),
        ("changed", "เผยแพร่แผน"),
    }
    (change,) = by_person[by_person["kind"] == "changed"].to_dict("records")
    assert (change["column"], change["before"], change["after"]) == ("result", "ร่างแล้ว", "เผยแพร่แล้ว")
    assert store.seen(upload().sha256) is not None


def test_importing_the_same_file_twice_changes_nothing(store: Store, agency_id: int) -> None:
    again = {"indicator": 1, "title": "ประชุม", "steps": "เชิญ"}
    incoming = file({**PUBLISH, "result": "เผยแพร่แล้ว"}, TRAIN, again, {**again, "result": "แล้ว"}, again)
    first = store.preview_measures(agency_id, YEAR, incoming)
    store.merge_measures(agency_id, YEAR, incoming, first, upload())
    before = store.measures(agency_id, YEAR)

    second = store.preview_measures(agency_id, YEAR, incoming)
    merged = store.merge_measures(agency_id, YEAR, incoming, second, upload())

    assert first["kind"].tolist() == ["changed", "same", "new", "new", "same"]
    assert second["kind"].tolist() == ["same"] * 5
    assert (merged.added, merged.changed, merged.stale) == ((), (), ())
    pd.testing.assert_frame_equal(store.measures(agency_id, YEAR), before)


def test_what_a_file_leaves_empty_erases_nothing(store: Store, agency_id: int) -> None:
    bare = file(
        {"indicator": 4, "title": "อบรมการใช้ทรัพย์สิน", "steps": "", "evidence": "", "percent": None, "result": "อบรมแล้ว"}
    )
    preview = store.preview_measures(agency_id, YEAR, bare)
    assert told(preview) == [(0, "changed", "result", "", "อบรมแล้ว")]

    store.merge_measures(agency_id, YEAR, bare, preview)

    kept = stored(store, agency_id, "อบรมการใช้ทรัพย์สิน")
    assert (kept["steps"], kept["evidence"], kept["period_text"]) == ("จัดอบรม", "ภาพถ่าย.pdf", "ต.ค. 64 – มี.ค. 65")
    assert (kept["period_end"], kept["result"]) == (pd.Timestamp(2022, 3, 31), "อบรมแล้ว")


def test_a_measure_is_known_by_indicator_and_title_however_it_is_spelt(store: Store, agency_id: int) -> None:
    respelt = file({**PUBLISH, "title": "เผยเเพร่  แผน", "steps": "ทำแผนใหม่"})
    preview = store.preview_measures(agency_id, YEAR, respelt)
    assert {row[2] for row in told(preview)} == {"title", "steps"}
    assert preview["kind"].eq("changed").all()


def test_the_same_title_for_another_indicator_is_another_measure(store: Store, agency_id: int) -> None:
    assert store.preview_measures(agency_id, YEAR, file({**PUBLISH, "indicator": 9}))["kind"].tolist() == ["new"]


def test_a_measure_that_was_given_an_indicator_since_is_still_known(store: Store, agency_id: int) -> None:
    incoming = file({**PUBLISH, "indicator": None})
    assert store.preview_measures(agency_id, YEAR, incoming)["kind"].tolist() == ["same"]


@pytest.mark.parametrize("side", ["stored", "file"])
def test_where_two_have_the_title_none_is_guessed(store: Store, agency_id: int, side: str) -> None:
    other = {**PUBLISH, "steps": "อีกวิธี"}
    if side == "stored":
        store.add_measures(agency_id, YEAR, [other])
        incoming = file({**PUBLISH, "steps": "วิธีที่สาม"})
    else:
        incoming = file({**PUBLISH, "steps": "วิธีที่สาม"}, other)
    assert set(store.preview_measures(agency_id, YEAR, incoming)["kind"]) == {"new"}


def test_a_period_changes_as_a_whole(store: Store, agency_id: int) -> None:
    later = {"period_text": "ตามแผน", "period_start": pd.NaT, "period_end": pd.NaT}
    incoming = file({**PUBLISH, **later})
    preview = store.preview_measures(agency_id, YEAR, incoming)
    assert told(preview) == [(0, "changed", "period_text", "ต.ค. 64 – มี.ค. 65", "ตามแผน")]

    store.merge_measures(agency_id, YEAR, incoming, preview)

    kept = stored(store, agency_id, "เผยแพร่แผน")
    assert kept["period_text"] == "ตามแผน"
    assert pd.isna(kept["period_end"])  # no day stays that the words do not say


def test_a_period_of_the_same_days_in_other_words_is_no_change(store: Store, agency_id: int) -> None:
    incoming = file({**PUBLISH, "period_text": "1 ตุลาคม 2564 - 31 มีนาคม 2565"})
    assert store.preview_measures(agency_id, YEAR, incoming)["kind"].tolist() == ["same"]


def test_only_the_changes_that_are_wanted_are_made(store: Store, agency_id: int) -> None:
    incoming = file({**PUBLISH, "result": "เผยแพร่แล้ว", "evidence": "แผน.pdf"})
    preview = store.preview_measures(agency_id, YEAR, incoming)

    store.merge_measures(agency_id, YEAR, incoming, preview[preview["column"] == "evidence"])

    kept = stored(store, agency_id, "เผยแพร่แผน")
    assert (kept["result"], kept["evidence"], kept["version"]) == ("ร่างแล้ว", "แผน.pdf", 2)


@pytest.mark.parametrize("how", ["change", "delete"])
def test_what_somebody_changed_or_removed_since_the_preview_is_told_and_kept(
    store: Store, agency_id: int, how: str
) -> None:
    incoming = file({**PUBLISH, "result": "จากไฟล์"}, {**TRAIN, "result": "อบรมแล้ว"})
    preview = store.preview_measures(agency_id, YEAR, incoming)
    changed = int(preview["measure_id"].iloc[0])
    if how == "change":
        store.change_measure(changed, 1, {"result": "จากคนอื่น"})
    else:
        store.delete_measure(changed, 1)

    merged = store.merge_measures(agency_id, YEAR, incoming, preview)

    assert [(stale.measure_id, stale.deleted) for stale in merged.stale] == [(changed, how == "delete")]
    assert merged.changed == (int(preview["measure_id"].iloc[1]),)
    results = store.measures(agency_id, YEAR)["result"].tolist()
    assert "อบรมแล้ว" in results
    assert "จากไฟล์" not in results


def test_what_somebody_added_since_the_preview_is_not_added_twice(store: Store, agency_id: int) -> None:
    fresh = {"indicator": 1, "title": "ประชุม", "result": "ตามไฟล์"}
    incoming = file(fresh, {"indicator": 2, "title": "ชี้แจง"})
    preview = store.preview_measures(agency_id, YEAR, incoming)
    store.add_measures(agency_id, YEAR, [{**fresh, "result": "ของคนอื่น"}, {"indicator": 2, "title": "ชี้แจง"}])

    merged = store.merge_measures(agency_id, YEAR, incoming, preview)

    assert (merged.added, [one.yours["title"] for one in merged.stale]) == ((), ["ประชุม"])
    assert stored(store, agency_id, "ประชุม")["result"] == "ของคนอื่น"


def test_measures_of_an_agency_that_is_not_stored_yet_are_all_new(store: Store) -> None:
    assert store.preview_measures(None, YEAR, file(PUBLISH, TRAIN))["kind"].tolist() == ["new", "new"]


def test_a_removed_measure_comes_in_anew(store: Store, agency_id: int) -> None:
    measure = stored(store, agency_id, "เผยแพร่แผน")
    store.delete_measure(int(str(measure["measure_id"])), 1)
    assert store.preview_measures(agency_id, YEAR, file(PUBLISH))["kind"].tolist() == ["new"]


def test_an_example_that_the_office_has_changed_is_its_own(store: Store, agency_id: int) -> None:
    example = Upload.of(b"example", "ตัวอย่าง.xlsx", example=True)
    store.add_measures(agency_id, YEAR, [{"indicator": 1, "title": "ประชุม"}], example)
    incoming = file({"indicator": 1, "title": "ประชุม", "result": "ประชุมแล้ว"})
    store.merge_measures(agency_id, YEAR, incoming, store.preview_measures(agency_id, YEAR, incoming), upload())

    store.remove_examples()

    assert stored(store, agency_id, "ประชุม")["result"] == "ประชุมแล้ว"
