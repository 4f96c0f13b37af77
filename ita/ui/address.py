"""The address of a view: what a visitor chose, kept in the query string so that a bookmark brings it back.

A parameter is named by the last word of its control's key: `indicators.below` is `?below=1`. Only codes and numbers go
into an address, never a score or a name. A choice that is the default is left out. A control without a value in this
visit takes it from the address; from then on the visitor's hand decides, also when the page is left and come back to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import streamlit as st

from ita.text import LANGUAGES, REFERENCE, Say, speaker

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Language:
    """The visitor's language and its texts."""

    code: str
    say: Say


def language() -> Language:
    """The language chosen in the frame, else in the address, else Thai."""
    code = st.session_state.get("frame.language") or st.query_params.get("language")
    code = code if code in LANGUAGES else REFERENCE
    return Language(code, speaker(code))


def start(key: str, read: Callable[[str], T | None], default: T) -> None:
    """Give a control its first value: from the address where that holds a possible one, else the default."""
    if key not in st.session_state:
        given = st.query_params.get(_parameter(key), _chosen_before().get(key))
        value = read(given) if given is not None else None
        st.session_state[key] = default if value is None else value


def keep(key: str, text: str | None) -> None:
    """Write a control's value into the address; None leaves it out."""
    parameter = _parameter(key)
    _chosen_before()[key] = text
    if text is None:
        if parameter in st.query_params:
            del st.query_params[parameter]
    elif st.query_params.get(parameter) != text:
        st.query_params[parameter] = text


def toggle(label: str, *, key: str) -> bool:
    """A switch, off by default."""
    start(key, lambda text: text == "1", False)
    on = st.toggle(label, key=key)
    keep(key, "1" if on else None)
    return on


def pills(label: str, options: Sequence[str], *, key: str, say: Callable[[str], str]) -> list[str]:
    """Any number of the options (codes, shown as `say` says them); none chosen means no filter."""
    none: list[str] = []
    start(key, lambda text: [code for code in text.split(",") if code in options], none)
    st.session_state[key] = [code for code in st.session_state[key] if code in options]
    chosen = st.pills(label, options, selection_mode="multi", format_func=say, key=key, label_visibility="collapsed")
    keep(key, ",".join(chosen) or None)
    return list(chosen)


def several(
    label: str, options: Sequence[str], *, key: str, say: Callable[[str], str], placeholder: str = ""
) -> list[str]:
    """Any number of many options (codes, shown as `say` says them), looked for by typing."""
    none: list[str] = []
    start(key, lambda text: [code for code in text.split(",") if code in options], none)
    st.session_state[key] = [code for code in st.session_state[key] if code in options]
    # "Select all" is English in every language.
    chosen = st.multiselect(
        label, options, format_func=say, key=key, placeholder=placeholder, select_all=False, wrap=True
    )
    keep(key, ",".join(chosen) or None)
    return list(chosen)


def choice(
    label: str,
    options: Sequence[T],
    *,
    key: str,
    say: Callable[[T], str],
    code: Callable[[T], str] = str,
    placeholder: str = "",
) -> T | None:
    """One of the options or none; `code` tells them apart in the address."""
    start(key, lambda text: next((option for option in options if code(option) == text), None), None)
    if st.session_state[key] not in options:
        st.session_state[key] = None
    chosen = st.selectbox(label, options, index=None, format_func=say, key=key, placeholder=placeholder)
    keep(key, None if chosen is None else code(chosen))
    return chosen


def one_of(label: str, options: Sequence[str], *, key: str, say: Callable[[str], str], default: str) -> str:
    """Exactly one of the options (codes, shown as `say` says them); the empty code is "all" in the address."""
    _start_one_of(options, key, default)
    return _keep_one_of(str(st.selectbox(label, options, format_func=say, key=key)), key, default)


def segments(label: str, options: Sequence[str], *, key: str, say: Callable[[str], str], labelled: bool = True) -> str:
    """Exactly one of few options (codes, shown as `say` says them), the first unless another is chosen."""
    _start_one_of(options, key, options[0])
    visibility: Literal["visible", "collapsed"] = "visible" if labelled else "collapsed"
    chosen = str(
        st.segmented_control(label, options, format_func=say, key=key, required=True, label_visibility=visibility)
    )
    return _keep_one_of(chosen, key, options[0])


def number(
    label: str, bounds: tuple[float, float], *, key: str, default: float, step: float, help_of: str | None = None
) -> float:
    """A number within its bounds."""
    start(key, lambda text: _number(text, *bounds), default)
    value = float(st.number_input(label, *bounds, step=step, key=key, width=160, help=help_of))
    keep(key, None if value == default else f"{value:g}")
    return value


def day(label: str, *, key: str) -> dt.date:
    """A day: today unless another is chosen."""
    today = dt.date.today()
    start(key, _day, today)
    chosen = st.date_input(label, key=key, format="DD/MM/YYYY")
    chosen = chosen if isinstance(chosen, dt.date) else today
    keep(key, None if chosen == today else chosen.isoformat())
    return chosen


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _start_one_of(options: Sequence[str], key: str, default: str) -> None:
    codes = {option or "all": option for option in options}
    start(key, codes.get, default)
    if st.session_state[key] not in options:
        st.session_state[key] = default


def _keep_one_of(chosen: str, key: str, default: str) -> str:
    keep(key, None if chosen == default else chosen or "all")
    return chosen


def _number(text: str, low: float, high: float) -> float | None:
    """The number a text is; None for one that is none or out of bounds."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if low <= value <= high else None


def _chosen_before() -> dict[str, str | None]:
    """What the visitor chose on every page: Streamlit forgets a control as soon as another page is shown."""
    chosen: dict[str, str | None] = st.session_state.setdefault("address.chosen", {})
    return chosen


def _parameter(key: str) -> str:
    return key.rsplit(".", 1)[-1]
