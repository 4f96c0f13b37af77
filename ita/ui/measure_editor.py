"""Editing measures in the table itself: every edit is saved at once, and an edit of what somebody else has changed
meanwhile is shown beside theirs instead of being saved or lost."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from ita import thai
from ita.assessment import Assessment
from ita.measures import STATUSES, work_year
from ita.sentences import indicator_name, score_word, state_word
from ita.store import MeasureChange, StaleEdit
from ita.ui import cache, paper, writing
from ita.ui.escape import plain
from ita.ui.frame import Frame
from ita.ui.pictures import show_table

KEY = "measures.editor"
REMOVE = "remove"
ORDER = (
    REMOVE,
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

_DELETING, _STALE, _DRAWN, _ROUND = "measures.deleting", "measures.stale", "measures.drawn", "measures.round"


@dataclass(slots=True)
class _Drawn:
    """The table as it was last drawn: its key, id and version of each row, and the edits in it that were dealt with.

    The table keeps its key, and with it its cursor and whatever is being typed, as long as it shows the same measures.
    """

    key: str
    rows: list[tuple[int, int]]
    done: dict[int, dict[str, Any]] = field(default_factory=dict)

    def new_edits(self) -> dict[int, dict[str, Any]]:
        """What was typed since it was last looked at, by row."""
        typed = st.session_state.get(self.key, {}).get("edited_rows", {})
        edits = {
            int(place): {name: value for name, value in row.items() if (name, value) not in self._done(place)}
            for place, row in typed.items()
        }
        for place, row in edits.items():
            self.done.setdefault(place, {}).update(row)
        return {place: row for place, row in edits.items() if row}

    def _done(self, place: Any) -> Any:
        return self.done.get(int(place), {}).items()

    def count_saved(self, measure_ids: AbstractSet[int]) -> None:
        """Move the versions of measures that were just saved, so that the next edit of one is not taken for stale."""
        self.rows = [(one, version + (one in measure_ids)) for one, version in self.rows]

    def hides(self, shown: pd.DataFrame) -> bool:
        """Whether an edit that the table still shows is not what is stored (any more)."""
        return any(
            name == REMOVE or ("" if value is None and name in TYPED else value) != shown.iloc[place][name]
            for place, row in self.done.items()
            for name, value in row.items()
        )


def save_edits(here: Frame) -> None:
    """Save what was typed into the table since it was last drawn; call before reading the measures."""
    drawn: _Drawn | None = st.session_state.get(_DRAWN)
    if drawn is None:
        return
    # A run may be cut short wherever it touches the session: from the edits to their outcome it does not.
    waiting = st.session_state.setdefault(_STALE, [])
    marked = st.session_state.setdefault(_DELETING, [])
    changes = []
    for place, edits in drawn.new_edits().items():
        measure_id, version = drawn.rows[place]
        if edits.pop(REMOVE, False):
            marked.append((measure_id, version))
        if edits:
            changes.append(MeasureChange(measure_id, version, with_period(edits, here.fiscal_year)))
    if changes:
        stale = writing.apply_measures(changes)
        waiting.extend(stale)
        drawn.count_saved({change.measure_id for change in changes} - {edit.measure_id for edit in stale})
        cache.look()
        if len(stale) < len(changes):
            st.toast(here.say("measures.saved"), icon=":material/check:")


def with_period(values: Mapping[str, Any], answered_year: int | None) -> dict[str, Any]:
    """Edited values with empty texts for None, and the dates that a typed period means.

    A measure answers a year's result in the year after it: a period without a year is taken to mean that one.
    """
    changes = {column: "" if value is None and column in TYPED else value for column, value in values.items()}
    if "period_text" in changes:
        period = thai.period(changes["period_text"], None if answered_year is None else work_year(answered_year))
        changes |= {"period_start": period.start, "period_end": period.end}
    return changes


def show(here: Frame, judged: Assessment, measures: pd.DataFrame) -> None:
    """The measures (as `cache.measures` gives them) as a table to edit; rows can be marked for deletion.

    Who may not edit them gets a table to read.
    """
    say = here.say
    scores = judged.indicators.set_index("indicator")["score"]
    editable = measures[["indicator", *TYPED, "status"]].copy()
    editable.insert(1, "score", [score_word(scores.get(number), judged, say) for number in measures["indicator"]])
    editable["ends"] = [
        "" if pd.isna(end) else (f"{state_word('overdue', say)} " if late else "") + thai.date_text(end.date())
        for end, late in zip(measures["period_end"], measures["overdue"], strict=True)
    ]
    editable[REMOVE] = False
    names = {rule.number: indicator_name(judged.rules, rule.number, here.language) for rule in judged.rules.indicators}
    printed = editable[[name for name in ORDER if name != REMOVE]].assign(
        indicator=[names.get(number, "") for number in measures["indicator"]],
        status=[state_word(status, say) for status in measures["status"]],
    )
    columns = _columns(here, judged)
    looks: dict[str, Any] = {"height": "content", "row_height": 76}
    if not here.may_edit:
        read = {name: st.column_config.TextColumn(one["label"], width=one["width"]) for name, one in columns.items()}
        show_table(printed, read, key="measures.table", **looks)
        return
    st.data_editor(
        editable.reset_index(drop=True),
        key=_key(measures),
        hide_index=True,
        num_rows="fixed",
        disabled=["score", "ends"],
        column_order=ORDER,
        column_config=columns,
        **looks,
    )
    paper.show_table(printed, {name: {"label": _heading(name, say)} for name in printed})


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
        REMOVE: config.CheckboxColumn(say("measures.delete_yes"), width=60),
    }


def _key(measures: pd.DataFrame) -> str:
    """The key to draw these measures under: the last one while that keeps what is typed and hides nothing stored."""
    rows = list(zip(measures["measure_id"].tolist(), measures["version"].tolist(), strict=True))
    drawn: _Drawn | None = st.session_state.get(_DRAWN)
    if drawn is None or [one for one, _ in drawn.rows] != [one for one, _ in rows] or drawn.hides(measures):
        number = st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        drawn = st.session_state[_DRAWN] = _Drawn(KEY if number == 1 else f"{KEY}.{number}", rows)
    drawn.rows = rows
    return drawn.key


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
                stale = writing.apply_measures(
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
    st.session_state[_STALE] = [*st.session_state[_STALE], *writing.apply_measures([change])]


def _settled(edit: StaleEdit) -> None:
    st.session_state[_STALE] = [other for other in st.session_state[_STALE] if other is not edit]
    st.rerun()


def _forget_marks() -> None:
    del st.session_state[_DELETING]
    st.session_state.pop(_DRAWN, None)
    st.rerun()


def _heading(column: str, say: Any) -> str:
    return str(say({"result": "column.result_text", "period_text": "column.period"}.get(column, f"column.{column}")))


def _shown(column: str, value: Any, here: Frame, rules: Any) -> str:
    if value is None or value == "":
        return "–"
    if column == "status":
        return state_word(value, here.say)
    return indicator_name(rules, int(value), here.language) if column == "indicator" else str(value)
