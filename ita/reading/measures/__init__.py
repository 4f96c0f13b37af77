"""A file of improvement measures -> one row per measure, what document it is, and what its owner should know about it.

The table is known by its headings, wherever it stands and in whatever order; it runs over pages as office documents do,
with its headings repeated and rows marked (ต่อ). It may stand in a workbook or in a Word report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

from ita.reading.measures.headings import headed_rows, side_by_side
from ita.reading.measures.rows import ROWS, SheetReader, has_table
from ita.reading.measures.statuses import NOT_STATED, status_of
from ita.reading.measures.turned import turned
from ita.reading.memory import given_back
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet
from ita.reading.source import Source, content_of
from ita.reading.workbook import read_sheets

__all__ = ["COLUMNS", "NOT_STATED", "MeasureReading", "find_measures", "read_measures", "status_of"]

T = TypeVar("T")

COLUMNS: Mapping[str, str] = {
    "indicator": "Int64",
    "title": "str",
    "steps": "str",
    "responsible": "str",
    "period_text": "str",
    "period_start": "datetime64[us]",
    "period_end": "datetime64[us]",
    "result": "str",
    "suggestion": "str",
    "status": "str",
    "percent": "Int64",
    "budget": "float64",
    "evidence": "str",
    "proposed_status": "str",
    "sheet": "str",
    "cell": "str",
}
"""The columns of `MeasureReading.measures` and their types."""

ONCE_A_FILE = ("ITA-M12", "ITA-M13")
"""What is told of a heading, however many sheets repeat it."""


@dataclass(frozen=True, eq=False)
class MeasureReading:
    """What a file of measures says.

    `measures`: one row per measure, in the file's order. indicator (1-10 or missing), title, steps, responsible, result
    and suggestion as typed ("" where the file says none; where several columns say it, each after its heading),
    period_text as typed with period_start and period_end (first and last day, datetime64; missing where not
    understood), status (one of `ita.measures.STATUSES`, "not_stated" where the file has no such column), percent
    (Int64, how far it is, 0 to 100; missing where not stated or not understood), budget (float, baht; 0 for one that
    costs nothing, missing as percent is), evidence (links or names of files, as typed, "" where the file says none),
    proposed_status (what the wording of the result suggests, to be confirmed, or missing), sheet and cell of the title;
    in a Word document "T2R3C1" instead of a cell.
    `fiscal_year` and `agency`: what the titles over the table state; None where they state none, or several.
    """

    measures: pd.DataFrame
    problems: tuple[Problem, ...]
    fiscal_year: int | None = None
    agency: str | None = None


def read_measures(file: Source, *, filename: str = "") -> MeasureReading:
    """Read a workbook or a Word report of measures: a path, bytes or binary file.

    A bad cell never raises: it is named in `problems`; so is a file without a table of measures. Raises UnreadableFile
    for what is no such file.
    """
    content, name = content_of(file)
    with given_back(content):
        return find_measures(read_sheets(content, filename or name))


def find_measures(sheets: Iterable[Sheet]) -> MeasureReading:
    """The measures on the visible sheets of a workbook."""
    sheets = list(sheets)
    readers: list[SheetReader] = []
    for sheet in sheets:
        if sheet.visible:
            readers += _readers(sheet, readers[-1] if readers else None)
    problems = list(_without_repetition(problem for reader in readers for problem in reader.problems))
    problems += [Problem("ITA-M09", "info", sheet.name) for sheet in sheets if not sheet.visible and has_table(sheet)]
    if not any(reader.tables for reader in readers):
        problems.insert(0, Problem("ITA-M01", "error"))
    return MeasureReading(
        measures=_frame(draft.row() for reader in readers for draft in reader.drafts),
        problems=tuple(problems),
        fiscal_year=_only(year for reader in readers for year in reader.fiscal_years),
        agency=_only(agency for reader in readers for agency in reader.agencies),
    )


def _readers(sheet: Sheet, before: SheetReader | None) -> list[SheetReader]:
    """What has read a sheet: a reader for each of the tables beside each other, or one for headings at the left."""
    headed = headed_rows(sheet.rows)
    readers = [SheetReader(part, before=before.headings if before else None) for part in side_by_side(sheet, headed)]
    for reader in readers:
        reader.read(headed)
    is_short = len(sheet.rows) <= ROWS  # a long sheet without a table is a list of something else
    if is_short and not any(reader.tables or reader.drafts for reader in readers) and (found := turned(sheet, headed)):
        readers = [SheetReader(found.sheet, stand=found.stand)]
        readers[0].read(headed_rows(found.sheet.rows))
    return readers


def _without_repetition(problems: Iterable[Problem]) -> Iterable[Problem]:
    told: set[tuple[str, str]] = set()
    for problem in problems:
        key = problem.code, problem.found
        if problem.code not in ONCE_A_FILE or key not in told:
            told.add(key)
            yield problem


def _frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS)).astype(dict(COLUMNS))


def _only(stated: Iterable[T]) -> T | None:
    """The one thing that was stated; None for nothing, and for different things."""
    different = set(stated)
    return different.pop() if len(different) == 1 else None
