"""What a file of measures says of the work on them: how far it is, what it costs, what proves it."""

import io

import openpyxl
import pytest

from ita.reading.measures import MeasureReading, read_measures
from ita.reading.sheet import Value
from ita.text import LANGUAGES
from tests.reading.measure_books import HEADINGS, grid, row, table, told, word, workbook

WORK: list[Value] = ["ความคืบหน้า (%)", "งบประมาณ", "หลักฐาน"]


def work(percent: Value = None, budget: Value = None, evidence: Value = None) -> MeasureReading:
    """The reading of one measure with this in its three columns G, H and I."""
    return table([*row(), percent, budget, evidence], headings=[*HEADINGS, *WORK])


@pytest.mark.parametrize(
    ("typed", "percent"),
    [("50%", 50), ("ร้อยละ 50", 50), ("๕๐", 50), (75, 75), (0, 0), ("100 %", 100), ("-", None), (None, None)],
)
def test_how_far_a_measure_is_comes_as_a_number(typed: Value, percent: int | None) -> None:
    reading = work(percent=typed)
    assert reading.measures["percent"].astype(object).replace({float("nan"): None}).tolist() == [percent]
    assert reading.measures["percent"].dtype == "Int64"
    assert told(reading) == []


@pytest.mark.parametrize(
    ("typed", "budget"),
    [
        ("ไม่ใช้งบประมาณ", 0),
        ("ไม่ใช้", 0),
        (0, 0),
        ("12,000", 12000),
        ("12,000 บาท", 12000),
        ("๑๒,๐๐๐.-", 12000),
        ("12,000.50 บาท", 12000.5),
        ("งบประมาณ 12,000 บาท (หนึ่งหมื่นสองพันบาทถ้วน)", 12000),
        (12000, 12000),
    ],
)
def test_what_a_measure_costs_comes_in_baht(typed: Value, budget: float) -> None:
    reading = work(budget=typed)
    assert reading.measures["budget"].tolist() == [budget]
    assert told(reading) == []


@pytest.mark.parametrize("typed", ["-", None])
def test_a_budget_that_nobody_states_is_missing_and_not_nothing(typed: Value) -> None:
    assert work(budget=typed).measures["budget"].isna().all()


@pytest.mark.parametrize("typed", ["เสร็จเกือบหมด", "120%", "-5", 0.5, "ร้อยละ 50 และ 80"])
def test_progress_that_is_no_percentage_is_told_with_its_cell(typed: Value) -> None:
    reading = table(
        [*row(), "50%", None, None],
        [*row("2. การใช้งบประมาณ"), typed, None, None],
        headings=[*HEADINGS, *WORK],
    )
    assert reading.measures["percent"].isna().tolist() == [False, True]
    assert told(reading) == [("ITA-M23", "G3", str(typed))]


def test_a_one_among_fractions_is_not_taken_for_a_hundredth() -> None:
    titles = ("1. การปฏิบัติหน้าที่", "2. การใช้งบประมาณ", "3. การใช้อำนาจ")
    rows = [[*row(title), share] for title, share in zip(titles, (0.5, 1, "80%"), strict=True)]
    reading = table(*rows, headings=[*HEADINGS, "ร้อยละ"])
    assert reading.measures["percent"].astype(object).tolist()[2] == 80
    assert told(reading) == [("ITA-M23", "G2", "0.5"), ("ITA-M23", "G3", "1")]


@pytest.mark.parametrize("typed", ["ตามข้อบัญญัติ", "5,000 ต่อปี", "5,000\n7,000", "1.5 ล้านบาท"])
def test_a_budget_that_is_no_amount_is_told_with_its_cell(typed: str) -> None:
    reading = work(budget=typed)
    assert reading.measures["budget"].isna().all()
    assert told(reading) == [("ITA-M24", "H2", typed)]
    for language in LANGUAGES:
        assert typed in reading.problems[0].message(language)


def test_decimals_of_a_percentage_are_rounded_and_told() -> None:
    reading = work(percent="66.5%")
    assert reading.measures["percent"].tolist() == [67]
    assert told(reading) == [("ITA-M26", "G2", "66.5%")]


def test_of_several_rounds_the_last_that_says_something_counts() -> None:
    headings: list[Value] = [*HEADINGS, "ความก้าวหน้า (%) รอบ 6 เดือน", "ความก้าวหน้า (%) รอบ 12 เดือน"]
    reading = table([*row(), "40%", "90%"], [*row("2. การใช้งบประมาณ"), "30%", "-"], headings=headings)
    assert reading.measures["percent"].tolist() == [90, 30]
    assert [problem.code for problem in reading.problems] == ["ITA-M25"]


@pytest.mark.parametrize("heading", ["ร้อยละความก้าวหน้า", "ความคืบหน้า (%)", "%", "percent", "ความคืบหน้า"])
def test_progress_is_known_by_its_heading_or_by_its_shares(heading: str) -> None:
    reading = table([*row(), "50%"], headings=[*HEADINGS, heading])
    assert reading.measures["percent"].tolist() == [50]
    assert reading.measures["result"].tolist() == ["จัดทำ"]
    assert told(reading) == []


def test_progress_told_in_words_is_the_result_even_under_a_heading_of_shares() -> None:
    headings: list[Value] = [heading for heading in HEADINGS if heading != "ผลการดำเนินการ"]
    cells = [cell for cell in row() if cell != "จัดทำ"]
    reading = table([*cells, "ประกาศใช้แล้ว"], headings=[*headings, "ความคืบหน้า (%)"])
    assert reading.measures["result"].tolist() == ["ประกาศใช้แล้ว"]
    assert reading.measures["percent"].isna().all()


@pytest.mark.parametrize("heading", ["งบประมาณ", "ใช้งบประมาณ", "งบประมาณ (บาท)", "budget"])
def test_a_budget_is_known_by_many_headings(heading: str) -> None:
    assert table([*row(), "๑๒,๐๐๐.-"], headings=[*HEADINGS, heading]).measures["budget"].tolist() == [12000]


@pytest.mark.parametrize("heading", ["หลักฐาน", "เอกสารอ้างอิง", "ลิงก์", "URL", "evidence", "หลักฐาน/ลิงก์"])
def test_evidence_is_known_by_many_headings_and_kept_as_typed(heading: str) -> None:
    reading = table([*row(), "https://example.go.th/A?b=1"], headings=[*HEADINGS, heading])
    assert reading.measures["evidence"].tolist() == ["https://example.go.th/A?b=1"]
    assert told(reading) == []


def test_evidence_in_two_columns_is_all_kept() -> None:
    reading = table([*row(), "คำสั่งที่ 1/2565", "https://example.go.th"], headings=[*HEADINGS, "หลักฐาน", "ลิงก์"])
    assert reading.measures["evidence"].tolist() == ["หลักฐาน: คำสั่งที่ 1/2565\nลิงก์: https://example.go.th"]


def test_the_second_of_two_budgets_is_told() -> None:
    reading = table([*row(), 9000, 4000], headings=[*HEADINGS, "งบประมาณ", "งบประมาณที่ใช้"])
    assert reading.measures["budget"].tolist() == [9000]
    assert told(reading) == [("ITA-M13", "H2", "งบประมาณที่ใช้")]


def test_a_percentage_that_excel_shows_is_read_as_it_looks() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([[*HEADINGS, "%"], [*row(), 0.5]])))
    book.active["G2"].number_format = "0%"
    content = io.BytesIO()
    book.save(content)
    assert read_measures(content.getvalue()).measures["percent"].tolist() == [50]


def test_a_word_report_says_them_as_well() -> None:
    reading = read_measures(word(grid([[*HEADINGS, *WORK], [*row(), "ร้อยละ ๘๐", "ไม่ใช้งบประมาณ", "คำสั่ง"]])))
    first = reading.measures.iloc[0]
    assert (first["percent"], first["budget"], first["evidence"]) == (80, 0, "คำสั่ง")


def test_headings_at_the_left_have_them_too() -> None:
    fields = zip([*HEADINGS, *WORK], [*row(), "80%", "5,000 บาท", "คำสั่ง"], strict=True)
    first = read_measures(workbook([list(field) for field in fields])).measures.iloc[0]
    assert (first["percent"], first["budget"], first["evidence"]) == (80, 5000, "คำสั่ง")


def test_a_table_of_budgets_is_no_table_of_measures() -> None:
    reading = table(["ซ่อมถนน", 50000, "50%"], headings=["โครงการ", "งบประมาณ", "ร้อยละ"])
    assert reading.measures.empty


def test_where_there_is_no_column_for_them_status_and_result_may_say_them() -> None:
    headings: list[Value] = [*HEADINGS, "สถานะ"]
    cells = [*row(result="ประกาศแล้ว\nหลักฐาน: ประกาศ.pdf\nภาพถ่าย.zip"), "▸ อยู่ระหว่างดำเนินการ (๖๐%)"]
    first = table(cells, headings=headings).measures.iloc[0]
    assert (first["result"], first["evidence"]) == ("ประกาศแล้ว", "ประกาศ.pdf\nภาพถ่าย.zip")
    assert (first["status"], first["percent"]) == ("in_progress", 60)
