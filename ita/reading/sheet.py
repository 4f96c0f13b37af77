"""A sheet as plain values: what every layout looks at, whatever kind of file it came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


class Fault(str):
    """What stands in a cell instead of a value: an error ("#N/A"), or a formula that was never calculated ("=...")."""

    __slots__ = ()


Value = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook.

    `rows[r][c]` is the value at row r, column c, both from 0 with (0, 0) at A1; rows are equally long, an empty cell
    is None. `merged` holds (first row, first column, last row, last column), inclusive; only the first has the value.
    A number that its cell shows as a percentage is text, as shown: "92.13%".
    `hidden_rows` and `hidden_columns` are those that the file hides; their values are there nevertheless.
    `places`: for a Word document, whose paragraphs and table rows are the rows here, the place of each row: "P12", the
    twelfth paragraph, or "T2R3", the third row of the second table. Empty for a workbook.
    """

    name: str
    rows: list[list[Value]]
    visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    places: tuple[str, ...] = ()


def address(row: int, column: int) -> str:
    """The cell address as Excel writes it: (6, 2) is "C7"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
