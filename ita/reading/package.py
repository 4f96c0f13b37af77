"""What a package (.xlsx, .xlsm, .xlsb, .ods, .docx: all of them are zip files) says of itself, before it is unpacked.

Only its directory and the first bytes of its parts are read here; what would harm a reader is refused.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import Literal

from ita.reading.refusals import MISLEADING, unreadable

MEGABYTE = 2**20
PARTS = 2_000  # an honest workbook has 10 to 50; a sheet, a drawing and notes for each of 77 provinces make some 400
UNPACKED_MEGABYTES = 300  # ten years of the national list unpack to 113
HARMLESS_BYTES = MEGABYTE  # unpacked, whatever their ratio
UNPACKED_RATIO = 100  # honest files unpack to 4 to 26 times their size, the most where every cell has the same text

ZIP = b"PK\x03\x04"
DIRECTORY_ENTRY, DIRECTORY_END = b"PK\x01\x02", b"PK\x05\x06"
DIRECTORY_END_BYTES = 22  # and a comment, whose length the last two of them say
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without bounds, and Office uses neither
ENCRYPTED = 0x1  # the flag of a member under a password, as Office never writes
# What zipfile raises over a spoilt package.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    OverflowError,
    RuntimeError,
    NotImplementedError,
)

UNREAD_FOLDERS = ("customxml/", "docprops/", "meta-inf/", "xl/media/", "xl/embeddings/", "word/media/")
"""No cells there, but UTF-16 and DTDs in honest files."""
UNREAD_ENDINGS = (".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".vml", ".odttf", ".fntdata")
HEAD_BYTES = 1024
LONGEST_HEAD_BYTES = 64 * 1024  # of what stands before the first element; honest files have at most a line there
MANIFEST_BYTES = 64 * 1024
DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)""")
ENCODINGS = ("utf-8", "utf8", "us-ascii", "ascii")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
DOCTYPE = b"<!DOCTYPE"
FIRST_TAG = re.compile(rb"<[A-Za-z_]|<!DOCTYPE", re.IGNORECASE)
PASSED_OVER = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
DECLARED_STRINGS = re.compile(rb"""<(?:[\w.-]{1,99}:)?sst\s[^>]*uniqueCount\s*=\s*["']([0-9]{1,20})""")
STRINGS = 3_000_000  # in a workbook: as many as child.py takes cells
STRING_BYTES = 4  # no string takes less

SHEETS = "application/vnd.oasis.opendocument.spreadsheet"
Kind = Literal["workbook", "word"]


def kind_of_package(content: bytes) -> Kind:
    """What an honest package is. Raises UnreadableFile for one of another kind, and for one that is not honest."""
    # Counted before the directory is read: 20 MB of directory entries would become 200 MB of objects here.
    parts = content.count(DIRECTORY_ENTRY)
    if parts > PARTS:
        raise unreadable("ITA-F13", found=f"{parts:,}", limit=f"{PARTS:,}")
    _refuse_other_data(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            kind = _kind(package, members)
            _refuse_by_unpacked_size(members, len(content))
            _refuse_by_names(members)
            _refuse_by_form(members)
            for member in members:
                _inspect(package, member)
            return kind
    except BROKEN as error:
        raise unreadable("ITA-F09") from error


def _refuse_other_data(content: bytes) -> None:
    """Raise for data behind the package: with those, two readers may see two packages in one file."""
    end = content.rfind(DIRECTORY_END)
    if end < 0 or end + DIRECTORY_END_BYTES > len(content):
        raise unreadable("ITA-F09")
    behind = end + DIRECTORY_END_BYTES + int.from_bytes(content[end + 20 : end + 22], "little")
    if behind > len(content):
        raise unreadable("ITA-F09")
    if content[behind:].strip(b"\0\r\n\t "):  # what disks and mail programs add is harmless
        raise unreadable("ITA-F21", found=f"{len(content) - behind:,}")


def _kind(package: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo]) -> Kind:
    names = {_path(member) for member in members}
    if any(name.startswith("xl/") for name in names):
        return "workbook"
    if "word/document.xml" in names:
        return "word"
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise unreadable("ITA-F10")
    kind = _head(package, "mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    if kind.startswith(SHEETS):
        manifest = _head(package, "META-INF/manifest.xml", MANIFEST_BYTES)
        if "encrypted-package" in names or b"encryption-data" in manifest:
            raise unreadable("ITA-F08")
        return "workbook"
    if kind.startswith("application/vnd.oasis") or any(name.startswith(("word/", "ppt/", "visio/")) for name in names):
        raise unreadable("ITA-F07")
    if any(name.startswith("index/") or name == "index.zip" for name in names):
        raise unreadable("ITA-F27", found="Apple Numbers")
    raise unreadable("ITA-F10")


def _path(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/").lower()


def _refuse_by_unpacked_size(members: Iterable[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    limit = min(UNPACKED_MEGABYTES * MEGABYTE, max(HARMLESS_BYTES, UNPACKED_RATIO * packed))
    if unpacked > limit:
        raise unreadable("ITA-F12", found=f"{unpacked / MEGABYTE:,.1f} MB")


def _refuse_by_names(members: Iterable[zipfile.ZipInfo]) -> None:
    """Raise for names that no office program gives: twice the same, outside the package, misleading."""
    known: set[str] = set()
    for member in members:
        # zipfile cuts a name at its first NUL; the other one keeps it.
        path, full = _path(member), member.orig_filename
        outside = path.startswith("/") or ":" in path or ".." in path.split("/")
        if outside or path in known or MISLEADING.search(full):
            raise unreadable("ITA-F20", found=full)
        known.add(path)


def _refuse_by_form(members: Iterable[zipfile.ZipInfo]) -> None:
    """Raise for members under a password, for methods that Office does not use, and for data before the first."""
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise unreadable("ITA-F08")
    if any(member.compress_type not in METHODS for member in members):
        raise unreadable("ITA-F09")
    before = min((member.header_offset for member in members), default=0)
    if before < 0:
        raise unreadable("ITA-F09")
    if before:
        raise unreadable("ITA-F21", found=f"{before:,}")


def _inspect(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Raise for a part whose beginning shows that it cannot be read, or not without loss or harm."""
    try:
        _refuse_by_encoding(package, member)
        _refuse_by_strings(package, member)
    except (zipfile.BadZipFile, zlib.error) as error:
        raise unreadable("ITA-F37", found=member.filename) from error


def _refuse_by_encoding(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Raise for a part that calamine would skip without a word (UTF-16) or misread (declared entities)."""
    path = _path(member)
    if path.startswith(UNREAD_FOLDERS) or path.endswith(UNREAD_ENDINGS):
        return
    head = _head(package, member)
    if not (path.endswith((".xml", ".rels")) or head.lstrip(b"\xef\xbb\xbf\xff\xfe\0\r\n\t ").startswith(b"<")):
        return
    declared = DECLARED_ENCODING.match(head.removeprefix(BYTE_ORDER_MARK))
    encoding = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if b"\0" in head or encoding not in ENCODINGS:
        raise unreadable("ITA-F14", found=member.filename)
    first = _first_tag(package, member)
    if first is None:
        raise unreadable("ITA-F14", found=member.filename)
    if first.upper().startswith(DOCTYPE):
        raise unreadable("ITA-F28", found=member.filename)


def _first_tag(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """What stands behind declaration and comments, as far as it was read; None where nothing does for too long."""
    for size in (HEAD_BYTES, LONGEST_HEAD_BYTES):
        head = _head(package, member, size).removeprefix(BYTE_ORDER_MARK)
        passed = PASSED_OVER.match(head)
        rest = head[passed.end() :] if passed else head
        if FIRST_TAG.match(rest) or len(head) < size - len(BYTE_ORDER_MARK):
            return rest
    return None


def _refuse_by_strings(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Raise for a table of strings that says to have more than fit into it: calamine makes room for as many."""
    if _path(member) == "xl/sharedstrings.xml":
        declared = DECLARED_STRINGS.search(_head(package, member))
        if declared and int(declared[1]) > max(STRINGS, member.file_size // STRING_BYTES):
            raise unreadable("ITA-F24", found=f"{int(declared[1]):,}")


def _head(package: zipfile.ZipFile, member: zipfile.ZipInfo | str, size: int = HEAD_BYTES) -> bytes:
    with package.open(member) as part:
        return part.read(size)
