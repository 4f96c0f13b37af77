"""The meeting from the last row: one slide fills the screen, the keys turn it, what is noted and closed is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from ita.briefing import assemble
from ita.slides import Slide, slides
from ita.store import Store
from ita.text import speaker
from tests.documents.briefings import HOSTILE, LONGEST_NAME

from .dashboard import Site
from .visitor import PATIENCE_MS, SETTLING_MS, Visitor, expect
from .workbooks import store_samples

pytestmark = pytest.mark.browser

say = speaker("th")


def slides_of(store: Store, agency: int) -> list[Slide]:
    briefing = assemble(store, agency, 2564, dt.date.today())
    assert briefing is not None
    return slides(briefing, say, "th")


def turn(visitor: Visitor, to: str) -> None:
    """Turn to the next slide by its key; a page that has only just come does not listen to keys yet."""
    bar = visitor.control("meeting.bar")
    for patience in (PATIENCE_MS / 4, PATIENCE_MS):
        visitor.settle()
        visitor.page.keyboard.press("ArrowRight")
        try:
            expect(bar).to_contain_text(to, timeout=patience)
        except AssertionError:
            continue
        return
    raise AssertionError(f"the slide does not turn to {to}")


@pytest.fixture
def agency(store: Store) -> int:
    return store_samples(store)


@pytest.fixture
def meeting(visitor: Visitor, agency: int) -> Visitor:
    visitor.open("/meeting")
    expect(visitor.control("meeting.next").get_by_role("button")).to_be_visible()
    visitor.page.wait_for_timeout(SETTLING_MS)  # until it listens to keys
    return visitor


def test_the_arrow_keys_turn_the_slides_and_escape_leaves(meeting: Visitor, agency: int, store: Store) -> None:
    every = slides_of(store, agency)
    for number, slide in enumerate(every, start=1):
        expect(meeting.title).to_contain_text(slide.title)
        expect(meeting.control("meeting.bar")).to_contain_text(f"{number} / {len(every)}")
        meeting.page.keyboard.press("ArrowRight")
    meeting.page.keyboard.press("ArrowLeft")
    expect(meeting.control("meeting.bar")).to_contain_text(f"{len(every) - 1} / {len(every)}")
    meeting.await_query(slide=str(len(every) - 1))
    meeting.page.keyboard.press("Escape")
    expect(meeting.control("overview.bars")).to_be_visible()


@pytest.mark.parametrize("screen", [(1024, 768), (1280, 720), (1920, 1080)], ids=str)
def test_every_slide_fits_the_screen_in_letters_for_the_last_row(
    screen: tuple[int, int], arrive: Callable[..., Visitor], site: Site, agency: int, store: Store
) -> None:
    store.add_measures(agency, 2564, [{"title": f"{LONGEST_NAME} {n}", "status": "in_progress"} for n in range(12)])
    width, height = screen
    visitor = arrive(site, viewport={"width": width, "height": height})
    visitor.open("/meeting")
    visitor.control("meeting.next").wait_for()
    count = len(slides_of(store, agency))
    slide, bar = visitor.page.locator(".ita-slide"), visitor.control("meeting.bar")
    for number in range(1, count + 1):
        expect(bar).to_contain_text(f"{number} / {count}")
        lowest, top = slide.bounding_box(), bar.bounding_box()
        assert lowest is not None
        assert top is not None
        assert lowest["x"] + lowest["width"] <= width
        assert lowest["y"] + lowest["height"] <= top["y"] + 1
        letters = slide.locator("td, .name, .said").first
        size = letters.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
        assert size >= height / 48
        if number < count:
            turn(visitor, f"{number + 1} / {count}")


def test_the_meeting_goes_back_to_the_page_it_was_called_from_and_its_filters(meeting: Visitor) -> None:
    meeting.open("/indicators?below=1")
    meeting.go("meeting")
    meeting.control("meeting.next").wait_for()
    meeting.page.wait_for_timeout(SETTLING_MS)  # until it listens to keys
    meeting.page.keyboard.press("Escape")
    expect(meeting.control("indicators.below").get_by_role("switch")).to_be_checked()
    meeting.await_query(below="1")


def test_words_of_a_measure_are_shown_as_text(visitor: Visitor, agency: int, store: Store) -> None:
    store.add_measures(agency, 2564, [{"title": HOSTILE, "responsible": HOSTILE, "status": "in_progress"}])
    store.write_slide_note(agency, 2564, "measures", HOSTILE)
    number = [slide.key for slide in slides_of(store, agency)].index("measures") + 1
    visitor.open(f"/meeting?slide={number}")
    expect(visitor.page.locator(".ita-table")).to_contain_text(HOSTILE)


def test_nothing_but_the_slide_is_on_the_screen(meeting: Visitor) -> None:
    expect(meeting.page.get_by_test_id("stHeader")).to_be_hidden()
    expect(meeting.control("frame.agency")).to_be_hidden()


def test_a_note_is_kept_for_its_slide(meeting: Visitor, agency: int, store: Store) -> None:
    meeting.control("meeting.note").get_by_role("button").first.click()
    note = meeting.page.get_by_role("textbox", name=say("meeting.note_on"))
    note.fill("มอบกองคลัง")
    meeting.page.wait_for_timeout(SETTLING_MS)
    meeting.page.keyboard.press("Escape")  # neither leaves the meeting nor throws away what was typed
    meeting.page.keyboard.press("ArrowLeft")
    meeting.press("meeting.next")
    meeting.await_that(lambda: store.slide_notes(agency, 2564) == {"verdict": "มอบกองคลัง"})
    expect(meeting.control("meeting.bar")).to_contain_text("2 / ")
    expect(note).to_have_value("")
    meeting.press("meeting.previous")
    expect(note).to_have_value("มอบกองคลัง")


def test_closing_keeps_what_was_shown(meeting: Visitor, agency: int, store: Store) -> None:
    meeting.control("meeting.closing").get_by_role("button").first.click()
    meeting.control("meeting.close").get_by_role("button").click()
    expect(meeting.control("overview.bars")).to_be_visible()
    kept = store.last_meeting(agency, 2564)
    assert kept is not None
    assert (kept.total, len(kept.measures)) == (80.84, 10)
