"""The workbook to fill in: it opens in Excel, offers choices, and comes back as it was filled in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

import ita
from ita.documents.template import MEASURE_COLUMNS, write_example, write_template
from ita.measures import STATUSES
from ita.reading.measures import status_of
from ita.rulebooks import fiscal_years, rulebook
from ita.text import speaker
from tests.years import SEED, with_score

TH = speaker("th")
AGENCY = "เทศบาลตำบลบัววัฒนา"
LONGEST_LIST = 255
"""Characters that Excel takes in a list of choices, and in an error message a little fewer."""
MEASURE = {
    "title": "4. การใช้ทรัพย์สินของราชการ - ทำขั้นตอนการยืม",
    "steps": "1. ประกาศ\n2. ทำทะเบียน",
    "responsible": "กองคลัง\nกองช่าง",
    "period": "ต.ค. 64 – มี.ค. 65",
    "result_text": "ประกาศแล้ว",
    "suggestion": "เร่งทำทะเบียน",
    "status": TH("state.in_progress"),
    "percent": "60%",
    "budget": "12,000 บาท",
    "evidence": "ทะเบียน.pdf",
}


def filled(
    scores: Sequence[float | None] = SEED, fiscal_year: int = 2564, agency: str = AGENCY, **more: object
) -> bytes:
    return write_template(fiscal_year, agency=agency, scores=scores, **more)  # type: ignore[arg-type]


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def choices_of(sheet: Worksheet) -> dict[str, DataValidation]:
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


def errors(reading: ita.ResultReading | ita.MeasureReading) -> list[str]:
    return [problem.message() for problem in reading.problems if problem.severity != "info"]


# What it looks like


def test_it_has_a_page_of_scores_and_a_page_of_measures() -> None:
    assert opened(write_example()).sheetnames == ["ผลคะแนน", "มาตรการ"]


def test_the_ten_indicators_stand_in_official_order_with_their_instruments() -> None:
    sheet = opened(filled())["ผลคะแนน"]
    assert [row[1] for row in sheet.iter_rows(min_row=7, max_row=16, values_only=True)] == [
        f"{indicator.number}. {indicator.name['th']}" for indicator in rulebook(2564).indicators
    ]
    assert [row[0] for row in sheet.iter_rows(min_row=7, max_row=16, values_only=True)] == (
        ["IIT"] * 5 + ["EIT"] * 3 + ["OIT"] * 2
    )


def test_a_score_cell_takes_only_numbers_from_0_to_100() -> None:
    rule = choices_of(opened(filled())["ผลคะแนน"])["C7:C16"]
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == ("decimal", "between", "0", "100")
    assert rule.showErrorMessage
    assert rule.error == "คะแนนต้องเป็นตัวเลข 0 ถึง 100"


def test_the_year_is_chosen_from_the_years_that_have_rules() -> None:
    rule = choices_of(opened(filled())["ผลคะแนน"])["B4"]
    assert rule.type == "list"
    assert rule.formula1 == f'"{",".join(str(year) for year in fiscal_years())}"'


def test_the_status_is_chosen_from_words_for_every_row_that_may_be_filled() -> None:
    [(cells, rule)] = choices_of(opened(filled())["มาตรการ"]).items()
    assert rule.type == "list"
    assert rule.formula1.strip('"').split(",") == [TH(f"state.{status}") for status in STATUSES]
    assert cells.startswith("G4:G")
    assert int(cells.rpartition("G")[2]) > 30


@pytest.mark.parametrize("sheet", ["ผลคะแนน", "มาตรการ"])
def test_excel_takes_the_choices_and_their_messages(sheet: str) -> None:
    for rule in choices_of(opened(filled())[sheet]).values():
        assert len(rule.formula1) <= LONGEST_LIST
        assert 0 < len(rule.error) <= 225


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_that_is_offered_is_understood_when_it_comes_back(status: str) -> None:
    assert status_of(TH(f"state.{status}")) == status


def test_the_page_of_measures_prints_on_landscape_pages_with_its_headings() -> None:
    sheet = opened(filled())["มาตรการ"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"


# How it comes back


def test_the_seed_filled_in_is_read_back_with_the_same_figures() -> None:
    reading = ita.read_results(filled(total=80.84, level="B"), filename="แบบกรอก.xlsx")
    assert errors(reading) == []
    assert reading.scores["score"].tolist() == list(SEED)
    assert reading.scores["indicator"].tolist() == list(range(1, 11))
    assert reading.agencies == [AGENCY]
    assert reading.fiscal_years == [2564]
    printed = reading.published.iloc[0]
    assert (printed["total"], printed["level"]) == (80.84, "B")


@pytest.mark.parametrize("fiscal_year", fiscal_years())
def test_the_year_that_is_filled_in_is_the_year_that_is_read(fiscal_year: int) -> None:
    reading = ita.read_results(filled(fiscal_year=fiscal_year))
    assert reading.fiscal_years == [fiscal_year]
    assert not reading.asks_agency
    assert not reading.asks_fiscal_year


def test_a_score_left_empty_stays_missing() -> None:
    reading = ita.read_results(filled(with_score(7, None)))
    assert reading.scores["score"].isna().tolist() == [number == 7 for number in range(1, 11)]
    assert ita.assess(reading.scores, 2564).missing == [7]


def test_without_a_total_and_a_level_none_is_read() -> None:
    assert ita.read_results(filled()).published[["total", "level"]].isna().all(axis=None)


def test_the_measures_filled_in_are_read_back() -> None:
    reading = ita.read_measures(filled(measures=[MEASURE, {**MEASURE, "title": "10. การป้องกันการทุจริต - เผยแพร่ผล"}]))
    assert errors(reading) == []
    assert reading.measures["indicator"].tolist() == [4, 10]
    first = reading.measures.iloc[0]
    for column, name in {"result_text": "result", "period": "period_text"}.items():
        assert first[name] == MEASURE[column]
    for column in ("steps", "responsible", "suggestion", "evidence"):
        assert first[column] == MEASURE[column]
    assert "ทำขั้นตอนการยืม" in first["title"]
    assert (first["status"], first["percent"], first["budget"]) == ("in_progress", 60, 12000)
    assert (str(first["period_start"].date()), str(first["period_end"].date())) == ("2021-10-01", "2022-03-31")
    assert (reading.agency, reading.fiscal_year) == (AGENCY, 2565)


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_that_is_chosen_is_read_back(status: str) -> None:
    reading = ita.read_measures(filled(measures=[{**MEASURE, "status": TH(f"state.{status}")}]))
    assert reading.measures["status"].tolist() == [status]


# The example inside


def test_the_example_is_read_without_anything_to_complain_about() -> None:
    content = write_example()
    scores, measures = ita.read_results(content), ita.read_measures(content)
    assert errors(scores) == errors(measures) == []
    assert len(scores.scores) == 10
    assert scores.fiscal_years == [fiscal_years()[-1]]
    assert scores.agencies == [TH("template.example_agency")]
    assert measures.measures["status"].tolist() == ["in_progress"]
    assert measures.measures["indicator"].tolist() == [4]


def test_the_period_of_the_example_lies_in_the_year_that_follows_its_result() -> None:
    [end] = ita.read_measures(write_example()).measures["period_end"]
    year_of_measures = fiscal_years()[-1] + 1
    assert end.year + 543 == year_of_measures
    assert end.month < 10


def test_every_column_of_the_measures_has_its_heading() -> None:
    headings = [cell.value for cell in opened(write_example())["มาตรการ"][3]]
    assert headings == [TH(f"template.column_{column}") for column in MEASURE_COLUMNS]


# Text that is no formula


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://example.invalid")', "=cmd|' /C calc'!A0"])
def test_a_name_or_a_measure_that_looks_like_a_formula_stays_text(text: str) -> None:
    content = filled(agency=text, measures=[{**MEASURE, "steps": text}])
    workbook = opened(content)
    assert workbook["ผลคะแนน"]["B3"].data_type == "s"
    assert workbook["มาตรการ"]["B4"].data_type == "s"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets/" in name)
