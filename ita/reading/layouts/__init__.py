"""The arrangements of a result table that can be recognised, each one module with a `find(sheet) -> list[Table]`.

To add one: write the module, add its `find` to LAYOUTS. The first layout that finds a table in a sheet has it.
"""

from __future__ import annotations

from collections.abc import Callable

from ita.reading.layouts import agency_rows, blocks
from ita.reading.layouts.table import Table
from ita.reading.sheet import Sheet

LAYOUTS: tuple[Callable[[Sheet], list[Table]], ...] = (agency_rows.find, blocks.find)


def find_tables(sheet: Sheet) -> list[Table]:
    """The result tables of one sheet; empty where no layout recognises any."""
    return next((tables for layout in LAYOUTS if (tables := layout(sheet))), [])
