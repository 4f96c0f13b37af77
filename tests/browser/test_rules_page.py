"""The rules of a year, each with a source that can be read whole, and each document with what it is worth."""

from __future__ import annotations

import pytest

from ita.rulebooks import rulebook
from ita.store import Store

from .visitor import Grid, Visitor, expect
from .workbooks import store_samples

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visitor: Visitor, store: Store) -> Visitor:
    store_samples(store)
    visitor.open("/rules?year=2564")
    expect(visitor.control("rules.items")).to_be_visible()
    return visitor


def test_the_sources_stand_there_in_full(page: Visitor) -> None:
    summary = page.control("rules.summary")
    for name in ("pass_mark", "items", "weights"):
        source = summary.get_by_text(rulebook(2564).origins[name].source)
        expect(source).to_be_visible()
        assert source.evaluate("cell => cell.scrollWidth <= cell.clientWidth + 1")


def test_each_document_stands_beside_what_it_is_worth(page: Visitor) -> None:
    items = Grid(page, page.control("rules.items").get_by_test_id("stDataFrame"))
    expect(items.rows.first).to_be_attached()
    worth = dict(zip(items.column("ข้อ"), items.column("คะแนนรวมเมื่อตรวจพบ"), strict=True))
    assert [round(float(worth[code]), 2) for code in ("o1", "o10")] == [0.44, 0.50]
