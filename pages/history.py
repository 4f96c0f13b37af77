"""What was handed in, changed and backed up; removed measures and whole backups are brought back from here."""

from itertools import pairwise

import pandas as pd
import streamlit as st

from ita import history
from ita.rulebooks import Rulebook
from ita.sentences import NOT_STATED, indicator_names, moment
from ita.store import Backups
from ita.ui import address, cache, restoring, writing
from ita.ui.escape import note, plain
from ita.ui.frame import Frame, now
from ita.ui.pictures import show_table
from ita.ui.saving import save_button

VIEWS = ("results", "measures", "backups")
"""The backups hold everything of everybody: they are for who manages the store."""
FEW = 4
"""So many differences are named, of more the number."""
DATABASE_TYPE = "application/vnd.sqlite3"


def show_results(here: Frame, versions: pd.DataFrame) -> None:
    """The versions of the year's result, each with what it has otherwise than the one before."""
    say = here.say
    table = pd.DataFrame(
        {
            "when": [moment(when, say) for when in versions["uploaded_at"]],
            "state": [
                say("history.current" if current else "history.replaced") for current in versions["replaced_at"].isna()
            ],
            "total": versions["total"],
            "level": versions["level"],
            "changed": differences(here, versions["result_id"].tolist()),
            "file": versions["file_name"],
            "who": versions["uploaded_by"].replace("", NOT_STATED),
        }
    )
    config = st.column_config
    settings = {
        "when": config.TextColumn(say("history.when"), width=195),
        "state": config.TextColumn(say("history.state"), width=110),
        "total": config.NumberColumn(say("column.total"), format="%.2f", width=80),
        "level": config.TextColumn(say("column.level"), width=60),
        "changed": config.TextColumn(say("history.changed"), width=400),
        "file": config.TextColumn(say("history.file"), width=220),
        "who": config.TextColumn(say("history.who"), width=120),
    }
    show_table(table, settings, key="history.versions", row_height=76)
    note(say("history.results_note"))


def differences(here: Frame, result_ids: list[int]) -> list[str]:
    """What each version has otherwise than the one before it, in words, the newest first."""
    say = here.say
    texts = []
    for newer, older in pairwise(result_ids):
        found = history.differences(cache.version(older), cache.version(newer))
        named = [history.difference_text(one, say) for one in found[:FEW]]
        texts.append(" · ".join(named + [say("history.more", count=len(found) - FEW)] * (len(found) > FEW)))
    return [*texts, say("history.first")]


def show_changes(here: Frame, rules: Rulebook, changes: pd.DataFrame) -> None:
    """What was done to the year's measures, and the removed ones to bring back."""
    say = here.say
    if changes.empty:
        st.info(say("history.no_changes"), icon=":material/info:")
        return
    show_removed(here, changes)
    words = history.change_words(changes, indicator_names(rules, here.language), say)
    config = st.column_config
    settings = {
        "when": config.TextColumn(say("history.when"), width=195),
        "what": config.TextColumn(say("history.what"), width=100),
        "title": config.TextColumn(say("column.title"), width=300),
        "part": config.TextColumn(say("history.part"), width=130),
        "before": config.TextColumn(say("history.before"), width=190),
        "after": config.TextColumn(say("history.after"), width=190),
        "who": config.TextColumn(say("history.who"), width=120),
    }
    show_table(words[list(settings)], settings, key="history.changes")


def show_removed(here: Frame, changes: pd.DataFrame) -> None:
    """The removed measures, each with the button that brings it back."""
    say = here.say
    removed = history.removed(changes)
    if not removed:
        return
    with st.expander(say("history.removed", count=len(removed)), key="history.removed", icon=":material/undo:"):
        for measure_id, title in removed.items():
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.markdown(plain(title), width="stretch")
                key = f"history.restore_measure.{measure_id}"
                if here.may_edit and st.button(say("history.restore_measure"), key=key, icon=":material/undo:"):
                    bring_back(here, measure_id)
                    st.rerun()


def bring_back(here: Frame, measure_id: int) -> None:
    """Restore a removed measure and say so."""
    writing.restore_measure(measure_id)
    st.toast(here.say("history.measure_restored"), icon=":material/check:")


def show_backups(here: Frame, backups: Backups | None) -> None:
    """The copies of the database: made by themselves or now, to take away or to bring back."""
    say = here.say
    if backups is None:
        there = {"database": "PostgreSQL", "command": "pg_dump", "manual": "README"}
        st.info(say("history.backups_elsewhere", **there), icon=":material/info:")
        return
    listed = backups.listed()
    above = st.container()
    if st.button(say("history.back_up"), key="history.back_up", icon=":material/save:"):
        restoring.back_up_now(say)
        st.rerun()
    if listed.empty:
        above.markdown(say("history.backups_none"))
        return
    above.markdown(plain(say("history.backups_text", count=len(listed), folder=backups.folder.absolute())))
    table = pd.DataFrame(
        {
            "when": [moment(when, say) for when in listed["made_at"]],
            "why": [say(f"history.reason_{reason}") for reason in listed["reason"]],
            "size": [say("history.size_of", size=f"{size / 1e6:.2f}") for size in listed["size"]],
            "state": [say("history.readable" if one else "history.unreadable") for one in listed["readable"]],
        }
    )
    settings = {name: st.column_config.TextColumn(say(f"history.{name}")) for name in table}
    show_table(table, settings, key="history.backups")
    choose_backup(here, backups, listed)


def choose_backup(here: Frame, backups: Backups, listed: pd.DataFrame) -> None:
    """One of the backups, to download or to restore."""
    say = here.say
    made_at = dict(zip(listed["name"], listed["made_at"], strict=True))
    reasons = dict(zip(listed["name"], listed["reason"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            say("history.backup"),
            list(made_at),
            format_func=lambda one: f"{moment(made_at[one], say)} · {say(f'history.reason_{reasons[one]}')}",
            key="history.backup",
            width=420,
        )
        save_button(
            say("history.download"),
            lambda: backups.path(name).read_bytes(),
            name,
            DATABASE_TYPE,
            say,
            key="history.download",
            icon=":material/download:",
        )
        readable = bool(listed.set_index("name").loc[name, "readable"])
        if st.button(say("history.restore"), key="history.restore", icon=":material/history:", disabled=not readable):
            restoring.ask(backups, name, made_at[name], say)


here = now()
judged = here.assessment
if judged is None:
    here.show_nothing_yet()
    if here.may_manage:
        show_backups(here, cache.backups())
    st.stop()
versions = cache.history(here.agency_id, here.fiscal_year)
changes = cache.measure_changes(here.agency_id, here.fiscal_year)
st.title(plain(history.title(here.fiscal_year, versions, changes, here.say)), anchor=False)
view = address.segments(
    here.say("history.view"),
    VIEWS if here.may_manage else VIEWS[:-1],
    key="history.view",
    say=lambda code: here.say(f"history.view_{code}"),
    labelled=False,
)
if view == "results":
    show_results(here, versions)
elif view == "measures":
    show_changes(here, judged.rules, changes)
else:
    show_backups(here, cache.backups())
