"""Numbers on a sheet with results that are nobody's result and that nothing was said of yet: named, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ita.reading.figures import HIGHEST
from ita.reading.layouts.table import Table
from ita.reading.places import column_of
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, address

MOST_CELLS = 20_000
"""A larger sheet is a list: what its columns are was decided column by column, and is said so."""
SHOWN = 6
"""So many ranges of cells are named."""

_Place = tuple[int, int]
_ADDRESS = re.compile(r"\b([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?\b")


def left_over(sheet: Sheet, tables: Sequence[Table], told: Iterable[Problem]) -> Iterator[Problem]:
    """What there is to know about numbers that may be scores, and were not read; `told` is what is known already."""
    if sheet.places or len(sheet.rows) * len(sheet.rows[0]) > MOST_CELLS:
        return
    read = {place for table in tables for place in zip(table.figures["row"], table.figures["column"], strict=True)}
    others = [
        (row, column)
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if isinstance(value, float) and value % 1 and 0 < value <= HIGHEST and (row, column) not in read
    ]
    if not others:
        return
    rows, columns = _spoken_of(sheet, tables, told)
    if others := [(row, column) for row, column in others if row not in rows and column not in columns]:
        ranges = _ranges(others)
        shown = ", ".join(ranges[:SHOWN]) + (" …" if len(ranges) > SHOWN else "")
        yield Problem("ITA-T29", "info", sheet.name, address(*others[0]), shown, {"count": len(others)})


def _spoken_of(sheet: Sheet, tables: Sequence[Table], told: Iterable[Problem]) -> tuple[set[int], set[int]]:
    """The rows and the columns that something is known of: by one of their cells, most often a heading or a name."""
    texts = [f"{problem.cell} {problem.details}" for problem in told if problem.sheet == sheet.name]
    texts += [name.cell for table in tables for name in table.unknown]
    rows: set[int] = set()
    columns: set[int] = set()
    for found in _ADDRESS.finditer(" ".join(texts)):
        left, top = column_of(found[1]), int(found[2]) - 1
        right, bottom = (column_of(found[3]), int(found[4]) - 1) if found[3] else (left, top)
        rows.update(range(top, min(bottom + 1, len(sheet.rows))))
        columns.update(range(left, min(right + 1, len(sheet.rows[0]))))
    return rows, columns


def _ranges(places: Sequence[_Place]) -> list[str]:
    """The places as "D5:D14, F5:F14", or as "D5:H5" where that is shorter."""
    down = [_range([(row, column) for column, row in run]) for run in _runs([(c, r) for r, c in places])]
    across = [_range(run) for run in _runs(places)]
    return min(down, across, key=len)


def _runs(places: Iterable[_Place]) -> list[list[_Place]]:
    """Places that follow each other in their second number while the first is the same."""
    runs: list[list[_Place]] = []
    for place in sorted(places):
        if runs and runs[-1][-1] == (place[0], place[1] - 1):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _range(run: Sequence[_Place]) -> str:
    begin, end = address(*run[0]), address(*run[-1])
    return begin if begin == end else f"{begin}:{end}"
