"""What calamine leaves out of a packed workbook, found by a second look at its XML beside it.

Runs in the child process (child.py) and so imports little. Calamine blanks errors and formulas that were never
calculated, gives a percentage as a fraction and says nothing about hidden rows and columns. A search for what would be
there takes a fifth of the time that calamine takes; only where it finds something is it looked at closely.
"""

from __future__ import annotations

import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ita.reading.unpacking import Member, Xml, members, pieces, unpacked
else:
    from unpacking import Member, Xml, members, pieces, unpacked

Place = tuple[int, int]
Fault = tuple[int, int, str]
"""Row, column, and what stands there instead of a value: "#N/A" or "=SUM(A1:A5)"."""

FORMULA_LENGTH = 60  # so much of a formula is shown
PERCENT_FORMATS = (b"9", b"10")  # "0%" and "0.00%", which every workbook has without saying so
LARGE = 12 * 2**20  # bytes of XML; a smaller sheet cannot have more cells than child.py takes
TAG = 1_000  # bytes; honest tags of cells and rows have up to 300

_SHEET = re.compile(rb"<(?:[\w.-]{1,99}:)?sheet(\s[^<]*)")
_RELATION = re.compile(rb"<(?:[\w.-]{1,99}:)?Relationship(\s[^<]*)")
_RECALCULATED = re.compile(rb"fullCalcOnLoad\s*=\s*[\"'](?:1|true)")
_ROOT = re.compile(rb"<(?:([\w.-]{1,99}):)?worksheet[\s>]")
_CELL_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_ROW_NUMBER = re.compile(rb"\sr\s*=\s*[\"']([0-9]{1,7})[\"']")
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
_CALCULATED = rb"(?:</%(p)bf>|<%(p)bf(?:\s[^<>]*)?/>)\s*<%(p)bv(?:\s[^<>]*)?>(?!0</)[^<]"
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LITERAL = re.compile(r'"[^"]*"|[\\_*].')  # of a number format: quoted, or one character escaped, skipped, repeated


class Losses:
    """What to put right in the rows that calamine gave for one sheet."""

    __slots__ = ("faults", "hidden_columns", "hidden_rows", "percentages")

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.percentages: list[Place] = []
        self.hidden_rows: list[tuple[int, int]] = []  # first and last
        self.hidden_columns: list[tuple[int, int]] = []


# A workbook


class OpenXml:
    """The sheets of an .xlsx in the workbook's order, chart sheets too: their paths in the package and their names."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._members = members(content)
        workbook = self._part("xl/workbook.xml")
        targets = dict(self._relations())
        tags = _SHEET.findall(workbook)
        self.paths = [targets.get(_attribute(tag, rb"[\w.-]{1,99}:id"), "") for tag in tags]
        self.names = [_characters(_attribute(tag, b"name")) for tag in tags]
        self._recalculated = bool(_RECALCULATED.search(workbook))
        self._percent_styles = percent_styles(self._part("xl/styles.xml"))

    def size(self, index: int) -> int:
        """The bytes of a sheet's XML, as the package states them."""
        member = self._member(index)
        return member.size if member else 0

    def cells(self, index: int) -> int:
        """How many cells a large sheet has, empty ones too; 0 for one that is too small to have many."""
        member = self._member(index)
        if not member or member.size < LARGE:
            return 0
        found = pieces(self._content, self.paths[index], member)
        return sum(piece.count(b"<c") + piece.count(b":c ") for piece in found)

    def xml(self, index: int) -> Xml:
        """A sheet's XML. Raises GivenUpError."""
        return self._part(self.paths[index]) if index < len(self.paths) else b""

    def losses(self, index: int, xml: Xml | None = None) -> Losses:
        """What calamine leaves out of a sheet, whose XML may be at hand already. Raises GivenUpError."""
        xml = self.xml(index) if xml is None else xml
        return losses_of_sheet(xml, self._percent_styles, recalculated=self._recalculated)

    def _member(self, index: int) -> Member | None:
        return self._members.get(self.paths[index]) if index < len(self.paths) else None

    def _part(self, path: str) -> Xml:
        member = self._members.get(path)
        return unpacked(self._content, path, member) if member else b""

    def _relations(self) -> Iterator[tuple[bytes, str]]:
        for relation in _RELATION.findall(self._part("xl/_rels/workbook.xml.rels")):
            target = _attribute(relation, b"Target").decode("utf-8", "replace").replace("\\", "/")
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            yield _attribute(relation, b"Id"), path.lower()


def _attribute(tag: Xml, name: bytes) -> bytes:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"']([^\"']*)", tag)
    return found[1] if found else b""


def percent_styles(styles: Xml) -> frozenset[bytes]:
    """The numbers, as they stand in the cells, of the styles that show a percentage."""
    start = re.search(rb"<(?:[\w.-]{1,99}:)?cellXfs[\s>]", styles)
    if not start:
        return frozenset()
    formats = set(PERCENT_FORMATS)
    for tag in re.findall(rb"<(?:[\w.-]{1,99}:)?numFmt(\s[^<]*)", styles):
        code = _characters(_attribute(tag, b"formatCode"))
        if "%" in _LITERAL.sub("", code):
            formats.add(_attribute(tag, b"numFmtId"))
    end = styles.find(b"cellXfs>", start.end())
    kinds = re.findall(rb"<(?:[\w.-]{1,99}:)?xf(\s[^<]*)", styles[start.end() : end])
    return frozenset(str(index).encode() for index, tag in enumerate(kinds) if _attribute(tag, b"numFmtId") in formats)


def losses_of_sheet(xml: Xml, percents: frozenset[bytes], *, recalculated: bool = False) -> Losses:
    """What calamine leaves out of the XML of one worksheet.

    `recalculated`: the workbook asks to be calculated anew when it is opened, as those do that a program wrote. Where
    every formula of the sheet gives zero then, none was ever calculated.
    """
    losses = Losses()
    root = _ROOT.search(xml)
    if not root:
        return losses
    prefix = root[1] + b":" if root[1] else b""
    place = _placer(xml, prefix)
    if b't="e"' in xml:
        losses.faults += _errors(xml, prefix, place)
    # One letter is found ten times as quickly as two, and a sheet of plain values has no other "f" there.
    if xml.find(b"f", xml.find(b"sheetData")) >= 0 and b"<" + prefix + b"f" in xml:
        losses.faults += _uncalculated(xml, prefix, place, recalculated)
    if b' hidden="' in xml:
        _find_hidden(xml, prefix, place, losses)
    if percents:
        losses.percentages += _percentages(xml, prefix, place, percents)
    return losses


def _errors(xml: Xml, prefix: bytes, place: Callable[[int], Place]) -> Iterator[Fault]:
    value = re.compile(
        rb't="e"[^<>]*(?<!/)>\s*(?:<%(p)bf(?:\s[^<>]*)?(?:/>|>[^<]*</%(p)bf>)\s*)?<%(p)bv(?:\s[^<>]*)?>([^<]*)'
        % {b"p": prefix}
    )
    hit = xml.find(b't="e"')
    while hit >= 0:
        start = _tag_before(xml, hit)
        if xml.startswith(b"<" + prefix + b"c ", start):
            found = value.match(xml, hit)
            yield *place(start), (_characters(found[1]).strip() if found else "") or "#"
        hit = xml.find(b't="e"', hit + 1)


def _uncalculated(xml: Xml, prefix: bytes, place: Callable[[int], Place], recalculated: bool) -> Iterator[Fault]:
    never = recalculated and not re.search(_CALCULATED % {b"p": prefix}, xml)
    kept = rb"(?!0</)[^<]" if never else rb"[^<]"
    formula = re.compile(
        rb"<%(p)bf(?:\s[^<>]*)?(?:/>|>([^<]*)</%(p)bf>)(?!\s*<%(p)bv(?:\s[^<>]*)?>%(kept)b)"
        % {b"p": prefix, b"kept": kept}
    )
    value = re.compile(rb"\s*<" + prefix + rb"v[\s/>]")
    for found in formula.finditer(xml):
        start = _tag_before(xml, found.start())
        tag = xml[start : found.start()]
        if b't="e"' in tag or (b't="str"' in tag and value.match(xml, found.end())):  # an error; an empty text
            continue
        yield *place(start), shortened("=" + _characters(found[1] or b""))


def _find_hidden(xml: Xml, prefix: bytes, place: Callable[[int], Place], losses: Losses) -> None:
    row, column = b"<" + prefix + b"row ", b"<" + prefix + b"col "
    end = xml.rfind(b"<" + prefix + b"c ")  # rows behind the last cell are none of the sheet's
    for found in _HIDDEN.finditer(xml, 0, max(end, 0)):
        start = _tag_before(xml, found.start())
        if xml.startswith(row, start):
            index = place(start)[0]
            losses.hidden_rows.append((index, index))
        elif xml.startswith(column, start):
            tag = _tag(xml, start)
            first, last = (_attribute(tag, name) for name in (b"min", b"max"))
            if first.isdigit() and last.isdigit():
                losses.hidden_columns.append((int(first) - 1, int(last) - 1))


def _percentages(xml: Xml, prefix: bytes, place: Callable[[int], Place], percents: frozenset[bytes]) -> Iterator[Place]:
    for found in re.finditer(b"<" + prefix + rb'c\s[^<>]*?\bs="([0-9]+)"[^<>]*>', xml):
        if found[1] in percents:
            yield place(found.start())


# Tags are looked for within TAG bytes: without end, a file made of nothing but beginnings would take hours.


def _tag(xml: Xml, start: int) -> Xml:
    return xml[start : start + TAG].partition(b">")[0]


def _tag_before(xml: Xml, position: int) -> int:
    return max(0, xml.rfind(b"<", max(0, position - TAG), position))


def _placer(xml: Xml, prefix: bytes) -> Callable[[int], Place]:
    """A function that tells row and column of the cell, or the row, whose tag begins at a position.

    Nearly every cell states its address; those that do not stand beside the one before, and are counted once needed.
    """
    counted: dict[int, Place] = {}

    def place(start: int) -> Place:
        tag = _tag(xml, start)
        stated = _CELL_ADDRESS.search(tag)
        if stated:
            return int(stated[2]) - 1, column_of(stated[1])
        row = _ROW_NUMBER.search(tag)
        if row:
            return int(row[1]) - 1, 0
        if not counted:
            counted.update(_counted(xml, prefix))
        return counted.get(start, (0, 0))

    return place


def _counted(xml: Xml, prefix: bytes) -> Iterator[tuple[int, Place]]:
    """Where each row and cell stands, counted as calamine does."""
    row, column = 0, 0
    for tag in re.finditer(rb"<(/?)%(p)b(row|c)(?:\s[^<>]*)?>" % {b"p": prefix}, xml):
        if tag[2] == b"c":
            if tag[1]:
                continue
            stated = _CELL_ADDRESS.search(tag[0])
            at = (int(stated[2]) - 1, column_of(stated[1])) if stated else (row, column)
            yield tag.start(), at
            column = at[1] + 1
            continue
        if not tag[1]:
            number = _ROW_NUMBER.search(tag[0])
            row = int(number[1]) - 1 if number else row
            yield tag.start(), (row, 0)
        if tag[1] or tag[0].endswith(b"/>"):
            row, column = row + 1, 0


def column_of(letters: bytes) -> int:
    """The column of "A", "ab": 0, 27."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column - 1


def _characters(text: bytes) -> str:
    """The text that stands in XML, its references resolved."""

    def character(found: re.Match[str]) -> str:
        if found[3]:
            return _NAMED[found[3]]
        number = int(found[1]) if found[1] else int(found[2], 16)
        return chr(number) if number <= sys.maxunicode else ""

    return _REFERENCE.sub(character, text.decode("utf-8", "replace"))


def shortened(formula: str) -> str:
    """A formula, or its beginning."""
    return formula if len(formula) <= FORMULA_LENGTH else f"{formula[: FORMULA_LENGTH - 1]}…"
