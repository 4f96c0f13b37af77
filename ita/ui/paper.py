"""The pages on paper: their style, and what stands only there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from ita.charts import DARK, LIGHT

MOST_ROWS = 40
"""Rows of a long list that are printed: a sheet of paper."""
MOST_COLUMNS = 8
"""A table with more lies on its side."""
SHORT = 14
"""Up to so many letters stay on one line: a score, a status, a date."""
LONG = 40
"""A text with more letters gets room."""
MISSING = "–"
"""What stands where a value is missing, on the screen too."""

_STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
_THEME_COLORS = ("blue", "orange", "red", "yellow", "gray")

# A drawn chart has the screen's width: with a view box it can be made as wide as the paper.
SCRIPT = """
const charts = () => document.querySelectorAll(".main-svg");
addEventListener("beforeprint", () => charts().forEach(chart => chart.setAttribute("viewBox",
  `0 0 ${chart.width.baseVal.value} ${chart.height.baseVal.value}`)));
addEventListener("afterprint", () => charts().forEach(chart => chart.removeAttribute("viewBox")));
"""


def style() -> str:
    """The style of all pages in print; colours of the dark theme, written into what is drawn, turn into the light's."""
    named = [(field.name, getattr(LIGHT, field.name)) for field in fields(LIGHT)]
    root = "".join(f"--ita-{name}: {color} !important;" for name, color in named)
    turned = [(getattr(DARK, field.name), getattr(LIGHT, field.name)) for field in fields(LIGHT)]
    turned += [
        (str(dark), str(st.get_option(f"theme.light.{color}TextColor")))
        for color in _THEME_COLORS
        if (dark := st.get_option(f"theme.dark.{color}TextColor"))
    ]
    rules = "".join(_turned(dark, light) for dark, light in turned)
    return f"{_STYLE}\n@media print {{ :root {{ {root} }} {rules} }}"


def _turned(dark: str, light: str) -> str:
    """Rules that paint in `light` what carries `dark` in its own style or attribute, however it is spelt."""
    written = f"rgb({', '.join(str(int(dark[place : place + 2], 16)) for place in (1, 3, 5))})"
    rules = []
    for name in ("color", "fill", "stroke"):
        spelt = [f"{name}: {written}", f"{name}:{dark}", f"{name}: {dark}"]
        styles = [f'[style{begin}="{gap}{one}" i]' for one in spelt for begin, gap in (("^", ""), ("*", " "))]
        styles.append(f'[{name}="{written}"]')
        rules.append(f"{', '.join(styles)} {{ {name}: {light} !important; }}")
    return "".join(rules)


def show_line(text: str) -> None:
    """A line that stands only on paper."""
    st.html(f'<p class="ita-paper">{escape(text)}</p>')


def show_table(table: pd.DataFrame, settings: Mapping[str, Any]) -> None:
    """The same as a grid shows, as a table that stands only on paper; `settings` are the grid's, by column.

    Without the little charts in its cells: they draw what the columns beside them say.
    """
    columns = {name: settings.get(name) or {} for name in table.columns}
    columns = {name: column for name, column in columns.items() if not _is_chart(column)}
    right = [pd.api.types.is_numeric_dtype(table.dtypes[name]) for name in columns]
    labels = [str(column.get("label") or name) for name, column in columns.items()]
    heading = "".join(_cell("th", label, aside) for label, aside in zip(labels, right, strict=True))
    lines = []
    for row in zip(*(table[name] for name in columns), strict=True):
        cells = (
            _cell("td", _text(value, column), aside)
            for value, column, aside in zip(row, columns.values(), right, strict=True)
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    wide = " ita-wide" if len(labels) > MOST_COLUMNS else ""
    st.html(f'<table class="ita-paper{wide}"><thead><tr>{heading}</tr></thead><tbody>{"".join(lines)}</tbody></table>')


def _is_chart(settings: Mapping[str, Any]) -> bool:
    return "chart" in (settings.get("type_config") or {}).get("type", "")


def _text(value: Any, settings: Mapping[str, Any]) -> str:
    if isinstance(value, str):
        return value
    form = (settings.get("type_config") or {}).get("format")
    return MISSING if pd.isna(value) else form % value if form else str(value)


def _cell(tag: str, text: str, right: bool) -> str:
    kinds = " ".join(
        [*(["right"] if right else []), *(["short"] if len(text) <= SHORT else ["long"] if len(text) > LONG else [])]
    )
    return f'<{tag} class="{kinds}">{escape(text).replace(chr(10), "<br>")}</{tag}>'
