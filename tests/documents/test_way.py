"""The way to the mark is told alike wherever it is told: slide, deck, minutes, report and workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import docx
import openpyxl
import pytest
from pptx import Presentation

import ita
from ita.assessment import Published, assess
from ita.briefing import Briefing
from ita.documents import deck, minutes, report, workbook
from ita.slides import LINES, ROW, SAID, Grid, Slide, slides
from ita.store import Store
from ita.text import LANGUAGES, speaker
from ita.thai import wrap
from tests.documents.briefings import ON, YEAR, briefing_of, example, rescored, store_example, without_score

SURVEYS = (92.13, 84.55, 86.13, 83.60, 84.96, 98.34, 96.58, 97.66)
DEDUCED = "(อนุมานจากคะแนนที่ประกาศ ไม่ใช่ผลตรวจรายข้อ)"
CONFIRMED = "(ยืนยันแล้วจากข้อสังเกตของ ป.ป.ช.)"
LISTED = "(อ่านจากคะแนนรายข้อในไฟล์ที่นำเข้า)"


def way_slides(briefing: Briefing, language: str = "th") -> list[Slide]:
    return [slide for slide in slides(briefing, speaker(language), language) if slide.key == "way"]


def rows_of(every: Sequence[Slide]) -> list[tuple[str, ...]]:
    return [row for slide in every if isinstance(slide.body, Grid) for row in slide.body.rows]


def deck_rows(briefing: Briefing, language: str = "th") -> list[tuple[str, ...]]:
    """The rows of the tables on the deck's slides about the way."""
    titles = {slide.title for slide in way_slides(briefing, language)}
    rows: list[tuple[str, ...]] = []
    for slide in Presentation(io.BytesIO(deck.write(briefing, language))).slides:
        if slide.shapes.title.text_frame.text.split(" (")[0] in titles:
            tables = [shape.table for shape in slide.shapes if shape.has_table]
            rows += [tuple(cell.text for cell in row.cells) for table in tables for row in list(table.rows)[1:]]
    return rows


def report_of(briefing: Briefing, language: str = "th") -> tuple[list[str], list[list[tuple[str, ...]]]]:
    """The report's paragraphs, and the rows of its tables."""
    document = docx.Document(io.BytesIO(report.write(briefing, report.Choices(ON, charts=False), language)))
    tables = [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in document.tables]
    return [paragraph.text for paragraph in document.paragraphs], tables


def way_sheet(briefing: Briefing, language: str = "th") -> list[tuple[str, ...]] | None:
    """The rows of the workbook's sheet about the way, numbers as they are shown."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(briefing, language)))
    name = speaker(language)("path.page")
    if name not in book.sheetnames:
        return None
    shown = [
        tuple("" if cell is None else cell if isinstance(cell, str) else f"{cell:.2f}" for cell in row)
        for row in book[name].iter_rows(values_only=True)
    ]
    return shown[5:]


def of_year(briefing: Briefing, year: int, scores: Sequence[float]) -> Briefing:
    frame = briefing.stored.scores.assign(score=list(scores))
    return replace(briefing, assessment=assess(frame, year))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sums_are_the_same_on_the_slide_and_in_every_file(language: str, store: Store) -> None:
    briefing = example(store)
    [slide] = way_slides(briefing, language)
    either = "O42 หรือ O43" if language == "th" else "O42 or O43"
    for figure in (either, "80.84 → 85.84"):
        assert figure in slide.title
    [row] = rows_of([slide])
    assert row[1].endswith("\n37.50 → 62.50")
    assert row[2:] == ("+5.00", "85.84")
    assert row[0].startswith("O42 ")
    assert deck_rows(briefing, language) == [row]
    paragraphs, tables = report_of(briefing, language)
    assert slide.title in paragraphs
    assert slide.text in paragraphs
    assert row in [row for table in tables for row in table]
    today, step = way_sheet(briefing, language) or []
    assert today[-1] == "80.84"
    assert "37.50 → 62.50" in step[0]
    assert step[1:] == ("5.00", "85.84")
    assert slide.title in minutes.write(briefing, language)


def test_a_deduction_is_marked_until_it_is_confirmed(store: Store) -> None:
    agency_id = store_example(store)
    [deduced] = way_slides(briefing_of(store, agency_id))
    paragraphs, _ = report_of(briefing_of(store, agency_id))
    assert DEDUCED in deduced.text
    [told] = [text for text in paragraphs if "37.50" in text and "คะแนนนี้เกิดได้ 2 แบบ" in text]
    assert "ตรวจไม่พบ 1 จาก 2 รายการ (O42–O43)" in told, "what holds in both"
    assert "ตรวจไม่พบ 2 จาก 8 รายการ (O34–O41)" in told
    store.save_known_items(agency_id, YEAR, {"o42": False, "o43": False})
    briefing = briefing_of(store, agency_id)
    [confirmed] = way_slides(briefing)
    paragraphs, _ = report_of(briefing)
    assert CONFIRMED in confirmed.text
    assert "O42 คะแนนรวม 80.84 → 85.84" in confirmed.title
    assert confirmed.title in paragraphs
    assert any("37.50" in text and "คะแนนนี้เกิดได้ 1 แบบ" in text for text in paragraphs)
    assert "หรือ" not in (way_sheet(briefing) or [])[1][0]


def test_what_is_confirmed_found_leads_another_way(store: Store) -> None:
    agency_id = store_example(store)
    store.save_known_items(agency_id, YEAR, {"o42": True})
    [slide] = way_slides(briefing_of(store, agency_id))
    assert "O43 คะแนนรวม 80.84 → 85.84" in slide.title
    assert "O42" not in slide.title


def test_what_was_confirmed_against_the_score_is_said_and_promises_nothing(store: Store) -> None:
    agency_id = store_example(store)
    store.save_known_items(agency_id, YEAR, {"o42": True, "o43": True})
    briefing = briefing_of(store, agency_id)
    paragraphs, _ = report_of(briefing)
    assert "O42" not in way_slides(briefing)[0].title
    assert any("ขัดกับคะแนน 37.50" in text for text in paragraphs)


def test_a_file_that_lists_the_items_is_no_deduction(store: Store) -> None:
    briefing = example(store)
    missed = {"o34", "o35", "o42", "o43"}
    codes = [item.code for item in briefing.assessment.rules.items if item.indicator == 10]
    items = briefing.items.reindex(range(len(codes))).assign(
        item=codes, score=[0.0 if code in missed else 100.0 for code in codes]
    )
    [slide] = way_slides(replace(briefing, stored=replace(briefing.stored, items=items)))
    assert LISTED in slide.text
    assert "O42 คะแนนรวม 80.84 → 85.84" in slide.title


def test_from_fy2566_the_total_is_reached_under_that_years_rules(store: Store) -> None:
    briefing = of_year(example(store), 2566, (*SURVEYS, 91.00, 37.50))
    total = briefing.assessment.total
    assert total is not None
    every = way_slides(briefing)
    rows = rows_of(every)
    assert f"{total:.2f} → {rows[-1][-1]}" in every[0].title
    assert float(rows[-1][-1]) >= briefing.assessment.rules.pass_mark
    assert deck_rows(briefing) == rows
    assert (way_sheet(briefing) or [])[-1][-1] == rows[-1][-1]


def test_a_year_without_a_list_of_items_says_so_and_tells_what_has_to_rise(store: Store) -> None:
    briefing = of_year(example(store), 2563, (*SURVEYS, 91.00, 37.50))
    [slide] = way_slides(briefing)
    assert "80.84 → 85.00" in slide.title
    assert "รายการเอกสารของปี 2563 ยังไม่มีแหล่งยืนยัน" in slide.text
    assert rows_of([slide])[0][0] == "10. การป้องกันการทุจริต"
    paragraphs, _ = report_of(briefing)
    assert "เอกสารที่คะแนนบอกว่าตรวจไม่พบ" not in paragraphs


def test_an_agency_that_passes_is_told_the_way_to_the_next_level(store: Store) -> None:
    briefing = rescored(example(store), [95.0] * 8 + [91.0, 87.5])
    [*_, last] = rows_of(way_slides(briefing))
    assert "ระดับ AA" in way_slides(briefing)[0].title
    assert float(last[-1]) >= 95
    paragraphs, _ = report_of(briefing)
    assert "ทางสู่ 95 คะแนน" in paragraphs


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_left_to_reach_or_scores_are_missing_nothing_is_told(language: str, store: Store) -> None:
    incomplete = without_score(store, 10)
    for briefing in (incomplete, rescored(incomplete, [100.0] * 10)):
        assert briefing.ways is None
        assert way_slides(briefing, language) == []
        assert way_sheet(briefing, language) is None
        assert not any("→" in text for text in report_of(briefing, language)[0])
        assert "→" not in minutes.write(briefing, language)


def test_steps_that_may_be_the_same_documents_stand_in_one_row(store: Store) -> None:
    briefing = rescored(example(store), [90.0] * 8 + [0.0, 0.0])
    assert briefing.ways is not None
    way = briefing.ways.told
    assert way is not None
    rows = rows_of(way_slides(briefing))
    assert way.count > 20 > len(rows)
    names = {item.code: item.name for item in briefing.assessment.rules.items}
    assert rows[0][0] == f"O42 {names['o42']} และ O43 {names['o43']}"
    assert rows[0][1:] == ("10. การป้องกันการทุจริต\n0.00 → 50.00", "+10.00", "64.00")
    assert rows[-1][-1] == f"{way.after.total:.2f}"
    assert deck_rows(briefing) == rows
    assert [row[-1] for row in way_sheet(briefing) or []][1:] == [row[-1] for row in rows]


def test_many_steps_go_on_over_slides_and_every_file_has_them_all(store: Store) -> None:
    briefing = rescored(example(store), [90.0] * 8 + [0.0, 0.0])
    failed = {item.code: False for item in briefing.assessment.rules.items}
    briefing = replace(briefing, known_items=failed)
    assert briefing.ways is not None
    way = briefing.ways.told
    assert way is not None
    assert way.count > 20
    every = way_slides(briefing)
    assert len(every) > 1
    assert [slide.part for slide in every] == list(range(1, every[0].parts + 1))
    for slide in every:
        assert isinstance(slide.body, Grid)
        cells = [zip(row, slide.body.widths, strict=True) for row in slide.body.rows]
        assert sum(max(len(wrap(text, width)) for text, width in row) + ROW for row in cells) <= LINES - SAID
    rows = rows_of(every)
    assert [row[-1] for row in rows] == [f"{step.total:.2f}" for step in way.steps]
    assert deck_rows(briefing) == rows
    _, tables = report_of(briefing)
    assert rows in [table[1:] for table in tables]
    assert [row[-1] for row in way_sheet(briefing) or []][1:] == [row[-1] for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "scores", [[90.0] * 8 + [0.0, 0.0], [70.0] * 8 + [100.0, 100.0], [95.0] * 8 + [91.0, 87.5]], ids=str
)
def test_the_steps_in_the_workbook_are_not_taken_for_results(scores: list[float], language: str, store: Store) -> None:
    briefing = rescored(example(store), scores)
    assert way_sheet(briefing, language)
    reading = ita.read_results(workbook.write(briefing, language))
    assert reading.scores["score"].tolist() == scores
    assert {problem.severity for problem in reading.problems} <= {"info"}


def test_a_printed_total_beside_a_missing_score_has_a_way_too(store: Store) -> None:
    briefing = rescored(example(store), [*SURVEYS, None, 37.50], Published(total=80.84, level="B"))
    [slide] = way_slides(briefing)
    assert "80.84 → 85.84" in slide.title
    paragraphs, _ = report_of(briefing)
    assert not any("nan" in text for text in paragraphs)
    assert not any(text.startswith("9. การเปิดเผยข้อมูล (") for text in paragraphs)


def test_a_target_out_of_reach_is_said_to_be_so(store: Store) -> None:
    briefing = rescored(example(store), [None] * 7 + [90.0, 90.0, 37.50], Published(total=40.0))
    [slide] = way_slides(briefing)
    assert slide.title.startswith("ไปไม่ถึง 85 คะแนน")
    assert slide.body is None
    assert slide.title in report_of(briefing)[0]
    assert way_sheet(briefing) is None
