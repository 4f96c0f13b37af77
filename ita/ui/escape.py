"""Words on the screen: text from data made harmless, and the small print."""

from __future__ import annotations

import re

import streamlit as st

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^&=@/\"'])")

_LINKS = re.compile(r"(?=https?:|www\.|@)", re.IGNORECASE)


def plain(text: object) -> str:
    """`text` as Markdown that shows just that text: no picture, link, formula, icon, colour or HTML comes of it."""
    unlinked = _LINKS.sub("\u200b", " ".join(str(text).split()))
    return _MARKS.sub(r"\\\1", unlinked)


def note(text: str) -> None:
    """Small print, dark enough to be read from the back of a room (Streamlit's own caption is not)."""
    st.markdown(f":small[:gray[{text}]]")
