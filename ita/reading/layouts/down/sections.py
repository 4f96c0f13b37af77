"""Whose result the blocks of a sheet are, and of which year; several may follow each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ita.reading.layouts import titles
from ita.reading.layouts.down.block import Block, Key, what_is_named
from ita.reading.layouts.down.finding import SHIFTED_ROWS
from ita.reading.names import Meaning
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks of one result, the rows from their title to the next section's, and whose result that is."""

    rows: range
    blocks: tuple[Block, ...]
    agency: str | None
    fiscal_year: int | None


def find_sections(
    sheet: Sheet, blocks: Sequence[Block], texts: Sequence[titles.Cell]
) -> tuple[list[Section], list[Problem]]:
    """The blocks by the result they are of.

    Blocks that complete each other are one result, whose agency and year may be stated anywhere on the sheet. Where
    they repeat each other, each belongs to the agency and year that the lines over it name.
    """
    if not _repeat_each_other(sheet, blocks):
        return _one_section(sheet, blocks, texts)
    sections: list[Section] = []
    problems: list[Problem] = []
    agency: str | None = None
    year: int | None = None
    for block, over in zip(blocks, _over_each(blocks, texts), strict=True):
        said_agency, named = titles.agency(sheet, over)
        said_year, taken = titles.fiscal_year(_unnamed(sheet), over)
        problems += [*named, *taken]
        if sections and said_agency is None and said_year is None:
            last = sections[-1]
            sections[-1] = replace(last, blocks=(*last.blocks, block))
            continue
        agency, year = said_agency or agency, said_year or year
        begin = min((row for row, _, _ in over), default=block.top) if sections else 0
        sections.append(Section(range(begin, len(sheet.rows)), (block,), agency, year))
    if all(section.fiscal_year is None for section in sections):
        stated, taken = _stated_year(sheet, texts, blocks)
        problems += taken
        sections = [replace(section, fiscal_year=stated) for section in sections]
    begins = sorted({section.rows.start for section in sections})
    end_of = dict(zip(begins, [*begins[1:], len(sheet.rows)], strict=True))
    return [
        replace(section, rows=range(section.rows.start, end_of[section.rows.start])) for section in sections
    ], problems


def _one_section(
    sheet: Sheet, blocks: Sequence[Block], texts: Sequence[titles.Cell]
) -> tuple[list[Section], list[Problem]]:
    year, problems = _stated_year(sheet, texts, blocks)
    agency, named = (None, []) if _name_their_agencies(blocks) else titles.agency(sheet, texts)
    return [Section(range(len(sheet.rows)), tuple(blocks), agency, year)], [*problems, *named]


def _repeat_each_other(sheet: Sheet, blocks: Sequence[Block]) -> bool:
    """Whether two blocks have the same indicator of what, by their headings, is the same agency and year."""
    seen: set[tuple[Meaning, Key]] = set()
    for block in blocks:
        own = {
            (what, (column.agency, column.fiscal_year))
            for column in block.scores
            for row in range(block.first_row, block.end)
            if isinstance(what := what_is_named(sheet, row, block), int)
        }
        if own & seen and not block.labels:
            return True
        seen |= own
    return False


def _over_each(blocks: Sequence[Block], texts: Sequence[titles.Cell]) -> Iterator[list[titles.Cell]]:
    """The lines over each block, from the end of the block before; beside each other, each has its own columns'."""
    tops, ends = sorted(block.top for block in blocks), sorted(block.end for block in blocks)
    for block in blocks:
        above = bisect_right(ends, block.top)
        near = range(block.top - SHIFTED_ROWS, block.top + SHIFTED_ROWS + 1)
        beside = bisect_left(tops, near.stop) - bisect_left(tops, near.start) > 1
        yield [
            cell
            for cell in titles.within(texts, range(ends[above - 1] if above else 0, block.first_row))
            if _is_over(cell, block) and (not beside or cell[1] in block.span)
        ]


def _is_over(cell: titles.Cell, block: Block) -> bool:
    """Whether a cell is over the block's rows, and not the heading of a column beside the names."""
    row, column, _ = cell
    return row < block.first_row and (row < block.top or column <= block.name_column)


def _unnamed(sheet: Sheet) -> Sheet:
    """The sheet without its name, which says nothing of one section."""
    return replace(sheet, name="")


def _name_their_agencies(blocks: Sequence[Block]) -> bool:
    """Whether whose the scores are stands on every row or over every column."""
    return all("agency" in block.labels or all(column.agency for column in block.scores) for block in blocks)


def _stated_year(
    sheet: Sheet, texts: Sequence[titles.Cell], blocks: Sequence[Block]
) -> tuple[int | None, list[Problem]]:
    """The year for the columns that are not headed with one: what stands over the table, else anywhere on the sheet."""
    if all(
        column.fiscal_year is not None or "fiscal_year" in block.labels for block in blocks for column in block.scores
    ):
        return None, []
    over = [cell for cell in texts if _is_over(cell, blocks[0])]
    year, problems = titles.fiscal_year(sheet, over)
    if year is None or problems:
        elsewhere, taken = titles.fiscal_year(sheet, texts)
        year, problems = (elsewhere, taken) if elsewhere is not None else (year, problems)
    return year, problems
