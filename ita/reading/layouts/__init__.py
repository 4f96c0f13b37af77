"""The arrangements of a result table that can be recognised, each one module with a `find(sheet) -> list[Table]`.

To add one: write the module, add its `find` to LAYOUTS. What one layout has found the next ones do not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ita import thai
from ita.reading import names
from ita.reading.layouts import across, cards, down
from ita.reading.layouts.table import Table, runs
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, Value, address

LAYOUTS: tuple[Callable[[Sheet], list[Table]], ...] = (across.find, down.find)


def find_tables(sheet: Sheet) -> list[Table]:
    """The result tables of one sheet, or else what stands on it as on cards; empty where nothing is recognised."""
    tables = _tables(sheet) or cards.find(sheet)
    stated = [table.lines["fiscal_year"].tolist() for table in tables]
    dated = (years for years in stated if names.CommonEra in set(map(type, years)))
    years = {year for years in dated for year in years if isinstance(year, names.CommonEra)}
    if years:
        tables[0] = replace(tables[0], problems=(*tables[0].problems, *_from_common_era(sheet, years)))
    return tables


def _from_common_era(sheet: Sheet, years: set[names.CommonEra]) -> Iterator[Problem]:
    """What there is to know about years C.E.: each at the first cell that names it, or of the sheet's name."""
    cells = ((row, column, value) for row, cells in enumerate(sheet.rows) for column, value in enumerate(cells))
    named = [(address(row, column), value) for row, column, value in cells if value is not None]
    for year in sorted(years):
        at = ((cell, value) for cell, value in named if names.fiscal_year(value) == year)
        cell, found = next(at, (None, sheet.name))
        details = {"year": int(year), "common": year - thai.BUDDHIST_ERA}
        yield Problem("ITA-T28", "info", sheet.name, cell, thai.tidy(str(found)).removesuffix(".0"), details)


def _tables(sheet: Sheet) -> list[Table]:
    """The result tables of one sheet.

    Tables that stand beside each other, with a blank column between, are each looked at alone. A blank column may also
    be inside a table: of two ways to divide the sheet, the one that finds more figures is right.
    """
    strips = _strips(sheet)
    rows_of = {strip: rows for strip in strips if len(strips) > 1 and (rows := _rows_of_tables(_only(sheet, strip)))}
    if not rows_of:
        return _found(sheet)
    wider = _with_what_belongs_to(sheet, strips, list(rows_of))
    divided = [
        table
        for strip, whole in zip(rows_of, wider, strict=True)
        for table in max(_beside_others(sheet, whole), _apart(sheet, strip, whole), key=_worth)
    ]
    are_beside = any(
        rows & others for strip, rows in rows_of.items() for other, others in rows_of.items() if other != strip
    )
    return divided if are_beside else max(divided, _found(sheet), key=_worth)


def _apart(sheet: Sheet, strip: range, whole: range) -> list[Table]:
    """The tables of a strip, and of what stands beside it on either side, each without the others."""
    beside = [columns for columns in (range(whole.start, strip.start), range(strip.stop, whole.stop)) if columns]
    others = [table for columns in beside for table in _beside_others(sheet, columns) if _may_stand_alone(table)]
    return [*_beside_others(sheet, strip), *others]


def _worth(tables: Sequence[Table]) -> tuple[int, int]:
    """How many scores, or else totals, these tables have; then how few lines lack agency or year."""
    unstated = [table.lines[["agency", "fiscal_year"]].isna().any(axis=1).sum() for table in tables]
    return sum(int(table.body["exact"].notna().sum()) for table in tables), -sum(map(int, unstated))


def _with_what_belongs_to(sheet: Sheet, strips: Sequence[range], tables: Sequence[range]) -> list[range]:
    """The columns of each of the tables with the strips beside them that are none: figures stand right of the names
    that they belong to, labels left of them."""
    ends = [tables[0].stop] * len(tables)
    for strip in strips:
        before = [number for number, table in enumerate(tables) if table.start <= strip.start]
        if before and (strip in tables or before[-1] + 1 == len(tables) or _has_figures(sheet, strip)):
            ends[before[-1]] = strip.stop
    begins = [0, *ends[:-1]]
    return [range(begin, end) for begin, end in zip(begins, [*ends[:-1], len(sheet.rows[0])], strict=True)]


def _has_figures(sheet: Sheet, strip: range) -> bool:
    """Whether there are scores, means or totals in these columns: numbers with decimals, or a heading of theirs."""
    cells = (value for row in sheet.rows for value in row[strip.start : strip.stop] if value is not None)
    return any((thai.number(value) or 0) % 1 or names.role_of(value) in _FIGURES for value in cells)


_FIGURES = ("score", "mean", "total", "level")


def _rows_of_tables(sheet: Sheet) -> set[int]:
    """The rows with figures of tables that may stand alone."""
    return {row for table in _found(sheet) if _may_stand_alone(table) for row in table.body["row"]}


def _may_stand_alone(table: Table) -> bool:
    """Whether this is a whole table: of a list, no half that has lost its names."""
    return not table.listed or bool(table.lines[["agency", "fiscal_year"]].notna().any(axis=None))


def _found(sheet: Sheet) -> list[Table]:
    tables: list[Table] = []
    for find in LAYOUTS:
        found = find(sheet)
        sheet = _without(sheet, found)
        tables += found
    return tables


def _strips(sheet: Sheet) -> list[range]:
    """The columns between columns that are blank all the way down, and not under a cell that is merged across them."""
    blank = [True] * (len(sheet.rows[0]) if sheet.rows else 0)
    for cells in sheet.rows:
        if not any(blank):
            break
        blank = [was and value is None for was, value in zip(blank, cells, strict=True)]
    for _, left, _, right in sheet.merged:
        blank[left + 1 : right + 1] = [False] * len(blank[left + 1 : right + 1])
    return runs([None if is_blank else True for is_blank in blank])


def _is_filled(value: Value) -> bool:
    return value is not None


def _only(sheet: Sheet, strip: range, rows_of_all: int = 0) -> Sheet:
    """The sheet with what stands outside a strip blank, but for the first rows."""
    left, right = [None] * strip.start, [None] * (len(sheet.rows[0]) - strip.stop)
    rows = [
        cells if row < rows_of_all else [*left, *cells[strip.start : strip.stop], *right]
        for row, cells in enumerate(sheet.rows)
    ]
    return replace(sheet, rows=rows)


def _beside_others(sheet: Sheet, strip: range) -> list[Table]:
    """The tables of a strip; where they lack agency or year, with the lines over all strips, which may state them."""
    tables = _found(_only(sheet, strip))
    if not any(table.lines[["agency", "fiscal_year"]].isna().any(axis=None) for table in tables):
        return tables
    first = min((int(table.figures["row"].min()) for table in tables if not table.figures.empty), default=0)
    shared = next((row for row in range(first) if sum(map(_is_filled, sheet.rows[row])) > 1), first)
    return _found(_only(sheet, strip, shared))


def _without(sheet: Sheet, tables: list[Table]) -> Sheet:
    """The sheet with the cells of these tables blank."""
    if not tables:
        return sheet
    rows = list(sheet.rows)
    blank: list[Value] = [None] * len(rows[0])
    for table in tables:
        begin, end = table.span.start, table.span.stop
        for row in table.rows:
            rows[row] = (
                blank if end - begin == len(blank) else [*rows[row][:begin], *blank[begin:end], *rows[row][end:]]
            )
    return replace(sheet, rows=rows)
