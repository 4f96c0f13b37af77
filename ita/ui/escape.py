"""Words on the screen: text from data made harmless, and the small print."""

from __future__ import annotations

import re

import streamlit as st

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^&=@/\"'])")

# A bare address becomes a link even when every mark in it is escaped; a coloured nothing inside it keeps it text and
# adds no letter.
_NOTHING = ":gray[]"
_INSIDE_ADDRESS = re.compile(r"(?<=http)(?=s?:)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)


def plain(text: object) -> str:
    """`text` as Markdown that shows just that text: no picture, link, formula, icon, colour or HTML comes of it."""
    pieces = _INSIDE_ADDRESS.split(" ".join(str(text).split()))
    return _NOTHING.join(_MARKS.sub(r"\\\1", piece) for piece in pieces)


def note(text: str) -> None:
    """Small print, dark enough to be read from the back of a room (Streamlit's own caption is not)."""
    st.markdown(f":small[:gray[{text}]]")
