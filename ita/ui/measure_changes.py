"""Changes of measures on their way into the store: what came too late is asked about, and so is what ends without
evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from ita import thai
from ita.access import NotAdmitted
from ita.measures import DONE, work_year
from ita.rulebooks import Rulebook
from ita.sentences import indicator_names, measure_heading, measure_word
from ita.store import MeasureChange, StaleEdit
from ita.ui import cache, writing
from ita.ui.escape import plain
from ita.ui.frame import Frame
from ita.ui.sign_in import Refused
from ita.ui.waiting import action

TYPED = ("title", "steps", "responsible", "period_text", "result", "suggestion", "evidence")
_STALE, _CLOSED, _UNSAVED = "measures.stale", "measures.closed", "measures.unsaved"


def save(
    here: Frame,
    changes: Sequence[MeasureChange],
    *,
    held: Callable[[], None] = lambda: None,
    count_saved: Callable[[set[int]], None] = lambda saved: None,
) -> None:
    """Save what fits and say so; what does not is asked about in the next run.

    `held` is called as soon as the changes cannot be lost any more, `count_saved` hears what was saved. In trouble with
    the database the changes wait, and go with those of the next time.
    """
    # A run may be cut short wherever it touches the session: from the changes to their outcome it does not.
    waiting = st.session_state.setdefault(_STALE, [])
    closed = st.session_state.setdefault(_CLOSED, set())
    unsaved = st.session_state.setdefault(_UNSAVED, [])
    _hold(unsaved, changes)
    held()
    try:
        stale = writing.apply_measures(unsaved)
    except (Refused, NotAdmitted):
        unsaved.clear()
        raise
    waiting.extend(stale)
    changes = unsaved.copy()
    unsaved.clear()
    saved = {change.measure_id for change in changes} - {edit.measure_id for edit in stale}
    closed.update(one.measure_id for one in changes if one.measure_id in saved and one.changes.get("status") == DONE)
    count_saved(saved)
    cache.look()
    if saved:
        st.toast(here.say("measures.saved"), icon=":material/check:")


def _hold(unsaved: list[MeasureChange], changes: Sequence[MeasureChange]) -> None:
    """Add changes to those that wait; of one version of a measure they are one change, or the later would be stale."""
    for change in changes:
        same = (one for one in unsaved if (one.measure_id, one.version) == (change.measure_id, change.version))
        if (earlier := next(same, None)) is not None:
            unsaved.remove(earlier)
            change = replace(change, changes={**earlier.changes, **change.changes})
        unsaved.append(change)


def some_unsaved() -> bool:
    """Whether changes wait that could not be saved."""
    return bool(st.session_state.get(_UNSAVED))


def with_period(values: Mapping[str, Any], answered_year: int | None) -> dict[str, Any]:
    """Edited values with empty texts for None, and the dates that a typed period means.

    A measure answers a year's result in the year after it: a period without a year is taken to mean that one.
    """
    changes = {column: "" if value is None and column in TYPED else value for column, value in values.items()}
    if "period_text" in changes:
        period = thai.period(changes["period_text"], None if answered_year is None else work_year(answered_year))
        changes |= {"period_start": period.start, "period_end": period.end}
    return changes


def ask_for_evidence(here: Frame, measures: pd.DataFrame) -> None:
    """Where the evidence of the measures is that were just closed without any; one may go without for now."""
    closed: set[int] = st.session_state.get(_CLOSED, set())
    if not closed:
        return
    asked = measures[measures["measure_id"].isin(closed) & measures["unproven"]]
    if asked.empty:
        return
    say = here.say
    keys = {
        (one.measure_id, one.version): f"measures.evidence.{one.measure_id}" for one in asked.itertuples(index=False)
    }
    with st.form("measures.closing", border=True):
        st.markdown(f"**{say('measures.evidence_question', count=len(asked))}**")
        for title, key in zip(asked["title"], keys.values(), strict=True):
            st.text_input(plain(title), key=key, placeholder=say("measures.evidence_example"))
        with st.container(horizontal=True):
            save_key, later_key = "measures.evidence_save", "measures.evidence_later"
            st.form_submit_button(
                say(save_key), key=save_key, on_click=_save_evidence, args=(here, keys), type="primary"
            )
            st.form_submit_button(say(later_key), key=later_key, on_click=closed.clear)


@action
def _save_evidence(here: Frame, keys: Mapping[tuple[int, int], str]) -> None:
    given = {which: st.session_state[key].strip() for which, key in keys.items()}
    save(here, [MeasureChange(*which, {"evidence": text}) for which, text in given.items() if text])
    st.session_state[_CLOSED].clear()


def ask_about_stale(here: Frame, rules: Rulebook) -> None:
    """Edits that came too late, each beside what is stored now: the person who made it chooses."""
    say, indicators = here.say, indicator_names(rules, here.language)
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
                there = None if edit.stored is None else edit.stored[column]
                for side, value in ((yours, edit.yours[column]), (stored, there)):
                    side.text(f"{measure_heading(column, say)}: {measure_word(column, value, say, indicators)}")
            with st.container(horizontal=True):
                if not edit.deleted and st.button(say("measures.stale_use_yours"), key=f"measures.stale_yours.{place}"):
                    _settle(edit)
                    _save_over(here, edit)
                    st.rerun()
                if st.button(say("measures.stale_use_stored"), key=f"measures.stale_stored.{place}"):
                    _settle(edit)
                    st.rerun()


def _save_over(here: Frame, edit: StaleEdit) -> None:
    """Save an edit onto the version it was just shown beside; if that moved again, it is asked again."""
    assert edit.stored is not None
    version = int(str(edit.stored["version"]))
    save(here, [MeasureChange(edit.measure_id, version, edit.yours, delete=not edit.yours)])


def _settle(edit: StaleEdit) -> None:
    st.session_state[_STALE] = [other for other in st.session_state[_STALE] if other is not edit]
