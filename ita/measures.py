"""Improvement measures as the screens and documents see them: what is late, what is due, where the year stands."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from ita.thai import BUDDHIST_ERA, FIRST_MONTH, period_words

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

SOON = dt.timedelta(days=30)
"""What ends within so many days is due soon."""
DONE = "completed"

_BETWEEN_UNITS = re.compile(r"[\n,/;]|\s+(?=สำนัก|กอง|หน่วย|ฝ่าย|ทุก)|\s+และ\s*(?=สำนัก|กอง|หน่วย|ฝ่าย)")


def with_state(measures: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """`measures` with how they stand on a day.

    `overdue` (bool: said to be open although its period has ended), `due_soon` (bool: open, and it ends within `SOON`),
    `unproven` (bool: said to be completed, without evidence) and `state` (status, or overdue). A measure whose status
    nobody has stated is not called overdue: it is not known to be open.
    """
    ends, day = pd.to_datetime(measures["period_end"]), pd.Timestamp(as_of)
    is_open = measures["status"].isin(OPEN)
    overdue = is_open & (ends < day)
    return measures.assign(
        overdue=overdue,
        due_soon=is_open & (ends >= day) & (ends <= day + SOON),
        unproven=measures["status"].eq(DONE) & measures["evidence"].str.strip().eq(""),
        state=measures["status"].mask(overdue, OVERDUE),
    )


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


def work_year(answered: int) -> int:
    """The fiscal year in which the measures that answer a year's result are carried out: the next."""
    return answered + 1


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a fiscal year, and of the measures that end in it how many stand how, the most urgent first.

    `today` is how much of the month has passed on the day asked for (0 to 1); None in every other month.
    """

    first: dt.date
    states: Mapping[str, int]
    today: float | None


def months(measures: pd.DataFrame, fiscal_year: int, as_of: dt.date) -> list[Month]:
    """The twelve months of a fiscal year, October to September. `measures` comes from `with_state`."""
    ends = Counter(
        (end.year, end.month, state)
        for end, state in zip(measures["period_end"], measures["state"], strict=True)
        if pd.notna(end)
    )
    months = []
    for place in range(FIRST_MONTH - 1, FIRST_MONTH - 1 + 12):
        year, month = fiscal_year - BUDDHIST_ERA - 1 + place // 12, place % 12 + 1
        states = {state: count for state in WORST_FIRST if (count := ends[year, month, state])}
        is_now = (as_of.year, as_of.month) == (year, month)
        passed = (as_of.day - 1) / monthrange(year, month)[1] if is_now else None
        months.append(Month(dt.date(year, month, 1), states, passed))
    return months


def carried_over(measures: pd.DataFrame, known: Collection[int]) -> pd.DataFrame:
    """Measures of the year before as they begin in the next: not started, a year later, without results or evidence.

    `measures` as the store gives them; an indicator that is not among the `known` ones of the new year is left open.
    Columns as the store takes them, among them carried_from.
    """
    carried = measures[["title", "steps", "responsible", "suggestion", "budget"]].assign(
        indicator=measures["indicator"].where(measures["indicator"].isin(known)),
        status="not_started",
        carried_from=measures["measure_id"],
    )
    for column in ("period_start", "period_end"):
        carried[column] = pd.to_datetime(measures[column]) + pd.DateOffset(years=1)
    # The last day of February is the last day again, whether or not the year has a 29th.
    last = pd.to_datetime(measures["period_end"]).dt.is_month_end
    carried.loc[last, "period_end"] += pd.offsets.MonthEnd(0)
    carried["period_text"] = [
        "" if pd.isna(start) or pd.isna(end) else period_words(start.date(), end.date())
        for start, end in zip(carried["period_start"], carried["period_end"], strict=True)
    ]
    return carried
