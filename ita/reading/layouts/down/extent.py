"""How far each block of a sheet goes: down to the next one, to something else, or to where its names begin anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ita import thai
from ita.reading import names
from ita.reading.layouts.down.block import Block, what_is_named
from ita.reading.names import Meaning
from ita.reading.sheet import Fault, Sheet, Value


def whole(sheet: Sheet, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each down to the next below it and in its parts."""
    ended = [
        replace(block, end=min([block.end, *_tops_below(block, blocks), *_others_below(sheet, block)]))
        for block in blocks
    ]
    return [_trimmed(sheet, part) for block in ended for part in _parts(sheet, block)]


def gaps(filled: Sequence[int], blocks: Sequence[Block], others: Sequence[int]) -> Iterator[list[int]]:
    """The filled rows over, between and under the blocks, each stretch down to a table of something else."""
    taken = {row for block in blocks for row in range(block.top, block.end)}
    gap: list[int] = []
    is_open = True
    for row in filled:
        if row in taken or row in others:
            yield gap
            gap, is_open = [], row in taken
        elif is_open:
            gap.append(row)
    yield gap


def _tops_below(block: Block, blocks: Sequence[Block]) -> list[int]:
    """Where the headings of the blocks below this one begin."""
    return [
        other.top
        for other in blocks
        if other.top > block.top and (other.span.start < block.span.stop and block.span.start < other.span.stop)
    ]


def _others_below(sheet: Sheet, block: Block) -> Iterator[int]:
    """Where the heading of a table of something else stands below a blank row: words only, over the figures too."""
    scores = [column.place for column in block.scores]
    for row in range(block.first_row + 1, block.end):
        above, cells = (sheet.rows[at][block.span.start : block.span.stop] for at in (row - 1, row))
        if any(value is not None for value in above) or not all(map(_may_be_words, cells)):
            continue
        label = sheet.rows[row][block.name_column]
        over_figures = any(sheet.rows[row][place] is not None for place in scores)
        is_name = what_is_named(sheet, row, block) is not None or not isinstance(label, str)
        if over_figures and not is_name and not names.near_indicator(str(label)):
            yield row


def _may_be_words(value: Value) -> bool:
    """Whether a cell is empty or holds nothing but words, and no word for a missing score."""
    if value is None or isinstance(value, Fault) or not isinstance(value, str):
        return value is None
    return not any(map(str.isdigit, value)) and not thai.is_blank(value) and not names.says_not_assessed(value)


def _parts(sheet: Sheet, block: Block) -> Iterator[Block]:
    """The block in parts, one begun where an indicator comes again: results below each other under one heading.

    Lines without figures over the first name of a part are its title.
    """
    begin, first = block.first_row, block.first_row
    seen: set[Meaning] = set()
    last = block.first_row
    for row in range(block.first_row, block.end) if not block.labels else ():
        what = what_is_named(sheet, row, block)
        if isinstance(what, int) and what in seen:
            yield replace(block, top=block.top if begin == first else begin, first_row=begin, end=last + 1)
            begin, seen = row, set()
        if isinstance(what, int):
            seen.add(what)
        says = what is not None and any(sheet.rows[row][column.place] is not None for column in block.scores)
        is_title = names.agency_named(sheet.rows[row][block.name_column]) is not None
        if says or (_has_figure(sheet, row, block) and not is_title):
            last = row
    yield replace(block, top=block.top if begin == first else begin, first_row=begin)


def _trimmed(sheet: Sheet, block: Block) -> Block:
    """The block without the lines above and below its rows."""
    rows = [row for row in range(block.first_row, block.end) if _is_row(sheet, row, block)]
    return replace(block, first_row=rows[0], end=rows[-1] + 1) if rows else replace(block, end=block.first_row + 1)


def _is_row(sheet: Sheet, row: int, block: Block) -> bool:
    """Whether a row says what it is of, or has a figure beside any other name than an agency's, or beside a year."""
    if what_is_named(sheet, row, block) is not None:
        return True
    label = sheet.rows[row][block.name_column]
    is_name = isinstance(label, str) and names.role_of(label) is None and names.agency_named(label) is None
    dated = (year := block.labels.get("fiscal_year")) is not None and names.fiscal_year(sheet.rows[row][year])
    return bool(is_name or dated) and _has_figure(sheet, row, block)


def _has_figure(sheet: Sheet, row: int, block: Block) -> bool:
    return any(thai.number(sheet.rows[row][column.place]) is not None for column in block.scores)
