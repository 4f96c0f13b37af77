"""Connecting and transactions: the one place that knows how SQLite differs from another database."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import SQLITE_BUSY, OperationalError
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import (
    URL,
    Connection,
    Dialect,
    Engine,
    Select,
    Table,
    create_engine,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    update,
)

from ita.store.tables import LAST_NUMBERED, NEWEST, alembic_version, meta, metadata

DATABASE_FILE = Path(__file__).parents[2] / "data" / "ita.sqlite3"
PATIENCE = 30
"""Seconds a writer waits for the one before it."""
ROWS, STATEMENTS = 100, 100
"""Rows in a statement, and statements at a time, where many are inserted. More are no faster and take more memory, and
some SQLite knows only 999 place-holders a statement.
"""
PLACE_HOLDERS = {"qmark": "?", "format": "%s", "pyformat": "%s"}
"""How a driver wants the values of a list marked, by its name for that (PEP 249)."""

_BEGIN = "ita_begin"
_READING = {"sqlite": {_BEGIN: "BEGIN"}, "postgresql": {"isolation_level": "REPEATABLE READ"}}
_WRITING = {"sqlite": {_BEGIN: "BEGIN IMMEDIATE"}, "postgresql": {"isolation_level": "READ COMMITTED"}}
# Both have the partial unique index that keeps one current result a year; not every database has.
_SUPPORTED = tuple(_READING)

_REVISION = "revision"
_SCHEMA = "schema"
_OPENING = 0x17A
"""The number of the lock that openers of a PostgreSQL database take."""


class UnknownSchema(Exception):
    """The database was written by a later version of this program. Nothing was changed in it."""

    def __init__(self, found: str) -> None:
        super().__init__(f"the database has the layout {found}, this program works with {NEWEST}")
        self.found = found


class Database:
    """An engine whose tables exist, its two kinds of transaction, and a counter of everything written."""

    def __init__(self, engine: Engine) -> None:
        """Raises UnknownSchema for a database that a later version of this program has written."""
        self._engine = engine
        self._reader = engine.execution_options(**_READING[engine.dialect.name])
        self._writer = engine.execution_options(**_WRITING[engine.dialect.name])
        self._prepare_tables()

    def revision(self) -> int:
        """A number that grows whenever anything was written, by whichever process."""
        with self._reading() as connection:
            return int(connection.execute(select(meta.c.value).where(meta.c.key == _REVISION)).scalar_one())

    def close(self) -> None:
        """Let go of the database file. The store opens it again when it is next asked something."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database, however many questions it asks."""
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that has its turn alone from the start: what it reads is still so when it writes.

        SQLite gives the turn with BEGIN IMMEDIATE, PostgreSQL with the lock on the revision's row.
        """
        with self._writer.begin() as connection:
            connection.execute(select(meta.c.value).where(meta.c.key == _REVISION).with_for_update())
            yield connection

    @staticmethod
    def _count_revision(connection: Connection) -> None:
        """To be called once in each transaction that has written something."""
        connection.execute(update(meta).where(meta.c.key == _REVISION).values(value=meta.c.value + 1))

    def _prepare_tables(self) -> None:
        """Make the tables where there are none, and bring older ones to the present layout."""
        with self._reading() as connection:
            found = _layout(connection)
        if found == NEWEST:
            return
        with self._writer.begin() as connection:
            _wait_for_other_openers(connection)
            # Asked again with the turn in hand: another process may have seen to it in the meantime.
            found = _layout(connection)
            if found is None:
                metadata.create_all(connection, checkfirst=False)
                connection.execute(insert(alembic_version).values(version_num=NEWEST))
                connection.execute(
                    insert(meta), [{"key": _SCHEMA, "value": LAST_NUMBERED}, {"key": _REVISION, "value": 0}]
                )
            elif found < NEWEST:
                from ita.store.migrations import migrate  # Seldom needed, and slow to load.

                migrate(connection, found)
                self._count_revision(connection)
            elif found > NEWEST:
                raise UnknownSchema(found)


def engine_for(url: str | None = None) -> Engine:
    """The engine of `url`, else of ITA_DATABASE_URL, else of the SQLite file in the project's data folder.

    Raises ValueError for a database that is neither SQLite nor PostgreSQL.
    """
    chosen = url or os.environ.get("ITA_DATABASE_URL")
    address = make_url(chosen) if chosen else URL.create("sqlite", database=str(DATABASE_FILE))
    if address.get_backend_name() not in _SUPPORTED:
        raise ValueError(f"the store works with {' and '.join(_SUPPORTED)}, not with {address.get_backend_name()}")
    return _sqlite_engine(address) if address.get_backend_name() == "sqlite" else _postgresql_engine(address)


def plain_rows(connection: Connection, asked: Select[*tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows of an answer as the driver gives them: numbers and text, for a Moment is not yet one.

    For many rows: those that know their columns take as long again to make, and longer to use.
    """
    with connection.execute(asked) as answer:
        assert answer.cursor is not None
        while part := answer.cursor.fetchmany(ROWS):
            yield from part


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, NDArray[Any]]) -> None:
    """Add a row for each place in the columns, which are equally long; a missing value is NULL.

    For many rows, and straight to the driver, ROWS in a statement. `connection.execute(insert(table), rows)` makes a
    dict of every row, parameters of every dict and a call of every row, and takes six times as long.
    """
    length = len(next(iter(columns.values())))
    for first in range(0, length, ROWS * STATEMENTS):
        values = _values([column[first : first + ROWS * STATEMENTS] for column in columns.values()])
        whole = len(values) - len(values) % ROWS
        for rows, part in ((ROWS, values[:whole]), (len(values) - whole, values[whole:])):
            if part.size:
                statement = _insertion(connection.dialect, table, columns, rows)
                connection.exec_driver_sql(statement, [tuple(row) for row in part.reshape(-1, rows * len(columns))])


def continue_numbering(connection: Connection, table: Table) -> None:
    """Number the next row after the highest there is: PostgreSQL does not count rows that come with their number."""
    number = table.autoincrement_column
    if connection.dialect.name == "postgresql" and number is not None:
        sequence = func.pg_get_serial_sequence(table.name, number.name)
        connection.execute(select(func.setval(sequence, func.max(number))))


def _values(columns: Sequence[NDArray[Any]]) -> NDArray[np.object_]:
    """The columns side by side as Python's own values, as drivers take them."""
    values = np.empty((len(columns[0]), len(columns)), dtype=object)
    for place, column in enumerate(columns):
        values[:, place] = column
        values[pd.isna(column), place] = None
    return values


def _insertion(dialect: Dialect, table: Table, columns: Iterable[str], rows: int) -> str:
    """INSERT of so many rows, with the place-holders of the dialect's driver."""
    names = [dialect.identifier_preparer.format_column(table.c[column]) for column in columns]
    row = f"({', '.join([PLACE_HOLDERS[dialect.paramstyle]] * len(names))})"
    into = f"{dialect.identifier_preparer.format_table(table)} ({', '.join(names)})"
    return f"INSERT INTO {into} VALUES {', '.join([row] * rows)}"


def _layout(connection: Connection) -> str | None:
    """The revision that the tables are at; None where there are none."""
    there = inspect(connection)
    if there.has_table(alembic_version.name):
        return str(connection.execute(select(alembic_version.c.version_num)).scalar_one())
    if there.has_table(meta.name):
        return f"{connection.execute(select(meta.c.value).where(meta.c.key == _SCHEMA)).scalar_one():04}"
    return None


def _wait_for_other_openers(connection: Connection) -> None:
    """Let only one process at a time make or migrate tables. SQLite gives the turn to whoever begins to write."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_OPENING)))


def _sqlite_engine(address: URL) -> Engine:
    if address.database and address.database != ":memory:" and not address.database.startswith("file:"):
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # isolation_level None: sqlite3 opens no transaction of its own, `begin` below opens the kind that is asked for.
    engine = create_engine(address, connect_args={"timeout": PATIENCE, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def prepare(dbapi_connection: Any, _record: object) -> None:
        _use_wal(dbapi_connection)
        dbapi_connection.execute("PRAGMA synchronous = FULL")
        dbapi_connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options()[_BEGIN])

    return engine


def _postgresql_engine(address: URL) -> Engine:
    # Asked before each use, so that a connection from before a restart of the database is made anew, not failed upon.
    engine = create_engine(address, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def prepare(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.execute(f"SET lock_timeout = '{PATIENCE}s'")
        dbapi_connection.commit()

    return engine


def _use_wal(dbapi_connection: Any) -> None:
    """Let readers read beside a writer. The file remembers it, so this is a change only for its first opener.

    Where another process is writing to a file not yet so, SQLite refuses at once whatever the timeout: the patience is
    ours.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            dbapi_connection.execute("PRAGMA journal_mode = WAL")
            return
        except OperationalError as failure:
            # The lower byte is the kind of failure, the upper ones its details.
            if failure.sqlite_errorcode & 0xFF != SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
