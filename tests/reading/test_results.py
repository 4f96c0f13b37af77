"""What a result file gives: every cell judged, everything printed checked, nothing guessed without a word."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ita
from ita.documents.template import write_example
from ita.reading.files import read_file
from ita.reading.results import ResultReading, find_results
from ita.reading.sheet import Fault, Sheet
from ita.reading.workbook import read_sheets
from ita.store import Upload, open_store
from ita.text import LANGUAGES, catalogue
from tests.benchmarks.national import AGENCIES, national_results, write_national
from tests.reading.result_books import (
    AGENCY,
    LIST_HEADING,
    NAMES,
    SCORES,
    TITLE_2564,
    TOTAL,
    Row,
    book,
    codes,
    figures_of,
    line,
    plain_block,
    printed,
    read,
    scores_of,
    seed_rows,
)

SAMPLES = Path(__file__).parents[2] / "sample_data"
LIST_2564 = [TITLE_2564, LIST_HEADING]
WEIGHTED = {"means": (25.88, 29.26, 25.70)}


def first_cell(value: object) -> ResultReading:
    """The reading of a block whose first score is this, in B4."""
    return read(plain_block((value, *SCORES[1:])))


def first_score(reading: ResultReading) -> Any:
    return reading.scores.loc[0, "score"]


ODD = (*SCORES[:8], 91.13, SCORES[9])
"""No documents of FY2564 give an indicator 9 of 91.13."""


def listed(*rows: Row, year: int = 2564) -> ResultReading:
    return read([[f"ผลการประเมิน ITA ปี {year}"], LIST_HEADING, *rows])


def save(reading: ResultReading) -> int:
    """Save a reading in a new store; how many results that added."""
    store = open_store("sqlite://")
    try:
        saved = store.save_results(reading.scores, reading.published, reading.items, Upload.of(b"file", "file.xlsx"))
        return saved.added
    finally:
        store.close()


# The frames


TYPES = {
    "scores": {
        "agency": "str",
        "fiscal_year": "Int64",
        "indicator": "int64",
        "score": "float64",
        "sheet": "str",
        "cell": "str",
    },
    "published": {
        "agency": "str",
        "fiscal_year": "Int64",
        "iit": "float64",
        "eit": "float64",
        "oit": "float64",
        "total": "float64",
        "level": "str",
    },
    "items": {"agency": "str", "fiscal_year": "Int64", "item": "str", "score": "float64"},
}


@pytest.mark.parametrize(
    "rows",
    [
        seed_rows(),
        [*LIST_2564, line(AGENCY)],
        plain_block((None,) * 10),
        [["ตัวชี้วัด", "คะแนน"], *plain_block()[3:]],
        [["ปี 2561"], LIST_HEADING, line(AGENCY)],
        [["เรื่องอื่น", 1]],
    ],
    ids=["blocks", "list", "no scores", "nobody's", "unknown year", "no table"],
)
def test_the_frames_have_the_same_columns_and_types_whatever_the_file_holds(rows: Sequence[Row]) -> None:
    reading = read(rows)
    for name, types in TYPES.items():
        frame = getattr(reading, name)
        assert {column: str(kind) for column, kind in frame.dtypes.items()} == types
        assert frame.index.tolist() == list(range(len(frame)))


def test_a_path_bytes_and_an_open_file_read_the_same(tmp_path: Path) -> None:
    content = book({"ผล": plain_block()})
    path = tmp_path / "ผล.xlsx"
    path.write_bytes(content)
    for file in (path, str(path), content, io.BytesIO(content)):
        assert scores_of(ita.read_results(file)) == list(SCORES)


def test_every_score_says_where_it_stands() -> None:
    scores = read(plain_block()).scores
    assert scores[["sheet", "cell"]].to_numpy().tolist() == [["Sheet1", f"B{row}"] for row in range(4, 14)]


# Our own files


def test_the_template_we_offer_reads_without_a_problem() -> None:
    reading = ita.read_results(write_example())
    assert len(scores_of(reading)) == 10
    assert reading.scores["score"].notna().all()
    assert (len(reading.agencies), len(reading.fiscal_years)) == (1, 1)
    assert (reading.published.empty, reading.problems) == (True, ())


@pytest.mark.parametrize("year", [2563, 2564])
def test_the_sample_files_read_without_a_problem(year: int) -> None:
    reading = ita.read_results(SAMPLES / f"ita_result_{year}_example.xlsx")
    assert (reading.agencies, reading.fiscal_years, reading.problems) == ([AGENCY], [year], ())
    if year == 2564:
        assert scores_of(reading) == list(SCORES)
        assert printed(reading)["total"] == TOTAL


# One cell


@pytest.mark.parametrize(
    ("value", "code", "severity"),
    [
        (None, "ITA-S01", "warning"),
        ("  ", "ITA-S01", "warning"),
        ("-", "ITA-S01", "warning"),
        ("–", "ITA-S01", "warning"),
        ("N/A", "ITA-S11", "warning"),
        ("ไม่ประเมิน", "ITA-S11", "warning"),
        ("ไม่ได้ประเมิน", "ITA-S11", "warning"),
        ("ดีมาก", "ITA-S02", "error"),
        ("92.13/85", "ITA-S02", "error"),
        ("9,2", "ITA-S02", "error"),
        (True, "ITA-S02", "error"),
        (137.5, "ITA-S03", "error"),
        ("137.5", "ITA-S03", "error"),
        (-3, "ITA-S03", "error"),
        (100.01, "ITA-S03", "error"),
        (dt.datetime(2021, 5, 1), "ITA-S12", "error"),
        (dt.time(9, 30), "ITA-S12", "error"),
    ],
)
def test_a_cell_without_a_possible_score_is_missing_and_named(value: object, code: str, severity: str) -> None:
    reading = first_cell(value)
    assert pd.isna(first_score(reading))
    assert scores_of(reading)[1:] == list(SCORES[1:])
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.sheet, problem.cell) == (code, severity, "Sheet1", "B4")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), 10**30])
def test_numbers_that_no_sheet_should_hold_are_missing_and_named(value: float) -> None:
    rows = [[*row] for row in plain_block((value, *SCORES[1:]))]
    width = max(map(len, rows))
    reading = find_results([Sheet("Sheet1", [[*row, *[None] * (width - len(row))] for row in rows])])
    assert pd.isna(first_score(reading))
    assert [(problem.severity, problem.cell) for problem in reading.problems] == [("error", "B4")]


@pytest.mark.parametrize("value", [0, 100, 92.13, 92, 85.0])
def test_a_possible_score_is_taken_without_a_word(value: float) -> None:
    reading = first_cell(value)
    assert (first_score(reading), reading.problems) == (value, ())


@pytest.mark.parametrize(
    ("value", "score"),
    [("92.13", 92.13), ("๙๒.๑๓", 92.13), ("92.13%", 92.13), ("ร้อยละ 92.13", 92.13), ("92.13คะแนน", 92.13), ("0", 0)],
)
def test_a_number_typed_as_text_is_read_and_said(value: str, score: float) -> None:
    reading = first_cell(value)
    assert first_score(reading) == score
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.cell, problem.found) == ("ITA-S05", "info", "B4", value)


@pytest.mark.parametrize(
    ("value", "score"), [(84.994, 84.99), (84.995, 85.0), (84.9949, 84.99), (84.964999, 84.96), ("84.995", 85.0)]
)
def test_a_finer_number_is_rounded_half_up_and_said(value: object, score: float) -> None:
    reading = first_cell(value)
    assert first_score(reading) == score
    problem = next(problem for problem in reading.problems if problem.code == "ITA-S04")
    assert (problem.severity, problem.cell, problem.found) == ("info", "B4", str(value))
    assert f"{score:.2f}" in problem.message("th")


def test_the_last_bits_of_a_binary_number_are_no_finer_number() -> None:
    assert first_cell(0.1 + 92.03).problems == ()


def test_a_formula_counts_by_the_value_that_was_saved_with_it() -> None:
    content = book({"ผล": plain_block((*SCORES[:9], "=75/2"))})
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(<f>75/2</f>)<v ?/?>(</v>)?", rb"\1<v>37.5</v>", old.read(name)))
    assert scores_of(ita.read_results(kept.getvalue())) == list(SCORES)
    (problem,) = ita.read_results(content).problems
    assert (problem.code, problem.severity, problem.cell) == ("ITA-S20", "error", "B13")
    assert "Excel" in problem.advice("th")


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_an_error_cell_is_missing_and_named(error: str) -> None:
    reading = first_cell(error)
    assert pd.isna(first_score(reading))
    assert [problem.cell for problem in reading.problems] == ["B4"]


def test_percentages_that_excel_keeps_as_fractions_are_read_as_such_and_said() -> None:
    reading = read(plain_block([score / 100 for score in SCORES]))
    assert scores_of(reading) == list(SCORES)
    assert [(problem.code, problem.severity, problem.cell) for problem in reading.problems] == [
        ("ITA-S13", "warning", "B4")
    ]


@pytest.mark.parametrize("scores", [(0,) * 10, (1, 0, 1, 0, 1, 0, 1, 0, 0, 50)])
def test_low_scores_are_no_fractions(scores: Sequence[float]) -> None:
    reading = read(plain_block(scores))
    assert (scores_of(reading), codes(reading)) == (list(scores), [])


def test_many_numbers_typed_as_text_are_counted_not_listed() -> None:
    reading = listed(*(line(f"อบต.บ้าน{letter}", [str(score) for score in SCORES]) for letter in "กขคงจฉ"))
    (problem,) = reading.problems
    assert (problem.code, problem.cell, problem.details["count"]) == ("ITA-S15", "D3", 60)


def test_an_empty_cell_never_hides_a_score_that_stands_elsewhere() -> None:
    reading = read([*plain_block((None, *SCORES[1:])), ["1. การปฏิบัติหน้าที่", 92.13]])
    assert scores_of(reading) == list(SCORES)
    assert reading.problems == ()


# What the file lacks


def test_an_indicator_without_a_row_is_named() -> None:
    reading = read(plain_block()[:-1])
    assert reading.scores["indicator"].tolist() == list(range(1, 10))
    (problem,) = reading.problems
    assert (problem.code, problem.severity) == ("ITA-S08", "warning")
    assert "10. การป้องกันการทุจริต" in problem.message("th")
    assert "10. Prevention of corruption" in problem.message("en")


def test_a_column_that_a_whole_list_lacks_is_one_problem() -> None:
    reading = read([TITLE_2564, LIST_HEADING[:14], *(line(f"อบต.{letter}")[:14] for letter in "กขค")])
    (problem,) = reading.problems
    assert (problem.code, problem.details["count"]) == ("ITA-S17", 3)


@pytest.mark.parametrize("layout", ["block", "list"])
def test_a_file_without_a_year_asks_for_it_and_is_checked_again_when_it_is_stated(layout: str) -> None:
    rows = [LIST_HEADING, line(AGENCY, level="ผ่านดี", total=85.5)]
    if layout == "block":
        rows = [*plain_block(heading=("ตัวชี้วัด", "คะแนน")), ["คะแนนรวม", 85.5], ["ระดับ", "ผ่านดี"]]
    reading = read(rows)
    assert (reading.asks_fiscal_year, reading.asks_agency) == (True, False)
    assert codes(reading) == ["ITA-T06"]
    stated = reading.stated(fiscal_year=2567)
    assert not stated.asks_fiscal_year
    assert not stated.asks_agency
    assert stated.scores["fiscal_year"].tolist() == [2567] * 10
    assert stated.published["fiscal_year"].tolist() == [2567]
    assert {(problem.code, problem.cell) for problem in stated.problems} == {
        ("ITA-S09", "Q2" if layout == "list" else "B14"),
        ("ITA-S10", "R2" if layout == "list" else "B15"),
    }
    assert save(stated) == 1


def test_a_file_without_an_agency_asks_for_it() -> None:
    reading = read([["ตัวชี้วัด", "ปี 2564"], *plain_block()[3:], ["คะแนนรวม", TOTAL]])
    assert (reading.asks_agency, reading.agencies) == (True, [])
    assert codes(reading) == ["ITA-T05"]
    stated = reading.stated(agency=AGENCY)
    assert not stated.asks_agency
    assert stated.problems == ()
    assert (scores_of(stated, AGENCY, 2564), printed(stated)["agency"]) == (list(SCORES), AGENCY)
    assert save(stated) == 1


def test_agency_and_year_may_be_stated_one_after_the_other() -> None:
    reading = read([["ตัวชี้วัด", "คะแนน"], *plain_block()[3:]])
    stated = reading.stated(agency=AGENCY).stated(fiscal_year=2564)
    assert (scores_of(stated, AGENCY, 2564), stated.problems) == (list(SCORES), ())
    assert stated.stated(fiscal_year=2563) is stated


def test_stating_a_year_without_rules_uses_no_score() -> None:
    reading = read(plain_block(heading=("ตัวชี้วัด", "คะแนน"))).stated(fiscal_year=2561)
    assert reading.scores.empty
    assert codes(reading) == ["ITA-T02"]


def test_what_is_stated_may_contradict_the_file_and_can_still_be_saved() -> None:
    heading = ("ตัวชี้วัด", "คะแนน")
    sheets = {"ก": [["ปี 2564"], *plain_block(heading=heading)], "ข": plain_block((50,) * 10, heading=heading)}
    stated = ita.read_results(book(sheets)).stated(fiscal_year=2564)
    assert scores_of(stated) == list(SCORES)
    assert codes(stated) == ["ITA-S06"] * 10
    assert save(stated) == 1


# Years


@pytest.mark.parametrize("year", [2561, 2570])
def test_a_year_without_rules_is_an_error_and_none_of_it_is_used(year: int) -> None:
    reading = ita.read_results(book({str(year): [LIST_HEADING, line(AGENCY)], "2564": [LIST_HEADING, line(AGENCY)]}))
    assert reading.fiscal_years == [2564]
    assert reading.published["fiscal_year"].tolist() == [2564]
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.sheet, problem.found) == ("ITA-T02", "error", str(year), str(year))


# The same thing twice


def test_an_agency_twice_with_the_same_figures_is_no_matter() -> None:
    reading = listed(line(AGENCY), line(AGENCY))
    assert (scores_of(reading), reading.problems) == (list(SCORES), ())


@pytest.mark.parametrize(
    "again", [AGENCY, "เทศบาลตำบล บัววัฒนา", "เทศบาลตําบลบัววัฒนา"], ids=["same", "blank", "two-character am"]
)
def test_an_agency_twice_with_other_figures_keeps_the_first_and_names_both_cells(again: str) -> None:
    other = (92.13, 50.0, *SCORES[2:])
    reading = listed(line(AGENCY), line(again, other, total=75.0, level="C"))
    assert scores_of(reading) == list(SCORES)
    assert len(reading.published) == 1
    assert printed(reading)["total"] == TOTAL
    assert [(p.code, p.severity, p.cell, p.details["other"]) for p in reading.problems] == [
        ("ITA-S06", "error", "E4", "E3"),
        ("ITA-S06", "warning", "Q4", "Q3"),
        ("ITA-S06", "warning", "R4", "R3"),
    ]
    assert "50.00" in reading.problems[0].message("th")
    assert "84.55" in reading.problems[0].message("th")
    assert save(reading) == 1


def test_a_contradiction_on_another_sheet_names_that_sheet() -> None:
    reading = ita.read_results(book({"ก": plain_block(), "ข": plain_block((50, *SCORES[1:]))}))
    assert [(p.code, p.sheet, p.cell, p.details["other"]) for p in reading.problems] == [("ITA-S06", "ข", "B4", "ก!B4")]


def test_two_totals_for_one_result_are_named() -> None:
    reading = read([*plain_block(), ["คะแนนรวม", TOTAL], ["คะแนนรวม", 80.48]])
    assert printed(reading)["total"] == TOTAL
    assert [(p.code, p.severity, p.cell) for p in reading.problems] == [("ITA-S06", "warning", "B15")]


# Weighted points


def test_weighted_points_under_plain_headings_become_scores_and_that_is_said() -> None:
    reading = listed(line(AGENCY, **WEIGHTED), line("อบต.เขาค้อ", **WEIGHTED))
    for row in (0, 1):
        assert [printed(reading, row)[code] for code in ("iit", "eit", "oit")] == [86.27, 97.53, 64.25]
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.cell, problem.details["count"]) == ("ITA-S07", "info", "I3", 2)


def test_weighted_points_are_known_by_the_scores_where_no_total_is_printed() -> None:
    reading = listed(line(AGENCY, **WEIGHTED, total=None, level=None))
    assert [printed(reading)[code] for code in ("iit", "eit", "oit")] == [86.27, 97.53, 64.25]
    assert codes(reading) == ["ITA-S07"]


def test_scores_out_of_a_hundred_stay_as_they_are_even_where_they_are_low() -> None:
    low = (20.0,) * 9 + (18.75,)
    reading = listed(
        line(AGENCY, low, **figures_of(low)), line("อบต.เขาค้อ"), line("อบต.ศูนย์", (0,) * 10, **figures_of((0,) * 10))
    )
    assert reading.published["iit"].tolist() == [20.0, 86.27, 0.0]
    assert reading.problems == ()


def test_an_oit_score_that_no_documents_give_is_said_with_its_cell_and_kept() -> None:
    reading = listed(
        *(line(agency, ODD, means=("", "", ""), total="", level="") for agency in (AGENCY, "อบต.ศูนย์")),
        line("อบต.เขาค้อ"),
    )
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.cell, problem.found) == ("ITA-S29", "info", "N3", "91.13")
    assert (problem.details["year"], problem.details["count"]) == (2564, 2)
    assert reading.scores.set_index("cell").loc["N3", "score"] == 91.13


@pytest.mark.parametrize("fiscal_year", [2563, 2566, 2567])
def test_no_oit_score_is_doubted_where_the_list_of_documents_is_not_confirmed(fiscal_year: int) -> None:
    assert "ITA-S29" not in codes(listed(line(AGENCY, ODD), year=fiscal_year))


def test_in_a_mixed_table_only_the_rows_that_are_weighted_are_turned() -> None:
    reading = listed(line(AGENCY, **WEIGHTED), line("อบต.เขาค้อ"))
    assert reading.published["iit"].tolist() == [86.27, 86.27]
    assert [(problem.code, problem.details["count"]) for problem in reading.problems] == [("ITA-S07", 1)]


def test_in_a_weighted_table_a_row_with_a_wrong_total_is_weighted_too_and_named() -> None:
    heading = ["หน่วยงาน", "IIT", "EIT", "OIT", "คะแนนรวม", *range(1, 11)]
    rows = [
        [f"อบต.{letter}", 25.88, 29.26, 25.70, total, *SCORES]
        for letter, total in (("ก", TOTAL), ("ข", TOTAL), ("ค", 70))
    ]
    reading = read([TITLE_2564, heading, *rows])
    assert reading.published["oit"].tolist() == [64.25] * 3
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("ITA-S09", "E5"), ("ITA-S07", "B3")]


# What is printed


@pytest.mark.parametrize(
    ("options", "cell"),
    [({"means": (86.30, 97.53, 64.25)}, "I3"), ({"means": (86.27, 97.53, 64.0)}, "P3"), ({"total": 80.87}, "Q3")],
)
def test_a_printed_figure_that_the_scores_do_not_give_is_named_with_its_cell(
    options: dict[str, Any], cell: str
) -> None:
    reading = listed(line(AGENCY, **options))
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.cell) == ("ITA-S09", "warning", cell)


@pytest.mark.parametrize("total", [80.82, 80.84, 80.86])
def test_a_printed_total_may_differ_by_rounding(total: float) -> None:
    assert listed(line(AGENCY, total=total)).problems == ()


def test_the_printed_figures_are_kept_as_they_are() -> None:
    kept = printed(listed(line(AGENCY, means=(86.0, 97.0, 64.0), total=80.0, level="C")))
    assert [kept[what] for what in ("iit", "eit", "oit", "total", "level")] == [86.0, 97.0, 64.0, 80.0, "C"]


@pytest.mark.parametrize(
    ("year", "level", "expected"),
    [
        (2564, "B", []),
        (2564, "ระดับ B", []),
        (2564, "A", ["ITA-S10"]),
        (2564, "ดีมาก", ["ITA-S18"]),
        (2566, "ต้องปรับปรุง", []),
        (2567, "Needs improvement", []),
        (2566, "ผ่าน", ["ITA-S10"]),
        (2566, "B", ["ITA-S16"]),
        (2567, "A", ["ITA-S10", "ITA-S16"]),
        (2564, "-", []),
        (2564, None, []),
    ],
)
def test_a_level_is_held_against_the_rule_of_its_year_in_either_vocabulary(
    year: int, level: str | None, expected: list[str]
) -> None:
    assert codes(listed(line(AGENCY, level=level), year=year)) == expected


@pytest.mark.parametrize(
    ("scores", "level"),
    [
        ((95.0,) * 10, "ผ่านดีเยี่ยม"),
        ((86.0,) * 10, "ผ่านดี"),
        ((*(84.0,) * 5, *(99.0,) * 5), "ผ่าน"),
        ((60.0,) * 10, "ต้องปรับปรุงโดยด่วน"),
    ],
)
def test_a_level_in_words_looks_at_every_instrument(scores: Sequence[float], level: str) -> None:
    figures = figures_of(scores) | {"level": level}
    assert codes(listed(line(AGENCY, scores, **figures), year=2566)) == []


def test_a_printed_figure_that_is_no_number_is_named_and_a_blank_one_is_not() -> None:
    reading = listed(line(AGENCY, total="แปดสิบ", level=None), line("อบต.เขาค้อ", means=("-", None, "N/A")))
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("ITA-S02", "Q3")]


# The workbook


def test_hidden_sheets_are_left_alone_and_said() -> None:
    reading = ita.read_results(book({"ผล": plain_block(), "เก่า": plain_block((1,) * 10)}, hidden=["เก่า"]))
    assert scores_of(reading) == list(SCORES)
    assert [(problem.code, problem.severity, problem.sheet) for problem in reading.problems] == [
        ("ITA-T07", "info", "เก่า")
    ]


def test_a_table_on_a_hidden_sheet_alone_is_no_table() -> None:
    reading = ita.read_results(book({"อื่น": [["ก"]], "ผล": plain_block()}, hidden=["ผล"]))
    assert codes(reading) == ["ITA-T01", "ITA-T07"]


def test_a_workbook_without_a_table_is_an_error_and_not_an_exception() -> None:
    reading = read([["รายงานการประชุม"], [1, 2, 3]])
    assert reading.scores.empty
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("ITA-T01", "error")]
    assert (reading.asks_agency, reading.asks_fiscal_year, reading.agencies) == (False, False, [])


def test_a_workbook_of_measures_alone_is_read_as_that() -> None:
    content = (SAMPLES / "ita_measures_2565_example.xlsx").read_bytes()
    assert codes(ita.read_results(content)) == ["ITA-T01"]
    whole = read_file(content)
    assert whole.results is None
    assert whole.measures is not None
    assert whole.problems == ()


def test_a_template_holds_results_and_measures() -> None:
    whole = read_file(write_example())
    assert whole.results is not None
    assert whole.measures is not None


# The national list


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("national") / "national.xlsx"
    write_national(path)
    return path


def test_the_national_list_is_read_whole(national: Path) -> None:
    reading = ita.read_results(national)
    assert len(reading.scores) == 10 * AGENCIES
    assert reading.problems == ()
    assert reading.scores["score"].notna().all()
    by_agency = reading.scores.groupby("agency", sort=False)["score"].agg(tuple)
    for result in national_results()[::500]:
        assert by_agency[result.agency] == tuple(score / 100 for score in result.indicators)
    totals = reading.published.set_index("agency")["total"]
    assert totals[AGENCY] == TOTAL
    assert len(totals) == AGENCIES


# Words


def test_every_problem_of_a_file_speaks_both_languages() -> None:
    for make in HOSTILE:
        for problem in make().problems:
            for language in LANGUAGES:
                message = problem.message(language)
                assert "  " not in message
                assert not re.search(r"[{}]|nan|None|<NA>", message)


def test_the_files_of_the_last_test_have_every_problem_that_there_is() -> None:
    made = {problem.code for make in HOSTILE for problem in make().problems}
    assert made == set(re.findall(r"ITA-[TS]\d\d", " ".join(catalogue("th"))))


def test_english_sentences_name_the_indicators_in_english() -> None:
    (problem,) = first_cell(None).problems
    assert "1. Performance of duties" in problem.message("en")
    assert not re.search("การปฏิบัติหน้าที่", problem.message("en"))


def _fine(count: int) -> list[Row]:
    return [line(f"อบต.บ้าน{number}", [f"{score}" for score in SCORES]) for number in range(count)]


def items(scores: Sequence[float]) -> list[Row]:
    return [[f"O{number}", score] for number, score in enumerate(scores, start=1)]


def hidden(page: Sequence[Row], rows: set[int], columns: set[int]) -> ResultReading:
    """The reading of a sheet that hides some of its rows and columns."""
    (sheet,) = read_sheets(book({"ผล": page}))
    return find_results([replace(sheet, hidden_rows=frozenset(rows), hidden_columns=frozenset(columns))])


POINTS_OF_INDICATORS = (5.53, 5.07, 5.17, 5.02, 5.1, 9.83, 9.66, 9.77, 18.2, 17.5)
HOSTILE: tuple[Callable[[], ResultReading], ...] = (
    lambda: read([["ไม่มีตาราง"]]),
    lambda: listed(line(AGENCY), year=2570),
    lambda: read(plain_block(names=("การใช้อำนาด", "ความสุข", *NAMES[2:]))),
    lambda: read(plain_block(names=("การใช้อำนาด", *NAMES[1:]))).named({"1. การใช้อำนาด": 1}),
    lambda: read([["ปี 2564"], ["ตัวชี้วัด", "ก", "ข"], *([name, 1.5, 2.5] for name in NAMES)]),
    lambda: hidden(plain_block(), rows={4}, columns={1}),
    lambda: read(plain_block((0.5, "#N/A", *SCORES[2:]))),
    lambda: find_results([Sheet("ก", [[name, Fault("=A1")] for name in NAMES])]),
    lambda: read([[AGENCY, "ปี 2564"], ["ตัวชี้วัด", "คะแนน"], ["9. การเปิดเผยข้อมูล", 91], *items((50, *(0,) * 42, 0))]),
    lambda: read([[AGENCY, "ปี 2567"], ["ข้อ", "คะแนน"], *items((100, 0, 100))]),
    lambda: read([*plain_block(), ["ของเทศบาลตำบลบัวพัฒนา และ"], ["ส่ง อบจ.เพชรบูรณ์"]]),
    lambda: read([["ตัวชี้วัด", "คะแนน"], *plain_block()[3:]]),
    lambda: ita.read_results(book({"ก": plain_block(), "ข": [[1]]}, hidden=["ข"])),
    lambda: read(seed_rows(introduction="", year="คะแนน")),
    lambda: listed(line("ค่าเฉลี่ย"), line(None), [3, "อบต.ก", "ข"], line(AGENCY, level="A"), line("อบต.ข", level="ดี")),
    lambda: listed(line("อบต.ก", province="ขอนแก่น"), line("อบต.ก", province="เลย")),
    lambda: read([["หน่วยงาน", "ปี", *range(1, 11)], [AGENCY, "2464", *SCORES], ["อบต.ข", "2564", *SCORES]]),
    lambda: read([["หน่วยงาน", "ปี", *range(1, 11)], [AGENCY, "2021", *SCORES]]),
    lambda: read([TITLE_2564, ["หน่วยงาน", *range(1, 11), "การใช้อำนาจ"], [AGENCY, *SCORES, 11.11]]),
    lambda: ita.read_results(book({"IIT": plain_block()[:8], "EIT": [["ตัวชี้วัด", "ปี 2564"], [NAMES[5], 98.34]]})),
    lambda: read(plain_block([None, "N/A", "ดี", 137.5, 84.994, "84.55", dt.datetime(2021, 5, 1), "-", True, 37.5])),
    lambda: listed(line(AGENCY), line(AGENCY, (1,) * 10)),
    lambda: listed(line(AGENCY, **WEIGHTED)),
    lambda: read([TITLE_2564, LIST_HEADING[:14], *(line(f"อบต.{letter}")[:14] for letter in "กขค")]),
    lambda: listed(line(AGENCY, total=70), line("อบต.ข", level="B"), year=2566),
    lambda: read(plain_block([score / 100 for score in SCORES])),
    lambda: listed(*_fine(6)),
    lambda: read([TITLE_2564, ["ตัวชี้วัด", "คะแนน"], *zip([*NAMES[:2], f"3. {NAMES[3]}"], SCORES, strict=False)]),
    lambda: read([["ITA 2564"], ["ตัวชี้วัด", "คะแนน", "คะแนน"], *([name, 90.5, 6] for name in NAMES[:5])]),
    lambda: read([["ค่าเป้าหมาย ITA ปี 2564"], ["ตัวชี้วัด", "คะแนน"], *([name, 95.5] for name in NAMES)]),
    lambda: read([["ผลการประเมิน LPA ปี 2564"], ["หน่วยงาน", "คะแนนรวม"], [AGENCY, 84], ["อบต.ข", 91.5]]),
    lambda: listed(line(AGENCY, POINTS_OF_INDICATORS, total=90.84)),
    lambda: read(plain_block(POINTS_OF_INDICATORS)),
    lambda: listed(line("ทต.บ้านใหม่"), line("เทศบาลตำบลบ้านใหม่")),
    lambda: read(plain_block(), sheet="ปี 2565"),
    lambda: read([TITLE_2564, ["หน่วยงาน", "IIT", "EIT", "OIT"], [AGENCY, 25.88, 29.26, 25.7]]),
    lambda: read([["ปี 2567"], [AGENCY, "ตัวชี้วัด", "อบต.ข"], *([90.5, name, 91.5] for name in NAMES)]),
    lambda: listed(*(line(f"อบต.บ้าน{number}", [score + 0.001 for score in SCORES]) for number in range(6))),
)
