"""Editing measures in the table itself: an edit is saved at once, and rows are ticked for what is done together."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ita.assessment import Assessment
from ita.measures import STATUSES
from ita.sentences import (
    day_text,
    indicator_name,
    indicator_names,
    measure_heading,
    score_word,
    state_with_percent,
    state_word,
)
from ita.store import MeasureChange
from ita.ui import paper
from ita.ui.frame import Frame
from ita.ui.measure_changes import TYPED, save, some_unsaved, with_period
from ita.ui.pictures import show_table

KEY = "measures.editor"
SELECT = "select"
ORDER = (
    SELECT,
    "indicator",
    "score",
    "title",
    "status",
    "percent",
    "ends",
    "responsible",
    "period_text",
    "steps",
    "result",
    "evidence",
    "budget",
    "suggestion",
)
FIGURES = ("percent", "budget")

_DRAWN, _ROUND, _SELECTED = "measures.drawn", "measures.round", "measures.ticked"


@dataclass(slots=True)
class _Drawn:
    """The table as it was last drawn: its key, id and version of each row, and the edits in it that were dealt with.

    The table keeps its key, and with it its cursor and whatever is being typed, as long as it shows the same measures.
    """

    key: str
    rows: list[tuple[int, int]]
    done: dict[int, dict[str, Any]] = field(default_factory=dict)
    under: pd.DataFrame | None = None
    """What the browser lays the edits over."""

    def frame(self, stored: pd.DataFrame) -> pd.DataFrame:
        """What to draw for what is `stored`: the same as last time while, with the edits over it, it says that.

        Of a table that is drawn anew the browser forgets the edits, also those that it has not sent yet.
        """
        if self.under is not None:
            but_edited = stored.copy()
            for place, row in self._typed().items():
                but_edited.loc[int(place), list(row)] = self.under.loc[int(place), list(row)]
            if but_edited.equals(self.under):
                return self.under
        self.under = stored
        return stored

    def new_edits(self) -> dict[int, dict[str, Any]]:
        """What was typed and not yet dealt with, by row."""
        edits = {
            int(place): {name: value for name, value in row.items() if (name, value) not in self._done(place)}
            for place, row in self._typed().items()
        }
        return {place: row for place, row in edits.items() if row}

    def deal_with(self, edits: Mapping[int, Mapping[str, Any]]) -> None:
        """Take what `new_edits` gave for dealt with."""
        for place, row in edits.items():
            self.done.setdefault(place, {}).update(row)

    def _typed(self) -> Mapping[Any, Mapping[str, Any]]:
        edits: Mapping[Any, Mapping[str, Any]] = st.session_state.get(self.key, {}).get("edited_rows", {})
        return edits

    def _done(self, place: Any) -> Any:
        return self.done.get(int(place), {}).items()

    def count_saved(self, measure_ids: AbstractSet[int]) -> None:
        """Move the versions of measures that were just saved, so that the next edit of one is not taken for stale."""
        self.rows = [(one, version + (one in measure_ids)) for one, version in self.rows]

    def hides(self, shown: pd.DataFrame) -> bool:
        """Whether an edit that the table still shows is not what is stored (any more)."""
        return any(
            name != SELECT and not _same("" if value is None and name in TYPED else value, shown.iloc[place][name])
            for place, row in self.done.items()
            for name, value in row.items()
        )


def save_edits(here: Frame) -> None:
    """Save what was typed into the table since it was last drawn, and what waits; call before reading the measures."""
    drawn: _Drawn | None = st.session_state.get(_DRAWN)
    if drawn is None:  # of a table that is not on the screen any more, everything was dealt with
        if some_unsaved():
            save(here, [])
        return
    ticked, new = selected(), drawn.new_edits()
    changes = []
    for place, edits in new.items():
        measure_id, version = drawn.rows[place]
        if (tick := edits.get(SELECT)) is not None:
            (ticked.add if tick else ticked.discard)(measure_id)
        if typed := {name: value for name, value in edits.items() if name != SELECT}:
            changes.append(MeasureChange(measure_id, version, with_period(typed, here.fiscal_year)))
    if changes or some_unsaved():
        save(here, changes, held=partial(drawn.deal_with, new), count_saved=drawn.count_saved)
    else:
        drawn.deal_with(new)


def selected() -> set[int]:
    """The measures that are ticked in the table."""
    ticked: set[int] = st.session_state.setdefault(_SELECTED, set())
    return ticked


def select_none() -> None:
    """Untick every measure."""
    selected().clear()
    st.session_state.pop(_DRAWN, None)


def show(here: Frame, judged: Assessment, measures: pd.DataFrame) -> None:
    """The measures (as `cache.measures` gives them) as a table to edit, with a box before each.

    Who may not edit them gets a table to read.
    """
    say = here.say
    editable = measures[["indicator", *TYPED, "status", *FIGURES]].copy()
    scores = judged.scores
    editable.insert(1, "score", [score_word(scores.get(number), judged, say) for number in measures["indicator"]])
    editable["ends"] = [
        "" if pd.isna(end) else (f"{state_word('overdue', say)} " if late else "") + day_text(end.date(), say)
        for end, late in zip(measures["period_end"], measures["overdue"], strict=True)
    ]
    editable[SELECT] = measures["measure_id"].isin(selected())
    names = indicator_names(judged.rules, here.language)
    printed = editable[[name for name in ORDER if name not in (SELECT, *FIGURES, "evidence")]].assign(
        indicator=[names.get(number, "") for number in measures["indicator"]],
        status=[
            state_with_percent(status, percent, say)
            for status, percent in zip(measures["status"], measures["percent"], strict=True)
        ],
        result=[
            "\n".join(part for part in parts if part)
            for parts in zip(measures["result"], measures["evidence"], strict=True)
        ],
    )
    columns = _columns(here, judged)
    looks: dict[str, Any] = {"height": "content", "row_height": 76}
    if not here.may_edit:
        as_text = st.column_config.TextColumn
        read = {name: as_text(measure_heading(name, here.say), width=columns[name]["width"]) for name in printed}
        show_table(printed, read, key="measures.table", **looks)
        return
    drawn = _drawn(measures)
    st.data_editor(
        drawn.frame(editable.reset_index(drop=True)),
        key=drawn.key,
        hide_index=True,
        num_rows="fixed",
        disabled=["score", "ends"],
        placeholder=paper.MISSING,
        column_order=ORDER,
        column_config=columns,
        **looks,
    )
    paper.show_table(printed, {name: {"label": measure_heading(name, here.say)} for name in printed})


def _columns(here: Frame, judged: Assessment) -> dict[str, Any]:
    """How each column of the table looks, and what can be typed into it."""
    say, config = here.say, st.column_config
    return {
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
        "percent": config.NumberColumn(say("column.percent"), min_value=0, max_value=100, step=1, width=105),
        "evidence": config.TextColumn(say("column.evidence"), width=180),
        "budget": config.NumberColumn(
            say("column.budget"), min_value=0, format="localized", help=say("measures.budget_help"), width=130
        ),
        SELECT: config.CheckboxColumn(say("measures.select"), width=75),
    }


def _drawn(measures: pd.DataFrame) -> _Drawn:
    """The table to draw these measures in: the last one while that keeps what is typed and hides nothing stored."""
    rows = list(zip(measures["measure_id"].tolist(), measures["version"].tolist(), strict=True))
    drawn: _Drawn | None = st.session_state.get(_DRAWN)
    if drawn is None or [one for one, _ in drawn.rows] != [one for one, _ in rows] or drawn.hides(measures):
        number = st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        drawn = st.session_state[_DRAWN] = _Drawn(KEY if number == 1 else f"{KEY}.{number}", rows)
    drawn.rows = rows
    return drawn


def _same(typed: Any, stored: Any) -> bool:
    return bool(pd.isna(stored)) if typed is None else bool(pd.notna(stored) and typed == stored)
