"""Bringing a backup back, after saying what that will do; and making one now."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from ita.sentences import moment
from ita.store import Backups
from ita.text import Say
from ita.ui import cache, writing
from ita.ui.escape import plain


def ask(backups: Backups, name: str, made_at: dt.datetime, say: Say) -> None:
    """Open the question whether the database is to become what it was in this backup."""
    st.dialog(say("restore.title"))(_question)(backups, name, made_at, say)


def back_up_now(say: Say) -> None:
    """Make a backup and say so. Raises Trouble where it cannot be made."""
    writing.back_up()
    st.toast(say("history.backed_up"), icon=":material/check:")


def _question(backups: Backups, name: str, made_at: dt.datetime, say: Say) -> None:
    st.markdown(plain(say("restore.what", when=moment(made_at, say))))
    st.markdown(say("restore.kept"))
    with st.container(horizontal=True):
        if st.button(say("restore.confirm"), key="restore.confirm", type="primary", icon=":material/history:"):
            _restore(backups, name)
            st.toast(say("restore.done"), icon=":material/check:")
            st.rerun()
        if st.button(say("restore.cancel"), key="restore.cancel"):
            st.rerun()


def _restore(backups: Backups, name: str) -> None:
    with st.spinner():
        writing.restore_backup(backups, name)
    cache.forget()
