"""A button that writes a document and saves it on the visitor's disk."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import streamlit as st

from ita.text import Say

_SAVE = """<script>(({content, mime, name}) => {
  const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], {type: mime}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
})(%s)</script>"""


def save_button(
    label: str, build: Callable[[], bytes], name: str, mime: str, say: Say, *, key: str, **looks: Any
) -> None:
    """A button on which `build` writes a document, which the browser then saves as `name`.

    The document is written in a run of the page, so that it has in it what was typed a moment before the click. A
    download button would write it outside of any run, as of the run before, and after a run begins knows it no more.
    """
    if st.button(label, key=key, **looks):
        with st.spinner(say("download.writing")):
            content = build()
        file = json.dumps(
            {"content": base64.b64encode(content).decode(), "mime": mime, "name": name, "time": time.time()}
        )
        # No "<" of a name ends the script; the time makes the browser run it once more for the same document.
        st.html(_SAVE % file.replace("<", "\\u003c"), unsafe_allow_javascript=True)
