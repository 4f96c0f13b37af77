"""Scores of one agency and year -> means, total, level, gaps. The only comparisons with the pass mark are made here.

Rounding has one answer everywhere (`rounded`): two decimals, half up, judged as shown. 84.994 is 84.99 and below the
mark, 84.995 is 85.00 and passes. Means and the total are taken from the two-decimal scores without rounding in
between, and rounded once at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from ita.rulebooks import Rulebook, rulebook

DISAGREEMENT = 0.02
"""A printed total further than this from the recomputed one is a warning: rounding alone explains 0.01."""

Number = TypeVar("Number", float, "np.ndarray", "pd.Series[float]", pd.DataFrame)


def rounded(values: Number) -> Number:
    """Two decimals, half up, of a number, an array, a column or a frame; missing (NaN) stays missing.

    The tie is looked for at the eighth decimal, so that 84.995 is a tie although the nearest binary number lies below.
    """
    shown = np.floor(np.round(np.multiply(values, 100), 6) + 0.5) / 100
    return float(shown) if np.isscalar(shown) else shown  # type: ignore[arg-type, return-value]


def agree(stated: Number, computed: Number) -> Any:
    """Whether a printed figure may be what the parts give, element by element; missing agrees with nothing."""
    return rounded(abs(stated - computed)) <= DISAGREEMENT


@dataclass(frozen=True, slots=True)
class Published:
    """What a file prints beside the ten scores: out of 100 each; None where it prints nothing."""

    iit: float | None = None
    eit: float | None = None
    oit: float | None = None
    total: float | None = None
    level: str | None = None


@dataclass(frozen=True, eq=False)
class Assessment:
    """One agency's year under that year's rulebook.

    `indicators`: one row per indicator 1-10: indicator, instrument, score, gap (to the pass mark: negative is below),
    passed (missing where the score is), points (of the total that it brings), points_at_mark (what the total gains when
    it is raised to the mark, rounded; 0 if it is there).
    `instruments`: one row per instrument: instrument, weight (percent), score, gap, passed, points, below (indicators
    under the mark), indicators (how many it has).
    `total` and `passed`: as published where the file prints the total, else as computed; None where neither is known.
    """

    rules: Rulebook
    indicators: pd.DataFrame
    instruments: pd.DataFrame
    computed_total: float | None
    computed_level: str | None
    published: Published

    @property
    def fiscal_year(self) -> int:
        return self.rules.fiscal_year

    @property
    def total(self) -> float | None:
        return self.computed_total if self.published.total is None else rounded(self.published.total)

    @cached_property
    def scores(self) -> pd.Series[float]:
        """The scores of `indicators` by their numbers."""
        return self.indicators.set_index("indicator")["score"]

    @cached_property
    def level(self) -> str | None:
        """As published; else the level of `total`, so that a printed total never stands beside the level of another."""
        scores = self.instruments.set_index("instrument")["score"]
        if self.published.level or self.total is None or scores.isna().any():
            return self.published.level or None
        return self.rules.level(self.total, scores.to_dict()).name["th"]

    @property
    def passed(self) -> bool | None:
        return None if self.total is None else self.rules.passes(self.total)

    @property
    def gap(self) -> float | None:
        """Total minus pass mark, as shown: negative is what is missing."""
        return None if self.total is None else rounded(self.total - self.rules.pass_mark)

    @cached_property
    def below(self) -> pd.DataFrame:
        """The rows of `indicators` under the mark, the one that would lift the total most first."""
        weak = self.indicators[self.indicators["passed"].eq(False).fillna(False)]
        return weak.sort_values(["points_at_mark", "gap", "indicator"], ascending=[False, True, True])

    @cached_property
    def strong(self) -> pd.DataFrame:
        """The rows of `indicators` at or over the mark, best first."""
        strong = self.indicators[self.indicators["passed"].fillna(False)]
        return strong.sort_values(["score", "indicator"], ascending=[False, True])

    @cached_property
    def missing(self) -> list[int]:
        """Indicators without a score."""
        return [int(number) for number in self.indicators.loc[self.indicators["score"].isna(), "indicator"]]

    @property
    def disagrees(self) -> bool:
        """Whether the printed total cannot be the sum of the printed scores."""
        if self.published.total is None or self.computed_total is None:
            return False
        return not agree(self.published.total, self.computed_total)

    def total_with(self, indicator: int, score: float) -> float | None:
        """The total if one indicator had this score and all else stayed."""
        if self.total is None or indicator in self.missing:
            return None
        now = self.scores[indicator]
        # Of a total that is the sum, the unrounded one: rounding it twice could lift it over the mark.
        exact = self.instruments["points"].sum() if self.total == self.computed_total else self.total
        return rounded(exact + (score - now) * self.rules.points_per_score(indicator))

    @cached_property
    def enough_alone(self) -> dict[int, float]:
        """The indicators of which one, raised to the mark, makes a total pass that does not; with the total then.

        The one that lifts it most comes first.
        """
        numbers = self.below["indicator"] if self.passed is False else ()
        raised = {int(number): self.total_with(int(number), self.rules.pass_mark) for number in numbers}
        return {number: total for number, total in raised.items() if total is not None and self.rules.passes(total)}

    def level_with(self, indicator: int, score: float) -> str | None:
        """The level if one indicator had this score and all else stayed: that of `total_with`."""
        total = self.total_with(indicator, score)
        if total is None:
            return None
        raised = self.indicators[["indicator", "score"]].copy()
        raised.loc[raised["indicator"] == indicator, "score"] = score
        return assess(raised, self.fiscal_year, Published(total=total)).level


def assess(scores: pd.DataFrame, fiscal_year: int, published: Published | None = None) -> Assessment:
    """Judge one agency's scores (columns indicator, score; one row per indicator) by the rules of `fiscal_year`.

    An instrument with a missing indicator has no mean, and then there is no total: missing stays missing.
    Raises UnknownFiscalYear for a year without rules, ValueError for an indicator given twice or not among the ten.
    """
    rules = rulebook(fiscal_year)
    if scores["indicator"].duplicated().any():
        raise ValueError("an indicator is given twice: assess() takes one agency and one year")
    numbers = [indicator.number for indicator in rules.indicators]
    if unknown := set(scores["indicator"]) - set(numbers):
        raise ValueError(f"no such indicator: {sorted(unknown)}")
    given = pd.Series(scores["score"].to_numpy(dtype=float), index=scores["indicator"].to_numpy(dtype=int))
    marks = rounded(given.reindex(numbers))
    means = instrument_means(marks.to_frame().T, rules)
    summary = summarise(means, rules).iloc[0]
    indicators = _judged_indicators(marks, rules)
    return Assessment(
        rules=rules,
        indicators=indicators,
        instruments=_judged_instruments(means.iloc[0], indicators, rules),
        computed_total=None if pd.isna(summary["total"]) else float(summary["total"]),
        computed_level=None if pd.isna(summary["level"]) else str(summary["level"]),
        published=published or Published(),
    )


def instrument_means(wide: pd.DataFrame, rules: Rulebook) -> pd.DataFrame:
    """Unrounded instrument scores of many agencies: the rows of `wide`, columns IIT, EIT, OIT.

    The columns of `wide` are indicator numbers. An instrument with a missing indicator is missing.
    """
    return pd.DataFrame(
        {
            instrument.code: wide[list(rules.indicators_of(instrument.code))].mean(axis=1, skipna=False)
            for instrument in rules.instruments
        }
    )


def summarise(means: pd.DataFrame, rules: Rulebook) -> pd.DataFrame:
    """Totals and levels of many agencies: the rows of `instrument_means`, columns total (rounded) and level (Thai)."""
    weights = np.array([rules.instrument(code).weight / 100 for code in means.columns])
    totals = pd.Series(rounded(means.to_numpy() @ weights), index=means.index)
    return pd.DataFrame({"total": totals, "level": levels_of(totals, means, rules)})


def levels_of(totals: pd.Series[float], means: pd.DataFrame, rules: Rulebook) -> pd.Series[str]:
    """The levels (Thai) of rounded totals and the rows of `instrument_means`; missing where either is."""
    lowest = rounded(means.to_numpy()).min(axis=1)
    fits = [level.holds(totals.to_numpy(), lowest) for level in rules.levels]
    names = np.select(fits, [level.name["th"] for level in rules.levels], default="")
    return pd.Series(names, index=means.index).replace("", None)


def _judged_indicators(scores: pd.Series[float], rules: Rulebook) -> pd.DataFrame:
    worth = np.array([rules.points_per_score(number) for number in scores.index])
    judged = pd.DataFrame(
        {
            "indicator": scores.index,
            "instrument": [rules.instrument_of[number] for number in scores.index],
            "score": scores.to_numpy(),
        }
    )
    judged["gap"] = rounded(judged["score"] - rules.pass_mark)
    judged["passed"] = _passed(judged["score"], rules)
    judged["points"] = judged["score"] * worth
    judged["points_at_mark"] = rounded((-judged["gap"]).clip(lower=0) * worth)
    return judged


def _judged_instruments(means: pd.Series[float], indicators: pd.DataFrame, rules: Rulebook) -> pd.DataFrame:
    weights = np.array([rules.instrument(code).weight for code in means.index])
    judged = pd.DataFrame({"instrument": means.index, "weight": weights, "score": rounded(means.to_numpy())})
    judged["gap"] = rounded(judged["score"] - rules.pass_mark)
    judged["passed"] = _passed(judged["score"], rules)
    judged["points"] = means.to_numpy() * weights / 100
    by_instrument = indicators.groupby("instrument", sort=False)
    judged["below"] = by_instrument["passed"].agg(lambda passed: int(passed.eq(False).sum())).to_numpy()
    judged["indicators"] = by_instrument.size().to_numpy()
    return judged


def _passed(scores: pd.Series[float], rules: Rulebook) -> pd.Series[bool]:
    return scores.map(rules.passes).astype("boolean").mask(scores.isna())
