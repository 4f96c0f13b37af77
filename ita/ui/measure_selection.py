"""What is done to several measures at once: those that were ticked in the table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ita.assessment import Assessment
from ita.measures import STATUSES
from ita.sentences import state_word
from ita.store import MeasureChange
from ita.ui import measure_changes, measure_editor, measure_sheet
from ita.ui.escape import plain
from ita.ui.frame import Frame
from ita.ui.waiting import action

_BULK = {column: f"measures.bulk_{column}" for column in ("status", "percent", "responsible")}
MOST_TITLES = 6
"""Titles of chosen measures that are named; the rest is counted."""


def show(here: Frame, judged: Assessment, measures: pd.DataFrame) -> None:
    """The ticked measures with all that can be done to them together; nothing where none is ticked."""
    chosen = measures[measures["measure_id"].isin(measure_editor.selected())]
    if chosen.empty:
        return
    say = here.say
    which = list(zip(chosen["measure_id"].tolist(), chosen["version"].tolist(), strict=True))
    with st.container(border=True, key="measures.selection"):
        st.markdown(f"**{say('measures.selected', count=len(chosen))}**")
        for title in chosen["title"].head(MOST_TITLES):
            st.markdown(f"- {plain(title)}")
        if len(chosen) > MOST_TITLES:
            st.markdown(f"- {say('measures.selected_more', count=len(chosen) - MOST_TITLES)}")
        with st.form("measures.bulk", border=False):
            status_place, percent_place, unit_place, save_place = st.columns([3, 2, 4, 2], vertical_alignment="bottom")
            unchanged = say("measures.unchanged")
            status_place.selectbox(
                say("column.status"),
                STATUSES,
                index=None,
                format_func=lambda code: state_word(code, say),
                key=_BULK["status"],
                placeholder=unchanged,
            )
            percent_place.number_input(say("column.percent"), 0, 100, None, key=_BULK["percent"], placeholder=unchanged)
            unit_place.text_input(say("column.responsible"), key=_BULK["responsible"], placeholder=unchanged)
            save_place.form_submit_button(
                say("measures.bulk_save"),
                key="measures.bulk_save",
                on_click=_change_all,
                args=(here, which),
                type="primary",
                width="stretch",
            )
        with st.container(horizontal=True):
            if len(chosen) == 1 and st.button(
                say("measures.open_sheet"), key="measures.selected_open", icon=":material/open_in_full:"
            ):
                measure_sheet.open_of(here, judged, chosen.iloc[0])
            st.button(
                say("measures.delete_yes"),
                key="measures.delete_confirm",
                on_click=_delete,
                args=(here, which),
                icon=":material/delete:",
            )
            st.button(
                say("measures.unselect"),
                key="measures.delete_cancel",
                on_click=measure_editor.select_none,
                type="tertiary",
            )


# In callbacks, before anything is drawn: a run that is cut short while it draws forgets which button was pressed.


@action
def _change_all(here: Frame, which: list[tuple[int, int]]) -> None:
    typed = {column: st.session_state[key] for column, key in _BULK.items()}
    if wanted := {column: value for column, value in typed.items() if value not in (None, "")}:
        measure_changes.save(here, [MeasureChange(*one, wanted) for one in which])
        measure_editor.select_none()


@action
def _delete(here: Frame, which: list[tuple[int, int]]) -> None:
    measure_changes.save(here, [MeasureChange(*one, delete=True) for one in which])
    measure_editor.select_none()
