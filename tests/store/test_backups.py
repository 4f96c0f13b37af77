"""Copies of the database: made by themselves before anything is replaced, listed, checked, brought back."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from ita.store import Backups, StaleEdit, Store, Trouble, backups_of, open_store, restore
from ita.store import backups as module
from ita.store.backups import ASKED, BROKEN, KEPT, MIGRATION, REPLACE, RESTORE
from tests.store.file_frames import BUA, Line, file_of

FIRST_RELEASED = Path(__file__).with_name("layouts") / "0001.sql"


@pytest.fixture
def database_url(database_file: Path) -> str:
    """Only a database in a file is copied as one."""
    return f"sqlite:///{database_file}"


@pytest.fixture
def backups(store: Store) -> Backups:
    assert store.backups is not None
    return store.backups


def first_score(store: Store) -> float:
    result = store.result(1, 2564)
    assert result is not None
    return float(result.scores["score"].iloc[0])


def replace_first_score(store: Store, score: float) -> None:
    assert file_of(Line().but(1, score)).save(store, replace=[(BUA, 2564)]).replaced == 1


def backup_at(backups: Backups, moment: dt.datetime, reason: str = REPLACE) -> None:
    """A backup as if made at another time."""
    made = backups.folder / backups.make(reason)
    made.rename(backups.folder / f"ita-{moment:{module._STAMP}}-{reason}.sqlite3")


def test_replacing_a_result_backs_up_what_was_there(store: Store, backups: Backups) -> None:
    file_of(Line()).save(store)
    replace_first_score(store, 11.0)

    (made,) = backups.listed().to_dict("records")
    assert (made["reason"], made["readable"]) == (REPLACE, True)
    assert made["size"] == backups.path(made["name"]).stat().st_size
    kept = open_store(f"sqlite:///{backups.path(made['name'])}")
    assert first_score(kept) == 92.13
    assert first_score(store) == 11.0


@pytest.mark.parametrize("replace", [[], [(BUA, 2565)], [(BUA, 2564)]])
def test_saving_what_replaces_nothing_makes_no_backup(
    replace: list[tuple[str, int]], store: Store, backups: Backups
) -> None:
    file_of(Line()).save(store, replace=replace)
    file_of(Line()).save(store, replace=replace)

    assert store.years(1) == [2564]
    assert backups.listed().empty


def test_a_database_is_backed_up_before_its_layout_changes(database_file: Path) -> None:
    with closing(sqlite3.connect(database_file)) as connection:
        connection.executescript(FIRST_RELEASED.read_text(encoding="utf-8"))
    backups = open_store(f"sqlite:///{database_file}").backups

    assert backups is not None
    assert backups.listed()[["reason", "readable"]].to_numpy().tolist() == [[MIGRATION, True]]
    with closing(sqlite3.connect(backups.path(backups.listed()["name"][0]))) as kept:
        assert kept.execute("select value from meta where key = 'schema'").fetchone() == (1,)


def test_a_new_database_has_no_backup(backups: Backups) -> None:
    assert backups.listed().empty
    assert backups.newest_readable() is None


def test_a_database_in_memory_works_without_backups() -> None:
    store = open_store("sqlite://")
    file_of(Line()).save(store)
    replace_first_score(store, 11.0)

    assert store.backups is None
    assert first_score(store) == 11.0


def test_the_newest_are_kept_and_one_of_each_earlier_day_and_reason(store: Store, backups: Backups) -> None:
    early = (dt.datetime.now(dt.UTC) - dt.timedelta(days=10)).replace(hour=8)
    times = [(early + dt.timedelta(hours=hours), REPLACE) for hours in (0, 1, 2, 24, 25)]
    times.append((early + dt.timedelta(hours=3), ASKED))
    assert [(early - moment, reason) for moment, reason in older_than_the_newest(backups, times)] == [
        (-dt.timedelta(hours=24), REPLACE),
        (-dt.timedelta(hours=3), ASKED),
        (dt.timedelta(0), REPLACE),
    ]


def test_of_long_ago_one_of_each_month_and_reason_is_kept(store: Store, backups: Backups) -> None:
    months = [dt.datetime(2026, month, day, 8, tzinfo=dt.UTC) for month in (1, 2) for day in (5, 6, 20)]
    times = [(moment, reason) for moment in months for reason in (REPLACE, RESTORE)]
    kept = [(f"{moment:%m-%d}", reason) for moment, reason in older_than_the_newest(backups, times)]
    assert kept == [("02-05", RESTORE), ("02-05", REPLACE), ("01-05", RESTORE), ("01-05", REPLACE)]


def older_than_the_newest(backups: Backups, times: Iterable[tuple[dt.datetime, str]]) -> list[tuple[dt.datetime, str]]:
    """Make backups as if at these times, then as many as are kept in any case; what is left of the former."""
    for moment, reason in times:
        backup_at(backups, moment, reason)
    for _ in range(KEPT):
        backups.make(ASKED)
    listed = backups.listed()
    assert listed["made_at"].is_monotonic_decreasing
    old = listed.iloc[KEPT:]
    return list(zip(old["made_at"].dt.to_pydatetime(), old["reason"], strict=True))


def test_backups_are_renewed_all_at_once(store: Store, backups: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
    file_of(Line()).save(store)
    before = {backups.make(REPLACE), backups.set_aside()}
    with monkeypatch.context() as trouble:
        trouble.setattr(module, "copy_database", _no_room)
        with pytest.raises(Trouble):
            store.renew_backups()
    assert set(backups.listed()["name"]) == before

    assert store.renew_backups() == 2
    (made,) = backups.listed().to_dict("records")
    assert (made["reason"], made["readable"]) == (ASKED, True)
    assert [one.name for one in backups.folder.iterdir()] == [made["name"]]


def _no_room(_source: Path, target: Path) -> None:
    target.write_bytes(b"half")
    raise OSError(28, "No space left on device")


def test_a_copy_that_could_not_be_finished_is_no_backup(
    store: Store, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_of(Line()).save(store)
    monkeypatch.setattr(module, "copy_database", _no_room)
    with pytest.raises(Trouble) as trouble:
        replace_first_score(store, 11.0)

    assert trouble.value.code == "full"
    assert first_score(store) == 92.13
    assert list(backups.folder.iterdir()) == []


def test_restoring_brings_back_everything_and_keeps_what_was_there(store: Store, backups: Backups) -> None:
    file_of(Line()).save(store)
    store.add_measures(1, 2564, [{"title": "ก่อน"}, {"title": "ต่อ", "carried_from": 1}])
    backups.make(ASKED)
    store.change_measure(1, 1, {"title": "หลัง"})
    file_of(Line(fiscal_year=2565)).save(store)
    other = open_store(f"sqlite:///{backups.file}")
    seen = other.revision()

    restore(backups, backups.listed()["name"][0])

    for one in (store, other):  # both were open all along
        assert one.years(1) == [2564]
        assert one.measures(1, 2564)["title"].tolist() == ["ก่อน", "ต่อ"]
        assert one.measure_changes(1, 2564)["kind"].unique().tolist() == ["added"]
        assert one.revision() > seen
    store.add_measures(1, 2564, [{"title": "ใหม่"}])
    assert other.measures(1, 2564)["title"].tolist() == ["ก่อน", "ต่อ", "ใหม่"]
    assert backups.listed()["reason"].tolist() == [RESTORE, ASKED]
    restore(backups, backups.listed()["name"][0])
    assert store.years(1) == [2565, 2564]
    assert store.measures(1, 2564)["title"].tolist() == ["หลัง", "ต่อ"]


def test_an_edit_begun_before_a_restore_is_not_taken_for_one_begun_after_it(store: Store, backups: Backups) -> None:
    file_of(Line()).save(store)
    store.add_measures(1, 2564, [{"title": "ก่อน"}])
    backups.make(ASKED)
    store.change_measure(1, 1, {"title": "เห็นอยู่"})
    restore(backups, backups.listed()["name"][0])
    (now,) = store.measures(1, 2564)["version"]
    store.change_measure(1, int(now), {"title": "ของคนอื่น"})

    for seen in (1, 2):
        with pytest.raises(StaleEdit):
            store.change_measure(1, seen, {"title": "ของฉัน"})
    assert store.measures(1, 2564)["title"].tolist() == ["ของคนอื่น"]


def test_a_backup_of_an_earlier_layout_is_brought_to_the_present_one(store: Store, backups: Backups) -> None:
    backups.folder.mkdir()
    early = backups.folder / "ita-20260101T080000000000Z-migration.sqlite3"
    with closing(sqlite3.connect(early)) as connection:
        connection.executescript(FIRST_RELEASED.read_text(encoding="utf-8"))

    restore(backups, early.name)

    assert store.agency_count() == 2
    assert store.measure_changes(1, 2564)["kind"].tolist()[-1] == "added"


def test_a_broken_backup_is_told_and_not_restored(store: Store, backups: Backups) -> None:
    file_of(Line()).save(store)
    good, bad = backups.make(ASKED), backups.make(ASKED)
    content = backups.path(bad).read_bytes()
    backups.path(bad).write_bytes(content[:4096] + b"\0" * (len(content) - 4096))

    assert backups.listed().set_index("name")["readable"].to_dict() == {bad: False, good: True}
    newest = backups.newest_readable()
    assert newest is not None
    assert newest[0] == good
    with pytest.raises(Trouble):
        restore(backups, bad)
    assert first_score(store) == 92.13


def test_a_backup_of_a_later_program_is_not_readable(store: Store, backups: Backups) -> None:
    made = backups.path(backups.make(ASKED))
    with closing(sqlite3.connect(made)) as connection, connection:
        connection.execute("update alembic_version set version_num = '9999'")

    assert backups.listed()["readable"].tolist() == [False]


@pytest.mark.parametrize("name", ["ita.sqlite3", "../ita.sqlite3", "", "ita-20260101T080000000000Z-asked.sqlite3"])
def test_only_a_backup_can_be_asked_for(name: str, store: Store, backups: Backups) -> None:
    backups.make(ASKED)
    with pytest.raises(FileNotFoundError):
        backups.path(name)
    with pytest.raises(FileNotFoundError):
        restore(backups, name)


def test_a_broken_file_is_replaced_and_kept_aside(store: Store, backups: Backups) -> None:
    file_of(Line()).save(store)
    backups.make(ASKED)
    seen = store.revision()
    store.close()
    backups.file.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(Trouble):
        store.revision()

    found = backups_of(f"sqlite:///{backups.file}")
    assert found == backups
    newest = found.newest_readable()
    assert newest is not None
    restore(found, newest[0])

    assert first_score(store) == 92.13
    assert store.revision() > seen
    aside = backups.listed().set_index("reason").loc[BROKEN]
    assert not aside["readable"]
    assert backups.path(aside["name"]).read_bytes().startswith(b"not a database")
