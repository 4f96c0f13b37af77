"""A sheet of measures from top to bottom: titles, headings, rows that begin a measure, rows that go on with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from ita import thai
from ita.reading import names
from ita.reading.measures.amounts import budget_of, is_fraction, says_share
from ita.reading.measures.cells import Cells, is_fault
from ita.reading.measures.columns import FEWEST_MONTHS, Part
from ita.reading.measures.draft import Draft
from ita.reading.measures.headings import Headings, beginnings, headed_rows, headings_at, heads_scores
from ita.reading.measures.naming import Naming, indicator_of_items, item_codes, naming, nearly_named, uncontinued
from ita.reading.measures.statuses import is_mark_of_time, is_no_tick, is_tick, says_only_status, spans
from ita.reading.measures.words import TEXTS, WORK, is_short_time
from ita.reading.problems import Problem, Severity
from ita.reading.sheet import Sheet
from ita.rulebooks import latest

T = TypeVar("T")

ROWS = 20_000  # of a sheet that are looked at; the measures of a province's agencies are some 2,000

_LONGEST_TITLE_LINE = 150
_ABOUT_THE_SCORE = re.compile("คะแนน|ผลการประเมิน")  # such a line names the year assessed, not the year of the measures
_SIGNATURE = re.compile(
    r"^\(?ลงชื่อ\)?(?:[:._…]|$|ผู้)|^\(?[._…]{5,}\)?|^ผู้(?:จัดทำ|รายงาน|รับรอง|ตรวจสอบ|อนุมัติ|(?:ให้ความ)?เห็นชอบ|เสนอ)(?:ข้อมูล|รายงาน)?:?$"
)
_NOTE = re.compile("^\\**หมายเหตุ")
_SUM = re.compile(
    "(?:ผล)?รวม(?:ทั้งหมด|ทั้งสิ้น|เป็นเงิน|งบประมาณ)*(?:[0-9]+(?:มาตรการ|กิจกรรม|โครงการ|ตัวชี้วัด))?:?|(?:grand_?)?total:?"
)
_COUNTING = re.compile(r"\(?([0-9]{1,2})\)?")
_COUNT = re.compile(r"\(?([0-9]{1,3})[).]*(?:\s|$)")
_FEWEST_TEXTS = 3


def has_table(sheet: Sheet) -> bool:
    """Whether a sheet holds a table of measures."""
    looked_at = sheet.rows[:ROWS]
    rows = beginnings(looked_at, headed_rows(looked_at))
    cells = Cells(sheet) if rows else None
    return cells is not None and any(headings_at(cells, row) for row in rows)


class SheetReader:
    """Reads one sheet row by row; the attributes without underscore are what it found."""

    def __init__(
        self, sheet: Sheet, before: Headings | None = None, stand: Callable[[int, int], str] | None = None
    ) -> None:
        self.drafts: list[Draft] = []
        self.problems: list[Problem] = []
        self.tables = 0
        self.fiscal_years: list[int] = []
        self.agencies: list[str] = []
        self._sheet = replace(sheet, rows=sheet.rows[:ROWS]) if len(sheet.rows) > ROWS else sheet
        self._cells = Cells(self._sheet, stand)
        self._is_cut = any(not thai.is_blank(value) for row in sheet.rows[ROWS:] for value in row)
        self._headings: Headings | None = None
        """The headings of the table being read; None outside a table."""
        self._left = before
        """Those of the table before, which may go on in a next table or sheet, or below a signature."""
        self._table: str | None = None
        self._lines: list[str] = []
        self._new_lines: list[str] = []
        self._known_lines: set[str] = set()
        self._whole: int | None = naming(sheet.name).stated
        """The indicator that the sheet's own name says all its measures are for."""
        self._section = self._whole
        self._column_said: int | None = None
        self._after_gap = False
        self._under_headings = False
        self._below_note = False
        self._count: int | None = None
        """The number that the last measure began with."""
        self._headed: dict[str, tuple[int, int]] = {}
        """Where the first heading of each role stands."""
        self._told: set[tuple[str, str]] = set()
        self._last: dict[str | int, int] = {}
        """The last measure, by its place among the drafts, of each title and each indicator."""

    def read(self, headed: Sequence[int]) -> None:
        """Read the whole sheet, of which the rows `headed` have well-known headings (`headed_rows`)."""
        headings = {
            row: found for row in beginnings(self._sheet.rows, headed) if (found := headings_at(self._cells, row))
        }
        if not headings and self._left is None:
            return
        passed = 0
        for row in range(len(self._sheet.rows)):
            if row < passed:
                continue
            if found := headings.get(row):
                self._begin_table(row, found)
                passed = row + found.depth
            else:
                self._pass_row(row)
        self._settle_counted()
        self._settle_fractions()
        for draft in self.drafts:
            self._check(draft)
        self._tell_of_blank_columns()
        if self.tables and not self.drafts:
            self._tell("ITA-M10", "warning")
        if self._is_cut and (self.tables or self.drafts):
            self._tell("ITA-M16", "error", ROWS, 0, f"{ROWS:,}")

    def _pass_row(self, row: int) -> None:
        others = self._headings.others if self._headings else ()
        filled = [column for column in self._cells.filled(row) if column not in others]
        if not filled:
            self._after_gap = True
            return
        self._change_table(row)
        if self._headings is None and self._table is None:
            self._go_on(row)
        if self._headings is None:
            self._keep_lines(row, filled)
        elif heads_scores(self._sheet.rows[row]):
            self._leave_table()
            self._keep_lines(row, filled)
        else:
            self._read_row(row, filled)

    # Where a table begins and ends

    def _begin_table(self, row: int, headings: Headings) -> None:
        """Start a table, or go on with one whose headings are repeated on a new page."""
        self._headings, self._table = headings, self._cells.table(row)
        self.tables += 1
        for role in headings.roles:
            self._headed.setdefault(role, (row, headings.first(role)))
        self.fiscal_years += _nearest([self._sheet.name, *self._lines, *headings.over_months], _stated_year)
        self.agencies += _nearest(self._lines, names.agency_in)
        if self._new_lines:
            self._section = _headed_by(self._new_lines) or self._whole
        self._lines.clear()
        self._new_lines.clear()
        self._column_said = None
        self._after_gap, self._under_headings, self._below_note = False, True, False

    @property
    def headings(self) -> Headings | None:
        """Those of the last table, with which the next sheet may go on."""
        return self._headings or self._left

    def _leave_table(self) -> None:
        self._left, self._headings = self._headings or self._left, None

    def _change_table(self, row: int) -> None:
        """In a document, leave the table where it ends; one that follows without headings may go on with it."""
        table = self._cells.table(row)
        if table is None or table == self._table:
            return
        self._leave_table()
        self._table = table
        if table:
            self._go_on(row)

    def _go_on(self, row: int) -> None:
        """Go on with the table before where this row, though no headings stand over it, is plainly one of its rows."""
        if self._left is None:
            return
        texts = self._texts(row, self._left)
        said = naming(texts.get("title", ""))
        named = said.stated or naming(texts.get("indicator", "")).stated
        several = sum(thai.number(text) is None for text in texts.values()) >= _FEWEST_TEXTS
        counts_on = self._count is not None and self._count_of(row) == self._count + 1
        if said.continued or ((named or counts_on) and several):
            self._headings = self._left
            self._under_headings, self._after_gap = True, False
            column = self._cells.filled(row)[0]
            self._tell("ITA-M19", "info", row, column, self._cells.text(row, column))
        elif heads_scores(self._sheet.rows[row]):
            self._left = None
        elif several:
            self._left = self._left if self._table else None
            column = self._cells.filled(row)[0]
            if self.tables:
                self._tell("ITA-M11", "warning", row, column, self._cells.text(row, column))

    def _count_of(self, row: int) -> int | None:
        """The number that a row begins with."""
        match = _COUNT.match(thai.arabic_digits(self._cells.text(row, self._cells.filled(row)[0])))
        return int(match[1]) if match else None

    def _keep_lines(self, row: int, filled: Iterable[int]) -> None:
        """Keep what stands over the next table: its titles."""
        for column in filled:
            text = self._cells.text(row, column)
            for line in text.split("\n"):
                if line and len(line) <= _LONGEST_TITLE_LINE:
                    self._lines.append(line)
                    if thai.fold(line) not in self._known_lines:
                        self._new_lines.append(line)
                        self._known_lines.add(thai.fold(line))

    # A row under headings

    def _read_row(self, row: int, filled: list[int]) -> None:
        under_headings, self._under_headings = self._under_headings, False
        after_gap, self._after_gap = self._after_gap, False
        first = self._cells.text(row, filled[0])
        texts = self._texts(row)
        below_note, self._below_note = self._below_note and len(texts) < _FEWEST_TEXTS, False
        if _SIGNATURE.match(thai.fold(first)):
            self._leave_table()
            self._section = self._whole
        elif below_note or _NOTE.match(thai.fold(first)):
            self._below_note = True
            self._leave_out(row, filled)
        elif under_headings and self._counts_columns(row, filled):
            self._under_headings = True
        elif len(filled) == 1 and self._is_section(row, filled[0]):
            self._section = naming(first).stated or self._whole
            if self._section is None and names.role_of(first) not in names.INSTRUMENTS:
                self._leave_out(row, filled)
            else:
                self._keep_lines(row, filled)
        elif _SUM.fullmatch(thai.fold(first)) or (not texts and not self._begins_measure(row, texts)):
            self._leave_out(row, filled)
        elif self._is_outside(row, texts, alone=len(filled) == 1, after_gap=after_gap):
            if not self._is_title_line(first):
                self._tell("ITA-M11", "info", row, filled[0], first)
            self._keep_lines(row, filled)
        else:
            self._count = self._count_of(row) or self._count
            self._read_measure(row, texts, page_break=under_headings)
            self._tell_of_spare(row, filled)

    def _leave_out(self, row: int, filled: Sequence[int]) -> None:
        """Tell of a row that is no measure; one of nothing but numbers, or that was said before, needs no word."""
        texts = [text for column in filled if (text := self._cells.text(row, column)) and not _is_number(text)]
        if texts and thai.fold(texts[0]) not in self._known_lines:
            self._tell("ITA-M18", "info", row, filled[0], " ".join(texts))
        self._keep_lines(row, filled)

    def _texts(self, row: int, headings: Headings | None = None) -> dict[str, str]:
        """What a row's columns say, by role."""
        headings = headings or self._headings
        assert headings is not None
        found = {
            role: " ".join(text for part in parts if (text := self._cells.text(row, *part.columns)))
            for role, parts in headings.roles.items()
        }
        return {role: text for role, text in found.items() if text}

    def _counts_columns(self, row: int, filled: Sequence[int]) -> bool:
        """Whether a row only counts the columns: (1) (2) (3)."""
        counts = [_COUNTING.fullmatch(thai.fold(self._cells.text(row, column))) for column in filled]
        numbers = [int(count[1]) for count in counts if count]
        return len(numbers) == len(filled) >= _FEWEST_TEXTS and numbers == list(
            range(numbers[0], numbers[0] + len(numbers))
        )

    def _is_section(self, row: int, column: int) -> bool:
        """Whether this cell, alone in its row, heads the rows below.

        It does where it runs from the measures' names across other columns of the table, names an instrument, or is
        the bare name of an indicator and the next row, be it below headings, begins a measure that names none.
        """
        assert self._headings is not None
        right = self._cells.last_column(row, column)
        over = {
            role
            for role, parts in self._headings.roles.items()
            if any(column <= part.columns[0] <= right for part in parts)
        }
        text = self._cells.text(row, column)
        if (len(over) > 1 and over & {"title", "indicator"}) or names.role_of(text) in names.INSTRUMENTS:
            return True
        said = naming(text)
        if said.continued or said.stated is None or not (said.bare or (said.named is None and said.certain)):
            return False
        below = self._next_filled(row + 1)
        if below is not None and (headings := headings_at(self._cells, below)):
            below = self._next_filled(below + headings.depth)
        if below is None or self._cells.table(below) != self._table:
            return False
        texts = self._texts(below)
        following = naming(texts.get("title", ""))
        return "title" in texts and len(texts) > 1 and following.stated is None and not following.continued

    def _next_filled(self, start: int) -> int | None:
        return next((row for row in range(start, len(self._sheet.rows)) if self._cells.filled(row)), None)

    def _is_outside(self, row: int, texts: Mapping[str, str], alone: bool, after_gap: bool) -> bool:
        """Whether this row, though it stands below headings, is not the table's: a page title, a stray line."""
        if not self._begins_measure(row, texts):
            return after_gap
        text = texts.get("title") or texts.get("indicator", "")
        said = naming(text)
        if not alone or not text or said.named or said.number or said.continued:
            return False
        return after_gap or self._is_title_line(text)

    def _is_title_line(self, text: str) -> bool:
        return (
            thai.fold(text) in self._known_lines or _stated_year(text) is not None or names.agency_in(text) is not None
        )

    def _begins_measure(self, row: int, texts: Mapping[str, str]) -> bool:
        """Whether the row names a measure, be it in a cell that cannot be read, or an indicator of its own."""
        if "title" in texts or is_fault(self._cells.value(*self._origin(row, "title"))):
            return True
        return "indicator" in texts and self._origin(row, "indicator")[0] == row

    def _read_measure(self, row: int, texts: Mapping[str, str], page_break: bool) -> None:
        assert self._headings is not None
        origin = self._origin(row, "title")
        said = naming(texts.get("title", ""))
        merged = bool(self.drafts) and self.drafts[-1].origin == origin
        continued = merged or said.continued or not self._begins_measure(row, texts)
        draft = self._continued_draft(said, merged) if continued else None
        if draft is None:
            draft = self._new_draft(row, origin, said, texts, orphan=continued)
        elif not merged:
            self._tell("ITA-M02", "info", *origin, texts.get("title", ""), title=draft.title, start=draft.cell)
        for role in (*TEXTS, *WORK):
            for label, text, place in self._pieces(row, role, draft):
                draft.add(role, label, text, place, broken=said.continued or page_break)
        columns = {part.columns[0]: role for role, parts in self._headings.roles.items() for part in parts}
        for column in sorted(columns):
            self._tell_of_fault(row, column, columns[column])
            if columns[column] in texts:
                self._tell_of_hidden(row, column)

    def _pieces(self, row: int, role: str, draft: Draft) -> list[tuple[str, str, tuple[int, int]]]:
        """What a row says in the columns of a role: each column's label, text and place."""
        assert self._headings is not None
        parts = self._headings.roles.get(role, ())
        if role == "status" and self._headings.ticks:
            return self._ticked(row, draft)
        if role == "period" and (marked := self._marked_months(row, parts)):
            return [marked]
        pieces = []
        for part in parts:
            column = part.columns[0]
            if text := self._cells.text(row, *part.columns):
                whole = self._cells.last_column(row, column) >= parts[-1].columns[-1] and column == parts[0].columns[0]
                pieces.append(("" if whole else part.label, text, self._cells.origin(row, column)))
        return pieces

    def _ticked(self, row: int, draft: Draft) -> list[tuple[str, str, tuple[int, int]]]:
        """The status whose column holds a mark; two marks, or what is no mark, make it unclear."""
        assert self._headings is not None
        pieces = []
        for column, heading in self._headings.ticks.items():
            value = self._cells.value(row, column)
            if is_no_tick(value) or is_fault(value):
                continue
            text = self._cells.text(row, column)
            if is_tick(value) or says_only_status(text):
                text = heading if is_tick(value) else text
            else:
                text = f"{heading}: {text}"
                draft.unclear_status = True
            pieces.append((text, self._cells.origin(row, column)))
        stated = " / ".join(text for text, _ in pieces)
        return [("", stated, pieces[0][1])] if pieces else []

    def _marked_months(self, row: int, parts: Sequence[Part]) -> tuple[str, str, tuple[int, int]] | None:
        """The months that marks in a plan's columns stand under: "ต.ค. – ธ.ค."."""
        if len(parts) < FEWEST_MONTHS or not all(is_short_time(part.label) for part in parts):
            return None
        marked: list[int] = []
        for number, part in enumerate(parts):
            text, column = self._cells.text(row, *part.columns), part.columns[0]
            if text and not is_mark_of_time(text):
                return None
            if text:
                last = self._cells.last_column(row, column)
                marked += [later for later in range(number, len(parts)) if parts[later].columns[0] <= last]
        if not marked:
            return None
        ends = [self._cells.text(row, *parts[number].columns) for number in marked]
        if len(ends) == 2 and spans(*ends):
            marked = list(range(marked[0], marked[-1] + 1))
        months = [parts[number].label for number in marked]
        unbroken = marked == list(range(marked[0], marked[-1] + 1))
        text = " – ".join(dict.fromkeys((months[0], months[-1]))) if unbroken else ", ".join(months)
        return "", text, self._cells.origin(row, parts[marked[0]].columns[0])

    # Which measure, which indicator

    def _continued_draft(self, said: Naming, merged: bool) -> Draft | None:
        """The measure that a row goes on with: the last one, or the last of the indicator or title it names."""
        number, title = said.named or said.number, thai.fold(said.title)
        if merged or (number is None and not title):
            return self.drafts[-1] if self.drafts else None
        last = max(self._last.get(key, -1) for key in (title or None, number) if key is not None)
        return self.drafts[last] if last >= 0 else None

    def _new_draft(
        self, row: int, origin: tuple[int, int], said: Naming, texts: Mapping[str, str], orphan: bool
    ) -> Draft:
        if orphan:
            self._tell("ITA-M08", "warning", *origin, texts.get("title", ""))
        fiscal_year = self.fiscal_years[-1] if self.fiscal_years else None
        draft = Draft(
            self._section, "", self._sheet.name, self._cells.place(*origin), fiscal_year=fiscal_year, origin=origin
        )
        if self._begins_measure(row, texts):
            self._name(draft, row, said, texts)
        self._last[thai.fold(draft.title)] = len(self.drafts)
        if draft.indicator is not None:
            self._last[draft.indicator] = len(self.drafts)
        self.drafts.append(draft)
        return draft

    def _name(self, draft: Draft, row: int, said: Naming, texts: Mapping[str, str]) -> None:
        """Give a new measure its indicator and title, with a word about whatever is not plainly said.

        A column of indicators decides before the first cell; in either a name or an item's code decides before a
        number; a number that may only count the measures decides last, and a heading over the rows before it.
        """
        role = "indicator" if "indicator" in texts else "title"
        saying = naming(texts[role]) if role == "indicator" else said
        origin = self._origin(row, role)
        found = texts.get(role) or str(self._cells.value(*origin))
        as_typed = uncontinued(texts.get("title", "")) or saying.title
        draft.title = as_typed
        if role == "title" and saying.stated is None and self._section is not None:
            draft.indicator = self._section
            return
        codes = [] if saying.stated else item_codes(found)
        number = saying.number if saying.number in latest().instrument_of and not codes else None
        draft.indicator = saying.named or (indicator_of_items(codes, draft.fiscal_year) if codes else number)
        if _names_another(saying, role):
            draft.indicator = None
        if role == "indicator":
            self._column_said = draft.indicator
            if saying.named and not saying.bare and naming(saying.title).named is None:
                self._tell_once("ITA-M12", "info", f"{self.tables}:indicator", origin, saying.title)
        elif saying.stated not in (None, self._section):
            self._section = self._whole
        if draft.indicator is None:
            proposed = nearly_named(found) or (self._column_said if role == "title" else None)
            self._tell("ITA-M04", "warning", *origin, found, **({"proposed": proposed} if proposed else {}))
            return
        if codes:
            self._tell_once("ITA-M21", "info", self._cells.place(*origin), origin, found, number=draft.indicator)
            return
        if saying.named and saying.number is not None and saying.number != saying.named:
            name = latest().indicator(saying.named).name["th"]
            self._tell("ITA-M03", "warning", *origin, found, number=saying.number, name=name)
        elif saying.named is None and role == "title" and not saying.certain:
            draft.counted = number
        if role == "title" or said.named == draft.indicator:
            draft.title = said.title or as_typed

    def _settle_counted(self) -> None:
        """Tell of numbers taken for indicators'; take them back where they turn out to count the measures.

        They do where one is beyond the indicators, comes twice, or stands before the name of another indicator.
        """
        counted = [draft for draft in self.drafts if draft.counted is not None]
        counting = len({draft.counted for draft in counted}) < len(counted) or any(
            problem.code == "ITA-M03" or (problem.code == "ITA-M04" and naming(problem.found).number is not None)
            for problem in self.problems
        )
        for draft in counted:
            row, column = draft.origin
            found = self._cells.text(row, column)
            if counting:
                proposed = nearly_named(found)
                draft.indicator, draft.title = None, uncontinued(found)
                self._tell("ITA-M04", "warning", row, column, found, **({"proposed": proposed} if proposed else {}))
            else:
                self._tell("ITA-M07", "info", row, column, found, number=draft.counted)

    def _settle_fractions(self) -> None:
        """Where some shares are plain fractions, a plain 1 may be all as well as a hundredth: it is not understood."""
        stated = [(draft, draft.last("percent")) for draft in self.drafts]
        if any(is_fraction(text) for _, text in stated):
            for draft, text in stated:
                draft.unclear_percent = thai.number(text) == 1 and not says_share(text)

    # What is to be told

    def _check(self, draft: Draft) -> None:
        """Tell of a status and a period that were not understood, and of several periods taken together."""
        status, period = draft.text("status"), draft.text("period")
        if status and draft.status is None:
            self._tell("ITA-M05", "warning", *draft.place("status"), status)
        elif len(rounds := draft.pieces.get("status", {})) > 1:
            self._tell("ITA-M22", "info", *draft.place("status"), status, used=list(rounds)[-1])
        self._check_amounts(draft)
        if period and draft.period == thai.Period():
            self._tell("ITA-M06", "info", *draft.place("period"), period)
        elif len(draft.periods) > 1:
            days = [thai.date_text(day) if day else "…" for day in (draft.period.start, draft.period.end)]
            self._tell("ITA-M20", "info", *draft.place("period"), period, days=" – ".join(days))

    def _check_amounts(self, draft: Draft) -> None:
        """Tell of a share and a budget that were not understood, of several rounds, and of a share that was rounded."""
        percent, budget = draft.text("percent"), draft.text("budget")
        if percent and draft.percent is None:
            self._tell("ITA-M23", "warning", *draft.place("percent"), percent)
        elif percent and len(rounds := draft.pieces["percent"]) > 1:
            self._tell("ITA-M25", "info", *draft.place("percent"), percent, used=list(rounds)[-1])
        elif percent and draft.percent is not None and not draft.percent.is_integer():
            self._tell("ITA-M26", "info", *draft.place("percent"), percent, used=draft.row()["percent"])
        if budget and budget_of(budget) is None:
            self._tell("ITA-M24", "warning", *draft.place("budget"), budget)

    def _tell_of_blank_columns(self) -> None:
        """Tell of statuses and periods that have columns and are blank: colours and drawn arrows are not read."""
        for role in ("period", "status"):
            if self.drafts and role in self._headed and not any(draft.text(role) for draft in self.drafts):
                place = self._headed[role]
                self._tell("ITA-M17", "info", *self._cells.origin(*place), self._cells.text(*place))

    def _tell_of_fault(self, row: int, column: int, role: str) -> None:
        """Tell of a cell of a measure that holds an error of Excel's or a formula that was never calculated."""
        value = self._cells.value(row, column)
        if is_fault(value) and role != "indicator":
            origin = self._cells.origin(row, column)
            self._tell_once("ITA-M14", "warning", self._cells.place(*origin), origin, str(value))

    def _tell_of_spare(self, row: int, filled: Iterable[int]) -> None:
        """Tell, once for each, of the columns that hold text and are not read."""
        assert self._headings is not None
        read = {place for parts in self._headings.roles.values() for part in parts for place in part.columns}
        for column in filled:
            text = self._cells.text(row, column)
            if column in read or not text:
                continue
            spare = self._headings.spare.get(column)
            if spare and spare.used:
                self._tell_once("ITA-M13", "info", spare.heading, (row, column), spare.heading, used=spare.used)
            elif spare:
                self._tell_once("ITA-M12", "info", spare.heading, (row, column), spare.heading)
            elif column not in self._headings.headed and thai.number(text) is None:
                self._tell_once("ITA-M12", "info", f"{self.tables}:{column}", (row, column), text)

    def _tell_of_hidden(self, row: int, column: int) -> None:
        """Tell, once, that the file hides what was read here."""
        if row in self._sheet.hidden_rows or column in self._sheet.hidden_columns:
            self._tell_once("ITA-M15", "info", "", (row, column), self._cells.text(row, column))

    def _tell_once(
        self, code: str, severity: Severity, key: str, place: tuple[int, int], found: str, **details: Any
    ) -> None:
        if (code, key) not in self._told:
            self._told.add((code, key))
            self._tell(code, severity, *place, found, **details)

    def _tell(
        self,
        code: str,
        severity: Severity,
        row: int | None = None,
        column: int | None = None,
        found: str = "",
        **details: Any,
    ) -> None:
        cell = None if row is None or column is None else self._cells.place(row, column)
        self.problems.append(Problem(code, severity, self._sheet.name, cell, found, details))

    def _origin(self, row: int, role: str) -> tuple[int, int]:
        assert self._headings is not None
        return self._cells.origin(row, self._headings.first(role))


def _names_another(saying: Naming, role: str) -> bool:
    """Whether a cell names a second indicator below the first; in a title it must stand there with its number."""
    other = naming(saying.title)
    if saying.named is None or other.named in (None, saying.named):
        return False
    return role == "indicator" or (other.bare and other.number is not None)


def _is_number(text: str) -> bool:
    """Whether a text is but a number, such as a page's: "- 2 -"."""
    return thai.number(text.strip(f"{thai.DASHES} ")) is not None


def _nearest(lines: list[str], stated: Callable[[str], T | None]) -> list[T]:
    """What the lowest line that states something says: one thing, or none."""
    return next(([found] for line in reversed(lines) if (found := stated(line)) is not None), [])


def _stated_year(line: str) -> int | None:
    """The fiscal year that a title line names as the year of the measures."""
    return thai.fiscal_year(line) if "ปี" in line and not _ABOUT_THE_SCORE.search(line) else None


def _headed_by(lines: Sequence[str]) -> int | None:
    """The indicator that the line right over a table names, and nothing else; not the last one of a list of them."""
    over, above = _caption(lines[-1]), _caption(lines[-2]) if len(lines) > 1 else None
    return over if above is None else None


def _caption(line: str) -> int | None:
    """The indicator that a line is the bare name of."""
    said = naming(line)
    return said.stated if said.bare or (said.certain and said.named is None) else None
