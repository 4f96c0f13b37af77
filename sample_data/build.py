"""Writes the example workbooks beside this file from `example.toml`: `python -m sample_data.build`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from ita.assessment import Assessment, assess
from ita.documents.template import MEASURE_COLUMNS, fit
from ita.rulebooks import Instrument
from ita.text import speaker

FOLDER = Path(__file__).parent
EXAMPLE = tomllib.loads((FOLDER / "example.toml").read_text(encoding="utf-8"))
AGENCY: str = EXAMPLE["agency"]

_TITLE = Font(name="TH Sarabun New", size=18, bold=True)
_TEXT = Font(name="TH Sarabun New", size=16)
_BOLD = Font(name="TH Sarabun New", size=16, bold=True)
_HEAD = PatternFill("solid", fgColor="DCE6EE")
_LINE = Border(*(Side("thin", color="8A97A5") for _ in range(4)))


def write_results(fiscal_year: int, scores: list[float]) -> None:
    """A result as offices paste it into Excel: a sentence and a block of rows for each instrument."""
    judged = assess(pd.DataFrame({"indicator": range(1, 11), "score": scores}), fiscal_year)
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = f"ผลคะแนน {fiscal_year}"
    verdict = "ผ่าน" if judged.passed else "ไม่ผ่าน"
    told = f"ได้รับคะแนน {judged.total:.2f} คะแนน ระดับ {judged.level} ผลการประเมิน {verdict}"
    _put(sheet, 1, 1, f"ผลการประเมิน ITA ของ{AGENCY} (ข้อมูลตัวอย่าง)", _TITLE)
    _put(sheet, 2, 1, f"ประจำปีงบประมาณ พ.ศ. {fiscal_year} {told}", _BOLD)
    row = 4
    for instrument in judged.rules.instruments:
        row = _block(sheet, row, instrument, judged) + 2
    fit(sheet, [18, 56, 16])
    workbook.save(FOLDER / f"ita_result_{fiscal_year}_example.xlsx")


def write_measures(fiscal_year: int, measures: list[Mapping[str, str]]) -> None:
    """The table of measures for the half-yearly report, with a column for the status."""
    say = speaker("th")
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "มาตรการ"
    title = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"
    _put(sheet, 1, 1, f"{title} (ข้อมูลตัวอย่าง)", _TITLE)
    _put(sheet, 2, 1, f"ของ{AGENCY} ประจำปีงบประมาณ พ.ศ. {fiscal_year} (ครึ่งปีแรก)", _BOLD)
    for column, name in enumerate(MEASURE_COLUMNS, start=1):
        _framed(_put(sheet, 4, column, say(f"template.column_{name}"), _BOLD)).fill = _HEAD
        for row, measure in enumerate(measures, start=5):
            text = say(f"state.{measure[name]}") if name == "status" else measure[name]
            _framed(_put(sheet, row, column, text, _TEXT))
    fit(sheet, [38, 42, 26, 26, 38, 28, 24, 16, 20, 30])
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation = "landscape"
    workbook.save(FOLDER / f"ita_measures_{fiscal_year}_example.xlsx")


def _block(sheet: Worksheet, row: int, instrument: Instrument, judged: Assessment) -> int:
    """One instrument's sentence, heading, scores and mean; its last row."""
    rows = judged.indicators[judged.indicators["instrument"] == instrument.code]
    mean = judged.instruments.set_index("instrument").at[instrument.code, "score"]
    _put(sheet, row, 1, f"{instrument.name['th']} ({instrument.code}) จำนวน {len(rows)} ตัวชี้วัด", _BOLD)
    for column, head in enumerate(("เครื่องมือ", "ตัวชี้วัด", f"ปี {judged.fiscal_year}"), start=1):
        _framed(_put(sheet, row + 1, column, head, _BOLD)).fill = _HEAD
    first = row + 2
    for place, score in enumerate(rows.itertuples(), start=first):
        name = f"{score.indicator}. {judged.rules.indicator(score.indicator).name['th']}"
        _framed(_put(sheet, place, 1, instrument.code if place == first else None, _TEXT))
        _framed(_put(sheet, place, 2, name, _TEXT))
        _framed(_put(sheet, place, 3, score.score, _TEXT)).number_format = "0.00"
    last = first + len(rows) - 1
    sheet.merge_cells(start_row=first, start_column=1, end_row=last, end_column=1)
    _put(sheet, last + 1, 1, f"({instrument.code}) ได้คะแนนรวมเฉลี่ย {mean:.2f} คะแนน", _TEXT)
    return last + 1


def _put(sheet: Worksheet, row: int, column: int, value: object, font: Font) -> Cell:
    cell = sheet.cell(row, column, value)
    cell.font = font
    return cell


def _framed(cell: Cell) -> Cell:
    cell.border = _LINE
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


if __name__ == "__main__":
    for year, scores in EXAMPLE["scores"].items():
        write_results(int(year), scores)
    write_measures(EXAMPLE["measures_year"], EXAMPLE["measures"])
