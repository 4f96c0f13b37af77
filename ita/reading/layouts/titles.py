"""What the lines over and around a table state: whose result it is, and of which year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ita import thai
from ita.reading import names
from ita.reading.layouts.table import right_of
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, address

Cell = tuple[int, int, str]
"""Row, column and text."""

_SPEAKS_OF_YEAR = re.compile("ปี|พศ|พ.ศ|ita|ประเมิน|คะแนน|^[0-9]{4}$|^fy")
_SPEAKS_OF_MEASURES = re.compile("มาตรการ|ผลการดำเนินการ|ครึ่งปี|รอบ[0-9]+เดือน")
_SPEAKS_OF_RESULT = re.compile("คะแนน|ผลการประเมิน|(?:เข้าร่วม|รับ)(?:โครงการ)?(?:การ)?ประเมิน")


def fiscal_year(sheet: Sheet, cells: Iterable[Cell]) -> tuple[int | None, list[Problem]]:
    """The year that these cells state, or else the sheet's name; None where they state none, or several.

    A label with the year beside it decides; then what is said about results. The title of a report on measures names
    the year of the report, most often the one after the assessment: it is taken for want of another, with a warning.
    """
    said: dict[int, Cell] = {}
    reported: dict[int, Cell] = {}
    for cell in cells:
        row, column, text = cell
        if names.role_of(text) == "fiscal_year" and (year := thai.fiscal_year(right_of(sheet, row, column)[1])):
            return year, []
        folded = thai.fold(text)
        if _SPEAKS_OF_YEAR.search(folded) and (year := thai.fiscal_year(text)):
            of_report = _SPEAKS_OF_MEASURES.search(folded) and not _SPEAKS_OF_RESULT.search(folded)
            (reported if of_report else said).setdefault(year, cell)
    if said:
        return (next(iter(said)), []) if len(said) == 1 else (None, [])
    if (year := thai.fiscal_year(sheet.name)) is not None:
        return year, []
    if len(reported) != 1:
        return None, []
    ((year, (row, column, text)),) = reported.items()
    details = {"year": year, "before": year - 1}
    return year, [Problem("ITA-T08", "warning", sheet.name, address(row, column), thai.tidy(text), details)]


def agency(sheet: Sheet, cells: Iterable[Cell]) -> tuple[str | None, list[Problem]]:
    """The agency that these cells name: beside a label, or else the one that is named most often.

    Every other name is a problem: another spelling of the same, or another agency.
    """
    places: dict[str, str] = {}
    mentions: Counter[str] = Counter()
    labelled = None
    for row, column, text in cells:
        if labelled is None and names.role_of(text.rstrip(" :：")) == "agency":
            place, value = right_of(sheet, row, column)
            if isinstance(value, str) and names.role_of(value) is None:
                labelled = thai.tidy(value)
                places[labelled] = address(row, place)
        elif name := names.agency_in(text):
            mentions[name] += 1
            places.setdefault(name, address(row, column))
    used = labelled or (mentions.most_common(1)[0][0] if mentions else None)
    return used, [
        Problem(
            "ITA-T04" if names.alike(other, used) else "ITA-T09",
            "warning",
            sheet.name,
            places[other],
            other,
            {"used": used},
        )
        for other in mentions
        if used is not None and thai.fold(other) != thai.fold(used)
    ]
