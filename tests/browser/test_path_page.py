"""The way to the mark as a clerk walks it: said in one sentence, moved by ticks, turned into measures."""

from __future__ import annotations

import datetime as dt

import pytest

from ita.briefing import assemble
from ita.slides import slides
from ita.store import Store
from ita.text import speaker

from .visitor import Visitor, expect
from .workbooks import SEED_SCORES, result_file, store_result, store_samples

pytestmark = pytest.mark.browser

say = speaker("th")


@pytest.fixture
def agency(store: Store) -> int:
    return store_samples(store)


@pytest.fixture
def page(visitor: Visitor, agency: int) -> Visitor:
    visitor.open("/path?year=2564")
    expect(visitor.control("path.target")).to_be_visible()
    return visitor


def test_one_document_is_enough(page: Visitor) -> None:
    expect(page.title).to_have_text("1 รายการก็ผ่าน: O42 หรือ O43 คะแนนรวม 80.84 → 85.84 ระดับ A")
    expect(page.page.get_by_text("คะแนนนี้เกิดได้ 2 แบบ ที่ตรงกันทุกแบบคืออย่างน้อย")).to_have_count(2)
    expect(page.page.get_by_text(f"คะแนนรวมเพิ่มเพียง {0.11}")).to_be_visible()


def test_what_cannot_be_done_is_left_out(page: Visitor) -> None:
    for document in ("O42", "O43"):
        page.search("path.locked", document)
    expect(page.title).not_to_contain_text("O42")
    page.await_query(locked="o42,o43")


def test_what_will_be_done_moves_the_total(page: Visitor) -> None:
    page.search("path.done", "O42")
    expect(page.title).to_contain_text("85.84")
    expect(page.title).to_contain_text(say("sentence.way_none").split(":")[0])


def test_what_is_locked_leaves_open_whether_the_other_document_is_the_one(page: Visitor) -> None:
    page.search("path.locked", "O42")
    expect(page.title).to_have_text("1 รายการก็ผ่าน ถ้ารายการที่ตรวจไม่พบคือ O43 คะแนนรวม 80.84 → 85.84 ระดับ A")


def test_what_will_be_done_counts_if_it_is_what_was_not_found_and_the_page_says_so(page: Visitor) -> None:
    page.search("path.done", "O42")
    expect(page.page.get_by_text(say("sentence.hoped", what="O42"))).to_be_visible()
    page.search("path.failed", "O42")
    expect(page.page.get_by_text(say("sentence.hoped", what="O42"))).to_have_count(0)


def test_an_indicator_that_cannot_be_raised_gives_way_to_others(page: Visitor) -> None:
    steps = page.page.get_by_text("10. การป้องกันการทุจริต: 37.50 →")
    expect(steps).to_have_count(1)
    page.search("path.locked_indicators", "10. ")
    expect(steps).to_have_count(0)
    expect(page.page.get_by_text("9. การเปิดเผยข้อมูล: 91.00 → 100.00")).to_be_visible()
    page.await_query(locked_indicators="10")


def test_a_total_of_ones_own_has_a_margin(page: Visitor) -> None:
    page.control("path.target").get_by_text(say("path.target_total")).click()
    expect(page.title).to_contain_text("80.84 → 87.09")
    page.type_in("path.margin", "2.5")
    expect(page.title).to_contain_text("80.84 → 89.14")
    page.type_in("path.total", "70")
    expect(page.title).to_have_text(say("path.own_reached", aim="72.5", total="80.84"))


def test_the_next_level_is_another_aim_than_the_mark(page: Visitor) -> None:
    expect(page.control("path.target").get_by_role("radio")).to_have_count(3)
    page.control("path.target").get_by_text("AA").click()
    expect(page.title).to_contain_text("80.84 → 95.00 ระดับ AA")


def test_a_list_of_documents_that_is_not_confirmed_says_so(visitor: Visitor, store: Store) -> None:
    store_result(store, result_file(fiscal_year=2566))
    visitor.open("/path?year=2566")
    doubt = visitor.page.get_by_text(say("path.items_doubtful", year=2566))
    expect(doubt).to_be_visible()


def test_all_documents_there_are_stand_there_also_where_they_are_not_enough(visitor: Visitor, store: Store) -> None:
    store_result(store, result_file(scores=(*SEED_SCORES[:8], 73.11, 25.0)))
    visitor.open("/path?year=2564&target=mark")
    expect(visitor.title).to_contain_text("คะแนน")
    expect(visitor.page.get_by_text("4 รายการที่ตรวจไม่พบใน O34–O41:")).to_be_visible()


def test_what_is_out_of_reach_is_said_to_be_so(visitor: Visitor, agency: int) -> None:
    every = ",".join(str(number) for number in range(1, 11))
    visitor.open(f"/path?year=2564&locked=o42,o43&locked_indicators={every}")
    expect(visitor.title).to_have_text(say("sentence.way_unreachable", total="85"))
    expect(visitor.page.get_by_text(say("path.rise_not_enough", total="80.84"))).to_be_visible()


def test_confirming_a_failed_document_leaves_one_explanation(page: Visitor, agency: int, store: Store) -> None:
    page.search("path.failed", "O42")
    page.search("path.failed", "O43")
    expect(page.page.get_by_text("คะแนนนี้เกิดได้ 1 แบบ:")).to_be_visible()
    assert store.known_items(agency, 2564) == {"o42": False, "o43": False}


def test_what_is_confirmed_is_there_for_everybody_and_in_the_meeting(page: Visitor, agency: int, store: Store) -> None:
    page.search("path.failed", "O43")
    title = "1 รายการก็ผ่าน: O43 คะแนนรวม 80.84 → 85.84 ระดับ A"
    expect(page.title).to_have_text(title)
    assert set(page.query) <= {"year", "agency"}
    page.open("/path?year=2564")
    expect(page.title).to_have_text(title)
    expect(page.control("path.failed")).to_contain_text("O43")
    briefing = assemble(store, agency, 2564, dt.date.today())
    assert briefing is not None
    assert title in [slide.title for slide in slides(briefing, say, "th")]


def test_of_a_document_confirmed_both_ways_the_later_choice_counts(page: Visitor, agency: int, store: Store) -> None:
    page.search("path.failed", "O42")
    page.search("path.published", "O42")
    page.await_that(lambda: store.known_items(agency, 2564) == {"o42": True})
    expect(page.control("path.failed")).not_to_contain_text("O42")


def test_a_step_becomes_a_measure_with_everything_filled_in(page: Visitor, agency: int, store: Store) -> None:
    page.press("path.documents_measure.0")
    page.await_that(lambda: len(store.measures(agency, 2564)) == 11)
    made = store.measures(agency, 2564).iloc[-1]
    assert (made["indicator"], made["title"]) == (10, "เผยแพร่ O42 หรือ O43 ให้ตรวจพบบนเว็บไซต์")
    assert made["responsible"]
    assert str(made["period_start"])[:10] == "2021-10-01"
