"""Every arrangement of results, known or to be met, and every hazard: what is read is what the file says, or is asked.

The truth of each file is what its builder put into its cells (arrangements.py); `faults` compares a reading with it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
import pytest

import ita
from ita.documents.template import write_template
from ita.reading.results import ResultReading, find_results
from ita.reading.workbook import read_sheets
from tests.reading import arrangements as a
from tests.reading.arrangements import (
    ENGLISH,
    HISTORY,
    NAMES,
    OTHER,
    SEED,
    THIRD,
    Across,
    Arrangement,
    Beside,
    Column,
    Page,
    Result,
    across,
    agency_columns,
    alone,
    block,
    down,
    faults,
    long_list,
    of,
    side_by_side,
    stacked,
    year_before,
    years_across,
)

PROVINCE = (SEED, OTHER, THIRD)
SEED_2563, OTHER_2563, THIRD_2563 = (year_before(result) for result in PROVINCE)
BOTH_YEARS = (SEED_2563, SEED, OTHER_2563, OTHER, THIRD_2563, THIRD)
NOBODY = of(SEED, agency=None)
NO_YEAR = of(SEED, year=None)
WORDS_2567 = of(SEED, year=2567)

ITEMS = a.item_scores(random.Random(1), (f"o{number}" for number in range(1, 44)))
OTHER_ITEMS = a.item_scores(random.Random(2), (f"o{number}" for number in range(1, 44)))
SURVEY = a.item_scores(random.Random(3), (*(f"i{n}" for n in range(1, 31)), *(f"e{n}" for n in range(1, 16))))

Case = Page | Arrangement


def arranged(case: Case) -> Arrangement:
    return case if isinstance(case, Arrangement) else alone(case)


def in_memory(case: Case) -> list[str]:
    """What is wrong with the reading of an arrangement."""
    arrangement = arranged(case)
    return faults(find_results(arrangement.sheets()), arrangement)


def reading_of(case: Case) -> ResultReading:
    return find_results(arranged(case).sheets())


def cases(**named: Callable[[], Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "case", [pytest.param(make, id=name.replace("_", " ")) for name, make in named.items()]
    )


# Layout 1: indicators down the rows, a block for each instrument


@cases(
    **{
        f"year_as_{form}": lambda form=form: block(SEED, heading=a.year_text(2564, form), stated="agency only")
        for form in a.YEAR_FORMS
    }
)
def test_the_score_column_is_named_by_the_year_in_any_form(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


@cases(
    **{f"numbered {form}": lambda form=form: block(SEED, numbering=form) for form in a.NUMBERINGS},
)
def test_indicators_are_numbered_in_any_form(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


@cases(**{how: lambda how=how: block(SEED, stated=how) for how in a.STATED})
def test_agency_and_year_stand_over_the_table_in_any_form(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


@cases(
    one_table=lambda: block(SEED),
    blocks=lambda: block(SEED, per_block=True),
    the_seed=lambda: block(SEED, per_block=True, sentences=True, prose=True),
    instrument_once=lambda: block(SEED, instrument="once"),
    instrument_on_each_row=lambda: block(SEED, instrument="each row"),
    without_instruments=lambda: block(SEED, instrument="none"),
    order_column=lambda: block(SEED, number_column="ลำดับ"),
    order_column_names_without_numbers=lambda: block(SEED, number_column="ที่", numbering="", instrument="none"),
    order_of_ranks=lambda: block(SEED, number_column="อันดับ", numbering="", order=(6, 8, 7, 1, 9, 3, 5, 2, 4, 10)),
    shuffled_rows=lambda: block(SEED, numbering="", instrument="none", order=(10, 3, 8, 1, 5, 2, 9, 7, 4, 6)),
    shuffled_rows_numbered=lambda: block(
        SEED, number_column="ที่", instrument="none", order=(10, 3, 8, 1, 5, 2, 9, 7, 4, 6)
    ),
    sub_rows=lambda: block(SEED, means="รวม {}"),
    mean_rows=lambda: block(SEED, means="ค่าเฉลี่ย"),
    mean_rows_in_blocks=lambda: block(SEED, per_block=True, means="คะแนนเฉลี่ย"),
    sub_rows_total_level=lambda: block(SEED, means="คะแนนเฉลี่ย {}", total="คะแนนรวม", level="ระดับ"),
    total_of_all=lambda: block(SEED, means="รวมคะแนน {}", total="คะแนนรวม ITA", level="ระดับผลการประเมิน"),
    total_as_result=lambda: block(SEED, total="ผลคะแนน ITA", level="ผลการประเมินระดับ"),
    words_of_2567=lambda: block(WORDS_2567, total="คะแนนรวม", level="ระดับ", prose=True),
    score_before_name=lambda: block(SEED, heading="คะแนน", before_names=True),
    heading_score=lambda: block(SEED, heading="คะแนน"),
    heading_score_of_100=lambda: block(SEED, heading="คะแนน (เต็ม 100)"),
    heading_percent=lambda: block(SEED, heading="ร้อยละ"),
    heading_result=lambda: block(SEED, heading="ผลการประเมิน"),
    heading_got=lambda: block(SEED, heading="คะแนนที่ได้"),
    two_heading_rows=lambda: down(Column(("คะแนน", "ปี 2564"), SEED)),
    english=lambda: block(
        SEED, heading="Score", names=ENGLISH, headings=("Instrument", "Indicator"), total="Total score", level="Level"
    ),
    codes=lambda: block(SEED, code_column=lambda n: f"{n:02d}", numbering=""),
    codes_of_instruments=lambda: block(SEED, code_column=lambda n: f"{a.instrument_of(n)}{n}", numbering=""),
    codes_like_items=lambda: block(SEED, code_column=lambda n: f"{a.instrument_of(n)[0]}{n}", numbering=""),
    codes_like_items_counted_anew=lambda: block(
        SEED,
        code_column=lambda n: f"{a.instrument_of(n)[0]}{n - a.INSTRUMENTS[a.instrument_of(n)][0] + 1}",
        numbering="",
    ),
)
def test_indicators_down_the_rows(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


@cases(
    each_with_its_titles=lambda: alone(*(_part(SEED, code) for code in a.INSTRUMENTS)),
    titles_on_the_first=lambda: alone(
        *(_part(SEED, code, stated="title" if code == "IIT" else "nothing") for code in a.INSTRUMENTS)
    ),
    with_means=lambda: alone(*(_part(SEED, code, means="ค่าเฉลี่ย") for code in a.INSTRUMENTS)),
    named_by_instrument=lambda: alone(*(_part(SEED, code, instrument="none") for code in a.INSTRUMENTS)),
)
def test_each_instrument_may_have_a_sheet_of_its_own(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


def _part(result: Result, code: str, **options: object) -> Page:
    options.setdefault("stated", "title")
    return block(result, order=tuple(a.INSTRUMENTS[code]), **options).named(code)


BESIDES = a.besides(SEED)


@pytest.mark.parametrize("heading", BESIDES)
@pytest.mark.parametrize("before", [True, False], ids=["before the scores", "after the scores"])
@pytest.mark.parametrize("of_scores", ["คะแนน", "ปี 2564", "คะแนนที่ได้"])
def test_a_column_beside_the_scores_is_no_score(heading: str, before: bool, of_scores: str) -> None:
    scores = Column((of_scores,), SEED)
    columns = (BESIDES[heading], scores) if before else (scores, BESIDES[heading])
    assert in_memory(down(*columns)) == []


@cases(
    all_of_a_report=lambda: down(
        BESIDES["ค่าน้ำหนัก"], BESIDES["คะแนนเต็ม"], Column(("คะแนนที่ได้",), SEED), BESIDES["เกณฑ์"], BESIDES["ผ่าน/ไม่ผ่าน"],
        BESIDES["ค่าเฉลี่ยประเทศ"], BESIDES["ลำดับ"], BESIDES["หมายเหตุ"],
    ),
    years_and_the_mark=lambda: down(
        Column(("ปี 2563",), SEED_2563), Column(("ปี 2564",), SEED), BESIDES["เกณฑ์"], BESIDES["ผ่าน/ไม่ผ่าน"],
        stated="agency only",
    ),
    score_beside_the_nation_the_year_before=lambda: down(
        Column(("คะแนน",), SEED), Beside("ค่าเฉลี่ยประเทศ ปี 2563", lambda number: 80 + number)
    ),
    misspelt_beside_words=lambda: a.with_misspelt_name(
        alone(down(BESIDES["ผลการประเมิน"], Column(("ปี 2564",), SEED), stated="agency only")), 1
    ),
    year_beside_the_national_mean=lambda: down(
        Column(("ปี 2564",), SEED), Beside("ค่าเฉลี่ยประเทศ ปี 2564", lambda number: 80 + number), stated="agency only"
    ),
    agency_beside_the_provinces_mean=lambda: down(
        Column((SEED.agency,), SEED), Beside("ค่าเฉลี่ยจังหวัด", lambda number: 80 + number), stated="year only"
    ),
)  # fmt: skip
def test_several_columns_beside_the_scores_are_none(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


# Layouts 2, 3, 10: an agency a row


@cases(
    **{
        f"{header}_{upper}_{'merged' if merged else 'not merged'}": lambda header=header, upper=upper, merged=merged: (
            across(PROVINCE, Across(header=header, upper=upper, merge_upper=merged))
        )
        for header in ("numbers", "text numbers", "names", "both", "indicator n", "code")
        for upper in ("none", "instruments", "long instruments", "one heading")
        for merged in (True, False)
        if merged or upper != "none"
    }
)
def test_a_list_under_one_or_two_heading_rows(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


@cases(
    points=lambda: across(PROVINCE, Across(points=True)),
    points_after_all=lambda: across(PROVINCE, Across(points=True, figures="after all")),
    points_headed_so=lambda: across(PROVINCE, Across(points=True, words=("IIT (30%)", "EIT (30%)", "OIT (40%)"))),
    weights_in_headings_of_scores=lambda: across(PROVINCE, Across(words=("IIT (30%)", "EIT (30%)", "OIT (40%)"))),
    points_of_one=lambda: across((SEED,), Across(points=True)),
    points_without_total=lambda: across(PROVINCE, Across(points=True, total=None, level=None)),
    figures_at_the_end=lambda: across(PROVINCE, Across(figures="after all")),
    no_figures=lambda: across(PROVINCE, Across(figures="none", total=None, level=None)),
    words_for_means=lambda: across(PROVINCE, Across(words=("เฉลี่ย IIT", "เฉลี่ย EIT", "เฉลี่ย OIT"))),
    sums_for_means=lambda: across(PROVINCE, Across(words=("รวม IIT", "รวม EIT", "รวม OIT"), upper="instruments")),
    same_word_for_means=lambda: across(PROVINCE, Across(words=("ค่าเฉลี่ย",) * 3, upper="instruments")),
    rank_on_the_left=lambda: across(PROVINCE, Across(lead=("อันดับ", "หน่วยงาน"))),
    rank_on_the_right=lambda: across(PROVINCE, Across(trail=("อันดับ",))),
    passed_on_the_right=lambda: across(PROVINCE, Across(trail=("ผ่าน/ไม่ผ่าน", "หมายเหตุ"))),
    difference_on_the_right=lambda: across(PROVINCE, Across(trail=("ผลต่างจากปีก่อน", "อันดับ"))),
    mark_on_the_right=lambda: across(PROVINCE, Across(trail=("เกณฑ์", "คะแนนเต็ม", "ค่าเฉลี่ยประเทศ"))),
    many_leads=lambda: across(PROVINCE, Across(lead=("ที่", "รหัส", "จังหวัด", "อำเภอ", "ประเภท", "หน่วยงาน"))),
    code_numbers=lambda: across(PROVINCE, Across(lead=("รหัส อปท.", "หน่วยงาน", "จำนวนผู้ตอบ IIT"), header="numbers")),
    name_last=lambda: across(PROVINCE, Across(lead=(), trail=("หน่วยงาน",))),
    column_numbers=lambda: across(PROVINCE, Across(column_numbers=True)),
    notes=lambda: across(PROVINCE, Across(notes=("หมายเหตุ: คะแนนเต็ม 100 คะแนน เกณฑ์ผ่าน 85 คะแนน", "ที่มา: ป.ป.ช. 2564"))),
    sorted_by_total=lambda: across(
        sorted(PROVINCE, key=lambda one: -one.figures["total"]), Across(lead=("ลำดับที่", "อปท."), header="names")
    ),
    summary_rows=lambda: across(PROVINCE, Across(summary=("ค่าเฉลี่ยจังหวัด", "สูงสุด", "ต่ำสุด", "ค่าเฉลี่ยรวม"))),
    more_summary_rows=lambda: across(PROVINCE, Across(summary=("ค่าเฉลี่ย", "Max", "Min", "S.D.", "ค่าเฉลี่ยระดับประเทศ"))),
    shuffled=lambda: across(
        PROVINCE, Across(header="names", order=(3, 1, 10, 7, 5, 9, 2, 8, 6, 4), figures="after all")
    ),
    shuffled_both=lambda: across(PROVINCE, Across(order=(9, 10, 1, 2, 3, 4, 5, 6, 7, 8), figures="none")),
    shuffled_numbers=lambda: across(
        PROVINCE, Across(header="indicator n", order=tuple(range(10, 0, -1)), figures="none")
    ),
    title_names_the_year=lambda: across(PROVINCE, Across(stated="year only", lead=("อปท.",))),
    one_agency_named_above=lambda: across((SEED,), Across(stated="title", lead=())),
    agency_heading_thai=lambda: across(PROVINCE, Across(lead=("ที่", "องค์กรปกครองส่วนท้องถิ่น"))),
    english=lambda: across(
        PROVINCE,
        Across(lead=("No.", "Agency"), header="names", names=ENGLISH, total="Total score", level="Level"),
    ),
    year_column=lambda: across(PROVINCE, Across(lead=("ปีงบประมาณ", "หน่วยงาน"), stated="nothing")),
    year_column_after=lambda: across(BOTH_YEARS, Across(lead=("หน่วยงาน", "พ.ศ."), stated="nothing")),
    words_of_2567=lambda: across([of(one, year=2567) for one in PROVINCE], Across()),
    provinces=lambda: across(
        [of(one, agency=name) for one, name in zip(PROVINCE, ("จังหวัดพิจิตร", "จังหวัดเลย", "จังหวัดตาก"), strict=True)],
        Across(lead=("ที่", "หน่วยงาน/จังหวัด")),
    ),
    ministries=lambda: across(
        [
            of(one, agency=name)
            for one, name in zip(PROVINCE, ("กรมที่ดิน", "สำนักงานอัยการสูงสุด", "โรงเรียนบ้านนา"), strict=True)
        ],
    ),
    one_row_only=lambda: across((SEED,), Across()),
    numbers_alone_one_row=lambda: across((SEED,), Across(header="numbers", figures="none", total="รวม")),
    only_one_instrument=lambda: across(PROVINCE, Across(order=(9, 10), total=None, level=None)),
)
def test_a_list_with_all_that_lists_have(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


@cases(
    merged=lambda: across(BOTH_YEARS, Across(lead=("ที่", "หน่วยงาน", "ปี"), merge_same=True, stated="nothing")),
    blank=lambda: across(BOTH_YEARS, Across(lead=("ที่", "หน่วยงาน", "ปี"), blank_means_same=True, stated="nothing")),
    newest_first=lambda: across(
        (SEED, SEED_2563, OTHER, OTHER_2563), Across(lead=("หน่วยงาน", "ปี x"), merge_same=True, stated="nothing")
    ),
    repeated=lambda: across(BOTH_YEARS, Across(lead=("หน่วยงาน", "ปี x"), stated="nothing")),
    numbers=lambda: across(
        BOTH_YEARS,
        Across(lead=("หน่วยงาน", "ปี x"), header="numbers", merge_same=True, stated="nothing", figures="none"),
    ),
    points=lambda: across(
        BOTH_YEARS, Across(lead=("หน่วยงาน", "ปี"), points=True, merge_same=True, stated="nothing")
    ),
)  # fmt: skip
def test_two_rows_an_agency_one_a_year(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


@cases(
    groups_of_years=lambda: a.years_over_columns(BOTH_YEARS),
    groups_without_totals=lambda: a.years_over_columns(BOTH_YEARS, total=False),
    years_under_each_indicator=lambda: a.pairs_over_columns(BOTH_YEARS),
)
def test_years_over_and_under_the_columns_of_a_list(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


@cases(
    three_sheets=lambda: alone(*(_list_of(year) for year in (2562, 2563, 2564))),
    year_only_in_the_sheets_names=lambda: alone(*(_list_of(year, "nothing") for year in (2562, 2563, 2564))),
    a_sheet_a_province=lambda: alone(
        across(PROVINCE, Across(stated="year only")).named("เพชรบูรณ์"),
        across([of(THIRD, agency="เทศบาลเมืองหนองบัว")], Across(stated="year only")).named("เลย"),
    ),
    a_sheet_an_agency=lambda: alone(*(block(one, stated="title").named(f"{n}") for n, one in enumerate(PROVINCE))),
    agency_only_in_the_sheets_names=lambda: alone(
        *(block(one, stated="nothing").named(str(one.agency)) for one in PROVINCE)
    ),
    list_and_a_sheet_an_agency=lambda: alone(across((SEED,)).named("สรุป"), block(OTHER).named("2")),
)
def test_several_sheets(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


def _list_of(year: int, stated: a.Stated = "year only") -> Page:
    return across([of(year_before(one, 2564 - year), year=year) for one in PROVINCE], Across(stated=stated)).named(
        f"ปี {year}"
    )


# Layout 4: sorted by score


@cases(
    level_on_the_next_line=lambda: a.sorted_block(SEED),
    level_in_the_same_cell=lambda: a.sorted_block(SEED, next_line=False),
    of_another=lambda: a.sorted_block(OTHER),
    in_words=lambda: a.sorted_block(WORDS_2567),
)
def test_names_without_numbers_sorted_by_score(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


# Layout 5: years as columns


@cases(**{f"year as {form}": lambda form=form: years_across(SEED_2563, SEED, form=form) for form in a.YEAR_FORMS})
def test_years_as_columns_in_any_form(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


@pytest.mark.parametrize(
    "difference",
    ["ผลต่าง", "เพิ่ม/ลด", "+/-", "เพิ่มขึ้น/ลดลง", "ผลต่าง 2563-2564", "การเปลี่ยนแปลง", "ส่วนต่าง", "ผลต่างคะแนน",
     "ร้อยละการเปลี่ยนแปลง", "แนวโน้ม", "เพิ่มขึ้น (ลดลง)", "เปรียบเทียบ", "ค่าเฉลี่ย 2 ปี", "ผลต่าง ปี 2564 กับ ปี 2563", None],
)  # fmt: skip
def test_the_difference_of_two_years_is_no_score(difference: str | None) -> None:
    assert in_memory(years_across(SEED_2563, SEED, difference=difference)) == []


@cases(
    three_years=lambda: years_across(year_before(SEED, 2), SEED_2563, SEED),
    scores_that_look_like_numbers_of_indicators=lambda: years_across(
        of(SEED_2563, scores=(*map(float, range(1, 10)), 90.0)),
        of(SEED, scores=(90.0, *map(float, range(9, 0, -1)))),
        per_block=True,
        means="รวม {}",
    ),
    newest_first=lambda: years_across(SEED, SEED_2563, difference=None),
    under_a_heading=lambda: years_across(SEED_2563, SEED, over="คะแนน"),
    under_a_long_heading=lambda: years_across(SEED_2563, SEED, over="ผลการประเมิน ITA ประจำปีงบประมาณ", form="{}"),
    in_blocks=lambda: years_across(SEED_2563, SEED, per_block=True),
    with_means=lambda: years_across(SEED_2563, SEED, means="ค่าเฉลี่ย {}", total="คะแนนรวม", level="ระดับ"),
    with_total_rows=lambda: years_across(SEED_2563, SEED, total="คะแนนรวม"),
    over_two_eras=lambda: years_across(
        of(SEED, year=2565), of(OTHER, agency=SEED.agency, year=2566), total="รวม", level="ระดับ"
    ),
    title_of_the_last_year=lambda: years_across(SEED_2563, SEED, of_result=SEED, stated="title"),
    agencies_stacked=lambda: stacked(years_across(SEED_2563, SEED), years_across(OTHER_2563, OTHER)),
)
def test_years_as_columns(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


# Layout 6: agencies as columns


@cases(
    agencies=lambda: agency_columns(PROVINCE),
    two=lambda: agency_columns(PROVINCE[:2]),
    one=lambda: agency_columns((SEED,)),
    years_below=lambda: agency_columns(BOTH_YEARS, years="below"),
    years_above=lambda: agency_columns((SEED_2563, OTHER_2563, SEED, OTHER), years="above"),
    with_means=lambda: agency_columns(PROVINCE, means="เฉลี่ย {}", total="คะแนนรวม", level="ระดับ"),
    without_instruments=lambda: agency_columns(PROVINCE, instrument="none", numbering=""),
    in_blocks=lambda: agency_columns(PROVINCE, per_block=True),
    numbers=lambda: agency_columns(PROVINCE, number_column="ที่", numbering=""),
    one_year_over_all=lambda: agency_columns(PROVINCE, years="above"),
    provinces=lambda: agency_columns(
        [of(one, agency=name) for one, name in zip(PROVINCE, ("จังหวัดพิจิตร", "จังหวัดเลย", "จังหวัดตาก"), strict=True)]
    ),
)
def test_an_agency_a_column(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


# Layout 7: totals only


@cases(
    plain=lambda: a.history(HISTORY),
    thai_digits=lambda: a.history(HISTORY, digits="thai"),
    text=lambda: a.history(HISTORY, as_text=True),
    with_none=lambda: a.history((*HISTORY[:2], (2564, None, None), *HISTORY[3:])),
    none_thai=lambda: a.history(((2562, None, None), *HISTORY[1:]), digits="thai", none="-"),
    newest_first=lambda: a.history(HISTORY[::-1]),
    years_in_words=lambda: a.history(HISTORY, year_form="ปี {}"),
    years_in_full=lambda: a.history(HISTORY, year_form="ปีงบประมาณ พ.ศ. {}"),
    year_numbers=lambda: a.history(HISTORY, year_form="number"),
    other_headings=lambda: a.history(HISTORY, headings=("ปี", "ผลคะแนน ITA", "ระดับผลการประเมิน")),
    total_headings=lambda: a.history(HISTORY, headings=("พ.ศ.", "คะแนนรวม", "ระดับ")),
    english=lambda: a.history(HISTORY, headings=("Fiscal year", "Score", "Level")),
    one_year=lambda: a.history(HISTORY[2:3]),
    nobodys=lambda: a.history(HISTORY, agency=None),
    levels_of_the_other_era=lambda: a.history(((2565, 88.02, "A"), (2566, 91.07, "A"), (2567, 93.0, "ผ่านดี"))),
    agencies=lambda: a.history_of_agencies(BOTH_YEARS),
    agencies_with_levels=lambda: a.history_of_agencies(BOTH_YEARS, levels=True),
    agencies_years_in_digits=lambda: a.history_of_agencies(BOTH_YEARS, form="{}"),
    agencies_years_as_numbers=lambda: a.history_of_agencies(BOTH_YEARS, form="number"),
    agencies_without_difference=lambda: a.history_of_agencies(BOTH_YEARS, difference=None),
    instruments_and_totals=lambda: a.figures_only(PROVINCE),
    weighted_instruments_and_totals=lambda: a.figures_only(PROVINCE, points=True),
    weighted_headings=lambda: a.figures_only(PROVINCE, points=True, words=("IIT (30)", "EIT (30)", "OIT (40)")),
    no_level=lambda: a.figures_only(PROVINCE, level=False),
    totals_only=lambda: across(PROVINCE, Across(order=(), figures="none")),
    totals_of_two_years=lambda: across(
        BOTH_YEARS, Across(lead=("หน่วยงาน", "ปี"), order=(), figures="none", merge_same=True, stated="nothing")
    ),
)
def test_totals_without_indicators(case: Callable[[], Case]) -> None:
    arrangement = replace(arranged(case()), warns=True)
    assert faults(find_results(arrangement.sheets()), arrangement) == []


def test_a_history_that_reaches_back_to_another_assessment_says_so_and_uses_none_of_it() -> None:
    reading = reading_of(a.history(((2560, 81.0, None), (2561, 74.2, None), *HISTORY)))
    totals = reading.published.dropna(subset="total")
    assert dict(zip(totals["fiscal_year"], totals["total"], strict=True)) == {year: total for year, total, _ in HISTORY}
    assert any("2561" in problem.message("th") for problem in reading.problems)


# Layout 8: items


@cases(
    **{
        f"{form}{' with parts' * parts}{' with indicators' * indicators}": lambda form=form, p=parts, i=indicators: (
            a.items_down(ITEMS, form=form, parts=p, indicators=i)
        )
        for form in a.ITEM_FORMS
        for parts, indicators in ((True, True), (False, False), (True, False))
    },
    names_beside_the_codes=lambda: a.items_down(ITEMS, item_names=True),
    names_beside_the_codes_thai=lambda: a.items_down(ITEMS, item_names=True, form="o1", headings=("รหัสข้อ", "ผลคะแนน")),
    headed_by_the_year=lambda: a.items_down(ITEMS, headings=("ข้อ", "ปี 2564"), stated="agency only"),
    across=lambda: a.items_across({SEED.agency: ITEMS, OTHER.agency: OTHER_ITEMS}),
    across_oit=lambda: a.items_across({SEED.agency: ITEMS, OTHER.agency: OTHER_ITEMS}, form="OIT 1"),
    across_survey=lambda: a.items_across({SEED.agency: SURVEY}, form="o1"),
    across_all=lambda: a.items_across({SEED.agency: {**SURVEY, **ITEMS}}, form="O1"),
    with_scores_on_the_same_sheet=lambda: stacked(block(SEED), a.items_down(ITEMS, indicators=False)),
    with_scores_beside=lambda: side_by_side(
        block(SEED), a.items_down(ITEMS, indicators=False, stated="nothing"), gap=2
    ),
    with_scores_on_another_sheet=lambda: alone(
        block(SEED).named("คะแนน"), a.items_down(ITEMS, indicators=False).named("รายข้อ")
    ),
    under_sub_indicator=lambda: a.items_down(ITEMS, headings=("ตัวชี้วัดย่อย", "คะแนน")),
    nobodys=lambda: a.items_down(ITEMS, agency=None),
)
def test_items(case: Callable[[], Case]) -> None:
    arrangement = replace(arranged(case()), warns=True)
    assert faults(find_results(arrangement.sheets()), arrangement) == []


@pytest.mark.parametrize("value", ["-", "N/A", None, 137.5, "ไม่มี"])
def test_an_item_without_a_possible_score_is_missing_and_named(value: a.Value) -> None:
    page = alone(a.items_down(ITEMS))
    broken = a.with_missing(page, page.places(a.Item)[5], value)
    assert faults(find_results(broken.sheets()), broken) == []


# Layout 9: the template


@pytest.mark.parametrize(
    "scores", [SEED.scores, (*SEED.scores[:3], None, *SEED.scores[4:]), (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)]
)
def test_our_template_reads_back(scores: tuple[float | None, ...]) -> None:
    reading = ita.read_results(write_template(2564, agency=str(SEED.agency), scores=scores, total=80.84, level="B"))
    read = reading.scores.set_index("indicator")["score"]
    assert [None if pd.isna(read[number]) else read[number] for number in range(1, 11)] == list(scores)
    assert reading.published[["agency", "fiscal_year", "total", "level"]].values.tolist() == [
        [SEED.agency, 2564, 80.84, "B"]
    ]


# A score a row


@cases(
    repeated=lambda: long_list(BOTH_YEARS),
    blank_means_the_same=lambda: long_list(BOTH_YEARS, same="blank"),
    merged=lambda: long_list(BOTH_YEARS, same="merged"),
    by_indicator=lambda: long_list(PROVINCE, by_indicator=True),
    names_without_numbers=lambda: long_list(PROVINCE, numbering=""),
    numbers_only=lambda: long_list(PROVINCE, columns=("หน่วยงาน", "ปีงบประมาณ", "ตัวชี้วัดที่", "คะแนน")),
    number_and_name=lambda: long_list(PROVINCE, columns=("หน่วยงาน", "ปี", "ตัวชี้วัดที่", "ชื่อตัวชี้วัด", "คะแนน"), numbering=""),
    with_instrument=lambda: long_list(PROVINCE, columns=("ลำดับ", "หน่วยงาน", "ปี", "เครื่องมือ", "ตัวชี้วัด", "คะแนน")),
    with_figures=lambda: long_list(PROVINCE, figures=True),
    year_in_the_title=lambda: long_list(PROVINCE, columns=("หน่วยงาน", "ตัวชี้วัด", "คะแนน"), stated="year only"),
    agency_in_the_title=lambda: long_list((SEED_2563, SEED), columns=("ปี", "ตัวชี้วัด", "คะแนน"), stated="agency only"),
    year_first=lambda: long_list((SEED_2563, SEED), columns=("ปีงบประมาณ", "หน่วยงาน", "ตัวชี้วัด", "คะแนน"), same="merged"),
    score_first=lambda: long_list(PROVINCE, columns=("คะแนน", "ตัวชี้วัด", "ปี", "หน่วยงาน")),
    english=lambda: long_list(
        PROVINCE, columns=("Agency", "Fiscal year", "Indicator", "Score"), numbering="", names=ENGLISH
    ),
    exported_in_english=lambda: long_list(
        PROVINCE,
        columns=("org_name", "budget_year", "indicator_no", "indicator_name", "score"),
        numbering="",
        names=ENGLISH,
    ),
    exported_in_camel_case=lambda: long_list(
        PROVINCE, columns=("agencyName", "fiscalYear", "indicatorName", "score"), numbering="", names=ENGLISH
    ),
    under_entry=lambda: long_list(PROVINCE, columns=("หน่วยงาน", "ปี", "รายการ", "คะแนน")),
    under_topic=lambda: long_list(PROVINCE, columns=("หน่วยงาน", "ปี", "หัวข้อ", "คะแนน"), numbering=""),
    under_point=lambda: long_list(PROVINCE, columns=("หน่วยงาน", "ปี", "ประเด็น", "คะแนน"), numbering=""),
    merged_and_blank_agency_many_years=lambda: long_list((SEED_2563, SEED, OTHER), same="merged"),
)
def test_a_score_a_row(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


# Several tables on a sheet


@cases(
    agencies_below_each_other=lambda: stacked(*(block(one) for one in PROVINCE)),
    agencies_below_each_other_by_labels=lambda: stacked(
        *(block(one, stated="labels", heading="คะแนน") for one in PROVINCE)
    ),
    agencies_below_each_other_in_blocks=lambda: stacked(*(block(one, per_block=True) for one in PROVINCE[:2])),
    agencies_with_a_total_each=lambda: stacked(*(block(one, total="คะแนนรวม", level="ระดับ") for one in PROVINCE)),
    agencies_without_gaps=lambda: stacked(*(block(one, total="คะแนนรวม") for one in PROVINCE), gap=0),
    years_below_each_other=lambda: stacked(block(SEED, heading="คะแนน"), block(SEED_2563, heading="คะแนน")),
    years_below_each_other_agency_once=lambda: stacked(
        block(SEED, heading="ปี 2564"), block(SEED_2563, heading="ปี 2563", stated="nothing")
    ),
    years_below_each_other_under_year_titles=lambda: stacked(
        a.plain([[SEED.agency]]), block(SEED, heading="คะแนน", stated="year only"),
        block(SEED_2563, heading="คะแนน", stated="year only"),
    ),
    agencies_beside_each_other=lambda: side_by_side(block(SEED), block(OTHER)),
    agencies_beside_each_other_wide_gap=lambda: side_by_side(
        block(SEED, total="รวม"), block(OTHER, total="รวม"), gap=3
    ),
    years_beside_each_other=lambda: side_by_side(block(SEED_2563), block(SEED)),
    years_beside_each_other_by_heading=lambda: side_by_side(
        block(SEED_2563, stated="agency only"), block(SEED, stated="nothing")
    ),
    lists_below_each_other=lambda: stacked(across(PROVINCE), across([of(year_before(one)) for one in PROVINCE])),
    lists_beside_each_other=lambda: side_by_side(
        across(PROVINCE), across([year_before(one) for one in PROVINCE]), gap=2
    ),
    block_and_history=lambda: stacked(block(SEED), a.history(HISTORY)),
    block_with_total_and_history=lambda: stacked(block(SEED, total="คะแนนรวม", level="ระดับ"), a.history(HISTORY)),
    history_and_block=lambda: stacked(a.history(HISTORY), block(SEED)),
    block_and_history_beside=lambda: side_by_side(block(SEED), a.history(HISTORY), gap=2),
    block_and_history_without_name=lambda: _with_agency(
        stacked(block(SEED), a.history(HISTORY, agency=None, title="ผลคะแนนย้อนหลัง 5 ปี"))
    ),
    block_and_list=lambda: stacked(block(SEED), across((OTHER, THIRD))),
    list_and_block=lambda: stacked(across((OTHER, THIRD)), block(SEED)),
    block_and_list_of_another_year=lambda: stacked(block(SEED, stated="labels"), across((OTHER_2563, THIRD_2563))),
    list_and_block_of_another_year=lambda: stacked(across((OTHER_2563, THIRD_2563)), block(SEED, stated="labels")),
    agencies_and_the_first_without_a_heading=lambda: stacked(
        a.drawn([[TITLE_OF_SEED], [], *rows_of(SEED)]), block(OTHER), block(THIRD)
    ),
    agencies_and_the_second_without_a_heading=lambda: stacked(
        block(OTHER), a.drawn([[TITLE_OF_SEED], [], *rows_of(SEED)]), block(THIRD)
    ),
    one_heading_over_all_agencies=lambda: a.drawn(
        [["ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2564"], ["ตัวชี้วัด", "คะแนน"]]
        + [row for one in PROVINCE for row in ([one.agency], *rows_of(one))]
    ),
    totals_under_blocks_of_each_agency=lambda: stacked(
        block(SEED, means="ค่าเฉลี่ย", total="คะแนนรวม"),
        block(OTHER, per_block=True, total="คะแนนรวม", level="ระดับ"),
        block(THIRD, per_block=True, total="คะแนนเฉลี่ยรวม"),
    ),
    block_and_history_beside_with_a_blank_column=lambda: a.spread(
        alone(side_by_side(block(SEED, stated="labels"), a.history(HISTORY), gap=2)), (), (5,)
    ),
    history_and_block_beside_with_a_blank_column=lambda: a.spread(
        alone(side_by_side(a.history(HISTORY), block(SEED), gap=2)), (), (0,)
    ),
    block_and_measures_below=lambda: stacked(block(SEED), a.measures()),
    block_and_measures_beside=lambda: side_by_side(block(SEED), a.measures(), gap=2),
    measures_over_block=lambda: stacked(a.measures(), block(SEED)),
    list_and_measures=lambda: stacked(across(PROVINCE), a.measures()),
    measures_on_another_sheet=lambda: alone(block(SEED).named("คะแนน"), a.measures().named("มาตรการ")),
    block_and_summary_of_instruments=lambda: stacked(block(SEED), _instruments_table(SEED)),
    summary_of_instruments_and_block=lambda: stacked(_instruments_table(SEED), block(SEED, stated="nothing")),
)  # fmt: skip
def test_several_tables_on_a_sheet(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


def _with_agency(page: Page) -> Page:
    """The page's own agency holds for the figures that stand without a name."""
    return page.changed(
        lambda cell: replace(
            cell,
            says=tuple(replace(one, agency=SEED.agency) if isinstance(one, a.Printed) else one for one in cell.says),
        )
    )


def _instruments_table(result: Result) -> Page:
    """Instrument, weight, score: what stands over or under the indicators in many reports."""
    drawing = a.Drawing()
    drawing.line(f"สรุปผลการประเมิน ITA ของ {result.agency} ประจำปีงบประมาณ พ.ศ. {result.year}")
    drawing.line("เครื่องมือ", "ค่าน้ำหนัก", "คะแนนเฉลี่ย")
    for code in a.INSTRUMENTS:
        drawing.put(drawing.row, 2, result.figures[code.lower()], result.printed(code.lower()))
        drawing.line(code, a.WEIGHTS[code])
    drawing.put(drawing.row, 2, result.figures["total"], result.printed("total"))
    drawing.line("คะแนนรวม", 100)
    return drawing.page()


@cases(
    older_result_hidden=lambda: alone(block(SEED), a.hidden(block(SEED_2563).named("เก่า"))),
    same_year_hidden=lambda: alone(a.hidden(block(of(OTHER, agency=SEED.agency)).named("ร่าง")), block(SEED)),
    list_hidden=lambda: alone(block(SEED), a.hidden(across((OTHER, THIRD)).named("ทั้งจังหวัด"))),
)
def test_hidden_sheets_are_left_alone(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


def test_a_hidden_row_is_said() -> None:
    page = alone(across(PROVINCE))
    row_of_other = page.places(a.Score)[12]
    arrangement = a.with_hidden_row(page, row_of_other)
    reading = find_results(arrangement.sheets())
    assert [fault for fault in faults(reading, arrangement) if not fault.startswith("NOT READ")] == []


# What a file leaves open


@cases(
    no_agency=lambda: block(NOBODY),
    no_year=lambda: block(NO_YEAR, stated="agency only"),
    neither=lambda: block(of(SEED, agency=None, year=None), stated="nothing"),
    list_without_year=lambda: across([of(one, year=None) for one in PROVINCE], Across(stated="nothing")),
    years_across_without_agency=lambda: years_across(of(SEED_2563, agency=None), NOBODY, stated="nothing"),
    columns_without_year=lambda: agency_columns([of(one, year=None) for one in PROVINCE], stated="nothing"),
    long_list_without_year=lambda: long_list(
        [of(one, year=None) for one in PROVINCE], columns=("หน่วยงาน", "ตัวชี้วัด", "คะแนน")
    ),
    history_of_agencies_without_names=lambda: a.history(HISTORY, agency=None),
    one_row_without_agency=lambda: across((NOBODY,), Across(lead=(), stated="year only")),
)
def test_what_the_file_leaves_open_is_asked(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


# How it is typed


ANY: dict[str, Callable[[], Case]] = {
    "the seed": lambda: block(SEED, per_block=True, sentences=True, prose=True),
    "a block": lambda: block(SEED, means="ค่าเฉลี่ย {}", total="คะแนนรวม", level="ระดับ"),
    "a list": lambda: across(PROVINCE),
    "a list of two rows": lambda: across(PROVINCE, Across(upper="long instruments", header="names")),
    "two rows an agency": lambda: across(
        BOTH_YEARS, Across(lead=("ที่", "หน่วยงาน", "ปี x"), merge_same=True, stated="nothing")
    ),
    "sorted": lambda: a.sorted_block(SEED),
    "years across": lambda: years_across(SEED_2563, SEED, total="คะแนนรวม"),
    "agency columns": lambda: agency_columns(BOTH_YEARS, years="below"),
    "a long list": lambda: long_list(BOTH_YEARS, same="merged"),
    "agencies stacked": lambda: stacked(*(block(one) for one in PROVINCE)),
}
TYPED: dict[str, Callable[[Arrangement], Arrangement]] = {
    "Thai digits": a.with_thai_digits,
    "numbers as text": a.with_numbers_as_text,
    **{f"unit {form!r}": lambda it, form=form: a.with_unit(it, form) for form in a.UNITS},
    "invisible characters": a.with_invisible_characters,
    "decomposed am": a.with_decomposed_am,
    "double e": a.with_double_e,
    "line breaks": a.with_line_breaks,
    "blanks in names": a.with_blanks_in_names,
    "variant names": a.with_variant_names,
    "percentages": a.as_percentages,
    "shifted": lambda it: a.shifted(it, 3, 2),
    "a blank row after the headings": lambda it: a.spread(it, (2,), ()),
    "blank rows": lambda it: a.spread(it, (4, 8), ()),
    "a blank column before the scores": lambda it: a.spread(it, (), (1,)),
    "blank columns": lambda it: a.spread(it, (), (0, 2)),
}


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("layout", ANY)
def test_it_is_read_however_it_is_typed(layout: str, typed: str) -> None:
    assert in_memory(TYPED[typed](arranged(ANY[layout]()))) == []


@pytest.mark.parametrize("layout", ANY)
def test_all_ways_of_typing_at_once(layout: str) -> None:
    arrangement = arranged(ANY[layout]())
    for typed in (
        "variant names",
        "blanks in names",
        "line breaks",
        "Thai digits",
        "decomposed am",
        "double e",
        "invisible characters",
    ):
        arrangement = TYPED[typed](arrangement)
    assert in_memory(a.shifted(arrangement, 2, 1)) == []


# Arrangements that are in no description


TITLE = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2564"
TITLE_OF_SEED = f"ผลการประเมิน ITA ของ {SEED.agency} ประจำปีงบประมาณ พ.ศ. 2564"
Row = list[a.Value | a.Says | a.Cell]


def line_of(result: Result, *before: a.Value, numbers: Sequence[int] = range(1, 11)) -> Row:
    return [*before, *(result.says(number) for number in numbers)]


def rows_of(result: Result, *numbers: int, before: tuple[a.Value, ...] = ()) -> list[Row]:
    """A row an indicator: name, score."""
    return [[*before, a.Name(number), result.says(number)] for number in numbers or range(1, 11)]


def named(number: int, text: str) -> a.Cell:
    """A cell that names an indicator in its own words."""
    return a.Cell(text, (a.Name(number),))


def _means_before(result: Result) -> list[Row]:
    rows: list[Row] = []
    for code, numbers in a.INSTRUMENTS.items():
        rows += [[f"{a.LONG[code]} ({code})", result.printed(code.lower())], *rows_of(result, *numbers)]
    return rows


@cases(
    a_years_line_for_one_agency=lambda: across(
        (SEED_2563, SEED), Across(lead=("ปีงบประมาณ",), stated="agency only", figures="none")
    ),
    a_years_line_for_one_agency_numbers=lambda: across(
        (SEED_2563, SEED), Across(lead=("ปี x",), stated="agency only", header="numbers")
    ),
    the_mean_in_a_line_over_its_indicators=lambda: a.drawn([[TITLE_OF_SEED], ["ตัวชี้วัด", "คะแนน"], *_means_before(SEED)]),
    the_total_in_the_first_line=lambda: a.drawn(
        [[TITLE_OF_SEED], ["ตัวชี้วัด", "คะแนน"], ["คะแนนรวม", SEED.printed("total")], *rows_of(SEED)]
    ),
    instrument_lines_without_scores=lambda: a.drawn(
        [[TITLE_OF_SEED], ["ที่", "ตัวชี้วัด", "คะแนน"]]
        + [
            row
            for code, numbers in a.INSTRUMENTS.items()
            for row in ([[code, a.LONG[code]], *rows_of(SEED, *numbers, before=(None,))])
        ]
    ),
    indicator_merged_over_its_years=lambda: a.drawn(
        [[f"ผลการประเมิน ITA ของ {SEED.agency}"], ["ตัวชี้วัด", "ปี", "คะแนน"]]
        + [
            row
            for number in range(1, 11)
            for row in ([a.Name(number), 2563, SEED_2563.says(number)], [None, 2564, SEED.says(number)])
        ],
        merged=tuple((2 + 2 * number, 0, 3 + 2 * number, 0) for number in range(10)),
    ),
    numbers_over_names=lambda: a.drawn(
        [
            [TITLE],
            ["หน่วยงาน", *(f"ตัวชี้วัดที่ {number}" for number in range(1, 11)), "รวม"],
            [None, *(named(number, name) for number, name in enumerate(NAMES, 1))],
            *([*line_of(one, one.agency), one.printed("total")] for one in PROVINCE),
        ]
    ),
    instruments_over_numbers_over_names=lambda: a.drawn(
        [
            [TITLE],
            ["หน่วยงาน", "IIT", *[None] * 4, "EIT", *[None] * 2, "OIT", None],
            [None, *range(1, 11)],
            [None, *(named(number, name) for number, name in enumerate(NAMES, 1))],
            *(line_of(one, one.agency) for one in PROVINCE),
        ],
        merged=((1, 0, 3, 0), (1, 1, 1, 5), (1, 6, 1, 8), (1, 9, 1, 10)),
    ),
    means_before_their_indicators=lambda: a.drawn(
        [
            [TITLE],
            ["หน่วยงาน", "IIT", *map(a.Name, range(1, 6)), "EIT", *map(a.Name, (6, 7, 8)), "OIT", *map(a.Name, (9, 10))],
            *(
                [one.agency, one.printed("iit"), *line_of(one, numbers=range(1, 6)), one.printed("eit"),
                 *line_of(one, numbers=range(6, 9)), one.printed("oit"), *line_of(one, numbers=(9, 10))]
                for one in PROVINCE
            ),
        ]
    ),
    names_with_full_marks=lambda: a.drawn(
        [
            [TITLE],
            ["หน่วยงาน", *(named(n, f"{n}. {NAMES[n - 1]} (100 คะแนน)") for n in range(1, 11)), "คะแนนรวม (100)"],
            *([*line_of(one, one.agency), one.printed("total")] for one in PROVINCE),
        ]
    ),
    names_with_their_instrument=lambda: a.drawn(
        [
            [TITLE],
            ["หน่วยงาน", *(named(n, f"{NAMES[n - 1]} ({a.instrument_of(n)})") for n in range(1, 11))],
            *(line_of(one, one.agency) for one in PROVINCE),
        ]
    ),
    short_headings=lambda: a.drawn(
        [[TITLE], ["หน่วยงาน", *(f"ตชว.{n}" for n in range(1, 11))], *(line_of(one, one.agency) for one in PROVINCE)]
    ),
    headings_without_a_blank=lambda: a.drawn(
        [[TITLE], ["หน่วยงาน", *(f"ตัวชี้วัด{n}" for n in range(1, 11))], *(line_of(one, one.agency) for one in PROVINCE)]
    ),
    a_list_an_instrument_below_each_other=lambda: stacked(
        *(across(PROVINCE, Across(order=tuple(numbers), total=None, level=None)) for numbers in a.INSTRUMENTS.values())
    ),
    a_list_an_instrument_on_each_sheet=lambda: alone(
        *(
            across(PROVINCE, Across(order=tuple(numbers), total=None, level=None)).named(code)
            for code, numbers in a.INSTRUMENTS.items()
        )
    ),
    districts_as_lines_over_their_agencies=lambda: a.drawn(
        [
            [TITLE],
            ["ที่", "หน่วยงาน", *map(a.Name, range(1, 11))],
            ["อำเภอหล่มสัก"],
            line_of(SEED, 1, SEED.agency),
            line_of(OTHER, 2, OTHER.agency),
            ["อำเภอหล่มเก่า"],
            line_of(THIRD, 3, THIRD.agency),
        ]
    ),
    kinds_as_lines_over_their_agencies=lambda: a.drawn(
        [
            [TITLE],
            ["ที่", "หน่วยงาน", *map(a.Name, range(1, 11))],
            ["เทศบาลตำบล"],
            line_of(SEED, 1, SEED.agency),
            ["องค์การบริหารส่วนตำบล"],
            line_of(OTHER, 1, OTHER.agency),
        ]
    ),
    two_halves_side_by_side=lambda: a.drawn(
        [[TITLE_OF_SEED], ["ตัวชี้วัด", "คะแนน"] * 2]
        + [[a.Name(n), SEED.says(n), a.Name(n + 5), SEED.says(n + 5)] for n in range(1, 6)]
    ),
    strong_and_weak_points=lambda: a.drawn(
        [
            [TITLE_OF_SEED], [], ["จุดแข็ง (คะแนนตั้งแต่ 85 ขึ้นไป)"], ["ตัวชี้วัด", "คะแนน"], *rows_of(SEED, 1, 3, 6, 7, 8, 9),
            [], ["จุดที่ต้องพัฒนา (คะแนนต่ำกว่า 85)"], ["ตัวชี้วัด", "คะแนน"], *rows_of(SEED, 2, 4, 5, 10),
        ]
    ),
    a_table_and_its_weak_points_again=lambda: a.drawn(
        [
            [TITLE_OF_SEED], [], ["ตัวชี้วัด", "คะแนน"], *rows_of(SEED),
            [], ["ตัวชี้วัดที่ต้องพัฒนา"], ["ตัวชี้วัด", "คะแนน"], *rows_of(SEED, 2, 4, 5, 10),
        ]
    ),
    measures_beside_each_score=lambda: a.drawn(
        [[TITLE_OF_SEED], ["ตัวชี้วัด", "คะแนน", "จุดที่ต้องพัฒนา", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา"]]
        + [[*row, "ควรเผยแพร่ให้ครบ 5 ช่องทาง", "ประชุม 2 ครั้ง", "กองคลัง", "ต.ค. 64 – มี.ค. 65"] for row in rows_of(SEED)]
    ),
    sub_rows_with_decimals=lambda: replace(
        alone(a.drawn(
        [[TITLE_OF_SEED], ["ที่", "ตัวชี้วัด", "คะแนน"]]
        + [
            row
            for n in range(1, 11)
            for row in (
                [n, named(n, NAMES[n - 1]), SEED.says(n)],
                [n + 0.1, "ความเป็นธรรมและโปร่งใส", 71.5],
                [n + 0.2, "ความรับผิดชอบ", 72.5],
            )
        ]
    )),
        warns=True,
    ),
    sub_rows_in_the_names_column=lambda: a.drawn(
        [[TITLE_OF_SEED], ["ตัวชี้วัด", "คะแนน"]]
        + [
            row
            for n in range(1, 11)
            for row in ([a.Name(n), SEED.says(n)], [f"{n}.1 ความเป็นธรรม", 71.5], [f"{n}.2 ความรับผิดชอบ", 72.5])
        ]
    ),
    a_copy_of_the_sheet=lambda: alone(block(SEED).named("ผล"), block(SEED).named("ผล (2)")),
    cover_sheet=lambda: alone(
        a.plain([["รายงานผลการประเมิน ITA"], [SEED.agency], ["ประจำปีงบประมาณ พ.ศ. 2564"]], name="ปก"),
        block(SEED, stated="nothing", heading="คะแนน").named("ผล"),
    ),
    cover_sheet_over_sheets_of_instruments=lambda: alone(
        a.plain([["รายงานผลการประเมิน ITA"], [SEED.agency], ["ประจำปีงบประมาณ พ.ศ. 2564"]], name="ปก"),
        *(
            block(SEED, stated="nothing", heading="คะแนน", order=tuple(numbers)).named(code)
            for code, numbers in a.INSTRUMENTS.items()
        ),
    ),
    title_names_both_years=lambda: stacked(
        a.plain([[f"เปรียบเทียบผลการประเมิน ITA ของ {SEED.agency} ปีงบประมาณ พ.ศ. 2563 และ 2564"]]),
        years_across(SEED_2563, SEED, stated="nothing"),
        gap=0,
    ),
    title_spans_two_years=lambda: stacked(
        a.plain([[f"ผลการประเมิน ITA {SEED.agency} ประจำปีงบประมาณ พ.ศ. 2563 - 2564"]]),
        years_across(SEED_2563, SEED, stated="nothing"),
        gap=0,
    ),
    target_of_the_next_year=lambda: down(
        Column(("ปี 2563",), SEED_2563), Column(("ปี 2564",), SEED), Beside("เป้าหมาย ปี 2565", lambda _: 95.0),
        stated="agency only",
    ),
    target_beside_each_year=lambda: down(
        Beside("เป้าหมาย ปี 2563", lambda _: 85.0), Column(("ผล ปี 2563",), SEED_2563),
        Beside("เป้าหมาย ปี 2564", lambda _: 90.0), Column(("ผล ปี 2564",), SEED), stated="agency only",
    ),
    history_beside_the_nation=lambda: replace(
        alone(
            a.drawn(
                [[f"ผลคะแนน ITA ของ {SEED.agency}"], ["ปี", "คะแนนของเทศบาล", "ค่าเฉลี่ยประเทศ"]]
                + [[y, a.Printed(SEED.agency, y, "total", t), 60.0 + y - 2560] for y, t, _ in HISTORY]
            )
        ),
        warns=True,
    ),
)  # fmt: skip
def test_arrangements_in_no_description(case: Callable[[], Case]) -> None:
    assert in_memory(case()) == []


SUMMARIES: dict[str, list[list[a.Value]]] = {
    "by kind of agency": [
        ["ประเภท", "จำนวน (แห่ง)", "คะแนนเฉลี่ย"], ["เทศบาลเมือง", 2, 88.1], ["เทศบาลตำบล", 20, 85.12], ["อบต.", 90, 80.5],
    ],
    "budget": [["รายการ", "งบประมาณ", "ร้อยละ"], ["งบกลาง", 1200000, 12.5], ["รวม", 4600000, 47.9]],
    "by level": [["ระดับ", "จำนวน", "ร้อยละ"], ["AA", 3, 10.0], ["A", 12, 40.0], ["B", 15, 50.0]],
    "legend of levels": [["ระดับ", "ช่วงคะแนน"], ["AA", "95.00 - 100"], ["A", "85.00 - 94.99"], ["B", "75.00 - 84.99"]],
    "means of the nation": [["ปี", "ค่าเฉลี่ยประเทศ"], [2562, 66.75], [2563, 67.90], [2564, 81.25]],
    "targets": [["ปีงบประมาณ", "เป้าหมาย (คะแนน)"], [2565, 85], [2566, 90], [2567, 95]],
    "answers": [["แบบวัด", "จำนวนผู้ตอบ", "ร้อยละ"], ["IIT", 45, 90.0], ["EIT", 120, 75.5], ["OIT", 43, 100]],
    "weights": [["เครื่องมือ", "น้ำหนัก"], ["IIT", 30], ["EIT", 30], ["OIT", 40]],
    "counts of indicators": [["เครื่องมือ", "จำนวนตัวชี้วัด"], ["IIT", 5], ["EIT", 3], ["OIT", 2], ["รวม", 10]],
    "weights of indicators": [["ตัวชี้วัด", "น้ำหนัก (ร้อยละ)"], *([f"{n}. {name}", 10] for n, name in enumerate(NAMES, 1))],
    "means of the province": [
        ["ตัวชี้วัด", "ค่าเฉลี่ยจังหวัด"], *([f"{n}. {name}", 80 + n] for n, name in enumerate(NAMES, 1)),
    ],
}  # fmt: skip


@pytest.mark.parametrize("summary", SUMMARIES)
@pytest.mark.parametrize("result", ["a block", "a list", "years across"])
@pytest.mark.parametrize("where", ["below", "above", "beside", "on a sheet before", "on a sheet after"])
def test_tables_that_sum_up_or_explain_are_no_result(summary: str, result: str, where: str) -> None:
    table, other = arranged(ANY[result]()).pages[0], a.plain(SUMMARIES[summary])
    arrangement = {
        "below": lambda: alone(stacked(table, other)),
        "above": lambda: alone(stacked(other, table)),
        "beside": lambda: alone(side_by_side(table, other, gap=2)),
        "on a sheet before": lambda: alone(other.named("สรุป"), table.named("ผล")),
        "on a sheet after": lambda: alone(table.named("ผล"), other.named("สรุป")),
    }[where]()
    arrangement = replace(arrangement, warns=True)
    assert faults(find_results(arrangement.sheets()), arrangement) == []


@cases(
    with_indicators_and_means=lambda: a.drawn(
        [
            [TITLE],
            ["หน่วยงาน", *(f"O{n}" for n in range(1, 44)), a.Name(9), a.Name(10), "OIT"],
            *(
                [one.agency, *(a.Item(one.agency, 2564, code, score) for code, score in items.items()),
                 one.says(9), one.says(10), one.printed("oit")]
                for one, items in ((SEED, ITEMS), (OTHER, OTHER_ITEMS))
            ),
        ]
    ),
    questions_with_the_shares_of_their_answers=lambda: a.drawn(
        [[TITLE_OF_SEED], ["ข้อ", "คำถาม", "น้อยที่สุด", "น้อย", "มาก", "มากที่สุด", "คะแนน"]]
        + [
            [f"i{n}", f"คำถามที่ {n}", 1.5, 8.5, 30.0, 60.0, a.Item(SEED.agency, 2564, f"i{n}", SURVEY[f"i{n}"])]
            for n in range(1, 31)
        ]
    ),
    items_under_their_indicator=lambda: a.drawn(
        [[TITLE_OF_SEED], ["ตัวชี้วัด", "คะแนน"]]
        + [
            row
            for n in range(1, 6)
            for row in (
                [a.Name(n), SEED.says(n)],
                *(
                    [f"i{i} คำถามของตัวชี้วัดนี้", a.Item(SEED.agency, 2564, f"i{i}", SURVEY[f"i{i}"])]
                    for i in range(6 * n - 5, 6 * n + 1)
                ),
            )
        ]
    ),
    part_and_item_in_columns_of_their_own=lambda: a.drawn(
        [[TITLE_OF_SEED], ["ตัวชี้วัดย่อย", "ข้อ", "รายการ", "คะแนน"]]
        + [
            [f"{part} {a.PART_NAMES[part]}" if code == codes[0] else None, code.upper(), a.ITEM_NAMES[code],
             a.Item(SEED.agency, 2564, code, ITEMS[code])]
            for part, codes in a.ITEMS_OF_PART.items()
            for code in codes
        ]
    ),
    two_years_as_columns=lambda: a.drawn(
        [[f"ผลการประเมิน OIT ของ {SEED.agency}"], ["ข้อ", "ปี 2564", "ปี 2565"]]
        + [
            [c.upper(), a.Item(SEED.agency, 2564, c, ITEMS[c]), a.Item(SEED.agency, 2565, c, OTHER_ITEMS[c])]
            for c in ITEMS
        ]
    ),
    agencies_as_columns=lambda: a.drawn(
        [[TITLE], ["ข้อ", SEED.agency, OTHER.agency]]
        + [
            [c.upper(), a.Item(SEED.agency, 2564, c, ITEMS[c]), a.Item(OTHER.agency, 2564, c, OTHER_ITEMS[c])]
            for c in ITEMS
        ]
    ),
)  # fmt: skip
def test_items_among_other_things(case: Callable[[], Case]) -> None:
    arrangement = replace(arranged(case()), warns=True)
    assert faults(find_results(arrangement.sheets()), arrangement) == []


@pytest.mark.parametrize(("yes", "no"), [("มี", "ไม่มี"), ("ผ่าน", "ไม่ผ่าน"), ("✓", "✗"), ("✓", None), ("Y", "N")])
def test_items_that_are_ticked_are_asked_and_not_guessed(yes: str, no: str | None) -> None:
    rows: list[Row] = [[TITLE_OF_SEED], ["ข้อ", "คะแนน"]]
    rows += [[f"O{n}", yes if n % 3 else no] for n in range(1, 44)]
    reading = reading_of(a.drawn(rows))
    told = [problem for problem in reading.problems if problem.severity != "info"]
    assert reading.items["score"].dropna().empty or all(
        score == (100 if int(item[1:]) % 3 else 0)
        for item, score in zip(reading.items["item"], reading.items["score"], strict=True)
    )
    assert told


def test_items_of_one_and_nought_are_never_one_point_of_a_hundred() -> None:
    rows: list[Row] = [[TITLE_OF_SEED], ["ข้อ", "คะแนน"], *([f"O{n}", 1 if n % 3 else 0] for n in range(1, 44))]
    reading = reading_of(a.drawn(rows))
    assert set(reading.items["score"].dropna()) <= {0.0, 100.0}
    assert any(problem.severity != "info" for problem in reading.problems)


@pytest.mark.parametrize(
    "headings",
    [
        ("คะแนนก่อนอุทธรณ์", "คะแนนหลังอุทธรณ์"),
        ("คะแนน (เดิม)", "คะแนน (ใหม่)"),
        ("คะแนนรอบ 1", "คะแนนรอบ 2"),
        ("คะแนน", "คะแนน"),
    ],
)
def test_two_columns_of_scores_that_nothing_tells_apart_are_not_chosen_between_in_silence(
    headings: tuple[str, str],
) -> None:
    rows: list[Row] = [[TITLE_OF_SEED], ["ตัวชี้วัด", *headings]]
    rows += [[a.Name(n), SEED.score(n), OTHER.score(n)] for n in range(1, 11)]
    reading = reading_of(a.drawn(rows))
    assert any(problem.severity in ("error", "warning") for problem in reading.problems)


@pytest.mark.parametrize(
    "year", [2464, "ปีก่อน", 21, "1921", "2021/22", "2563/2564", pd.Timestamp(2021, 1, 1).to_pydatetime()]
)
def test_a_year_that_is_none_is_never_guessed(year: a.Value) -> None:
    rows: list[Row] = [["หน่วยงาน", "ปีงบประมาณ", *range(1, 11)]]
    rows += [line_of(of(SEED, year=None), SEED.agency, year), line_of(OTHER, OTHER.agency, 2564)]
    reading = reading_of(a.drawn(rows))
    of_seed = reading.scores[reading.scores["agency"] == SEED.agency].dropna(subset="score")
    assert of_seed["fiscal_year"].dropna().empty
    assert any(problem.cell == "B2" for problem in reading.problems)


@pytest.mark.parametrize("year", [2021, "2021", "๒๐๒๑", "ปี 2021"])
@pytest.mark.parametrize(
    ("where", "cell"),
    [("title", "A2"), ("sheet", None), ("column", "B3"), ("rows", "B2")],
)
def test_a_year_that_can_only_be_of_the_common_era_is_turned_and_said(
    year: a.Value, where: str, cell: str | None
) -> None:
    titles: list[Row] = [[SEED.agency], [f"ผลการประเมิน ITA ประจำปี {year}" if where == "title" else None]]
    rows: list[Row] = [["ตัวชี้วัด", year if where == "column" else "คะแนน"], *rows_of(SEED, *range(1, 11))]
    if where == "rows":
        titles, rows = [], [["หน่วยงาน", "ปีงบประมาณ", *range(1, 11)], line_of(SEED, SEED.agency, year)]
    page = a.drawn([*titles, *rows], name=str(year) if where == "sheet" else "Sheet1")
    reading = reading_of(page)
    assert a.faults(reading, a.alone(page)) == []
    assert [(problem.severity, problem.cell) for problem in reading.problems if problem.code == "ITA-T28"] == [
        ("info", cell)
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp874"])
@pytest.mark.parametrize("name", ["a block", "a list", "sorted", "years across", "agencies stacked", "a score a row"])
def test_a_page_saved_as_csv_reads_the_same(name: str, encoding: str) -> None:
    pages = {
        "a score a row": lambda: long_list(BOTH_YEARS),
        "agencies stacked": lambda: stacked(block(SEED), block(OTHER)),
    }
    page = arranged((pages.get(name) or ANY[name])()).pages[0]
    reading = ita.read_results(a.csv_bytes(page, encoding), filename="ผล.csv")
    sheets = set(reading.scores["sheet"])
    assert len(sheets) == 1
    assert faults(reading, alone(page.named(sheets.pop()))) == []


# What is wrong with a cell


@pytest.mark.parametrize("value", a.MISSING, ids=repr)
@pytest.mark.parametrize("layout", ANY)
def test_a_score_that_is_missing_is_named(layout: str, value: a.Value) -> None:
    arrangement = arranged(ANY[layout]())
    assert in_memory(a.with_missing(arrangement, arrangement.places(a.Score)[6], value)) == []


@pytest.mark.parametrize("value", a.IMPOSSIBLE, ids=repr)
@pytest.mark.parametrize("layout", ["a block", "a list", "years across", "a long list"])
def test_what_cannot_be_a_score_is_an_error_at_its_cell(layout: str, value: a.Value) -> None:
    arrangement = arranged(ANY[layout]())
    place = arrangement.places(a.Score)[6]
    broken = a.with_impossible(arrangement, place, value)
    reading = find_results(broken.sheets())
    assert faults(reading, broken) == []
    cell = a.address(*place[1])
    assert any(problem.cell == cell and problem.severity == "error" for problem in reading.problems)


@pytest.mark.parametrize("layout", ANY)
@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "formula"])
def test_error_cells_and_formulas_without_a_value_are_named(layout: str, error: str) -> None:
    arrangement = arranged(ANY[layout]())
    place = arrangement.places(a.Score)[6]
    broken = a.with_formula(arrangement, place) if error == "formula" else a.with_error_cell(arrangement, place, error)
    assert in_memory(broken) == []


@pytest.mark.parametrize("indicator", range(1, 11))
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: block(SEED, numbering=""), id="a block"),
        pytest.param(lambda: block(SEED), id="a block with numbers"),
        pytest.param(lambda: block(SEED, number_column="ที่", numbering=""), id="a block with a column of numbers"),
        pytest.param(lambda: across(PROVINCE, Across(header="names")), id="a list"),
        pytest.param(lambda: across(PROVINCE), id="a list with numbers"),
        pytest.param(lambda: across(PROVINCE, Across(header="names", upper="instruments")), id="a list of two rows"),
        pytest.param(lambda: years_across(SEED_2563, SEED, numbering=""), id="years across"),
        pytest.param(lambda: agency_columns(PROVINCE, numbering=""), id="agency columns"),
        pytest.param(lambda: long_list(PROVINCE, numbering=""), id="a long list"),
        pytest.param(lambda: a.sorted_block(SEED), id="sorted"),
    ],
)
def test_a_misspelt_name_is_never_guessed_but_named(make: Callable[[], Case], indicator: int) -> None:
    assert in_memory(a.with_misspelt_name(arranged(make()), indicator)) == []


@pytest.mark.parametrize(
    "wrong", ["ความพึงพอใจของประชาชน", "ตัวชี้วัดเพิ่มเติม", "การใช้", "การทุจริต", "คุณภาพ", "xyz", "ตัวชี้วัดที่ 11 อื่น ๆ"]
)
@pytest.mark.parametrize("layout", ["a block", "a list", "years across", "a long list"])
def test_a_name_that_fits_nothing_is_asked(layout: str, wrong: str) -> None:
    assert in_memory(a.with_misspelt_name(arranged(ANY[layout]()), 3, wrong)) == []


@cases(
    blocks=lambda: alone(stacked(block(SEED), block(of(SEED, scores=(50.0, *SEED.scores[1:])))), warns=True),
    rows_of_a_block=lambda: alone(_with_row_again(block(SEED), 1, 50.0), warns=True),
    list_rows=lambda: alone(across((SEED, OTHER, of(SEED, scores=(50.0, *SEED.scores[1:])))), warns=True),
    sheets=lambda: alone(
        block(SEED).named("ก"), block(of(SEED, scores=(50.0, *SEED.scores[1:]))).named("ข"), warns=True
    ),
    long_lists=lambda: alone(long_list((SEED, of(SEED, scores=(50.0, *SEED.scores[1:])))), warns=True),
)  # fmt: skip
def test_one_thing_with_two_scores_is_an_error_that_names_both_cells(case: Callable[[], Case]) -> None:
    arrangement = arranged(case())
    reading = find_results(arrangement.sheets())
    assert faults(reading, arrangement) == []
    places = [
        cell
        for _, cell, says in arrangement.said
        if isinstance(says, a.Score) and (says.agency, says.indicator) == (SEED.agency, 1)
    ]
    assert any(
        problem.severity == "error" and all(cell == problem.cell or cell in problem.message("th") for cell in places)
        for problem in reading.problems
    )


def _with_row_again(page: Page, indicator: int, score: float) -> Page:
    """The row of an indicator once more at the end, with another score."""
    drawing = a.Drawing(dict(page.cells), list(page.merged), page.height)
    drawing.put(page.height, 1, f"{indicator}. {NAMES[indicator - 1]}", a.Name(indicator))
    drawing.put(page.height, 2, score, a.Score(SEED.agency, SEED.year, indicator, score))
    return drawing.page()


def test_two_columns_of_one_indicator_with_different_scores_are_named() -> None:
    page = across(PROVINCE, Across(order=(*range(1, 11), 3), header="names", figures="none"))
    column = max(column for (_, column), cell in page.cells.items() if a.Name(3) in cell.says)
    changed = {
        place: replace(cell, value=11.11, says=tuple(replace(one, score=11.11) for one in cell.says))
        if place[1] == column and cell.says and isinstance(cell.says[0], a.Score)
        else cell
        for place, cell in page.cells.items()
    }
    arrangement = alone(replace(page, cells=changed), warns=True)
    reading = find_results(arrangement.sheets())
    assert faults(reading, arrangement) == []
    assert any(problem.severity in ("error", "warning") for problem in reading.problems)


# The builders themselves, and whole files


FILES: dict[str, Callable[[], Case]] = {
    **ANY,
    "percentages": lambda: a.as_percentages(arranged(ANY["a block"]())),
    "Thai digits": lambda: a.with_thai_digits(arranged(ANY["a list"]())),
    "hidden": lambda: alone(block(SEED), a.hidden(block(SEED_2563).named("เก่า"))),
    "sheets": lambda: alone(*(_list_of(year) for year in (2562, 2563, 2564))),
    "items": lambda: replace(alone(a.items_down(ITEMS)), warns=True),
    "history": lambda: replace(alone(a.history(HISTORY)), warns=True),
    "an error cell": lambda: a.with_error_cell(arranged(ANY["a list"]()), arranged(ANY["a list"]()).places(a.Score)[6]),
    "a formula": lambda: a.with_formula(arranged(ANY["a block"]()), arranged(ANY["a block"]()).places(a.Score)[6]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_whole_file_reads_as_what_it_says(name: str) -> None:
    arrangement = arranged(FILES[name]())
    assert faults(ita.read_results(arrangement.workbook()), arrangement) == []


@pytest.mark.parametrize("name", FILES)
def test_a_page_in_memory_is_what_the_reader_of_workbooks_gives(name: str) -> None:
    arrangement = arranged(FILES[name]())
    read, built = read_sheets(arrangement.workbook()), arrangement.sheets()
    assert [(one.name, one.rows, one.visible, sorted(one.merged)) for one in read] == [
        (one.name, one.rows, one.visible, sorted(one.merged)) for one in built
    ]
