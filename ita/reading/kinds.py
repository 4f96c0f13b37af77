"""What a file is that is no package, told by its bytes: an .xls, a text with a table, or another kind with its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita.reading.problems import UnreadableFile
from ita.reading.refusals import MISLEADING, unreadable

HEAD_BYTES = 4096
CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\f\r"))
LOCK_NAMES = ("~$", ".~lock.")  # Microsoft Office, LibreOffice
LOCK_BYTES = 165

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, .doc, .ppt and of every locked Office file
SECTOR, SMALL_SECTOR, SMALL_STREAM = 512, 64, 4096  # bytes, in a compound file
FILE_PASS = 0x2F

BEGINNINGS: dict[tuple[str, str], tuple[bytes, ...]] = {
    ("ITA-F05", ""): (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF"),
    ("ITA-F07", ""): (b"{\\rtf",),
    ("ITA-F10", ""): (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"PK\x05\x06", b"BZh", b"\xfd7zXZ\0"),
    ("ITA-F19", ""): (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!/"),
    ("ITA-F25", "Windows"): (b"L\0\0\0\x01\x14\x02\0",),
    ("ITA-F25", "Internet"): (b"[InternetShortcut]",),
    ("ITA-F29", "Excel 4.0"): (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"),
    ("ITA-F29", "SYLK"): (b"ID;P",),
    ("ITA-F29", "DIF"): (b"TABLE\r\n0,1", b"TABLE\n0,1"),
    ("ITA-F29", "Lotus 1-2-3"): (b"\0\0\x02\0\x06\x04", b"\0\0\x1a\0"),
    ("ITA-F31", "Access"): (b"\0\x01\0\0Standard Jet DB", b"\0\x01\0\0Standard ACE DB"),
    ("ITA-F31", "SQLite"): (b"SQLite format 3\0",),
}
"""Problem code and what was found, by the first bytes."""
DBASE = (0x02, 0x03, 0x30, 0x31, 0x43, 0x83, 0x8B, 0xF5)  # first bytes of a .dbf
DBASE_HEADER = 32
PROGRAM_HEADER = 64  # of a Windows program, after its "MZ"

MARKUP: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("ITA-F29", "XML Spreadsheet 2003", re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|\"Excel\.Sheet\"")),
    ("ITA-F07", "", re.compile(r"\"Word\.Document\"|office/word/2003/wordml|opendocument\.(?:text|presentation)")),
    ("ITA-F29", "OpenDocument XML", re.compile(r"opendocument\.spreadsheet")),
    ("ITA-F25", "Internet", re.compile(r"<!DOCTYPE plist")),
    ("ITA-F05", "", re.compile(r"<svg[\s>]")),
    (
        "ITA-F06",
        "",
        re.compile(r"<(?:!doctype html|html|head|body|table|tr|td|meta|style|div|script|frameset)\b", re.I),
    ),
    ("ITA-F30", "", re.compile(r"^\s*<[?!A-Za-z]")),
)
"""Texts in angle brackets that are no table of plain text, the surest signs first."""
MESSAGE = re.compile(r"(?:MIME-Version|From|Subject|Content-Type|Content-Location): ", re.IGNORECASE)
JSON = re.compile(r"\{\s*[\"}]|\[\s*[{\[\"0-9]")
GOOGLE = ("docs.google.com", '"doc_id"')


def refuse_misleading_name(filename: str) -> None:
    if MISLEADING.search(filename):
        raise unreadable("ITA-F35", found=filename)


def refuse_other_kinds(content: bytes, filename: str) -> None:
    """Let a text pass that may hold a table; raise for a file of any other kind, by its name."""
    if is_lock_file(content, filename):
        raise unreadable("ITA-F03")
    if not content.strip(b"\0"):
        raise unreadable("ITA-F26")
    for (code, found), beginnings in BEGINNINGS.items():
        if content.startswith(beginnings):
            raise unreadable(code, found)
    if content.startswith(b"MZ") and b"\0" in content[:PROGRAM_HEADER]:
        raise unreadable("ITA-F19")
    if b"%PDF-" in content[:1024]:
        raise unreadable("ITA-F04")
    if content[4:8] == b"ftyp":
        raise unreadable("ITA-F05")
    if _is_dbase(content):
        raise unreadable("ITA-F31", "dBase")
    text = _beginning_as_text(content)
    if text is None:
        raise unreadable("ITA-F11")
    for refused in _other_texts(text):
        raise refused


def is_lock_file(content: bytes, filename: str) -> bool:
    """Whether this is the small file that Office keeps beside an open one: the length of a name, the name, blanks."""
    if re.split(r"[/\\]", filename)[-1].startswith(LOCK_NAMES):
        return True
    return len(content) == LOCK_BYTES and content[0] < 55 and content[1 + content[0] : 55].strip(b" ") == b""


def _is_dbase(content: bytes) -> bool:
    """Whether this begins as a .dbf: kind, date of the last change, and a header that ends as it says."""
    if len(content) <= DBASE_HEADER or content[0] not in DBASE or not (1 <= content[2] <= 12 and 1 <= content[3] <= 31):
        return False
    end = int.from_bytes(content[8:10], "little")
    return DBASE_HEADER < end <= len(content) and 0x0D in content[end - 264 : end]


def _beginning_as_text(content: bytes) -> str | None:
    """How the file begins, if that reads as text: a web page or a table saved as text, whatever its name says."""
    head = content[:HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if len(head.translate(None, delete=CONTROL_BYTES)) < len(head):
        return None
    return head.decode("utf-8-sig", "replace")


def _other_texts(text: str) -> Iterator[UnreadableFile]:
    """Why a text is no table of plain text, if it is none."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        for code, found, sign in MARKUP:
            if sign.search(start):
                yield unreadable(code, found)
    if MESSAGE.match(start):
        yield unreadable("ITA-F06")
    if JSON.match(start):
        yield unreadable("ITA-F25", "Google") if any(sign in text for sign in GOOGLE) else unreadable("ITA-F30")


# Compound files


def refuse_other_compounds(content: bytes) -> None:
    """Let an .xls pass; raise for a workbook under a password and for the other documents of this container."""
    entry = _stream(content, "Workbook") or _stream(content, "Book")
    if _stream(content, "EncryptedPackage") or (entry and _is_locked(content, entry)):
        raise unreadable("ITA-F08")
    if entry:
        return
    if _stream(content, "WordDocument") or _stream(content, "PowerPoint Document"):
        raise unreadable("ITA-F07")
    raise unreadable("ITA-F11" if _stream(content, "Root Entry") else "ITA-F09")


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
