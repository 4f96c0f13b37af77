"""Means, totals and levels in a column of their own beside the indicators, each over the rows that it is of."""

from __future__ import annotations

from collections.abc import Iterator

from ita import thai
from ita.reading import names
from ita.reading.layouts.down.block import Block, Key, what_is_named
from ita.reading.layouts.down.rows import Cell
from ita.reading.layouts.table import INDICATORS
from ita.reading.sheet import Sheet

_OVER_ROWS = ("mean", "total")


def means_beside(sheet: Sheet, block: Block, key: Key) -> Iterator[Cell]:
    """The figures of columns headed "คะแนนเฉลี่ย" or "คะแนนรวม", each of the instrument whose rows it stands over.

    A figure stands over the rows down to the next one: over all ten rows it is the total, over another number of rows
    it is nothing known.
    """
    heads = sheet.rows[block.first_row - 1] if block.first_row > block.top else []
    of_scores = {block.name_column, *block.labels.values(), *(column.place for column in block.scores)}
    indicators = [
        (row, what)
        for row in range(block.first_row, block.end)
        if isinstance(what := what_is_named(sheet, row, block), int)
    ]
    for place in (place for place in block.span if place not in of_scores and place < len(heads)):
        if names.role_of(heads[place]) not in _OVER_ROWS or names.is_beside_scores(heads[place]):
            continue
        covered: dict[int, set[int]] = {}
        begin = None
        for row, what in indicators:
            begin = row if thai.number(sheet.rows[row][place]) is not None else begin
            if begin is not None:
                covered.setdefault(begin, set()).add(what)
        for row, whats in covered.items():
            instrument = names.instrument_of(whats)
            if whats == set(INDICATORS):
                yield Cell(key, "total", row, place)
            elif instrument is not None and whats == set(names.indicators_of(instrument)):
                yield Cell(key, instrument, row, place)
