"""A person is found and forgotten wherever somebody can have written the name, down to the database's files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import Text

from ita.meetings import Meeting
from ita.store import StaleEdit, Store, Upload
from ita.store.persons import WRITTEN
from ita.store.tables import metadata
from tests.browser.workbooks import result_file, store_result

YEAR = 2564
PERSON = "นางสมมติ ใจงาม"
E_MAIL = "Sommut.J@example.org"
OTHER = "นางสมมติ ใจดี"
MARK = "(ลบชื่อแล้ว)"

NAMES_NOBODY = {
    "agency.name", "agency.key", "agency_province.province", "upload.sha256", "result.level", "measure.status",
    "measure_change.kind", "slide_note.slide", "known_item.item", "item_score.item", "meta.key",
    "alembic_version.version_num",
}  # fmt: skip


@pytest.fixture
def agency_id(store: Store) -> int:
    return store_result(store, result_file())


def fill(store: Store, agency_id: int) -> int:
    """Name the person in every way there is; the id of a measure."""
    [measure_id, removed] = store.add_measures(
        agency_id,
        YEAR,
        [
            {"title": "เผยแพร่แผน", "responsible": f"สำนักปลัด {PERSON} และ {OTHER}", "steps": f"มอบ{PERSON}ทำ"},
            {"title": f"อบรมโดยนางสมมติ\n  ใจงาม ({E_MAIL})"},
        ],
        Upload.of(b"x", f"แผนของ{PERSON}.xlsx"),
        by=E_MAIL.lower(),
    )
    store.change_measure(measure_id, 1, {"result": f"ส่งให้ {E_MAIL} แล้ว"}, by=E_MAIL)
    store.change_measure(measure_id, 2, {"result": "เสร็จ"}, by="other@example.org")
    store.delete_measure(removed, 1, by=E_MAIL)
    store.write_slide_note(agency_id, YEAR, "result", f"{PERSON}รายงาน")
    store.close_meeting(
        agency_id, YEAR, Meeting(dt.date(2022, 3, 1), 80.84, {1: 92.13}, {7: (f"ให้{PERSON}เผยแพร่", "completed")})
    )
    return measure_id


def everything(store: Store) -> str:
    """All that the database's files hold, as far as it is text."""
    store.close()
    file = Path(str(store._engine.url.database))
    return "".join(part.read_bytes().decode("utf-8", "replace") for part in file.parent.glob(f"{file.name}*"))


def test_every_text_that_is_stored_is_searched_or_names_nobody() -> None:
    searched = {f"{table.name}.{column}" for table, columns in WRITTEN.values() for column in columns}
    texts = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Text) or column.type.python_type is str
    }
    assert texts == searched | NAMES_NOBODY
    assert not searched & NAMES_NOBODY


def test_a_person_is_found_and_forgotten_in_every_place(store: Store, agency_id: int) -> None:
    measure_id = fill(store, agency_id)
    assert store.mentions(PERSON) == {"measures": 2, "changes": 2, "uploads": 1, "meetings": 1, "notes": 1}
    assert store.mentions(E_MAIL) == {"measures": 1, "changes": 5, "uploads": 1, "meetings": 0, "notes": 0}
    assert PERSON in everything(store)

    assert store.forget_person(PERSON, MARK)["measures"] == 2
    assert store.forget_person(E_MAIL, MARK)["changes"] == 5

    assert not any(store.mentions(PERSON).values())
    assert not any(store.mentions(E_MAIL).values())
    left = store.measures(agency_id, YEAR).set_index("measure_id").loc[measure_id]
    assert left["responsible"] == f"สำนักปลัด {MARK} และ {OTHER}"
    assert left["steps"] == f"มอบ{MARK}ทำ"
    assert left["result"] == "เสร็จ"
    assert set(store.measure_changes(agency_id, YEAR)["changed_by"]) == {MARK, "other@example.org"}
    assert store.slide_notes(agency_id, YEAR) == {"result": f"{MARK}รายงาน"}
    meeting = store.last_meeting(agency_id, YEAR)
    assert meeting is not None
    assert meeting.measures == {7: (f"ให้{MARK}เผยแพร่", "completed")}
    assert meeting.scores == {1: 92.13}


def test_nothing_of_the_name_is_left_in_the_files_of_the_database(store: Store, agency_id: int) -> None:
    fill(store, agency_id)
    store.forget_person(PERSON, MARK)
    store.forget_person(E_MAIL, MARK)
    left = everything(store)
    assert MARK in left
    assert OTHER in left
    for name in (PERSON, E_MAIL, E_MAIL.lower()):
        assert name not in left


def test_an_edit_that_was_open_does_not_bring_the_name_back(store: Store, agency_id: int) -> None:
    [measure_id] = store.add_measures(agency_id, YEAR, [{"title": "แผน", "responsible": PERSON}])
    seen = store.measures(agency_id, YEAR)["version"].iloc[0]
    revision = store.revision()
    store.forget_person(PERSON, MARK)
    assert store.revision() > revision
    with pytest.raises(StaleEdit):
        store.change_measure(measure_id, int(seen), {"responsible": f"{PERSON} กองคลัง"})


@pytest.mark.parametrize(
    ("person", "text", "found"),
    [
        ("ann@example.org", "joann@example.org", 0),
        ("ann@example.org", "ann@example.org.", 1),
        ("ann@example.org", "mail ANN@EXAMPLE.ORG", 1),
        ("นายสมมติ  กำแพง", "นายสมมติ กําแพง", 1),
        ("Ann Lee", "Joann Leeds", 0),
        ("a.b@example.org", "axb@example.org", 0),
    ],
)
def test_a_name_is_the_whole_name(store: Store, agency_id: int, person: str, text: str, found: int) -> None:
    store.add_measures(agency_id, YEAR, [{"title": text}])
    assert store.mentions(person)["measures"] == found


@pytest.mark.parametrize("person", ["", "  ", "นาย", "a b"])
def test_a_name_that_is_no_name_changes_nothing(store: Store, agency_id: int, person: str) -> None:
    with pytest.raises(ValueError, match="letters"):
        store.forget_person(person, MARK)
