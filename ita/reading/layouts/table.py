"""A result table as found: figures with their places, not yet judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, Value, address

COLUMNS = ("agency", "fiscal_year", "what", "value", "row", "column")


@dataclass(frozen=True, eq=False)
class Table:
    """One recognised table.

    `figures`: one row per cell that holds a figure: agency (str or None), fiscal_year (int or None), what (an indicator
    number, or one of names.FIGURES), value (as the cell has it), row and column (from 0).
    """

    layout: str
    sheet: str
    figures: pd.DataFrame
    problems: tuple[Problem, ...] = ()

    @property
    def area(self) -> str:
        """The cells that the scores span, as "C4:C13"."""
        scores = self.figures[[isinstance(what, int) for what in self.figures["what"]]]
        rows, columns = scores["row"], scores["column"]
        return f"{address(rows.min(), columns.min())}:{address(rows.max(), columns.max())}"


def figures(rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """The frame that Table describes, from tuples in the order of COLUMNS."""
    return pd.DataFrame(list(rows), columns=list(COLUMNS), dtype=object)


def text_cells(sheet: Sheet) -> Iterable[tuple[int, int, str]]:
    """Row, column and text of every cell with words in it."""
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            if isinstance(value, str) and not value.isspace() and value:
                yield row, column, value


def right_of(sheet: Sheet, row: int, column: int) -> tuple[int, Value]:
    """Column and value of the first filled cell to the right; (column, None) where there is none."""
    for place in range(column + 1, len(sheet.rows[row])):
        if sheet.rows[row][place] not in (None, ""):
            return place, sheet.rows[row][place]
    return column, None
