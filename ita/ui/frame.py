"""What stands above every page: whose result, of which year, in which language; and the page's way to ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ita import sentences
from ita.assessment import Assessment
from ita.charts import DARK, LIGHT, Palette
from ita.text import Say
from ita.ui import address, agency_picker, cache, gate, language_picker, sign_in
from ita.ui.escape import note

YEAR = "frame.year"
MANUAL = {"readme": "README.md", "chapter": "Sharing it safely"}
"""Where it is told how the dashboard is shared."""

_NOW, _NEXT, _BEFORE = "frame.now", "frame.next", "frame.before"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The choices that hold for the page being drawn. Without any stored result, agency and year are None."""

    language: str
    say: Say
    agency_id: int | None
    agency: str
    fiscal_year: int | None
    pages: Mapping[str, Any]
    page_before: str
    """The page that was shown before a meeting, by its name: to it a meeting goes back."""

    @property
    def palette(self) -> Palette:
        return DARK if st.context.theme.type == "dark" else LIGHT

    @property
    def assessment(self) -> Assessment | None:
        """The chosen result, judged; None while nothing is stored."""
        if self.agency_id is None or self.fiscal_year is None:
            return None
        return cache.assessment(self.agency_id, self.fiscal_year)

    @property
    def previous(self) -> Assessment | None:
        """The result of `previous_year`, judged."""
        if self.agency_id is None or self.previous_year is None:
            return None
        return cache.assessment(self.agency_id, self.previous_year)

    @property
    def whose(self) -> str:
        """Agency and year in words; "" while nothing is stored."""
        if self.fiscal_year is None:
            return ""
        return f"{self.agency} · {self.say('frame.of_year', year=self.fiscal_year)}"

    @property
    def source(self) -> str:
        """Where the figures on the page come from; "" while nothing is stored."""
        if self.agency_id is None or self.fiscal_year is None:
            return ""
        stored = cache.result(self.agency_id, self.fiscal_year)
        return "" if stored is None else sentences.source(stored, self.say)

    @property
    def previous_year(self) -> int | None:
        """The newest year before the chosen one that the agency has a result of."""
        if self.agency_id is None or self.fiscal_year is None:
            return None
        return next((year for year in cache.years(self.agency_id) if year < self.fiscal_year), None)

    @property
    def may_edit(self) -> bool:
        """Whether what belongs to the chosen agency may be changed."""
        return sign_in.person().may_edit(self.agency or None)

    @property
    def may_upload(self) -> bool:
        """Whether files may be brought in."""
        return sign_in.person().may_upload

    @property
    def may_manage(self) -> bool:
        """Whether what concerns every agency may be done."""
        return sign_in.person().may_manage(None)

    def show_nothing_yet(self) -> None:
        """What a page says while there is no result to show, with the way to one."""
        st.title(self.say("frame.nothing_title"), anchor=False)
        if not self.may_upload:
            st.markdown(self.say("access.nothing_to_see"))
            self.show_reading_only()
            return
        st.markdown(self.say("frame.nothing_text"))
        with st.container(horizontal=True):
            self.show_way_to_upload("frame.to_upload")
            st.page_link(self.pages["overview"], label=self.say("frame.to_overview"), icon=":material/home:")

    def show_way_to_upload(self, text: str) -> None:
        """A link, said by the text of that key, to where files are brought in; nothing for who may not."""
        if self.may_upload:
            st.page_link(self.pages["upload"], label=self.say(text), icon=":material/upload_file:")

    def show_reading_only(self) -> None:
        """One line on why nothing can be changed here; nothing for who may."""
        if not self.may_edit:
            note(self.say("access.reader") if sign_in.person().email else self.say("access.guest", **MANUAL))


def show(pages: Mapping[str, Any], page: str) -> None:
    """Draw the frame of a page, by its name in `pages`, and set what `now` gives."""
    cache.look()
    if (upcoming := st.session_state.pop(_NEXT, None)) is not None:
        st.session_state[agency_picker.KEY], st.session_state[YEAR], told = upcoming
        if told:
            st.toast(told, icon=":material/check:")
    chosen = address.language()
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="frame.row"):
        example = st.empty()
        agency_id, agency = agency_picker.show(chosen.say)
        fiscal_year = _fiscal_year(agency_id, chosen.say)
        language_picker.show(chosen)
        gate.show_person(sign_in.person(), chosen.say)
    if page != "meeting":
        st.session_state[_BEFORE] = page
    before = st.session_state.get(_BEFORE, "overview")
    st.session_state[_NOW] = Frame(chosen.code, chosen.say, agency_id, agency, fiscal_year, pages, before)
    # What lies over the page, as dialogs do, is drawn outside of Streamlit's own element, which alone has the scheme.
    st.html(f"<style>:root {{ color-scheme: {'dark' if now().palette is DARK else 'light'}; }}</style>")
    if agency_id is not None and fiscal_year is not None:
        stored = cache.result(agency_id, fiscal_year)
        if stored is not None and stored.upload.example:
            example.badge(
                chosen.say("frame.example"),
                icon=":material/science:",
                color="orange",
                help=chosen.say("frame.example_help"),
            )


def show_foot(privacy: Any) -> None:
    """What stands below a page: the way to what is kept of whom."""
    with st.container(horizontal_alignment="right", key="frame.foot"):
        st.page_link(privacy, icon=":material/shield_person:")


def now() -> Frame:
    """The frame of this run."""
    frame: Frame = st.session_state[_NOW]
    return frame


def go_to(agency_id: int, fiscal_year: int, *, told: str = "") -> None:
    """Choose agency and year for the next run, what was just stored, and say `told` there."""
    st.session_state[_NEXT] = (agency_id, fiscal_year, told)


def _fiscal_year(agency_id: int | None, say: Say) -> int | None:
    if agency_id is None:
        return None
    years = cache.years(agency_id)
    if not years:
        return None
    address.start(YEAR, lambda text: next((year for year in years if str(year) == text), None), years[0])
    if st.session_state[YEAR] not in years:
        st.session_state[YEAR] = years[0]
    st.selectbox(
        say("frame.year"),
        years,
        format_func=lambda year: say("frame.of_year", year=year),
        key=YEAR,
        width=210,
        label_visibility="collapsed",
    )
    address.keep(YEAR, str(st.session_state[YEAR]))
    return int(st.session_state[YEAR])
