"""Result files in every arrangement that is known or will be met, each with what it truly says.

A `Cell` carries its value and what it says: a `Score`, a `Printed` figure, an `Item`, or the `Name` of an indicator. So
the truth of a file is read off its own cells (`faults` compares a reading with it), and a hazard, such as Thai digits
or a misspelt name, is one function from an arrangement to another that keeps cells and truth together.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from io import BytesIO, StringIO
from typing import Any, Literal

import pandas as pd
from openpyxl import Workbook

from ita import thai
from ita.reading.results import ResultReading
from ita.reading.sheet import Fault, Sheet, Value, address
from ita.rulebooks import latest, rulebook

NAMES = tuple(indicator.name["th"] for indicator in latest().indicators)
ENGLISH = tuple(indicator.name["en"] for indicator in latest().indicators)
INSTRUMENTS = {"IIT": range(1, 6), "EIT": range(6, 9), "OIT": range(9, 11)}
WEIGHTS = {"IIT": 30, "EIT": 30, "OIT": 40}
FIRST_OF = {numbers[0]: code for code, numbers in INSTRUMENTS.items()}
LAST_OF = {numbers[-1]: code for code, numbers in INSTRUMENTS.items()}
LONG = {
    "IIT": "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน",
    "EIT": "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก",
    "OIT": "แบบตรวจการเปิดเผยข้อมูลสาธารณะ",
}
PARTS = {"9.1": 9, "9.2": 8, "9.3": 7, "9.4": 4, "9.5": 5, "10.1": 8, "10.2": 2}
"""The sub-indicators of FY2564 with how many items each has; o1 to o43 run on through them."""
PART_NAMES = rulebook(2564).parts
ITEM_NAMES = {item.code: item.name for item in rulebook(2564).items}
AGREED = 0.021
"""How far a figure that was turned back from weighted points may be from the one out of 100."""


# What a cell says


@dataclass(frozen=True, slots=True)
class Score:
    """A cell is the place of this score. `score` None: no score can be had from it, and it is to be named."""

    agency: str | None
    year: int | None
    indicator: int
    score: float | None
    certain: bool = True
    """Whether it must be read. If not, it may be left out, and then it is to be named."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell prints this instrument mean, total or level. `about`: it holds weighted points, so nearly."""

    agency: str | None
    year: int | None
    what: str
    value: float | str | None
    certain: bool = True
    about: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A cell is the place of this item's score."""

    agency: str | None
    year: int | None
    item: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Name:
    """A cell names this indicator; what is wrong with it may be said there instead of at the scores."""

    indicator: int


Says = Score | Printed | Item | Name
Kind = Literal["plain", "percent", "error", "formula"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as typed. percent: shown as a percentage; error: such as "#N/A"; formula: one without a saved value."""

    value: Value
    says: tuple[Says, ...] = ()
    kind: Kind = "plain"
    heading: bool = False

    @property
    def as_read(self) -> Value:
        """What the reader of workbooks gives for it."""
        if self.kind == "percent":
            return f"{float(str(self.value)) * 100:.2f}".rstrip("0").rstrip(".") + "%"
        if self.kind in ("error", "formula"):
            return Fault(str(self.value))
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return float(self.value)
        return self.value


Place = tuple[int, int]
Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class Page:
    """A sheet, or a part of one: its filled cells by row and column from 0, and what is merged and hidden."""

    cells: Mapping[Place, Cell]
    merged: tuple[Range, ...] = ()
    name: str = "Sheet1"
    visible: bool = True
    hidden_rows: frozenset[int] = frozenset()

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1

    def moved(self, row_of: Callable[[int], int], column_of: Callable[[int], int]) -> Page:
        """With each row and column where these say, in the same order."""
        return replace(
            self,
            cells={(row_of(row), column_of(column)): cell for (row, column), cell in self.cells.items()},
            merged=tuple((row_of(a), column_of(b), row_of(c), column_of(d)) for a, b, c, d in self.merged),
            hidden_rows=frozenset(map(row_of, self.hidden_rows)),
        )

    def at(self, row: int, column: int) -> Page:
        """Moved so that A1 stands here."""
        return self.moved(lambda old: old + row, lambda old: old + column)

    def named(self, name: str) -> Page:
        return replace(self, name=name)

    def changed(self, change: Callable[[Cell], Cell]) -> Page:
        return replace(self, cells={place: change(cell) for place, cell in self.cells.items()})

    def sheet(self) -> Sheet:
        """This page as the reader of workbooks gives it."""
        rows: list[list[Value]] = [[None] * self.width for _ in range(self.height)]
        for (row, column), cell in self.cells.items():
            rows[row][column] = cell.as_read
        return Sheet(self.name, rows, self.visible, self.merged, self.hidden_rows)


@dataclass(frozen=True)
class Arrangement:
    """A whole file and what it says.

    `warns`: whether it gives reason for warnings and errors. `tight`: a blank cell says the same as the one above it,
    so that a blank row would mean something.
    """

    pages: tuple[Page, ...]
    warns: bool = False
    tight: bool = False

    def sheets(self) -> list[Sheet]:
        return [page.sheet() for page in self.pages]

    def workbook(self) -> bytes:
        """The file as .xlsx."""
        workbook = Workbook()
        workbook.remove(workbook.active)
        for page in self.pages:
            _write(workbook.create_sheet(page.name), page)
        content = BytesIO()
        workbook.save(content)
        return content.getvalue()

    def changed(self, change: Callable[[Cell], Cell], *, warns: bool | None = None) -> Arrangement:
        """With every cell changed by this."""
        pages = tuple(page.changed(change) for page in self.pages)
        return replace(self, pages=pages, warns=self.warns if warns is None else warns)

    def with_cell(self, at: tuple[int, Place], cell: Cell, *, warns: bool | None = None) -> Arrangement:
        """With another cell at this page's place."""
        number, place = at
        page = replace(self.pages[number], cells={**self.pages[number].cells, place: cell})
        pages = (*self.pages[:number], page, *self.pages[number + 1 :])
        return replace(self, pages=pages, warns=self.warns if warns is None else warns)

    def places(self, kind: type[Says]) -> list[tuple[int, Place]]:
        """Where the visible cells are that say this kind of thing, in reading order."""
        return [
            (number, place)
            for number, page in enumerate(self.pages)
            if page.visible
            for place, cell in sorted(page.cells.items())
            if any(isinstance(says, kind) for says in cell.says)
        ]

    def cell(self, at: tuple[int, Place]) -> Cell:
        return self.pages[at[0]].cells[at[1]]

    @cached_property
    def said(self) -> tuple[tuple[str, str, Says], ...]:
        """Sheet, cell and each thing that the visible cells say."""
        return tuple(
            (page.name, address(*place), says)
            for page in self.pages
            if page.visible
            for place, cell in sorted(page.cells.items())
            for says in cell.says
        )


def _write(sheet: Any, page: Page) -> None:
    for (row, column), cell in sorted(page.cells.items()):
        if cell.value is None:
            continue
        written = sheet.cell(row + 1, column + 1, cell.value)
        if isinstance(cell.value, str):
            written.data_type = {"error": "e", "formula": "f"}.get(cell.kind, "s")
        if cell.kind == "percent":
            written.number_format = "0.00%"
    for top, left, bottom, right in page.merged:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for row in page.hidden_rows:
        sheet.row_dimensions[row + 1].hidden = True
    if not page.visible:
        sheet.sheet_state = "hidden"


def plain(rows: Sequence[Sequence[Value]], *, name: str = "Sheet1", merged: tuple[Range, ...] = ()) -> Page:
    """A page of cells that say nothing to a reader of results."""
    return Page(
        {(r, c): Cell(value) for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None},
        merged,
        name,
    )


def drawn(
    rows: Sequence[Sequence[Value | Says | Cell]], *, name: str = "Sheet1", merged: tuple[Range, ...] = ()
) -> Page:
    """A page cell by cell: a Score, Printed or Item stands for the cell that holds it."""
    cells: dict[Place, Cell] = {}
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, Cell):
                cells[row, column] = value
            elif isinstance(value, Score | Item):
                cells[row, column] = Cell(value.score, (value,))
            elif isinstance(value, Printed):
                cells[row, column] = Cell(value.value, (value,))
            elif isinstance(value, Name):
                cells[row, column] = Cell(numbered_name(value.indicator), (value,))
            elif value is not None:
                cells[row, column] = Cell(value)
    return Page(cells, merged, name)


def csv_bytes(page: Page, encoding: str = "utf-8-sig") -> bytes:
    """The page saved as CSV."""
    text = StringIO()
    writer = csv.writer(text)
    for row in page.sheet().rows:
        writer.writerow(["" if value is None else f"{value:g}" if isinstance(value, float) else value for value in row])
    return text.getvalue().encode(encoding)


# The results


def half_up(number: Decimal | float | str) -> float:
    """Two decimals, half up."""
    return float(Decimal(str(number)).quantize(Decimal("0.01"), ROUND_HALF_UP))


@dataclass(frozen=True)
class Result:
    """One agency's year; agency or year None where the file leaves it open. Missing scores are None."""

    agency: str | None
    year: int | None
    scores: tuple[float | None, ...]

    def score(self, indicator: int) -> float | None:
        return self.scores[indicator - 1]

    def says(self, indicator: int) -> Score:
        return Score(self.agency, self.year, indicator, self.score(indicator))

    def printed(self, what: str, *, certain: bool = True, about: bool = False) -> Printed:
        return Printed(self.agency, self.year, what, self.figures.get(what), certain, about)

    @cached_property
    def exact(self) -> dict[str, Decimal]:
        """The instruments' means and the total before rounding, as far as all their scores are known."""
        means = {}
        for code, numbers in INSTRUMENTS.items():
            scores = [self.score(number) for number in numbers]
            if None not in scores:
                means[code.lower()] = sum(Decimal(str(score)) for score in scores) / len(scores)
        if len(means) == 3:
            means["total"] = sum((means[code.lower()] * weight for code, weight in WEIGHTS.items()), Decimal(0)) / 100
        return means

    @cached_property
    def figures(self) -> dict[str, Any]:
        """iit, eit, oit, total and level as they would be printed."""
        rounded: dict[str, Any] = {what: half_up(value) for what, value in self.exact.items()}
        if "total" in rounded:
            rules = rulebook(self.year or 2564)
            by_code = {code: rounded[code.lower()] for code in INSTRUMENTS}
            rounded["level"] = rules.level(rounded["total"], by_code).name["th"]
        return rounded

    def points(self, code: str) -> float | None:
        """What an instrument brings to the total, as it would be printed."""
        mean = self.exact.get(code.lower())
        return None if mean is None else half_up(mean * WEIGHTS[code] / 100)


SEED = Result("เทศบาลตำบลบัววัฒนา", 2564, (92.13, 84.55, 86.13, 83.60, 84.96, 98.34, 96.58, 97.66, 91.00, 37.50))
OTHER = Result("องค์การบริหารส่วนตำบลปีกกา", 2564, (88.02, 79.9, 81.25, 70.04, 5.0, 90.1, 85.0, 84.99, 100.0, 93.75))
THIRD = Result("เทศบาลเมืองรวมไทยพัฒนา", 2564, (75.5, 66.25, 81.0, 62.47, 70.33, 77.1, 80.8, 71.9, 64.29, 50.0))


def of(result: Result, **changes: Any) -> Result:
    return replace(result, **changes)


def year_before(result: Result, years: int = 1) -> Result:
    """The same agency with other scores, some years before."""
    assert result.year is not None
    scores = tuple(None if score is None else half_up(max(0.0, score * 0.9 - years)) for score in result.scores)
    return replace(result, year=result.year - years, scores=scores)


# Drawing a page


@dataclass
class Drawing:
    """A page while it is being drawn."""

    cells: dict[Place, Cell] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    row: int = 0

    def put(self, row: int, column: int, value: Value, *says: Says, heading: bool = False) -> None:
        if value is not None or says:
            self.cells[row, column] = Cell(value, says, heading=heading)

    def line(self, *values: Value) -> None:
        """A line of text in the next row."""
        for column, value in enumerate(values):
            self.put(self.row, column, value)
        self.row += 1

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))

    def page(self, name: str = "Sheet1") -> Page:
        return Page(dict(self.cells), tuple(self.merged), name)


Stated = Literal["title", "titles", "labels", "colon", "agency only", "year only", "nothing"]
STATED: tuple[Stated, ...] = ("title", "titles", "labels", "colon")


def _state(drawing: Drawing, result: Result, how: Stated) -> None:
    """Lines over a table that say whose result it is and of which year, as far as the result says so."""
    agency = None if how in ("year only", "nothing") else result.agency
    year = None if how in ("agency only", "nothing") else result.year
    if how == "labels":
        if agency:
            drawing.line("หน่วยงาน", agency)
        if year:
            drawing.line("ปีงบประมาณ", year)
    elif how == "colon":
        if agency:
            drawing.line(f"หน่วยงาน : {agency}")
        if year:
            drawing.line(f"ปีงบประมาณ : {year}")
    elif how == "titles":
        drawing.line("ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA)")
        if year:
            drawing.line(f"ประจำปีงบประมาณ พ.ศ. {year}")
        if agency:
            drawing.line(agency)
    elif how != "nothing":
        words = ["ผลการประเมิน ITA", f"ของ {agency}" if agency else "", f"ประจำปีงบประมาณ พ.ศ. {year}" if year else ""]
        drawing.line(" ".join(filter(None, words)))
    drawing.row += 1


YEAR_FORMS = (
    "ปี {}", "{}", "{thai}", "ปีงบประมาณ พ.ศ. {}", "ปีงบประมาณ {}", "ปี {thai}", "พ.ศ. {}", "คะแนน ปี {}", "ผลคะแนนปี {}",
    "คะแนน ITA ปี {}", "ปี พ.ศ. {thai}", "FY{}", "ปี {short}", "คะแนน\nปี {}", "number",
)  # fmt: skip


def year_text(year: int | None, form: str = "ปี {}") -> Value:
    """A year as a heading gives it; "number": as a number."""
    if year is None:
        return "คะแนน"
    if form == "number":
        return year
    return form.format(year, thai=thai.thai_digits(str(year)), short=f"{year % 100}")


NUMBERINGS = ("{}. ", "{}) ", "{}.", "({}) ", "ตัวชี้วัดที่ {} ", "ตัวชี้วัดที่ {}: ", "{} ", "thai", "")


def numbered_name(indicator: int, numbering: str = "{}. ", names: Sequence[str] = NAMES) -> str:
    if numbering == "thai":
        return f"{thai.thai_digits(str(indicator))}. {names[indicator - 1]}"
    return numbering.format(indicator) + names[indicator - 1]


# Indicators down the rows


@dataclass(frozen=True)
class Column:
    """A column of scores: its headings from top to bottom, and whose scores it holds."""

    heading: tuple[Value, ...]
    result: Result


@dataclass(frozen=True)
class Beside:
    """A column beside the scores that holds none: its heading and the value of each indicator."""

    heading: Value
    value: Callable[[int], Value]


def _difference(newer: Result, older: Result) -> Callable[[int], Value]:
    def value(indicator: int) -> Value:
        first, second = newer.score(indicator), older.score(indicator)
        return None if first is None or second is None else half_up(first - second)

    return value


def _passed(result: Result) -> Callable[[int], Value]:
    mark = latest().pass_mark
    return lambda indicator: (
        None if (score := result.score(indicator)) is None else ("ผ่าน" if score >= mark else "ไม่ผ่าน")
    )


def besides(result: Result) -> dict[str, Beside]:
    """Columns that stand beside scores in real tables and are none."""
    mark = latest().pass_mark
    found = [
        Beside("เกณฑ์", lambda _: mark),
        Beside("เกณฑ์ผ่าน (ร้อยละ)", lambda _: mark),
        Beside("คะแนนเต็ม", lambda _: 100),
        Beside("ค่าน้ำหนัก", lambda indicator: WEIGHTS[instrument_of(indicator)]),
        Beside("เป้าหมาย", lambda _: 90),
        Beside("คะแนนเป้าหมาย", lambda _: 90),
        Beside("ผ่าน/ไม่ผ่าน", _passed(result)),
        Beside("ผลการประเมิน", _passed(result)),
        Beside("ค่าเฉลี่ยประเทศ", lambda indicator: 80 + indicator / 2),
        Beside("ค่าเฉลี่ยระดับประเทศ", lambda indicator: 80 + indicator / 2),
        Beside("ค่าเฉลี่ยจังหวัด", lambda indicator: 81.5 + indicator / 4),
        Beside("คะแนนเฉลี่ยของ อปท. ในจังหวัด", lambda indicator: 81.5 + indicator / 4),
        Beside("อันดับ", lambda indicator: 11 - indicator),
        Beside("ลำดับ", lambda indicator: 11 - indicator),
        Beside("จำนวนข้อคำถาม", lambda _: 6),
        Beside("หมายเหตุ", lambda indicator: "ควรพัฒนา" if indicator % 3 == 0 else None),
        Beside(
            "คะแนนถ่วงน้ำหนัก", lambda indicator: None if (s := result.score(indicator)) is None else half_up(s * 0.06)
        ),
        Beside("ระดับ", lambda indicator: "A"),
        Beside("เป้าหมาย ปี 2565", lambda indicator: 95.0),
        Beside("ค่าเฉลี่ยประเทศ ปี 2563", lambda indicator: 75 + indicator / 2),
        Beside("ห่างจากเกณฑ์", lambda indicator: None if (s := result.score(indicator)) is None else half_up(s - mark)),
    ]
    return {str(beside.heading): beside for beside in found}


def instrument_of(indicator: int) -> str:
    return next(code for code, numbers in INSTRUMENTS.items() if indicator in numbers)


def down(
    *columns: Column | Beside,
    stated: Stated = "title",
    of_result: Result | None = None,
    per_block: bool = False,
    sentences: bool = False,
    instrument: Literal["merged", "once", "each row", "none"] = "merged",
    numbering: str = "{}. ",
    number_column: str | None = None,
    names: Sequence[str] = NAMES,
    headings: tuple[str, str] = ("เครื่องมือ", "ตัวชี้วัด"),
    order: Sequence[int] = range(1, 11),
    code_column: Callable[[int], Value] | None = None,
    means: str | None = None,
    total: str | None = None,
    level: str | None = None,
    prose: bool = False,
    before_names: bool = False,
) -> Page:
    """Indicators down the rows: one column of scores (layout 1, 4), a column a year (5) or an agency (6).

    `per_block`: one table for each instrument, each with a heading, with `sentences` over it. `means`: the label of a
    row with the instrument's mean after each ("{}" is the code); `total`, `level`: labels of rows at the end. `prose`:
    a sentence with both. `before_names`: the columns stand before the indicators' names.
    """
    scored = [column for column in columns if isinstance(column, Column)]
    whose = of_result or scored[0].result
    drawing = Drawing()
    _state(drawing, whose, stated)
    if prose:
        _prose(drawing, whose)
    depth = max((len(column.heading) for column in scored), default=1)
    left = 0 if instrument == "none" else 1
    number_at = left if number_column else None
    code_at = left + bool(number_column) if code_column else None
    name_at = left + bool(number_column) + bool(code_column)
    first = name_at + 1
    if before_names:
        first, name_at, left = 0, len(columns), 0

    def head() -> None:
        top = drawing.row
        if instrument != "none" and not before_names:
            drawing.put(top, 0, headings[0], heading=True)
            drawing.merge(top, 0, top + depth - 1, 0)
        if number_at is not None:
            drawing.put(top, number_at, number_column, heading=True)
        if code_at is not None:
            drawing.put(top, code_at, "รหัส", heading=True)
        drawing.put(top, name_at, headings[1], heading=True)
        drawing.merge(top, name_at, top + depth - 1, name_at)
        for place, column in enumerate(columns, first):
            if isinstance(column, Beside):
                drawing.put(top, place, column.heading, heading=True)
                drawing.merge(top, place, top + depth - 1, place)
                continue
            for step, words in enumerate(column.heading):
                drawing.put(top + step, place, words, heading=True)
        _merge_equal_headings(drawing, top, first, columns, depth)
        drawing.row += depth

    def figure_row(label: str, what: str) -> None:
        drawing.put(drawing.row, name_at, label)
        for place, column in enumerate(columns, first):
            if isinstance(column, Column) and what in column.result.figures:
                drawing.put(drawing.row, place, column.result.figures[what], column.result.printed(what))
        drawing.row += 1

    if not per_block:
        head()
    block_start = drawing.row
    for position, indicator in enumerate(order):
        code = instrument_of(indicator)
        if per_block and (indicator in FIRST_OF or position == 0):
            if sentences:
                number = list(INSTRUMENTS).index(code) + 1
                drawing.line(f"{number}. {LONG[code]} ({code}) จำนวน {len(INSTRUMENTS[code])} ตัวชี้วัด สรุปผลคะแนนได้ ดังนี้")
                drawing.row += 1
            head()
        row = drawing.row
        opens = position == 0 or instrument_of(order[position - 1]) != code
        if opens:
            block_start = row
        if not before_names and (instrument == "each row" or (instrument in ("merged", "once") and opens)):
            drawing.put(row, 0, code)
        if number_at is not None:
            drawing.put(row, number_at, position + 1)
        if code_at is not None and code_column is not None:
            drawing.put(row, code_at, code_column(indicator))
        drawing.put(row, name_at, numbered_name(indicator, numbering, names), Name(indicator))
        for place, column in enumerate(columns, first):
            if isinstance(column, Column):
                drawing.put(row, place, column.result.score(indicator), column.result.says(indicator))
            else:
                drawing.put(row, place, column.value(indicator))
        drawing.row += 1
        closes = position == len(order) - 1 or instrument_of(order[position + 1]) != code
        if closes and means:
            figure_row(means.format(code), code.lower())
        if closes and instrument == "merged" and not before_names:
            drawing.merge(block_start, 0, drawing.row - 1, 0)
        if closes and per_block:
            drawing.row += 1
            if sentences and code.lower() in whose.figures:
                mean = whose.figures[code.lower()]
                text = f"โดยผลคะแนนการประเมินจาก{LONG[code]} ({code}) ได้คะแนนรวมเฉลี่ย {mean:.2f} คะแนน ถือว่าผ่านเกณฑ์เป้าหมาย"
                drawing.put(drawing.row, 0, text, whose.printed(code.lower()))
                drawing.row += 2
    if total:
        figure_row(total, "total")
    if level:
        figure_row(level, "level")
    return drawing.page()


def _merge_equal_headings(
    drawing: Drawing, top: int, first: int, columns: Sequence[Column | Beside], depth: int
) -> None:
    """Upper headings that are the same over several columns stand once, merged over them."""
    for step in range(depth - 1):
        start = 0
        while start < len(columns):
            end = start
            words = [column.heading[step] if isinstance(column, Column) else None for column in columns]
            while end + 1 < len(columns) and words[start] is not None and words[end + 1] == words[start]:
                end += 1
                del drawing.cells[top + step, first + end]
            if words[start] is not None:
                drawing.merge(top + step, first + start, top + step, first + end)
            start = end + 1


def _prose(drawing: Drawing, result: Result) -> None:
    """The sentence of an introduction, with total and level."""
    figures = result.figures
    if "total" not in figures:
        return
    year = f"ประจำปีงบประมาณ พ.ศ. {result.year} " if result.year else ""
    text = (
        f"ตามที่{result.agency or 'หน่วยงาน'} ได้เข้าร่วมโครงการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ {year}"
        f"ได้รับคะแนน {figures['total']:.2f} คะแนน ระดับผลการประเมินอยู่ในระดับ {figures['level']} รายละเอียดดังนี้"
    )
    drawing.put(drawing.row, 0, text, result.printed("total"), result.printed("level"))
    drawing.row += 2


def block(result: Result, *, heading: Value = None, **options: Any) -> Page:
    """Layout 1 with one column of scores, headed by its year or by `heading`."""
    words = year_text(result.year) if heading is None else heading
    return down(Column((words,), result), **options)


def sorted_block(result: Result, *, next_line: bool = True) -> Page:
    """Layout 4: by score, names without numbers, the total in a sentence, the level alone on the next line."""
    drawing = Drawing()
    figures = result.figures
    text = f"คะแนนภาพรวมหน่วยงาน {result.agency} ประจำปีงบประมาณ พ.ศ. {result.year} : {figures['total']:.2f} คะแนน"
    if next_line:
        drawing.put(0, 0, text, result.printed("total"))
        drawing.put(1, 0, f"ระดับ {figures['level']}", result.printed("level"))
    else:
        text += f"\nระดับผลการประเมิน : {figures['level']}"
        drawing.put(0, 0, text, result.printed("total"), result.printed("level"))
    order = sorted(range(1, 11), key=lambda number: -(result.score(number) or 0))
    table = block(
        result, heading="คะแนน", stated="nothing", instrument="none", numbering="", order=order, number_column="ลำดับ"
    )
    return stacked(drawing.page(), table, gap=1)


def years_across(
    *results: Result,
    form: str = "ปี {}",
    difference: str | None = "ผลต่าง",
    over: Value = None,
    **options: Any,
) -> Page:
    """Layout 5: a column a year, and after the last two their difference; `over`: a heading over the years."""
    columns: list[Column | Beside] = [
        Column((year_text(result.year, form),) if over is None else (over, year_text(result.year, form)), result)
        for result in results
    ]
    if difference:
        columns.append(Beside(difference, _difference(results[-1], results[-2])))
    options.setdefault("stated", "agency only")
    return down(*columns, **options)


def agency_columns(
    results: Sequence[Result], *, years: Literal["above", "below", "none"] = "none", form: str = "ปี {}", **options: Any
) -> Page:
    """Layout 6: a column an agency (and year), the years over or under the agencies' names."""

    def heading(result: Result) -> tuple[Value, ...]:
        words = (result.agency, year_text(result.year, form))
        return {"above": words[::-1], "below": words, "none": words[:1]}[years]

    options.setdefault("stated", "year only" if years == "none" else "nothing")
    return down(*(Column(heading(result), result) for result in results), **options)


# Indicators across the columns


@dataclass(frozen=True)
class Across:
    """What a list of agencies looks like. `lead`: the columns on the left; `trail`: those on the right, by heading."""

    lead: tuple[str, ...] = ("ลำดับ", "หน่วยงาน")
    header: Literal["numbers", "text numbers", "names", "both", "indicator n", "code"] = "both"
    upper: Literal["none", "instruments", "long instruments", "one heading"] = "none"
    merge_upper: bool = True
    order: tuple[int, ...] = tuple(range(1, 11))
    figures: Literal["after each", "after all", "none"] = "after each"
    points: bool = False
    words: tuple[str, str, str] = ("IIT", "EIT", "OIT")
    total: str | None = "คะแนนรวม"
    level: str | None = "ระดับ"
    trail: tuple[str, ...] = ()
    stated: Stated = "year only"
    blank_means_same: bool = False
    merge_same: bool = False
    column_numbers: bool = False
    summary: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    names: tuple[str, ...] = NAMES


PROVINCE = "เพชรบูรณ์"
KINDS = ("เทศบาลตำบล", "เทศบาลเมือง", "เทศบาลนคร", "องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนจังหวัด", "อบต.")


def across(results: Sequence[Result], look: Across = Across()) -> Page:
    """Layouts 2, 3 and 10: an agency (and year) a row."""
    drawing = Drawing()
    _state(drawing, results[0], look.stated)
    columns = [*look.lead, *_middle(look), *look.trail]
    depth = 1 if look.upper == "none" else 2
    top = drawing.row
    _head_across(drawing, columns, look, depth)
    if look.column_numbers:
        for column in range(len(columns)):
            drawing.put(drawing.row, column, f"({column + 1})")
        drawing.row += 1
    start = drawing.row
    by_total = sorted(results, key=lambda result: -(result.figures.get("total") or 0))
    for position, result in enumerate(results):
        same = position > 0 and results[position - 1].agency == result.agency
        for column, what in enumerate(columns):
            value, says = _across_cell(result, what, look, results.index(result) + 1, by_total.index(result) + 1)
            if what in AGENCY_HEADINGS and same and (look.blank_means_same or look.merge_same):
                continue
            drawing.put(drawing.row, column, value, *says)
        drawing.row += 1
    if look.merge_same:
        _merge_same(drawing, results, start, columns)
    for words in look.summary:
        drawing.put(drawing.row, columns.index(next(w for w in columns if w in AGENCY_HEADINGS)), words)
        for column, what in enumerate(columns):
            if isinstance(what, int) or what in ("iit", "eit", "oit", "total"):
                drawing.put(drawing.row, column, 77.77)
        drawing.row += 1
    drawing.row += 1
    for words in look.notes:
        drawing.line(words)
    assert top < start
    return drawing.page()


NAME_HEADINGS = ("ตัวชี้วัด", "รายการ", "หัวข้อ", "ประเด็น", "Indicator", "ชื่อตัวชี้วัด", "indicator_name", "indicatorName")
AGENCY_HEADINGS = (
    "หน่วยงาน", "ชื่อหน่วยงาน", "อปท.", "ชื่อ อปท.", "องค์กรปกครองส่วนท้องถิ่น", "เทศบาล", "Agency", "รายชื่อหน่วยงาน",
    "หน่วยงาน/จังหวัด", "org_name", "agencyName",
)  # fmt: skip
YEAR_HEADINGS = ("ปี", "ปีงบประมาณ", "พ.ศ.", "Fiscal year", "ปีงบประมาณ พ.ศ.", "budget_year", "fiscalYear")


def _middle(look: Across) -> list[int | str]:
    """Indicators, instruments, total and level in the order of the columns."""
    middle: list[int | str] = []
    for position, indicator in enumerate(look.order):
        middle.append(indicator)
        last = position == len(look.order) - 1 or instrument_of(look.order[position + 1]) != instrument_of(indicator)
        if last and look.figures == "after each":
            middle.append(instrument_of(indicator).lower())
    if look.figures == "after all":
        middle += ["iit", "eit", "oit"]
    return [*middle, *(["total"] if look.total else []), *(["level"] if look.level else [])]


def _head_across(drawing: Drawing, columns: Sequence[int | str], look: Across, depth: int) -> None:
    top, bottom = drawing.row, drawing.row + depth - 1
    for column, what in enumerate(columns):
        if isinstance(what, int):
            drawing.put(bottom, column, _across_heading(what, look), Name(what), heading=True)
        elif what in ("iit", "eit", "oit"):
            drawing.put(bottom, column, look.words[("iit", "eit", "oit").index(what)], heading=True)
        else:
            words = {"total": look.total, "level": look.level}.get(what, what)
            drawing.put(top, column, words, heading=True)
            if look.merge_upper:
                drawing.merge(top, column, bottom, column)
    if depth == 2:
        codes = [
            instrument_of(what) if isinstance(what, int) else what.upper() if what in ("iit", "eit", "oit") else None
            for what in columns
        ]
        start = 0
        while start < len(columns):
            end = start
            while end + 1 < len(columns) and codes[end + 1] == codes[start] and codes[start]:
                end += 1
            if look.upper == "one heading" and codes[start]:
                while end + 1 < len(columns) and codes[end + 1]:
                    end += 1
            if code := codes[start]:
                words = {
                    "instruments": code,
                    "long instruments": f"{LONG[code]} ({code})",
                    "one heading": "คะแนนรายตัวชี้วัด",
                }[look.upper]
                drawing.put(top, start, words, heading=True)
                if look.merge_upper:
                    drawing.merge(top, start, top, end)
            start = end + 1
    drawing.row += depth


def _across_heading(indicator: int, look: Across) -> Value:
    name = look.names[indicator - 1]
    return {
        "numbers": indicator,
        "text numbers": str(indicator),
        "names": name,
        "both": f"{indicator}. {name}",
        "indicator n": f"ตัวชี้วัดที่ {indicator}",
        "code": f"ตัวชี้วัด {indicator}\n{name}",
    }[look.header]


def _across_cell(
    result: Result, what: int | str, look: Across, order: int, rank: int
) -> tuple[Value, tuple[Says, ...]]:
    """The value of one cell of an agency's row, and what it says."""
    if isinstance(what, int):
        return result.score(what), (result.says(what),)
    if what in ("iit", "eit", "oit", "total", "level"):
        if what not in result.figures:
            return None, ()
        if look.points and what in ("iit", "eit", "oit"):
            return result.points(what.upper()), (result.printed(what, about=True),)
        return result.figures[what], (result.printed(what),)
    if what in AGENCY_HEADINGS:
        return result.agency, ()
    if what in YEAR_HEADINGS:
        return result.year, ()
    if what in ("ปี x",):
        return year_text(result.year), ()
    fixed: dict[str, Value] = {
        "ลำดับ": order,
        "ที่": order,
        "No.": order,
        "อันดับ": rank,
        "ลำดับที่": rank,
        "จังหวัด": PROVINCE,
        "อำเภอ": "หล่มสัก",
        "ประเภท": next((kind for kind in KINDS if (result.agency or "").startswith(kind)), "อื่น ๆ"),
        "รหัส": f"{order:04d}",
        "รหัส อปท.": 5670100 + order,
        "จำนวนผู้ตอบ IIT": 40 + order,
        "ผ่าน/ไม่ผ่าน": "ผ่าน" if (result.figures.get("total") or 0) >= latest().pass_mark else "ไม่ผ่าน",
        "ผลต่างจากปีก่อน": half_up(1.5 * order - 2),
        "หมายเหตุ": None,
        "เกณฑ์": latest().pass_mark,
        "คะแนนเต็ม": 100,
        "ค่าเฉลี่ยประเทศ": 81.25,
    }
    return fixed[what], ()


def _merge_same(drawing: Drawing, results: Sequence[Result], start: int, columns: Sequence[int | str]) -> None:
    """The agency's name stands once, merged down over its rows."""
    column = next(place for place, what in enumerate(columns) if what in AGENCY_HEADINGS)
    first = 0
    for position in range(1, len(results) + 1):
        if position == len(results) or results[position].agency != results[first].agency:
            drawing.merge(start + first, column, start + position - 1, column)
            first = position


def years_over_columns(results: Sequence[Result], *, total: bool = True) -> Page:
    """A row an agency, a group of columns for each year, the year merged over them. All agencies have all years."""
    years = sorted({result.year for result in results if result.year})
    agencies = list(dict.fromkeys(result.agency for result in results))
    by_key = {(result.agency, result.year): result for result in results}
    drawing = Drawing()
    drawing.put(0, 0, "หน่วยงาน", heading=True)
    drawing.merge(0, 0, 1, 0)
    width = 11 if total else 10
    for group, year in enumerate(years):
        left = 1 + group * width
        drawing.put(0, left, f"ปี {year}", heading=True)
        drawing.merge(0, left, 0, left + width - 1)
        for indicator in range(1, 11):
            drawing.put(1, left + indicator - 1, numbered_name(indicator), Name(indicator), heading=True)
        if total:
            drawing.put(1, left + 10, "คะแนนรวม", heading=True)
    for row, agency in enumerate(agencies, 2):
        drawing.put(row, 0, agency)
        for group, year in enumerate(years):
            result = by_key[agency, year]
            left = 1 + group * width
            for indicator in range(1, 11):
                drawing.put(row, left + indicator - 1, result.score(indicator), result.says(indicator))
            if total:
                drawing.put(row, left + 10, result.figures["total"], result.printed("total"))
    return drawing.page()


def pairs_over_columns(results: Sequence[Result]) -> Page:
    """A row an agency, under each indicator a column for each year. All agencies have all years."""
    years = sorted({result.year for result in results if result.year})
    agencies = list(dict.fromkeys(result.agency for result in results))
    by_key = {(result.agency, result.year): result for result in results}
    drawing = Drawing()
    drawing.put(0, 0, "หน่วยงาน", heading=True)
    drawing.merge(0, 0, 1, 0)
    for indicator in range(1, 11):
        left = 1 + (indicator - 1) * len(years)
        drawing.put(0, left, numbered_name(indicator), Name(indicator), heading=True)
        drawing.merge(0, left, 0, left + len(years) - 1)
        for step, year in enumerate(years):
            drawing.put(1, left + step, f"ปี {year}", heading=True)
    for row, agency in enumerate(agencies, 2):
        drawing.put(row, 0, agency)
        for indicator in range(1, 11):
            for step, year in enumerate(years):
                result = by_key[agency, year]
                place = 1 + (indicator - 1) * len(years) + step
                drawing.put(row, place, result.score(indicator), result.says(indicator))
    return drawing.page()


# A score a row


def long_list(
    results: Sequence[Result],
    *,
    columns: Sequence[str] = ("หน่วยงาน", "ปีงบประมาณ", "ตัวชี้วัด", "คะแนน"),
    same: Literal["repeat", "blank", "merged"] = "repeat",
    numbering: str = "{}. ",
    by_indicator: bool = False,
    figures: bool = False,
    stated: Stated = "nothing",
    names: Sequence[str] = NAMES,
) -> Page:
    """A tidy list: a row a score. `figures`: rows for IIT, EIT, OIT and the total too."""
    drawing = Drawing()
    _state(drawing, results[0], stated)
    for column, words in enumerate(columns):
        drawing.put(drawing.row, column, words, heading=True)
    drawing.row += 1
    whats: list[int | str] = [*range(1, 11), *(["iit", "eit", "oit", "total"] if figures else [])]
    rows = [(result, what) for result in results for what in whats]
    if by_indicator:
        rows = [(result, what) for what in whats for result in results]
    start, before = drawing.row, None
    for result, what in rows:
        value: Value = result.figures.get(what) if isinstance(what, str) else result.score(what)
        opens = before is None or (before.agency, before.year) != (result.agency, result.year)
        for column, words in enumerate(columns):
            shared = words in AGENCY_HEADINGS or words in YEAR_HEADINGS
            if shared and same != "repeat" and not opens:
                continue
            if words in AGENCY_HEADINGS:
                drawing.put(drawing.row, column, result.agency)
            elif words in YEAR_HEADINGS:
                drawing.put(drawing.row, column, result.year)
            elif words in NAME_HEADINGS:
                if isinstance(what, int):
                    drawing.put(drawing.row, column, numbered_name(what, numbering, names), Name(what))
                else:
                    drawing.put(drawing.row, column, {"total": "คะแนนรวม"}.get(what, what.upper()))
            elif words in ("ตัวชี้วัดที่", "Indicator no.", "indicator_no"):
                drawing.put(drawing.row, column, what if isinstance(what, int) else None)
            elif words in ("เครื่องมือ", "Instrument"):
                drawing.put(drawing.row, column, instrument_of(what) if isinstance(what, int) else None)
            elif words in ("คะแนน", "Score", "score", "ผลคะแนน"):
                drawing.put(
                    drawing.row, column, value, result.says(what) if isinstance(what, int) else result.printed(what)
                )
            elif words in ("ลำดับ", "ที่"):
                drawing.put(drawing.row, column, drawing.row - start + 1)
            else:
                raise KeyError(words)
        before = result
        drawing.row += 1
    if same == "merged" and not by_indicator:
        for column, words in enumerate(columns):
            if words in AGENCY_HEADINGS or words in YEAR_HEADINGS:
                for position in range(len(results)):
                    top = start + position * len(whats)
                    drawing.merge(top, column, top + len(whats) - 1, column)
    return drawing.page()


# Totals only


def history(
    totals: Sequence[tuple[int, float | None, str | None]],
    *,
    agency: str | None = SEED.agency,
    headings: tuple[str, str, str] = ("ปีงบประมาณ", "คะแนน", "ระดับ"),
    year_form: str = "{}",
    none: Value = "–",
    digits: Literal["arabic", "thai"] = "arabic",
    as_text: bool = False,
    title: str = "ผลการประเมิน ITA ย้อนหลัง",
) -> Page:
    """Layout 7: year, total, level down the rows; nothing of the indicators."""
    drawing = Drawing()
    drawing.line(f"{title} {agency or ''}".strip())
    drawing.row += 1
    for column, words in enumerate(headings):
        drawing.put(drawing.row, column, words, heading=True)
    drawing.row += 1

    def typed(text: str) -> str:
        return thai.thai_digits(text) if digits == "thai" else text

    for year, total, level in totals:
        shown = year_text(year, year_form)
        drawing.put(drawing.row, 0, typed(shown) if isinstance(shown, str) else shown)
        if total is None:
            drawing.put(drawing.row, 1, none)
        else:
            as_typed = typed(f"{total:.2f}") if as_text or digits == "thai" else total
            drawing.put(drawing.row, 1, as_typed, Printed(agency, year, "total", total))
        if level is None:
            drawing.put(drawing.row, 2, none)
        else:
            drawing.put(drawing.row, 2, level, Printed(agency, year, "level", level))
        drawing.row += 1
    return drawing.page()


HISTORY = ((2562, 66.75, "C"), (2563, 72.31, "C"), (2564, 80.84, "B"), (2565, 88.02, "A"), (2566, 91.07, "ผ่านดี"))


def history_of_agencies(
    results: Sequence[Result], *, form: str = "ปี {}", difference: str | None = "ผลต่าง", levels: bool = False
) -> Page:
    """Totals only: a row an agency, a column a year. All agencies have all years."""
    years = sorted({result.year for result in results if result.year})
    agencies = list(dict.fromkeys(result.agency for result in results))
    by_key = {(result.agency, result.year): result for result in results}
    drawing = Drawing()
    drawing.line("เปรียบเทียบคะแนน ITA ของ อปท. ในพื้นที่")
    drawing.row += 1
    headings: list[Value] = ["ที่", "หน่วยงาน"]
    for year in years:
        headings += [year_text(year, form), *(["ระดับ"] if levels else [])]
    for column, words in enumerate([*headings, difference]):
        drawing.put(drawing.row, column, words, heading=True)
    drawing.row += 1
    for number, agency in enumerate(agencies, 1):
        drawing.put(drawing.row, 0, number)
        drawing.put(drawing.row, 1, agency)
        column = 2
        for year in years:
            result = by_key[agency, year]
            drawing.put(drawing.row, column, result.figures["total"], result.printed("total"))
            column += 1
            if levels:
                drawing.put(drawing.row, column, result.figures["level"], result.printed("level"))
                column += 1
        if difference:
            new, old = (by_key[agency, year].figures["total"] for year in (years[-1], years[-2]))
            drawing.put(drawing.row, column, half_up(new - old))
        drawing.row += 1
    return drawing.page()


def figures_only(
    results: Sequence[Result],
    *,
    points: bool = False,
    words: tuple[str, ...] = ("IIT", "EIT", "OIT"),
    level: bool = True,
) -> Page:
    """A row an agency with its instruments, total and level, and no indicator."""
    look = Across(order=(), figures="after all", points=points, words=words, level="ระดับ" if level else None)  # type: ignore[arg-type]
    return across(results, look)


# Items


def item_scores(generator: random.Random, codes: Iterable[str]) -> dict[str, float]:
    """0 or 100 for each open-data item, 0, 33, 67 or 100 or a mean for each question."""
    return {
        code: generator.choice((0.0, 100.0)) if code.startswith("o") else round(generator.uniform(60, 100), 2)
        for code in codes
    }


def _item_parts() -> Iterator[tuple[str, list[str]]]:
    first = 1
    for part, count in PARTS.items():
        yield part, [f"o{number}" for number in range(first, first + count)]
        first += count


ITEMS_OF_PART = dict(_item_parts())
ITEM_FORMS: dict[str, Callable[[str], str]] = {
    "o1": str,
    "O1": str.upper,
    "OIT 1": lambda code: f"{code[0].upper()}IT {code[1:]}",
    "O 1": lambda code: f"{code[0].upper()} {code[1:]}",
    "OIT1": lambda code: f"{code[0].upper()}IT{code[1:]}",
    "ข้อ O1 โครงสร้าง": lambda code: f"ข้อ {code.upper()} {ITEM_NAMES.get(code, 'คำถาม')}",
    "O1 โครงสร้าง": lambda code: f"{code.upper()} {ITEM_NAMES.get(code, 'คำถาม')}",
    "O1. โครงสร้าง": lambda code: f"{code.upper()}. {ITEM_NAMES.get(code, 'คำถาม')}",
    "o01": lambda code: f"{code[0].upper()}{int(code[1:]):02d}",
}


def part_scores(items: Mapping[str, float]) -> dict[str, float]:
    """The sub-indicators' scores and those of indicators 9 and 10, from the items, before rounding."""
    parts = {part: sum(items[code] for code in codes) / len(codes) for part, codes in ITEMS_OF_PART.items()}
    for indicator in ("9", "10"):
        of_it = [score for part, score in parts.items() if part.split(".")[0] == indicator]
        parts[indicator] = sum(of_it) / len(of_it)
    return parts


def items_down(
    items: Mapping[str, float],
    *,
    agency: str | None = SEED.agency,
    year: int | None = 2564,
    form: str = "O1",
    parts: bool = True,
    indicators: bool = True,
    item_names: bool = False,
    stated: Stated = "title",
    headings: tuple[str, str] = ("ข้อ", "คะแนน"),
) -> Page:
    """Layout 8: o1 to o43 down the rows, with rows for the sub-indicators and the two indicators between them."""
    drawing = Drawing()
    _state(drawing, Result(agency, year, (None,) * 10), stated)
    score_at = 2 if item_names else 1
    drawing.put(drawing.row, 0, headings[0], heading=True)
    if item_names:
        drawing.put(drawing.row, 1, "รายการข้อมูล", heading=True)
    drawing.put(drawing.row, score_at, headings[1], heading=True)
    drawing.row += 1
    of_parts = part_scores(items)
    for part, codes in ITEMS_OF_PART.items():
        indicator = int(part.split(".")[0])
        if indicators and part in ("9.1", "10.1"):
            score = half_up(of_parts[str(indicator)])
            says = Score(agency, year, indicator, score)
            drawing.put(drawing.row, 0, numbered_name(indicator, "ตัวชี้วัดที่ {} "), Name(indicator))
            drawing.put(drawing.row, score_at, score, says)
            drawing.row += 1
        if parts:
            drawing.put(drawing.row, 0, f"{part} {PART_NAMES[part]}")
            drawing.put(drawing.row, score_at, half_up(of_parts[part]))
            drawing.row += 1
        for code in codes:
            drawing.put(drawing.row, 0, ITEM_FORMS[form](code))
            if item_names:
                drawing.put(drawing.row, 1, ITEM_NAMES[code])
            drawing.put(drawing.row, score_at, items[code], Item(agency, year, code, items[code]))
            drawing.row += 1
    return drawing.page()


def items_across(
    rows: Mapping[str | None, Mapping[str, float]],
    *,
    year: int | None = 2564,
    form: str = "O1",
    stated: Stated = "title",
) -> Page:
    """Items across the columns, an agency a row."""
    drawing = Drawing()
    _state(drawing, Result(None, year, (None,) * 10), stated)
    codes = list(next(iter(rows.values())))
    for column, words in enumerate(["ที่", "หน่วยงาน", *map(ITEM_FORMS[form], codes)]):
        drawing.put(drawing.row, column, words, heading=True)
    drawing.row += 1
    for number, (agency, items) in enumerate(rows.items(), 1):
        drawing.put(drawing.row, 0, number)
        drawing.put(drawing.row, 1, agency)
        for column, (code, score) in enumerate(items.items(), 2):
            drawing.put(drawing.row, column, score, Item(agency, year, code, score))
        drawing.row += 1
    return drawing.page()


# Other tables of a file


def measures() -> Page:
    """A table of measures, which names the indicators too."""
    return plain(
        [
            ["มาตรการ/แนวทาง", "ขั้นตอนหรือวิธีการ", "ผู้รับผิดชอบ", "ระยะเวลาการดำเนินการ", "ผลการดำเนินการ", "ข้อเสนอแนะ"],
            *(
                [
                    f"{number}. {name}",
                    "ประชุมชี้แจง 2 ครั้ง",
                    "กองคลัง",
                    "ต.ค. 64 – มี.ค. 65",
                    "ดำเนินการแล้วเสร็จ ร้อยละ 100",
                    "-",
                ]
                for number, name in enumerate(NAMES, 1)
            ),
        ]
    )


# Putting together


def stacked(*pages: Page, gap: int = 2) -> Page:
    """Pages below each other on one sheet."""
    whole, row = pages[0], pages[0].height + gap
    for page in pages[1:]:
        whole = _joined(whole, page.at(row, 0))
        row += page.height + gap
    return whole


def side_by_side(*pages: Page, gap: int = 1) -> Page:
    """Pages beside each other on one sheet."""
    whole, column = pages[0], pages[0].width + gap
    for page in pages[1:]:
        whole = _joined(whole, page.at(0, column))
        column += page.width + gap
    return whole


def _joined(one: Page, other: Page) -> Page:
    return replace(one, cells={**one.cells, **other.cells}, merged=(*one.merged, *other.merged))


def alone(*pages: Page, warns: bool = False) -> Arrangement:
    """A file of these sheets."""
    return Arrangement(pages, warns)


def hidden(page: Page) -> Page:
    return replace(page, visible=False)


# Where tables stand


def shifted(arrangement: Arrangement, rows: int, columns: int) -> Arrangement:
    """Every table further down and to the right."""
    return replace(arrangement, pages=tuple(page.at(rows, columns) for page in arrangement.pages))


def spread(arrangement: Arrangement, after_rows: Iterable[int], after_columns: Iterable[int]) -> Arrangement:
    """With blank rows and columns after these; no blank row between two rows of headings."""
    columns = sorted(after_columns)

    def spread_page(page: Page) -> Page:
        headings = {row for (row, _), cell in page.cells.items() if cell.heading}
        rows = [row for row in after_rows if not {row, row + 1} <= headings and not arrangement.tight]
        return page.moved(
            lambda row: row + sum(after < row for after in rows),
            lambda column: column + sum(after < column for after in columns),
        )

    return replace(arrangement, pages=tuple(map(spread_page, arrangement.pages)))


# Hazards: how it is typed


def _in_texts(arrangement: Arrangement, change: Callable[[str], str]) -> Arrangement:
    """With every text, and every agency of the truth, changed alike."""

    def changed(cell: Cell) -> Cell:
        says = tuple(
            replace(one, agency=change(one.agency)) if not isinstance(one, Name) and one.agency else one
            for one in cell.says
        )
        value = change(cell.value) if isinstance(cell.value, str) and cell.kind == "plain" else cell.value
        return replace(cell, value=value, says=says)

    return arrangement.changed(changed)


def _in_scores(arrangement: Arrangement, change: Callable[[float], Value]) -> Arrangement:
    """With the number of every score, printed figure and item typed another way."""

    def changed(cell: Cell) -> Cell:
        if cell.kind != "plain" or isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
            return cell
        figure = any(isinstance(says, Score | Printed | Item) for says in cell.says)
        return replace(cell, value=change(float(cell.value))) if figure else cell

    return arrangement.changed(changed)


def with_thai_digits(arrangement: Arrangement) -> Arrangement:
    """Every number typed in Thai digits, in texts too; the truth's agencies with them."""
    return _in_texts(_in_scores(arrangement, lambda number: thai.thai_digits(f"{number:.2f}")), thai.thai_digits)


def with_numbers_as_text(arrangement: Arrangement) -> Arrangement:
    return _in_scores(arrangement, lambda number: f"{number:.2f}")


def with_unit(arrangement: Arrangement, form: str = "{}คะแนน") -> Arrangement:
    """A unit glued to every score: "92.13คะแนน", "ร้อยละ 92.13", "92.13%"."""
    return _in_scores(arrangement, lambda number: form.format(f"{number:.2f}"))


UNITS = ("{}คะแนน", "{} คะแนน", "{}%", "{} %", "ร้อยละ {}", "ร้อยละ{}", " {} ", "{}\u00a0", "{} คะเเนน")


def with_invisible_characters(arrangement: Arrangement) -> Arrangement:
    """NBSP for every blank, zero-width characters between letters."""
    return _in_texts(arrangement, lambda text: re.sub("([กบ])(?=[ก-ฮ])", "\\1\u200b", text.replace(" ", "\u00a0")))


def with_decomposed_am(arrangement: Arrangement) -> Arrangement:
    """ำ as two characters."""
    return _in_texts(arrangement, lambda text: text.replace("ำ", "ํา"))


def with_double_e(arrangement: Arrangement) -> Arrangement:
    """เเ for แ."""
    return _in_texts(arrangement, lambda text: text.replace("แ", "เเ"))


def _in_names_and_headings(arrangement: Arrangement, change: Callable[[str], str]) -> Arrangement:
    def changed(cell: Cell) -> Cell:
        named = cell.heading or any(isinstance(says, Name) for says in cell.says)
        return replace(cell, value=change(cell.value)) if named and isinstance(cell.value, str) else cell

    return arrangement.changed(changed)


def with_line_breaks(arrangement: Arrangement) -> Arrangement:
    """Line breaks for the blanks of headings and names, and in front of a bracket."""
    return _in_names_and_headings(arrangement, lambda text: text.replace(" ", "\n").replace("(", "\n("))


def with_blanks_in_names(arrangement: Arrangement) -> Arrangement:
    """การใช้ทรัพย์สิน ของราชการ, การปรับปรุงระบบ การทำงาน."""
    return _in_names_and_headings(arrangement, lambda text: re.sub("(?<=[ก-๙])(ของ|ปัญหา|การ(?=[ทส]))", r" \1", text))


VARIANTS = {
    "การปรับปรุงระบบการทำงาน": "การปรับปรุงการทำงาน",
    "การแก้ไขปัญหาการทุจริต": "การแก้ไขปัญหาทุจริต",
    "การปฏิบัติหน้าที่": "การปฎิบัติหน้าที่",
}


def with_variant_names(arrangement: Arrangement) -> Arrangement:
    def variant(text: str) -> str:
        for name, other in VARIANTS.items():
            text = text.replace(name, other)
        return text

    return _in_names_and_headings(arrangement, variant)


def as_percentages(arrangement: Arrangement) -> Arrangement:
    """Every score, mean and total kept as a fraction and shown as a percentage."""

    def changed(cell: Cell) -> Cell:
        if cell.kind != "plain" or isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
            return cell
        figure = any(isinstance(says, Score | Printed | Item) for says in cell.says)
        return replace(cell, value=float(Decimal(str(cell.value)) / 100), kind="percent") if figure else cell

    return arrangement.changed(changed)


# Hazards: what is wrong with a cell


def _told(cell: Cell, **changes: Any) -> Cell:
    """A cell from which no score can be had any more."""
    says = tuple(
        replace(one, score=None) if isinstance(one, Score | Item) else replace(one, value=None, certain=False)
        for one in cell.says
        if not isinstance(one, Name)
    )
    return replace(cell, says=says, **changes)


MISSING: tuple[Value, ...] = (None, "", " ", "-", "–", "—", "N/A", "n/a", "ไม่ประเมิน", "ไม่ได้ประเมิน", "ไม่มีข้อมูล")
IMPOSSIBLE: tuple[Value, ...] = (
    137.5, -3, 100.01, 1e308, "137.5", "-3", "ดีมาก", "92.13/85", "9,2", "9O.5", "8 5.2.1", "แปดสิบ", True, "๑๓๗.๕",
    "92..13", "<85", "92.13 (85.00)", "85-90", "1/2",
)  # fmt: skip


def with_missing(arrangement: Arrangement, at: tuple[int, Place], value: Value = "-") -> Arrangement:
    """One score cell says none."""
    return arrangement.with_cell(at, _told(arrangement.cell(at), value=value), warns=True)


def with_impossible(arrangement: Arrangement, at: tuple[int, Place], value: Value = 137.5) -> Arrangement:
    """One score cell holds what is no score."""
    return arrangement.with_cell(at, _told(arrangement.cell(at), value=value), warns=True)


def with_error_cell(arrangement: Arrangement, at: tuple[int, Place], error: str = "#N/A") -> Arrangement:
    return arrangement.with_cell(at, _told(arrangement.cell(at), value=error, kind="error"), warns=True)


def with_formula(arrangement: Arrangement, at: tuple[int, Place]) -> Arrangement:
    """One score cell holds a formula that was never calculated."""
    return arrangement.with_cell(at, _told(arrangement.cell(at), value="=80+4.55", kind="formula"), warns=True)


MISSPELLINGS = {
    1: "การปฏิบัติหน้าที",
    2: "การใช้งบประมาน",
    3: "การใช้อำนาด",
    4: "การใช้ทรัพย์สินของทางราชกาน",
    5: "การแก้ไขปัญหาการทุจริด",
    6: "คุณภาพการดำเนินการ",
    7: "ประสิทธิภาพการสือสาร",
    8: "การปรับปรุงระบบงาน",
    9: "การเปิดเผยข้อมุล",
    10: "การป้องกันการทุจริด",
}


def with_misspelt_name(arrangement: Arrangement, indicator: int, wrong: str | None = None) -> Arrangement:
    """An indicator's name is misspelt wherever it stands: its scores are not to be used, but named.

    Unchanged where the indicator goes by anything but its Thai name somewhere.
    """
    name, wrong = NAMES[indicator - 1], wrong or MISSPELLINGS[indicator]
    cells = [cell for page in arrangement.pages for cell in page.cells.values()]
    named = [cell.value for cell in cells if Name(indicator) in cell.says]
    if not all(isinstance(value, str) and name in value for value in named):
        return arrangement

    def changed(cell: Cell) -> Cell:
        if Name(indicator) in cell.says and isinstance(cell.value, str):
            return replace(cell, value=cell.value.replace(name, wrong))
        if any(isinstance(says, Score) and says.indicator == indicator for says in cell.says):
            return _told(cell)
        return cell

    return arrangement.changed(changed, warns=True)


def with_hidden_row(arrangement: Arrangement, at: tuple[int, Place]) -> Arrangement:
    """The row of this cell is hidden: what stands there may be read or not, but is named."""
    number, (row, _) = at
    page = arrangement.pages[number]
    page = replace(page, hidden_rows=frozenset({row}))
    pages = (*arrangement.pages[:number], page, *arrangement.pages[number + 1 :])
    return replace(arrangement, pages=pages, warns=True)


def shown(arrangement: Arrangement) -> str:
    """The file as lists of rows, for a person to read."""
    lines = []
    for page in arrangement.pages:
        lines.append(f"{page.name}{'' if page.visible else ' (hidden)'}, merged {list(page.merged)}")
        lines += [str(row) for row in page.sheet().rows]
    return "\n".join(lines)


# Comparing a reading with the truth


Key = tuple[str | None, int | None]


def faults(reading: ResultReading, arrangement: Arrangement) -> list[str]:
    """What a reading gets wrong, worst first: wrong values, what is lost in silence, what is asked without need."""
    named = {(problem.sheet, problem.cell) for problem in reading.problems}
    found = [
        *_wrong_scores(reading, arrangement),
        *_wrong_published(reading, arrangement),
        *_wrong_items(reading, arrangement, named),
        *_lost_scores(reading, arrangement, named),
        *_untold(reading, arrangement),
        *_wrong_questions(reading, arrangement),
        *_false_alarms(reading, arrangement),
    ]
    return found


def _key(agency: Any, year: Any) -> Key:
    return None if pd.isna(agency) else thai.tidy(str(agency)), None if pd.isna(year) else int(year)


def _truth(arrangement: Arrangement) -> dict[tuple[Key, int], list[tuple[str, str, Score]]]:
    truth = defaultdict(list)
    for sheet, cell, says in arrangement.said:
        if isinstance(says, Score):
            truth[_key(says.agency, says.year), says.indicator].append((sheet, cell, says))
    return truth


def _read(reading: ResultReading) -> dict[tuple[Key, int], tuple[float, str, str]]:
    """The scores that were read, without the missing ones."""
    rows = reading.scores.dropna(subset="score")
    return {
        (_key(row.agency, row.fiscal_year), int(row.indicator)): (float(row.score), str(row.sheet), str(row.cell))
        for row in rows.itertuples()
    }


def _wrong_scores(reading: ResultReading, arrangement: Arrangement) -> Iterator[str]:
    truth, read = _truth(arrangement), _read(reading)
    key = reading.scores[["agency", "fiscal_year", "indicator"]]
    if key.duplicated().any():
        yield f"TWICE: {key[key.duplicated()].iloc[0].tolist()}"
    for thing, (score, sheet, cell) in read.items():
        placed = {(of_sheet, of_cell): says.score for of_sheet, of_cell, says in truth.get(thing, ())}
        if not placed:
            yield f"WRONG: {thing} was read as {score} from {sheet}!{cell}, and there is no such score"
        elif (sheet, cell) not in placed:
            yield f"WRONG: {thing} was read as {score} from {sheet}!{cell}, not from {sorted(placed)}"
        elif placed[sheet, cell] != score:
            yield f"WRONG: {thing} was read as {score} from {sheet}!{cell}, where {placed[sheet, cell]} is said"


def _lost_scores(
    reading: ResultReading, arrangement: Arrangement, named: set[tuple[str | None, str | None]]
) -> Iterator[str]:
    read = _read(reading)
    names_at: dict[tuple[str, int], set[tuple[str, str]]] = defaultdict(set)
    for sheet, cell, says in arrangement.said:
        if isinstance(says, Name):
            names_at[sheet, says.indicator].add((sheet, cell))
    for thing, placed in _truth(arrangement).items():
        if thing in read:
            continue
        wanted = any(says.certain and says.score is not None for _, _, says in placed)
        for sheet, cell, _ in placed:
            is_named = bool(({(sheet, cell)} | names_at[sheet, thing[1]]) & named)
            if wanted:
                yield f"NOT READ ({'asked' if is_named else 'silently'}): {thing} at {sheet}!{cell}"
            elif not is_named:
                yield f"SILENT: {thing} has no score at {sheet}!{cell}, and nothing says so"


def _untold(reading: ResultReading, arrangement: Arrangement) -> Iterator[str]:
    """Whole indicators that a result lacks and sheets that are hidden, and nothing says so."""
    for page in arrangement.pages:
        if not page.visible and all(problem.sheet != page.name for problem in reading.problems):
            yield f"SILENT: {page.name} is hidden"
        for row in page.hidden_rows:
            cells = {address(row, column) for column in range(page.width)}
            if page.visible and not any(
                problem.sheet == page.name and (problem.cell is None or problem.cell in cells)
                for problem in reading.problems
            ):
                yield f"SILENT: row {row + 1} of {page.name} is hidden"
    has: dict[Key, set[int]] = defaultdict(set)
    sheets: dict[Key, set[str]] = defaultdict(set)
    for (key, indicator), placed in _truth(arrangement).items():
        has[key].add(indicator)
        sheets[key] |= {sheet for sheet, _, _ in placed}
    for key, indicators in has.items():
        if any(isinstance(says, Item) for _, _, says in arrangement.said):
            continue
        told = " ".join(problem.message("th") for problem in reading.problems if problem.sheet in sheets[key])
        for indicator in set(range(1, 11)) - indicators:
            if NAMES[indicator - 1] not in told:
                yield f"SILENT: {key} lacks indicator {indicator}"


def _wrong_published(reading: ResultReading, arrangement: Arrangement) -> Iterator[str]:
    truth: dict[Key, dict[str, list[Printed]]] = defaultdict(lambda: defaultdict(list))
    for _, _, says in arrangement.said:
        if isinstance(says, Printed):
            truth[_key(says.agency, says.year)][says.what].append(says)
    read: dict[Key, dict[str, Any]] = {}
    for row in reading.published.itertuples():
        key = _key(row.agency, row.fiscal_year)
        if key in read:
            yield f"TWICE: published of {key}"
        figures = {what: getattr(row, what) for what in ("iit", "eit", "oit", "total", "level")}
        read[key] = {what: value for what, value in figures.items() if not pd.isna(value)}
    for key, figures in read.items():
        for what, value in figures.items():
            said = truth.get(key, {}).get(what, [])
            if not any(_same(value, printed) for printed in said):
                yield f"WRONG: {what} of {key} is said to be {value}, printed is {[one.value for one in said]}"
    for key, of_key in truth.items():
        for what, said in of_key.items():
            if any(printed.certain for printed in said) and what not in read.get(key, {}):
                yield f"NOT READ (silently): {what} of {key}, printed is {[one.value for one in said]}"


def _same(value: Any, printed: Printed) -> bool:
    if printed.value is None:
        return False
    if isinstance(printed.value, str):
        return thai.fold(str(value)) == thai.fold(printed.value)
    return abs(float(value) - printed.value) <= (AGREED if printed.about else 1e-9)


def _wrong_items(
    reading: ResultReading, arrangement: Arrangement, named: set[tuple[str | None, str | None]]
) -> Iterator[str]:
    truth: dict[tuple[Key, str], list[tuple[str, str, Item]]] = defaultdict(list)
    for sheet, cell, says in arrangement.said:
        if isinstance(says, Item):
            truth[_key(says.agency, says.year), says.item].append((sheet, cell, says))
    read = {
        (_key(row.agency, row.fiscal_year), str(row.item)): float(row.score)
        for row in reading.items.dropna(subset="score").itertuples()
    }
    for thing, score in read.items():
        if score not in [says.score for _, _, says in truth.get(thing, ())]:
            yield f"WRONG: item {thing} was read as {score}"
    for thing, placed in truth.items():
        for sheet, cell, says in placed:
            if thing in read:
                continue
            if says.score is not None:
                yield f"NOT READ ({'asked' if (sheet, cell) in named else 'silently'}): item {thing} at {sheet}!{cell}"
            elif (sheet, cell) not in named:
                yield f"SILENT: item {thing} has no score at {sheet}!{cell}, and nothing says so"


def _wrong_questions(reading: ResultReading, arrangement: Arrangement) -> Iterator[str]:
    """Whether it is asked for agency and year exactly where the file leaves them open."""
    keys = {_key(says.agency, says.year) for _, _, says in arrangement.said if not isinstance(says, Name)}
    for what, asked, is_open in (
        ("agency", reading.asks_agency, any(agency is None for agency, _ in keys)),
        ("fiscal year", reading.asks_fiscal_year, any(year is None for _, year in keys)),
    ):
        if asked and not is_open:
            yield f"ASKS for the {what}, which the file states"
        elif is_open and not asked and not reading.scores.empty:
            yield f"SILENT: the file states no {what}, and it is not asked for"


def _false_alarms(reading: ResultReading, arrangement: Arrangement) -> Iterator[str]:
    """Errors and warnings over a file in which nothing is wrong."""
    keys = {_key(says.agency, says.year) for _, _, says in arrangement.said if not isinstance(says, Name)}
    has: dict[Key, set[int]] = defaultdict(set)
    for key, indicator in _truth(arrangement):
        has[key].add(indicator)
    if arrangement.warns or any(None in key for key in keys) or any(len(held) < 10 for held in has.values()):
        return
    if not _are_plainly_out_of_a_hundred(reading):
        return
    for problem in reading.problems:
        if problem.severity != "info":
            yield f"ALARM: {problem.severity} {problem.code} at {problem.sheet}!{problem.cell}: {problem.message('en')}"


def _are_plainly_out_of_a_hundred(reading: ResultReading) -> bool:
    """Whether no agency's scores and instrument figures are all so low that they may be of another full mark."""
    highest = reading.scores.groupby(["agency", "fiscal_year"], dropna=False)["score"].max()
    points = reading.published[["iit", "eit", "oit"]]
    plain = pd.concat([highest, reading.published[["iit", "eit", "oit", "total"]].max(axis=1)])
    return not plain.between(0, 20, inclusive="right").any() and not points.le([30, 30, 40]).all(axis=1).any()
