"""Whose each row of a block is, and what it is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ita import thai
from ita.reading import names
from ita.reading.layouts.down.block import Block, Key, Scores, is_stranger, what_is_named
from ita.reading.layouts.down.sections import Section
from ita.reading.layouts.table import merged_values
from ita.reading.names import Meaning
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, Value, address

FEWEST_STRANGERS = 2
"""So many names of something else below each other are another table: what sums them up is not ITA's total."""


class Cell(NamedTuple):
    """Where a figure stands, whose it is and what it is of."""

    key: Key
    what: Meaning
    row: int
    column: int


def labelled_cells(
    sheet: Sheet, blocks: Sequence[Block], section: Section, column: Scores
) -> tuple[list[Cell], list[Problem]]:
    """The cells of one column, each with whose it is and what it is of; rows whose year is none are problems."""
    found: list[Cell] = []
    problems: list[Problem] = []
    for block in blocks:
        rows = _Rows(sheet, block)
        for row, what in _named_rows(sheet, block):
            said_agency, said_year = rows.key(row)
            if isinstance(said_year, Problem):
                problems.append(said_year)
                continue
            key = (
                said_agency or column.agency or section.agency,
                said_year or column.fiscal_year or section.fiscal_year,
            )
            found.append(Cell(key, what, row, column.place))
    resolved: list[Cell] = []
    for _, group in groupby(found, key=lambda cell: cell.key):
        of_one = list(group)
        whats = names.resolved([cell.what for cell in of_one])
        for cell, what in zip(of_one, whats, strict=True):
            if (told := _told_by_value(what, sheet.rows[cell.row][cell.column])) is not None:
                resolved.append(cell._replace(what=told))
    return [*resolved, *_levels_of_totals(sheet, blocks, resolved)], problems


def _told_by_value(what: Meaning, value: Value) -> Meaning | None:
    """What a figure that is labelled "ผลการประเมิน" or the like is: a level, or (None) nothing but passed or not."""
    if what not in names.FIGURES or what == "level":
        return what
    if names.is_verdict(value):
        return None
    return "level" if what == "total" and names.is_level(value) else what


def _levels_of_totals(sheet: Sheet, blocks: Sequence[Block], cells: Sequence[Cell]) -> Iterator[Cell]:
    """The levels beside the totals, in the column of levels."""
    for cell in (cell for cell in cells if cell.what == "total"):
        block = next(block for block in blocks if block.first_row <= cell.row < block.end)
        if block.levels is not None and names.is_level(sheet.rows[cell.row][block.levels]):
            yield Cell(cell.key, "level", cell.row, block.levels)


def _named_rows(sheet: Sheet, block: Block) -> Iterator[tuple[int, Meaning]]:
    """The rows of a block and what they are of; a name that stands once over several years is of all of them.

    A name that is left out here and there is missing; where at least half are left out, they are meant.
    """
    rows = range(block.first_row, block.end)
    whats = [what_is_named(sheet, row, block) for row in rows]
    if (place := block.labels.get("fiscal_year")) is not None:
        merged = dict(merged_values(sheet, rows, {block.name_column}))
        dated = [row for row in rows if names.fiscal_year(sheet.rows[row][place]) is not None]
        unnamed = {
            row
            for row in dated
            if whats[row - rows.start] is None and thai.is_blank(sheet.rows[row][block.name_column])
        }
        are_meant = 2 * len(unnamed) >= len(dated)
        for row in sorted(unnamed - {rows.start}):
            if are_meant or (row, block.name_column) in merged:
                whats[row - rows.start] = whats[row - rows.start - 1]
    strangers = 0
    for row, what in zip(rows, whats, strict=True):
        if what is None:
            strangers += is_stranger(sheet, row, block)
        elif what not in (*names.FIGURES, "mean") or strangers < FEWEST_STRANGERS:
            strangers = 0
            yield row, what


class _Rows:
    """Whose each row is where the block has columns that say so; a blank means the same as the row above."""

    def __init__(self, sheet: Sheet, block: Block) -> None:
        self._sheet, self._block = sheet, block
        self._merged = dict(merged_values(sheet, range(block.first_row, block.end), set(block.labels.values())))
        self._last: dict[str, Value] = {}

    def key(self, row: int) -> tuple[str | None, int | Problem | None]:
        """Agency and year of a row; a problem for a year that is none."""
        agency, year = self._label(row, "agency"), self._label(row, "fiscal_year")
        stated = names.fiscal_year(year)
        name = thai.tidy(agency) if isinstance(agency, str) else None
        if stated is None and not thai.is_blank(year):
            place = address(row, self._block.labels["fiscal_year"])
            return name, Problem("ITA-T14", "error", self._sheet.name, place, thai.tidy(str(year)))
        return name, stated

    def _label(self, row: int, name: str) -> Value:
        place = self._block.labels.get(name)
        if place is None:
            return None
        value = self._sheet.rows[row][place]
        value = self._merged.get((row, place)) if value is None else value
        if not thai.is_blank(value):
            if name == "agency" and thai.fold(str(value)) != thai.fold(str(self._last.get(name, value))):
                self._last = {}
            self._last[name] = value
        return self._last.get(name)
