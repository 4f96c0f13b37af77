"""What a file leaves open, asked on the page: names that fit nothing, whose result it is, which stored ones go."""

from __future__ import annotations

import streamlit as st

from ita.reading.layouts.table import UnknownName
from ita.reading.names import words_of
from ita.reading.results import ResultReading
from ita.rulebooks import fiscal_years, latest
from ita.ui import cache
from ita.ui.escape import plain
from ita.ui.frame import Frame

MOST_NAMES = 12
"""Names that are asked about; a file with more of them has another problem."""
MOST_CONFLICTS = 6
"""Stored results that are listed when a file has others."""
NONE = 0
"""The answer that a name is no indicator's."""


def settle_names(here: Frame, reading: ResultReading) -> tuple[ResultReading, bool]:
    """The reading with the names that the user has recognised; whether every name was answered."""
    asked = {name.text: name for name in reading.unknown_names[: MOST_NAMES + 1]}
    if not asked or len(asked) > MOST_NAMES:
        return reading, True
    with st.container(border=True):
        st.markdown(f"**{here.say('upload.names')}**")
        answers = {name.text: _answer(here, name, count) for count, name in enumerate(asked.values(), start=1)}
    known = {text: number for text, number in answers.items() if number}
    return reading.named(known), None not in answers.values()


def _answer(here: Frame, name: UnknownName, count: int) -> int | None:
    """The indicator that a name is said to be, NONE for none, None while the user has not answered."""
    numbers = [indicator.number for indicator in latest().indicators if indicator.number != name.proposed]
    first = [] if name.proposed is None else [name.proposed]
    proposal = "" if name.proposed is None else words_of(name.proposed)[here.language]
    answer: int | None = st.selectbox(
        plain(here.say("upload.name", name=name.text, sheet=name.sheet, cell=name.cell)),
        [*first, *numbers, NONE],
        index=None,
        format_func=lambda number: words_of(number)[here.language] if number else here.say("upload.name_none"),
        placeholder=here.say("upload.name_proposed", name=proposal) if proposal else here.say("upload.name_choose"),
        key=f"upload.name.{count}",
    )
    return answer


def settle_whose(here: Frame, reading: ResultReading) -> ResultReading:
    """The reading with agency and year asked for where the file does not state them."""
    say = here.say
    if not (reading.asks_agency or reading.asks_fiscal_year):
        return reading
    agency = year = None
    with st.container(border=True):
        st.markdown(f"**{say('upload.ask')}**")
        if reading.asks_agency:
            agency = st.text_input(say("column.agency"), value=here.agency, key="upload.agency").strip() or None
        if reading.asks_fiscal_year:
            years = sorted(fiscal_years(), reverse=True)
            year = st.selectbox(say("column.fiscal_year"), years, index=None, key="upload.year", placeholder="–")
    return reading.stated(agency=agency, fiscal_year=year)


def replacements(here: Frame, reading: ResultReading) -> list[tuple[str, int]] | None:
    """Which stored results this file replaces: asked, never assumed. None while the question is open."""
    say = here.say
    conflicts = cache.store().conflicts(reading.scores, reading.published, reading.items)
    if conflicts.empty:
        return []
    with st.container(border=True):
        st.markdown(f"**{say('upload.conflict', count=len(conflicts))}**")
        columns = ["agency", "fiscal_year", "file_name", "old_total", "new_total", "indicators_differ"]
        headings = [say(f"column.{name}") for name in columns]
        st.dataframe(conflicts[columns].set_axis(headings, axis=1).head(MOST_CONFLICTS), hide_index=True)
        answer = st.radio(
            say("upload.conflict_question"),
            ["keep", "replace"],
            index=None,
            format_func=lambda code: say(f"upload.{code}"),
            key="upload.replace",
        )
    if answer is None:
        return None
    places = zip(conflicts["agency"], conflicts["fiscal_year"], strict=True)
    return [(agency, int(year)) for agency, year in places] if answer == "replace" else []
