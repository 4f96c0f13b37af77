"""The script of the child process that says why a workbook could not be read: bytes on stdin, JSON on stdout.

Run as child.py is, once that one has died over a package, or given up without knowing why. It parses nothing that could
take it along: XML through expat, the rest by patterns, each part within the size that the package's directory says.

    [verdict, sheet, found]     as in child.py; ["unknown"] if nothing was found
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from itertools import chain
from pyexpat import ExpatError, ParserCreate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

READ = re.compile(
    r"xl/(?:workbook\.xml|_rels/workbook\.xml\.rels|styles\.xml|sharedstrings\.xml|worksheets/[^/]*\.xml)|content\.xml"
)
"""The parts that calamine reads."""
STRING = re.compile(rb"<(?:[\w.-]{1,99}:)?si[\s/>]")
STRING_CELL = re.compile(rb'<(?:[\w.-]{1,99}:)?c(\s[^<>]*?\bt="s"[^<>]*)>\s*<(?:[\w.-]{1,99}:)?v>\s*(-?[0-9]{1,20})')
ADDRESS = re.compile(rb'<(?:[\w.-]{1,99}:)?c\s[^<>]*?\br="([^"<>]{0,99})"')
CELL = re.compile(rb"([A-Z]{1,3})([1-9][0-9]{0,6})")
STYLED_NUMBER = re.compile(rb'<(?:[\w.-]{1,99}:)?c\s[^<>]*?\bs="[^<>]*>\s*<(?:[\w.-]{1,99}:)?v>([^<]{1,400})<')
DAYS = 999_999_999  # the most that a duration has in Python


def read(content: bytes) -> list[Any]:
    """The first cause that is found, as the module's text describes it."""
    unpacking = beside("unpacking")
    parts: dict[str, bytearray] = {}
    try:
        for path, member in unpacking.members(content).items():
            if READ.fullmatch(path):
                parts[path] = unpacking.unpacked(content, path, member)
                if zlib.crc32(parts[path]) != member.checksum:
                    return ["part", "", path]
    except zlib.error:
        return ["part", "", path]
    return next(chain(ill_formed(parts), stray(content, parts)), ["unknown"])


def beside(name: str) -> Any:
    """A module of this folder, which main() put on the path."""
    return __import__(name)


def ill_formed(parts: dict[str, bytearray]) -> Iterator[list[Any]]:
    for path, xml in parts.items():
        try:
            ParserCreate().Parse(xml, True)
        except ExpatError:
            yield ["part", "", path]


def stray(content: bytes, parts: dict[str, bytearray]) -> Iterator[list[Any]]:
    """What cells ask for that there is not, or is too much."""
    if "content.xml" in parts:
        tables = beside("open_document").Tables(parts["content.xml"])
        for name, (height, width) in zip(tables.names, tables.sizes, strict=True):
            yield from too_large(name, height, width)
        return
    workbook = beside("losses").OpenXml(content)
    sheets = [(name, parts[path]) for name, path in zip(workbook.names, workbook.paths, strict=True) if path in parts]
    strings = len(STRING.findall(parts.get("xl/sharedstrings.xml", bytearray())))
    for name, xml in sheets:
        yield from stray_strings(name, xml, strings)
    for name, xml in sheets:
        yield from stray_cells(name, xml)
    for name, xml in sheets:
        yield from stray_moments(name, xml)


def stray_strings(name: str, xml: bytearray, strings: int) -> Iterator[list[Any]]:
    """Cells that ask for a text which the list of strings does not have."""
    for found in STRING_CELL.finditer(xml):
        if not 0 <= int(found[2]) < strings:
            stated = ADDRESS.search(found[0])
            yield ["strings", name, stated[1].decode("utf-8", "replace") if stated else found[2].decode()]


def stray_cells(name: str, xml: bytearray) -> Iterator[list[Any]]:
    """Cells that no sheet has, and cells too far apart."""
    child, losses = beside("child"), beside("losses")
    height = width = 0
    for found in ADDRESS.finditer(xml):
        place = CELL.fullmatch(found[1].upper())
        row = int(place[2]) if place else 0
        column = losses.column_of(place[1]) + 1 if place else 0
        if not place or row > child.ROWS or column > child.COLUMNS:
            yield ["address", name, found[1].decode("utf-8", "replace")]
        height, width = max(height, row), max(width, column)
    yield from too_large(name, height, width)


def stray_moments(name: str, xml: bytearray) -> Iterator[list[Any]]:
    """Numbers so large that shown as a date or a duration they would be none; calamine panics over some."""
    for found in STYLED_NUMBER.finditer(xml):
        stated = ADDRESS.search(found[0])
        try:
            large = abs(float(found[1])) > DAYS
        except ValueError:
            continue
        if large and stated:
            yield ["moment", name, stated[1].decode("utf-8", "replace")]


def too_large(name: str, height: int, width: int) -> Iterator[list[Any]]:
    child = beside("child")
    if child.spanned(height, width) > child.CELLS:
        yield ["cells", name]


def main() -> None:
    sys.path += [sys.argv[1], os.path.dirname(os.path.abspath(__file__))]
    beside("child").serve(read)


if __name__ == "__main__":
    main()
