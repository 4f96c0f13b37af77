"""What is kept of whom, where, how long and who sees it; and the way to have a person's name removed from it."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from ita.ui import cache, sign_in, writing
from ita.ui.escape import plain
from ita.ui.frame import Frame, now

KEPT = ("results", "uploads", "measures", "meetings", "log")
COLUMNS = {"what": "", "from": "_from", "person": "_person", "until": "_until"}
"""Columns of the table of what is kept, and how their texts' keys end."""


def show_kept(here: Frame) -> None:
    """Every kind of data: where it comes from, whom it may name, how long it stays."""
    rows = [
        {
            plain(here.say(f"privacy.column_{name}")): plain(here.say(f"privacy.{kind}{end}"))
            for name, end in COLUMNS.items()
        }
        for kind in KEPT
    ]
    st.subheader(here.say("privacy.kept"), anchor=False)
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")


def show_text(here: Frame, name: str, *texts: str) -> None:
    """A heading and what is below it."""
    st.subheader(here.say(f"privacy.{name}"), anchor=False)
    st.markdown("\n\n".join(here.say(f"privacy.{text}") for text in texts))


def in_words(here: Frame, counts: Mapping[str, int]) -> str:
    """Where a person is named, and how often."""
    return " · ".join(here.say(f"privacy.place_{kind}", count=count) for kind, count in counts.items() if count)


def offer_forgetting(here: Frame) -> None:
    """Find a person's name in all that is kept, and remove it once that is confirmed."""
    say = here.say
    st.subheader(say("privacy.forget"), anchor=False)
    st.markdown(say("privacy.forget_text", mark=say("privacy.mark")))
    person = st.text_input(say("privacy.person"), key="privacy.person", width=420).strip()
    if not person:
        return
    try:
        counts = cache.mentions(person)
    except ValueError:
        st.warning(say("privacy.too_short"), icon=":material/short_text:")
        return
    if not any(counts.values()):
        st.info(say("privacy.nowhere"), icon=":material/search_off:")
        return
    st.markdown(say("privacy.found", places=in_words(here, counts)))
    backups = cache.backups()
    made = 0 if backups is None else len(backups.listed())
    renew = made and st.checkbox(say("privacy.renew_backups", count=made), value=True, key="privacy.renew_backups")
    if st.button(say("privacy.confirm"), key="privacy.confirm", type="primary", icon=":material/person_remove:"):
        told = say("privacy.forgotten", places=in_words(here, writing.forget_person(person, say("privacy.mark"))))
        st.session_state["privacy.forgotten"] = told  # already here: renewing the backups may meet trouble
        if renew:
            st.session_state["privacy.forgotten"] += " · " + say("privacy.renewed", count=writing.renew_backups())
        st.rerun()


here = now()
st.title(here.say("privacy.title"), anchor=False)
st.markdown(here.say("privacy.text"))
show_kept(here)
show_text(here, "where", f"where_{cache.database_kind()}", "where_not")
show_text(here, "who", "who_open" if sign_in.access() is None else "who_signed_in", "who_machine")
show_text(here, "delete", "delete_text")
if told := st.session_state.pop("privacy.forgotten", ""):
    st.success(told, icon=":material/check:")
if here.may_manage:
    offer_forgetting(here)
