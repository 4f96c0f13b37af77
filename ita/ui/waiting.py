"""What a control asked for while the database was in trouble: it waits in the session, and goes before the next page.

A control acts before any page is drawn: there nothing can be told, and what was typed would be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from ita.access import NotAdmitted
from ita.store import Trouble
from ita.ui.sign_in import Refused, note_refusal

P = ParamSpec("P")
R = TypeVar("R")

_WAITING = "waiting"


def action(act: Callable[P, None]) -> Callable[P, None]:
    """What a control calls, with nothing raised out of it.

    What is refused is noted, as `sign_in.refused` tells it. What the database had trouble with has to wait already, as
    `write` and `measure_changes.save` make it: the page tries again and tells of it.
    """

    @wraps(act)
    def acting(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            act(*args, **kwargs)
        except (Refused, NotAdmitted):
            note_refusal()
        except Trouble:
            pass

    return acting


def write(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What a function of `writing` returns, after what waits. Raises as it does; in Trouble, it waits with the rest."""
    try:
        catch_up()
        return function(*args, **kwargs)
    except Trouble:
        _queue().append(partial(function, *args, **kwargs))
        raise


def catch_up() -> int:
    """Write what waits, in order; how much that was.

    Raises Trouble, and what is left waits on. What is refused by now is noted and dropped.
    """
    waiting, written = _queue(), 0
    while waiting:
        try:
            waiting[0]()
            written += 1
        except (Refused, NotAdmitted):
            note_refusal()
        # A run may be cut short in between: what is written once more is as it was.
        del waiting[0]
    return written


def _queue() -> list[Callable[[], Any]]:
    queue: list[Callable[[], Any]] = st.session_state.setdefault(_WAITING, [])
    return queue
