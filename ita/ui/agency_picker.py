"""Choosing an agency: from a list while there are few, by typing part of a name once there are many."""

from __future__ import annotations

import streamlit as st

from ita.text import Say
from ita.ui import address, cache
from ita.ui.escape import note, plain

KEY = "frame.agency"
MOST_OPTIONS = 200
"""More agencies than this are not sent with every click: the list holds what was searched for."""

_SEARCHED, _LAST = "frame.agency_searched", "frame.agency_last"


def show(say: Say) -> tuple[int | None, str]:
    """Draw the picker; id and name of the chosen agency, or None and "" while nothing is stored."""
    newest = cache.newest_agency_id()
    if newest is None:
        return None, ""
    address.start(KEY, _stored, newest)
    _take_typed()
    agency_id: int = _stored(str(st.session_state[KEY])) or newest
    st.session_state[KEY] = st.session_state[_LAST] = agency_id
    count = cache.agency_count()
    searched = st.session_state.get(_SEARCHED, "") if count > MOST_OPTIONS else ""
    names = {agency_id: cache.agency_name(agency_id), **cache.agency_names(searched, MOST_OPTIONS)}
    st.selectbox(
        say("frame.agency"),
        list(names),
        format_func=lambda option: names.get(option, str(option)),
        key=KEY,
        accept_new_options=count > MOST_OPTIONS,
        placeholder=say("frame.agency"),
        label_visibility="collapsed",
        width=340,
    )
    if searched:
        note(say("frame.agency_found", count=len(cache.agency_names(searched, MOST_OPTIONS)), text=plain(searched)))
    elif count > MOST_OPTIONS:
        note(say("frame.agency_search", count=f"{count:,}"))
    address.keep(KEY, str(agency_id))
    return agency_id, names[agency_id]


def _take_typed() -> None:
    """What was typed becomes the search; its best match is chosen at once, the others are offered."""
    typed = st.session_state[KEY]
    if isinstance(typed, str):
        found = cache.agency_names(typed, MOST_OPTIONS)
        st.session_state[_SEARCHED] = typed if found else ""
        st.session_state[KEY] = next(iter(found), st.session_state[_LAST])


def _stored(text: str) -> int | None:
    """The agency with this id in the address, if there is a result of it and the person here may see it."""
    if not text.isdecimal() or len(text) >= 10 or not cache.may_see(int(text)):
        return None
    return int(text) if cache.years(int(text)) else None
