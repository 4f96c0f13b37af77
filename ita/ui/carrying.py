"""Last year's measures taken along into the new year, as far as they are wanted."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ita.assessment import Assessment
from ita.measures import AT_WORK, carried_over
from ita.sentences import state_word
from ita.ui import cache, paper, writing
from ita.ui.frame import Frame
from ita.ui.trouble import told_over


def offer(here: Frame, judged: Assessment, measures: pd.DataFrame) -> None:
    """The button that shows last year's measures which this year has not yet: where some are unfinished, or all new.

    There is none for who may not edit.
    """
    agency_id, year = here.agency_id, here.previous_year
    if agency_id is None or year is None or not here.may_edit:
        return
    before = cache.measures(agency_id, year)
    left = before[~before["measure_id"].isin(measures["carried_from"].dropna())].reset_index(drop=True)
    wanted = measures.empty or left["status"].isin(AT_WORK).any()
    if (
        len(left)
        and wanted
        and st.button(here.say("measures.carry", year=year), key="measures.carry", icon=":material/redo:")
    ):
        st.dialog(here.say("measures.carry", year=year), width="large")(_choose)(here, agency_id, judged, left)


@told_over
def _choose(here: Frame, agency_id: int, judged: Assessment, left: pd.DataFrame) -> None:
    say, config = here.say, st.column_config
    st.markdown(say("measures.carry_about"))
    listed = pd.DataFrame(
        {
            "select": left["status"].isin(AT_WORK),
            "indicator": left["indicator"],
            "title": left["title"],
            "state": [state_word(state, say) for state in left["state"]],
        }
    )
    chosen = st.data_editor(
        listed,
        key="measures.carry_list",
        hide_index=True,
        placeholder=paper.MISSING,
        disabled=["indicator", "title", "state"],
        column_config={
            "select": config.CheckboxColumn(say("measures.select"), width=60),
            "indicator": config.NumberColumn(say("column.number"), width=80),
            "title": config.TextColumn(say("column.title"), width=430),
            "state": config.TextColumn(say("column.status"), width=150),
        },
    )
    wanted = left[chosen["select"].to_numpy()]
    if st.button(
        say("measures.carry_save", count=len(wanted)),
        key="measures.carry_save",
        type="primary",
        disabled=wanted.empty,
    ):
        known = [indicator.number for indicator in judged.rules.indicators]
        carried = carried_over(wanted, known).astype(object)
        records = carried.where(carried.notna(), None).to_dict("records")
        added = writing.add_measures(agency_id, judged.fiscal_year, records)
        st.toast(say("measures.carried", count=len(added)), icon=":material/check:")
        st.rerun()
