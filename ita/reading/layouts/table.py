"""A result table as found: figures with their places, not yet judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from ita.reading import names
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, Value, address
from ita.rulebooks import latest

COLUMNS = ("agency", "fiscal_year", "what", "value", "row", "column")
INDICATORS = tuple(indicator.number for indicator in latest().indicators)
WHAT = pd.CategoricalDtype([*INDICATORS, *names.FIGURES])
"""What a figure is of: an indicator's number, or one of names.FIGURES. The codes of the indicators come first."""


@dataclass(frozen=True, eq=False)
class Table:
    """One recognised table.

    `figures`: one row per cell that holds a figure: agency (str or None), fiscal_year (int or None), what (WHAT), value
    (as the cell has it), row and column (from 0).
    `lines`: where each agency has a line of its own, what stands beside its name, to tell namesakes apart: one row per
    line, with row, agency, fiscal_year, kind, district, province (each str or None); else None.
    """

    layout: str
    sheet: str
    figures: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    lines: pd.DataFrame | None = None

    @property
    def area(self) -> str:
        """The cells that the scores span, as "C4:C13"."""
        scores = self.figures[is_score(self.figures)]
        rows, columns = scores["row"], scores["column"]
        return f"{address(rows.min(), columns.min())}:{address(rows.max(), columns.max())}"


def is_score(figures: pd.DataFrame) -> pd.Series[bool]:
    """Which figures are an indicator's score, not one that is printed beside them."""
    return figures["what"].cat.codes < len(INDICATORS)


def figures(columns: Sequence[Iterable[object]]) -> pd.DataFrame:
    """The frame that Table describes, from its columns in the order of COLUMNS."""
    types = {"agency": object, "fiscal_year": object, "what": WHAT, "value": object, "row": "int64", "column": "int64"}
    series = {name: pd.Series(list(values), dtype=types[name]) for name, values in zip(COLUMNS, columns, strict=True)}
    return pd.DataFrame(series)


def text_cells(sheet: Sheet, end: int | None = None, start: int = 0) -> Iterable[tuple[int, int, str]]:
    """Row, column and text of every cell with words in it, from row `start` to before row `end`."""
    for row, cells in enumerate(sheet.rows[start:end], start):
        for column, value in enumerate(cells):
            if isinstance(value, str) and not value.isspace() and value:
                yield row, column, value


def right_of(sheet: Sheet, row: int, column: int) -> tuple[int, Value]:
    """Column and value of the first filled cell to the right; (column, None) where there is none."""
    for place in range(column + 1, len(sheet.rows[row])):
        if sheet.rows[row][place] not in (None, ""):
            return place, sheet.rows[row][place]
    return column, None
