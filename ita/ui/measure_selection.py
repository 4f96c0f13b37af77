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

MOST_TITLES = 6
"""Titles of chosen measures that are named; the rest is counted."""


def show(here: Frame, judged: Assessment, measures: pd.DataFrame) -> None:
    """The ticked measures with all that can be done to them together; nothing where none is ticked."""
    chosen = measures[measures["measure_id"].isin(measure_editor.selected())]
    if chosen.empty:
        return
    say = here.say
    with st.container(border=True, key="measures.selection"):
        st.markdown(f"**{say('measures.selected', count=len(chosen))}**")
        for title in chosen["title"].head(MOST_TITLES):
            st.markdown(f"- {plain(title)}")
        if len(chosen) > MOST_TITLES:
            st.markdown(f"- {say('measures.selected_more', count=len(chosen) - MOST_TITLES)}")
        with st.form("measures.bulk", border=False):
            status_place, percent_place, unit_place, save_place = st.columns([3, 2, 4, 2], vertical_alignment="bottom")
            status = status_place.selectbox(
                say("column.status"),
                STATUSES,
                index=None,
                format_func=lambda code: state_word(code, say),
                key="measures.bulk_status",
                placeholder=say("measures.unchanged"),
            )
            percent = percent_place.number_input(
                say("column.percent"),
                0,
                100,
                None,
                key="measures.bulk_percent",
                placeholder=say("measures.unchanged"),
            )
            responsible = unit_place.text_input(
                say("column.responsible"), key="measures.bulk_responsible", placeholder=say("measures.unchanged")
            )
            saved = save_place.form_submit_button(
                say("measures.bulk_save"), key="measures.bulk_save", type="primary", width="stretch"
            )
        with st.container(horizontal=True):
            opened = len(chosen) == 1 and st.button(
                say("measures.open_sheet"), key="measures.selected_open", icon=":material/open_in_full:"
            )
            deleted = st.button(say("measures.delete_yes"), key="measures.delete_confirm", icon=":material/delete:")
            dropped = st.button(say("measures.unselect"), key="measures.delete_cancel", type="tertiary")
    versions = measure_editor.drawn_versions()
    changes = {"status": status, "percent": percent, "responsible": responsible.strip() or None}
    wanted = {column: value for column, value in changes.items() if value is not None}
    if opened:
        measure_sheet.open_of(here, judged, chosen.iloc[0])
    if saved and wanted:
        measure_changes.save(here, [MeasureChange(one, versions[one], wanted) for one in chosen["measure_id"]])
    if deleted:
        measure_changes.save(here, [MeasureChange(one, versions[one], delete=True) for one in chosen["measure_id"]])
    if deleted or dropped or (saved and wanted):
        measure_editor.select_none()
        st.rerun()
