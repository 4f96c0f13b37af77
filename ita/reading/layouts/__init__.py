"""The arrangements of a result table that can be recognised, each one module with a `find(sheet) -> list[Table]`.

To add one: write the module, add its `find` to LAYOUTS. What one layout has found the next ones do not see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ita.reading.layouts import across, down
from ita.reading.layouts.table import Table, runs
from ita.reading.sheet import Sheet, Value

LAYOUTS: tuple[Callable[[Sheet], list[Table]], ...] = (across.find, down.find)


def find_tables(sheet: Sheet) -> list[Table]:
    """The result tables of one sheet; empty where no layout recognises any.

    Tables that stand beside each other, with a blank column between, are each looked at alone.
    """
    strips = _strips(sheet)
    held = [(strip, rows) for strip in strips if len(strips) > 1 and (rows := _rows_of_tables(_only(sheet, strip)))]
    begins = [strip.start for strip, rows in held if any(rows & others for other, others in held if other is not strip)]
    if len(begins) < 2:
        return _found(sheet)
    ends = [*begins[1:], len(sheet.rows[0])]
    wider = [range(begin, end) for begin, end in zip([0, *begins[1:]], ends, strict=True)]
    return [table for strip in wider for table in _beside_others(sheet, strip)]


def _rows_of_tables(sheet: Sheet) -> set[int]:
    """The rows with figures of tables that may stand alone: of a list, no half that has lost its names."""
    return {
        row
        for table in _found(sheet)
        if not table.listed or table.lines[["agency", "fiscal_year"]].notna().any(axis=None)
        for row in table.body["row"]
    }


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
