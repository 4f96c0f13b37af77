"""The meeting: the slides on the whole screen, one at a time, with a note on each; closing it keeps what was shown."""

import datetime as dt

import streamlit as st

from ita import meetings
from ita.briefing import Briefing
from ita.slides import Slide, slides
from ita.ui import address, cache, stage, waiting, writing
from ita.ui.frame import Frame, now

SLIDE, NOTE, NOTING = "meeting.slide", "meeting.note", "meeting.is_noting"


def move(to: int) -> None:
    st.session_state[SLIDE] = to


def chosen(count: int) -> int:
    """The number of the slide, from 1: kept in the address."""
    address.start(SLIDE, lambda text: int(text) if text.isdecimal() else None, 1)
    number = min(max(1, st.session_state[SLIDE]), count)
    st.session_state[SLIDE] = number
    address.keep(SLIDE, None if number == 1 else str(number))
    return number


def show_bar(here: Frame, briefing: Briefing, slide: Slide, number: int, count: int) -> None:
    """Under the slide: forward and back, a note, closing the meeting, leaving it."""
    say = here.say
    # Esc is a key that one hits while typing, too.
    escape = None if st.session_state.get(NOTING) else "Esc"
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="meeting.bar"
    ):
        if st.button(
            say("meeting.leave"), key="meeting.leave", shortcut=escape, type="tertiary", icon=":material/close:"
        ):
            st.switch_page(here.pages[here.page_before])
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            arrows = {"icon": ":material/arrow_back:", "shortcut": "Left", "disabled": number == 1}
            st.button(say("meeting.previous"), key="meeting.previous", on_click=move, args=(number - 1,), **arrows)
            st.markdown(f"**{number} / {count}**", width="content")
            arrows = {"icon": ":material/arrow_forward:", "shortcut": "Right", "disabled": number == count}
            st.button(say("meeting.next"), key="meeting.next", on_click=move, args=(number + 1,), **arrows)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            if here.may_edit or slide.note:
                show_note_button(here, slide)
            if here.may_edit:
                show_closing(here, briefing)


def show_note_button(here: Frame, slide: Slide) -> None:
    """What opens and closes the notes."""

    def turn() -> None:
        st.session_state[NOTING] = not st.session_state.get(NOTING)

    icon = ":material/sticky_note_2:" if slide.note else ":material/note_add:"
    look = "primary" if st.session_state.get(NOTING) else "secondary"
    st.button(here.say("meeting.note"), icon=icon, key=NOTE, on_click=turn, type=look)


def show_note(here: Frame, slide: Slide) -> None:
    """What is noted on this slide, while the notes are open: kept as soon as one leaves it, to another slide too.

    It is no popover: there, Esc would undo what is typed.
    """
    say, key = here.say, f"{NOTE}.{slide.key}"

    @waiting.action
    def keep() -> None:
        waiting.write(writing.write_slide_note, here.agency_id, here.fiscal_year, slide.key, st.session_state[key])

    with st.container(key="meeting.noting"):
        if not here.may_edit:
            st.text(slide.note)
            return
        st.text_area(
            say("meeting.note_on"), value=slide.note, key=key, on_change=keep, height=160, help=say("meeting.note_help")
        )


def show_closing(here: Frame, briefing: Briefing) -> None:
    """Closing the meeting: what it had on its screen is kept, so that the next one can say what moved."""
    say = here.say
    with st.popover(say("meeting.close"), icon=":material/flag:", key="meeting.closing"):
        st.markdown(say("meeting.close_text"))
        if st.button(say("meeting.close_yes"), key="meeting.close", type="primary"):
            closed = meetings.closed(dt.date.today(), briefing.assessment, briefing.measures)
            writing.close_meeting(here.agency_id, here.fiscal_year, closed)
            st.toast(say("meeting.closed"), icon=":material/check:")
            move(to=1)
            st.switch_page(here.pages[here.page_before])


here = now()
if here.assessment is None:
    here.show_nothing_yet()
    st.stop()
briefing = cache.briefing(here.agency_id, here.fiscal_year, dt.date.today())
every = slides(briefing, here.say, here.language)
number = chosen(len(every))
stage.show(here, briefing, every[number - 1])
show_bar(here, briefing, every[number - 1], number, len(every))
if st.session_state.get(NOTING):
    show_note(here, every[number - 1])
