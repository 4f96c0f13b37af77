"""Choosing the language: in the frame, and at the gate before it."""

from __future__ import annotations

import streamlit as st

from ita.text import LANGUAGES, speaker
from ita.ui import address

KEY = "frame.language"


def show(chosen: address.Language) -> None:
    """Draw the picker; what is chosen holds from the next run on, as `address.language` gives it."""
    address.start(KEY, lambda text: text if text in LANGUAGES else None, chosen.code)
    st.segmented_control(
        chosen.say("frame.language"),
        LANGUAGES,
        format_func=lambda code: speaker(code)("frame.language_short"),
        key=KEY,
        required=True,
        label_visibility="collapsed",
    )
    address.keep(KEY, None if chosen.code == LANGUAGES[0] else chosen.code)
