"""One agency among the others of its year: the median, the middle half, and its own place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ita.agency_kinds import kinds_of
from ita.assessment import instrument_means, levels_of, rounded, summarise
from ita.rulebooks import Rulebook

TOTAL = "total"
FEW = 4
"""Of so few agencies the middle half says little."""
QUARTILES = (0.25, 0.5, 0.75)


@dataclass(frozen=True, eq=False)
class Peers:
    """All agencies of a year.

    `agencies`: one row per agency (index: agency_id): name, province (missing where unknown), kind (as
    `agency_kinds`), total (as printed, else computed, else NaN), level (Thai: as printed, else that of the total), and
    the indicators by their numbers.
    """

    rules: Rulebook
    agencies: pd.DataFrame

    @classmethod
    def of(cls, results: pd.DataFrame, rules: Rulebook) -> Peers:
        """From the frame of `Store.results_of`."""
        numbers = [indicator.number for indicator in rules.indicators]
        scores = rounded(results.reindex(columns=numbers).astype(float))
        means = instrument_means(scores, rules)
        totals = rounded(results["total"].fillna(summarise(means, rules)["total"]))
        head = results[["name", "province"]].assign(
            kind=pd.Categorical(kinds_of(results["key"])),
            total=totals,
            level=results["level"].fillna(levels_of(totals, means, rules)),
        )
        return cls(rules, head.join(scores))

    @cached_property
    def provinces(self) -> list[str]:
        """The provinces there are agencies of, sorted."""
        return sorted(self.agencies["province"].dropna().unique())

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds there are agencies of, the commonest first."""
        return [str(kind) for kind in self.agencies["kind"].value_counts().index]

    def among(self, province: str | None = None, kind: str | None = None) -> Peers:
        """Only those of a province, of a kind, or of both."""
        chosen = np.ones(len(self.agencies), dtype=bool)
        if province is not None:
            chosen &= self.agencies["province"].eq(province).fillna(False).to_numpy(bool)
        if kind is not None:
            chosen &= self.agencies["kind"].eq(kind).to_numpy()
        return Peers(self.rules, self.agencies[chosen])

    def nearest(self, agency_id: int) -> tuple[str | None, str | None]:
        """The province and kind whose agencies are most like this one, None for any: of its own kind in its own
        province, else of its kind, else of its province, else all; the first that has more than FEW.
        """
        own = self.agencies.loc[agency_id]
        home = None if pd.isna(own["province"]) else str(own["province"])
        groups = ((home, str(own["kind"])), (None, str(own["kind"])), (home, None))
        return next((group for group in groups if len(self.among(*group).agencies) > FEW), (None, None))

    def spread(self, own: pd.Series) -> pd.DataFrame:
        """How an agency stands among these, one row for the total and one per indicator (index: "total" or number).

        `own` is its row of `agencies`; it need not be among these. own (its score), lower, median, upper (the
        quartiles), place (1 is the highest; equal scores share one), count (agencies with a score). Missing where
        there is no score.
        """
        what = [TOTAL, *(indicator.number for indicator in self.rules.indicators)]
        scores, ours = self.agencies[what].to_numpy(float), own[what].to_numpy(float)
        lower, median, upper = rounded(_quartiles(scores))
        place = pd.Series((scores > ours).sum(axis=0) + 1, dtype="Int64").mask(np.isnan(ours))
        columns = {"own": ours, "lower": lower, "median": median, "upper": upper, "place": place.array}
        return pd.DataFrame({**columns, "count": np.isfinite(scores).sum(axis=0)}, index=what)

    def ranking(self) -> pd.DataFrame:
        """One row per agency with a total (index: agency_id), the highest first: place (equal totals share one), name,
        province, total, level.
        """
        ranked = self.agencies.dropna(subset=TOTAL).sort_values([TOTAL, "name"], ascending=[False, True])
        place = ranked[TOTAL].rank(method="min", ascending=False).astype(int)
        return ranked[["name", "province", TOTAL, "level"]].assign(place=place)


def _quartiles(scores: np.ndarray) -> np.ndarray:
    """The quartiles of each column, a row each; NaN for a column without a score."""
    whole = np.isfinite(scores).all(axis=1)
    if whole.all() and len(scores):
        return np.quantile(scores, QUARTILES, axis=0)
    return pd.DataFrame(scores).quantile(list(QUARTILES)).to_numpy()
