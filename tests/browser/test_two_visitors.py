"""Two people at once: what one chooses, types or hands in does not show on the other's screen; what is saved does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ita.text import speaker
from tests.databases import on_both_databases

from .dashboard import Site
from .visitor import Grid, Visitor, expect
from .workbooks import BUA, GOOD_SCORES, result_file, store_result, store_samples

pytestmark = [pytest.mark.browser, on_both_databases]

say = speaker("th")
english = speaker("en")
OTHER = "เทศบาลเมืองใหม่"
TITLE = say("column.title")


def test_language_agency_and_filters_stay_with_who_chose_them(site: Site, arrive: Callable[..., Visitor]) -> None:
    store_samples(site.store)
    store_result(site.store, result_file(OTHER, scores=GOOD_SCORES))
    one, other = arrive(site), arrive(site)
    one.open("/indicators")
    other.open("/indicators")
    one.speak("en")
    one.pick("frame.agency", BUA)
    one.switch("indicators.below")
    expect(Grid.of(one, "indicators.table").rows).to_have_count(4)
    expect(one.title).to_contain_text("below the pass mark")
    other.go("measures")
    other.go("indicators")
    expect(Grid.of(other, "indicators.table").rows).to_have_count(10)
    expect(other.control("frame.agency").locator("input")).to_have_value(OTHER)
    expect(other.page.get_by_text(say("indicators.page")).first).to_be_visible()
    assert "language" not in other.query
    expect(one.page.get_by_text(english("indicators.page")).first).to_be_visible()


def test_an_upload_is_seen_by_who_made_it_until_it_is_saved(site: Site, arrive: Callable[..., Visitor]) -> None:
    store_result(site.store, result_file(OTHER, scores=GOOD_SCORES))
    one, other = arrive(site), arrive(site)
    one.open("/upload")
    other.open("/upload")
    one.hand_in(result_file())
    expect(one.control("upload.confirm").get_by_role("button").first).to_be_enabled()
    other.reload()
    expect(other.control("upload.template")).to_be_visible()
    expect(other.control("upload.confirm")).to_have_count(0)
    assert BUA not in other.text
    one.press("upload.confirm")
    expect(one.title).to_contain_text("80.84")
    other.reload()
    other.pick("frame.agency", BUA)
    other.go("")
    expect(other.title).to_contain_text("80.84")


def test_who_edits_second_sees_both_texts_and_chooses(site: Site, arrive: Callable[..., Visitor]) -> None:
    agency_id = store_samples(site.store)
    one, other = arrive(site), arrive(site)
    for visitor in (one, other):
        visitor.open("/measures")
        Grid.of(visitor, "measures.editor").await_rows(10)
    Grid.of(one, "measures.editor").edit(TITLE, 0, "ของคนแรก")
    expect(one.page.get_by_test_id("stToast").first).to_contain_text(say("measures.saved"))
    table = Grid.of(other, "measures.editor")
    table.edit(TITLE, 0, "ของคนที่สอง")
    expect(other.page.get_by_text(f"{TITLE}: ของคนที่สอง")).to_be_visible()
    expect(other.page.get_by_text(f"{TITLE}: ของคนแรก")).to_be_visible()
    assert site.store.measures(agency_id, 2564)["title"].tolist()[0] == "ของคนแรก"
    other.press("measures.stale_yours.0")
    expect(table.cell(TITLE, 0)).to_have_text("ของคนที่สอง")
    one.reload()
    expect(Grid.of(one, "measures.editor").cell(TITLE, 0)).to_have_text("ของคนที่สอง")
