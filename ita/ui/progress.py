"""What is being done while a visitor waits: which step of how many, and for how long already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from ita.text import Say


@contextmanager
def progress(say: Say, steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Shows the step that was last told, with the time, and leaves nothing behind. Each of `steps` is told once."""
    place = st.empty()

    def tell(step: str) -> None:
        number = steps.index(step) + 1
        told = say("upload.step", number=number, count=len(steps), what=say(f"upload.step_{step}"))
        bar.progress((number - 1) / len(steps), text=told)

    with place.container(), st.spinner(say("upload.reading"), show_time=True):
        bar = st.empty()
        yield tell
    place.empty()
