"""Improvement measures as the screens and documents see them: overdue, worst status, one line per indicator."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

STATUSES = ("not_stated", "not_started", "in_progress", "completed", "cancelled")
"""What a measure can be said to be. Overdue is not among them: it is derived from the period and a date."""

OVERDUE = "overdue"
OPEN = ("not_started", "in_progress")
AT_WORK = (*OPEN, "not_stated")
"""What is not known to have ended."""
WORST_FIRST = (OVERDUE, "not_started", "not_stated", "in_progress", "completed", "cancelled")
SHAPES = {
    OVERDUE: "!",
    "not_started": "○",
    "not_stated": "–",
    "in_progress": "▸",
    "completed": "✓",
    "cancelled": "✕",
}
"""The shape that stands before each status word, so that colour is never needed to tell them apart."""


_BETWEEN_UNITS = re.compile(r"[\n,/;]|\s+(?=สำนัก|กอง|หน่วย|ฝ่าย|ทุก)|\s+และ\s*(?=สำนัก|กอง|หน่วย|ฝ่าย)")


def with_state(measures: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """`measures` with `overdue` (bool: said to be open although its period has ended) and `state` (status, or overdue).

    A measure whose status nobody has stated is not called overdue: it is not known to be open.
    """
    overdue = measures["status"].isin(OPEN) & (pd.to_datetime(measures["period_end"]) < pd.Timestamp(as_of))
    return measures.assign(overdue=overdue, state=measures["status"].mask(overdue, OVERDUE))


def by_indicator(measures: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator that has measures (index: indicator): measures (how many), state (the worst of them).

    `measures` comes from `with_state`.
    """
    ranked = measures.assign(rank=measures["state"].map(WORST_FIRST.index)).sort_values("rank", kind="stable")
    groups = ranked.groupby("indicator")
    return pd.DataFrame({"measures": groups.size(), "state": groups["state"].first()})


def units(measures: pd.DataFrame) -> list[str]:
    """The units in charge, each once and sorted."""
    return sorted({unit for cell in measures["responsible"] for unit in units_of(cell)})


def units_of(responsible: str) -> list[str]:
    """The units that one cell names, however they are set apart, be it by a blank before the next unit's name."""
    return [unit.strip() for unit in _BETWEEN_UNITS.split(responsible) if unit.strip()]
