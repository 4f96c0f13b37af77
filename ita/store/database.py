"""Connecting and transactions: the one place that knows how SQLite differs from another database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
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

from ita.settings import DATABASE_URL
from ita.store.backups import MIGRATION, Backups
from ita.store.sqlite_file import BEGIN, sqlite_engine
from ita.store.tables import LAST_NUMBERED, NEWEST, alembic_version, meta, metadata
from ita.store.trouble import Trouble, UnknownSchema, file_of, named_trouble, place_of

DATABASE_FILE = Path(__file__).parents[2] / "data" / "ita.sqlite3"
PATIENCE = 30
"""Seconds a writer waits for the one before it."""
ROWS, STATEMENTS = 100, 100
"""Rows in a statement, and statements at a time, where many are inserted. More are no faster and take more memory, and
some SQLite knows only 999 place-holders a statement.
"""
PLACE_HOLDERS = {"qmark": "?", "format": "%s", "pyformat": "%s"}
"""How a driver wants the values of a list marked, by its name for that (PEP 249)."""

_READING = {"sqlite": {BEGIN: "BEGIN"}, "postgresql": {"isolation_level": "REPEATABLE READ"}}
_WRITING = {"sqlite": {BEGIN: "BEGIN IMMEDIATE"}, "postgresql": {"isolation_level": "READ COMMITTED"}}
# Both have the partial unique index that keeps one current result a year; not every database has.
_SUPPORTED = tuple(_READING)

_REVISION = "revision"
_SCHEMA = "schema"
_OPENING = 0x17A
"""The number of the lock that openers of a PostgreSQL database take."""


class Database:
    """An engine whose tables exist, its two kinds of transaction, and a counter of everything written.

    Everything that asks or writes raises Trouble where the database cannot do it; a write is then as if it had not been
    begun. The next question is asked anew: nothing has to be opened again once the trouble is over.
    """

    def __init__(self, engine: Engine) -> None:
        """Raises UnknownSchema for a database that a later version of this program has written, Trouble for others that
        cannot be used."""
        self._engine = engine
        self._reader = engine.execution_options(**_READING[engine.dialect.name])
        self._writer = engine.execution_options(**_WRITING[engine.dialect.name])
        file = file_of(engine.url)
        self.backups = None if file is None else Backups(file)
        """The copies of the database's file; None for one that is on a server or in memory."""
        with self._trouble_named():
            self._prepare_tables()

    def revision(self) -> int:
        """A number that grows whenever anything was written, by whichever process."""
        with self._reading() as connection:
            return int(connection.execute(select(meta.c.value).where(meta.c.key == _REVISION)).scalar_one())

    def layout(self) -> str | None:
        """The revision that the tables are at now; None where they are gone."""
        with self._reading() as connection:
            return _layout(connection)

    @property
    def kind(self) -> str:
        """What database it is: "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    def back_up(self, reason: str) -> None:
        """Keep a copy of the database as it is now, where it is a file. Raises Trouble where there can be none."""
        if self.backups is not None:
            with self._trouble_named():
                self.backups.make(reason)

    def renew_backups(self) -> int:
        """Keep a copy of the database as it is now and none of before; how many are gone. Raises as `back_up` does."""
        if self.backups is None:
            return 0
        with self._trouble_named():
            return self.backups.renew()

    def close(self) -> None:
        """Let go of the database file. The store opens it again when it is next asked something."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database, however many questions it asks."""
        with self._trouble_named(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that has its turn alone from the start: what it reads is still so when it writes.

        SQLite gives the turn with BEGIN IMMEDIATE, PostgreSQL with the lock on the revision's row.
        """
        with self._trouble_named(), self._writer.begin() as connection:
            connection.execute(select(meta.c.value).where(meta.c.key == _REVISION).with_for_update())
            yield connection

    @contextmanager
    def _trouble_named(self) -> Iterator[None]:
        """Raise trouble by its name, and keep no connection that has seen it."""
        try:
            with named_trouble(self._engine.url):
                yield
        except Trouble:
            self._engine.dispose()
            raise

    @staticmethod
    def _count_revision(connection: Connection) -> None:
        """To be called once in each transaction that has written something."""
        connection.execute(update(meta).where(meta.c.key == _REVISION).values(value=meta.c.value + 1))

    def _compact(self, tables: Iterable[Table]) -> None:
        """Write the tables anew, so that nothing which is no longer in them is left in the database's files."""
        if self.kind == "sqlite":
            with closing(self._engine.raw_connection()) as file:
                file.cursor().execute("VACUUM")
                file.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return
        names = ", ".join(table.name for table in tables)
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"VACUUM FULL {names}")

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
                self.back_up(MIGRATION)
                from ita.store.migrations import migrate  # Seldom needed, and slow to load.

                migrate(connection, found)
                self._count_revision(connection)
            elif found > NEWEST:
                raise UnknownSchema(found, place_of(self._engine.url))


def engine_for(url: str | URL | None = None) -> Engine:
    """The engine of `url`, else of ITA_DATABASE_URL, else of the SQLite file in the project's data folder.

    Raises ValueError for a database that is neither SQLite nor PostgreSQL.
    """
    chosen = url or DATABASE_URL.value
    address = make_url(chosen) if chosen else URL.create("sqlite", database=str(DATABASE_FILE))
    if address.get_backend_name() not in _SUPPORTED:
        raise ValueError(f"the store works with {' and '.join(_SUPPORTED)}, not with {address.get_backend_name()}")
    is_file = address.get_backend_name() == "sqlite"
    return sqlite_engine(address, PATIENCE) if is_file else _postgresql_engine(address)


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


def _postgresql_engine(address: URL) -> Engine:
    # Asked before each use, so that a connection from before a restart of the database is made anew, not failed upon.
    engine = create_engine(address, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def prepare(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.execute(f"SET lock_timeout = '{PATIENCE}s'")
        dbapi_connection.commit()

    return engine
