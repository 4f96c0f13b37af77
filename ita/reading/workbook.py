"""The bytes of a workbook as sheets of plain values, with no file able to harm this process.

Three steps: the first bytes say what the file is; the directory of a packed workbook (.xlsx, .xlsm, .xlsb, .ods) says
what it would unpack to; then a child process (child.py) with limits on memory and time does the reading.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ita.reading.problems import Problem, UnreadableFile
from ita.reading.sheet import Sheet

MEGABYTE = 2**20
FILE_MEGABYTES = 20  # a national list of one year has 1.2
PARTS = 2_000  # an honest workbook has 10 to 50; a sheet, a drawing and notes for each of 77 provinces make some 400
UNPACKED_MEGABYTES = 300  # ten years of the national list unpack to 76
UNPACKED_RATIO = 100  # honest files unpack to 4 to 26 times their size, the most where every cell has the same text
SECONDS = 15  # ten years of the national list take 2
ANSWER_BYTES = 64 * MEGABYTE  # ten years of the national list answer with 15 MB
CHILDREN = os.cpu_count() or 1  # reading at the same time: each may take the memory that child.py allows itself

CHILD = Path(__file__).with_name("child.py")
CHILD_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # what Python needs to start; no passwords for the child

ZIP = b"PK\x03\x04"
ZIP_DIRECTORY_ENTRY = b"PK\x01\x02"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, .doc, .ppt and of every locked Office file
SECTOR, SMALL_SECTOR, SMALL_STREAM = 512, 64, 4096  # bytes, in a compound file
FILE_PASS = 0x2F
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without bounds, and Office uses neither
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"PK\x05\x06")
LOCK_NAMES = ("~$", ".~lock.")  # Microsoft Office, LibreOffice
LOCK_BYTES = 165
UNREAD_FOLDERS = ("customxml/", "docprops/", "meta-inf/")  # no cells there, and UTF-16 and DTDs in honest files
HEAD_BYTES = 1024
MANIFEST_BYTES = 64 * 1024
# What zipfile raises over a spoilt package; RuntimeError for a member that is encrypted, as Office never does.
BROKEN_PACKAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    OverflowError,
    RuntimeError,
)
DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)""")
ENCODINGS = ("utf-8", "utf8", "us-ascii")
CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\f\r"))

REFUSALS = {"password": "ITA-F08", "broken": "ITA-F09", "cells": "ITA-F15"}  # what child.py gives up with
MOMENTS: Mapping[str, Callable[[Any], dt.datetime | dt.time | dt.timedelta]] = {
    "date": dt.datetime.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
    "timedelta": lambda parts: dt.timedelta(*parts),
}

_seats = threading.BoundedSemaphore(CHILDREN)


def read_sheets(content: bytes, filename: str = "") -> list[Sheet]:
    """Every worksheet of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods, told by content), in order, hidden ones too.

    A blank cell, an error such as #N/A and a formula that was never calculated are None; a date is a datetime at
    midnight; text is untouched. `merged` is empty for .xlsb and .ods. Chart sheets are left out.
    Raises UnreadableFile, with one ITA-F code for each cause, and nothing else.
    """
    _refuse_by_size(content)
    if content.startswith(ZIP):
        _inspect_package(content)
    elif content.startswith(COMPOUND):
        _inspect_compound(content)
    else:
        raise _unreadable(_foreign_kind(content, filename))
    return _sheets(_answer_of_child(content))


def _unreadable(code: str, found: str = "", sheet: str | None = None, **details: Any) -> UnreadableFile:
    return UnreadableFile(Problem(code=code, severity="error", sheet=sheet, found=found, details=details))


def _refuse_by_size(content: bytes) -> None:
    if not content:
        raise _unreadable("ITA-F01")
    if len(content) > FILE_MEGABYTES * MEGABYTE:
        raise _unreadable("ITA-F02", found=f"{len(content) / MEGABYTE:.1f} MB", limit=FILE_MEGABYTES)


# What the file is


def _foreign_kind(content: bytes, filename: str) -> str:
    """The code for a file that is neither a package nor a compound file."""
    if _is_lock_file(content, filename):
        return "ITA-F03"
    if b"%PDF-" in content[:HEAD_BYTES]:
        return "ITA-F04"
    if content.startswith(PICTURES) or content[4:8] == b"ftyp":
        return "ITA-F05"
    if content.startswith(ARCHIVES):
        return "ITA-F10"
    return "ITA-F06" if _is_text(content) else "ITA-F11"


def _is_lock_file(content: bytes, filename: str) -> bool:
    """Whether this is the small file that Office keeps beside an open one: the length of a name, the name, blanks."""
    if re.split(r"[/\\]", filename)[-1].startswith(LOCK_NAMES):
        return True
    return len(content) == LOCK_BYTES and content[0] < 55 and content[1 + content[0] : 55].strip(b" ") == b""


def _is_text(content: bytes) -> bool:
    """Whether the beginning reads as text: a web page or a table saved as text, whatever its name says."""
    head = content[:HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return len(head.translate(None, delete=CONTROL_BYTES)) == len(head)


def _inspect_compound(content: bytes) -> None:
    """Let an .xls pass; raise for a workbook under a password and for the other documents of this container."""
    entry = _stream(content, "Workbook") or _stream(content, "Book")
    if _stream(content, "EncryptedPackage") or (entry and _is_locked(content, entry)):
        raise _unreadable("ITA-F08")
    if entry:
        return
    if _stream(content, "WordDocument") or _stream(content, "PowerPoint Document"):
        raise _unreadable("ITA-F07")
    raise _unreadable("ITA-F11" if _stream(content, "Root Entry") else "ITA-F09")


def _stream(content: bytes, name: str) -> int:
    """Where the directory entry of this stream begins, always at a multiple of 128; 0 if there is none."""
    entry = f"{name}\0".encode("utf-16-le")
    position = content.find(entry)
    while position > 0 and position % 128:
        position = content.find(entry, position + 1)
    return max(position, 0)


def _is_locked(content: bytes, entry: int) -> bool:
    """Whether the records of an .xls begin with FilePass, after BOF and perhaps WriteProtect ([MS-XLS] 2.1.7.20.3).

    Calamine would only say that it does not know the format.
    """

    def integer(at: int, size: int) -> int:
        return int.from_bytes(content[at : at + size], "little")

    start, length = integer(entry + 116, 4), integer(entry + 120, 4)
    position = SECTOR * (1 + start)
    if length < SMALL_STREAM:  # kept among other small ones, in the stream of the root entry
        root = SECTOR * (1 + integer(48, 4))
        position = SECTOR * (1 + integer(root + 116, 4)) + SMALL_SECTOR * start
    for _ in range(3):
        kind, length = integer(position, 2), integer(position + 2, 2)
        if kind == FILE_PASS:
            return True
        position += 4 + length
    return False


# What a package would unpack to


def _inspect_package(content: bytes) -> None:
    """Let an honest packed workbook pass; raise for other packages, and for one that is broken or unpacks too large."""
    # Counted before the directory is read: 20 MB of directory entries would become 200 MB of objects here.
    parts = content.count(ZIP_DIRECTORY_ENTRY)
    if parts > PARTS:
        raise _unreadable("ITA-F13", found=f"{parts:,}", limit=f"{PARTS:,}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            _refuse_by_unpacked_size(members, len(content))
            if any(member.compress_type not in METHODS for member in members):
                raise _unreadable("ITA-F09")
            _refuse_other_package(package, members)
            for member in members:
                _refuse_by_encoding(package, member.filename)
    except BROKEN_PACKAGE as error:
        raise _unreadable("ITA-F09") from error


def _refuse_by_unpacked_size(members: Iterable[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    limit = min(UNPACKED_MEGABYTES * MEGABYTE, UNPACKED_RATIO * packed)
    if unpacked > limit:
        raise _unreadable("ITA-F12", found=f"{unpacked / MEGABYTE:,.0f} MB", packed=f"{packed / MEGABYTE:,.2f}")


def _refuse_other_package(package: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo]) -> None:
    names = {member.filename.replace("\\", "/").lower() for member in members}
    if any(name.startswith("xl/") for name in names):
        return
    kind = _head(package, "mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        manifest = _head(package, "META-INF/manifest.xml", MANIFEST_BYTES)
        if "encrypted-package" in names or b"encryption-data" in manifest:
            raise _unreadable("ITA-F08")
        return
    if kind.startswith("application/vnd.oasis") or any(name.startswith(("word/", "ppt/")) for name in names):
        raise _unreadable("ITA-F07")
    raise _unreadable("ITA-F10")


def _refuse_by_encoding(package: zipfile.ZipFile, name: str) -> None:
    """Raise for a part that calamine would skip without a word (UTF-16) or misread (declared entities)."""
    if not name.lower().endswith((".xml", ".rels")) or name.lower().startswith(UNREAD_FOLDERS):
        return
    head = _head(package, name)
    declared = DECLARED_ENCODING.match(head.removeprefix(b"\xef\xbb\xbf"))
    encoding = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if b"\0" in head or encoding not in ENCODINGS or b"<!DOCTYPE" in head:
        raise _unreadable("ITA-F14", found=name)


def _head(package: zipfile.ZipFile, name: str, size: int = HEAD_BYTES) -> bytes:
    with package.open(name) as part:
        return part.read(size)


# What the child says


def _answer_of_child(content: bytes) -> bytes:
    """What child.py wrote for this workbook; too little to understand if it died."""
    with _seats:
        started = time.monotonic()
        try:
            child = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", str(CHILD), _calamine_folder()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in CHILD_ENVIRONMENT if name in os.environ},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise _unreadable("ITA-F18") from error
        with child:
            alarm = threading.Timer(SECONDS, child.kill)
            alarm.start()
            try:
                answer = _exchange(child, content)
            finally:
                alarm.cancel()
                child.kill()
    if time.monotonic() - started >= SECONDS:
        raise _unreadable("ITA-F16", found=f"{SECONDS}")
    if len(answer) > ANSWER_BYTES:
        raise _unreadable("ITA-F15")
    return answer


def _exchange(child: subprocess.Popen[bytes], content: bytes) -> bytes:
    """Hand the child the whole file, then take its whole answer: it writes nothing before it has read everything."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        with child.stdin as pipe:
            pipe.write(content)
    except OSError:
        return b""  # it died over the first bytes: no answer
    return child.stdout.read(ANSWER_BYTES + 1)


@cache
def _calamine_folder() -> str:
    """Where python_calamine is installed: the child searches nothing but this folder and the standard library."""
    spec = find_spec("python_calamine")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parents[1])


def _sheets(answer: bytes) -> list[Sheet]:
    """The sheets of an answer in child.py's form. JSON, unlike pickle or marshal, can hold nothing but values."""
    try:
        verdict, *rest = json.loads(answer, object_hook=_moment)
        if verdict == "sheets":
            return [_sheet(*sheet) for sheet in rest[0]]
        refusal = _unreadable(REFUSALS[verdict], sheet=rest[0] or None if rest else None)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as error:
        raise _unreadable("ITA-F17") from error
    raise refusal


def _sheet(name: str, visible: bool, merged: list[list[int]], rows: list[list[Any]]) -> Sheet:
    return Sheet(name, rows, visible, tuple((top, left, bottom, right) for top, left, bottom, right in merged))


def _moment(value: Mapping[str, Any]) -> dt.datetime | dt.time | dt.timedelta:
    """The date, time or duration that child.py wrote as {kind: text}; a bare date becomes its midnight."""
    ((kind, written),) = value.items()
    return MOMENTS[kind](written)
