"""What a closed meeting had on its screen, and what has moved since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ita.assessment import Assessment

ADDED, REMOVED = "added", "removed"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting when it was closed: its day, the total, each indicator's score, each measure's title and state."""

    held_on: dt.date
    total: float | None
    scores: Mapping[int, float | None]
    measures: Mapping[int, tuple[str, str]]
    """Title and state by measure_id."""

    def as_json(self) -> dict[str, Any]:
        """What is kept of it beside its day."""
        return {
            "total": self.total,
            "scores": {str(number): score for number, score in self.scores.items()},
            "measures": {str(number): [title, state] for number, (title, state) in self.measures.items()},
        }

    @classmethod
    def from_json(cls, held_on: dt.date, kept: Mapping[str, Any]) -> Meeting:
        """The meeting of that day whose `as_json` this was."""
        return cls(
            held_on,
            kept["total"],
            {int(number): score for number, score in kept["scores"].items()},
            {int(number): (title, state) for number, (title, state) in kept["measures"].items()},
        )


def closed(held_on: dt.date, assessment: Assessment, measures: pd.DataFrame) -> Meeting:
    """What is to be kept of a meeting; `measures` comes from `measures.with_state`."""
    return Meeting(
        held_on,
        assessment.total,
        {int(number): None if pd.isna(score) else float(score) for number, score in assessment.scores.items()},
        {
            int(row.measure_id): (row.title, row.state)
            for row in measures[["measure_id", "title", "state"]].itertuples()
        },
    )


def moved_measures(before: Meeting, measures: pd.DataFrame) -> pd.DataFrame:
    """One row per measure whose state is another than at the meeting: indicator (Int64), title, before, after (states).

    A measure that is new has "added" as its state before, one that is gone "removed" as its state after; those that
    are gone come last.
    """
    rows = [
        {"indicator": row.indicator, "title": row.title, "before": then, "after": row.state}
        for row in measures[["measure_id", "indicator", "title", "state"]].itertuples()
        if (then := before.measures.get(row.measure_id, ("", ADDED))[1]) != row.state
    ]
    here = set(measures["measure_id"])
    rows += [
        {"indicator": pd.NA, "title": title, "before": state, "after": REMOVED}
        for number, (title, state) in before.measures.items()
        if number not in here
    ]
    frame = pd.DataFrame(rows, columns=["indicator", "title", "before", "after"])
    return frame.astype({"indicator": "Int64"})


def moved_scores(before: Meeting, assessment: Assessment) -> pd.DataFrame:
    """One row per indicator whose score is another than at the meeting: indicator, before, after (NaN: none)."""
    now = assessment.scores
    then = pd.Series(before.scores, dtype=float).reindex(now.index)
    other = now.ne(then) & (now.notna() | then.notna())
    return pd.DataFrame({"before": then[other], "after": now[other]}).rename_axis("indicator").reset_index()
