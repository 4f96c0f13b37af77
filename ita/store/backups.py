"""Copies of the database file, kept beside it: made before anything is replaced, none of them ever half.

Only a database that is a file has them; a server has its own way (`pg_dump`).
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from ita.store.tables import NEWEST, alembic_version, meta

FOLDER = "backups"
KEPT = 30
DAYS = 90
"""The newest so many stay; of older ones the first of each day and reason, of those from more than so many days ago the
first of each month and reason."""

REASONS = REPLACE, MIGRATION, RESTORE, BROKEN, ASKED = ("replace", "migration", "restore", "broken", "asked")
"""Made before results are replaced, before the tables are brought to a new layout, before another backup is restored;
a broken file as it was found; and one that somebody asked for.
"""

_NO_DATABASE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
_BESIDE = ("-wal", "-shm")
_STAMP = "%Y%m%dT%H%M%S%fZ"
_LISTED = {"name": "str", "made_at": "datetime64[us, UTC]", "reason": "str", "size": "int64", "readable": "bool"}


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups of one database file."""

    file: Path

    @property
    def folder(self) -> Path:
        return self.file.parent / FOLDER

    def make(self, reason: str) -> str:
        """Copy the database as it is at this moment, whoever is writing to it, and return the copy's name.

        Older copies than are to be kept are removed. Raises sqlite3.Error or OSError where the copy cannot be made;
        then there is none.
        """
        with self._new(reason) as (name, part):
            copy_database(self.file, part)
        self._tidy()
        return name

    def renew(self) -> int:
        """Make one backup of what is there now and remove all that were made before; how many those were.

        Raises as `make` does; then none is removed.
        """
        before = self._files()
        with self._new(ASKED) as (_, part):
            copy_database(self.file, part)
        for one in before:
            _remove(one)
        return len(before)

    def set_aside(self) -> str:
        """Copy a file that is no longer a database byte by byte, with what SQLite keeps beside it; the copy's name."""
        with self._new(BROKEN) as (name, part):
            for ending in _BESIDE:
                if (beside := Path(f"{self.file}{ending}")).exists():
                    shutil.copyfile(beside, self.folder / f"{name}{ending}")
            shutil.copyfile(self.file, part)
        return name

    def listed(self) -> pd.DataFrame:
        """One row per backup, the newest first: name, made_at (UTC), reason (one of REASONS), size, readable.

        `readable`: SQLite finds no fault in it, and its layout is one that this program can bring to its own.
        """
        rows = [
            (one.name, *_told_by(one), one.stat().st_size, _is_readable(one, one.stat().st_mtime_ns))
            for one in self._files()
        ]
        return pd.DataFrame(rows, columns=list(_LISTED)).astype(_LISTED)

    def newest_readable(self) -> tuple[str, dt.datetime] | None:
        """Name and moment of the last backup that can be restored; None where there is none."""
        for one in self._files():
            if _is_readable(one, one.stat().st_mtime_ns):
                return one.name, _told_by(one)[0]
        return None

    def path(self, name: str) -> Path:
        """Where the backup of this name is. Raises FileNotFoundError for a name that no backup has."""
        for one in self._files():
            if one.name == name:
                return one
        raise FileNotFoundError(name)

    def _files(self) -> list[Path]:
        """The backups, the newest first."""
        ours = re.compile(rf"{re.escape(self.file.stem)}-\d{{8}}T\d{{12}}Z-({'|'.join(REASONS)})\.sqlite3")
        return sorted((one for one in self.folder.glob("*.sqlite3") if ours.fullmatch(one.name)), reverse=True)

    @contextmanager
    def _new(self, reason: str) -> Iterator[tuple[str, Path]]:
        """The name of a new backup, and a file to write it into, which becomes the backup only when it is whole."""
        self.folder.mkdir(exist_ok=True)
        name = f"{self.file.stem}-{dt.datetime.now(dt.UTC).strftime(_STAMP)}-{reason}.sqlite3"
        part = self.folder / f"{name}.part"
        try:
            yield name, part
            _write_through(part)
            part.replace(self.folder / name)
        finally:
            part.unlink(missing_ok=True)

    def _tidy(self) -> None:
        first_of: dict[tuple[str, str], Path] = {}
        files = self._files()
        long_ago = _told_by(files[0])[0] - dt.timedelta(days=DAYS)
        for one in files:
            made_at, reason = _told_by(one)
            first_of[f"{made_at:%Y-%m}" if made_at < long_ago else f"{made_at:%Y-%m-%d}", reason] = one
        for one in set(files[KEPT:]) - set(first_of.values()):
            _remove(one)
        for left in self.folder.glob("*.part"):  # by a process that was ended while it wrote
            if dt.datetime.now(dt.UTC).timestamp() - left.stat().st_mtime > dt.timedelta(days=1).total_seconds():
                left.unlink(missing_ok=True)


def copy_database(source: Path, target: Path) -> None:
    """Write one state of the database `source` into the new file `target`, which needs no other file beside it."""
    # Opened so, a source that is not there is not made.
    there = f"{source.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(there, uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")


def is_readable(file: Path) -> bool:
    """Whether SQLite finds no fault in a file, and its layout is known here.

    Raises sqlite3.Error where that cannot be told, as of a file that another program keeps for itself.
    """
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            return verdict == "ok" and "" < _layout(connection) <= NEWEST
    except sqlite3.Error as failure:
        if failure.sqlite_errorcode & 0xFF not in _NO_DATABASE:
            raise
        return False


# A backup never changes after it was made: of one that did, the moment of change tells.
@lru_cache(maxsize=512)
def _is_readable(file: Path, _changed: int) -> bool:
    return is_readable(file)


def _layout(connection: sqlite3.Connection) -> str:
    """The revision of the tables, as they say it themselves; "" where they do not. Raises sqlite3.Error where there are
    none."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if alembic_version.name in names:
        found = connection.execute(f"SELECT version_num FROM {alembic_version.name}").fetchone()
    else:
        found = connection.execute(f"SELECT printf('%04d', value) FROM {meta.name} WHERE key = 'schema'").fetchone()
    return "" if found is None else str(found[0])


def _told_by(backup: Path) -> tuple[dt.datetime, str]:
    """When and why a backup was made, by its name."""
    _, stamp, reason = backup.stem.rsplit("-", 2)
    return dt.datetime.strptime(stamp, _STAMP).replace(tzinfo=dt.UTC), reason


def _remove(backup: Path) -> None:
    for one in (backup, *(Path(f"{backup}{ending}") for ending in _BESIDE)):
        one.unlink(missing_ok=True)


def _write_through(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())
