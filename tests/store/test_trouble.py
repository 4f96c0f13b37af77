"""Trouble with the database has a name, tears nothing, and is over when it is over."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, make_url
from sqlalchemy.exc import IntegrityError, OperationalError

from ita.store import Store, Trouble, database, open_store
from ita.store.trouble import BROKEN, FULL, GONE, LATER, LOCKED, READ_ONLY, named_trouble, place_of
from tests.store.file_frames import Line, file_of


@contextmanager
def trouble(code: str, where: Path) -> Iterator[None]:
    """What happens inside is this trouble, and says where."""
    with pytest.raises(Trouble) as found:
        yield
    assert (found.value.code, found.value.where) == (code, str(where))


def whole(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("pragma integrity_check").fetchall() == [("ok",)]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.2)


def test_a_full_disk_tears_nothing_and_is_over_when_there_is_room(store: Store, database_file: Path) -> None:
    file_of(Line()).save(store)
    store.close()
    allowed = [1]

    @event.listens_for(store._engine, "connect")
    def limit(dbapi_connection: sqlite3.Connection, _record: object) -> None:
        """SQLite says the same of a limit of pages as of a disk without room: SQLITE_FULL."""
        dbapi_connection.execute(f"pragma max_page_count = {allowed[0]}")

    many = file_of(*(Line(agency=f"เทศบาลตำบลที่ {number}") for number in range(500)))
    with trouble(FULL, database_file):
        many.save(store)
    assert store.agency_count() == 1
    assert whole(database_file)
    with trouble(FULL, database_file):
        store.add_measures(1, 2564, [{"title": "ยาว", "steps": "ก" * 100_000}])
    assert store.measures(1, 2564).empty

    allowed[0] = 1_000_000
    store.close()
    assert many.save(store).added == 500


def test_a_database_that_may_only_be_read_is_read(store: Store, database_file: Path) -> None:
    file_of(Line()).save(store)
    reader = open_store(f"sqlite:///file:{database_file}?mode=ro&uri=true")

    assert reader.agency_count() == 1
    with pytest.raises(Trouble) as found:
        reader.add_measures(1, 2564, [{"title": "x"}])
    assert found.value.code == READ_ONLY


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_is_read_and_written_again_when_it_is_free(database_file: Path) -> None:
    store = open_store(f"sqlite:///{database_file}")
    file_of(Line()).save(store)
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("begin immediate")
        with trouble(LOCKED, database_file):
            store.add_measures(1, 2564, [{"title": "รอ"}])
        assert store.agency_count() == 1
        other.execute("rollback")

    assert store.add_measures(1, 2564, [{"title": "รอ"}]) == [1]


@pytest.mark.usefixtures("impatient")
def test_a_file_that_another_program_keeps_for_itself_is_locked(database_file: Path) -> None:
    open_store(f"sqlite:///{database_file}").close()
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin immediate")
        other.execute("update meta set value = value")
        with trouble(LOCKED, database_file):
            open_store(f"sqlite:///{database_file}")
    assert open_store(f"sqlite:///{database_file}").agency_count() == 0


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_is_gone_is_not_made_anew_and_nothing_is_confirmed_into_it(what: str, tmp_path: Path) -> None:
    folder, away = tmp_path / "data", tmp_path / "away"
    store = open_store(f"sqlite:///{folder}/ita.sqlite3")
    file_of(Line()).save(store)
    if what == "file":
        away.mkdir()
        for file in list(folder.iterdir()):
            shutil.move(file, away)
    else:
        folder.rename(away)

    for _ in range(2):
        with trouble(GONE, folder / "ita.sqlite3"):
            store.revision()
        with trouble(GONE, folder / "ita.sqlite3"):
            store.add_measures(1, 2564, [{"title": "x"}])
    assert not (folder / "ita.sqlite3").exists()

    folder.mkdir(exist_ok=True)
    for file in list(away.iterdir()):
        shutil.move(file, folder)
    assert store.agency_count() == 1
    assert store.measures(1, 2564).empty


def test_a_file_put_in_the_place_of_the_old_one_is_seen_at_once(store: Store, tmp_path: Path) -> None:
    file_of(Line()).save(store)
    other = open_store(f"sqlite:///{tmp_path}/other.sqlite3")
    other.close()
    assert store.agency_count() == 1
    (tmp_path / "other.sqlite3").replace(tmp_path / "ita.sqlite3")
    for beside in tmp_path.glob("ita.sqlite3-*"):
        beside.unlink()

    assert store.agency_count() == 0
    assert file_of(Line(agency="เทศบาลตำบลใหม่")).save(store).added == 1
    assert open_store(f"sqlite:///{tmp_path}/ita.sqlite3").agency_count() == 1


@pytest.mark.parametrize("content", [b"", b"something else" * 1000, None])
def test_a_broken_file_is_named(content: bytes | None, store: Store, database_file: Path) -> None:
    file_of(Line()).save(store)
    store.close()
    was = database_file.read_bytes()
    torn = was[:4096] + b"\xff" * (len(was) - 4096) if content is None else content
    database_file.write_bytes(torn)

    with trouble(BROKEN, database_file):
        store.result(1, 2564)
    database_file.write_bytes(was)
    assert store.agency_count() == 1


def test_a_broken_file_is_named_by_whoever_opens_it(database_file: Path) -> None:
    database_file.write_bytes(b"something else" * 1000)
    with trouble(BROKEN, database_file):
        open_store(f"sqlite:///{database_file}")


def test_a_database_of_a_later_program_is_trouble_too(store: Store, database_file: Path) -> None:
    store.close()
    with closing(sqlite3.connect(database_file)) as connection, connection:
        connection.execute("update alembic_version set version_num = '9999'")
    with trouble(LATER, database_file):
        open_store(f"sqlite:///{database_file}")


def test_a_folder_that_cannot_be_made_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(Trouble):
        open_store(f"sqlite:///{tmp_path}/data/ita.sqlite3")


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", FULL),
        ("25006", READ_ONLY),
        ("55P03", LOCKED),
        ("08006", GONE),
        ("57P01", GONE),
        ("3D000", GONE),
        (None, GONE),
        ("XX001", BROKEN),
    ],
)
def test_a_servers_trouble_is_told_by_its_code_without_the_password(state: str | None, code: str) -> None:
    address = make_url("postgresql://clerk:secret@db.example:5432/ita")
    # psycopg is not needed to know how it complains.
    driver = type("OperationalError", (Exception,), {"sqlstate": state})
    with pytest.raises(Trouble) as found, named_trouble(address):
        raise OperationalError("SELECT 1", {}, driver())
    assert (found.value.code, found.value.where) == (code, "db.example/ita")
    assert "secret" not in place_of(address)


def test_a_mistake_of_the_program_is_no_trouble(store: Store) -> None:
    with pytest.raises(IntegrityError):
        store.add_measures(77, 2564, [{"title": "ของหน่วยงานที่ไม่มี"}])
    with pytest.raises(OperationalError, match="no such table"), store._reading() as connection:
        connection.exec_driver_sql("select * from nothing_of_the_kind")
