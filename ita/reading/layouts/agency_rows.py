"""One agency per row, indicators across the columns: a province's or the nation's list, or a single agency's line.

The heading may be one row or two (a group such as IIT above its indicators), with names, numbers or both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ita import thai
from ita.reading import names
from ita.reading.layouts.table import COLUMNS, Table, text_cells
from ita.reading.sheet import Sheet, Value

FEWEST_INDICATORS = 5
"""A row naming fewer indicators than half of them is no heading of this layout."""

Meaning = int | str


@dataclass(frozen=True, slots=True)
class _Heading:
    first_row: int
    last_row: int
    columns: Mapping[Meaning, int]
    """Column of each indicator number and role."""


def find(sheet: Sheet) -> list[Table]:
    """The table of a sheet that has a heading of indicators with a column for the agency; else nothing."""
    heading = _heading(sheet)
    if heading is None:
        return []
    body = range(heading.last_row + 1, len(sheet.rows))
    agency_column = heading.columns["agency"]
    indicator_columns = [column for what, column in heading.columns.items() if isinstance(what, int)]
    kept = [
        row
        for row in body
        if isinstance(sheet.rows[row][agency_column], str)
        and any(isinstance(value := sheet.rows[row][column], float | int) or thai.number(value) is not None
                for column in indicator_columns)
    ]  # fmt: skip
    if not kept:
        return []
    agencies = [thai.tidy(str(sheet.rows[row][agency_column])) for row in kept]
    years = _years(sheet, heading, kept)
    parts = [
        pd.DataFrame(
            dict(
                zip(
                    COLUMNS,
                    (agencies, years, what, [sheet.rows[row][column] for row in kept], kept, column),
                    strict=True,
                )
            ),
            dtype=object,
        )
        for what, column in heading.columns.items()
        if isinstance(what, int) or what in names.FIGURES
    ]
    return [Table("agency_rows", sheet.name, pd.concat(parts, ignore_index=True))]


def _years(sheet: Sheet, heading: _Heading, rows: list[int]) -> list[int | None]:
    if (column := heading.columns.get("fiscal_year")) is not None:
        return [thai.fiscal_year(sheet.rows[row][column]) for row in rows]
    stated = next(
        (
            year
            for row, _, text in text_cells(sheet)
            if row < heading.first_row and "ปี" in text and (year := thai.fiscal_year(text))
        ),
        None,
    )
    return [stated or thai.fiscal_year(sheet.name)] * len(rows)


def _heading(sheet: Sheet) -> _Heading | None:
    """The first row, alone or with the one below, that names an agency column and enough indicators."""
    for row, cells in enumerate(sheet.rows):
        if sum(value is not None for value in cells) <= FEWEST_INDICATORS and not _may_open_heading(cells):
            continue
        own = _meanings(cells)
        below = _meanings(sheet.rows[row + 1]) if row + 1 < len(sheet.rows) else {}
        two_rows = len(_indicators(below)) >= FEWEST_INDICATORS > len(_indicators(own)) and "agency" in own.values()
        meanings = _joined(_spread(sheet, row, own), below) if two_rows else own
        if len(_indicators(meanings)) >= FEWEST_INDICATORS and "agency" in meanings.values():
            columns = {meaning: column for column, meaning in sorted(meanings.items(), reverse=True)}
            return _Heading(row, row + two_rows, columns)
    return None


def _may_open_heading(cells: list[Value]) -> bool:
    return any(names.role_of(value) == "agency" for value in cells)


def _meanings(cells: list[Value]) -> dict[int, Meaning]:
    """Meaning by column. Bare numbers are indicators only where enough of them stand in one row."""
    meanings: dict[int, Meaning] = {}
    numbers: dict[int, Meaning] = {}
    for column, value in enumerate(cells):
        if value is None:
            continue
        if (meaning := names.indicator_named(value) or names.role_of(value)) is not None:
            meanings[column] = meaning
        elif (number := names.numbered(value)) is not None:
            numbers[column] = number
    enough = len(set(numbers.values())) == len(numbers) >= FEWEST_INDICATORS
    return numbers | meanings if enough else meanings


def _indicators(meanings: Mapping[int, Meaning]) -> set[int]:
    return {meaning for meaning in meanings.values() if isinstance(meaning, int)}


def _spread(sheet: Sheet, row: int, meanings: Mapping[int, Meaning]) -> dict[int, Meaning]:
    """A group's meaning over all the columns that its heading is merged across."""
    spread = dict(meanings)
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left in meanings:
            spread |= {column: meanings[left] for column in range(left, right + 1)}
    return spread


def _joined(groups: Mapping[int, Meaning], below: Mapping[int, Meaning]) -> dict[int, Meaning]:
    """Two heading rows as one: the lower says what a column is; "รวม" or "คะแนน" below an instrument is its mean."""
    instruments = ("iit", "eit", "oit")
    lower = {
        column: groups[column] if meaning in ("total", "score") and groups.get(column) in instruments else meaning
        for column, meaning in below.items()
    }
    named = set(lower.values())
    upper = {
        column: meaning
        for column, meaning in groups.items()
        if meaning not in instruments or (column not in lower and meaning not in named)
    }
    return upper | lower
