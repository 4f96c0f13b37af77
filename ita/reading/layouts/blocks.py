"""Indicators down the rows: one block per instrument or all ten in one, the score beside the name.

The heading of the score column may be "คะแนน" or a year ("ปี 2564"); several year columns are read each as its year.
Agency, year, instrument means, total and level stand in the table, in label-and-value pairs, or in sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ita import thai
from ita.reading import names
from ita.reading.layouts.table import Table, figures, right_of, text_cells
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, address

_NUMBER = r"(?P<figure>\d{1,3}(?:\.\d+)?)"
_INSTRUMENT_SENTENCE = re.compile(rf"(?P<code>IIT|EIT|OIT)\W.*?ได้คะแนน\D{{0,40}}?{_NUMBER}", re.DOTALL)
_TOTAL_SENTENCE = re.compile(rf"(?:ได้รับคะแนน|คะแนนภาพรวม|คะแนนรวม|ผลคะแนน)[^\d.]{{0,80}}?{_NUMBER}\s*คะแนน", re.DOTALL)
_LEVEL_SENTENCE = re.compile(
    r"ระดับ\s*[:“\"*]*\s*(?P<level>AA|[A-F](?![A-Za-z])|ผ่านดีเยี่ยม|ผ่านดี|ผ่าน|ต้องปรับปรุงโดยด่วน|ต้องปรับปรุง)"
)


@dataclass(frozen=True, slots=True)
class _Heading:
    row: int
    indicator_column: int
    score_columns: tuple[tuple[int, int | None], ...]
    """Column and the year it is headed with, if any."""


def find(sheet: Sheet) -> list[Table]:
    """All blocks of a sheet as one table; nothing where no heading row with ตัวชี้วัด and a score column stands."""
    headings = list(_headings(sheet))
    if not headings:
        return []
    agency, spellings = _agency(sheet)
    stated_year = _fiscal_year(sheet)
    rows: list[tuple[object, ...]] = []
    problems: list[Problem] = list(spellings)
    ends = [heading.row for heading in headings[1:]] + [len(sheet.rows)]
    for heading, end in zip(headings, ends, strict=True):
        for row in range(heading.row + 1, end):
            what = _named(sheet, row, heading)
            for column, year in heading.score_columns:
                value = sheet.rows[row][column]
                if what is not None:
                    rows.append((agency, year or stated_year, what, value, row, column))
                elif thai.number(value) is not None and (unknown := _label(sheet, row, heading)):
                    problems.append(_unknown_name(sheet, row, heading, unknown))
    if not any(isinstance(row[2], int) for row in rows):
        return []
    tabled = {row[2] for row in rows}
    single_year = rows[0][1]
    rows += [(agency, single_year, *said) for said in _said(sheet) if said[0] not in tabled]
    return [Table("blocks", sheet.name, figures(rows), tuple(problems))]


def _headings(sheet: Sheet) -> Iterator[_Heading]:
    for row, cells in enumerate(sheet.rows):
        place = next((column for column, value in enumerate(cells) if names.role_of(value) == "indicator"), None)
        if place is None:
            continue
        years = [(column, thai.fiscal_year(value)) for column, value in enumerate(cells) if column > place]
        scores = [(column, year) for column, year in years if year is not None]
        if not scores:
            scores = [
                (column, None) for column in range(place + 1, len(cells)) if names.role_of(cells[column]) == "score"
            ]
        if scores:
            yield _Heading(row, place, tuple(scores))


def _named(sheet: Sheet, row: int, heading: _Heading) -> int | str | None:
    """The indicator or figure that a row is about."""
    indicator = names.indicator_named(sheet.rows[row][heading.indicator_column])
    if indicator is not None:
        return indicator
    roles = (names.role_of(value) for value in sheet.rows[row][: heading.score_columns[0][0]])
    return next((role for role in roles if role in names.FIGURES), None) if _alone(sheet, row, heading) else None


def _alone(sheet: Sheet, row: int, heading: _Heading) -> bool:
    """Whether the row's label stands alone: the indicator cell is empty or is itself a figure's label."""
    value = sheet.rows[row][heading.indicator_column]
    return thai.is_blank(value) or names.role_of(value) in names.FIGURES


def _label(sheet: Sheet, row: int, heading: _Heading) -> str:
    value = sheet.rows[row][heading.indicator_column]
    return thai.tidy(value) if isinstance(value, str) else ""


def _unknown_name(sheet: Sheet, row: int, heading: _Heading, label: str) -> Problem:
    return Problem("ITA-T03", "warning", sheet.name, address(row, heading.indicator_column), label)


def _agency(sheet: Sheet) -> tuple[str | None, list[Problem]]:
    """The agency that the sheet is about; other spellings of an agency are named, the most frequent one is used."""
    places: dict[str, str] = {}
    mentions: Counter[str] = Counter()
    for row, column, text in text_cells(sheet):
        if names.role_of(text) == "agency" and isinstance(value := right_of(sheet, row, column)[1], str):
            return thai.tidy(value), []
        if name := names.agency_in(text):
            mentions[name] += 1
            places.setdefault(name, address(row, column))
    if not mentions:
        return None, []
    used = mentions.most_common(1)[0][0]
    return used, [
        Problem("ITA-T04", "warning", sheet.name, places[other], other, {"used": used})
        for other in mentions
        if other != used
    ]


def _fiscal_year(sheet: Sheet) -> int | None:
    """The year stated in a label-and-value pair, else in the first line that states one, else in the sheet's name."""
    first = None
    for row, column, text in text_cells(sheet):
        if names.role_of(text) == "fiscal_year":
            if year := thai.fiscal_year(right_of(sheet, row, column)[1]):
                return year
        elif first is None and "ปี" in text:
            first = thai.fiscal_year(text)
    return first or thai.fiscal_year(sheet.name)


def _said(sheet: Sheet) -> Iterator[tuple[str, object, int, int]]:
    """Figures outside the table: what, value, row, column. Label-and-value pairs first, then sentences; each once."""
    found: set[str] = set()
    for row, column, text in text_cells(sheet):
        if any(names.indicator_named(value) for value in sheet.rows[row]):
            continue
        for what, value, place in _figures_in(sheet, row, column, thai.tidy(text)):
            if what not in found:
                found.add(what)
                yield what, value, row, place


def _figures_in(sheet: Sheet, row: int, column: int, text: str) -> Iterator[tuple[str, object, int]]:
    role = names.role_of(text)
    if role in names.FIGURES:
        place, value = right_of(sheet, row, column)
        if role == "level" or thai.number(value) is not None:
            yield role, value, place
        return
    if match := _INSTRUMENT_SENTENCE.search(text):
        yield match["code"].lower(), float(match["figure"]), column
    elif match := _TOTAL_SENTENCE.search(text):
        yield "total", float(match["figure"]), column
    if match := _LEVEL_SENTENCE.search(text):
        yield "level", match["level"], column
