"""What a file leaves open, asked on the page: names that fit nothing, whose result it is, which stored ones go."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ita import thai
from ita.reading.layouts.table import UnknownName
from ita.reading.measures import MeasureReading
from ita.reading.names import words_of
from ita.reading.results import ResultReading
from ita.rulebooks import fiscal_years, latest
from ita.ui import cache
from ita.ui.escape import plain
from ita.ui.frame import Frame

MOST_NAMES = 12
"""Up to so many names are asked about one by one; of more, those that are nearly known and those picked out."""
MOST_CONFLICTS = 6
"""Stored results that are listed when a file has others."""
NONE = 0
"""The answer that a name is no indicator's."""

_ABOUT, _LANGUAGE = "questions.about", "questions.language"


def begin(here: Frame, file_id: str) -> None:
    """Forget what was answered about another file."""
    state = st.session_state
    names = {key: state[key] for key in map(str, state) if key.startswith("upload.name.")}
    if state.get(_ABOUT) != file_id:
        cache.forget()
        unanswered = dict.fromkeys((*names, "upload.agency", "upload.year", "upload.replace", "upload.measures_year"))
        # Set, not removed: the browser would go on showing an answer that it is not told to drop.
        state.update(unanswered | {"upload.names_meant": [], "upload.names_rest": False})
    elif state[_LANGUAGE] != here.language:
        state.update(names)  # told anew, in words of the other language
    state[_ABOUT], state[_LANGUAGE] = file_id, here.language


def settle_names(here: Frame, reading: ResultReading) -> tuple[ResultReading, bool]:
    """The reading with the names that the user has recognised; whether every name was answered.

    What a name turns out to be may bring more names to light: they are asked about too.
    """
    asked: dict[str, UnknownName] = {}
    known: dict[str, int] = {}
    settled, answered = reading, True
    while fresh := [name for name in settled.unknown_names if name.text not in asked]:
        if not asked:
            box = st.container(border=True)
            box.markdown(f"**{here.say('upload.names')}**")
        first = len(asked) + 1
        for name in fresh:
            asked.setdefault(name.text, name)
        numbered = dict(enumerate(list(asked.values())[first - 1 :], start=first))
        with box:
            many = first == 1 and len(numbered) > MOST_NAMES
            singled, rest_answered = _singled_out(here, numbered) if many else (numbered, True)
            answers = {name.text: _answer(here, name, number) for number, name in singled.items()}
        answered &= rest_answered and None not in answers.values()
        known |= {text: number for text, number in answers.items() if number}
        settled = cache.kept("named", (reading, *known.items()), partial(reading.named, known))
    return settled, answered


def _singled_out(here: Frame, names: dict[int, UnknownName]) -> tuple[dict[int, UnknownName], bool]:
    """Of many names, by number, those to ask about one by one: the nearly known ones and what the user picks out.

    Then also whether the user has said that the rest are no indicators.
    """
    near = [number for number, name in names.items() if name.proposed is not None][:MOST_NAMES]
    others = [number for number in names if number not in near]
    picked = st.multiselect(
        here.say("upload.names_many", count=f"{len(others):,}"),
        others,
        format_func=lambda number: f"{names[number].text} ({names[number].cell})",
        placeholder=here.say("upload.names_search"),
        key="upload.names_meant",
        select_all=False,
    )
    left = len(others) - len(picked)
    rest = st.checkbox(here.say("upload.names_rest", count=f"{left:,}"), key="upload.names_rest")
    return {number: names[number] for number in (*near, *picked)}, rest or not left


def _answer(here: Frame, name: UnknownName, number: int) -> int | None:
    """The indicator that a name is said to be, NONE for none, None while the user has not answered."""
    numbers = [indicator.number for indicator in latest().indicators if indicator.number != name.proposed]
    first = [] if name.proposed is None else [name.proposed]
    proposal = "" if name.proposed is None else words_of(name.proposed)[here.language]
    answer: int | None = st.selectbox(
        plain(here.say("upload.name", name=name.text, sheet=name.sheet, cell=name.cell)),
        [*first, *numbers, NONE],
        index=None,
        format_func=lambda answer: words_of(answer)[here.language] if answer else here.say("upload.name_none"),
        placeholder=here.say("upload.name_proposed", name=proposal) if proposal else here.say("upload.name_choose"),
        key=f"upload.name.{number}",
    )
    return answer


def settle_whose(here: Frame, reading: ResultReading, file_name: str) -> ResultReading:
    """The reading with agency and year asked for where the file does not state them; its name may propose a year."""
    say = here.say
    if not (reading.asks_agency or reading.asks_fiscal_year):
        return reading
    agency = year = None
    with st.container(border=True):
        st.markdown(f"**{say('upload.ask')}**")
        if reading.asks_agency:
            # Offered, not filled in: a careless click must not store a file under the agency that happens to be shown.
            agency = st.selectbox(
                say("column.agency"),
                [here.agency] if here.agency else [],
                index=None,
                key="upload.agency",
                accept_new_options=True,
                placeholder=say("upload.agency_choose"),
            )
            agency = (agency or "").strip() or None
        if reading.asks_fiscal_year:
            years = sorted(fiscal_years(), reverse=True)
            named = thai.fiscal_year(file_name.rpartition(".")[0])
            proposed = say("upload.year_in_name", year=named) if named in years else "–"
            year = st.selectbox(say("column.fiscal_year"), years, index=None, key="upload.year", placeholder=proposed)
    stated = partial(reading.stated, agency=agency, fiscal_year=year)
    return cache.kept("stated", (reading, agency, year), stated)


def replacements(here: Frame, reading: ResultReading) -> list[tuple[str, int]] | None:
    """Which stored results this file replaces: asked, never assumed. None while the question is open."""
    say = here.say
    conflicts = cache.conflicts(reading)
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


def settle_measures(here: Frame, reading: MeasureReading, results: ResultReading | None) -> tuple[str, int] | None:
    """Agency and year of the result that the measures of a file answer; None where that is still open."""
    say = here.say
    if results is not None and len(results.agencies) == 1 and len(results.fiscal_years) == 1:
        return results.agencies[0], results.fiscal_years[0]
    if here.agency_id is None:
        st.info(say("upload.measures_need_result"), icon=":material/help:")
        return None
    years = cache.years(here.agency_id)
    if st.session_state.get("upload.measures_year") not in years:
        answered = (reading.fiscal_year or 0) - 1
        st.session_state["upload.measures_year"] = answered if answered in years else years[0]
    year = st.selectbox(say("upload.measures_answer", agency=plain(here.agency)), years, key="upload.measures_year")
    if reading.agency and reading.agency != here.agency:
        told = say("upload.measures_other_agency", stated=reading.agency, shown=here.agency)
        st.warning(plain(told), icon=":material/warning:")
    return here.agency, int(year)
