from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from ita.store import Saved, Store, UnknownSchema, database, open_store
from tests.databases import empty_database, talking_to
from tests.store.file_frames import Line, file_of

PROJECT = Path(__file__).parents[2]


def test_the_file_is_in_wal_mode_and_written_through(database_file: Path) -> None:
    store = open_store(f"sqlite:///{database_file}")

    with sqlite3.connect(database_file) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
    with store._reading() as ours:
        assert ours.exec_driver_sql("pragma synchronous").scalar() == 2  # FULL
        assert ours.exec_driver_sql("pragma busy_timeout").scalar() == database.PATIENCE * 1000


def test_foreign_keys_are_enforced(store: Store) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        store.add_measures(77, 2564, [{"title": "ของหน่วยงานที่ไม่มี"}])


def test_the_store_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_DATABASE_URL", f"sqlite:///{tmp_path}/โฟลเดอร์ใหม่/ita.sqlite3")

    open_store().close()

    assert (tmp_path / "โฟลเดอร์ใหม่" / "ita.sqlite3").is_file()


def test_without_an_address_the_store_is_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_DATABASE_URL", "")
    assert database.DATABASE_FILE == PROJECT / "data" / "ita.sqlite3"
    monkeypatch.setattr(database, "DATABASE_FILE", tmp_path / "data" / "ita.sqlite3")

    open_store().close()

    assert (tmp_path / "data" / "ita.sqlite3").is_file()


def test_a_store_opened_again_has_what_was_saved(store: Store, database_url: str) -> None:
    file_of(Line()).save(store)
    store.close()

    again = open_store(database_url)
    assert again.agency_count() == 1
    again.close()
    assert store.agency_count() == 1


def test_a_database_that_cannot_keep_one_current_result_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        open_store("mysql://localhost/ita")


def test_a_database_of_a_later_version_is_refused_and_left_alone(store: Store, database_url: str) -> None:
    store.close()
    with talking_to(database_url) as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")

    with pytest.raises(UnknownSchema, match="9999"):
        open_store(database_url)

    with talking_to(database_url) as connection:
        assert connection.exec_driver_sql("select version_num from alembic_version").fetchall() == [("9999",)]


def test_the_revision_grows_when_another_connection_writes(store: Store, database_url: str) -> None:
    before = store.revision()

    other = open_store(database_url)
    file_of(Line()).save(other)
    other.close()

    assert store.revision() > before


def test_a_reader_sees_one_state_while_somebody_writes(store: Store) -> None:
    file_of(Line()).save(store)

    with store._reading() as reading:
        before = reading.exec_driver_sql("select count(*) from result").scalar()
        file_of(Line(fiscal_year=2565)).save(store)
        assert reading.exec_driver_sql("select count(*) from result").scalar() == before


def test_a_writer_does_not_wait_for_ever(store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file_of(Line()).save(store)
    monkeypatch.setattr(database, "PATIENCE", 1)
    other = open_store(database_url)

    with store._writing(), pytest.raises(OperationalError, match="lock"):
        file_of(Line(fiscal_year=2565)).save(other)

    assert file_of(Line(fiscal_year=2565)).save(other).added == 1
    other.close()


def test_a_connection_that_was_cut_is_made_anew(tmp_path: Path) -> None:
    with empty_database("postgresql", tmp_path) as url:
        store = open_store(url)
        with store._reading() as connection:
            ours = connection.exec_driver_sql("select pg_backend_pid()").scalar_one()
        with talking_to(url) as connection:
            connection.exec_driver_sql(f"select pg_terminate_backend({ours})")

        assert store.agency_count() == 0
        store.close()


def test_a_store_in_memory_works_too() -> None:
    store = open_store("sqlite://")

    assert file_of(Line()).save(store).added == 1
    assert store.agency_count() == 1


def test_a_database_whose_scores_have_row_numbers_works_on(database_file: Path) -> None:
    """One made before the scores were laid out under their key."""
    store = open_store(f"sqlite:///{database_file}")
    with sqlite3.connect(database_file) as connection:
        connection.execute("drop table score")
        connection.execute(
            "create table score (result_id integer not null references result (id), indicator integer not null,"
            " score double, primary key (result_id, indicator))"
        )

    assert file_of(Line()).save(store) == Saved(added=1)
    assert file_of(Line()).save(store) == Saved(unchanged=1)
    assert file_of(Line().but(1, 0.0)).save(store, replace=[(Line().agency, 2564)]) == Saved(replaced=1)


@pytest.mark.parametrize("slow_to_load", ["sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "psycopg", "alembic"])
def test_opening_the_store_does_not_load_what_it_does_not_use(slow_to_load: str) -> None:
    script = f"import sys, ita.store; ita.store.open_store('sqlite://'); print({slow_to_load!r} in sys.modules)"

    ran = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "False"
