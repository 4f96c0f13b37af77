"""The meeting from the last row: one slide fills the screen, the keys turn it, what is noted and closed is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from ita.briefing import assemble
from ita.slides import slides
from ita.store import Store
from ita.text import speaker

from .visitor import Visitor, expect
from .workbooks import store_samples

pytestmark = pytest.mark.browser

say = speaker("th")


@pytest.fixture
def agency(store: Store) -> int:
    return store_samples(store)


@pytest.fixture
def meeting(visitor: Visitor, agency: int) -> Visitor:
    visitor.open("/meeting")
    expect(visitor.control("meeting.next").get_by_role("button")).to_be_visible()
    return visitor


def test_the_arrow_keys_turn_the_slides_and_escape_leaves(meeting: Visitor, agency: int, store: Store) -> None:
    briefing = assemble(store, agency, 2564, dt.date.today())
    assert briefing is not None
    every = slides(briefing, say, "th")
    for number, slide in enumerate(every, start=1):
        expect(meeting.title).to_contain_text(slide.title)
        expect(meeting.control("meeting.bar")).to_contain_text(f"{number} / {len(every)}")
        meeting.page.keyboard.press("ArrowRight")
    meeting.page.keyboard.press("ArrowLeft")
    expect(meeting.control("meeting.bar")).to_contain_text(f"{len(every) - 1} / {len(every)}")
    assert meeting.query["slide"] == str(len(every) - 1)
    meeting.page.keyboard.press("Escape")
    expect(meeting.control("overview.bars")).to_be_visible()


def test_nothing_but_the_slide_is_on_the_screen(meeting: Visitor) -> None:
    expect(meeting.page.get_by_test_id("stHeader")).to_be_hidden()
    expect(meeting.control("frame.agency")).to_be_hidden()


def test_a_note_is_kept_for_its_slide(meeting: Visitor, agency: int, store: Store) -> None:
    meeting.control("meeting.note").get_by_role("button").first.click()
    meeting.page.get_by_role("textbox", name=say("meeting.note_on")).fill("มอบกองคลัง")
    meeting.page.keyboard.press("Control+Enter")
    meeting.await_that(lambda: store.slide_notes(agency, 2564) == {"verdict": "มอบกองคลัง"})


def test_closing_keeps_what_was_shown(meeting: Visitor, agency: int, store: Store) -> None:
    meeting.control("meeting.closing").get_by_role("button").first.click()
    meeting.control("meeting.close").get_by_role("button").click()
    expect(meeting.control("overview.bars")).to_be_visible()
    kept = store.last_meeting(agency, 2564)
    assert kept is not None
    assert (kept.total, len(kept.measures)) == (80.84, 10)
