"""What is being done about each indicator beside what is at stake, and what a passing or failing figure hides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import pandas as pd

from ita.assessment import Assessment
from ita.measures import AT_WORK, by_indicator

FULL = 100.0
"""A score that nothing can be added to."""


def coverage(assessment: Assessment, measures: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator (also its index), in official order. `measures` comes from `measures.with_state`.

    Columns: indicator, score, passed, points_at_mark (of the total, at stake), measures (how many), open (how many are
    at work: not known to have ended), overdue (how many), state (the worst of them, missing without a measure).
    """
    numbers = assessment.indicators["indicator"]
    told = by_indicator(measures).reindex(numbers)
    counts = pd.DataFrame(
        {
            "measures": told["measures"],
            "open": measures[measures["status"].isin(AT_WORK)].groupby("indicator").size(),
            "overdue": measures[measures["overdue"]].groupby("indicator").size(),
        },
        index=told.index,
    )
    rows = assessment.indicators.set_index("indicator", drop=False)[["indicator", "score", "passed", "points_at_mark"]]
    return rows.join(counts.fillna(0).astype(int)).join(told["state"]).rename_axis(None)


def uncovered(rows: pd.DataFrame) -> list[int]:
    """Of the rows of `coverage`, the indicators under the mark that no measure is at work on, most at stake first."""
    idle = rows[rows["passed"].eq(False).fillna(False) & (rows["open"] == 0)]
    most_first = idle.sort_values(["points_at_mark", "score", "indicator"], ascending=[False, True, True])
    return [int(number) for number in most_first["indicator"]]


def beyond(rows: pd.DataFrame) -> tuple[list[int], list[int]]:
    """Of the rows of `coverage`, those at work where no score is left to win, and where the mark is reached already."""
    at_work = rows[rows["passed"].fillna(False).astype(bool) & (rows["open"] > 0)]
    full = at_work["score"] >= FULL
    return at_work.loc[full, "indicator"].tolist(), at_work.loc[~full, "indicator"].tolist()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a figure hides: a pass over failing `parts`, or the indicator that `alone` explains a failure.

    `what` is an instrument's code or "total" for a pass, an indicator's number for the other; `parts` are the codes or
    numbers under the mark; `raised` is the total with that one indicator at the mark.
    """

    kind: Literal["passed_over", "alone"]
    what: str
    score: float
    parts: tuple[str, ...] = ()
    raised: float | None = None


@lru_cache(maxsize=256)
def findings(assessment: Assessment) -> list[Finding]:
    """The total and the instruments that pass over parts under the mark; then each indicator that alone explains why
    the total does not pass: raised to the mark, all else as it is, it would. Empty where figures hide nothing.
    """
    found = []
    instruments = assessment.instruments
    failing = instruments.loc[instruments["passed"].eq(False).fillna(False), "instrument"]
    if assessment.total is not None and assessment.passed and len(failing):
        found.append(Finding("passed_over", "total", assessment.total, tuple(failing)))
    below = assessment.below.sort_values("indicator")
    for row in instruments[instruments["passed"].fillna(False).astype(bool) & (instruments["below"] > 0)].itertuples():
        parts = below.loc[below["instrument"] == row.instrument, "indicator"]
        found.append(Finding("passed_over", str(row.instrument), float(row.score), tuple(map(str, parts))))
    for number, raised in assessment.enough_alone.items():
        found.append(Finding("alone", str(number), float(assessment.scores[number]), raised=raised))
    return found
