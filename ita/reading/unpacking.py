"""The members of a package, unpacked within the bounds that its directory states, and packages made of them anew.

Part of the child processes: zipfile takes longer to import than an ordinary file takes to read.
"""

from __future__ import annotations

import re
import struct
import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ita.reading.child import GivenUpError
else:
    from child import GivenUpError

PIECE = 2**14  # packed bytes that are unpacked at a time
STORED = 0
UTF_8_NAME = 0x800  # the only flag of a member that means anything once its sizes are known

_DIRECTORY_END, _DIRECTORY_ENTRY, _MEMBER = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_ELSEWHERE = 0xFFFFFFFF  # a size that stands in the extra field of ZIP64
_ERROR_TYPE = re.compile(rb'(<(?:[\w.-]{1,99}:)?c\s[^<>]*\bt=)"e"')
_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"[^<>]*><c r="[A-Z]{1,3}\1"')


Xml = bytes | bytearray


class Member:
    """One entry of the directory: where the data begin, how many there are packed and unpacked, and how."""

    __slots__ = ("checksum", "flags", "method", "name", "packed", "size", "start")

    def __init__(self, name: bytes, start: int, packed: int, size: int, method: int, checksum: int, flags: int) -> None:
        self.name, self.start, self.packed, self.size = name, start, packed, size
        self.method, self.checksum, self.flags = method, checksum, flags


def members(content: bytes) -> dict[str, Member]:
    """The members of a package by their names in lower case; the parent has looked at its directory before."""
    found: dict[str, Member] = {}
    end = content.rfind(_DIRECTORY_END)
    position = _number(content, end + 16, 4) if end >= 0 else len(content)
    while content[position : position + 4] == _DIRECTORY_ENTRY:
        flags, method = _number(content, position + 8, 2), _number(content, position + 10, 2)
        name_size, extra_size, comment_size = (_number(content, position + at, 2) for at in (28, 30, 32))
        name = content[position + 46 : position + 46 + name_size]
        extra = content[position + 46 + name_size : position + 46 + name_size + extra_size]
        size, packed, offset = _wide([_number(content, position + at, 4) for at in (24, 20, 42)], extra)
        start = offset + 30 + _number(content, offset + 26, 2) + _number(content, offset + 28, 2)
        path = name.decode("utf-8", "replace").replace("\\", "/").lower()
        found[path] = Member(name, start, packed, size, method, _number(content, position + 16, 4), flags)
        position += 46 + name_size + extra_size + comment_size
    return found


def _number(content: bytes, at: int, size: int) -> int:
    return int.from_bytes(content[at : at + size], "little")


def _wide(values: list[int], extra: bytes) -> list[int]:
    """Sizes and offset; those that are too large for four bytes, or were unknown at first, stand in the extra field."""
    position = 0
    while _ELSEWHERE in values and position + 4 <= len(extra):
        kind, size = _number(extra, position, 2), _number(extra, position + 2, 2)
        position += 4
        if kind == 1:
            at = position
            for index, value in enumerate(values):
                if value == _ELSEWHERE:
                    values[index] = _number(extra, at, 8)
                    at += 8
            return values
        position += size
    return values


def pieces(content: bytes, path: str, member: Member) -> Iterator[bytes]:
    """The bytes of a member, never more than its directory entry says. Raises GivenUpError and zlib.error."""
    end = member.start + member.packed
    if member.method == STORED:
        yield content[member.start : min(end, member.start + member.size)]
        return
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    left = member.size
    for position in range(member.start, end, PIECE):
        piece = unpack.decompress(content[position : min(position + PIECE, end)], left + 1)
        left -= len(piece)
        if left < 0:
            raise GivenUpError("unpacked", "", path)
        yield piece


def unpacked(content: bytes, path: str, member: Member) -> bytearray:
    """The bytes of a member. Raises GivenUpError and zlib.error, as pieces does."""
    data = bytearray(member.size)  # a third quicker than joining the pieces
    position = 0
    for piece in pieces(content, path, member):
        data[position : position + len(piece)] = piece
        position += len(piece)
    del data[position:]
    return data


def repacked(content: bytes, parts: Mapping[str, Sequence[bytes | memoryview]]) -> bytes:
    """The package with other data in some of its members, which are stored and not packed."""
    body: list[bytes | memoryview] = []
    directory: list[bytes] = []
    offset = 0
    for path, member in members(content).items():
        if path in parts:
            data: list[bytes | memoryview] = [*parts[path]]
            size = packed = sum(map(len, data))
            method, checksum = STORED, 0
            for each in data:
                checksum = zlib.crc32(each, checksum)
        else:
            data = [memoryview(content)[member.start : member.start + member.packed]]
            packed, size, method, checksum = member.packed, member.size, member.method, member.checksum
        flags, length = member.flags & UTF_8_NAME, len(member.name)
        entry = struct.pack("<HHHHHIIIHH", 20, flags, method, 0, 0, checksum, packed, size, length, 0)
        body += [_MEMBER, entry, member.name, *data]
        directory += [_DIRECTORY_ENTRY, b"\x14\0", entry, struct.pack("<HHHII", 0, 0, 0, 0, offset), member.name]
        offset += 30 + length + packed
    count, size = len(directory) // 5, sum(map(len, directory))
    end = struct.pack("<HHHHIIH", 0, 0, count, count, size, offset, 0)
    return b"".join([*body, *directory, _DIRECTORY_END, end])


def with_errors_as_text(content: bytes) -> bytes:
    """The package with its errors as text: calamine gives up over those that it does not know."""
    sheets = {
        path: [_ERROR_TYPE.sub(rb'\1"str"', unpacked(content, path, member))]
        for path, member in members(content).items()
        if path.startswith("xl/worksheets/") and path.endswith(".xml")
    }
    return repacked(content, sheets)


def halves(content: bytes, path: str, xml: Xml, share: float) -> tuple[bytes, bytes, int] | None:
    """A workbook as two, of which one has the first rows of a sheet and the other the rest; and the first row of these.

    `share` of the sheet goes to the first. None where the XML is not of the plain form that can be cut without parsing.
    """
    begin, end = xml.find(b"<sheetData>") + len(b"<sheetData>"), xml.rfind(b"</sheetData>")
    cut = xml.find(b'<row r="', begin + int((end - begin) * share))
    row = _ROW.match(xml, cut) if begin < cut < end else None
    if not row or (b"!" in xml and b"<!" in xml):  # a comment could hold anything
        return None
    view = memoryview(xml)
    first = repacked(content, {path: [view[:cut], view[end:]]})
    second = repacked(content, {path: [view[:begin], view[cut:]]})
    return first, second, int(row[1]) - 1
