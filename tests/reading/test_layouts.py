"""The arrangements of results that really exist, and what agencies make of them: all are read for what they say."""

from __future__ import annotations

import pytest

import ita
from tests.reading.result_books import (
    AGENCY,
    BLOCKS,
    CLOSINGS,
    INTRODUCTION,
    LEVEL,
    LIST_HEADING,
    MEANS,
    NAMES,
    REPORT_TITLES,
    SCORES,
    TITLE_2564,
    TOTAL,
    Row,
    block,
    book,
    codes,
    line,
    plain_block,
    printed,
    read,
    scores_of,
    seed_rows,
)

LIST_2564 = [TITLE_2564, [], LIST_HEADING]
PRINTED = {**MEANS, "total": TOTAL, "level": LEVEL}


def all_blocks(**options: object) -> list[Row]:
    return [row for code in BLOCKS for row in block(code, **options)]  # type: ignore[arg-type]


# Layout 1: a block for each instrument


def test_the_seeds_report_gives_its_ten_scores_and_everything_it_prints() -> None:
    reading = read(seed_rows(), merged=["A10:A14", "A19:A21", "A26:A27"])
    assert scores_of(reading) == list(SCORES)
    assert reading.agencies == [AGENCY]
    assert printed(reading) == {"agency": AGENCY, "fiscal_year": 2564, **PRINTED}
    assert reading.problems == ()


def test_the_year_over_the_scores_counts_and_not_the_year_of_the_report() -> None:
    reading = read(seed_rows(introduction="", year="ปี 2564"))
    assert reading.fiscal_years == [2564]
    assert "ITA-T08" not in codes(reading)


def test_a_year_that_only_the_reports_title_states_is_used_with_a_warning_that_names_it() -> None:
    reading = read(seed_rows(introduction="", year="คะแนน"))
    assert reading.fiscal_years == [2565]
    (warning,) = reading.problems
    assert (warning.code, warning.severity, warning.cell) == ("ITA-T08", "warning", "A3")
    assert "2565" in warning.message("th")
    assert "FY2564" in warning.message("en")


def test_what_is_said_of_the_result_states_the_year_before_the_reports_title_does() -> None:
    assert read(seed_rows(year="คะแนน")).fiscal_years == [2564]


def test_a_title_that_names_the_assessment_states_its_year_without_a_word() -> None:
    reading = read([[f"ผลการประเมิน ITA ของ{AGENCY} ประจำปีงบประมาณ พ.ศ. 2565"], *all_blocks(year="คะแนน")])
    assert (reading.fiscal_years, reading.problems) == ([2565], ())


def test_titles_of_two_years_leave_the_year_to_be_asked_for() -> None:
    reading = read([["ผลการประเมิน ITA ปี 2563"], ["ผลการประเมิน ITA ปี 2564"], *all_blocks(year="คะแนน")])
    assert reading.asks_fiscal_year


def test_blocks_on_a_sheet_each_are_one_result() -> None:
    sheets = {code: [*block(code), [], [CLOSINGS[code]]] for code in BLOCKS}
    sheets["IIT"] = [[INTRODUCTION], *sheets["IIT"]]
    reading = ita.read_results(book(sheets))
    assert scores_of(reading, AGENCY, 2564) == list(SCORES)
    assert printed(reading) == {"agency": AGENCY, "fiscal_year": 2564, **PRINTED}
    assert [(problem.code, problem.severity, problem.sheet) for problem in reading.problems] == [
        ("ITA-T16", "info", "EIT"),
        ("ITA-T16", "info", "OIT"),
    ]


def test_two_whole_results_are_not_put_into_one_year_by_guess() -> None:
    first = [["ปี 2564"], *plain_block(heading=("ตัวชี้วัด", "คะแนน"))]
    second = plain_block(SCORES[::-1], heading=("ตัวชี้วัด", "คะแนน"))
    reading = ita.read_results(book({"ก": first, "ข": second}))
    assert reading.asks_fiscal_year
    assert "ITA-S06" not in codes(reading)
    stated = reading.stated(fiscal_year=2563)
    assert scores_of(stated, AGENCY, 2563) == list(SCORES[::-1])
    assert scores_of(stated, AGENCY, 2564) == list(SCORES)


def test_two_spellings_of_the_agency_in_one_sheet_are_named() -> None:
    reading = read(seed_rows(titles=[title.replace("บัววัฒนา", "บัวพัฒนา") for title in REPORT_TITLES]))
    (warning,) = (problem for problem in reading.problems if problem.code == "ITA-T04")
    assert warning.severity == "warning"
    assert {warning.found, warning.details["used"]} == {"เทศบาลตำบลบัวพัฒนา", "เทศบาลตำบลบัววัฒนา"}
    assert len(reading.agencies) == 1


def test_two_spellings_on_sheets_that_complete_each_other_are_one_agency_and_named() -> None:
    spelt = {"IIT": AGENCY, "EIT": "เทศบาลตำบลบัวพัฒนา", "OIT": AGENCY}
    sheets = {code: [[f"ผลการประเมิน{spelt[code]} ปี 2564"], *block(code, year="คะแนน")] for code in BLOCKS}
    reading = ita.read_results(book(sheets))
    assert scores_of(reading, AGENCY, 2564) == list(SCORES)
    assert codes(reading) == ["ITA-T04"]


def test_another_agency_that_is_only_mentioned_is_named() -> None:
    reading = read([*plain_block(), [], ["จัดทำโดย องค์การบริหารส่วนจังหวัดเพชรบูรณ์"]])
    assert reading.agencies == [AGENCY]
    assert codes(reading) == ["ITA-T09"]


def test_tables_may_stand_anywhere_among_blank_rows_and_columns() -> None:
    spread = [[], [], [], *([None, None, row[0] if row else None, None, *row[1:]] for row in seed_rows())]
    reading = read(spread)
    assert scores_of(reading) == list(SCORES)
    assert printed(reading)["total"] == TOTAL
    gaps = [row for one in plain_block()[3:] for row in (one, [])]
    assert scores_of(read([*plain_block()[:3], *gaps])) == list(SCORES)


@pytest.mark.parametrize("label", ["เฉลี่ย", "รวม", "คะแนนเฉลี่ย", "คะแนนรวม", "ค่าเฉลี่ย"])
def test_mean_rows_inside_the_blocks_are_the_instruments(label: str) -> None:
    rows = [
        row for code, mean in zip(BLOCKS, MEANS.values(), strict=True) for row in (*block(code), [None, label, mean])
    ]
    reading = read([[AGENCY], *rows, [None, "คะแนนรวมทั้งหมด", TOTAL], [None, "ระดับ", LEVEL]])
    assert printed(reading) == {"agency": AGENCY, "fiscal_year": 2564, **PRINTED}
    assert reading.problems == ()


def test_a_mean_row_beside_its_merged_instrument_is_that_instruments() -> None:
    rows = [["เครื่องมือ", "ตัวชี้วัด", "ปี 2564"], ["OIT", NAMES[8], 91], [None, NAMES[9], 37.5], [None, "คะแนนรวม", 64.25]]
    assert printed(read([[AGENCY], *rows], merged=["A3:A5"]))["oit"] == 64.25


def test_a_mean_row_on_each_sheet_is_the_instruments_and_not_the_total() -> None:
    means = dict(zip(BLOCKS, MEANS.values(), strict=True))
    sheets = {code: [[f"{AGENCY} ปี 2564"], *block(code), [None, "คะแนนรวม", means[code]]] for code in BLOCKS}
    reading = ita.read_results(book(sheets))
    assert {what: printed(reading)[what] for what in MEANS} == MEANS
    assert reading.problems == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "ได้รับคะแนน **80.84** คะแนน ระดับผลการประเมินอยู่ในระดับ **B**",
        "ได้รับคะแนน 80.84 คะแนน ระดับผลการประเมินอยู่ในระดับ B",
        "ได้รับคะแนน ๘๐.๘๔ คะแนน อยู่ในระดับ “B”",
        "คะแนนภาพรวมหน่วยงาน อบต. ประจำปีงบประมาณ พ.ศ. 2564 : 80.84 คะแนน\nระดับ B",
        "ปี 2564 ได้รับคะแนน 80.84 คะแนน ระดับ B ส่วนปี 2563 ได้รับคะแนน 75.20 คะแนน",
        "ปี 2563 ได้รับคะแนน 75.20 คะแนน ปี 2564 ได้รับคะแนน 80.84 คะแนน ระดับ B",
        "รวมคะแนน 80.84 คะแนน ระดับ B",
        "ได้รับคะแนน 80.84 คะแนน (เกณฑ์: ระดับ A ขึ้นไป) ระดับ B",
    ],
)
def test_total_and_level_are_found_in_a_sentence(sentence: str) -> None:
    reading = read([[AGENCY], [sentence], *all_blocks()])
    assert (printed(reading)["total"], printed(reading)["level"]) == (TOTAL, LEVEL)
    assert reading.problems == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "จุดแข็ง (ตัวชี้วัดที่ได้คะแนนมากกว่าร้อยละ 85) มีจำนวน 6 ตัวชี้วัด",
        "ตัวชี้วัดด้านการปฏิบัติหน้าที่ ได้รับคะแนน 92.13 คะแนน",
        "ถือว่าผ่านเกณฑ์เป้าหมาย (85 คะแนนขึ้นไป)",
        "ผลคะแนน 85 คะแนนขึ้นไป ถือว่าผ่าน",
        "ปี 2563 ได้รับคะแนน 75.20 คะแนน",
    ],
)
def test_other_sentences_state_no_total(sentence: str) -> None:
    assert read([[AGENCY], [sentence], *all_blocks()]).published.empty


def test_a_whole_document_in_one_cell_is_read_sentence_by_sentence() -> None:
    reading = read([["\n".join([INTRODUCTION, *CLOSINGS.values()])], *all_blocks()])
    assert printed(reading) == {"agency": AGENCY, "fiscal_year": 2564, **PRINTED}


def test_names_and_numbers_are_read_however_they_are_typed() -> None:
    lines = [
        ["ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "๙๒.๑๓"],
        ["๒. การใช้งบประมาณ", "84.55 คะแนน"],
        ["3) การใช้อํานาจ", "ร้อยละ 86.13"],
        ["(4) การใช้ทรัพย์สิน ของราชการ", "83.60%"],
        ["การแก้ไขปัญหาทุจริต", "84.96คะเเนน"],
        ["6.\u00a0คุณภาพการดำเนินงาน", "98.34"],
        ["7. ประสิทธิภาพ\u200bการสื่อสาร", 96.58],
        ["8. การปรับปรุงการทำงาน", 97.66],
        ["ตัวชี้วัดที่ 9", 91],
        ["10. การป้องกันการทุจริต (OIT)", 37.5],
    ]
    reading = read([["หน่วยงาน :", AGENCY], ["ตัวชี้วัด", "ปีงบประมาณ พ.ศ. ๒๕๖๔"], *lines])
    assert scores_of(reading, AGENCY, 2564) == list(SCORES)
    assert codes(reading) == ["ITA-S05"] * 6


@pytest.mark.parametrize(
    ("name", "code", "proposed"),
    [("การปฎิบัตหน้าที", "ITA-T17", 1), ("การปฏิบัติหน้าที่ราชการ", "ITA-T17", 1), ("ความพึงพอใจ", "ITA-T03", None)],
)
def test_a_name_that_is_no_indicators_is_not_used_but_asked_about(name: str, code: str, proposed: int | None) -> None:
    reading = read(plain_block(names=(name, *NAMES[1:])))
    assert [(problem.code, problem.cell, problem.found) for problem in reading.problems] == [
        (code, "A4", f"1. {name}"),
        ("ITA-S08", None, "1"),
    ]
    assert reading.scores["indicator"].tolist() == list(range(2, 11))
    (unknown,) = reading.unknown_names
    assert (unknown.text, unknown.cell, unknown.proposed) == (f"1. {name}", "A4", proposed)


def test_a_name_that_the_user_confirms_is_read_as_the_indicator_and_said() -> None:
    reading = read(plain_block(names=("การปฎิบัตหน้าที", *NAMES[1:])))
    confirmed = reading.named({"1. การปฎิบัตหน้าที": 1})
    assert scores_of(confirmed) == list(SCORES)
    assert [(problem.code, problem.severity) for problem in confirmed.problems] == [("ITA-T21", "info")]
    assert confirmed.unknown_names == ()


def test_a_misspelt_heading_in_a_list_is_proposed_too() -> None:
    heading = [*LIST_HEADING[:3], "1. การปฏบัติหน้าที่", *LIST_HEADING[4:]]
    reading = read([TITLE_2564, heading, line(AGENCY)])
    (unknown,) = reading.unknown_names
    assert (unknown.cell, unknown.proposed) == ("D2", 1)
    assert scores_of(reading.named({unknown.text: 1})) == list(SCORES)


def test_full_marks_beside_the_scores_are_no_scores() -> None:
    rows = [[number, name, 100, score] for number, (name, score) in enumerate(zip(NAMES, SCORES, strict=True), start=1)]
    reading = read([[f"{AGENCY} ปี 2564"], ["ที่", "ตัวชี้วัด", "คะแนนเต็ม", "คะแนนที่ได้"], *rows])
    assert scores_of(reading) == list(SCORES)
    assert reading.problems == ()


def test_blocks_side_by_side_are_read_each_with_its_scores() -> None:
    rows = [[NAMES[row], SCORES[row], NAMES[row + 5], SCORES[row + 5]] for row in range(5)]
    assert scores_of(read([[f"{AGENCY} ปี 2564"], ["ตัวชี้วัด", "คะแนน"] * 2, *rows])) == list(SCORES)


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        (["ตัวชี้วัดที่", "คะแนน"], [[number, score] for number, score in enumerate(SCORES, start=1)]),
        (["ตัวชี้วัด", None, "คะแนน"], [[11 - n, NAMES[n - 1], SCORES[n - 1]] for n in range(1, 11)]),
        ([], [[name, score] for name, score in zip(NAMES, SCORES, strict=True)]),
    ],
)
def test_indicators_may_be_numbers_beside_a_rank_or_without_a_heading(heading: Row, lines: list[Row]) -> None:
    assert scores_of(read([[f"ผลการประเมิน {AGENCY} ปี 2564"], heading, *lines])) == list(SCORES)


def test_a_table_of_measures_below_the_scores_is_no_part_of_them() -> None:
    measures = [["มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา"], ["1. การปฏิบัติหน้าที่", "ประชุม", "กองคลัง", "ต.ค. 64"]]
    reading = read([*plain_block(), [], *measures])
    assert (scores_of(reading), reading.problems) == (list(SCORES), ())


# Layouts 2 and 10: one agency per row


def test_a_list_gives_each_agency_its_scores_and_what_is_printed() -> None:
    reading = read([*LIST_2564, line(AGENCY), line("เทศบาลตำบลเขาค้อ", rank=2), ["หมายเหตุ: คะแนนเต็ม 100 คะแนน"]])
    assert scores_of(reading, AGENCY, 2564) == list(SCORES)
    assert scores_of(reading, "เทศบาลตำบลเขาค้อ", 2564) == list(SCORES)
    assert printed(reading, 1) == {"agency": "เทศบาลตำบลเขาค้อ", "fiscal_year": 2564, **PRINTED}
    assert reading.scores.loc[0, ["sheet", "cell"]].tolist() == ["Sheet1", "D4"]
    assert reading.problems == ()


UPPER = ["ที่", "ชื่อ อปท.", "IIT", *[None] * 5, "EIT", *[None] * 3, "OIT", *[None] * 2, "คะแนนรวม", "ระดับ"]
LINE = [1, AGENCY, *SCORES[:5], 86.27, *SCORES[5:8], 97.53, *SCORES[8:], 64.25, TOTAL, LEVEL]
MERGED = ["A2:A3", "B2:B3", "C2:H2", "I2:L2", "M2:O2", "P2:P3", "Q2:Q3"]


@pytest.mark.parametrize("merged", [MERGED, []], ids=["merged", "not merged"])
@pytest.mark.parametrize(
    "words", [("รวม",) * 3, ("เฉลี่ย",) * 3, ("คะแนน",) * 3, ("คะแนนรวม",) * 3, ("IIT", "EIT", "OIT")]
)
@pytest.mark.parametrize("indicators", [list(range(1, 11)), list(NAMES), [f"{i}. {n}" for i, n in enumerate(NAMES, 1)]])
def test_two_heading_rows_with_a_mean_under_each_group(merged: list[str], words: Row, indicators: Row) -> None:
    iit, eit, oit = words
    lower = [None, None, *indicators[:5], iit, *indicators[5:8], eit, *indicators[8:], oit, None, None]
    reading = read([TITLE_2564, UPPER, lower, LINE], merged=merged)
    assert scores_of(reading, AGENCY, 2564) == list(SCORES)
    assert printed(reading) == {"agency": AGENCY, "fiscal_year": 2564, **PRINTED}
    assert reading.problems == ()


def test_one_heading_row_with_a_nameless_mean_after_each_group() -> None:
    heading = ["ที่", "หน่วยงาน", 1, 2, 3, 4, 5, "รวม", 6, 7, 8, "รวม", 9, 10, "รวม", "คะแนนรวม", "ระดับ"]
    assert printed(read([TITLE_2564, heading, LINE])) == {"agency": AGENCY, "fiscal_year": 2564, **PRINTED}


def test_numbers_alone_are_heading_enough() -> None:
    heading = ["ลำดับ", "จังหวัด", "ประเภท", "หน่วยงาน", *map(str, range(1, 11)), "รวม", "ระดับ", "อันดับ"]
    reading = read([TITLE_2564, heading, [1, "เพชรบูรณ์", "เทศบาลตำบล", AGENCY, *SCORES, TOTAL, LEVEL, 7]])
    assert scores_of(reading, AGENCY, 2564) == list(SCORES)
    assert (printed(reading)["total"], printed(reading)["level"]) == (TOTAL, LEVEL)


@pytest.mark.parametrize("number", ["({})", "{}", 0])
def test_a_line_of_column_numbers_is_no_agency(number: str | int) -> None:
    numbers = [number.format(place) if isinstance(number, str) else place for place in range(1, len(LIST_HEADING) + 1)]
    reading = read([*LIST_2564, numbers, line(AGENCY)])
    assert (scores_of(reading), reading.problems) == (list(SCORES), ())


def test_a_heading_repeated_on_every_page_is_no_agency() -> None:
    reading = read([*LIST_2564, line(AGENCY), LIST_HEADING, line("เทศบาลตำบลเขาค้อ")])
    assert reading.agencies == [AGENCY, "เทศบาลตำบลเขาค้อ"]
    assert reading.problems == ()


def test_the_year_may_stand_in_a_column() -> None:
    rows = [[AGENCY, "ปี ๒๕๖๓", *SCORES], [None, 2564, *SCORES[::-1]]]
    reading = read([["หน่วยงาน", "ปีงบประมาณ", *range(1, 11)], *rows], merged=["A2:A3"])
    assert scores_of(reading, AGENCY, 2563) == list(SCORES)
    assert scores_of(reading, AGENCY, 2564) == list(SCORES[::-1])


def test_the_year_may_stand_in_the_sheets_name_or_over_each_table() -> None:
    by_sheet = ita.read_results(book({"ปี 2563": [LIST_HEADING, line(AGENCY)], "2564": [LIST_HEADING, line(AGENCY)]}))
    assert by_sheet.fiscal_years == [2563, 2564]
    below = read([["ผลคะแนน ปี 2563"], LIST_HEADING, line(AGENCY), [], ["ผลคะแนน ปี 2564"], LIST_HEADING, line(AGENCY)])
    assert below.fiscal_years == [2563, 2564]
    assert len(below.scores) == 20


def test_years_may_stand_over_groups_of_columns() -> None:
    upper, lower = ["หน่วยงาน", "ปี 2563", *[None] * 9, "ปี 2564"], [None, *range(1, 11), *range(1, 11)]
    reading = read([upper, lower, [AGENCY, *SCORES, *SCORES[::-1]]], merged=["B1:K1", "L1:U1"])
    assert scores_of(reading, AGENCY, 2563) == list(SCORES)
    assert scores_of(reading, AGENCY, 2564) == list(SCORES[::-1])


def test_a_year_that_cannot_be_read_leaves_its_row_out_and_is_named() -> None:
    rows = [[AGENCY, 2464, *SCORES], ["อบต.เขาค้อ", 2564, *SCORES]]
    reading = read([["หน่วยงาน", "ปี", *range(1, 11)], *rows])
    assert reading.agencies == ["อบต.เขาค้อ"]
    assert [(problem.code, problem.severity, problem.cell) for problem in reading.problems] == [
        ("ITA-T14", "error", "B2")
    ]


def test_a_single_line_takes_its_agency_from_the_title() -> None:
    reading = read([[f"ผลการประเมิน ITA ของ{AGENCY} ปี 2564"], [*range(1, 11), "รวม"], [*SCORES, TOTAL]])
    assert scores_of(reading, AGENCY, 2564) == list(SCORES)


def test_an_agency_column_is_known_by_what_it_holds() -> None:
    reading = read([TITLE_2564, ["ที่", "รายการ", *range(1, 11)], [1, AGENCY, *SCORES], [2, "อบต.เขาค้อ", *SCORES]])
    assert reading.agencies == [AGENCY, "อบต.เขาค้อ"]


def test_a_list_of_one_instrument_alone_is_read() -> None:
    reading = read([TITLE_2564, ["หน่วยงาน", NAMES[8], NAMES[9], "OIT"], [AGENCY, 91, 37.5, 64.25]])
    assert reading.scores["score"].tolist() == [91, 37.5]
    assert codes(reading) == ["ITA-S08"]


def test_summary_rows_are_left_out_and_said() -> None:
    rows = [line(AGENCY), line("ค่าเฉลี่ย"), line(None, rank="รวม", province=None), line("คะแนนเต็ม", (100,) * 10)]
    reading = read([*LIST_2564, *rows])
    assert reading.agencies == [AGENCY]
    assert [(p.code, p.severity, p.cell, p.found) for p in reading.problems] == [
        ("ITA-T10", "info", "B5", "ค่าเฉลี่ย"),
        ("ITA-T10", "info", "A6", "รวม"),
        ("ITA-T10", "info", "B7", "คะแนนเต็ม"),
    ]


def test_a_row_without_a_name_and_an_agency_without_scores_are_left_out_and_said() -> None:
    reading = read([*LIST_2564, line(AGENCY), line(None), [3, "อบต.เขาค้อ", "เพชรบูรณ์"], ["ลงชื่อ", "ผู้รายงาน"]])
    assert reading.agencies == [AGENCY]
    assert [(p.code, p.severity, p.cell) for p in reading.problems] == [
        ("ITA-T11", "warning", "B5"),
        ("ITA-T12", "warning", "B6"),
    ]


def test_two_columns_of_one_meaning_are_named_and_the_first_is_used() -> None:
    reading = read([TITLE_2564, ["หน่วยงาน", *range(1, 11), "การใช้อำนาจ"], [AGENCY, *SCORES, 11.11]])
    assert scores_of(reading) == list(SCORES)
    assert [(p.code, p.cell, p.details["used"]) for p in reading.problems] == [("ITA-T15", "L2", "D2")]


# Namesakes


def test_agencies_of_one_name_in_two_provinces_get_the_province_and_only_they() -> None:
    rows = [line("อบต.หนองบัว", province="ขอนแก่น"), line("อบต.หนองบัว", province="จ.อุดรธานี"), line("อบต.เขาค้อ")]
    reading = read([*LIST_2564, *rows])
    assert reading.agencies == ["อบต.หนองบัว จ.ขอนแก่น", "อบต.หนองบัว จ.อุดรธานี", "อบต.เขาค้อ"]
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("ITA-T13", "info")]


def test_the_province_may_be_a_sheets_name_a_title_or_a_line_over_its_agencies() -> None:
    alone = line("อบต.หนองบัว", province=None)
    told_apart = ["อบต.หนองบัว จ.ขอนแก่น", "อบต.หนองบัว จ.อุดรธานี"]
    assert ita.read_results(book({name: [*LIST_2564, alone] for name in ("ขอนแก่น", "อุดรธานี")})).agencies == told_apart
    titled = {str(i): [[f"จังหวัด{name}"], *LIST_2564, alone] for i, name in enumerate(("ขอนแก่น", "อุดรธานี"))}
    assert ita.read_results(book(titled)).agencies == told_apart
    assert read([*LIST_2564, ["จังหวัดขอนแก่น"], alone, ["จังหวัดอุดรธานี"], alone]).agencies == told_apart


def test_kind_and_district_tell_apart_where_the_province_does_not() -> None:
    heading = ["หน่วยงาน", "ประเภท", "อำเภอ", "จังหวัด", *range(1, 11)]
    rows = [
        ["หนองบัว", "เทศบาลตำบล", "เมือง", "ขอนแก่น"],
        ["หนองบัว", "อบต.", "เมือง", "ขอนแก่น"],
        ["หนองบัว", "อบต.", "บ้านฝาง", "ขอนแก่น"],
    ]
    reading = read([TITLE_2564, heading, *([*row, *SCORES] for row in rows)])
    assert reading.agencies == ["เทศบาลตำบลหนองบัว", "อบต.หนองบัว อ.เมือง", "อบต.หนองบัว อ.บ้านฝาง"]


def test_the_same_agency_in_two_years_is_no_namesake() -> None:
    sheets = {
        year: [LIST_HEADING, line(AGENCY, province=province)] for year, province in (("2563", "ก"), ("2564", "ข"))
    }
    assert ita.read_results(book(sheets)).agencies == [AGENCY]


# Recognised


def test_the_reading_says_what_it_recognised_and_where() -> None:
    (blocks,) = read(plain_block()).tables
    assert (blocks.layout, blocks.sheet, blocks.area, blocks.agencies) == ("blocks", "Sheet1", "B4:B13", 1)
    (rows,) = read([*LIST_2564, line(AGENCY), line("อบต.เขาค้อ")]).tables
    assert (rows.layout, rows.area, rows.agencies) == ("agency_rows", "D4:O5", 2)
