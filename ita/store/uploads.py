"""The files that results and measures came from: what was handed in, when, and its fingerprint."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, Row, insert, select

from ita.store.database import Database
from ita.store.tables import upload

UPLOAD_COLUMNS = (upload.c.file_name, upload.c.sha256, upload.c.size, upload.c.uploaded_at, upload.c.example)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it was handed in. `uploaded_at` is in UTC; `example` marks the sample that comes with the program."""

    file_name: str
    sha256: str
    size: int
    uploaded_at: dt.datetime
    example: bool

    @classmethod
    def of(cls, content: bytes, file_name: str, *, example: bool = False) -> Upload:
        """The upload of these bytes, now."""
        return cls(file_name, hashlib.sha256(content).hexdigest(), len(content), dt.datetime.now(dt.UTC), example)


class Uploads(Database):
    """What the store knows of the files it was fed from."""

    def seen(self, sha256: str) -> Upload | None:
        """The last upload of this very content that anything was taken from."""
        newest = select(*UPLOAD_COLUMNS).where(upload.c.sha256 == sha256).order_by(upload.c.id.desc()).limit(1)
        with self._reading() as connection:
            row = connection.execute(newest).first()
        return None if row is None else upload_in(row)


def save_upload(connection: Connection, file: Upload, agencies: int, by: str) -> int:
    """The id of a new row for `file`, which spoke of so many agencies and was handed in by somebody ("": not known)."""
    row = {
        "file_name": file.file_name,
        "sha256": file.sha256,
        "size": file.size,
        "uploaded_at": file.uploaded_at,
        "example": file.example,
        "agencies": agencies,
        "uploaded_by": by,
    }
    return int(connection.execute(insert(upload).returning(upload.c.id), row).scalar_one())


def upload_in(row: Row[*tuple[object, ...]]) -> Upload:
    """The upload in a row that has UPLOAD_COLUMNS among its columns."""
    return Upload(*(row._mapping[column] for column in UPLOAD_COLUMNS))
