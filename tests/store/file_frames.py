"""Frames as `ita.read_results` gives them, made from a few figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from ita.store import Saved, Store, Upload

BUA = "เทศบาลตำบลบัววัฒนา"
SEED_SCORES = (92.13, 84.55, 86.13, 83.60, 84.96, 98.34, 96.58, 97.66, 91.00, 37.50)


@dataclass(frozen=True)
class Line:
    """What a file says of one agency in one fiscal year."""

    agency: str = BUA
    fiscal_year: int = 2564
    scores: Sequence[float | None] = SEED_SCORES
    items: Mapping[str, float | None] | None = None
    total: float | None = 80.84
    level: str | None = "B"

    def but(self, indicator: int, score: float | None) -> Line:
        scores = list(self.scores)
        scores[indicator - 1] = score
        return replace(self, scores=scores)


@dataclass(frozen=True)
class ResultFile:
    """A file of such lines, as frames and as an upload."""

    lines: tuple[Line, ...]
    name: str = "ผลประเมิน.xlsx"

    @property
    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        scores = [
            (line.agency, line.fiscal_year, indicator, score, "ผล", f"C{indicator}")
            for line in self.lines
            for indicator, score in enumerate(line.scores, start=1)
        ]
        published = [
            (line.agency, line.fiscal_year, None, None, None, line.total, line.level)
            for line in self.lines
            if line.total is not None or line.level is not None
        ]
        items = [
            (line.agency, line.fiscal_year, item, score)
            for line in self.lines
            for item, score in (line.items or {}).items()
        ]
        return (
            _frame(scores, indicator="int64", score="float64", sheet="str", cell="str"),
            _frame(published, iit="float64", eit="float64", oit="float64", total="float64", level="str"),
            _frame(items, item="str", score="float64"),
        )

    @property
    def upload(self) -> Upload:
        return Upload.of(repr(self.lines).encode(), self.name)

    def save(self, store: Store, *, replace: Sequence[tuple[str, int]] = ()) -> Saved:
        return store.save_results(*self.frames, self.upload, replace=replace)


def file_of(*lines: Line, name: str = "ผลประเมิน.xlsx") -> ResultFile:
    return ResultFile(lines, name)


def _frame(rows: Sequence[tuple[object, ...]], **columns: str) -> pd.DataFrame:
    dtypes = {"agency": "str", "fiscal_year": "Int64", **columns}
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
