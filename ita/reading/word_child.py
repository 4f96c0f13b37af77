"""The script of the child process that reads one Word document: its bytes on stdin, its text as JSON on stdout.

Run as child.py is, FOLDER being where python-docx is installed, and answers as it does, with one sheet:

    ["sheets", [["Word", true, [[row, column, row, column], ...], rows, {"places": ["P1", "T1R1", ...]}]]]
    ["broken"] | ["cells"]

The rows are the paragraphs of the body, each in the first column, and the rows of its tables, in the order of the
document; what a reader of the document would not see there is left out: deleted and hidden text, comments, headers and
footers. Numbers that Word puts before a paragraph by itself are part of its text.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ita.reading import child, word_numbering
else:

    def beside(name: str) -> ModuleType:
        """A script of this folder, which is not on the path of a Python that was started with -I."""
        spec = importlib.util.spec_from_file_location(name, os.path.join(os.path.dirname(__file__), f"{name}.py"))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    child, word_numbering = beside("child"), beside("word_numbering")

PART_BYTES = 16 * 2**20  # of one part of XML; a report of a hundred pages has some 2 MB
BLOCKS = 100_000  # paragraphs and cells; a page of a table has some 60
COLUMNS = 200  # of a table; Word makes 63 at most
ARRANGING_COLUMNS = 2  # of a table that only arranges others on the page
MACRO_ENABLED = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)

W, attribute, switched_on = word_numbering.W, word_numbering.attribute, word_numbering.switched_on
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

PARAGRAPH, TABLE, ROW, CELL, RUN, TEXT = (W + name for name in ("p", "tbl", "tr", "tc", "r", "t"))
CONTROL, FIELD, SYMBOL, BOX = (W + name for name in ("sdt", "fldChar", "sym", "txbxContent"))
RUN_PROPERTIES = f"{W}rPr"
ALTERNATE = f"{MC}AlternateContent"
WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
UNSEEN = {
    W + name
    for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "rt")
}
TYPED = {W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}

CHECKED, UNCHECKED, TICK, CROSS, DISC = "☒", "☐", "✓", "✗", "•"
SYMBOLS = {
    "wingdings": {0xFC: TICK, 0xFE: "☑", 0xFB: CROSS, 0xFD: CHECKED, 0xA8: UNCHECKED, 0x6F: UNCHECKED, 0x6C: "●"},
    "wingdings 2": {0x50: TICK, 0x52: "☑", 0x4F: CROSS, 0x51: CHECKED, 0x53: CHECKED, 0xA3: UNCHECKED},
    "webdings": {0x61: TICK, 0x72: CROSS, 0x63: UNCHECKED},
    "symbol": {0xD6: "√", 0xB4: "×", 0x2D: "-"},
}
"""What the letters of fonts that hold pictures look like; the others are taken for bullets."""


class BrokenError(Exception):
    """The document is none that Word would have written."""


def read(content: bytes) -> list[Any]:
    """The answer for one document, as the module's text describes it. Raises what child.serve turns into an answer."""
    try:
        refuse_huge_parts(content)
        return ["sheets", [Body(*opened(content)).sheet()]]
    except (child.TooManyCellsError, MemoryError):
        raise
    except Exception:  # python-docx takes its parts on trust: a spoilt one may raise anything at all
        return ["broken"]


def refuse_huge_parts(content: bytes) -> None:
    """Raise TooManyCellsError for a part that would take this process's memory, before it is unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        if any(part.file_size > PART_BYTES for part in package.infolist() if part.filename.endswith((".xml", ".rels"))):
            raise child.TooManyCellsError


def opened(content: bytes) -> tuple[Any, Any, Any]:
    """The body of a document, its numbering and its styles as lxml elements; None for the two it may lack.

    python-docx parses without resolving entities, without a network and with libxml2's own limits.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    for kind in (MACRO_ENABLED, *TEMPLATES):
        PartFactory.part_type_for[kind] = DocumentPart
    part = Package.open(BytesIO(content)).main_document_part
    root = part.element
    if root.getroottree().docinfo.doctype or root.body is None:
        raise BrokenError
    if sum(1 for _ in islice(root.iter(PARAGRAPH, CELL), BLOCKS + 1)) > BLOCKS:
        raise child.TooManyCellsError
    related = {each.reltype: each.target_part for each in part.rels.values() if not each.is_external}
    numbering, styles = (getattr(related.get(kind), "element", None) for kind in (RT.NUMBERING, RT.STYLES))
    return root.body, numbering, styles


class Body:
    """The body of a document, read from top to bottom."""

    def __init__(self, body: Any, numbering: Any, styles: Any) -> None:
        self._styles = word_numbering.Styles(styles)
        self._numbering = word_numbering.Numbering(numbering, self._styles)
        self._rows: list[list[str | None]] = []
        self._places: list[str] = []
        self._merged: list[list[int]] = []
        self._paragraphs = self._tables = 0
        self._body = body

    def sheet(self) -> list[Any]:
        """[name, visible, merged, rows, extras] of the body."""
        self._add_blocks(self._body)
        width = max(map(len, self._rows), default=0)
        if child.spanned(len(self._rows), width) > child.CELLS:
            raise child.TooManyCellsError
        rows = [[*row, *[None] * (width - len(row))] for row in self._rows]
        return ["Word", True, self._merged, rows, {"places": self._places}]

    def _add_blocks(self, container: Any) -> None:
        """Add what stands in the body, or in a cell of a table that only arranges others."""
        for kind, found in self._blocks(container):
            if kind == PARAGRAPH:
                self._paragraphs += 1
                for text in found:
                    self._add(f"P{self._paragraphs}", [text])
            elif arranging := self._arranging(found):
                for cell in arranging:
                    self._add_blocks(cell)
            else:
                self._tables += 1
                self._add_table(f"T{self._tables}", found)

    def _arranging(self, table: Any) -> list[Any]:
        """The cells of a table that is but the frame of others, or has them in its two columns; none of another one."""
        rows = [[cell for *_, cell in self._cells(row)] for row in self._table_rows(table)]
        cells = [cell for row in rows for cell in row]
        within = [held for cell in cells for held in inner(cell, {TABLE})]
        columns = max(map(len, rows), default=0)
        if len(cells) == 1 and within:
            return cells
        wider = any(columns < len(list(self._cells(row))) for held in within for row in self._table_rows(held))
        return cells if wider and columns <= ARRANGING_COLUMNS else []

    def _add(self, place: str, texts: Iterable[str | None]) -> None:
        self._rows.append([text if text and not text.isspace() else None for text in texts])
        self._places.append(place)

    # Tables

    def _add_table(self, place: str, table: Any) -> None:
        grid = [list(self._cells(row)) for row in self._table_rows(table)]
        kept = kept_columns({(cell[0], cell[1]) for row in grid for cell in row}, widths(table))
        top, open_below = len(self._rows), dict[tuple[int, int], list[int]]()
        for number, row in enumerate(grid):
            values: list[str | None] = [None] * sum(kept)
            still_open = dict[tuple[int, int], list[int]]()
            for start, stop, continued, element in row:
                left, right = sum(kept[:start]), sum(kept[:stop]) - 1
                if continued and (left, right) in open_below:
                    merged = open_below[left, right]
                    merged[2] += 1
                else:
                    merged = [top + number, left, top + number, right]
                    self._merged.append(merged)
                    values[left] = self._cell_text(element)
                still_open[left, right] = merged
            open_below = still_open
            self._add(f"{place}R{number + 1}", values)
        self._merged = [cells for cells in self._merged if cells[:2] != cells[2:]]

    def _table_rows(self, table: Any) -> Iterator[Any]:
        """The rows of a table that have not been deleted or hidden."""
        for row in inner(table, {ROW}):
            properties = row.find(f"{W}trPr")
            gone = properties is not None and properties.find(f"{W}del") is not None
            if not gone and not switched_on(attribute(properties, "hidden")):
                yield row

    def _cells(self, row: Any) -> Iterator[tuple[int, int, bool, Any]]:
        """The cells of a row: first column and the one behind the last, whether merged into the one above, element."""
        cells: list[tuple[int, int, bool, Any]] = []
        start = max(0, row.grid_before)
        for cell in inner(row, {CELL}):
            stop = start + max(1, cell.grid_span)
            if stop > COLUMNS:
                raise child.TooManyCellsError
            if cells and attribute(cell, "tcPr", "hMerge") in ("", "continue"):
                first, _, continued, element = cells[-1]
                cells[-1] = (first, stop, continued, element)
            else:
                cells.append((start, stop, cell.vMerge == "continue", cell))
            start = stop
        yield from cells

    def _cell_text(self, cell: Any) -> str:
        return "\n".join(self._lines(cell)).strip("\n")

    # Paragraphs

    def _blocks(self, container: Any) -> Iterator[tuple[str, Any]]:
        """The paragraphs, as their text and the lines of their text boxes, and the tables, as elements, in order.

        The tables of a text box stand behind its paragraph.
        A paragraph whose end is deleted goes on with the next one.
        """
        carried, boxes = "", list[Any]()
        for block in inner(container, {PARAGRAPH, TABLE}):
            if block.tag == TABLE:
                yield TABLE, block
            elif ends_deleted(block):
                carried += self._text(block, boxes)
            else:
                label = self._numbering.label(block)
                text = label + carried + self._text(block, boxes)
                yield from self._with_boxes(text, boxes)
                carried, boxes = "", []
        if carried or boxes:
            yield from self._with_boxes(carried, boxes)

    def _with_boxes(self, text: str, boxes: list[Any]) -> Iterator[tuple[str, Any]]:
        yield PARAGRAPH, [text, *(line for line in boxes if isinstance(line, str))]
        yield from ((TABLE, table) for table in boxes if not isinstance(table, str))

    def _lines(self, container: Any) -> Iterator[str]:
        """The lines of a cell or text box; a row of a table within it is one line."""
        for kind, found in self._blocks(container):
            if kind == PARAGRAPH:
                yield from found
            else:
                for row in self._table_rows(found):
                    texts = (self._cell_text(cell) for _, _, continued, cell in self._cells(row) if not continued)
                    yield " ".join(text for text in texts if text)

    def _text(self, paragraph: Any, boxes: list[Any]) -> str:
        """The text of a paragraph as it is shown; the lines and tables of its text boxes are added to `boxes`."""
        hidden = self._styles.hides(attribute(paragraph, "pPr", "pStyle") or self._styles.paragraph)
        return "".join(self._pieces(paragraph, hidden, [], boxes))

    def _pieces(self, element: Any, hidden: bool, fields: list[bool], boxes: list[Any]) -> Iterator[str]:
        """The pieces of text in an element. `fields` says of each field that has begun whether its code goes on."""
        for each in element:
            tag = each.tag
            if tag == FIELD:
                yield from passed_field(each, fields)
            elif tag == BOX:
                for kind, found in self._blocks(each):
                    boxes += [found] if kind == TABLE else [line for line in found if line.strip()]
            elif tag == ALTERNATE:
                yield from self._pieces(each[:1], hidden, fields, boxes)  # the second says the same for older programs
            elif tag == RUN:
                if not self._is_hidden(each, hidden):
                    yield from self._pieces(each, hidden, fields, boxes)
            elif tag in UNSEEN or not isinstance(tag, str) or is_placeholder(each):
                continue
            elif tag not in (TEXT, SYMBOL) and tag not in TYPED:
                yield from self._pieces(each, hidden, fields, boxes)
            elif not any(fields):
                yield TYPED.get(tag) or (typed_text(each) if tag == TEXT else picture(each))

    def _is_hidden(self, run: Any, hidden: bool) -> bool:
        properties = run.find(RUN_PROPERTIES)
        if properties is None:
            return hidden
        own = attribute(properties, "vanish")
        if own is not None:
            return switched_on(own)
        return hidden or self._styles.hides(attribute(properties, "rStyle"))


def inner(container: Any, wanted: set[str]) -> Iterator[Any]:
    """The elements of these kinds right below this one, be it within controls or inserted."""
    for each in container:
        if each.tag in wanted:
            yield each
        elif each.tag == ALTERNATE:
            for first in each[:1]:
                yield from inner(first, wanted)
        elif each.tag in WRAPPERS and not is_placeholder(each):
            yield from inner(each, wanted)


def is_placeholder(element: Any) -> bool:
    """Whether this is a control that nobody has filled in: what it shows is Word's own request to do so."""
    return element.tag == CONTROL and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def ends_deleted(paragraph: Any) -> bool:
    """Whether the end of a paragraph was deleted, or moved away, with changes tracked."""
    properties = paragraph.find(f"{W}pPr")
    mark = None if properties is None else properties.find(RUN_PROPERTIES)
    return mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom"))


def passed_field(mark: Any, fields: list[bool]) -> Iterator[str]:
    """Note the beginning, middle or end of a field; a ticked box of an old form is its own result."""
    kind = mark.get(f"{W}fldCharType")
    if kind == "begin":
        box = mark.find(f"{W}ffData/{W}checkBox")
        if box is not None:
            state = attribute(box, "checked")
            yield CHECKED if switched_on(attribute(box, "default") if state is None else state) else UNCHECKED
        fields.append(True)
    elif fields and kind == "separate":
        fields[-1] = False
    elif fields:
        fields.pop()


def typed_text(element: Any) -> str:
    """The text of a `w:t`; in a font that holds pictures the letters are what they look like."""
    text = element.text or ""
    properties = element.getparent().find(RUN_PROPERTIES)
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii", "").casefold()
    return "".join(pictured(font, ord(letter)) for letter in text) if font in SYMBOLS else text


def picture(element: Any) -> str:
    """What a `w:sym` looks like."""
    return pictured(element.get(f"{W}font", "").casefold(), int(element.get(f"{W}char", "0"), 16))


def pictured(font: str, code: int) -> str:
    """A letter of a font that holds pictures; such letters are also written from U+F000 on."""
    return " " if code & 0xFF == 0x20 else SYMBOLS.get(font, {}).get(code & 0xFF, DISC)


def widths(table: Any) -> list[int]:
    """The widths of a table's columns, as far as it states them."""
    stated = (column.get(f"{W}w", "") for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
    return [int(width) if width.isdigit() else 0 for width in islice(stated, COLUMNS)]


def kept_columns(cells: set[tuple[int, int]], stated: list[int]) -> list[bool]:
    """Which of the columns are more than the sliver that a border leaves that was drawn elsewhere in some rows.

    A column may go, the narrowest first, as long as every cell, from its first column to the one before its last, still
    has one: so cells that look like one column are in one.
    """
    count = max((stop for _, stop in cells), default=0)
    width = dict(enumerate(stated))
    left = {cell: cell[1] - cell[0] for cell in cells}
    kept = [True] * count
    for column in sorted(range(count), key=lambda column: width.get(column, 0)):
        over = [cell for cell in cells if cell[0] <= column < cell[1]]
        if all(left[cell] > 1 for cell in over):
            kept[column] = False
            for cell in over:
                left[cell] -= 1
    return kept


def main() -> None:
    sys.path.append(sys.argv[1])
    child.serve(read)


if __name__ == "__main__":
    main()
