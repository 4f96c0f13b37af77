"""The figures of a result file in columns, so that the whole country's are compared with the stored ones at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ita.thai import fold, folded

AgencyYear = tuple[str, int]
"""An agency's key (its folded name) and a fiscal year."""

Integers = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

PRINTED = {"iit": "float64", "eit": "float64", "oit": "float64", "total": "float64", "level": "str"}
"""What a file prints of a result beside its scores, and as what."""


class ContradictoryFigures(ValueError):
    """A file gives two different figures for the same thing, so none of it can be saved.

    `places` holds the agency and fiscal year of each, the agency as the file writes it.
    """

    def __init__(self, places: Collection[tuple[str, int]]) -> None:
        super().__init__(f"two different figures for the same agency and fiscal year: {sorted(places)}")
        self.places = tuple(sorted(places))


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Scores of many results, a line each, in the order of their results and codes, no code twice in a result.

    `result` is the result's number in the list it belongs to; `code` the number in `codes` of the indicator or item;
    `score` is NaN where it is open.
    """

    result: Integers
    code: Integers
    codes: Sequence[int] | Sequence[str]
    score: Numbers

    def of(self, chosen: Flags) -> Lines:
        """The lines of the chosen results, which keep their numbers."""
        lines = chosen[self.result]
        return Lines(self.result[lines], self.code[lines], self.codes, self.score[lines])


@dataclass(frozen=True, slots=True, eq=False)
class FileFigures:
    """All figures of one file.

    `places` are its results in the order of the file; everything else speaks of a result by its number in this list.
    `printed` has the columns PRINTED, NaN where nothing is printed. `names`: how the file writes the agencies, by key;
    `keys`: the key of every name that it writes.
    """

    places: list[AgencyYear]
    names: dict[str, str]
    keys: dict[str, str]
    scores: Lines
    items: Lines
    printed: dict[str, NDArray[Any]]

    def key(self, name: str) -> str:
        """The key of an agency, whether or not the file names it."""
        return self.keys.get(name) or fold(name)


def file_figures(scores: pd.DataFrame, published: pd.DataFrame, items: pd.DataFrame) -> FileFigures:
    """The figures in the frames of a result reading.

    Raises ValueError for a row without agency or fiscal year, ContradictoryFigures where the frames disagree.
    """
    frames = (scores, published, items)
    if any(frame[column].isna().any() for frame in frames for column in ("agency", "fiscal_year")):
        raise ValueError("every figure needs its agency and its fiscal year before it can be saved")
    name_of, unique_names = pd.factorize(pd.concat([frame["agency"] for frame in frames], ignore_index=True))
    names = unique_names.tolist()
    key_of, keys = pd.factorize(np.array(folded(names), dtype=object))
    if not all(keys):
        raise ValueError("an agency needs a name before its figures can be saved")
    year_of, years = pd.factorize(np.concatenate([frame["fiscal_year"].to_numpy("int64") for frame in frames]))
    result_of, found = pd.factorize(key_of[name_of] * len(years) + year_of)
    places = [(keys[one // len(years)], int(years[one % len(years)])) for one in found.tolist()]

    of_scores, of_published, of_items = np.split(result_of, np.cumsum([len(scores), len(published)]))
    score_lines, disputed_scores = _lines(of_scores, scores["indicator"], scores["score"].to_numpy("float64"))
    item_lines, disputed_items = _lines(of_items, items["item"], items["score"].to_numpy("float64"))
    printed, disputed_printed = _printed(of_published, published, len(places))
    key_by_name = dict(zip(names, keys[key_of], strict=True))
    name_by_key = {key: name for name, key in reversed(key_by_name.items())}  # of several spellings the first
    if disputed := {*disputed_scores, *disputed_items, *disputed_printed}:
        raise ContradictoryFigures([(name_by_key[places[one][0]], places[one][1]) for one in disputed])
    return FileFigures(places, name_by_key, key_by_name, score_lines, item_lines, printed)


def lines_of(result: Integers, code: NDArray[np.object_], score: Numbers) -> Lines:
    """The lines in these columns, whatever their order; a second score of one thing is left out."""
    return _lines(result, code, score)[0]


def differing_lines(ours: Lines, theirs: Lines, results: int) -> Integers:
    """How many scores of `ours` are others or none in `theirs`, for each of so many results.

    What is open or absent in `ours` contradicts nothing.
    """
    codes = pd.Index(ours.codes).union(pd.Index(theirs.codes))
    known = _known(ours, codes)
    thing, score = (np.concatenate(both) for both in zip(known, _known(theirs, codes), strict=True))
    in_order = np.argsort(thing, kind="stable")
    thing, score = thing[in_order], score[in_order]
    agreed = thing[_as_before(thing) & _as_before(score)]
    of_result = max(1, len(codes))
    return np.bincount(known[0] // of_result, minlength=results) - np.bincount(agreed // of_result, minlength=results)


def unlike(ours: NDArray[Any], theirs: NDArray[Any]) -> Flags:
    """Where one has another value than the other; what is missing in both is the same."""
    return (ours != theirs) & ~(pd.isna(ours) & pd.isna(theirs))


def _as_before(values: Integers | Numbers) -> Flags:
    """Where a value is that of the place before, both NaN included."""
    same = np.zeros(len(values), dtype=bool)
    same[1:] = (values[1:] == values[:-1]) | (np.isnan(values[1:]) & np.isnan(values[:-1]))
    return same


def _known(lines: Lines, codes: pd.Index) -> tuple[Integers, Numbers]:
    """A number for each result and code (its place in `codes`) that has a score, and the score."""
    known = ~np.isnan(lines.score)
    code = codes.get_indexer(pd.Index(lines.codes))[lines.code[known]]
    return lines.result[known] * max(1, len(codes)) + code, lines.score[known]


def _lines(result: Integers, code: pd.Series | NDArray[np.object_], score: Numbers) -> tuple[Lines, list[int]]:
    """The lines, and the results that have two scores of one code."""
    number, codes = pd.factorize(code, sort=True)
    thing = result * max(1, len(codes)) + number
    disputed: list[int] = []
    if not (thing[1:] > thing[:-1]).all():
        in_order = np.argsort(thing, kind="stable")
        result, number, score, thing = result[in_order], number[in_order], score[in_order], thing[in_order]
        again = _as_before(thing)
        disputed = result[again & ~_as_before(score)].tolist()
        result, number, score = result[~again], number[~again], score[~again]
    return Lines(result, number, codes.tolist(), score), disputed


def _printed(result: Integers, published: pd.DataFrame, results: int) -> tuple[dict[str, NDArray[Any]], list[int]]:
    """What is printed of each of so many results, and the results of which two things are printed."""
    printed = {}
    disputed = np.zeros(len(result), dtype=bool)
    for name, kind in PRINTED.items():
        column = published[name].astype(kind).to_numpy()
        printed[name] = np.full(results, np.nan, dtype=column.dtype)
        printed[name][result[::-1]] = column[::-1]  # of several rows the first
        disputed |= unlike(column, printed[name][result])
    return printed, result[disputed].tolist()
