"""Where something stands, as its owner would look for it: a cell of a workbook, a paragraph or table of a document."""

from __future__ import annotations

import re

from ita.reading.sheet import Sheet
from ita.text import Say

DOCUMENT = "Word"
"""The name of the one sheet that a Word document is read as (word_child.py)."""

_CELL = re.compile(r"(?P<letters>[A-Z]+)(?P<row>[0-9]+)")
_PLACE = re.compile(r"P(?P<paragraph>[0-9]+)|T(?P<table>[0-9]+)R(?P<row>[0-9]+)C(?P<cell>[0-9]+)")


def in_document(sheet: Sheet, cell: str) -> str:
    """A cell's place in the Word document that the sheet was read from: "P12", or "T2R3C4" for a row's fourth cell.

    For a sheet of a workbook the address itself. Cells of a row are counted as they look: one that is merged across
    is one.
    """
    match = _CELL.fullmatch(cell)
    if match is None or not sheet.places:
        return cell
    row, column = int(match["row"]) - 1, column_of(match["letters"])
    place = sheet.places[row]
    return f"{place}C{column + 1 - _hidden_by_merging(sheet, row, column)}" if place.startswith("T") else place


def area_in_document(sheet: Sheet, area: str) -> str:
    """The same of cells from one to another: "T1R2C3:T3R3C3" of a document, "C7:C22" of a workbook."""
    return ":".join(in_document(sheet, cell) for cell in area.split(":"))


def in_words(sheet: str, cell: str, say: Say) -> str:
    """What a reader is told about where to look: the sheet and cell, the paragraph, or the table with row and cell."""
    match = _PLACE.fullmatch(cell) if sheet == DOCUMENT else None
    if match is None:
        return say("problem.place.cell", sheet=sheet, cell=cell)
    if match["paragraph"]:
        return _row_in_words(match, say)
    return say("problem.place.table", table=match["table"], row=match["row"], cell=match["cell"])


def area_in_words(sheet: str, area: str, say: Say) -> str:
    """Which rows of which tables of a document an area takes up; for a sheet of a workbook the cells themselves."""
    ends = [_PLACE.fullmatch(place) for place in area.split(":")] if sheet == DOCUMENT else []
    first, last = (ends[0], ends[-1]) if ends else (None, None)
    if first is None or last is None:
        return area
    if first["table"] and first["table"] == last["table"]:
        return say("problem.place.rows", table=first["table"], first=first["row"], last=last["row"])
    return say("problem.place.from_to", first=_row_in_words(first, say), last=_row_in_words(last, say))


def _row_in_words(place: re.Match[str], say: Say) -> str:
    if place["paragraph"]:
        return say("problem.place.paragraph", paragraph=place["paragraph"])
    return say("problem.place.row", table=place["table"], row=place["row"])


def column_of(letters: str) -> int:
    """The number, from 0, of the column that Excel calls by these letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _hidden_by_merging(sheet: Sheet, row: int, column: int) -> int:
    """How many columns to the left of this one are not cells of their own in this row."""
    return sum(
        min(right, column) - left
        for top, left, bottom, right in sheet.merged
        if top <= row <= bottom and left < column and right > left
    )
