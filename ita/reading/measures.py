"""A file of improvement measures -> one row per measure, what document it is, and what its owner should know about it.

The table is known by its headings, wherever it stands and in whatever order; it runs over pages as office documents do,
with its headings repeated and rows marked (ต่อ).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, TypeVar

import pandas as pd

from ita import thai
from ita.reading import names
from ita.reading.problems import Problem, Severity
from ita.reading.sheet import Sheet, Value, address
from ita.reading.source import Source, content_of
from ita.reading.workbook import read_sheets
from ita.rulebooks import latest

NOT_STATED = "not_stated"

T = TypeVar("T")

COLUMNS: Mapping[str, str] = {
    "indicator": "Int64",
    "title": "str",
    "steps": "str",
    "responsible": "str",
    "period_text": "str",
    "period_start": "datetime64[us]",
    "period_end": "datetime64[us]",
    "result": "str",
    "suggestion": "str",
    "status": "str",
    "proposed_status": "str",
    "sheet": "str",
    "cell": "str",
}
"""The columns of `MeasureReading.measures` and their types."""


@dataclass(frozen=True, eq=False)
class MeasureReading:
    """What a file of measures says.

    `measures`: one row per measure, in the file's order. indicator (1-10 or missing), title, steps, responsible, result
    and suggestion as typed ("" where the file says none), period_text as typed with period_start and period_end (first
    and last day, datetime64; missing where not understood), status (one of `ita.measures.STATUSES`, "not_stated" where
    the file has no such column), proposed_status (what the wording of the result suggests, to be confirmed, or
    missing), sheet and cell of the title.
    `fiscal_year` and `agency`: what the titles over the table state; None where they state none, or several.
    """

    measures: pd.DataFrame
    problems: tuple[Problem, ...]
    fiscal_year: int | None = None
    agency: str | None = None


def read_measures(file: Source, *, filename: str = "") -> MeasureReading:
    """Read a workbook of measures: a path, bytes or binary file.

    A bad cell never raises: it is named in `problems`; so is a workbook without a table of measures. Raises
    UnreadableFile for what is no readable workbook.
    """
    content, name = content_of(file)
    return find_measures(read_sheets(content, filename or name))


def find_measures(sheets: Iterable[Sheet]) -> MeasureReading:
    """The measures on the visible sheets of a workbook."""
    sheets = list(sheets)
    readers = [_SheetReader(sheet) for sheet in sheets if sheet.visible]
    for reader in readers:
        reader.read()
    problems = [problem for reader in readers for problem in reader.problems]
    problems += [Problem("ITA-M09", "info", sheet.name) for sheet in sheets if not sheet.visible and _has_table(sheet)]
    if not any(reader.tables for reader in readers):
        problems.insert(0, Problem("ITA-M01", "error"))
    return MeasureReading(
        measures=_frame(draft.row() for reader in readers for draft in reader.drafts),
        problems=tuple(problems),
        fiscal_year=_only(year for reader in readers for year in reader.fiscal_years),
        agency=_only(agency for reader in readers for agency in reader.agencies),
    )


def _frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS)).astype(dict(COLUMNS))


def _only(stated: Iterable[T]) -> T | None:
    """The one thing that was stated; None for nothing, and for different things."""
    different = set(stated)
    return different.pop() if len(different) == 1 else None


# Status


_STATUS_WORDS = [
    (status, re.compile(pattern))
    for status, pattern in (
        # The negative forms stand before the plain verbs they contain: what one has matched, the next does not see.
        (NOT_STATED, r"(?:ยัง)?ไม่(?:ได้)?ระบุ|not_?stated"),
        (
            "not_started",
            r"(?:ยัง)?ไม่(?:ได้)?(?:เริ่ม|มีการ)?(?:ดำเนินการ|ดำเนินงาน)|ยังไม่(?:ได้)?เริ่ม|รอ(?:การ)?ดำเนินการ|not_?started",
        ),
        (
            "in_progress",
            r"(?:ยัง)?ไม่(?:แล้ว)?เสร็จ(?:สิ้น|เรียบร้อย)?|(?:ยัง)?ไม่เรียบร้อย|(?:แล้ว)?เสร็จบางส่วน"
            r"|(?:คาดว่า)?จะ(?:ดำเนินการ)?(?:ให้)?(?:แล้ว)?เสร็จ(?:สิ้น)?"
            r"|(?:อยู่(?:ใน)?ระหว่าง(?:การ)?|กำลัง(?=ดำเนิน|จัดทำ|ทำ))(?:ดำเนินการ|ดำเนินงาน)?(?:ให้)?(?:(?:แล้ว)?เสร็จ(?:สิ้น)?)?"
            r"|in_?progress",
        ),
        ("cancelled", r"(?<!ไม่)(?<!ไม่ได้)ยกเลิก|cancell?ed"),
        ("completed", r"แล้วเสร็จ|เสร็จสิ้น|เสร็จเรียบร้อย|เสร็จแล้ว|เรียบร้อย(?:แล้ว|$)|ดำเนินการแล้ว|completed"),
    )
]


def status_of(text: str) -> str | None:
    """The status that a text states in the words offices use; None where it states none, or more than one.

    A text says a status by its words only: "ยังไม่ได้ดำเนินการ" is not_started although it holds "ดำเนินการ".
    """
    rest, stated = thai.fold(text), set()
    for status, words in _STATUS_WORDS:
        rest, count = words.subn(" ", rest)
        if count:
            stated.add(status)
    return stated.pop() if len(stated) == 1 else None


# Headings of the table


_LONGEST_HEADING = 60
_HEADINGS = {
    "status": re.compile("^สถานะ|^status"),
    "suggestion": re.compile("ข้อเสนอแนะ|^suggestion"),
    "responsible": re.compile("รับผิดชอบ|^responsible"),
    "period": re.compile("^(?:ระยะเวลา|กำหนดเวลา|ช่วงเวลา|ห้วงเวลา|period)"),
    "result": re.compile("^(?:สรุป|รายงาน)?ผล(?:การ)?(?:ดำเนิน|ปฏิบัติ)|^result"),
    "steps": re.compile("^(?:ขั้นตอน|วิธีการ|วิธีดำเนิน|steps)"),
    "indicator": re.compile("^(?:ตัวชี้วัด(?:ที่|ita|การประเมิน)?|indicator)$"),  # not ตัวชี้วัดความสำเร็จ
    "title": re.compile("^(?:มาตรการ|แนวทาง|measure)"),
}
_ANY_HEADING = re.compile("|".join(pattern.pattern for pattern in _HEADINGS.values()))
_TEXTS = ("steps", "responsible", "period", "result", "suggestion", "status")
_FEWEST_TEXTS = 2
_SECOND_LINES = {"การดำเนินการ", "การดำเนินงาน", "ดำเนินการ", "แนวทาง", "/แนวทาง", "วิธีการ", "หรือวิธีการ"}


@lru_cache(maxsize=4096)  # a national list asks it for the same province and level again and again
def _role(text: str) -> str | None:
    """What a heading stands for."""
    folded = thai.fold(text)
    if len(folded) > _LONGEST_HEADING or not _ANY_HEADING.search(folded):
        return None
    return next((role for role, pattern in _HEADINGS.items() if pattern.search(folded)), None)


def _roles(row: list[Value]) -> dict[str, int]:
    """The columns of a table by role, if this row is its headings; empty otherwise."""
    roles: dict[str, int] = {}
    for column, value in enumerate(row):
        if isinstance(value, str) and (role := _role(value)):
            roles.setdefault(role, column)
    if len(roles.keys() & set(_TEXTS)) < _FEWEST_TEXTS or not roles.keys() & {"title", "indicator"}:
        return {}
    if "title" not in roles:
        roles["title"] = roles.pop("indicator")
    return roles


def _has_table(sheet: Sheet) -> bool:
    return any(_roles(row) for row in sheet.rows)


# The first cell of a row


_CONTINUED = re.compile(r"[(\[]\s*ต่อ\s*[)\]]")
_NUMBERED = re.compile(
    r"(?P<word>ตัวชี้วัด\s*(?:ที่)?\s*)?(?:\(?(?P<number>[0-9]{1,2})(?![0-9])(?:\.[0-9]{1,2})*(?P<mark>\s*[.):])?\s*)?"
)


@dataclass(frozen=True, slots=True)
class _Heading:
    """What the cell that names a measure or its indicator says.

    `number` is the number it starts with, `certain` whether that can only be an indicator's; `named` is the indicator
    whose name follows; `title` is the rest, or the name where there is no rest.
    """

    number: int | None
    certain: bool
    named: int | None
    title: str
    continued: bool


def _heading(text: str) -> _Heading:
    rest = thai.tidy(_CONTINUED.sub(" ", text))
    match = _NUMBERED.match(thai.arabic_digits(rest))
    assert match is not None, "every part of the pattern may be missing"
    number = int(match["number"]) if match["number"] else None
    body = rest[match.end() :]
    named, title = _name_and_title(body, number)
    if number is not None and named is None and not match["word"] and not match["mark"] and body:
        number = None  # "5 ส" or "12 เดือน" begins with a number that counts nothing
    if named is None and number is None:
        title = rest
    return _Heading(number, bool(match["word"]) or not body, named, title, continued=rest != thai.tidy(text))


def _name_and_title(body: str, number: int | None) -> tuple[int | None, str]:
    """The indicator whose name the text begins with, and what it says beyond the name.

    A longer phrase that only begins like a name ("การป้องกันการทุจริตในการจัดซื้อ") is that name where the number
    before it agrees, and a title otherwise.
    """
    phrase = body.removeprefix("ด้าน").lstrip()
    found = _leading_name(phrase)
    if found is None:
        return None, body
    named, end = found
    rest = phrase[end:].lstrip(" \n")
    if not rest:
        return named, latest().indicator(named).name["th"]
    if rest[0] in f"{thai.DASHES}:":
        return named, rest.lstrip(f"{thai.DASHES}: \n")
    if named == number:
        return named, rest if phrase[end:].startswith("\n") else body
    return (named, body) if rest[0] == "(" else (None, body)


def _leading_name(text: str) -> tuple[int, int] | None:
    """The indicator whose name a text begins with, however it is typed, and where the name ends."""
    folded = thai.fold(text)
    for name, number in _names_longest_first():
        if folded.startswith(name):
            for end in range(len(name), len(text) + 1):
                if thai.fold(text[:end]) == name:
                    return number, end
    return None


@cache
def _names_longest_first() -> list[tuple[str, int]]:
    return sorted(names.indicator_names().items(), key=lambda item: -len(item[0]))


# A measure while its rows are being gathered


_LINE_START = re.compile(rf"\(?[0-9๐-๙]{{1,2}}[.)]|[{thai.DASHES}•●*]")


@dataclass(slots=True)
class _Draft:
    """A measure as far as it has been read."""

    indicator: int | None
    title: str
    sheet: str
    cell: str
    fiscal_year: int | None
    place: tuple[int, int]
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, role: str, text: str, place: tuple[int, int], broken: bool) -> None:
        """Join a further text; `broken` says that a page may have cut a sentence in two.

        What stands there already, because its cell is merged down or a page repeats it, is not said twice.
        """
        before = self.texts.get(role, "")
        if not before:
            self.texts[role], self.places[role] = text, place
        elif place != self.places[role] and thai.fold(before) != thai.fold(text):
            same_line = broken and not _LINE_START.match(text)
            self.texts[role] = f"{before}{' ' if same_line else chr(10)}{text}"

    @property
    def period(self) -> thai.Period:
        return thai.period(self.texts.get("period", ""), self.fiscal_year)

    def row(self) -> dict[str, Any]:
        """The measure as a row of `MeasureReading.measures`."""
        period, proposed = self.period, status_of(self.texts.get("result", ""))
        return {
            "indicator": self.indicator,
            "title": self.title,
            "steps": self.texts.get("steps", ""),
            "responsible": self.texts.get("responsible", ""),
            "period_text": self.texts.get("period", ""),
            "period_start": period.start,
            "period_end": period.end,
            "result": self.texts.get("result", ""),
            "suggestion": self.texts.get("suggestion", ""),
            "status": status_of(self.texts.get("status", "")) or NOT_STATED,
            "proposed_status": None if proposed == NOT_STATED else proposed,
            "sheet": self.sheet,
            "cell": self.cell,
        }


# A sheet from top to bottom


_LONGEST_TITLE_LINE = 150
_ABOUT_THE_SCORE = re.compile("คะแนน|ผลการประเมิน")  # such a line names the year assessed, not the year of the measures
_SIGNATURE_OR_NOTE = re.compile(r"^\(?ลงชื่อ\)?(?:[._…]|$|ผู้)|^หมายเหตุ")


class _SheetReader:
    """Reads one sheet row by row; the attributes without underscore are what it found."""

    def __init__(self, sheet: Sheet) -> None:
        self.drafts: list[_Draft] = []
        self.problems: list[Problem] = []
        self.tables = 0
        self.fiscal_years: list[int] = []
        self.agencies: list[str] = []
        self._sheet = sheet
        self._above: dict[tuple[int, int], int] = {}
        """The row that holds the value of a cell merged downwards."""
        self._right: dict[tuple[int, int], int] = {}
        """The last column of a cell merged to the right."""
        for top, left, bottom, right in sheet.merged:
            self._right[top, left] = right
            self._above |= {(row, left): top for row in range(top + 1, min(bottom + 1, len(sheet.rows)))}
        self._columns: dict[str, range] = {}
        """The columns of the table being read, by role; empty outside a table."""
        self._lines: list[str] = []
        self._known_lines: set[str] = set()
        self._section: int | None = None
        self._after_gap = False
        self._under_headings = False

    def read(self) -> None:
        if not _has_table(self._sheet):
            return
        for row, values in enumerate(self._sheet.rows):
            filled = [column for column, value in enumerate(values) if not thai.is_blank(value)]
            if not filled:
                self._after_gap = True
            elif roles := _roles(values):
                self._begin_table(row, roles)
            elif not self._columns:
                self._keep_lines(row, filled)
            else:
                self._read_row(row, filled)
        for draft in self.drafts:
            self._check(draft)
        if self.tables and not self.drafts:
            self._tell("ITA-M10", "warning")

    def _begin_table(self, row: int, roles: Mapping[str, int]) -> None:
        """Start a table, or go on with one whose headings are repeated on a new page."""
        self._columns = {
            role: range(column, self._right.get((row, column), column) + 1) for role, column in roles.items()
        }
        self.tables += 1
        self.fiscal_years += _nearest(self._lines, _stated_year)
        self.agencies += _nearest(self._lines, names.agency_in)
        self._lines.clear()
        self._after_gap, self._under_headings = False, True

    def _keep_lines(self, row: int, filled: Iterable[int]) -> None:
        """Keep what stands over the next table: its titles."""
        for column in filled:
            lines = [line for line in self._text(row, column).split("\n") if len(line) <= _LONGEST_TITLE_LINE]
            self._lines += lines
            self._known_lines |= {thai.fold(line) for line in lines}

    def _read_row(self, row: int, filled: list[int]) -> None:
        under_headings, self._under_headings = self._under_headings, False
        after_gap, self._after_gap = self._after_gap, False
        first = self._text(row, filled[0])
        texts = {role: text for role, columns in self._columns.items() if (text := self._text(row, *columns))}
        if _SIGNATURE_OR_NOTE.match(thai.fold(first)):
            self._columns, self._section = {}, None
        elif under_headings and all(thai.fold(self._text(row, column)) in _SECOND_LINES for column in filled):
            self._under_headings = True
        elif len(filled) == 1 and self._is_banner(row, filled[0]):
            heading = _heading(first)
            self._section = heading.named or (heading.number if heading.certain else None)
            self._keep_lines(row, filled)
        elif not texts:
            self._keep_lines(row, filled)
        elif self._is_outside(row, texts, alone=len(filled) == 1, after_gap=after_gap):
            if not self._is_title_line(first):
                self._tell("ITA-M11", "info", row, filled[0], first)
            self._keep_lines(row, filled)
        else:
            self._read_measure(row, texts, page_break=under_headings)

    def _is_banner(self, row: int, column: int) -> bool:
        """Whether this cell runs across several columns of the table: it heads the rows below."""
        right = self._right.get((row, column), column)
        return sum(column <= columns[0] <= right for columns in self._columns.values()) > 1

    def _is_outside(self, row: int, texts: Mapping[str, str], alone: bool, after_gap: bool) -> bool:
        """Whether this row, though it stands below headings, is not the table's: a page title, a stray line."""
        if not self._begins_measure(row, texts):
            return after_gap
        heading = _heading(texts.get("title", ""))
        if not alone or "title" not in texts or heading.named or heading.number or heading.continued:
            return False
        return after_gap or self._is_title_line(texts["title"])

    def _is_title_line(self, text: str) -> bool:
        return (
            thai.fold(text) in self._known_lines or _stated_year(text) is not None or names.agency_in(text) is not None
        )

    def _begins_measure(self, row: int, texts: Mapping[str, str]) -> bool:
        """Whether the row names a measure, or an indicator of its own."""
        if "title" in texts:
            return True
        return "indicator" in texts and self._origin(row, "indicator")[0] == row

    def _read_measure(self, row: int, texts: Mapping[str, str], page_break: bool) -> None:
        place = self._origin(row, "title")
        heading = _heading(texts.get("title", ""))
        merged = bool(self.drafts) and self.drafts[-1].place == place
        continued = merged or heading.continued or not self._begins_measure(row, texts)
        draft = self._continued_draft(heading, merged) if continued else None
        if draft is None:
            draft = self._new_draft(row, place, heading, texts, orphan=continued)
        elif not merged:
            self._tell("ITA-M02", "info", *place, texts.get("title", ""), start=draft.cell)
        for role in _TEXTS:
            if role in texts:
                draft.add(role, texts[role], self._origin(row, role), broken=heading.continued or page_break)

    def _continued_draft(self, heading: _Heading, merged: bool) -> _Draft | None:
        """The measure that a row goes on with: the last one, or the last of the indicator or title it names."""
        number, title = heading.named or heading.number, thai.fold(heading.title)
        if merged or (number is None and not title):
            return self.drafts[-1] if self.drafts else None
        return next(
            (
                draft
                for draft in reversed(self.drafts)
                if thai.fold(draft.title) == title or (number is not None and draft.indicator == number)
            ),
            None,
        )

    def _new_draft(
        self, row: int, place: tuple[int, int], heading: _Heading, texts: Mapping[str, str], orphan: bool
    ) -> _Draft:
        if orphan:
            self._tell("ITA-M08", "warning", *place, texts.get("title", ""))
        named = self._begins_measure(row, texts)
        indicator, title = self._indicator_and_title(row, heading, texts) if named else (self._section, "")
        fiscal_year = self.fiscal_years[-1] if self.fiscal_years else None
        draft = _Draft(indicator, title, self._sheet.name, address(*place), fiscal_year, place)
        self.drafts.append(draft)
        return draft

    def _indicator_and_title(self, row: int, heading: _Heading, texts: Mapping[str, str]) -> tuple[int | None, str]:
        """The indicator of a new measure and its title, with a word about whatever is not plainly said.

        A column of indicators decides before the first cell; in either a name decides before a number; a number that
        may only count the measures decides last.
        """
        role = "indicator" if "indicator" in texts else "title"
        saying = _heading(texts[role]) if role == "indicator" else heading
        place, found = self._origin(row, role), texts[role]
        as_typed = thai.tidy(_CONTINUED.sub(" ", texts.get("title", ""))) or saying.title
        number = saying.number if saying.number in latest().instrument_of else None
        indicator = saying.named or number
        if saying.named is None and role == "title" and not saying.certain and self._section is not None:
            return self._section, as_typed
        if indicator is None:
            self._tell("ITA-M04", "warning", *place, found)
            return None, as_typed
        if saying.named and saying.number is not None and saying.number != saying.named:
            name = latest().indicator(saying.named).name["th"]
            self._tell("ITA-M03", "warning", *place, found, number=saying.number, name=name)
        elif saying.named is None and role == "title" and not saying.certain:
            self._tell("ITA-M07", "info", *place, found, number=number)
        own_title = role == "title" or heading.named == indicator
        return indicator, (heading.title if own_title else "") or as_typed

    def _check(self, draft: _Draft) -> None:
        """Tell of a status and a period that were not understood."""
        status, period = draft.texts.get("status", ""), draft.texts.get("period", "")
        if status and status_of(status) is None:
            self._tell("ITA-M05", "warning", *draft.places["status"], status)
        if period and draft.period == thai.Period():
            self._tell("ITA-M06", "info", *draft.places["period"], period)

    def _origin(self, row: int, role: str) -> tuple[int, int]:
        """Where the value of a row's cell stands: in the cell, or at the top of the merged cells it is one of."""
        column = self._columns[role][0]
        return self._above.get((row, column), row), column

    def _text(self, row: int, *columns: int) -> str:
        """What stands in a row's columns, as text for display; a dash for "none" is no text."""
        values = (self._sheet.rows[self._above.get((row, column), row)][column] for column in columns)
        return " ".join(_written(value) for value in values if not thai.is_blank(value))

    def _tell(
        self,
        code: str,
        severity: Severity,
        row: int | None = None,
        column: int | None = None,
        found: str = "",
        **details: Any,
    ) -> None:
        cell = None if row is None or column is None else address(row, column)
        self.problems.append(Problem(code, severity, self._sheet.name, cell, found, details))


def _nearest(lines: list[str], stated: Callable[[str], T | None]) -> list[T]:
    """What the lowest line that states something says: one thing, or none."""
    return next(([found] for line in reversed(lines) if (found := stated(line)) is not None), [])


def _stated_year(line: str) -> int | None:
    """The fiscal year that a title line names as the year of the measures."""
    return thai.fiscal_year(line) if "ปี" in line and not _ABOUT_THE_SCORE.search(line) else None


def _written(value: Value) -> str:
    """A cell's value as its owner would type it."""
    if isinstance(value, str):
        return thai.tidy(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.date):
        # Excel set to a foreign calendar takes a typed 31/3/2565 for that year of the common era.
        year = value.year if value.year in thai.YEARS else value.year + thai.BUDDHIST_ERA
        return f"{thai.date_text(value, year=False)} {year}"
    return str(value)
