"""The sentences of comparing: what moved since the year before, and how an agency stands among others."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ita.assessment import Assessment, rounded
from ita.sentences import indicator_name, since
from ita.text import Say
from ita.trend import TOTAL, Difference

EFFECTS = {"effective": "✓", "not_effective": "▼", "cannot_tell": "–"}
"""The shape before each verdict on a measure, in the order in which they are counted."""


def change_word(change: float, say: Say) -> str:
    """A change as shown, with its direction as a shape."""
    if pd.isna(change):
        return say("compare.no_change")
    return f"{'▲' if change > 0 else '▽' if change < 0 else '='} {change:+.2f}" if change else "= 0.00"


def compared(
    assessment: Assessment, previous: Assessment | None, spread: pd.DataFrame | None, named: str, say: Say
) -> str:
    """The total beside last year's and beside the group's median, as far as either is there; or that there is none."""
    if assessment.total is None and assessment.missing:
        return say("sentence.no_total", missing=", ".join(map(str, assessment.missing)))
    told = [] if previous is None else [since(assessment, previous, say)]
    if spread is not None:
        told.append(among(spread, named, say))
    told = [sentence for sentence in told if sentence]
    if assessment.total is None or not told:
        return say("sentence.compared_nothing", year=assessment.fiscal_year)
    return say("sentence.compared", total=f"{assessment.total:.2f}", told=" · ".join(told))


def among(spread: pd.DataFrame, named: str, say: Say) -> str:
    """How the total stands to the median of the group; "" where either is missing."""
    total = spread.loc[TOTAL]
    over = over_median(spread.loc[[TOTAL]]).item()
    if pd.isna(over):
        return ""
    key = "above" if over > 0 else "below" if over < 0 else "at"
    values = {"median": f"{total['median']:.2f}", "count": f"{int(total['count']):,}", "group": named}
    return say(f"sentence.among_{key}", over=f"{abs(over):.2f}", **values)


def changes_title(changes: pd.DataFrame, year: int, say: Say) -> str:
    """How many indicators rose and fell since a year, and which fell most."""
    moved = changes.drop(index=TOTAL)["change"].dropna()
    rose, fell = int((moved > 0).sum()), int((moved < 0).sum())
    if not fell:
        return say("sentence.changes_none_fell", year=year, rose=rose)
    values = {"number": moved.idxmin(), "change": f"{abs(moved.min()):.2f}"}
    return say("sentence.changes", year=year, rose=rose, fell=fell, **values)


def spread_title(spread: pd.DataFrame, named: str, say: Say) -> str:
    """How many indicators lie under the median of the group, and which lies lowest under it."""
    under = over_median(spread.drop(index=TOTAL)).dropna()
    below = under[under < 0]
    values = {"group": named, "count": f"{int(spread['count'].max()):,}"}
    if below.empty:
        return say("sentence.spread_none_below", **values)
    lowest = {"number": below.idxmin(), "under": f"{abs(below.min()):.2f}"}
    return say("sentence.spread", below=len(below), **values, **lowest)


def over_median(spread: pd.DataFrame) -> pd.Series:
    """How far the own score is over the group's median (negative: under it), as shown."""
    return rounded(spread["own"] - spread["median"])


def changes_told(changes: pd.DataFrame, assessment: Assessment, year: int, say: Say, language: str) -> str:
    """The chart of changes in words, for those who cannot see it."""
    rows = changes.drop(index=TOTAL)
    return f"{say('chart.year', year=year)} → {say('chart.year', year=assessment.fiscal_year)}: " + "; ".join(
        f"{indicator_name(assessment.rules, number, language)} "
        f"{_score(row.before, say)} → {_score(row.after, say)} ({change_word(row.change, say)})"
        for number, row in zip(rows.index, rows.itertuples(), strict=True)
    )


def spread_told(spread: pd.DataFrame, assessment: Assessment, say: Say, language: str) -> str:
    """The chart of a group in words, for those who cannot see it."""
    rows = spread.drop(index=TOTAL)
    return "; ".join(
        f"{indicator_name(assessment.rules, number, language)} {_score(row.own, say)}, "
        f"{say('compare.median')} {_score(row.median, say)}, "
        f"{say('compare.half')} {_score(row.lower, say)}–{_score(row.upper, say)}"
        for number, row in zip(rows.index, rows.itertuples(), strict=True)
    )


def differences(found: Sequence[Difference], one: int, other: int, say: Say) -> str:
    """Which rules two years do not share, or may not, so that their scores are compared with care."""
    told = [
        say(f"sentence.differs_{difference.rule}" if difference.known else "sentence.differs_unknown",
            count=difference.count, rule=say(f"rules.{difference.rule}"))
        for difference in found
    ]  # fmt: skip
    key = "differences" if any(difference.known for difference in found) else "differences_unsure"
    return say(f"sentence.{key}", one=one, other=other, rules=" · ".join(told))


def effects_title(effects: pd.DataFrame, year: int, say: Say) -> str:
    """How many of last year's measures show, do not show, and cannot be told."""
    counts = effects["effect"].value_counts()
    told = [f"{effect_word(effect, say)} {counts[effect]}" for effect in EFFECTS if effect in counts]
    return say("sentence.effects", year=year, count=len(effects), told=" · ".join(told))


def effect_word(effect: str, say: Say) -> str:
    """A verdict on a measure as shape and word."""
    return f"{EFFECTS[effect]} {say(f'compare.{effect}')}"


def place(ranking: pd.DataFrame, agency_id: int, named: str, say: Say) -> str:
    """The agency's place in a ranking, or that it has none there."""
    values = {"group": named, "count": f"{len(ranking):,}"}
    if agency_id not in ranking.index:
        return say("sentence.no_place", **values)
    return say("sentence.place", place=f"{int(ranking.at[agency_id, 'place']):,}", **values)


def _score(score: float, say: Say) -> str:
    return say("chart.no_score") if pd.isna(score) else f"{score:.2f}"
