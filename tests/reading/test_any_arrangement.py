"""Any arrangement of any results, however it is typed and whatever is wrong with it: read to the cell, or asked about.

`ITA_EXAMPLES=20` takes twenty times as many examples; `ITA_SHRINK=1` makes a failing one as small as it can be.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

import ita
from ita.reading.names import kinds_in_full
from ita.reading.results import find_results
from tests.reading import arrangements as a
from tests.reading.arrangements import Across, Arrangement, Column, Page, Result, alone, faults, shown

MORE = int(os.environ.get("ITA_EXAMPLES", "1"))


def examples(count: int) -> settings:
    return settings(
        max_examples=count * MORE,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if os.environ.get("ITA_SHRINK") else [Phase.generate],
    )


# The results


KINDS = ("เทศบาลตำบล", "เทศบาลเมือง", "เทศบาลนคร", "องค์การบริหารส่วนตำบล", "อบต.", "ทต.")
PLACES = (
    "บัววัฒนา", "บัวพัฒนา", "หนองบัว", "หนองบัวแดง", "บ้านไร่", "บ้านไผ่", "รวมไทยพัฒนา", "สูงเนิน", "ปีกกา", "ดอนแก้ว", "เขาค้อ",
    "เฉลิม", "ท่าช้าง", "นาดี", "แม่ระมาด", "ลำปาง", "น้ำหนาว", "ทองผาภูมิ",
)  # fmt: skip
AGENCIES = st.builds("{}{}".format, st.sampled_from(KINDS), st.sampled_from(PLACES))
YEARS = st.integers(2562, 2568)

NUMBERS = st.one_of(
    st.integers(2000, 10000).map(lambda hundredths: hundredths / 100),
    st.integers(0, 10000).map(lambda hundredths: hundredths / 100),
    st.integers(0, 100).map(float),
    st.sampled_from([0.0, 100.0, 85.0, 84.99, 84.96, 37.5, 2.0, 5.0, 9.0, 10.0, 30.0, 40.0, 25.64]),
).filter(lambda number: number == 0 or number > 1)  # what is less may be a percentage kept as a fraction: rightly asked
SCORES = st.tuples(*[NUMBERS] * 10).filter(lambda scores: sum(score > 1 for score in scores) > 5)


@st.composite
def results(draw: st.DrawFn, *, agencies: int = 4, years: int = 1) -> list[Result]:
    """Results of some agencies, each in the same years; by agency, then year."""
    in_full = st.lists(AGENCIES, min_size=1, max_size=agencies, unique_by=lambda name: kinds_in_full([name])[0])
    names = draw(in_full)
    first, count = draw(YEARS), draw(st.integers(min(2, years), years))
    first = min(first, 2568 - count + 1)
    return [Result(name, year, draw(SCORES)) for name in names for year in range(first, first + count)]


def one_result() -> st.SearchStrategy[Result]:
    return results(agencies=1).map(lambda found: found[0])


# The arrangements


STATED = st.sampled_from(a.STATED)
ORDERS = st.one_of(st.just(tuple(range(1, 11))), st.permutations(range(1, 11)).map(tuple))
NUMBERINGS = st.sampled_from(a.NUMBERINGS)


@st.composite
def down_options(draw: st.DrawFn) -> dict[str, object]:
    """What a table with indicators down its rows may look like."""
    shuffled = draw(st.booleans()) and draw(st.booleans())
    options: dict[str, object] = {
        "numbering": draw(NUMBERINGS),
        "instrument": draw(st.sampled_from(["merged", "once", "each row", "none"])),
    }
    if shuffled:
        options |= {"order": draw(st.permutations(range(1, 11))), "instrument": "none"}
    else:
        options |= {
            "per_block": draw(st.booleans()),
            "means": draw(st.sampled_from([None, None, "รวม {}", "ค่าเฉลี่ย", "คะแนนเฉลี่ย {}", "เฉลี่ย"])),
        }
    options["number_column"] = draw(st.sampled_from([None, None, "ลำดับ", "ที่"]))
    options["total"] = draw(st.sampled_from([None, "คะแนนรวม", "คะแนนรวม ITA", "รวมทั้งหมด", "คะแนนเฉลี่ยรวม"]))
    options["level"] = draw(st.sampled_from([None, "ระดับ", "ระดับผลการประเมิน"]))
    return options


@st.composite
def blocks(draw: st.DrawFn) -> Arrangement:
    result, options = draw(one_result()), draw(down_options())
    beside = draw(st.lists(st.sampled_from(list(a.besides(result).values())), max_size=2, unique_by=id))
    at = draw(st.integers(0, len(beside)))
    if draw(st.booleans()):
        stated, heading = "agency only", a.year_text(result.year, draw(st.sampled_from(a.YEAR_FORMS)))
    else:
        stated = draw(STATED)
        heading = draw(
            st.sampled_from(["คะแนน", "คะแนนที่ได้", "ร้อยละ", "ผลคะแนน", "คะแนน (เต็ม 100)", f"ปี {result.year}"])
        )
    sentences = bool(options.get("per_block")) and draw(st.booleans())
    columns = [*beside[:at], Column((heading,), result), *beside[at:]]
    prose = draw(st.booleans()) and not options["total"]
    return alone(a.down(*columns, stated=stated, sentences=sentences, prose=prose, **options))  # type: ignore[arg-type]


@st.composite
def blocks_on_sheets(draw: st.DrawFn) -> Arrangement:
    result, means = draw(one_result()), draw(st.sampled_from([None, "ค่าเฉลี่ย", "รวม {}"]))
    stated = draw(STATED)
    return alone(
        *(
            a.block(result, order=tuple(numbers), stated=stated, means=means, heading="คะแนน").named(code)
            for code, numbers in a.INSTRUMENTS.items()
        )
    )


@st.composite
def looks(draw: st.DrawFn, stated: a.Stated = "year only") -> Across:
    """What a list of agencies may look like."""
    header = draw(st.sampled_from(["numbers", "text numbers", "names", "both", "indicator n", "code"]))
    shuffled = header not in ("numbers", "text numbers") and draw(st.booleans()) and draw(st.booleans())
    figures = draw(st.sampled_from(["after all", "none"] if shuffled else ["after each", "after all", "none"]))
    upper = "none" if shuffled else draw(st.sampled_from(["none", "instruments", "long instruments", "one heading"]))
    total = draw(st.sampled_from(["คะแนนรวม", "คะแนน ITA", "รวม", "ผลคะแนนรวม", None]))
    points = total is not None and draw(st.booleans())  # without the sum nothing may tell points from low scores
    words = [("IIT", "EIT", "OIT"), ("คะแนน IIT", "คะแนน EIT", "คะแนน OIT"), ("เฉลี่ย IIT", "เฉลี่ย EIT", "เฉลี่ย OIT")]
    if figures == "after each" and not points:
        words.append(("รวม", "รวม", "รวม"))
    return Across(
        lead=draw(
            st.sampled_from(
                [("ลำดับ", "หน่วยงาน"), ("หน่วยงาน",), ("ที่", "จังหวัด", "อำเภอ", "หน่วยงาน"), ("อันดับ", "ชื่อ อปท."),
                 ("รหัส", "หน่วยงาน"), ("ที่", "หน่วยงาน", "ประเภท"), ("รหัส อปท.", "องค์กรปกครองส่วนท้องถิ่น", "จำนวนผู้ตอบ IIT")]
            )
        ),
        header=header,  # type: ignore[arg-type]
        upper=upper,  # type: ignore[arg-type]
        merge_upper=draw(st.booleans()),
        order=draw(st.permutations(range(1, 11)).map(tuple)) if shuffled else tuple(range(1, 11)),
        figures=figures,  # type: ignore[arg-type]
        points=points,
        words=draw(st.sampled_from(words)),
        total=total,
        level=draw(st.sampled_from(["ระดับ", "ระดับผลการประเมิน", None])),
        trail=draw(
            st.sampled_from([(), (), ("อันดับ",), ("ผ่าน/ไม่ผ่าน",), ("ผลต่างจากปีก่อน", "หมายเหตุ"), ("เกณฑ์",), ("คะแนนเต็ม",)])
        ),
        column_numbers=draw(st.booleans()) and draw(st.booleans()),
        summary=draw(st.sampled_from([(), (), ("ค่าเฉลี่ย",), ("ค่าเฉลี่ยจังหวัด", "สูงสุด", "ต่ำสุด"), ("คะแนนเฉลี่ยรวม",)])),
        notes=draw(
            st.sampled_from([(), ("หมายเหตุ : คะแนนเต็ม 100 คะแนน",), ("ที่มา: สำนักงาน ป.ป.ช. ข้อมูล ณ วันที่ 1 ส.ค. 2564",)])
        ),
        stated=stated,
    )  # fmt: skip


@st.composite
def lists(draw: st.DrawFn) -> Arrangement:
    found = draw(results(agencies=6))
    if draw(st.booleans()):
        found.sort(key=lambda result: -(result.figures.get("total") or 0))
    look = draw(looks())
    return replace(alone(a.across(found, look)), tight=look.column_numbers)


@st.composite
def two_rows_an_agency(draw: st.DrawFn) -> Arrangement:
    found = draw(results(agencies=3, years=3))
    if draw(st.booleans()):
        found.sort(key=lambda result: (str(result.agency), -(result.year or 0)))
    look = draw(looks("nothing"))
    year = draw(st.sampled_from(["ปี", "ปีงบประมาณ", "พ.ศ.", "ปี x"]))
    lead = draw(st.sampled_from([("หน่วยงาน", year), ("ที่", "หน่วยงาน", year), (year, "หน่วยงาน"), ("อปท.", year)]))
    same = draw(st.sampled_from(["repeat", "merge", "blank"]))
    look = replace(look, lead=lead, merge_same=same == "merge", blank_means_same=same == "blank", summary=())
    return replace(alone(a.across(found, look)), tight=same == "blank" or look.column_numbers)


@st.composite
def years_over_columns(draw: st.DrawFn) -> Arrangement:
    found = draw(results(agencies=3, years=2))
    make = draw(st.sampled_from([a.years_over_columns, a.pairs_over_columns]))
    return alone(make(found))


@st.composite
def sorted_blocks(draw: st.DrawFn) -> Arrangement:
    return alone(a.sorted_block(draw(one_result()), next_line=draw(st.booleans())))


@st.composite
def years_across(draw: st.DrawFn) -> Arrangement:
    found = draw(results(agencies=1, years=3))
    difference = draw(st.sampled_from(["ผลต่าง", "เพิ่ม/ลด", "+/-", "ส่วนต่าง", None])) if len(found) > 1 else None
    over = draw(st.sampled_from([None, None, "คะแนน", "ผลคะแนน", "ปีงบประมาณ"]))
    form = draw(st.sampled_from(a.YEAR_FORMS))
    if draw(st.booleans()):
        found.reverse()
    return alone(a.years_across(*found, form=form, difference=difference, over=over, **draw(down_options())))


@st.composite
def agency_columns(draw: st.DrawFn) -> Arrangement:
    several = draw(st.booleans())
    found = draw(results(agencies=4, years=2 if several else 1))
    years = draw(st.sampled_from(["above", "below"] if several else ["none", "above", "below"]))
    if years == "above":
        found.sort(key=lambda result: result.year or 0)
    form = draw(st.sampled_from(["ปี {}", "{}", "ปีงบประมาณ {}", "number", "พ.ศ. {}"]))
    return alone(a.agency_columns(found, years=years, form=form, **draw(down_options())))


@st.composite
def long_lists(draw: st.DrawFn) -> Arrangement:
    found = draw(results(agencies=3, years=2))
    columns = draw(
        st.sampled_from(
            [("หน่วยงาน", "ปีงบประมาณ", "ตัวชี้วัด", "คะแนน"), ("ปี", "หน่วยงาน", "ตัวชี้วัด", "คะแนน"),
             ("ลำดับ", "หน่วยงาน", "ปี", "เครื่องมือ", "ตัวชี้วัด", "ผลคะแนน"), ("อปท.", "พ.ศ.", "ตัวชี้วัดที่", "ชื่อตัวชี้วัด", "คะแนน")]
        )
    )  # fmt: skip
    by_indicator = draw(st.booleans())
    same = "repeat" if by_indicator else draw(st.sampled_from(["repeat", "blank", "merged"]))
    page = a.long_list(
        found,
        columns=columns,
        same=same,
        numbering=draw(NUMBERINGS),
        by_indicator=by_indicator,
        figures=draw(st.booleans()) and "ตัวชี้วัดที่" not in columns,
    )
    return replace(alone(page), tight=same == "blank")


@st.composite
def histories(draw: st.DrawFn) -> Arrangement:
    found = draw(results(agencies=1, years=5))
    totals = [
        (result.year or 0, *draw(st.sampled_from([(result.figures["total"], result.figures["level"]), (None, None)])))
        for result in found
    ]
    totals[0] = (totals[0][0], found[0].figures["total"], found[0].figures["level"])
    if draw(st.booleans()):
        totals.reverse()
    page = a.history(
        totals,
        agency=found[0].agency,
        year_form=draw(st.sampled_from(["{}", "number", "ปี {}", "ปีงบประมาณ พ.ศ. {}", "{thai}"])),
        digits=draw(st.sampled_from(["arabic", "thai"])),
        as_text=draw(st.booleans()),
        none=draw(st.sampled_from(["-", "–", None])),
        headings=draw(
            st.sampled_from(
                [("ปีงบประมาณ", "คะแนน", "ระดับ"), ("ปี", "คะแนนรวม", "ระดับ"), ("พ.ศ.", "ผลคะแนน ITA", "ผลระดับ")]
            )
        ),
    )
    return alone(page, warns=True)


@st.composite
def totals_only(draw: st.DrawFn) -> Arrangement:
    if draw(st.booleans()):
        found = draw(results(agencies=4, years=3))
        years = {result.year for result in found}
        return alone(
            a.history_of_agencies(
                found,
                form=draw(st.sampled_from(["ปี {}", "{}", "number", "ปีงบประมาณ {}"])),
                difference=draw(st.sampled_from(["ผลต่าง", "+/-", None])) if len(years) > 1 else None,
                levels=draw(st.booleans()),
            ),
            warns=True,
        )
    return alone(a.figures_only(draw(results(agencies=5)), points=draw(st.booleans())), warns=True)


@st.composite
def item_lists(draw: st.DrawFn) -> Arrangement:
    generator = draw(st.randoms(use_true_random=False))
    items = a.item_scores(generator, (f"o{number}" for number in range(1, 44)))
    agency, form = draw(AGENCIES), draw(st.sampled_from(list(a.ITEM_FORMS)))
    if draw(st.booleans()):
        other = a.item_scores(generator, items)
        return alone(a.items_across({agency: items, f"{agency}เหนือ": other}, form=form), warns=True)
    page = a.items_down(
        items,
        agency=agency,
        form=form,
        parts=draw(st.booleans()),
        indicators=draw(st.booleans()),
        item_names=draw(st.booleans()),
        stated=draw(STATED),
    )
    return alone(page, warns=True)


@st.composite
def several_tables(draw: st.DrawFn) -> Arrangement:
    """Two to four tables on one sheet, or on a sheet each."""
    found = draw(results(agencies=2, years=2))
    heading = draw(st.sampled_from(["คะแนน", None]))
    how = draw(st.sampled_from(["stacked", "stacked", "side by side", "sheets"]))
    if how == "side by side":
        stated, options = draw(STATED), draw(down_options())
        tables = [a.block(result, stated=stated, heading=heading, **options) for result in found]
        return alone(a.side_by_side(*tables, gap=draw(st.integers(1, 3))))
    tables = [a.block(result, stated=draw(STATED), heading=heading, **draw(down_options())) for result in found]
    if how == "sheets":
        return alone(*(table.named(f"ผล {number}") for number, table in enumerate(tables, 1)))
    return alone(a.stacked(*tables, gap=draw(st.integers(1, 3))))


@st.composite
def different_tables(draw: st.DrawFn) -> Arrangement:
    """A result beside or over what else stands in such files."""
    result = draw(one_result())
    others = draw(results(agencies=2).filter(lambda found: all(one.agency != result.agency for one in found)))
    other = draw(
        st.sampled_from(
            [a.measures(), a.across(others), a.history([(2562, 66.75, "C"), (2563, 70.0, None)], agency=result.agency)]
        )
    )
    table = a.block(result, stated=draw(STATED))
    pages = (table, other) if draw(st.booleans()) else (other, table)
    how = draw(st.sampled_from(["stacked", "sheets", "side by side"]))
    if how == "sheets":
        return alone(*(page.named(f"แผ่น {number}") for number, page in enumerate(pages, 1)), warns=True)
    return alone((a.stacked if how == "stacked" else a.side_by_side)(*pages, gap=2), warns=True)


@st.composite
def sheets_of_lists(draw: st.DrawFn) -> Arrangement:
    found = draw(results(agencies=4, years=3))
    years = sorted({result.year or 0 for result in found})
    in_names = draw(st.booleans())
    look = draw(looks("nothing" if in_names else "year only"))
    pages = [
        a.across([result for result in found if result.year == year], look).named(f"ปี {year}" if in_names else f"{n}")
        for n, year in enumerate(years, 1)
    ]
    if draw(st.booleans()):
        pages.append(a.hidden(pages[0].named("สำเนา")))
    return replace(alone(*pages), tight=look.column_numbers)


@st.composite
def open_questions(draw: st.DrawFn) -> Arrangement:
    """A file that leaves open whose its scores are, or of which year."""
    result = draw(one_result())
    result = replace(
        result, **draw(st.sampled_from([{"agency": None}, {"year": None}, {"agency": None, "year": None}]))
    )
    stated: a.Stated = "nothing" if result.agency is None and result.year is None else "title"
    return alone(a.block(result, stated=stated, heading="คะแนน", **draw(down_options())))


LAYOUTS: dict[str, st.SearchStrategy[Arrangement]] = {
    "blocks": blocks(),
    "blocks on sheets": blocks_on_sheets(),
    "lists": lists(),
    "two rows an agency": two_rows_an_agency(),
    "years over columns": years_over_columns(),
    "sorted": sorted_blocks(),
    "years across": years_across(),
    "agency columns": agency_columns(),
    "a score a row": long_lists(),
    "histories": histories(),
    "totals only": totals_only(),
    "items": item_lists(),
    "several tables": several_tables(),
    "different tables": different_tables(),
    "sheets of lists": sheets_of_lists(),
    "open questions": open_questions(),
}


# How it is typed, where it stands, what is wrong with it


TYPED: tuple[Callable[[Arrangement], Arrangement], ...] = (
    a.with_thai_digits,
    a.with_numbers_as_text,
    *(lambda arrangement, form=form: a.with_unit(arrangement, form) for form in a.UNITS),  # type: ignore[misc]
    a.with_invisible_characters,
    a.with_decomposed_am,
    a.with_double_e,
    a.with_line_breaks,
    a.with_blanks_in_names,
    a.with_variant_names,
    a.as_percentages,
)
JUNK: tuple[Page, ...] = (
    a.plain([["ลงชื่อ", None, "ผู้รายงาน"], [None, "(ตำแหน่ง หัวหน้าสำนักปลัด)"], ["วันที่ 1 ตุลาคม 2565"]]),
    a.plain([["จำนวนประชากร", 12345], ["จำนวนครัวเรือน", 3456], ["งบประมาณ ปี 2566", 85000000]]),
    a.plain(
        [
            ["รายการ", "งบประมาณ", "ร้อยละ"],
            ["งบกลาง", 1200000, 12.5],
            ["งบบุคลากร", 3400000, 35.4],
            ["รวม", 4600000, 47.9],
        ]
    ),
    a.plain([["ระดับคะแนน", "ช่วงคะแนน"], ["AA", "95.00 - 100"], ["A", "85.00 - 94.99"], ["B", "75.00 - 84.99"]]),
    a.plain([["ข้อเสนอแนะ"], ["1. ควรเผยแพร่ข้อมูลให้ครบ 43 ข้อ"], ["2. ควรจัดทำแผนภายใน 30 วัน"]]),
    a.plain([["เบอร์โทร", "0561234567"], ["ผู้ประสานงาน", "กองคลัง"], ["ณ วันที่", "15/08/2564"]]),
)


@st.composite
def typed(draw: st.DrawFn, layouts: st.SearchStrategy[Arrangement]) -> Arrangement:
    """An arrangement in some way of typing, somewhere on its sheets."""
    arrangement = draw(layouts)
    if draw(st.booleans()):
        for change in draw(st.lists(st.sampled_from(TYPED), max_size=3, unique_by=id)):
            arrangement = change(arrangement)
    if draw(st.booleans()):
        arrangement = a.shifted(arrangement, draw(st.integers(0, 5)), draw(st.integers(0, 4)))
    if draw(st.booleans()):
        arrangement = a.spread(
            arrangement, draw(st.lists(st.integers(3, 14), max_size=3)), draw(st.lists(st.integers(0, 8), max_size=2))
        )
    return arrangement


@st.composite
def broken(draw: st.DrawFn, layouts: st.SearchStrategy[Arrangement]) -> Arrangement:
    """An arrangement with some cells that hold no score, or a name that is misspelt; then typed in some way."""
    arrangement = draw(layouts)
    if draw(st.booleans()):
        arrangement = a.with_misspelt_name(arrangement, draw(st.integers(1, 10)))
    places = [
        place
        for place in arrangement.places(a.Score)
        if any(isinstance(says, a.Score) and says.score is not None for says in arrangement.cell(place).says)
    ]
    for place in draw(st.lists(st.sampled_from(places), max_size=4, unique=True)) if places else []:
        what = draw(st.sampled_from(["missing", "missing", "impossible", "error", "formula"]))
        if what == "missing":
            arrangement = a.with_missing(arrangement, place, draw(st.sampled_from(a.MISSING)))
        elif what == "impossible":
            arrangement = a.with_impossible(arrangement, place, draw(st.sampled_from(a.IMPOSSIBLE)))
        elif what == "error":
            arrangement = a.with_error_cell(arrangement, place, draw(st.sampled_from(["#N/A", "#DIV/0!", "#VALUE!"])))
        else:
            arrangement = a.with_formula(arrangement, place)
    return draw(typed(st.just(arrangement)))


@st.composite
def littered(draw: st.DrawFn, layouts: st.SearchStrategy[Arrangement]) -> Arrangement:
    """An arrangement among things that are no results: below, above, or on a sheet of their own."""
    arrangement, junk = draw(layouts), draw(st.sampled_from(JUNK))
    where = draw(st.sampled_from(["below", "above", "sheet"]))
    if where == "sheet":
        return replace(arrangement, pages=(*arrangement.pages, junk.named("อื่น ๆ")), warns=True)
    first, *rest = arrangement.pages
    page = a.stacked(first, junk) if where == "below" else a.stacked(junk.named(first.name), first)
    return replace(arrangement, pages=(page, *rest), warns=True)


def reads_right(arrangement: Arrangement) -> None:
    note(shown(arrangement))
    assert faults(find_results(arrangement.sheets()), arrangement) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_arrangement_reads_as_what_it_says(layout: str) -> None:
    @examples(12)
    @given(LAYOUTS[layout])
    def reads(arrangement: Arrangement) -> None:
        reads_right(arrangement)

    reads()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_however_it_is_typed_and_wherever_it_stands(layout: str) -> None:
    @examples(10)
    @given(typed(LAYOUTS[layout]))
    def reads(arrangement: Arrangement) -> None:
        reads_right(arrangement)

    reads()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_whatever_is_wrong_with_its_cells_is_named_and_nothing_is_guessed(layout: str) -> None:
    @examples(10)
    @given(broken(LAYOUTS[layout]))
    def reads(arrangement: Arrangement) -> None:
        reads_right(arrangement)

    reads()


@examples(25)
@given(littered(st.one_of(*LAYOUTS.values())))
def test_what_else_stands_in_the_file_is_no_score(arrangement: Arrangement) -> None:
    reads_right(arrangement)


@examples(15)
@given(typed(st.one_of(*LAYOUTS.values())))
def test_a_whole_workbook_reads_the_same(arrangement: Arrangement) -> None:
    note(shown(arrangement))
    assert faults(ita.read_results(arrangement.workbook()), arrangement) == []


@examples(15)
@given(open_questions(), AGENCIES, YEARS)
def test_what_was_asked_and_answered_makes_the_file_whole(arrangement: Arrangement, agency: str, year: int) -> None:
    note(shown(arrangement))

    def filled(cell: a.Cell) -> a.Cell:
        says = tuple(
            one if isinstance(one, a.Name) else replace(one, agency=one.agency or agency, year=one.year or year)
            for one in cell.says
        )
        return replace(cell, says=says)

    reading = find_results(arrangement.sheets()).stated(agency=agency, fiscal_year=year)
    whole = replace(arrangement.changed(filled), warns=True)
    assert faults(reading, whole) == []
