"""Bringing a backup back: the present file is kept first, and whoever has it open goes on with what is restored."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from ita.store.backups import RESTORE, Backups, copy_database, is_readable
from ita.store.database import PATIENCE, Database, engine_for
from ita.store.tables import alembic_version, meta, metadata
from ita.store.trouble import BROKEN, Trouble, file_of, named_trouble

_LEAP = 1_000_000
"""How far the counters of what was written move on where the last number they stood at can no longer be read."""


def backups_of(url: str | None = None) -> Backups | None:
    """The backups of the database that `open_store` opens, also where it cannot be opened; None where it has none."""
    file = file_of(engine_for(url).url)
    return None if file is None else Backups(file)


def restore(backups: Backups, name: str) -> None:
    """Make the database what it was in the backup of this name; what it is now becomes a backup of its own.

    All or nothing, and for every process at once. A file that is no longer a database is replaced. Raises
    FileNotFoundError for a name that no backup has, Trouble for a backup that is broken itself and where the database
    cannot be written; then it is as before.
    """
    backup = backups.path(name)
    with named_trouble(_address(backups.file)):
        if not is_readable(backup):
            raise Trouble(BROKEN, str(backup))
        with tempfile.TemporaryDirectory(dir=backups.folder) as folder:
            ready = Path(folder) / backups.file.name
            _prepare(backup, ready)
            if backups.file.exists() and is_readable(backups.file):
                _take_over(backups, ready)
            else:
                _replace(backups, ready)


def _prepare(backup: Path, ready: Path) -> None:
    """A copy of the backup in the present layout."""
    copy_database(backup, ready)
    Database(engine_for(_address(ready))).close()


def _take_over(backups: Backups, ready: Path) -> None:
    """Fill the tables of the file from those of `ready`, in one transaction: everybody's connection goes on."""
    tables = [table for table in metadata.sorted_tables if table not in (meta, alembic_version)]
    with closing(sqlite3.connect(backups.file, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS restored", (str(ready),))
        connection.execute("BEGIN IMMEDIATE")
        backups.make(RESTORE)  # with the turn in hand: nothing is written after it that it has not
        connection.execute("PRAGMA defer_foreign_keys = ON")
        (versions,) = connection.execute("SELECT coalesce(max(version), 0) FROM main.measure").fetchone()
        for table in reversed(tables):
            connection.execute(f"DELETE FROM main.{table.name}")
        for table in tables:
            columns = ", ".join(column.name for column in table.columns)
            connection.execute(f"INSERT INTO main.{table.name} ({columns}) SELECT {columns} FROM restored.{table.name}")
        _move_on(connection, versions, 1)
        connection.execute("COMMIT")


def _move_on(connection: sqlite3.Connection, versions: int, revision: int) -> None:
    """Let nobody take what is restored for what they saw before: neither a page, nor an edit begun on a measure."""
    connection.execute("UPDATE main.measure SET version = version + ?", (versions,))
    connection.execute("UPDATE main.meta SET value = value + ? WHERE key = 'revision'", (revision,))


def _replace(backups: Backups, ready: Path) -> None:
    """Put `ready` in the place of a file that is broken or gone."""
    with closing(sqlite3.connect(ready, isolation_level=None)) as connection:
        _move_on(connection, _LEAP, _LEAP)
        connection.execute("PRAGMA journal_mode = DELETE")
    if backups.file.exists():
        backups.set_aside()
    # What SQLite kept beside the broken file would be taken for a part of the new one.
    for ending in ("-wal", "-shm"):
        Path(f"{backups.file}{ending}").unlink(missing_ok=True)
    ready.replace(backups.file)


def _address(file: Path) -> URL:
    return URL.create("sqlite", database=str(file))
