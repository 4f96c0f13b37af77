"""The fiscal year as a strip from October to September: what ends in which month, and where in the year we are."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from ita.measures import OVERDUE, SHAPES, Month, months
from ita.sentences import day_text, month_text
from ita.ui.frame import Frame

_STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def show(here: Frame, measures: pd.DataFrame, fiscal_year: int, as_of: dt.date) -> None:
    """The strip of a fiscal year for measures as `cache.measures` gives them on the day `as_of`."""
    year = months(measures, fiscal_year, as_of)
    cells = "".join(_cell(here, month, as_of) for month in year)
    colors = "".join(f"--ita-{name}:{color};" for name, color in asdict(here.palette).items())
    title = escape(" · ".join(_caption(here, year, measures, fiscal_year)))
    st.html(
        f"<style>{_STYLE}</style>"
        f'<figure class="ita-year" style="{colors}"><figcaption>{title}</figcaption><ol>{cells}</ol></figure>'
    )


def _caption(here: Frame, year: list[Month], measures: pd.DataFrame, fiscal_year: int) -> list[str]:
    """What the strip shows, and what it cannot: ends in other years or not known, and a day of another year."""
    told = [here.say("measures.strip", year=fiscal_year)]
    undated = int(measures["period_end"].isna().sum())
    elsewhere = len(measures) - undated - sum(sum(month.states.values()) for month in year)
    told += [here.say("measures.strip_elsewhere", count=elsewhere)] if elsewhere else []
    told += [here.say("measures.strip_undated", count=undated)] if undated else []
    if all(month.today is None for month in year):
        told.append(here.say("measures.strip_other_day"))
    return told


def _cell(here: Frame, month: Month, as_of: dt.date) -> str:
    say = here.say
    counts = "".join(
        f'<span{" class=late" if state == OVERDUE else ""} title="{escape(say(f"state.{state}"))}">'
        f"{SHAPES[state]}&#8239;{count}</span>"
        for state, count in month.states.items()
    )
    if month.today is None:
        return f"<li><b>{month_text(month.first, say)}</b>{counts}</li>"
    line = f'<i style="left:{100 * month.today:.0f}%"></i>'
    return f'<li class="now">{line}<b>{day_text(as_of, say, year=False)}</b>{counts}</li>'
