"""What can befall a database that is no fault of the program: each kind by its name, for a sentence to tell it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ita.store.tables import NEWEST

FULL, READ_ONLY, LOCKED, GONE, BROKEN, FAILING, LATER = CODES = (
    "full",
    "read_only",
    "locked",
    "gone",
    "broken",
    "failing",
    "later",
)
"""No room on the disk; may not be written; another program kept it longer than the patience; file or server not there;
no longer a database inside; the disk reports errors; written by a later version of this program.
"""

_BY_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_AUTH: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: READ_ONLY,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_PROTOCOL: LOCKED,
    sqlite3.SQLITE_CORRUPT: BROKEN,
    sqlite3.SQLITE_NOTADB: BROKEN,
    sqlite3.SQLITE_IOERR: FAILING,
}
_BY_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.ENOENT: GONE,
    errno.ENOTDIR: GONE,
    errno.EEXIST: GONE,  # a file where the folder should be
    errno.EIO: FAILING,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html, by code or by its class of two letters.
_BY_SQLSTATE = {
    "53100": FULL,
    "25006": READ_ONLY,
    "42501": READ_ONLY,
    "55P03": LOCKED,
    "40P01": LOCKED,
    "08": GONE,
    "57P": GONE,
    "3D": GONE,
    "XX00": BROKEN,
    "58": FAILING,
}


class Trouble(Exception):
    """The database cannot do what it was asked. What was confirmed before is not touched by it.

    `code` is one of CODES, `where` the file, or the server and the database's name.
    """

    def __init__(self, code: str, where: str) -> None:
        super().__init__(f"{code}: {where}")
        self.code = code
        self.where = where


class UnknownSchema(Trouble):
    """The database was written by a later version of this program. Nothing was changed in it."""

    def __init__(self, found: str, where: str) -> None:
        super().__init__(LATER, where)
        self.found = found

    def __str__(self) -> str:
        return f"{self.where} has the layout {self.found}, this program works with {NEWEST}"


def file_of(address: URL) -> Path | None:
    """The file that the database is; None for a server's, and for one in memory."""
    name = address.database or ""
    if address.get_backend_name() != "sqlite" or name in ("", ":memory:") or name.startswith("file:"):
        return None
    return Path(name)


def place_of(address: URL) -> str:
    """Where the database is, in words that tell no password."""
    file = file_of(address)
    if file is not None:
        return str(file.absolute())
    return f"{address.host}/{address.database}" if address.host else str(address.database)


@contextmanager
def named_trouble(address: URL) -> Iterator[None]:
    """Turn what the database complains of inside into a Trouble; what is none goes on as it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, PoolTimeout, OSError) as failure:
        if (code := _code(failure, file_of(address))) is None:
            raise
        raise Trouble(code, place_of(address)) from failure


def _code(failure: Exception, file: Path | None) -> str | None:
    """The kind of trouble that a failure is; None for one that is none."""
    driver = failure.orig if isinstance(failure, DBAPIError) else failure
    if isinstance(driver, PoolTimeout):
        return LOCKED
    if isinstance(driver, sqlite3.Error):
        return _of_sqlite(driver, file)
    if isinstance(driver, OSError):
        return _BY_SYSTEM.get(driver.errno or 0)
    state = str(getattr(driver, "sqlstate", None) or "")
    known = next((_BY_SQLSTATE[state[:length]] for length in (5, 4, 3, 2) if state[:length] in _BY_SQLSTATE), None)
    # A server that cannot be reached gives no code.
    return GONE if known is None and _lost_connection(failure, state) else known


def _of_sqlite(failure: sqlite3.Error, file: Path | None) -> str | None:
    whole = getattr(failure, "sqlite_errorcode", sqlite3.SQLITE_OK)
    if whole == sqlite3.SQLITE_READONLY_DBMOVED or (file is not None and not file.exists()):
        return GONE
    # The lower byte is the kind of failure, the upper ones its details.
    return _BY_SQLITE.get(whole & 0xFF)


def _lost_connection(failure: Exception, state: str) -> bool:
    return isinstance(failure, DBAPIError) and (
        failure.connection_invalidated or (not state and type(failure.orig).__name__ == "OperationalError")
    )
