"""Connections to a database that is a file: how they begin, and that they are still to the file of that name."""

from __future__ import annotations

import time
from pathlib import Path
from sqlite3 import SQLITE_BUSY, OperationalError
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

from ita.store.trouble import BROKEN, Trouble, file_of, place_of

BEGIN = "ita_begin"
"""The execution option that says how a transaction begins."""


def sqlite_engine(address: URL, patience: float) -> Engine:
    """The engine of a file, which is made with its folder at the first connection, or of a database in memory.

    A file that is taken away later is not made anew: what would be saved into an empty one would seem to be all there
    is. A writer waits `patience` seconds for its turn.
    """
    # isolation_level None: sqlite3 opens no transaction of its own, `begin` below opens the kind that is asked for.
    engine = create_engine(address, connect_args={"timeout": patience, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def prepare(dbapi_connection: Any, _record: object) -> None:
        _use_wal(dbapi_connection, patience)
        dbapi_connection.execute("PRAGMA synchronous = FULL")
        dbapi_connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options()[BEGIN])

    if (file := file_of(address)) is not None:
        _stay_with(engine, file)
    return engine


def _stay_with(engine: Engine, file: Path) -> None:
    """Connect to no other than the file that bears the name: a connection would go on writing to one that is removed,
    and confirm what nobody finds again."""
    opened = False

    @event.listens_for(engine, "do_connect")
    def find(_dialect: object, _record: object, _args: object, _named: object) -> None:
        if not opened:
            file.parent.mkdir(parents=True, exist_ok=True)
        elif file.stat().st_size == 0:
            raise Trouble(BROKEN, place_of(engine.url))

    @event.listens_for(engine, "connect")
    def remember(_dbapi_connection: object, record: Any) -> None:
        nonlocal opened
        opened = True
        record.info["file"] = _identity(file)

    @event.listens_for(engine, "checkout")
    def compare(_dbapi_connection: object, record: Any, _proxy: object) -> None:
        if record.info["file"] != _identity(file):
            raise DisconnectionError


def _identity(file: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _use_wal(dbapi_connection: Any, patience: float) -> None:
    """Let readers read beside a writer. The file remembers it, so this is a change only for its first opener.

    Where another process is writing to a file not yet so, SQLite refuses at once whatever the timeout: the patience is
    ours.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            dbapi_connection.execute("PRAGMA journal_mode = WAL")
            return
        except OperationalError as failure:
            # The lower byte is the kind of failure, the upper ones its details.
            if failure.sqlite_errorcode & 0xFF != SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
