"""Every page can be opened by its address alone, on a server that nobody has visited, with the view as it was kept."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from http.client import HTTPResponse
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from ita.store import Store
from ita.text import speaker

from .dashboard import Site, running
from .visitor import Grid, Visitor, expect
from .workbooks import BELOW_THE_MARK, BUA, result_file, store_result, store_samples

pytestmark = pytest.mark.browser

say = speaker("th")
english = speaker("en")

PAGES = {
    "/": "overview.bars",
    "/indicators": "indicators.table",
    "/compare": "compare.csv",
    "/measures": "measures.editor",
    "/path": "path.target",
    "/meeting": "meeting.next",
    "/documents": "documents.word",
    "/upload": "upload.file",
    "/history": "history.versions",
    "/rules": "rules.levels",
}
"""Addresses, and the key of something that only this page shows."""


def asked(address: str, **headers: str) -> HTTPResponse:
    response: HTTPResponse = urlopen(Request(address, headers=headers))
    return response


@pytest.mark.parametrize(("path", "own"), PAGES.items())
def test_the_first_visit_ever_to_a_page_goes_through_the_frame(
    path: str, own: str, tmp_path: Path, arrive: Callable[..., Visitor]
) -> None:
    with running(tmp_path) as site:
        store_samples(site.store)
        visitor = arrive(site)
        visitor.open(path)
        expect(visitor.control(own)).to_be_visible()
        if path == "/meeting":  # nothing but the slide
            expect(visitor.control("frame.agency")).to_be_hidden()
        else:
            expect(visitor.control("frame.agency")).to_be_visible()
            expect(visitor.page.get_by_test_id("stTopNavLink")).to_have_count(len(PAGES))
        visitor.leave()


@pytest.mark.parametrize("path", PAGES)
def test_with_nothing_stored_every_page_shows_the_way_to_the_first_file(path: str, visitor: Visitor) -> None:
    visitor.open(path)
    if path == "/upload":
        expect(visitor.control("upload.file")).to_be_visible()
    elif path == "/rules":
        expect(visitor.control("rules.levels")).to_be_visible()
    elif path == "/":
        expect(visitor.control("overview.sample")).to_be_visible()
    else:
        expect(visitor.title).to_have_text(say("frame.nothing_title"))
        visitor.page.get_by_test_id("stPageLink").first.click()
        expect(visitor.control("upload.file")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_the_page_comes_compressed_in_thai_and_under_guard(path: str, site: Site) -> None:
    answer = asked(site.address + path, **{"Accept": "text/html", "Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(answer.read()).decode("utf-8")
    assert '<html lang="th">' in html
    assert f"<title>{say('frame.product')}</title>" in html
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "img-src 'self' data: blob:" in policy
    assert "frame-ancestors" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_bookmark_brings_back_the_filters_of_the_indicators(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open("/indicators?below=1&instrument=OIT")
    shown = Grid.of(visitor, "indicators.table")
    expect(shown.rows).to_have_count(1)
    assert shown.column(say("column.indicator")) == ["10. การป้องกันการทุจริต"]
    expect(visitor.control("indicators.below").get_by_role("switch")).to_be_checked()
    visitor.await_query(below="1")
    visitor.await_query(instrument="OIT")


def test_a_bookmark_brings_back_the_filters_of_the_measures(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open("/measures?status=in_progress&overdue=1&indicator=4")
    shown = Grid.of(visitor, "measures.editor")
    expect(shown.rows).to_have_count(1)
    assert shown.column(say("column.indicator")) == ["4"]
    assert shown.column(say("column.status")) == ["in_progress"]
    assert {"status": "in_progress", "overdue": "1", "indicator": "4"}.items() <= visitor.query.items()


def test_a_bookmark_brings_back_what_is_aimed_at(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open("/path?target=total&total=70&margin=2.5")
    expect(visitor.title).to_have_text(say("path.own_reached", aim="72.5", total="80.84"))
    assert {"target": "total", "total": "70", "margin": "2.5"}.items() <= visitor.query.items()
    visitor.control("path.target").get_by_text("AA").click()
    expect(visitor.title).to_contain_text("80.84 → 95.00")
    visitor.await_query(target="level")
    assert not {"total", "margin"} & visitor.query.keys()
    for nonsense in ("target=total&total=nan&margin=-1", "target=moon&total=1e9", "total=๙๙๙๙๙"):
        visitor.open(f"/path?{nonsense}")
        expect(visitor.title).to_contain_text("80.84 → 8")


def test_filters_that_leave_nothing_say_so_and_can_be_taken_off(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open("/measures?status=completed&overdue=1&indicator=4")
    expect(visitor.page.get_by_text(say("measures.none_left"))).to_be_visible()
    visitor.switch("measures.overdue")
    visitor.control("measures.status").get_by_text(say("state.completed")).click()
    expect(Grid.of(visitor, "measures.editor").rows).to_have_count(1)
    assert "overdue" not in visitor.query
    assert "status" not in visitor.query


def test_a_bookmark_brings_back_the_language(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open("/measures?language=en")
    expect(visitor.title).to_contain_text(english("state.overdue"))
    visitor.await_query(language="en")


def test_a_bookmark_brings_back_agency_and_year(visitor: Visitor, store: Store) -> None:
    bua = store_samples(store)
    store_result(store, result_file("เทศบาลเมืองใหม่"))
    visitor.open("/upload")
    assert visitor.query["agency"] != str(bua), "the last file's agency is shown to who does not say"
    visitor.open(f"/?agency={bua}&year=2563")
    expect(visitor.title).to_contain_text("79.20")
    expect(visitor.control("frame.agency").locator("input")).to_have_value(BUA)
    visitor.await_query(year="2563")


@pytest.mark.parametrize(
    "nonsense",
    [
        "agency=999999&year=9999&language=xx&indicator=99&instrument=XXX&below=7&status=burnt&overdue=yes&unit=none",
        "agency=abc&year=๒๕๖๔&indicator=๑๑&instrument=,,,&status=%00&unit=%F0%9F%92%A3",
        "agency=" + "9" * 5000 + "&year=" + "9" * 5000 + "&indicator=" + "9" * 5000,
    ],
    ids=["unknown", "malformed", "endless"],
)
def test_nonsense_in_an_address_is_passed_over(nonsense: str, visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open(f"/indicators?{nonsense}")
    expect(Grid.of(visitor, "indicators.table").rows).to_have_count(10)
    expect(visitor.page.get_by_text("84.96").first).to_be_attached()
    visitor.open(f"/measures?{nonsense}")
    expect(Grid.of(visitor, "measures.editor").rows).to_have_count(10)
    expect(visitor.page.get_by_test_id("stAlert")).to_have_count(0)


def test_the_four_indicators_below_the_mark_have_an_address(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open("/indicators")
    visitor.switch("indicators.below")
    shown = Grid.of(visitor, "indicators.table")
    expect(shown.rows).to_have_count(len(BELOW_THE_MARK))
    kept = visitor.page.url
    visitor.page.goto("about:blank")
    visitor.page.goto(kept)
    expect(shown.rows).to_have_count(len(BELOW_THE_MARK))
