"""What calamine leaves out of an open document (.ods): as in losses.py, for the other kind of XML."""

from __future__ import annotations

from pyexpat import ExpatError, ParserCreate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ita.reading.child import CELLS, TooManyCellsError
    from ita.reading.losses import Losses, shortened
    from ita.reading.unpacking import Xml, members, unpacked
else:
    from child import CELLS, TooManyCellsError
    from losses import Losses, shortened
    from unpacking import Xml, members, unpacked

PART = "content.xml"
REPEATED = 1_000  # cells or rows that are stated once

_CELLS = ("table:table-cell", "table:covered-table-cell")
_SIGNS = (b'"percentage"', b'value-type="error"', b"table:formula", b'"collapse"', b'"filter"')
_UNSEEN = ("collapse", "filter")


class OpenDocument:
    """The sheets of an .ods. Its one part of XML is looked at closely only if there is something to find."""

    def __init__(self, content: bytes) -> None:
        """Raises GivenUpError and TooManyCellsError."""
        xml = unpacked(content, PART, members(content)[PART])
        self._losses = Tables(xml).found if any(sign in xml for sign in _SIGNS) else []

    def size(self, index: int) -> int:
        """Nothing: all sheets are in one part."""
        return 0

    def cells(self, index: int) -> int:
        """Not counted: cells that are alike stand there once, and calamine spreads them."""
        return 0

    def losses(self, index: int) -> Losses:
        """What calamine leaves out of a sheet."""
        return self._losses[index] if index < len(self._losses) else Losses()


class Tables:
    """The tables of an open document: their losses, names and sizes (rows and columns with values)."""

    def __init__(self, xml: Xml) -> None:
        self.found: list[Losses] = []
        self.names: list[str] = []
        self.sizes: list[tuple[int, int]] = []
        self._depth, self._row, self._column = 0, 0, 0
        self._repeats, self._width = 1, 1  # of the row, of the cell
        self._faults: list[tuple[int, str]] = []
        self._percentages: list[int] = []
        self._error: list[str] | None = None  # the text of the cell, where it is an error
        parser = ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(xml, True)
        except ExpatError:  # calamine gives up over it too
            self.found = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if name == "table:table" and self._depth == 4:  # others hold what links brought from elsewhere
            self.found.append(Losses())
            self.names.append(attributes.get("table:name", ""))
            self.sizes.append((0, 0))
            self._row = self._column = 0
        elif not self.found:
            return
        elif name == "table:table-column":
            last = self._column + _repeated(attributes, "table:number-columns-repeated") - 1
            if attributes.get("table:visibility") in _UNSEEN:
                self.found[-1].hidden_columns.append((self._column, last))
            self._column = last + 1
        elif name == "table:table-row":
            self._column = 0
            self._repeats = _repeated(attributes, "table:number-rows-repeated")
            if attributes.get("table:visibility") in _UNSEEN:
                self.found[-1].hidden_rows.append((self._row, self._row + self._repeats - 1))
        elif name in _CELLS:
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        kind, formula = attributes.get("office:value-type"), attributes.get("table:formula")
        self._width = _repeated(attributes, "table:number-columns-repeated")
        if kind:
            rows, columns = self.sizes[-1]
            self.sizes[-1] = max(rows, self._row + self._repeats), max(columns, self._column + self._width)
        if kind == "percentage":
            self._percentages += range(self._column, self._column + min(self._width, REPEATED))
        elif "error" in (kind, attributes.get("calcext:value-type")):
            self._error = []
        elif formula and not kind:
            self._faults.append((self._column, shortened(formula[formula.find("=") :])))

    def _text(self, text: str) -> None:
        if self._error is not None:
            self._error.append(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == "table:table-row" and self.found:
            self._repeat_row()
        elif name in _CELLS and self.found:
            if self._error is not None:
                self._faults.append((self._column, "".join(self._error).strip() or "#"))
                self._error = None
            self._column += self._width

    def _repeat_row(self) -> None:
        """Raises TooManyCellsError."""
        losses = self.found[-1]
        more = min(self._repeats, REPEATED) * (len(self._faults) + len(self._percentages))
        if len(losses.faults) + len(losses.percentages) + more > CELLS:
            raise TooManyCellsError(self.names[-1])
        for row in range(self._row, self._row + min(self._repeats, REPEATED)):
            losses.faults += [(row, column, text) for column, text in self._faults]
            losses.percentages += [(row, column) for column in self._percentages]
        self._row += self._repeats
        self._faults, self._percentages = [], []


def _repeated(attributes: dict[str, str], name: str) -> int:
    stated = attributes.get(name, "1")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 8 else 1
