"""Somebody who has no file yet: the empty dashboard explains itself, and the example comes and goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita.reading.measures import read_measures
from ita.store import Store
from ita.text import speaker
from tests.databases import on_both_databases

from .visitor import Grid, Visitor, expect

pytestmark = [pytest.mark.browser, on_both_databases]

say = speaker("th")


def test_the_empty_dashboard_says_what_it_is_for_and_how_to_begin(visitor: Visitor) -> None:
    visitor.open()
    expect(visitor.title).to_have_text(say("overview.empty_title"))
    for step in (1, 2, 3):
        expect(visitor.page.get_by_text(say(f"overview.empty_step_{step}"))).to_be_visible()
    visitor.press("overview.upload")
    expect(visitor.control("upload.file")).to_be_visible()
    expect(visitor.control("upload.template")).to_be_visible()


def test_the_example_shows_a_whole_result_marked_as_an_example_and_goes_again(visitor: Visitor, store: Store) -> None:
    visitor.open()
    visitor.press("overview.sample")
    expect(visitor.title).to_contain_text("80.84")
    expect(visitor.title).to_contain_text("B")
    badge = visitor.control("frame.row").locator("visible=true").get_by_text(say("frame.example")).first
    expect(badge).to_be_visible()
    expect(visitor.control("overview.bars").locator(".main-svg").first).to_be_visible()
    expect(visitor.control("overview.radar").locator(".main-svg").first).to_be_visible()
    visitor.go("measures")
    expect(Grid.of(visitor, "measures.editor").rows).to_have_count(10)
    expect(badge).to_be_visible()
    visitor.go("upload")
    visitor.press("upload.remove_sample")
    expect(visitor.control("upload.remove_sample")).to_have_count(0)
    expect(badge).to_have_count(0)
    expect(visitor.control("frame.agency")).to_have_count(0)
    assert not store.has_examples()
    visitor.go("")
    expect(visitor.control("overview.sample")).to_be_visible()
    visitor.go("measures")
    expect(visitor.title).to_have_text(say("frame.nothing_title"))


def test_the_example_files_can_be_taken_home_handed_in_and_worked_on(
    visitor: Visitor, store: Store, tmp_path: Path
) -> None:
    visitor.open("/upload")
    results = visitor.download("upload.sample", tmp_path)
    measures = visitor.download("upload.sample_measures", tmp_path)
    assert len(read_measures(measures).measures) == 10
    visitor.hand_in(results)
    visitor.press("upload.confirm")
    expect(visitor.title).to_contain_text("80.84")
    assert not store.has_examples(), "handed in by hand it is the office's own"
    visitor.go("upload")
    visitor.hand_in(measures, "มาตรการ.xlsx")
    visitor.press("upload.confirm")
    table = Grid.of(visitor, "measures.editor")
    table.await_rows(10)
    table.edit(say("column.title"), 0, "จัดทำทะเบียน")
    agency_id = store.newest_agency_id()
    assert agency_id is not None
    visitor.await_that(lambda: store.measures(agency_id, 2564)["title"].tolist()[0] == "จัดทำทะเบียน")
    visitor.reload()
    table.await_rows(10)
    expect(table.cell(say("column.title"), 0)).to_have_text("จัดทำทะเบียน")
