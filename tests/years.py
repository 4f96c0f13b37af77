"""One agency's year as frames: what the tests of the core judge."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ita.assessment import Assessment, Published, assess

SEED = (92.13, 84.55, 86.13, 83.60, 84.96, 98.34, 96.58, 97.66, 91.00, 37.50)
"""The seed municipality in FY2564, in official order."""


def scores_of(scores: Sequence[float | None]) -> pd.DataFrame:
    """Scores in official order as assess() takes them; None is an empty cell."""
    return pd.DataFrame(
        {"indicator": range(1, len(scores) + 1), "score": pd.array(scores, dtype="Float64").astype(float)}
    )


def judged(
    scores: Sequence[float | None] = SEED,
    fiscal_year: int = 2564,
    *,
    total: float | None = None,
    level: str | None = None,
) -> Assessment:
    """A year under its rules; `total` and `level` are what the file prints."""
    return assess(scores_of(scores), fiscal_year, Published(total=total, level=level))


def with_score(indicator: int, score: float | None, scores: Sequence[float | None] = SEED) -> list[float | None]:
    """The same scores with one of them changed."""
    return [score if number == indicator else other for number, other in enumerate(scores, start=1)]
