"""What stands above every page: whose result, of which year, in which language; and the page's way to ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ita.charts import DARK, LIGHT, Palette
from ita.text import LANGUAGES, Say
from ita.ui import address, cache
from ita.ui.escape import note, plain

MOST_OPTIONS = 200
"""From more agencies on, the picker is searched instead of being sent whole with every click."""

_NOW = "frame.now"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The choices that hold for the page being drawn. Without any stored result, agency and year are None."""

    language: str
    say: Say
    agency_id: int | None
    agency: str
    fiscal_year: int | None
    pages: Mapping[str, Any]

    @property
    def palette(self) -> Palette:
        return DARK if st.context.theme.type == "dark" else LIGHT

    @property
    def previous_year(self) -> int | None:
        """The newest year before the chosen one that the agency has a result of."""
        if self.agency_id is None or self.fiscal_year is None:
            return None
        return next((year for year in cache.years(self.agency_id) if year < self.fiscal_year), None)

    def show_nothing_yet(self) -> None:
        """What a page says while there is no result to show, with the way to one."""
        st.title(self.say("frame.nothing_title"), anchor=False)
        st.markdown(self.say("frame.nothing_text"))
        with st.container(horizontal=True):
            st.page_link(self.pages["upload"], label=self.say("frame.to_upload"), icon=":material/upload_file:")
            st.page_link(self.pages["overview"], label=self.say("frame.to_overview"), icon=":material/home:")


def show(pages: Mapping[str, Any]) -> None:
    """Draw the frame and set what `now` gives."""
    cache.look()
    chosen = address.language()
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="frame.row"):
        example = st.empty()
        agency_id, agency = _agency(chosen.say)
        fiscal_year = _fiscal_year(agency_id, chosen.say)
        _language(chosen)
    st.session_state[_NOW] = Frame(chosen.code, chosen.say, agency_id, agency, fiscal_year, pages)
    if agency_id is not None and fiscal_year is not None:
        stored = cache.result(agency_id, fiscal_year)
        if stored is not None and stored.upload.example:
            example.badge(
                chosen.say("frame.example"), icon=":material/science:", color="orange", help=chosen.say("frame.example_help")
            )


def now() -> Frame:
    """The frame of this run."""
    frame: Frame = st.session_state[_NOW]
    return frame


def go_to(agency_id: int, fiscal_year: int) -> None:
    """Choose agency and year for the next run: what was just stored is what is looked at."""
    st.session_state["frame.next"] = (agency_id, fiscal_year)


def _agency(say: Say) -> tuple[int | None, str]:
    key = "frame.agency"
    upcoming = st.session_state.pop("frame.next", None)
    if upcoming is not None:
        st.session_state[key], st.session_state["frame.year"] = upcoming
    count = cache.agency_count()
    if not count:
        return None, ""
    address.start(key, _known_agency, cache.store().newest_agency_id())
    searched = _searched(key) if count > MOST_OPTIONS else ""
    found = cache.agencies(searched, MOST_OPTIONS)
    names = dict(zip(found["agency_id"].tolist(), found["name"], strict=True))
    current = st.session_state[key]
    if current not in names:
        known = cache.store().agency(current) if isinstance(current, int) else None
        if known is None:
            current = cache.store().newest_agency_id()
            known = cache.store().agency(current) if current is not None else None
            st.session_state[key] = current
        if known is not None:
            names = {known.agency_id: known.name, **names}
    if count > MOST_OPTIONS:
        st.selectbox(
            say("frame.agency"), list(names), format_func=lambda option: names.get(option, str(option)), key=key,
            accept_new_options=True, width=420, label_visibility="collapsed", placeholder=say("frame.agency_search", count=f"{count:,}"),
        )  # fmt: skip
        if searched:
            note(say("frame.agency_found", count=len(found), text=plain(searched)))
    else:
        st.selectbox(say("frame.agency"), list(names), format_func=names.__getitem__, key=key, width=360, label_visibility="collapsed")
    agency_id = int(st.session_state[key])
    address.keep(key, str(agency_id))
    return agency_id, names[agency_id]


def _searched(key: str) -> str:
    """The text typed into the picker, if any: a single match is chosen at once, more become the options."""
    typed = st.session_state[key]
    if isinstance(typed, str):
        found = cache.agencies(typed, MOST_OPTIONS)
        st.session_state["frame.searched"] = typed if len(found) else ""
        last = st.session_state.get("frame.last_agency", cache.store().newest_agency_id())
        st.session_state[key] = int(found["agency_id"].iloc[0]) if len(found) else last
    st.session_state["frame.last_agency"] = st.session_state[key]
    return str(st.session_state.get("frame.searched", ""))


def _known_agency(text: str) -> int | None:
    known = cache.store().agency(int(text)) if text.isdecimal() and len(text) < 10 else None
    return None if known is None else known.agency_id


def _fiscal_year(agency_id: int | None, say: Say) -> int | None:
    if agency_id is None:
        return None
    key = "frame.year"
    years = cache.years(agency_id)
    if not years:
        return None
    address.start(key, lambda text: next((year for year in years if str(year) == text), None), years[0])
    if st.session_state[key] not in years:
        st.session_state[key] = years[0]
    st.selectbox(
        say("frame.year"), years, format_func=lambda year: say("frame.of_year", year=year), key=key, width=210,
        label_visibility="collapsed",
    )  # fmt: skip
    address.keep(key, str(st.session_state[key]))
    return int(st.session_state[key])


def _language(chosen: address.Language) -> None:
    key = "frame.language"
    address.start(key, lambda text: text if text in LANGUAGES else None, chosen.code)
    st.segmented_control(
        chosen.say("frame.language"), LANGUAGES, format_func=lambda code: {"th": "ไทย", "en": "EN"}[code], key=key,
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    address.keep(key, None if chosen.code == LANGUAGES[0] else chosen.code)
