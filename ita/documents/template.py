"""The workbook to fill in: a page of scores and a page of measures, with an example inside and choices where Excel can
offer them. It is read back like any other file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ita.measures import STATUSES, work_year
from ita.rulebooks import Rulebook, fiscal_years, rulebook
from ita.text import Say, speaker

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = "TH Sarabun New"
MEASURE_COLUMNS = (
    "title", "steps", "responsible", "period", "result_text", "suggestion", "status", "percent", "budget", "evidence",
)  # fmt: skip
FILLABLE_ROWS = 60
LINE_HEIGHT, ROW_MARGIN = 22, 4
"""Points that a line of 16-point Thai takes, with marks above and below, and what a row adds."""
FILLED = 0.8
"""How much of a column's width a line of Thai fills before its next word wraps."""

_HEADING = PatternFill("solid", fgColor="D6E6F2")
_INPUT = PatternFill("solid", fgColor="FFF8E1")
_LINE = Border(*(Side("thin", color="A9B5C1") for _ in range(4)))


def write_template(
    fiscal_year: int,
    *,
    agency: str,
    scores: Sequence[float | None],
    total: float | None = None,
    level: str | None = None,
    measures: Iterable[Mapping[str, str]] = (),
    note: str = "",
) -> bytes:
    """A workbook with these scores (in official order) and measures (keys as MEASURE_COLUMNS) filled in."""
    say = speaker("th")
    rules = rulebook(fiscal_year)
    workbook = Workbook()
    _fill_scores(workbook.active, rules, say, agency=agency, scores=scores, total=total, level=level, note=note)
    _fill_measures(workbook.create_sheet(say("template.measures_sheet")), fiscal_year, say, agency, list(measures))
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def write_example() -> bytes:
    """The template as it is offered for download: filled with an invented agency, to be typed over."""
    say = speaker("th")
    year = fiscal_years()[-1]
    scores = [90.12, 86.4, 88.75, 84.2, 87.33, 92.5, 89.9, 88.1, 93.6, 87.5]
    measure = {column: say(f"template.example_{column}") for column in MEASURE_COLUMNS if column != "status"}
    measure["status"] = say("state.in_progress")
    return write_template(
        year, agency=say("template.example_agency"), scores=scores, measures=[measure], note=say("template.note")
    )


def _fill_scores(
    sheet: Worksheet,
    rules: Rulebook,
    say: Say,
    *,
    agency: str,
    scores: Sequence[float | None],
    total: float | None,
    level: str | None,
    note: str,
) -> None:
    sheet.title = say("template.scores_sheet")
    _put(sheet, 1, 1, say("template.scores_title"), bold=True, size=20)
    _put(sheet, 2, 1, note)
    _put(sheet, 3, 1, say("column.agency"), bold=True)
    _put(sheet, 3, 2, agency, fill=_INPUT)
    _put(sheet, 4, 1, say("column.fiscal_year"), bold=True)
    _put(sheet, 4, 2, rules.fiscal_year, fill=_INPUT)
    _head(sheet, 6, [say("column.instrument"), say("column.indicator"), say("column.score")])
    for row, (indicator, score) in enumerate(zip(rules.indicators, scores, strict=True), start=7):
        _put(sheet, row, 1, indicator.instrument, line=True)
        _put(sheet, row, 2, f"{indicator.number}. {indicator.name['th']}", line=True)
        _put(sheet, row, 3, score, line=True, fill=_INPUT).number_format = "0.00"
    last = 6 + len(rules.indicators)
    _put(sheet, last + 1, 2, say("template.total"), bold=True, line=True)
    _put(sheet, last + 1, 3, total, line=True, fill=_INPUT).number_format = "0.00"
    _put(sheet, last + 2, 2, say("template.level"), bold=True, line=True)
    _put(sheet, last + 2, 3, level, line=True, fill=_INPUT).alignment = Alignment(horizontal="right")
    fit(sheet, [16, 44, 14])
    _allow(
        sheet,
        f"C7:C{last}",
        say("template.score_error"),
        type="decimal",
        operator="between",
        formula1="0",
        formula2="100",
    )
    years = ",".join(map(str, fiscal_years()))
    _allow(sheet, "B4", say("template.year_error"), type="list", formula1=f'"{years}"')


def _fill_measures(
    sheet: Worksheet, fiscal_year: int, say: Say, agency: str, measures: list[Mapping[str, str]]
) -> None:
    _put(sheet, 1, 1, say("template.measures_title", agency=agency, year=work_year(fiscal_year)), bold=True, size=20)
    _head(sheet, 3, [say(f"template.column_{column}") for column in MEASURE_COLUMNS])
    for row, measure in enumerate(measures, start=4):
        for column, name in enumerate(MEASURE_COLUMNS, start=1):
            _put(sheet, row, column, measure.get(name, ""), line=True)
    fit(sheet, [34, 44, 24, 26, 44, 24, 22, 16, 20, 30])
    words = ",".join(say(f"state.{status}") for status in STATUSES)
    _allow(sheet, f"G4:G{3 + FILLABLE_ROWS}", say("template.status_error"), type="list", formula1=f'"{words}"')
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "3:3"


def _head(sheet: Worksheet, row: int, words: Sequence[str]) -> None:
    for column, word in enumerate(words, start=1):
        _put(sheet, row, column, word, bold=True, line=True, fill=_HEADING)


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: object,
    *,
    bold: bool = False,
    size: int = 16,
    line: bool = False,
    fill: PatternFill | None = None,
) -> Cell:
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"  # a name that begins with "=" is no formula
    cell.font = Font(name=FONT, size=size, bold=bold)
    if line:
        cell.border = _LINE
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    if fill is not None:
        cell.fill = fill
    return cell


def fit(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Columns of these widths, rows high enough for Thai in 16 points and for what wraps in them, one page wide."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in sheet.iter_rows():
        lines = max(_lines(cell, width) for cell, width in zip(row, widths, strict=True))
        sheet.row_dimensions[row[0].row].height = LINE_HEIGHT * lines + ROW_MARGIN
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _lines(cell: Cell, width: int) -> int:
    """How many lines a cell's text takes where it wraps, by a generous count."""
    if cell.value is None or not cell.alignment.wrap_text:
        return 1
    return sum(max(1, ceil(len(line) / (FILLED * width))) for line in str(cell.value).split("\n"))


def _allow(sheet: Worksheet, cells: str, error: str, **rule: str) -> None:
    validation = DataValidation(allow_blank=True, showErrorMessage=True, error=error, **rule)
    sheet.add_data_validation(validation)
    validation.add(cells)
