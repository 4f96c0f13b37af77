"""What is read while the database cannot be used: what, where and what to do; and the page comes back by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from ita import log
from ita.sentences import moment
from ita.store import Trouble, backups_of
from ita.store.trouble import BROKEN
from ita.text import Say
from ita.ui import cache, restoring, sign_in, waiting
from ita.ui.address import language
from ita.ui.escape import plain

P = ParamSpec("P")

EVERY = 5
"""Seconds between two looks whether the database can be used again."""

_JUST_SHOWN = "trouble.just_shown"


@contextmanager
def told() -> Iterator[None]:
    """Tell trouble with the database in a page where it came up; where not even reading works, wait until it does."""
    try:
        yield
    except Trouble as trouble:
        say = language().say
        if _readable():
            show(trouble, say)
            st.button(say("trouble.retry"), key="trouble.retry", icon=":material/refresh:")
        else:
            st.title(say("trouble.title"), anchor=False)
            show(trouble, say)
            st.session_state[_JUST_SHOWN] = True
            _wait(say)


def told_over(draw: Callable[P, None]) -> Callable[P, None]:
    """What a dialog draws, with trouble told below what was typed, which stays to be sent again."""

    @wraps(draw)
    def drawing(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            draw(*args, **kwargs)
        except Trouble as trouble:
            show(trouble, language().say)

    return drawing


def tell_waiting() -> None:
    """Write what waits since the trouble; while that cannot be, say so above a page that can still be read.

    Raises Trouble where it cannot be read either.
    """
    say = language().say
    try:
        if waiting.catch_up():
            cache.look()
            st.toast(say("trouble.written"), icon=":material/check:")
    except Trouble as trouble:
        if not _readable():
            raise
        show(trouble, say)
        st.markdown(say("trouble.kept"))
        st.button(say("trouble.retry"), key="trouble.write", icon=":material/refresh:")


def show(trouble: Trouble, say: Say) -> None:
    """The sentence for it; for a broken file with the newest backup to bring back."""
    log.warn("database_trouble", trouble=trouble.code)
    st.error(plain(say(f"trouble.{trouble.code}", where=trouble.where)), icon=":material/database_off:")
    if trouble.code != BROKEN:
        st.markdown(say(f"trouble.{trouble.code}_advice"))
        return
    backups = backups_of() if sign_in.person().may_manage(None) else None
    newest = None if backups is None else backups.newest_readable()
    if backups is None or newest is None:
        st.markdown(say("trouble.broken_advice"))
        return
    name, made_at = newest
    st.markdown(plain(say("trouble.broken_backup", when=moment(made_at, say))))
    if st.button(say("trouble.restore"), key="trouble.restore", type="primary", icon=":material/history:"):
        restoring.ask(backups, name, made_at, say)


def _readable() -> bool:
    try:
        cache.look()
    except Trouble:
        return False
    return True


@st.fragment(run_every=EVERY)
def _wait(say: Say) -> None:
    st.markdown(say("trouble.waiting", seconds=EVERY))
    if not st.session_state.pop(_JUST_SHOWN, False) and _readable():
        st.rerun()
