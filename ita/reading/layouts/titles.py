"""What the lines over and around a table state: whose result it is, and of which year."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter

from ita import thai
from ita.agency_kinds import kinds_in_full
from ita.reading import names
from ita.reading.layouts.table import right_of
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, address

Cell = tuple[int, int, str]
"""Row, column and text."""


def within(cells: Sequence[Cell], rows: range) -> Sequence[Cell]:
    """Those of these cells, which come row by row, that are in the rows."""
    begin = bisect_left(cells, rows.start, key=itemgetter(0))
    return cells[begin : bisect_left(cells, rows.stop, lo=begin, key=itemgetter(0))]


_SPEAKS_OF_YEAR = re.compile("ปี|พศ|พ.ศ|ita|ประเมิน|คะแนน|^[0-9]{4}$|^fy")
_SPEAKS_OF_ASSESSMENT = re.compile("ita|ประเมิน|คะแนน|คุณธรรม")
_SPEAKS_OF_OTHERS = re.compile("^งบประมาณ|ประชากร|รายจ่าย|รายได้|บัญญัติ|ลงชื่อ|วันที่")
_SPEAKS_OF_MEASURES = re.compile("มาตรการ|ผลการดำเนินการ|ครึ่งปี|รอบ[0-9]+เดือน")
_SPEAKS_OF_RESULT = re.compile("คะแนน|ผลการประเมิน|(?:เข้าร่วม|รับ)(?:โครงการ)?(?:การ)?ประเมิน")


def fiscal_year(sheet: Sheet, cells: Iterable[Cell]) -> tuple[int | None, list[Problem]]:
    """The year that these cells state, or else the sheet's name; None where they state none, or several.

    A label with the year beside it decides; then what is said about the assessment; then any other line that names a
    year, unless it is about money, people or dates. The title of a report on measures names the year of the report,
    most often the one after the assessment: it is taken for want of another, with a warning.
    """
    assessed: dict[int, Cell] = {}
    said: dict[int, Cell] = {}
    reported: dict[int, Cell] = {}
    for cell in cells:
        row, column, text = cell
        beside = right_of(sheet, row, column)[1]
        if names.role_of(text.rstrip(" :：")) == "fiscal_year" and (year := names.fiscal_year(beside)):
            return year, []
        folded = thai.fold(text)
        if not _SPEAKS_OF_YEAR.search(folded) or (year := _year_in(text)) is None:
            continue
        if _SPEAKS_OF_MEASURES.search(folded) and not _SPEAKS_OF_RESULT.search(folded):
            reported.setdefault(year, cell)
        elif _SPEAKS_OF_ASSESSMENT.search(folded):
            assessed.setdefault(year, cell)
        elif not _SPEAKS_OF_OTHERS.search(folded) and thai.number(beside) is None:
            said.setdefault(year, cell)
    for every in (assessed, said):
        stated = {year: cell for year, cell in every.items() if not isinstance(year, names.CommonEra)} or every
        if stated:
            return (next(iter(stated)), []) if len(stated) == 1 else (None, [])
    if (year := _year_of_sheet(sheet.name)) is not None:
        return year, []
    if len(reported) != 1:
        return None, []
    ((year, (row, column, text)),) = reported.items()
    details = {"year": year, "before": year - 1}
    return year, [Problem("ITA-T08", "warning", sheet.name, address(row, column), thai.tidy(text), details)]


def _year_in(text: str) -> int | None:
    """The one year that a line names, or that it names outside its brackets: "2567 (เปรียบเทียบกับปี 2566)"."""
    return names.fiscal_year(text) or names.fiscal_year(_IN_BRACKETS.sub("", text))


_IN_BRACKETS = re.compile(r"\([^()]*\)")


def _year_of_sheet(name: str) -> int | None:
    """The year that a sheet is named for, also with its last two digits: "66", "ปี 67"."""
    short = _TWO_DIGITS.fullmatch(thai.fold(name))
    return names.fiscal_year(f"25{short['year']}" if short else name)


_TWO_DIGITS = re.compile("(?:ปี(?:งบ(?:ประมาณ)?)?|ita|fy)?(?P<year>[67][0-9])")


def year_in_name(sheet: Sheet) -> int | None:
    """The year that a sheet's name states and nothing but that it is ITA's: "2566", "ผลคะแนน ปี 2566"."""
    return thai.fiscal_year(sheet.name) if not _BESIDE_YEAR_IN_NAME.sub("", thai.fold(sheet.name)) else None


_BESIDE_YEAR_IN_NAME = re.compile(r"ปี|งบประมาณ|พ\.?ศ\.?|ita|ผล|คะแนน|การประเมิน|[^\wก-๙]|[\d_]")


def agency(sheet: Sheet, cells: Iterable[Cell]) -> tuple[str | None, list[Problem]]:
    """The agency that these cells name: beside a label, else the one that is named most often, else the sheet's name.

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
    used = labelled or (mentions.most_common(1)[0][0] if mentions else names.agency_in(sheet.name))
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
        if used is not None and len(set(kinds_in_full(map(thai.fold, (other, used))))) > 1
    ]
