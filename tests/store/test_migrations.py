"""Databases of earlier programs: opened, brought to the present layout, nothing of them lost."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, insert, inspect, make_url, select, update
from sqlalchemy.exc import DBAPIError

from ita.store import Store, migrations, open_store
from ita.store.database import continue_numbering
from ita.store.tables import LAST_NUMBERED, NEWEST, alembic_version, meta, metadata
from tests.databases import empty_database, talking_to
from tests.store.file_frames import BUA, SEED_SCORES, Line, file_of

FIRST_RELEASED = Path(__file__).with_name("layouts") / "0001.sql"
"""A database with data in it, as the first released program left it in a file."""
EARLIER = ["0001", "0002", "0003"]


@pytest.fixture(params=EARLIER)
def earlier(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """The address of a database of each earlier layout."""
    in_a_file = database_url.startswith("sqlite")
    released = Path(str(make_url(database_url).database)) if in_a_file else tmp_path / "released.sqlite3"
    with closing(sqlite3.connect(released)) as connection:
        connection.executescript(FIRST_RELEASED.read_text(encoding="utf-8"))
    with talking_to(database_url) as connection:
        settings = Config()
        settings.set_main_option("script_location", str(Path(migrations.__file__).parent))
        settings.attributes["connection"] = connection
        if in_a_file:
            command.stamp(settings, "0001")
        else:
            command.upgrade(settings, "0001")
            _fill_from_file(connection, released)
        command.upgrade(settings, request.param)
        # Its program kept the number in `meta` alone.
        connection.exec_driver_sql("drop table alembic_version")
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=int(request.param)))
    return database_url


def test_everything_stored_is_there_after_the_migration(earlier: str) -> None:
    store = open_store(earlier)

    assert store.agency_count() == 2
    assert store.results_of(2565)["total"].tolist() == [80.84, 80.84]
    result = store.result(1, 2564)
    assert result is not None
    assert result.scores["score"].tolist() == [93.0, *SEED_SCORES[1:]]
    assert store.history(1, 2564)["file_name"].tolist() == ["แก้ไข.xlsx", "ผลประเมิน.xlsx"]
    assert store.history(1, 2564)["uploaded_by"].tolist() == ["", ""]
    measures = store.measures(1, 2564)
    assert measures["title"].tolist() == ["ประกาศนโยบาย", "แต่งตั้งผู้รับผิดชอบ O42"]
    assert measures["version"].tolist() == [2, 1]
    assert measures[["percent", "budget", "carried_from"]].isna().all(axis=None)


def test_what_is_known_of_earlier_changes_is_told(earlier: str) -> None:
    changes = open_store(earlier).measure_changes(1, 2564)

    assert changes["kind"].tolist() == ["removed", "added", "added", "added"]
    assert changes["title"].tolist()[0] == "จัดอบรม 'จริยธรรม'"
    assert changes["changed_at"].notna().all()


def test_the_migrated_store_works_on(earlier: str) -> None:
    store = open_store(earlier)
    file_of(Line(fiscal_year=2566)).save(store)
    store.change_measure(1, 1, {"status": "in_progress", "percent": 40, "budget": 0})

    assert store.measures(1, 2564).set_index("measure_id").loc[1, "percent"] == 40
    assert store.measure_changes(1, 2564)["kind"].tolist()[0] == "changed"
    assert store.results_of(2566)["name"].tolist() == [BUA]


def test_the_migrated_layout_is_that_of_a_new_database(earlier: str, tmp_path: Path) -> None:
    open_store(earlier).close()
    (tmp_path / "new").mkdir()
    with empty_database(make_url(earlier).get_backend_name(), tmp_path / "new") as new:
        open_store(new).close()

        assert _unlike_the_tables(earlier) == _unlike_the_tables(new)


def test_a_program_from_before_refuses_it(earlier: str) -> None:
    """It reads its number in `meta`, where there is one that it does not know."""
    open_store(earlier).close()
    with talking_to(earlier) as connection:
        assert connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar() == LAST_NUMBERED
        assert connection.execute(select(alembic_version)).fetchall() == [(NEWEST,)]


def test_a_migration_is_seen_by_who_reads_the_revision(earlier: str) -> None:
    with talking_to(earlier) as connection:
        before = connection.execute(select(meta.c.value).where(meta.c.key == "revision")).scalar_one()

    assert open_store(earlier).revision() == before + 1


def test_one_of_many_openers_migrates(earlier: str) -> None:
    stores: list[Store] = []
    openers = [threading.Thread(target=lambda: stores.append(open_store(earlier))) for _ in range(6)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()

    assert [store.agency_count() for store in stores] == [2] * 6
    assert len(stores[0].measure_changes(1, 2564)) == 4


def test_a_migration_that_fails_leaves_the_database_as_it_was(earlier: str) -> None:
    with talking_to(earlier) as connection:
        connection.exec_driver_sql("create table measure_change (of_somebody_else text)")
    before = _everything_in(earlier)

    with pytest.raises(DBAPIError, match=r'measure_change"? already exists'):
        open_store(earlier)

    assert _everything_in(earlier) == before


def _fill_from_file(connection: Connection, released: Path) -> None:
    """Put the rows of a file into the tables of the same layout, which are empty."""
    with talking_to(f"sqlite:///{released}") as file:
        there = inspect(file)
        for table in [table for table in metadata.sorted_tables if there.has_table(table.name)]:
            columns = [table.c[column["name"]] for column in there.get_columns(table.name)]
            rows = [dict(row) for row in file.execute(select(*columns)).mappings()]
            if rows:
                connection.execute(insert(table), rows)
                continue_numbering(connection, table)


def _everything_in(address: str) -> dict[str, tuple[list[Any], list[Any], list[Any]]]:
    """The columns, indexes and rows of every table."""
    with talking_to(address) as connection:
        there = inspect(connection)
        found = MetaData()
        found.reflect(connection)
        return {
            name: (
                [(column["name"], str(column["type"])) for column in there.get_columns(name)],
                sorted((str(index["name"]), index["column_names"]) for index in there.get_indexes(name)),
                connection.execute(select(table)).fetchall(),
            )
            for name, table in found.tables.items()
        }


def _unlike_the_tables(address: str) -> list[str]:
    """What Alembic finds different from our tables: an index that is written as a statement, in every layout."""
    with talking_to(address) as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert all("uq_result_current" in str(difference) for difference in found)
    return [str(difference) for difference in found]
