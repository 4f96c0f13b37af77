"""One sheet of a workbook, of which no more is taken apart than the rows that are asked for: it may have a million."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from lxml import etree

from ita.documents.marking.package import beside, tree_of

SHEET_BYTES = 128 * 2**20  # a sheet of 1,000,000 cells has half of it; it is here three times

_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_BEGIN = re.compile(rb"<((?:[\w.-]+:)?)sheetData\b[^>]*?(/?)>")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row\b([^>]*?)(?:/>|>.*?</(?:[\w.-]+:)?row\s*>)", re.DOTALL)
_NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["']([0-9]{1,7})["']""")


def place_of(address: str) -> tuple[int, int]:
    """Row and column, from 1, of "C7": (7, 3); ValueError for what is no address."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(address)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


class Sheet:
    """A sheet's part. `tree` is the sheet without its rows; `at` gives a cell of the rows that `take` has taken apart.

    ValueError for a part that is too large or has no rows where they should be.
    """

    def __init__(self, content: bytes) -> None:
        begin = _BEGIN.search(content)
        if begin is None or len(content) > SHEET_BYTES:
            raise ValueError(len(content))
        self._prefix = begin[1]
        end = begin.end() if begin[2] else content.rindex(b"</%bsheetData" % self._prefix)
        behind = begin.end() if begin[2] else content.index(b">", end) + 1
        self._rows = content[begin.end() : end]
        self.tree = tree_of(content[: begin.start()] + b"<%bsheetData/>" % self._prefix + content[behind:])
        self._taken: dict[int, Any] = {}
        self._places: list[tuple[int, int]] = []

    def take(self, numbers: Iterable[int]) -> None:
        """Take these rows apart, once; those that are not there are made."""
        wanted = sorted(set(numbers))
        known = self._places_of_rows()
        written = []
        for number in wanted:
            place = bisect_right(known, number, key=lambda row: row[0])
            there = place > 0 and known[place - 1][0] == number
            begin, end = (
                known[place - 1][1:] if there else 2 * (known[place][1] if place < len(known) else len(self._rows),)
            )
            self._places.append((begin, end))
            written.append(self._rows[begin:end] or b'<%brow r="%d"/>' % (self._prefix, number))
        spaces = b"".join(
            b' xmlns%b="%b"' % (b":" + name.encode() if name else b"", space.encode())
            for name, space in self.tree.nsmap.items()
        )
        data = b"%bsheetData" % self._prefix
        self._data = tree_of(b"<%b%b>%b</%b>" % (data, spaces, b"".join(written), data))
        self._taken = dict(zip(wanted, self._data, strict=True))

    def _places_of_rows(self) -> list[tuple[int, int, int]]:
        """Number, begin and end of each row, in the order of their numbers; a row need not say its number."""
        places, last = [], 0
        for row in _ROW.finditer(self._rows):
            stated = _NUMBER.search(row[1])
            last = int(stated[1]) if stated else last + 1
            places.append((last, row.start(), row.end()))
        if places != sorted(places):
            raise ValueError("rows out of order")
        return places

    def at(self, address: str) -> Any:
        """The cell at an address in a row that was taken; one that is not there is made, formatted as around it."""
        number, column = place_of(address)
        row, last = self._taken[number], 0
        for cell in row.iterchildren("{*}c"):
            last = place_of(cell.get("r"))[1] if cell.get("r") else last + 1
            if last == column:
                return cell
            if last > column:
                cell.addprevious(new := self._blank(row, address, column))
                return new
        row.append(new := self._blank(row, address, column))
        return new

    def content(self) -> bytes:
        """The part with all that was changed."""
        rows, done = [], 0
        written = etree.tostring(self._data, encoding="UTF-8") if self._taken else b""
        for (begin, end), row in zip(self._places, _ROW.finditer(written), strict=True):
            rows += [self._rows[done:begin], row[0]]
            done = end
        rows.append(self._rows[done:])
        tree = self.tree.getroottree()
        around = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        place = _BEGIN.search(around)
        assert place is not None
        data = b"%bsheetData" % self._prefix
        return b"".join((around[: place.start()], b"<%b>" % data, *rows, b"</%b>" % data, around[place.end() :]))

    def _blank(self, row: Any, address: str, column: int) -> Any:
        row.attrib.pop("spans", None)  # the columns that it reaches over, which need not be said
        cell = row.makeelement(beside(row, "c"), r=address)
        own = row.get("s") if row.get("customFormat") in ("1", "true") else None
        style = own or self._style_of_column(column)
        if style:
            cell.set("s", style)
        return cell

    def _style_of_column(self, column: int) -> str | None:
        for group in self.tree.iterfind("{*}cols/{*}col"):
            if int(group.get("min")) <= column <= int(group.get("max")):
                return str(group.get("style", "")) or None
        return None
