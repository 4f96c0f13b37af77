"""What is scored stands down the rows: one block per instrument or all ten in one, items, or one agency per column.

Agency and year may stand over the columns, on each row, over the block, or anywhere on the sheet; instrument means,
total and level in the table, in label-and-value pairs, or in sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ita import thai
from ita.reading import names
from ita.reading.layouts import titles
from ita.reading.layouts.down.block import Block, Key, Scores, find_unknown_names
from ita.reading.layouts.down.columns import unclear_columns
from ita.reading.layouts.down.finding import find_blocks
from ita.reading.layouts.down.means import means_beside
from ita.reading.layouts.down.rows import Cell, labelled_cells
from ita.reading.layouts.down.sections import Section, find_sections
from ita.reading.layouts.down.sentences import figures_said
from ita.reading.layouts.table import (
    Column,
    Table,
    figures_frame,
    lines_frame,
    misnumbered,
    misspelt,
    numbers,
    of_other_number,
    text_cells,
)
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, Value

FULL = 100
"""What the weights of all instruments come to."""


def find(sheet: Sheet) -> list[Table]:
    """All blocks of a sheet, a table for each section; nothing where no names stand beside a column of figures."""
    every = list(find_blocks(sheet))
    unclear = [problem for block in every for problem in unclear_columns(sheet, block)]
    blocks = [block for block in every if block.scores]
    unclear += [problem for block in blocks for problem in _misnumbered(sheet, block)]
    texts = list(text_cells(sheet)) if blocks else []
    sections, problems = find_sections(sheet, blocks, texts) if blocks else ([], [])
    tables = [table for section in sections if (table := _table(sheet, section, texts)) is not None]
    if tables:
        tables[0] = replace(tables[0], problems=(*problems, *unclear, *tables[0].problems))
    elif unclear:
        tables = [Table("blocks", sheet.name, lines_frame({"row": []}), figures_frame([]), tuple(unclear))]
    return tables


def _misnumbered(sheet: Sheet, block: Block) -> Iterator[Problem]:
    """Numbers before a name, or in a column beside it, that are another indicator's.

    A column numbers the indicators where most of its numbers are theirs; others count the rows.
    """
    rows = range(block.first_row, block.end)
    for row in rows:
        if (problem := misnumbered(sheet, row, block.name_column)) is not None:
            yield problem
    named = {row: number for row in rows if (number := names.indicator_named(sheet.rows[row][block.name_column]))}
    for column in range(block.span.start, block.name_column):
        beside = {row: number for row in named if (number := names.numbered(sheet.rows[row][column])) is not None}
        others = [row for row, number in beside.items() if not names.may_number(number, named[row])]
        if 2 * len(others) < len(beside):
            yield from (of_other_number(sheet, row, column, named[row]) for row in others)


def _table(sheet: Sheet, section: Section, texts: Sequence[titles.Cell]) -> Table | None:
    cells: list[Cell] = []
    problems: list[Problem] = []
    for scores in dict.fromkeys(column for block in section.blocks for column in block.scores):
        of_column = [block for block in section.blocks if scores in block.scores]
        labelled, wrong = labelled_cells(sheet, of_column, section, scores)
        cells += labelled
        problems += wrong
    if not cells:
        return None
    whose = {cell.key for cell in cells}
    if len(whose) == 1:
        cells += [cell for block in section.blocks for cell in means_beside(sheet, block, *whose)]
    filled = {(cell.key, cell.what) for cell in cells if not thai.is_blank(sheet.rows[cell.row][cell.column])}
    totals = [cell for cell in _totals_of_points(sheet, section) if (cell.key, cell.what) not in filled]
    cells += totals
    filled |= {(cell.key, cell.what) for cell in totals}
    places = {(cell.row, cell.column) for cell in cells}
    values = [sheet.rows[cell.row][cell.column] for cell in cells]
    keys = list(dict.fromkeys(cell.key for cell in cells))
    for what, value, row, column, year in figures_said(sheet, texts, section):
        said_of = [key for key in keys if key[1] == year or (len(keys) == 1 and None in (key[1], year))]
        for key in said_of if (row, column) not in places else ():
            if (key, what) not in filled:
                cells.append(Cell(key, what, row, column))
                values.append(value)
    unknown = find_unknown_names(sheet, section.blocks)
    return Table(
        layout=_layout(section),
        sheet=sheet.name,
        lines=lines_frame(
            {
                "row": [section.rows.start] * len(keys),
                "agency": [agency for agency, _ in keys],
                "fiscal_year": [year for _, year in keys],
            }
        ),
        figures=figures_frame(_columns(cells, values, keys)),
        problems=(*problems, *map(misspelt, unknown)),
        unknown=tuple(unknown),
    )


def _totals_of_points(sheet: Sheet, section: Section) -> Iterator[Cell]:
    """What columns of weighted points come to, which may stand there only; weights come to their full sum."""
    for block in section.blocks:
        for place in block.points:
            cells, _ = labelled_cells(sheet, [block], section, Scores(place))
            for cell in cells:
                number = thai.number(sheet.rows[cell.row][cell.column])
                if cell.what == "total" and number is not None and number < FULL:
                    yield cell


def _layout(section: Section) -> str:
    block = section.blocks[0]
    if block.labels:
        return "long_list"
    return "agency_columns" if any(column.agency for column in block.scores) else "blocks"


def _columns(cells: Sequence[Cell], values: Sequence[Value], keys: Sequence[Key]) -> list[Column]:
    """The figures column by column."""
    line_of = {key: line for line, key in enumerate(keys)}
    positions: dict[int, list[int]] = {}
    for position, cell in enumerate(cells):
        positions.setdefault(cell.column, []).append(position)
    return [
        Column(
            what=[cells[position].what for position in here],
            line=[line_of[cells[position].key] for position in here],
            row=[cells[position].row for position in here],
            column=column,
            numbers=numbers([values[position] for position in here]),
        )
        for column, here in positions.items()
    ]
