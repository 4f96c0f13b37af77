"""Files as offices make them beyond the builders of arrangements.py, drawn cell by cell: each read as what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from ita.reading.results import find_results
from tests.reading import arrangements as a
from tests.reading.arrangements import (
    INSTRUMENTS,
    NAMES,
    OTHER,
    SEED,
    THIRD,
    Arrangement,
    Cell,
    Item,
    Page,
    Printed,
    Result,
    alone,
    drawn,
    faults,
    numbered_name,
    side_by_side,
    stacked,
    year_before,
)

Row = list[object]
Case = Callable[[], Page | Arrangement]
PROVINCE = (SEED, OTHER, THIRD)
SEED_2563 = year_before(SEED)
YEARS = (SEED_2563, SEED)
TITLE: Row = [f"ผลการประเมิน ITA ของ {SEED.agency} ปีงบประมาณ พ.ศ. 2564"]
OF_AGENCY: Row = [f"ผลการประเมิน ITA ของ {SEED.agency}"]
OF_YEAR: Row = ["สรุปผลคะแนน ITA จังหวัดพิจิตร ปีงบประมาณ พ.ศ. 2564"]
TEN = range(1, 11)


def named_rows(columns: Callable[[int], Sequence[object]], numbers: Sequence[int] = TEN) -> list[Row]:
    """A row for each indicator: its name and what stands beside it."""
    return [[numbered_name(number), *columns(number)] for number in numbers]


def scored(result: Result, numbers: Sequence[int] = TEN) -> list[Row]:
    return named_rows(lambda number: [result.says(number)], numbers)


def listed(*lead: str, heading: str = "ตัวชี้วัดที่ {}", corner: str = "หน่วยงาน", total: str = "คะแนนรวม") -> list[Row]:
    """A list of the province: its title, its heading, a row for each agency."""
    head: Row = [*lead, corner, *(heading.format(number, name=NAMES[number - 1]) for number in TEN), total]
    rows: list[Row] = [
        [*(order for _ in lead), one.agency, *(one.says(number) for number in TEN), one.printed("total")]
        for order, one in enumerate(PROVINCE, 1)
    ]
    return [OF_YEAR, head, *rows]


def below_each_other(*results: Result, last: Callable[[Result], list[Row]] = lambda _: []) -> list[Row]:
    """For each agency its name, its ten rows and what comes last."""
    return [row for one in results for row in ([one.agency], *scored(one), *last(one))]


def totals(result: Result) -> list[Row]:
    return [["คะแนนรวม", result.printed("total")], ["ระดับ", result.printed("level")], []]


def history(*between: object) -> Page:
    """Two years' totals, with a blank column between where one is given."""
    rows: list[Row] = [
        [year, *between, Printed(SEED.agency, year, "total", total), Printed(SEED.agency, year, "level", level)]
        for year, total, level in ((2562, 70.1, "C"), (2563, 75.3, "B"))
    ]
    return drawn([[], [], ["ปีงบประมาณ", *between, "คะแนน", "ระดับ"], *rows])


def reads_right(case: Page | Arrangement) -> None:
    arrangement = case if isinstance(case, Arrangement) else alone(case)
    assert faults(find_results(arrangement.sheets()), arrangement) == []


def cases(**named: Case) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "case", [pytest.param(make, id=name.replace("_", " ")) for name, make in named.items()]
    )


@cases(
    under_one_heading=lambda: drawn([OF_YEAR, ["ตัวชี้วัด", "คะแนน"], *below_each_other(*PROVINCE)]),
    without_a_heading=lambda: drawn([OF_YEAR, *below_each_other(*PROVINCE)]),
    with_totals_and_levels=lambda: drawn([OF_YEAR, ["ตัวชี้วัด", "คะแนน"], *below_each_other(*PROVINCE, last=totals)]),
    with_two_years_beside_each_other=lambda: drawn(
        [["ผล ITA ย้อนหลัง"], ["ตัวชี้วัด", "ปี 2563", "ปี 2564", "ผลต่าง"]]
        + [
            row
            for one in (SEED, OTHER)
            for row in (
                [one.agency],
                *named_rows(lambda number, one=one: [year_before(one).says(number), one.says(number), 1.5]),
            )
        ]
    ),
    of_a_pivot_table=lambda: alone(
        drawn(
            [["ปีงบประมาณ 2564"], ["Row Labels", "Average of คะแนน"]]
            + [
                row
                for one in (SEED, OTHER)
                for row in ([one.agency, 81.3], *([name, one.says(n)] for n, name in enumerate(NAMES, 1)))
            ]
            + [["Grand Total", 80.12]]
        ),
        warns=True,
    ),
)
def test_agencies_below_each_other(case: Case) -> None:
    reads_right(case())


def over_two_years(*heading: object, merged: bool) -> Page:
    rows = [row for n in TEN for row in ([numbered_name(n), 2563, SEED_2563.says(n)], [None, 2564, SEED.says(n)])]
    places = tuple((top, 0, top + 1, 0) for top in range(2, 22, 2)) if merged else ()
    return drawn([OF_AGENCY, list(heading), *rows], merged=places)


@cases(
    merged_and_the_year_not_headed=lambda: over_two_years("ตัวชี้วัด", None, "คะแนน", merged=True),
    once_and_the_year_not_headed=lambda: over_two_years("ตัวชี้วัด", None, "คะแนน", merged=False),
    once_under_headings=lambda: over_two_years("ตัวชี้วัด", "ปี", "คะแนน", merged=False),
)
def test_an_indicator_named_over_its_years(case: Case) -> None:
    reads_right(case())


@cases(
    block_and_history=lambda: side_by_side(drawn([TITLE, [], ["ตัวชี้วัด", "คะแนน"], *scored(SEED)]), history()),
    blank_column_in_the_history=lambda: side_by_side(
        drawn([TITLE, [], ["ตัวชี้วัด", "คะแนน"], *scored(SEED)]), history(None)
    ),
    blank_column_in_the_block=lambda: side_by_side(
        drawn([TITLE, [], ["ตัวชี้วัด", None, "คะแนน"], *named_rows(lambda n: [None, SEED.says(n)])]), history()
    ),
    two_years=lambda: side_by_side(
        drawn([["ปี 2563"], ["ตัวชี้วัด", "คะแนน"], *scored(SEED_2563), [SEED.agency]]),
        drawn([["ปี 2564"], ["ตัวชี้วัด", "คะแนน"], *scored(SEED)]),
    ),
    the_figures_of_a_chart=lambda: side_by_side(
        drawn([TITLE, ["ตัวชี้วัด", "คะแนน"], *scored(SEED)]),
        drawn([["ข้อมูลสำหรับกราฟ"], [], *([name, SEED.says(n)] for n, name in enumerate(NAMES, 1))]),
        gap=2,
    ),
    ranks_of_a_list=lambda: side_by_side(
        drawn(listed("ที่")),
        a.plain([["อันดับ", "หน่วยงาน", "คะแนนรวม"], [1, OTHER.agency, 84.21], [2, SEED.agency, 80.84]]),
    ),
    one_to_five_and_six_to_ten=lambda: drawn(
        [
            TITLE,
            ["ตัวชี้วัด", "คะแนน", "ตัวชี้วัด", "คะแนน"],
            *([numbered_name(n), SEED.says(n), numbered_name(n + 5), SEED.says(n + 5)] for n in range(1, 6)),
        ]
    ),
    one_to_five_and_six_to_ten_without_headings=lambda: drawn(
        [
            TITLE,
            *([f"ตัวชี้วัดที่ {n}", SEED.says(n), None, f"ตัวชี้วัดที่ {n + 5}", SEED.says(n + 5)] for n in range(1, 6)),
        ]
    ),
)
def test_tables_beside_each_other(case: Case) -> None:
    reads_right(case())


def instruments(*headings: str, columns: Callable[[Result, str], Sequence[object]], of: Sequence[Result]) -> list[Row]:
    """A row for each instrument and one for the total: its name, and what stands beside it of each result."""
    kinds = [*((code, code.lower()) for code in INSTRUMENTS), ("คะแนนรวม", "total")]
    return [["เครื่องมือ", *headings], *([name, *(c for one in of for c in columns(one, what))] for name, what in kinds)]


@cases(
    on_a_sheet_of_their_own=lambda: Arrangement(
        (
            drawn([TITLE, ["ตัวชี้วัด", "คะแนน"], *scored(SEED)]),
            drawn(
                [
                    TITLE,
                    [],
                    *instruments("คะแนน", "ผล", columns=lambda one, what: [one.printed(what), "ผ่าน"], of=[SEED]),
                    ["ระดับ", SEED.printed("level")],
                ]
            ),
        )
    ),
    alone_over_two_years=lambda: drawn(
        [[SEED.agency], *instruments("ปี 2563", "ปี 2564", columns=lambda one, what: [one.printed(what)], of=YEARS)]
    ),
    alone_of_two_agencies=lambda: drawn(
        [
            ["ปีงบประมาณ 2564"],
            *instruments(
                SEED.agency or "", OTHER.agency or "", columns=lambda one, what: [one.printed(what)], of=[SEED, OTHER]
            ),
        ]
    ),
    below_the_indicators=lambda: drawn(
        [
            TITLE,
            ["ตัวชี้วัด", "คะแนน"],
            *scored(SEED),
            [],
            ["สรุปรายเครื่องมือ"],
            *instruments("คะแนนเฉลี่ย", columns=lambda one, what: [one.printed(what)], of=[SEED]),
        ]
    ),
)
def test_instruments_below_each_other(case: Case) -> None:
    reads_right(case())


@cases(
    means_and_extremes_of_indicators=lambda: stacked(
        drawn(listed("ที่")),
        a.plain(
            [["สรุปรายตัวชี้วัด"], ["ตัวชี้วัด", "ค่าเฉลี่ย", "สูงสุด", "ต่ำสุด"]]
            + [[numbered_name(n), 80.5 + n, 95.1, 60.2] for n in TEN]
        ),
    ),
    counts_of_agencies=lambda: stacked(
        drawn(listed("ที่")), a.plain([["สรุป", "ค่า"], ["จำนวนที่ผ่านเกณฑ์", 1], ["ค่าเฉลี่ย", 77.5], ["สูงสุด", 88.1]])
    ),
    a_block_with_labels_over_it=lambda: stacked(
        a.across((OTHER, THIRD)),
        drawn(
            [
                ["ผลรายตัวชี้วัด"],
                ["หน่วยงาน", SEED.agency, "ปี", 2564],
                ["ประเภท", "เทศบาลตำบล"],
                ["ตัวชี้วัด", "คะแนน"],
                *scored(SEED),
            ]
        ),
    ),
    lists_of_each_instrument=lambda: drawn(
        [OF_YEAR]
        + [
            row
            for code, numbers in INSTRUMENTS.items()
            for row in (
                [],
                [f"เครื่องมือ {code}"],
                ["หน่วยงาน", *(f"ตัวชี้วัดที่ {n}" for n in numbers), f"เฉลี่ย {code}"],
                *([one.agency, *(one.says(n) for n in numbers), one.printed(code.lower())] for one in PROVINCE),
            )
        ]
    ),
)
def test_what_stands_below_a_list(case: Case) -> None:
    reads_right(case())


def beside(*headings: str, columns: Callable[[int], Sequence[object]], last: Sequence[Row] = ()) -> Page:
    return drawn([TITLE, ["ตัวชี้วัด", *headings], *named_rows(columns), *last])


POINTS = dict(zip(TEN, [6] * 5 + [10] * 3 + [20] * 2, strict=True))


@cases(
    weights_and_points=lambda: beside(
        "คะแนนที่ได้ (100)", "ค่าน้ำหนัก", "คะแนนถ่วงน้ำหนัก",
        columns=lambda n: [SEED.says(n), POINTS[n], a.half_up((SEED.score(n) or 0) * POINTS[n] / 100)],
        last=[["รวม", None, 100, SEED.printed("total")]],
    ),
    own_assessment=lambda: beside("คะแนนประเมินตนเอง", "คะแนน ป.ป.ช.", columns=lambda n: [90 + n / 2, SEED.says(n)]),
    target_of_next_year=lambda: beside("ปี 2564", "เป้าหมายปี 2565", columns=lambda n: [SEED.says(n), 90.5]),
    quarters=lambda: beside(
        "ไตรมาส 1", "ไตรมาส 2", "ไตรมาส 3", "ไตรมาส 4", "คะแนน",
        columns=lambda n: [50.1, 60.1, 70.2, 80.3, SEED.says(n)],
    ),
    ranks=lambda: beside(
        "คะแนน", "อันดับในอำเภอ", "อันดับในจังหวัด", "ผ่านเกณฑ์ 85",
        columns=lambda n: [SEED.says(n), n, 3 * n, "✓" if (SEED.score(n) or 0) >= 85 else "✗"],
    ),
    levels_and_that_of_the_total=lambda: beside(
        "คะแนน", "ระดับ", columns=lambda n: [SEED.says(n), "A"],
        last=[["คะแนนรวม", SEED.printed("total"), SEED.printed("level")]],
    ),
    numbers_of_answers=lambda: beside(
        "คะแนน", columns=lambda n: [SEED.says(n)], last=[["จำนวนผู้ตอบแบบสอบถาม", 165.0]]
    ),
    best_of_the_province=lambda: drawn(
        [
            OF_YEAR,
            ["ตัวชี้วัด", SEED.agency, "ค่าเฉลี่ยจังหวัด", "สูงสุดของจังหวัด"],
            *named_rows(lambda n: [SEED.says(n), 80.5, 99.1]),
        ]
    ),
    the_nation_in_a_history=lambda: alone(
        drawn(
            [[SEED.agency], ["ปี", "คะแนนของเทศบาล", "ค่าเฉลี่ยประเทศ"]]
            + [
                [year, Printed(SEED.agency, year, "total", total), nation]
                for year, total, nation in ((2562, 70.1, 66.75), (2563, 75.3, 67.9), (2564, 80.84, 81.25))
            ]
        ),
        warns=True,
    ),
)  # fmt: skip
def test_what_stands_beside_the_scores(case: Case) -> None:
    reads_right(case())


def over_rows(*headings: str, figures: Callable[[int], Sequence[object]], merged: tuple[a.Range, ...] = ()) -> Page:
    """The ten indicators, with columns beside them that have a figure for several rows each."""
    rows = named_rows(lambda number: [SEED.says(number), *figures(number)])
    return drawn([TITLE, ["ตัวชี้วัด", "คะแนน", *headings], *rows], merged=merged)


def mean_at_first(number: int) -> list[object]:
    return [SEED.printed(a.FIRST_OF[number].lower()) if number in a.FIRST_OF else None]


TOTAL, LEVEL = SEED.printed("total"), SEED.printed("level")
TABLE: list[Row] = [["ตัวชี้วัด", "คะแนน"], *scored(SEED)]


@cases(
    means_merged_over_their_rows=lambda: over_rows(
        "คะแนนเฉลี่ยเครื่องมือ", figures=mean_at_first, merged=((2, 2, 6, 2), (7, 2, 9, 2), (10, 2, 11, 2))
    ),
    means_at_the_first_of_their_rows=lambda: over_rows("คะแนนเฉลี่ย", figures=mean_at_first),
    total_over_all_rows=lambda: over_rows("คะแนนรวม", figures=lambda n: [TOTAL if n == 1 else None]),
    total_and_level_under_their_labels=lambda: drawn(
        [TITLE, [], ["คะแนนรวม", None, None, "ระดับ"], [TOTAL, None, None, LEVEL], [], *TABLE]
    ),
    cards_below_each_other=lambda: drawn([TITLE, ["คะแนนรวม"], [TOTAL], ["ระดับ"], [LEVEL], [], *TABLE]),
    cards_beside_the_table=lambda: drawn(
        [TITLE, ["ตัวชี้วัด", "คะแนน", None, "คะแนนรวม", "ระดับ"]]
        + [[*row, None, *([TOTAL, LEVEL] if n == 1 else [])] for n, row in enumerate(scored(SEED), 1)]
    ),
    sum_of_a_hundred_over_the_table=lambda: drawn([TITLE, ["รวม (100)", TOTAL], *TABLE]),
    sum_of_a_hundred_on_a_card=lambda: drawn([TITLE, ["คะแนนรวม (100 คะแนน)"], [TOTAL], [], *TABLE]),
    cards_on_a_sheet_of_their_own=lambda: Arrangement(
        (
            drawn([TITLE, [], ["คะแนนรวม", None, "ระดับ"], [TOTAL, None, LEVEL]], name="Dashboard"),
            drawn([TITLE, *TABLE], name="คะแนน"),
        )
    ),
)
def test_what_is_printed_beside_the_indicators_or_over_them(case: Case) -> None:
    reads_right(case())


@cases(
    sections=lambda: drawn(
        [TITLE, ["ตัวชี้วัด", "คะแนน"]]
        + [
            row
            for number, (code, numbers) in enumerate(INSTRUMENTS.items(), 1)
            for row in (
                [f"เครื่องมือที่ {number} : {code}"],
                *scored(SEED, numbers),
                [f"เฉลี่ย {code}", SEED.printed(code.lower())],
            )
        ]
    ),
    means_over_their_indicators=lambda: drawn(
        [TITLE, ["เครื่องมือ/ตัวชี้วัด", "คะแนน"]]
        + [
            row
            for code, numbers in INSTRUMENTS.items()
            for row in ([f"{code} : {a.LONG[code]}", SEED.printed(code.lower())], *scored(SEED, numbers))
        ]
        + [["คะแนนรวม ITA", SEED.printed("total")]]
    ),
    names_below_their_numbers=lambda: drawn(
        [TITLE, ["ตัวชี้วัด", "คะแนน"]] + [row for n in TEN for row in ([f"ตัวชี้วัดที่ {n}"], [NAMES[n - 1], SEED.says(n)])]
    ),
    numbers_with_scores_over_their_names=lambda: drawn(
        [TITLE, ["ตัวชี้วัด", "คะแนน"]] + [row for n in TEN for row in ([f"ตัวชี้วัดที่ {n}", SEED.says(n)], [NAMES[n - 1]])]
    ),
    labels_and_values=lambda: drawn(
        [["หน่วยงาน", SEED.agency], ["ปีงบประมาณ", 2564]]
        + [[f"ตัวชี้วัดที่ {n}", Cell(f"{SEED.score(n):.2f}", (SEED.says(n),))] for n in TEN]
    ),
    boxes=lambda: drawn(
        [[f"Dashboard ITA {SEED.agency} ปีงบประมาณ พ.ศ. 2564"], []]
        + [
            row
            for numbers in (range(1, 6), range(6, 11))
            for row in ([NAMES[n - 1] for n in numbers], [SEED.says(n) for n in numbers], [])
        ]
    ),
    questions_under_their_indicators=lambda: alone(
        drawn(
            [TITLE, ["ข้อ", "ข้อคำถาม", "คะแนน"]]
            + [
                row
                for n in range(1, 6)
                for row in (
                    [None, f"ตัวชี้วัดที่ {n} {NAMES[n - 1]}", SEED.says(n)],
                    *(
                        [f"i{i}", "เจ้าหน้าที่ปฏิบัติงานตามขั้นตอน", Item(SEED.agency, 2564, f"i{i}", 70.0 + i % 30)]
                        for i in range(6 * n - 5, 6 * n + 1)
                    ),
                )
            ]
        ),
        warns=True,
    ),
    questions_with_numbers_only=lambda: alone(
        drawn(
            [TITLE, ["ข้อ", "ประเด็น", "คะแนน"]]
            + [
                row
                for n in TEN
                for row in (
                    [None, f"ตัวชี้วัดที่ {n} {NAMES[n - 1]}", SEED.says(n)],
                    *([i, "บุคลากรในหน่วยงานปฏิบัติงาน", 70.0 + i] for i in range(1, 4)),
                )
            ]
        ),
        warns=True,
    ),
)
def test_indicators_down_the_rows_in_other_ways(case: Case) -> None:
    reads_right(case())


@cases(
    codes_counted_through=lambda: drawn(_with_headings([f"{a.instrument_of(n)}{n}" for n in TEN])),
    codes_counted_anew=lambda: drawn(
        _with_headings([f"{code}{n}" for code, numbers in INSTRUMENTS.items() for n in range(1, len(numbers) + 1)])
    ),
    english_codes=lambda: drawn(listed("No.", heading="KPI {}")),
    names_of_a_database=lambda: drawn(listed(heading="ind{}", corner="agency_name", total="ITA")),
    names_of_an_online_form=lambda: drawn(listed(heading="คะแนนตัวชี้วัด [{}. {name}]")),
    indicators_said_in_the_corner=lambda: drawn(listed(heading="{}. {name}", corner="หน่วยงาน \\ ตัวชี้วัด")),
    only_indicators_said_in_the_corner=lambda: drawn(listed(heading="{name}", corner="ตัวชี้วัด")),
    the_total_with_its_year=lambda: drawn(listed(total="คะแนนรวม ปี 2564")),
    the_total_in_other_words=lambda: drawn(listed(total="คะแนน ITA ภาพรวม (ร้อยละ)")),
    districts_between=lambda: drawn(_with_districts()),
    scores_and_ranks=lambda: _two_columns_each("คะแนน", "ลำดับ"),
    ranks_and_scores=lambda: _two_columns_each("ลำดับ", "คะแนน"),
    scores_and_levels=lambda: drawn(
        [OF_YEAR, ["หน่วยงาน", *(text for n in TEN for text in (numbered_name(n), "ระดับ"))]]
        + [[one.agency, *(value for n in TEN for value in (one.says(n), "A"))] for one in PROVINCE]
    ),
    an_indicator_a_sheet=lambda: alone(
        *(
            drawn(
                [[f"ตัวชี้วัดที่ {n} {NAMES[n - 1]}"], ["ปีงบประมาณ 2564"], ["หน่วยงาน", "คะแนน"]]
                + [[one.agency, one.says(n)] for one in PROVINCE],
                name=f"ตัวชี้วัด {n}",
            )
            for n in TEN
        )
    ),
    districts_with_their_means=lambda: alone(
        a.across(PROVINCE),
        a.plain(
            [OF_YEAR, ["อำเภอ", "จำนวน อปท.", "คะแนนเฉลี่ย"], ["เมือง", 5, 85.1], ["บางมูลนาก", 3, 80.2]], name="อำเภอ"
        ),
        warns=True,
    ),
)  # fmt: skip
def test_lists_with_other_headings(case: Case) -> None:
    reads_right(case())


def _with_districts() -> list[Row]:
    title, head, *rows = listed("ที่")
    names = ("อำเภอเมือง", "อำเภอบางมูลนาก", "อำเภอตะพานหิน")
    return [title, head, *(line for name, row in zip(names, rows, strict=True) for line in ([name], row))]


def _with_headings(headings: Sequence[str]) -> list[Row]:
    title, head, *rows = listed("ที่")
    return [title, [*head[:2], *headings, *head[12:]], *rows]


def _two_columns_each(*headings: str) -> Page:
    """Two columns under each indicator, its name merged over them."""

    def pair(order: int, one: Result, number: int) -> Row:
        return [one.says(number) if heading == "คะแนน" else order for heading in headings]

    rows: list[Row] = [
        [one.agency, *(value for n in TEN for value in pair(order, one, n))] for order, one in enumerate(PROVINCE, 1)
    ]
    names: Row = [text for n in TEN for text in (numbered_name(n), None)]
    merged = tuple((1, column, 1, column + 1) for column in range(1, 21, 2))
    return drawn([OF_YEAR, ["หน่วยงาน", *names], [None, *headings * 10], *rows], merged=merged)


@pytest.mark.parametrize(
    "typed", ["{}", "{}/100", "{} / 100", "{} จาก 100 คะแนน", "{}*", "'{}", "{} คะแนน", "ร้อยละ {}", "{}%"]
)
@pytest.mark.parametrize("point", [".", ","])
def test_a_score_is_read_with_what_is_typed_around_it_and_said(typed: str, point: str) -> None:
    page = drawn([TITLE, ["ตัวชี้วัด", "คะแนน"], *scored(SEED)])
    cells = {
        place: replace(cell, value=typed.format(f"{cell.value:.2f}").replace(".", point)) if place[1] else cell
        for place, cell in page.cells.items()
        if place[0] > 1
    }
    page = replace(page, cells={**page.cells, **cells})
    reads_right(alone(page))
    told = [problem for problem in find_results([page.sheet()]).problems if problem.code == "ITA-S05"]
    assert {problem.cell for problem in told} == {f"B{row}" for row in range(3, 13)}


@pytest.mark.parametrize("typed", ["{} / 85", "{} คะแนน (A)", "{} (B)", "{} จาก 85", "คะแนน {} ระดับ B"])
def test_a_score_with_more_in_its_cell_is_read_as_it_or_named(typed: str) -> None:
    def cell(number: int) -> Cell:
        return Cell(typed.format(SEED.score(number)), (replace(SEED.says(number), certain=False),))

    page = drawn([TITLE, ["ตัวชี้วัด", "คะแนน"], *named_rows(lambda number: [cell(number)])])
    reads_right(alone(page, warns=True))
