"""Columns and rows that stand beside an agency's scores: never taken for them, and named where they might be meant."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ita.reading.results import ResultReading, find_results
from ita.reading.sheet import Fault, Sheet, Value
from ita.rulebooks import latest

NAMES = [f"{indicator.number}. {indicator.name['th']}" for indicator in latest().indicators]
BARE = [indicator.name["th"] for indicator in latest().indicators]
SCORES = (92.13, 84.55, 86.13, 83.6, 84.96, 98.34, 96.58, 97.66, 91.0, 87.5)
AGENCY, OTHER = "เทศบาลตำบลหนองบัว", "อบต.ดอนแก้ว"


def reading_of(rows: Sequence[Sequence[Value]], merged: Sequence[tuple[int, int, int, int]] = ()) -> ResultReading:
    width = max(map(len, rows))
    return find_results([Sheet("Sheet1", [[*row, *[None] * (width - len(row))] for row in rows], merged=tuple(merged))])


def down(headings: Sequence[Sequence[Value]], *columns: Sequence[Value]) -> list[list[Value]]:
    """A block of the ten indicators with these columns beside the names."""
    beside = [[name, *values] for name, *values in zip(NAMES, *columns, strict=True)]
    return [[f"{AGENCY} ปีงบประมาณ 2567"], *map(list, headings), *beside]


def scores_of(reading: ResultReading, agency: str = AGENCY, year: int = 2567) -> dict[int, float]:
    scores = reading.scores.query("agency == @agency and fiscal_year == @year")
    return dict(zip(scores["indicator"], scores["score"], strict=True))


def codes(reading: ResultReading) -> set[str]:
    return {problem.code for problem in reading.problems if problem.severity != "info"}


RIGHT = dict(enumerate(SCORES, start=1))


@pytest.mark.parametrize(
    "heading",
    ["คาดการณ์ปี 2568", "ประมาณการ 2568", "2568 (พยากรณ์)", "แผน 2568", "ร้อยละที่เพิ่ม ปี 2567", "คะแนนปีที่แล้ว", "คะแนน (เต็ม 5)"],
)
def test_a_column_with_other_words_beside_its_year_is_named_and_not_read(heading: str) -> None:
    others = [score / 2 for score in SCORES]
    for headings, columns in (((heading, "ปี 2567"), (others, SCORES)), (("ปี 2567", heading), (SCORES, others))):
        reading = reading_of(down([["ตัวชี้วัด", *headings]], *columns))
        assert scores_of(reading) == RIGHT
        assert reading.fiscal_years == [2567]
        assert codes(reading) == {"ITA-T18"}


@pytest.mark.parametrize("other", ["จังหวัด", "คะแนนเต็ม", "เต็ม", "ประเทศ", "เป้าหมาย", "ก่อนอุทธรณ์"])
def test_under_a_year_over_several_columns_their_own_words_decide(other: str) -> None:
    headings = [["ตัวชี้วัด", "ปี 2567"], [None, other, "คะแนนที่ได้"]]
    reading = reading_of(down(headings, [100] * 10, SCORES), merged=[(1, 1, 1, 2)])
    assert scores_of(reading) == RIGHT


def test_before_and_after_an_appeal_none_is_chosen_unasked() -> None:
    headings = [["ตัวชี้วัด", "ปี 2567"], [None, "ก่อน", "หลัง"]]
    reading = reading_of(down(headings, [50.5] * 10, SCORES), merged=[(1, 1, 1, 2)])
    assert scores_of(reading) == {}
    assert "ITA-T18" in codes(reading)


def test_points_beside_their_full_marks_are_no_scores_but_the_percentage_is() -> None:
    full = [6] * 5 + [10] * 3 + [20] * 2
    points = [round(score * most / 100, 2) for score, most in zip(SCORES, full, strict=True)]
    both = reading_of(down([["ตัวชี้วัด", "คะแนนเต็ม", "คะแนนที่ได้", "ร้อยละ"]], full, points, SCORES))
    assert scores_of(both) == RIGHT
    alone = reading_of(down([["ตัวชี้วัด", "คะแนนเต็ม", "คะแนนที่ได้"]], full, points))
    assert scores_of(alone) == {}
    assert "ITA-T18" in codes(alone)


SCALED = {full: [round(score * full / 100, 2) for score in SCORES] for full in (4, 5, 10, 20)}
POINTS = [5.53, 5.07, 5.17, 5.02, 5.1, 9.83, 9.66, 9.77, 18.2, 17.5]


@pytest.mark.parametrize("scores", [*SCALED.values(), POINTS])
def test_scores_that_may_be_of_another_full_mark_are_kept_with_a_warning(scores: list[float]) -> None:
    reading = reading_of(down([["ตัวชี้วัด", "คะแนน"]], scores))
    assert scores_of(reading) == dict(enumerate(scores, start=1))
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.cell) == ("ITA-S27", "warning", "B3")
    assert f"{max(scores):.2f}" in problem.message("th")


@pytest.mark.parametrize(
    ("scores", "printed"),
    [
        *((scores, ("คะแนนรวม", 90.84)) for scores in [*SCALED.values(), POINTS]),
        *((scores, ("คะแนนเฉลี่ย IIT", 86.27)) for scores in SCALED.values()),
        *((scores, ("ระดับ", "A")) for scores in SCALED.values()),
    ],
)
def test_low_scores_that_give_a_high_total_or_level_out_of_less_are_an_error_and_no_scores(
    scores: list[float], printed: tuple[str, Value]
) -> None:
    reading = reading_of([*down([["ตัวชี้วัด", "คะแนน"]], scores), printed])
    assert reading.scores["score"].isna().all()
    assert codes(reading) - {"ITA-S18"} == {"ITA-S26"}


def test_low_scores_that_give_the_printed_total_out_of_nothing_are_kept_with_a_warning() -> None:
    reading = reading_of([*down([["ตัวชี้วัด", "คะแนน"]], range(1, 11)), ["คะแนนรวม", 80.84]])
    assert scores_of(reading) == dict(enumerate(range(1, 11), start=1))
    assert codes(reading) == {"ITA-S09", "ITA-S27"}


def test_low_scores_of_another_full_mark_are_told_also_beside_a_total_of_that_mark() -> None:
    assert codes(reading_of([*down([["ตัวชี้วัด", "คะแนน"]], SCALED[5]), ["คะแนนรวม", 4.54]])) == {"ITA-S27"}


@pytest.mark.parametrize("scores", [(0,) * 10, (0, 12.5, *SCORES[2:]), (0,) * 8 + (12.5, 10)])
def test_a_few_low_scores_and_zeros_are_no_other_scale(scores: tuple[float, ...]) -> None:
    assert codes(reading_of(down([["ตัวชี้วัด", "คะแนน"]], scores))) == set()


def test_results_of_another_full_mark_in_a_list_are_counted() -> None:
    rows = [["ผล ITA ปี 2567"], ["หน่วยงาน", *BARE], [AGENCY, *SCORES], *([f"อบต.บ้าน{n}", *SCALED[5]] for n in "กขค")]
    reading = reading_of(rows)
    (problem,) = reading.problems
    assert (problem.code, problem.cell, problem.details["count"]) == ("ITA-S27", "B4", 3)
    assert scores_of(reading) == RIGHT


def test_totals_alone_that_are_all_low_are_told_and_one_among_others_is_not() -> None:
    rows = [["ผล ITA ปี 2567"], ["หน่วยงาน", "คะแนนรวม"], [AGENCY, 4.54], [OTHER, 4.31]]
    assert codes(reading_of(rows)) == {"ITA-S27"}
    assert codes(reading_of([*rows, ["อบต.บ้านใหม่", 90.84]])) == set()


@pytest.mark.parametrize("points", [(25.88, 29.26, 25.70), (20.0, 30.0, 40.0)])
def test_instruments_that_may_be_weighted_points_are_kept_with_a_warning(points: tuple[float, ...]) -> None:
    rows = [["ผล ITA ปี 2567"], ["หน่วยงาน", "IIT", "EIT", "OIT"], [AGENCY, *points], [OTHER, 86.27, 97.53, 64.25]]
    reading = reading_of(rows)
    assert reading.published[["iit", "eit", "oit"]].to_numpy().tolist() == [list(points), [86.27, 97.53, 64.25]]
    assert [(problem.code, problem.severity, problem.cell) for problem in reading.problems] == [
        ("ITA-S28", "warning", "B3")
    ]


@pytest.mark.parametrize("label", ["อันดับในจังหวัด", "เกณฑ์ผ่าน", "คะแนนปีที่แล้ว", "ผลต่าง", "ค่าเฉลี่ยระดับประเทศ", "สูงสุด"])
def test_a_row_below_the_ten_indicators_is_not_asked_about(label: str) -> None:
    reading = reading_of([*down([["ตัวชี้วัด", "คะแนน"]], SCORES), [label, 12]])
    assert scores_of(reading) == RIGHT
    assert reading.unknown_names == ()


@pytest.mark.parametrize(
    "label",
    [
        "จำนวนหน่วยงานที่ผ่าน", "ร้อยละที่ผ่าน", "ผ่านเกณฑ์ (แห่ง)", "Grand Total", "ผลรวมทั้งหมด", "รวม 4 แห่ง", "ระดับประเทศ",
        "X̄", "ค่า S.D.", "ผลต่างจากปีก่อน", "เพิ่ม/ลด", "อันดับจังหวัด", "คะแนนที่ต่ำที่สุด", "สรุปภาพรวม", "ปีที่แล้ว", "ช่องว่างจากเกณฑ์",
    ],
)  # fmt: skip
def test_a_row_that_sums_up_a_list_is_no_agency(label: str) -> None:
    rows = [["ผล ITA ปี 2567"], ["หน่วยงาน", *BARE], [AGENCY, *SCORES], [OTHER, *SCORES], [label, *SCORES]]
    assert reading_of(rows).agencies == [AGENCY, OTHER]


@pytest.mark.parametrize("name", ["อบต.รวมไทยพัฒนา", "รวมไทยพัฒนา", "เพิ่มพูนทรัพย์", "อบต.ค่าย", "ระดับทอง" + "วิทยา"])
def test_an_agency_whose_name_begins_like_a_sum_is_one(name: str) -> None:
    rows = [["ผล ITA ปี 2567"], ["หน่วยงาน", *BARE], [AGENCY, *SCORES], [name, *SCORES]]
    assert reading_of(rows).agencies == [AGENCY, name]


@pytest.mark.parametrize(
    "words", [("คะแนน", "ลำดับ"), ("คะแนนเต็ม", "คะแนนที่ได้"), ("จังหวัด", "อปท."), ("เป้าหมาย", "ผลคะแนน")]
)
def test_two_columns_under_one_name_of_a_list(words: tuple[str, str]) -> None:
    own = 0 if words[0] == "คะแนน" else 1
    names = [value for name in BARE for value in (name, None)]
    cells = [value for score in SCORES for value in ((score, 3) if own == 0 else (80, score))]
    rows = [["ผล ITA ปี 2567"], ["หน่วยงาน", *names], [None, *words * 10], [AGENCY, *cells], [OTHER, *cells]]
    reading = reading_of(rows, merged=[(1, column, 1, column + 1) for column in range(1, 21, 2)])
    assert scores_of(reading) == scores_of(reading, OTHER) == RIGHT
    assert reading.problems == ()
    assert reading.unknown_names == ()


def test_numbers_that_begin_anew_under_each_instrument_are_counted_on() -> None:
    rows = [
        ["ผล ITA ปี 2567"],
        ["หน่วยงาน", "IIT", None, None, None, None, "EIT", None, None, "OIT", None, "รวม"],
        [None, 1, 2, 3, 4, 5, 1, 2, 3, 1, 2, None],
        [AGENCY, *SCORES, 90.84],
        [OTHER, *SCORES, 90.84],
    ]
    reading = reading_of(rows, merged=[(1, 1, 1, 5), (1, 6, 1, 8), (1, 9, 1, 10)])
    assert scores_of(reading) == RIGHT
    assert reading.published["total"].tolist() == [90.84, 90.84]


@pytest.mark.parametrize("most", [43, 22])
def test_bare_numbers_beyond_the_tenth_head_no_indicators(most: int) -> None:
    rows = [["ผลรายข้อ ปี 2567"], ["หน่วยงาน", *range(1, most + 1)], [AGENCY, *[100] * most], [OTHER, *[0] * most]]
    reading = reading_of(rows)
    assert reading.scores.empty
    assert "ITA-T01" in codes(reading)


@pytest.mark.parametrize("title", ["ผลการประเมิน LPA ปี 2567", "MOIT ปีงบประมาณ 2567"])
def test_another_assessment_is_called_by_its_name(title: str) -> None:
    reading = reading_of([[title], ["หน่วยงาน", "คะแนนรวม"], [AGENCY, 91.5], [OTHER, 84.0]])
    assert reading.published.empty
    assert "ITA-T23" in codes(reading)


def test_a_list_of_ita_beside_another_assessment_is_one_of_ita() -> None:
    reading = reading_of(
        [["ปี 2567"], ["หน่วยงาน", "คะแนน ITA", "คะแนน LPA"], [AGENCY, 90.84, 75.5], [OTHER, 84.0, 81.0]]
    )
    assert reading.published["total"].tolist() == [90.84, 84.0]
    assert codes(reading) == set()


def test_levels_headed_as_the_result_are_levels() -> None:
    rows = [["ITA ปี 2567"], ["หน่วยงาน", *BARE, "คะแนนรวม", "ผลการประเมิน"]]
    reading = reading_of([*rows, [AGENCY, *SCORES, 90.84, "ผ่านดี"], [OTHER, *SCORES, 90.84, "ผ่านดี"]])
    assert reading.published["level"].tolist() == ["ผ่านดี", "ผ่านดี"]
    assert codes(reading) == set()


def test_a_line_that_says_where_the_agency_lies_makes_no_agencies_of_places() -> None:
    place = ["ชื่อหน่วยงาน", AGENCY, None, "อำเภอ", "เมือง", "จังหวัด", "สระบุรี"]
    reading = reading_of([["ปี 2567"], place, ["ตัวชี้วัด", "คะแนน"], *zip(NAMES, SCORES, strict=True)])
    assert reading.agencies == [AGENCY]
    assert scores_of(reading) == RIGHT


@pytest.mark.parametrize("title", ["FY2024", "Fiscal Year 2024", "ปี ค.ศ. 2024"])
def test_a_year_that_is_named_in_english_is_of_the_common_era(title: str) -> None:
    rows = [[f"{AGENCY} ITA {title}"], ["ตัวชี้วัด", "คะแนน"], *zip(NAMES, SCORES, strict=True)]
    assert scores_of(reading_of(rows)) == RIGHT


def test_a_number_that_is_not_the_names_is_told_and_the_name_decides() -> None:
    swapped = [*NAMES[:2], "3. " + BARE[3], "4. " + BARE[2], *NAMES[4:]]
    reading = reading_of([[f"{AGENCY} ปี 2567"], ["ตัวชี้วัด", "คะแนน"], *zip(swapped, SCORES, strict=True)])
    assert scores_of(reading) == {**RIGHT, 3: SCORES[3], 4: SCORES[2]}
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("ITA-T22", "A5"), ("ITA-T22", "A6")]


WEIGHTS = (6, 6, 6, 6, 6, 10, 10, 10, 20, 20)


@pytest.mark.parametrize("others", [POINTS, WEIGHTS])
@pytest.mark.parametrize("heading", ["คะแนน", "ร้อยละ"])
@pytest.mark.parametrize("first", [True, False])
def test_weights_and_weighted_points_under_the_same_words_are_told_from_the_scores(
    others: Sequence[float], heading: str, first: bool
) -> None:
    columns = [(heading, others), ("คะแนน", SCORES)]
    headings, figures = zip(*(columns if first else reversed(columns)), strict=True)
    reading = reading_of(down([["ตัวชี้วัด", *headings]], *figures))
    assert scores_of(reading) == RIGHT
    assert [problem.code for problem in reading.problems] == ["ITA-T24"]


@pytest.mark.parametrize("words", ["ผ่าน", "ไม่ผ่านเกณฑ์"])
def test_a_verdict_is_no_score_and_no_level(words: str) -> None:
    rows = down([["ตัวชี้วัด", "คะแนน"]], SCORES)
    reading = reading_of([*rows, ["คะแนนรวม", 90.84], ["ระดับ", "ผ่านดี"], ["ผลการประเมิน", words]])
    assert reading.published[["total", "level"]].values.tolist() == [[90.84, "ผ่านดี"]]
    assert codes(reading) == set()


def test_a_column_of_verdicts_stands_beside_the_levels() -> None:
    head = ["หน่วยงาน", *NAMES, "คะแนนรวม", "ผลการประเมิน", "สรุป"]
    rows = [[AGENCY, *SCORES, 90.84, "ผ่าน", "ผ่านดี"], [OTHER, *SCORES, 90.84, "ไม่ผ่าน", "ผ่านดี"]]
    reading = reading_of([["ผล ITA ปี 2567"], head, *rows])
    assert reading.published["level"].tolist() == ["ผ่านดี", "ผ่านดี"]
    assert codes(reading) == set()


@pytest.mark.parametrize("title", ["เป้าหมายคะแนน ITA ปี 2568", "(ร่าง) ผลการประเมิน ITA ปี 2568", "ค่าเฉลี่ยระดับจังหวัด ปี 2567"])
def test_a_table_that_says_to_be_no_result_is_named_and_not_read(title: str) -> None:
    result = down([["ตัวชี้วัด", "คะแนน"]], SCORES)
    other = down([["ตัวชี้วัด", "คะแนน"]], [95.5] * 10)
    reading = reading_of([*result, [], [title], *other[1:]])
    assert scores_of(reading) == RIGHT
    assert reading.fiscal_years == [2567]
    assert codes(reading) == {"ITA-T25"}


def test_the_year_outside_the_brackets_of_a_title_is_the_results() -> None:
    title = f"{AGENCY} ผลการประเมิน ITA ปี 2567 (เปรียบเทียบกับปี 2566)"
    reading = reading_of([[title], *down([["ตัวชี้วัด", "คะแนน"]], SCORES)[1:]])
    assert scores_of(reading) == RIGHT


def test_a_formula_that_was_never_calculated_says_no_year() -> None:
    reading = reading_of([[Fault('="ITA ปี "&(2566+1)')], *down([["ตัวชี้วัด", "คะแนน"]], SCORES)[1:]])
    assert reading.asks_fiscal_year


@pytest.mark.parametrize(
    ("short", "full"),
    [("ทต.", "เทศบาลตำบล"), ("ทม.", "เทศบาลเมือง"), ("ทน.", "เทศบาลนคร"), ("อบต.", "องค์การบริหารส่วนตำบล"),
     ("อบต", "องค์การบริหารส่วนตำบล"), ("อบจ.", "องค์การบริหารส่วนจังหวัด")],
)  # fmt: skip
def test_an_agency_named_in_short_and_in_full_is_one(short: str, full: str) -> None:
    last_year = [score - 1 for score in SCORES]
    rows = [
        ["ผล ITA"],
        ["หน่วยงาน", "ปี", *BARE],
        [f"{short}บ้านใหม่", 2566, *last_year],
        [f"{full}บ้านใหม่", 2567, *SCORES],
    ]
    reading = reading_of(rows)
    assert reading.agencies == [f"{short}บ้านใหม่"]
    assert reading.fiscal_years == [2566, 2567]
    assert [(problem.code, problem.severity, problem.found) for problem in reading.problems] == [
        ("ITA-T26", "info", f"{full}บ้านใหม่")
    ]


def test_blocks_of_an_agency_named_in_short_and_in_full_are_of_one() -> None:
    halves = [
        Sheet(
            name,
            [
                [f"{agency}บ้านใหม่ ปี 2567", None],
                ["ตัวชี้วัด", "คะแนน"],
                *map(list, zip(NAMES[part], SCORES[part], strict=True)),
            ],
        )
        for name, agency, part in (("IIT", "ทต.", slice(5)), ("EIT", "เทศบาลตำบล", slice(5, 10)))
    ]
    reading = find_results(halves)
    assert scores_of(reading, "ทต.บ้านใหม่") == RIGHT
    assert codes(reading) == set()


def test_agencies_in_short_and_in_full_whose_scores_are_others_stay_two() -> None:
    rows = [["ผล ITA ปี 2567"], ["หน่วยงาน", *BARE], ["ทต.บ้านใหม่", *SCORES], ["เทศบาลตำบลบ้านใหม่", *SCORES[::-1]]]
    assert reading_of(rows).agencies == ["ทต.บ้านใหม่", "เทศบาลตำบลบ้านใหม่"]


def test_a_single_other_score_of_an_agency_in_short_and_in_full_is_a_contradiction() -> None:
    slip = (29.13, *SCORES[1:])
    rows = [["ผล ITA ปี 2567"], ["หน่วยงาน", *BARE], ["ทต.บ้านใหม่", *SCORES], ["เทศบาลตำบลบ้านใหม่", *slip]]
    reading = reading_of(rows)
    assert scores_of(reading, "ทต.บ้านใหม่") == RIGHT
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("ITA-S06", "B4"), ("ITA-T26", None)]


@pytest.mark.parametrize("number", ["{}", "{}.", "ตัวชี้วัดที่ {}"])
def test_a_number_in_a_column_of_its_own_that_is_not_the_names_is_told_and_the_name_decides(number: str) -> None:
    swapped = [BARE[order] for order in (0, 1, 3, 2, 4, 5, 6, 7, 8, 9)]
    numbers = [number.format(order) for order in range(1, 11)]
    reading = reading_of([[f"{AGENCY} ปี 2567"], ["ที่", "ตัวชี้วัด", "คะแนน"], *zip(numbers, swapped, SCORES, strict=True)])
    assert scores_of(reading) == {**RIGHT, 3: SCORES[3], 4: SCORES[2]}
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("ITA-T22", "A5"), ("ITA-T22", "A6")]


@pytest.mark.parametrize("numbers", [range(1, 11), (1, 2, 3, 4, 5, 1, 2, 3, 1, 2), range(11, 21)])
def test_a_column_that_counts_the_rows_or_begins_anew_is_silent(numbers: Sequence[int]) -> None:
    named = BARE if numbers[5] == 1 else BARE[::-1]
    scores = SCORES if numbers[5] == 1 else SCORES[::-1]
    reading = reading_of([[f"{AGENCY} ปี 2567"], ["ลำดับ", "ตัวชี้วัด", "คะแนน"], *zip(numbers, named, scores, strict=True)])
    assert scores_of(reading) == RIGHT
    assert reading.problems == ()


@pytest.mark.parametrize("name", ["2566", "ปี 2566", "ITA 2566", "ผลคะแนน ปีงบประมาณ 2566"])
def test_a_sheet_named_for_another_year_than_its_title_is_told_and_the_title_decides(name: str) -> None:
    rows = down([["ตัวชี้วัด", "คะแนน"]], SCORES)
    (sheet,) = [Sheet(name, [[*row, None][:2] for row in rows])]
    reading = find_results([sheet])
    assert scores_of(reading) == RIGHT
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.sheet, problem.cell) == ("ITA-T27", "warning", name, "A1")
    assert "2566" in problem.message("th")


@pytest.mark.parametrize("name", ["2567", "Sheet1", "2566-2567", "มาตรการ 2568", "รหัส 2566", "ผล 1"])
def test_a_sheet_name_that_need_not_be_the_year_of_its_scores_is_no_contradiction(name: str) -> None:
    rows = down([["ตัวชี้วัด", "คะแนน"]], SCORES)
    assert find_results([Sheet(name, [[*row, None][:2] for row in rows])]).problems == ()


def test_a_sheet_of_several_years_may_be_named_for_one_of_them() -> None:
    rows = down([["ตัวชี้วัด", "ปี 2566", "ปี 2567"]], SCORES, SCORES)
    assert find_results([Sheet("2566", [[*row, None, None][:3] for row in rows])]).problems == ()


@pytest.mark.parametrize("of_indicators", [True, False])
@pytest.mark.parametrize("groups", [("คะแนน", "คะแนนถ่วงน้ำหนัก"), ("คะแนนถ่วงน้ำหนัก", "คะแนนเฉลี่ย")])
def test_a_group_of_weighted_points_beside_the_scores_is_no_duplicate(
    of_indicators: bool, groups: tuple[str, str]
) -> None:
    whats, scores, points = BARE, SCORES, POINTS
    if not of_indicators:
        whats, scores, points = ["IIT", "EIT", "OIT"], (86.27, 97.53, 89.25), [25.88, 29.26, 35.7]
    both = [*points, *scores] if "น้ำหนัก" in groups[0] else [*scores, *points]
    blank = [None] * (len(whats) - 1)
    reading = reading_of(
        [
            ["ผล ITA ปี 2567"],
            ["หน่วยงาน", groups[0], *blank, groups[1], *blank, "คะแนนรวม"],
            [None, *whats, *whats, None],
            [AGENCY, *both, 90.84],
        ],
        merged=[(1, 1, 1, len(whats)), (1, len(whats) + 1, 1, 2 * len(whats))],
    )
    assert [(problem.code, problem.details["count"]) for problem in reading.problems] == [("ITA-T29", len(points))]
    if of_indicators:
        assert scores_of(reading) == RIGHT
    else:
        assert reading.published[["iit", "eit", "oit"]].to_numpy().tolist() == [list(scores)]


@pytest.mark.parametrize(
    "headings",
    [
        ("ร้อยละความสำเร็จ", "งบประมาณ"),
        ("ความคืบหน้า (%)", "งบประมาณ (บาท)"),
        ("Progress (%)", "Budget (baht)"),
        ("งบประมาณ (บาท)", None),
        ("งบประมาณ (พันบาท)", "ร้อยละเป้าหมาย"),
        ("วงเงินงบประมาณ", None),
    ],
)
def test_the_budget_and_percent_of_a_plan_beside_the_results_are_no_scores(headings: tuple[Value, Value]) -> None:
    rows = [["แผน ปี 2568", *[None] * 3], ["ตัวชี้วัด", *headings, "ผู้รับผิดชอบ"]]
    plan = Sheet("แผน", [*rows, *([name, 85, 50 if headings[1] else None, "สำนักปลัด"] for name in BARE)])
    result = Sheet("ผล", [[*row, None][:2] for row in down([["ตัวชี้วัด", "คะแนน"]], SCORES)])
    reading = find_results([result, plan])
    assert scores_of(reading) == RIGHT
    assert reading.fiscal_years == [2567]
    assert reading.problems == ()


def test_a_column_of_a_plan_whose_heading_says_nothing_is_asked_about() -> None:
    rows = [["แผน ปี 2568"], ["ตัวชี้วัด", "ค่าที่ได้รับมา", "ผู้รับผิดชอบ"], *([name, 85, "สำนักปลัด"] for name in BARE)]
    reading = reading_of(rows)
    assert reading.scores.empty
    assert codes(reading) == {"ITA-T18"}


def test_the_refusal_of_a_year_without_rules_names_a_cell() -> None:
    rows = [["ผล"], ["หน่วยงาน", "ปี", *BARE], [AGENCY, 2567, *SCORES], [AGENCY, 2561, *SCORES]]
    reading = reading_of(rows)
    assert [(problem.code, problem.cell, problem.found) for problem in reading.problems] == [("ITA-T02", "C4", "2561")]


@pytest.mark.parametrize("above", [True, False])
def test_what_sums_up_another_table_on_the_sheet_is_not_the_total(above: bool) -> None:
    result = [*down([["ตัวชี้วัด", "คะแนน"]], SCORES), ["คะแนนรวม", 90.84]]
    other = [
        ["ด้านการประเมิน", "คะแนน"],
        ["การบริหารจัดการ", 88.1],
        ["การคลัง", 91.2],
        ["บริการสาธารณะ", 87.5],
        ["รวม", 88.93],
    ]
    reading = reading_of([result[0], *other, [], *result[1:]] if above else [*result, [], *other])
    assert scores_of(reading) == RIGHT
    assert reading.published["total"].tolist() == [90.84]


@pytest.mark.parametrize("heading", ["คะแนนที่ได้", "คะแนน"])
def test_a_total_that_stands_under_the_weighted_points_only_is_read(heading: str) -> None:
    rows = down([["ตัวชี้วัด", "คะแนน", "น้ำหนัก", heading]], SCORES, WEIGHTS, POINTS)
    reading = reading_of([*rows, ["รวม", None, 100, 90.84]])
    assert scores_of(reading) == RIGHT
    assert reading.published["total"].tolist() == [90.84]


def test_points_of_instruments_beside_their_scores_are_told_from_them() -> None:
    rows = [
        ["IIT", 86.27, 30, 25.88],
        ["EIT", 97.53, 30, 29.26],
        ["OIT", 64.25, 40, 25.7],
        ["คะแนนรวม", None, 100, 80.84],
    ]
    reading = reading_of([[f"{AGENCY} ITA ปี 2567"], ["เครื่องมือ", "คะแนน", "น้ำหนัก", "คะแนนที่ได้"], *rows])
    assert reading.published[["iit", "eit", "oit", "total"]].values.tolist() == [[86.27, 97.53, 64.25, 80.84]]
    assert [problem.code for problem in reading.problems] == ["ITA-T24"]


def test_numbers_that_nobody_claims_are_named() -> None:
    reading = reading_of(
        [
            ["ปี 2567"],
            [AGENCY, "ตัวชี้วัด", "อบต.ข"],
            *([score, name, 90.5] for name, score in zip(BARE, SCORES, strict=True)),
        ]
    )
    assert {str(cell)[0] for cell in reading.scores["cell"]} == {"C"}
    (told,) = [problem for problem in reading.problems if problem.code == "ITA-T29"]
    assert (told.severity, told.cell, told.found, told.details["count"]) == ("info", "A3", "A3:A10, A12", 9)
