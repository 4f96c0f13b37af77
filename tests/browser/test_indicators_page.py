"""One indicator at a time: chosen in the table or in the chart, described, and kept in the address."""

from __future__ import annotations

import pytest

from ita.rulebooks import rulebook
from ita.store import Store
from ita.text import speaker

from .visitor import Grid, Visitor, expect
from .workbooks import store_samples

pytestmark = pytest.mark.browser

say = speaker("th")
english = speaker("en")


def about(number: int) -> str:
    """An indicator's description."""
    return rulebook(2564).indicator(number).about["th"]


@pytest.fixture
def table(visitor: Visitor, store: Store) -> Grid:
    store_samples(store)
    visitor.open("/indicators")
    shown = Grid.of(visitor, "indicators.table")
    expect(shown.rows).to_have_count(10)
    return shown


def test_the_indicator_that_matters_most_is_described_until_one_is_chosen(visitor: Visitor, table: Grid) -> None:
    expect(visitor.page.get_by_text(about(10))).to_be_visible()
    assert "indicator" not in visitor.query


def test_choosing_a_row_describes_it_and_is_kept_in_the_address(visitor: Visitor, table: Grid) -> None:
    table.mark(3)
    expect(visitor.page.get_by_text(about(4))).to_be_visible()
    expect(visitor.page.get_by_text("ทำขั้นตอนการยืมให้ชัด")).to_be_visible()
    visitor.await_query(indicator="4")
    visitor.reload()
    expect(visitor.page.get_by_text(about(4))).to_be_visible()


def test_choosing_a_bar_describes_it_too(visitor: Visitor, table: Grid) -> None:
    click_bar(visitor, 7)
    expect(visitor.page.get_by_text(about(7))).to_be_visible()
    visitor.await_query(indicator="7")
    visitor.page.get_by_role("tab").first.click()
    table.mark(1)
    expect(visitor.page.get_by_text(about(2))).to_be_visible()
    click_bar(visitor, 9)
    expect(visitor.page.get_by_text(about(9))).to_be_visible()


def test_a_chosen_indicator_leads_to_its_measures(visitor: Visitor, table: Grid) -> None:
    table.mark(4)
    expect(visitor.page.get_by_text(about(5))).to_be_visible()
    visitor.page.get_by_test_id("stPageLink").get_by_text(say("indicators.to_measures")).click()
    shown = Grid.of(visitor, "measures.editor")
    expect(shown.rows).to_have_count(1)
    assert shown.column(say("column.indicator")) == ["5"]


def test_a_language_once_chosen_holds_on_every_page_and_in_the_address(visitor: Visitor, table: Grid) -> None:
    visitor.speak("en")
    expect(visitor.title).to_contain_text("below the pass mark")
    expect(table.heading(english("column.score"))).to_be_attached()
    visitor.await_query(language="en")
    visitor.go("measures")
    expect(visitor.page.get_by_text(english("measures.how_to"))).to_be_visible()
    visitor.await_query(language="en")
    visitor.go("")
    expect(visitor.title).to_contain_text("80.84 points")
    visitor.speak("th")
    expect(visitor.title).to_contain_text("80.84 คะแนน")
    assert "language" not in visitor.query


def click_bar(visitor: Visitor, number: int) -> None:
    """Click the bar of an indicator, as all ten are shown."""
    visitor.page.get_by_role("tab").last.click()
    chart = visitor.control("indicators.bars")
    bars = chart.locator(".barlayer .point path")
    expect(bars).to_have_count(10)
    boxes = sorted((box for box in (bar.bounding_box() for bar in bars.all()) if box), key=lambda box: box["y"])
    box = boxes[number - 1]
    visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
