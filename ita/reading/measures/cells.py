"""A sheet's cells as they look: what stands in a merged cell stands in all of its rows."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

from ita import thai
from ita.reading.places import in_document
from ita.reading.sheet import Fault, Sheet, Value, address

MERGED_ROWS = 200_000  # rows of all merged cells of a sheet; beyond it they are not followed


class Cells:
    """The cells of one sheet. Rows and columns count from 0; a column stands for the merged cell that begins in it."""

    def __init__(self, sheet: Sheet, stand: Callable[[int, int], str] | None = None) -> None:
        """`stand`: where a cell stands in the file, where the sheet is not as it is there."""
        self.sheet = sheet
        self._stand = stand
        self._above: dict[tuple[int, int], int] = {}
        """The row that holds the value of a cell merged downwards."""
        self._right: dict[tuple[int, int], int] = {}
        """The last column of a cell merged to the right."""
        self._merged: dict[int, list[tuple[int, int, int]]] = {}
        """The merged cells that a row runs through: their first row, first column and last column."""
        room = MERGED_ROWS
        for top, left, bottom, right in sheet.merged:
            rows = range(top, min(bottom + 1, len(sheet.rows)))
            room -= len(rows)
            if room < 0 or left >= len(sheet.rows[0]):
                break
            for row in rows:
                self._right[row, left] = right
                self._merged.setdefault(row, []).append((top, left, right))
                if row > top:
                    self._above[row, left] = top

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Where the value of a cell stands: in the cell, or at the top of the merged cells it is one of."""
        return self._above.get((row, column), row), column

    def last_column(self, row: int, column: int) -> int:
        """The last column of the cell that begins here."""
        return self._right.get((row, column), column)

    def value(self, row: int, column: int) -> Value:
        """What stands in a cell; None beyond the last column, for a table's headings may stand on a wider sheet."""
        top, left = self.origin(row, column)
        return self.sheet.rows[top][left] if left < len(self.sheet.rows[top]) else None

    def text(self, row: int, *columns: int) -> str:
        """What stands in a row's columns, as text for display; a dash for "none" is no text, nor is a fault."""
        values = (self.value(row, column) for column in columns)
        return " ".join(written(value) for value in values if not thai.is_blank(value) and not is_fault(value))

    def heading_above(self, row: int) -> list[tuple[int, int] | None]:
        """For each column, where the cell begins that covers it in this row, merged in whatever direction."""
        cells: list[tuple[int, int] | None] = [
            None if thai.is_blank(value) else (row, column) for column, value in enumerate(self.sheet.rows[row])
        ]
        for top, left, right in self._merged.get(row, ()):
            if not thai.is_blank(self.sheet.rows[top][left]):
                last = min(right, len(cells) - 1)
                cells[left : last + 1] = [(top, left)] * (last + 1 - left)
        return cells

    def filled(self, row: int) -> list[int]:
        """The columns of a row that say something themselves."""
        return [column for column, value in enumerate(self.sheet.rows[row]) if not thai.is_blank(value)]

    def place(self, row: int, column: int) -> str:
        """The address of a cell, or its place in the document."""
        return self._stand(row, column) if self._stand else in_document(self.sheet, address(row, column))

    def table(self, row: int) -> str | None:
        """Which table of a document a row belongs to, "" for a paragraph; None for a workbook, which does not say."""
        if not self.sheet.places:
            return None
        place = self.sheet.places[row]
        return place.partition("R")[0] if place.startswith("T") else ""


def is_fault(value: Value) -> bool:
    """Whether this stands in a cell instead of a value: an error, a formula never calculated, no number at all."""
    return isinstance(value, Fault) or (isinstance(value, float) and not math.isfinite(value))


def written(value: Value) -> str:
    """A cell's value as its owner would type it."""
    if isinstance(value, str):
        return thai.tidy(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.date):
        # Excel set to a foreign calendar takes a typed 31/3/2565 for that year of the common era.
        year = value.year if value.year in thai.YEARS else value.year + thai.BUDDHIST_ERA
        return f"{thai.date_text(value, year=False)} {year}"
    return str(value)
