"""The questions of deciding, as a script asks them: by fiscal year, with plain figures in and out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from ita import deduction, pathway
from ita.assessment import assess
from ita.deduction import Causes
from ita.pathway import Outcome, Target, Way
from ita.rulebooks import Rulebook, rulebook


@dataclass(frozen=True, eq=False)
class Path:
    """The shortest way to a target.

    `steps`: one row per step, greatest gain first: what ("o42/o43": the documents of which one is enough, or the
    indicator's number), points (of the total), total_after. `before` and `after`: the totals; NaN where a score is
    missing. `level`: the one afterwards, in Thai. `reachable`: whether the target is reached; if not, `after` is as
    far as it certainly goes. `sure`: whether every step is certain to gain its points; a document is not where the one
    that was not found may be a locked one instead.
    """

    steps: pd.DataFrame
    before: float
    after: float
    level: str | None
    reachable: bool
    sure: bool = True


def worth(fiscal_year: int) -> pd.DataFrame:
    """One row per instrument, indicator and known OIT item of a year: kind, code, points.

    Points of the total: for one more point of score; for an item, when it goes from 0 to 100. Raises UnknownFiscalYear.
    """
    return pathway.worth(rulebook(fiscal_year))


def explanations(fiscal_year: int, indicator: int, score: float) -> list[dict[str, int]]:
    """Every combination of failed items per sub-indicator that gives a printed score, fewest documents first.

    Each counts the failed items of every sub-indicator, 0 included. Empty where no combination gives the score, and
    where the year's items are unknown. Raises UnknownFiscalYear.
    """
    rules = rulebook(fiscal_year)
    none = dict.fromkeys(deduction.parts(rules, indicator), 0)
    return [{**none, **explanation.failed} for explanation in deduction.explanations(rules, indicator, score)]


def shortest_path(
    scores: pd.DataFrame,
    fiscal_year: int,
    *,
    failed_items: Iterable[str] | None = None,
    locked: Iterable[str] = (),
    target: float | str | None = None,
) -> Path:
    """The fewest documents that reach a total, else the least rise of scores.

    `scores`: columns indicator, score, as for `assess`. `failed_items`: codes of the items that failed; without
    them, what the scores themselves make certain. `locked`: codes of items, of sub-indicators or of indicators that
    cannot be worked on. Codes may be in capitals. `target`: the total wanted, or the level by its name, under the
    year's rule for levels; the year's pass mark if not given. Raises as `assess` does, and ValueError for a level that
    the year does not have.
    """
    assessment = assess(scores, fiscal_year)
    rules = assessment.rules
    aim = _aim(rules, target)
    present = pathway.outcome(assessment, {})
    if present is None:
        return Path(_frame(()), float("nan"), float("nan"), None, reachable=False)
    given = None if failed_items is None else _codes(failed_items)
    causes = deduction.causes(rules, assessment.indicators) if given is None else _given(given, rules)
    shut = _codes(locked)
    fixed = [int(code) for code in shut if code.isdecimal()]
    ways = pathway.ways(assessment, causes, aim, shut, fixed=fixed)
    way = ways.told
    if way is None:
        furthest = ways.furthest_rise or present
        return _path(None, present, furthest)
    return _path(way, way.before, way.after)


def _path(way: Way | None, before: Outcome, after: Outcome) -> Path:
    steps = way.steps if way else ()
    sure = all(step.sure for step in steps)
    rows = tuple(("/".join(step.items) or str(step.indicator), step.gain, step.total) for step in steps)
    return Path(_frame(rows), before.total, after.total, after.level, reachable=way is not None, sure=sure)


def _frame(rows: tuple[tuple[str, float, float], ...]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["what", "points", "total_after"])
    return frame.astype({"what": "str", "points": float, "total_after": float})


def _aim(rules: Rulebook, target: float | str | None) -> Target:
    if not isinstance(target, str):
        return Target(rules.pass_mark if target is None else target)
    named = [level for level in rules.levels if target in level.name.values()]
    if not named:
        raise ValueError(f"FY{rules.fiscal_year} has no level {target!r}")
    return Target(named[0].total, named[0].each_instrument)


def _codes(given: Iterable[str]) -> set[str]:
    """Codes as rules write them, from any list or column of them, or from a single one."""
    return {str(code).lower() for code in ([given] if isinstance(given, str) else given)}


def _given(codes: Collection[str], rules: Rulebook) -> Causes:
    return Causes(failed=Counter(item.part for item in rules.items if item.code in codes), known=tuple(codes))
