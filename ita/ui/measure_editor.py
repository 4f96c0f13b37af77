"""Editing measures in the table itself: every edit is saved at once, and an edit of what somebody else has changed
meanwhile is shown beside theirs instead of being saved or lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ita import thai
from ita.assessment import Assessment
from ita.measures import STATUSES
from ita.sentences import indicator_name
from ita.store import MeasureChange, StaleEdit
from ita.ui import cache
from ita.ui.escape import plain
from ita.ui.frame import Frame
from ita.ui.pictures import score_word, state_word

KEY = "measures.editor"
ORDER = (
    "indicator",
    "score",
    "title",
    "status",
    "ends",
    "responsible",
    "period_text",
    "steps",
    "result",
    "suggestion",
)
TYPED = ("title", "steps", "responsible", "period_text", "result", "suggestion")

_SEEN, _DELETING, _STALE, _ROUND = "measures.seen", "measures.deleting", "measures.stale", "measures.round"


def save_edits(here: Frame) -> None:
    """Save what was typed into the table since it was last drawn; call before reading the measures."""
    state, seen = st.session_state.get(KEY), st.session_state.get(_SEEN)
    if not state or not seen:
        return
    if state["deleted_rows"]:
        st.session_state[_DELETING] = [seen[place] for place in state["deleted_rows"]]
    changes = []
    for place, edits in state["edited_rows"].items():
        measure_id, version = seen[int(place)]
        changes.append(MeasureChange(measure_id, version, with_period(edits, here.fiscal_year)))
    if changes:
        stale = cache.store().apply_measures(changes)
        cache.look()
        st.session_state[_STALE] = [*st.session_state.get(_STALE, []), *stale]
        if len(stale) < len(changes):
            st.toast(here.say("measures.saved"), icon=":material/check:")
        # The table that these edits belong to is not drawn again: they must not be saved twice.
        del st.session_state[_SEEN]


def with_period(values: Mapping[str, Any], answered_year: int | None) -> dict[str, Any]:
    """Edited values with empty texts for None, and the dates that a typed period means.

    A measure answers a year's result in the year after it: a period without a year is taken to mean that one.
    """
    changes = {column: "" if value is None and column in TYPED else value for column, value in values.items()}
    if "period_text" in changes:
        period = thai.period(changes["period_text"], None if answered_year is None else answered_year + 1)
        changes |= {"period_start": period.start, "period_end": period.end}
    return changes


def show(here: Frame, judged: Assessment, measures: pd.DataFrame) -> None:
    """The measures (as `cache.measures` gives them) as a table to edit; rows can be marked for deletion."""
    say = here.say
    scores = judged.indicators.set_index("indicator")["score"]
    editable = measures[["indicator", *TYPED, "status", "measure_id", "version"]].copy()
    editable.insert(1, "score", [score_word(scores.get(number), judged, say) for number in measures["indicator"]])
    editable["ends"] = [
        "" if pd.isna(end) else (f"{state_word('overdue', say)} " if late else "") + thai.date_text(end.date())
        for end, late in zip(measures["period_end"], measures["overdue"], strict=True)
    ]
    editable["round"] = st.session_state.get(_ROUND, 0)
    st.session_state[_SEEN] = list(zip(measures["measure_id"].tolist(), measures["version"].tolist(), strict=True))
    config = st.column_config
    st.data_editor(
        editable.reset_index(drop=True),
        key=KEY,
        hide_index=True,
        num_rows="delete",
        height="content",
        disabled=["score", "ends"],
        row_height=76,
        column_order=ORDER,
        column_config={
            "indicator": config.SelectboxColumn(
                say("column.indicator"),
                options=[indicator.number for indicator in judged.rules.indicators],
                format_func=lambda number: indicator_name(judged.rules, int(number), here.language),
                width=205,
                required=True,
            ),
            "score": config.TextColumn(say("column.score"), width=80),
            "title": config.TextColumn(say("column.title"), required=True, width=300),
            "status": config.SelectboxColumn(
                say("column.status"),
                options=STATUSES,
                format_func=lambda status: state_word(status, say),
                required=True,
                width=150,
            ),
            "ends": config.TextColumn(say("column.ends"), help=say("measures.ends_help"), width=110),
            "responsible": config.TextColumn(say("column.responsible"), width=150),
            "period_text": config.TextColumn(say("column.period"), help=say("measures.period_help"), width=150),
            "steps": config.TextColumn(say("column.steps"), width=300),
            "result": config.TextColumn(say("column.result_text"), width=300),
            "suggestion": config.TextColumn(say("column.suggestion"), width="medium"),
        },
    )


def ask_about_deletion(here: Frame, measures: pd.DataFrame) -> None:
    """Rows marked for deletion go only when that is confirmed."""
    marked = st.session_state.get(_DELETING)
    if not marked:
        return
    say = here.say
    titles = measures.set_index("measure_id")["title"]
    with st.container(border=True):
        st.markdown(f"**{say('measures.delete_question', count=len(marked))}**")
        for measure_id, _ in marked:
            st.markdown(f"- {plain(titles.get(measure_id, ''))}")
        with st.container(horizontal=True):
            if st.button(say("measures.delete_yes"), key="measures.delete_confirm", type="primary"):
                stale = cache.store().apply_measures(
                    [MeasureChange(measure_id, version, delete=True) for measure_id, version in marked]
                )
                st.session_state[_STALE] = [*st.session_state.get(_STALE, []), *stale]
                _forget_marks()
            if st.button(say("measures.delete_no"), key="measures.delete_cancel"):
                _forget_marks()


def ask_about_stale(here: Frame, rules: Any) -> None:
    """Edits that came too late, each beside what is stored now: the person who made it chooses."""
    say = here.say
    waiting: list[StaleEdit] = st.session_state.get(_STALE, [])
    for place, edit in enumerate(waiting):
        with st.container(border=True):
            if edit.stored is None or edit.deleted:
                st.markdown(f"**{say('measures.stale_deleted')}**")
            else:
                st.markdown(f"**{say('measures.stale', title=plain(edit.stored['title']))}**")
            yours, stored = st.columns(2)
            yours.markdown(say("measures.stale_yours"))
            stored.markdown(say("measures.stale_stored"))
            for column in (name for name in edit.yours if name not in ("period_start", "period_end")):
                yours.text(f"{_heading(column, say)}: {_shown(column, edit.yours[column], here, rules)}")
                value = None if edit.stored is None else edit.stored[column]
                stored.text(f"{_heading(column, say)}: {_shown(column, value, here, rules)}")
            with st.container(horizontal=True):
                if not edit.deleted and st.button(say("measures.stale_use_yours"), key=f"measures.stale_yours.{place}"):
                    _save_over(edit)
                    _settled(edit)
                if st.button(say("measures.stale_use_stored"), key=f"measures.stale_stored.{place}"):
                    _settled(edit)


def _save_over(edit: StaleEdit) -> None:
    """Save an edit onto the version it was just shown beside; if that moved again, it is asked again."""
    assert edit.stored is not None
    change = MeasureChange(edit.measure_id, int(str(edit.stored["version"])), edit.yours, delete=not edit.yours)
    st.session_state[_STALE] = [*st.session_state[_STALE], *cache.store().apply_measures([change])]


def _settled(edit: StaleEdit) -> None:
    st.session_state[_STALE] = [other for other in st.session_state[_STALE] if other is not edit]
    st.rerun()


def _forget_marks() -> None:
    del st.session_state[_DELETING]
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state.pop(_SEEN, None)
    st.rerun()


def _heading(column: str, say: Any) -> str:
    return str(say({"result": "column.result_text", "period_text": "column.period"}.get(column, f"column.{column}")))


def _shown(column: str, value: Any, here: Frame, rules: Any) -> str:
    if value is None or value == "":
        return "–"
    if column == "status":
        return state_word(value, here.say)
    return indicator_name(rules, int(value), here.language) if column == "indicator" else str(value)
