"""One measure with everything that is kept of it, to read and to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from ita import history, sentences
from ita.assessment import Assessment
from ita.measures import STATUSES
from ita.sentences import state_word
from ita.store import MeasureChange
from ita.ui import cache, measure_changes
from ita.ui.escape import plain
from ita.ui.frame import Frame
from ita.ui.trouble import told_over

COLUMNS = (
    "title",
    "indicator",
    "status",
    "percent",
    "responsible",
    "period_text",
    "budget",
    "steps",
    "result",
    "evidence",
    "suggestion",
)
_KINDS: dict[str, Callable[[Any], Any]] = {"indicator": int, "percent": int, "budget": float}


def open_of(here: Frame, judged: Assessment, measure: pd.Series[Any]) -> None:
    """Show a measure, a row of `cache.measures`, over the page: to change, or to read for who may not edit it."""
    show = _form if here.may_edit else _read
    st.dialog(here.say("measures.sheet"), width="large")(show)(here, judged, measure)


def _read(here: Frame, judged: Assessment, measure: pd.Series[Any]) -> None:
    """What is stated of the measure, each under its heading."""
    st.markdown(f"**{plain(measure['title'])}**")
    names = sentences.indicator_names(judged.rules, here.language)
    words = {name: sentences.measure_word(name, measure[name], here.say, names) for name in COLUMNS[1:]}
    stated = [(name, word) for name, word in words.items() if word != sentences.NOT_STATED]
    left, right = st.columns(2, gap="medium")
    for number, (name, word) in enumerate(stated):
        lines = "  \n".join(map(plain, word.splitlines()))
        (right if number % 2 else left).markdown(
            f":small[:gray[{sentences.measure_heading(name, here.say)}]]  \n{lines}"
        )
    _show_history(here, judged, int(measure["measure_id"]))


@told_over
def _form(here: Frame, judged: Assessment, measure: pd.Series[Any]) -> None:
    stated = measure[list(COLUMNS)].dropna()
    shown = dict.fromkeys(COLUMNS) | {name: _KINDS.get(str(name), str)(value) for name, value in stated.items()}
    with st.form("measures.sheet", border=False):
        values = fields(here, judged, shown, key="measures.sheet")
        asked = st.form_submit_button(here.say("measures.sheet_save"), key="measures.sheet_save", type="primary")
    _show_history(here, judged, int(measure["measure_id"]))
    if not asked:
        return
    changes = {column: value for column, value in values.items() if value != shown[column]}
    if not values["title"].strip():
        st.error(here.say("measures.title_missing"), icon=":material/error:")
        return
    if changes:
        changes = measure_changes.with_period(changes, here.fiscal_year)
        measure_changes.save(here, [MeasureChange(int(measure["measure_id"]), int(measure["version"]), changes)])
    st.rerun()


def _show_history(here: Frame, judged: Assessment, measure_id: int) -> None:
    """What was done to the measure, when and by whom, for who opens it."""
    assert here.agency_id is not None
    changes = cache.measure_changes(here.agency_id, judged.fiscal_year)
    words = history.change_words(
        changes[changes["measure_id"] == measure_id], sentences.indicator_names(judged.rules, here.language), here.say
    )
    lines = history.change_lines(words, here.say)
    label = here.say("measures.sheet_history", count=len(lines))
    with st.expander(label, key="measures.sheet_history", icon=":material/history:"):
        for change, parts in lines:
            st.markdown("  \n".join([f"**{plain(change)}**", *map(plain, parts)]))


def fields(here: Frame, judged: Assessment, shown: dict[str, Any], *, key: str) -> dict[str, Any]:
    """A control for each column of a measure, beginning with what is `shown`; returns what they hold, by column."""
    say = here.say
    numbers = [indicator.number for indicator in judged.rules.indicators]
    title = st.text_input(say("column.title"), shown["title"], key=f"{key}_title")
    left, right = st.columns([3, 2])
    indicator = left.selectbox(
        say("column.indicator"),
        numbers,
        index=numbers.index(shown["indicator"]) if shown["indicator"] in numbers else None,
        format_func=lambda number: sentences.indicator_name(judged.rules, number, here.language),
        key=f"{key}_indicator",
        placeholder=say("measures.no_indicator"),
    )
    responsible = right.text_input(say("column.responsible"), shown["responsible"], key=f"{key}_responsible")
    status_place, percent_place, period_place, budget_place = st.columns([3, 2, 3, 3])
    status = status_place.selectbox(
        say("column.status"),
        STATUSES,
        index=STATUSES.index(shown["status"]),
        format_func=lambda code: state_word(code, say),
        key=f"{key}_status",
    )
    percent = percent_place.number_input(say("column.percent"), 0, 100, shown["percent"], key=f"{key}_percent")
    period = period_place.text_input(
        say("column.period"),
        shown["period_text"],
        key=f"{key}_period",
        placeholder=say("measures.period_example"),
        help=say("measures.period_help"),
    )
    budget = budget_place.number_input(
        say("column.budget"),
        0.0,
        None,
        shown["budget"],
        step=100.0,
        format="%.0f",
        key=f"{key}_budget",
        placeholder=say("measures.budget_unstated"),
        help=say("measures.budget_help"),
    )
    left, right = st.columns(2)
    steps = left.text_area(say("column.steps"), shown["steps"], key=f"{key}_steps", height=110)
    result = right.text_area(say("column.result_text"), shown["result"], key=f"{key}_result", height=110)
    evidence = left.text_input(
        say("column.evidence"), shown["evidence"], key=f"{key}_evidence", placeholder=say("measures.evidence_example")
    )
    suggestion = right.text_input(say("column.suggestion"), shown["suggestion"], key=f"{key}_suggestion")
    return {
        "title": title,
        "indicator": indicator,
        "status": status,
        "percent": percent,
        "responsible": responsible,
        "period_text": period,
        "budget": budget,
        "steps": steps,
        "result": result,
        "evidence": evidence,
        "suggestion": suggestion,
    }
