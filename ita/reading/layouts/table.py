"""A result table as found: figures with their places, not yet judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from ita import thai
from ita.reading import names
from ita.reading.problems import Problem
from ita.reading.sheet import Fault, Sheet, Value, address
from ita.rulebooks import latest

INDICATORS = tuple(indicator.number for indicator in latest().indicators)
WHAT = pd.CategoricalDtype([*INDICATORS, *names.FIGURES, *names.ITEMS])
"""What a figure is of: an indicator's number, one of names.FIGURES, or an item. The indicators' codes come first."""
CODES = {what: code for code, what in enumerate(WHAT.categories)}
CODE, PLACE = "int16", "int32"
"""Numbers that are wide enough for these codes, and for lines, rows and columns."""
LINE = ("agency", "fiscal_year", "kind", "district", "province")


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that has scores and is no indicator's: `proposed` is the indicator it is nearly spelt like, if any."""

    text: str
    sheet: str
    cell: str
    proposed: int | None = None


def misspelt(name: UnknownName) -> Problem:
    """What there is to know about a name with scores that is no indicator's."""
    code = "ITA-T03" if name.proposed is None else "ITA-T17"
    details = {} if name.proposed is None else {"proposed": name.proposed, "what": names.words_of(name.proposed)}
    return Problem(code, "warning", name.sheet, name.cell, name.text, details)


def misnumbered(sheet: Sheet, row: int, column: int) -> Problem | None:
    """What there is to know about a name that has another indicator's number; the name decides."""
    value = sheet.rows[row][column]
    if names.misnumbered(value) is None:
        return None
    return of_other_number(sheet, row, column, names.indicator_named(value) or 0)


def of_other_number(sheet: Sheet, row: int, column: int, indicator: int) -> Problem:
    """What there is to know about a cell whose number is another than that of the indicator that is named."""
    details = {"what": names.words_of(indicator)}
    return Problem(
        "ITA-T22", "info", sheet.name, address(row, column), thai.tidy(str(sheet.rows[row][column])), details
    )


@dataclass(frozen=True, eq=False)
class Table:
    """One recognised table.

    `lines`: one row per agency and year that the table speaks of, as far as it says: the columns of LINE (fiscal_year
    int, the others str; None where not said) and row, where it stands (from 0).
    `figures`: one row per cell that holds a figure: line (position in `lines`), what (WHAT), row and column (from 0),
    exact (the number in the cell, NaN where there is none), plain (whether the cell holds just a number), value (the
    cell's value where it is not plain).
    `listed`: whether every line is an agency of its own, so that the same name twice may be two agencies.
    `rows` and `span`: the rows of the sheet, and in them the columns, that are this table's and no other's.
    """

    layout: str
    sheet: str
    lines: pd.DataFrame
    figures: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    unknown: tuple[UnknownName, ...] = ()
    listed: bool = False
    rows: frozenset[int] = frozenset()
    span: range = range(0)

    @property
    def body(self) -> pd.DataFrame:
        """The scores, or the other figures where there are none."""
        scores = self.figures[is_score(self.figures)]
        return self.figures if scores.empty else scores

    @property
    def area(self) -> str:
        """The cells that the body spans, as "C4:C13"."""
        rows, columns = self.body["row"], self.body["column"]
        return f"{address(rows.min(), columns.min())}:{address(rows.max(), columns.max())}"


def is_score(figures: pd.DataFrame) -> pd.Series[bool]:
    """Which figures are an indicator's score."""
    return figures["what"].cat.codes < len(INDICATORS)


def is_printed(figures: pd.DataFrame) -> pd.Series[bool]:
    """Which figures are printed beside the scores: one of names.FIGURES."""
    return figures["what"].cat.codes.between(len(INDICATORS), len(INDICATORS) + len(names.FIGURES) - 1)


def is_item(figures: pd.DataFrame) -> pd.Series[bool]:
    """Which figures are an item's score."""
    return figures["what"].cat.codes >= len(INDICATORS) + len(names.FIGURES)


def lines_frame(columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """The `lines` of a Table, from those of its columns that are known."""
    count = len(next(iter(columns.values())))
    every = {name: list(columns.get(name, [None] * count)) for name in ("row", *LINE)}
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in every.items()})


class Numbers(NamedTuple):
    """Cells as numbers: `exact` (NaN for none), `plain` (whether it is just one), `odd` (the value where it is not)."""

    exact: np.ndarray
    plain: np.ndarray
    odd: np.ndarray

    def take(self, positions: np.ndarray) -> Numbers:
        """Those of some of the cells."""
        return Numbers(*(each.take(positions) for each in self))


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Cells below each other: what each is of, whose line it is on, where it stands, and what it holds."""

    what: Sequence[names.Meaning] | names.Meaning
    line: Sequence[int] | np.ndarray
    row: Sequence[int] | np.ndarray
    column: int
    numbers: Numbers


def figures_frame(columns: Sequence[Column]) -> pd.DataFrame:
    """The `figures` of a Table."""
    columns = columns or [Column([], [], [], 0, numbers([]))]
    counts = [len(column.numbers.exact) for column in columns]
    codes = [
        np.full(count, CODES[column.what], dtype=CODE)
        if isinstance(column.what, int | str)
        else np.array([CODES[what] for what in column.what], dtype=CODE)
        for column, count in zip(columns, counts, strict=True)
    ]
    return pd.DataFrame(
        {
            "line": np.concatenate([np.asarray(column.line, dtype=PLACE) for column in columns]),
            "what": pd.Categorical.from_codes(np.concatenate(codes), dtype=WHAT),
            "row": np.concatenate([np.asarray(column.row, dtype=PLACE) for column in columns]),
            "column": np.repeat(np.array([column.column for column in columns], dtype=PLACE), counts),
            "exact": np.concatenate([column.numbers.exact for column in columns]),
            "plain": np.concatenate([column.numbers.plain for column in columns]),
            "value": pd.Series(np.concatenate([column.numbers.odd for column in columns]), dtype=object),
        }
    )


def numbers(values: Sequence[Value]) -> Numbers:
    """What each cell holds, as a number."""
    if set(map(type, values)) <= {float, int, type(None)}:  # nearly every column of a long list
        exact = np.array(values, dtype=float)
        plain = np.isfinite(exact)
    else:
        texts = {value: _number(value) for value in set(filter(_is_text, values))}
        exact = np.array([texts[value] if type(value) is str else _number(value) for value in values], dtype=float)
        plain = np.isfinite(exact) & np.array([type(value) in (float, int) for value in values], dtype=bool)
    exact[~np.isfinite(exact)] = np.nan
    odd = np.full(len(values), None, dtype=object)
    for place in np.flatnonzero(~plain).tolist():
        odd[place] = values[place]
    return Numbers(exact, plain, odd)


def _is_text(value: Value) -> bool:
    return type(value) is str


def _number(value: Value) -> float:
    if type(value) is float or type(value) is int:
        return value
    number = thai.number(value) if isinstance(value, str) else None
    return np.nan if number is None else number


def text_cells(sheet: Sheet, end: int | None = None, start: int = 0) -> Iterable[tuple[int, int, str]]:
    """Row, column and text of every cell with words in it, from row `start` to before row `end`."""
    for row, cells in enumerate(sheet.rows[start:end], start):
        for column, value in enumerate(cells):
            if isinstance(value, str) and not value.isspace() and value and not isinstance(value, Fault):
                yield row, column, value


def right_of(sheet: Sheet, row: int, column: int) -> tuple[int, Value]:
    """Column and value of the first filled cell to the right; (column, None) where there is none."""
    for place in range(column + 1, len(sheet.rows[row])):
        if sheet.rows[row][place] not in (None, ""):
            return place, sheet.rows[row][place]
    return column, None


def runs(cells: Sequence[Value]) -> list[range]:
    """The columns of a row that are filled, by what stands together without a blank between."""
    filled = [column for column, value in enumerate(cells) if value is not None]
    begins = [column for column in filled if column == 0 or cells[column - 1] is None]
    ends = [column + 1 for column in filled if column + 1 == len(cells) or cells[column + 1] is None]
    return [range(begin, end) for begin, end in zip(begins, ends, strict=True)]


def totals_beside(cells: Sequence[Value]) -> list[range]:
    """Where a row that heads a column of indicators heads a list of totals beside it: "ปีงบประมาณ | คะแนน | ระดับ".

    The list may have blank columns inside, where the indicators have a column of figures of their own.
    """
    pieces = runs(cells)
    roles = [{names.role_of(cells[column]) for column in run} for run in pieces]
    are_totals = ["indicator" not in said and bool(said & _LISTED) and bool(said & _FIGURES_LISTED) for said in roles]
    found = [run for run, is_list in zip(pieces, are_totals, strict=True) if is_list]
    for place, (label, figures) in enumerate(pairwise(roles)):
        others = set().union(*roles[:place], *roles[place + 2 :])
        is_label = bool(label & _LISTED) and label <= {*_LISTED, None}
        are_figures = bool(figures & _FIGURES_LISTED) and not figures & {"indicator", *_LISTED}
        if is_label and are_figures and "indicator" in others and others & _FIGURES_LISTED:
            found.append(range(pieces[place].start, pieces[place + 1].stop))
    return sorted(found, key=lambda run: run.start)


_LISTED = {"fiscal_year", "agency"}
_FIGURES_LISTED = {"score", "mean", "total"}


def spread(sheet: Sheet, row: int, first: int | None = None) -> dict[int, Value]:
    """The values of a row by column, each over the columns that it is merged across, or over the blanks beside it.

    A column that has words of its own in a row above, from `first` on, is no blank beside it.
    """
    merged = {left: right for top, left, bottom, right in sheet.merged if top <= row <= bottom}
    spread: dict[int, Value] = {}
    value, end = None, -1
    for column, here in enumerate(sheet.rows[row]):
        if here is not None:
            value, end = here, merged.get(column, len(sheet.rows[row]) - 1)
        elif first is not None and any(sheet.rows[above][column] is not None for above in range(first, row)):
            value = None if end == len(sheet.rows[row]) - 1 else value
        if value is not None and column <= end:
            spread[column] = value
    return spread


def merged_values(sheet: Sheet, rows: range, columns: set[int]) -> Iterator[tuple[tuple[int, int], Value]]:
    """The value of a merged range for every cell that it covers in these rows and columns."""
    for top, left, bottom, right in sheet.merged if columns else ():
        covered = [column for column in columns if left <= column <= right]
        for row in range(max(top, rows.start), min(bottom + 1, rows.stop)) if covered else ():
            yield from (((row, column), sheet.rows[top][left]) for column in covered)
