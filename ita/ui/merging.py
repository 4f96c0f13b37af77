"""A file's measures beside those that are kept: what would be added and changed, and which changes are wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ita.reading.measures import MeasureReading
from ita.sentences import measure_heading, measure_word, merge_title, merged_word
from ita.store import Merged, StaleEdit
from ita.text import Say
from ita.thai import fold
from ita.ui import cache, paper
from ita.ui.escape import note, plain
from ita.ui.frame import Frame

_STALE = "upload.stale"


def settle(here: Frame, file_id: str, reading: MeasureReading, agency: str, fiscal_year: int) -> pd.DataFrame:
    """Show what saving these measures would do, and return what of it is wanted, as `Store.merge_measures` takes it.

    It is looked up once for a file, agency and year: what somebody else changes while it is on the screen is not
    overwritten unseen.
    """
    key = file_id, agency, fiscal_year
    preview = cache.kept(
        "merge",
        key,
        lambda: cache.preview_measures(_agency_id(agency), fiscal_year, reading.measures),
    )
    changes = preview[preview["kind"] == "changed"]
    with st.container(border=True, key="upload.compared"):
        st.markdown(f"**{here.say('upload.merge', what=merge_title(preview, here.say))}**")
        _tell_stale(here)
        if changes.empty:
            return preview
        note(here.say("upload.merge_question"))
        wanted = _ask(here, changes)
        if left := int((~wanted).sum()):
            note(here.say("upload.merge_left", count=left))
    return preview.drop(changes.index[~wanted.to_numpy()])


def told(merged: Merged, say: Say) -> str:
    """What a merge has done; "" where it has done nothing."""
    done = merged_word({"new": len(merged.added), "changed": len(merged.changed)}, say)
    return say("upload.merged", what=done) if done else ""


def keep_stale(stale: Sequence[StaleEdit]) -> None:
    """Tell on the next run which measures somebody else has changed before they could be saved."""
    st.session_state[_STALE] = [str((edit.stored or edit.yours)["title"]) for edit in stale]


def _ask(here: Frame, changes: pd.DataFrame) -> pd.Series[bool]:
    """Each change as a line with a tick, which may be taken away; whether it is there, by line."""
    say, config = here.say, st.column_config
    table = pd.DataFrame(
        {
            "take": True,
            "measure": [
                title if pd.isna(number) else f"{number}. {title}"
                for number, title in zip(changes["indicator"], changes["title"], strict=True)
            ],
            "what": [measure_heading(column, say) for column in changes["column"]],
            "before": _words(changes, "before", say),
            "after": _words(changes, "after", say),
        }
    )
    settings = {
        "take": config.CheckboxColumn(say("upload.merge_take"), width=50),
        "measure": config.TextColumn(say("column.title"), width=260),
        "what": config.TextColumn(say("upload.merge_column"), width=120),
        "before": config.TextColumn(say("upload.merge_before"), width=200),
        "after": config.TextColumn(say("upload.merge_after"), width=200),
    }
    # A tick belongs to its change: for other changes in as many lines the editor would go on with the old ones.
    which = hashlib.sha256(changes.to_csv().encode()).hexdigest()[:12]
    edited = st.data_editor(
        table,
        key=f"upload.merge.{which}",
        hide_index=True,
        disabled=[name for name in table if name != "take"],
        column_config=settings,
    )
    paper.show_table(edited.drop(columns="take"), {name: settings[name] for name in settings if name != "take"})
    return edited["take"].astype(bool)


def _words(changes: pd.DataFrame, side: str, say: Say) -> list[str]:
    return [measure_word(column, value, say) for column, value in zip(changes["column"], changes[side], strict=True)]


def _tell_stale(here: Frame) -> None:
    if titles := st.session_state.pop(_STALE, None):
        told = here.say("upload.merge_stale", count=len(titles), titles=", ".join(titles))
        st.warning(plain(told), icon=":material/sync_problem:")


def _agency_id(name: str) -> int | None:
    """The stored agency of that name, however spelt; None for one that is not stored yet."""
    found = cache.agency_names(name, 1)
    return next((agency_id for agency_id, stored in found.items() if fold(stored) == fold(name)), None)
