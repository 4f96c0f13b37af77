"""The figures of one agency in one fiscal year as plain values, so that two files can be compared."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import pandas as pd

from ita.assessment import Published
from ita.thai import fold

AgencyYear = tuple[str, int]
"""An agency's key (its folded name) and a fiscal year."""

Code = TypeVar("Code", int, str)


class ContradictoryFigures(ValueError):
    """A file gives two different figures for the same thing, so none of it can be saved.

    `places` holds the agency and fiscal year of each, the agency as the file writes it.
    """

    def __init__(self, places: Collection[tuple[str, int]]) -> None:
        super().__init__(f"two different figures for the same agency and fiscal year: {sorted(places)}")
        self.places = tuple(sorted(places))


@dataclass(slots=True)
class Figures:
    """Scores by indicator, scores by item, and what is printed; a score of None is one that the file leaves open."""

    scores: dict[int, float | None] = field(default_factory=dict)
    items: dict[str, float | None] = field(default_factory=dict)
    published: Published = field(default_factory=Published)

    def same_as(self, other: Figures) -> bool:
        """Whether both say the same; an open score and an absent one do."""
        if self.published != other.published:
            return False
        return self.differing_scores(other) == 0 and self.differing_items(other) == 0

    def differing_scores(self, other: Figures) -> int:
        """The number of indicators whose scores differ."""
        return _differences(self.scores, other.scores)

    def differing_items(self, other: Figures) -> int:
        """The number of items whose scores differ."""
        return _differences(self.items, other.items)


@dataclass(frozen=True, slots=True)
class FileFigures:
    """All figures of one file, and how it writes the agencies' names, by their keys."""

    figures: dict[AgencyYear, Figures]
    names: dict[str, str]


def file_figures(scores: pd.DataFrame, published: pd.DataFrame, items: pd.DataFrame) -> FileFigures:
    """The figures in the frames of a result reading, in the order of the file.

    Raises ValueError for a row without agency or fiscal year, ContradictoryFigures where the frames disagree.
    """
    keys = _keys(scores, published, items)
    figures: dict[AgencyYear, Figures] = defaultdict(Figures)
    contradictions: set[tuple[str, int]] = set()
    for place, indicator, score in zip(_places(scores), scores["indicator"].tolist(), _floats(scores), strict=True):
        known = figures[keys[place[0]], place[1]].scores
        if known.setdefault(int(indicator), score) != score:
            contradictions.add(place)
    for place, item, score in zip(_places(items), items["item"].tolist(), _floats(items), strict=True):
        known_items = figures[keys[place[0]], place[1]].items
        if known_items.setdefault(item, score) != score:
            contradictions.add(place)
    printed: dict[AgencyYear, Published] = {}
    for place, row in zip(_places(published), _published(published), strict=True):
        agency_year = keys[place[0]], place[1]
        if printed.setdefault(agency_year, row) != row:
            contradictions.add(place)
        figures[agency_year].published = row
    if contradictions:
        raise ContradictoryFigures(contradictions)
    names: dict[str, str] = {}
    for name, key in keys.items():
        names.setdefault(key, name)
    return FileFigures(dict(figures), names)


def _keys(*frames: pd.DataFrame) -> dict[str, str]:
    """The key of every agency that the frames name, in the order they name them."""
    names: dict[str, None] = {}
    for frame in frames:
        if frame[["agency", "fiscal_year"]].isna().to_numpy().any():
            raise ValueError("every figure needs its agency and its fiscal year before it can be saved")
        names.update(dict.fromkeys(frame["agency"].unique().tolist()))
    keys = {name: fold(name) for name in names}
    if not all(keys.values()):
        raise ValueError("an agency needs a name before its figures can be saved")
    return keys


def _places(rows: pd.DataFrame) -> Iterator[tuple[str, int]]:
    return zip(rows["agency"].tolist(), rows["fiscal_year"].astype("int64").tolist(), strict=True)


def _floats(rows: pd.DataFrame, column: str = "score") -> list[float | None]:
    values = rows[column].to_numpy(dtype="float64", na_value=math.nan).tolist()
    return [None if math.isnan(value) else value for value in values]


def _published(published: pd.DataFrame) -> Iterator[Published]:
    numbers = (_floats(published, column) for column in ("iit", "eit", "oit", "total"))
    levels = [None if pd.isna(level) else str(level) for level in published["level"].tolist()]
    return map(Published, *numbers, levels)


def _differences(ours: Mapping[Code, float | None], theirs: Mapping[Code, float | None]) -> int:
    return sum(ours.get(code) != theirs.get(code) for code in ours.keys() | theirs.keys())
