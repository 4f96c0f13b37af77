"""What a file's figures say about each other: indicators it lacks, printed figures that the scores do not give."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from ita.assessment import agree, instrument_means, rounded, summarise
from ita.reading import names
from ita.reading.figures import what_words, whose
from ita.reading.layouts.table import INDICATORS, is_score
from ita.reading.problems import Problem
from ita.rulebooks import Rulebook, fiscal_years, rulebook


def absent(figures: pd.DataFrame) -> Iterator[Problem]:
    """Indicators that an agency and year has no cell for: one problem for all of a sheet that lack the same."""
    scores = figures[is_score(figures)]
    counts = np.bincount(scores["place"].to_numpy())
    if (counts[counts > 0] == len(INDICATORS)).all():
        return
    held = (
        pd.crosstab(scores["place"], scores["what"].astype(object)).reindex(columns=list(INDICATORS), fill_value=0) > 0
    )
    first = scores.drop_duplicates("place").set_index("place")
    lacking = held[~held.all(axis=1)]
    for sheet, of_sheet in lacking.groupby(first["sheet"].reindex(lacking.index), sort=False):
        for held_ones, alike in of_sheet.groupby(list(INDICATORS), sort=False):
            missing = [number for number, is_held in zip(INDICATORS, held_ones, strict=True) if not is_held]
            details = {
                "what": {
                    language: ", ".join(what_words(number)[language] for number in missing) for language in ("th", "en")
                },
                "agency": whose(first.at[alike.index[0], "agency"]),
                "count": len(alike),
            }
            code = "ITA-S08" if len(alike) == 1 else "ITA-S17"
            yield Problem(code, "warning", str(sheet), None, ", ".join(map(str, missing)), details)


def disagreements(figures: pd.DataFrame) -> Iterator[Problem]:
    """Printed instrument scores, totals and levels that the scores do not give, each with its cell."""
    printed = figures[~is_score(figures)]
    scores = figures[is_score(figures)]
    if printed.empty:
        return
    for year, of_year in scores.dropna(subset="fiscal_year").groupby("fiscal_year"):
        rules = rulebook(int(year))
        wide = of_year.set_index(["place", "what"])["number"].unstack("what").reindex(columns=list(INDICATORS))
        means = instrument_means(wide, rules)
        computed = rounded(means).rename(columns=str.lower).join(summarise(means, rules))
        printed_of_year = printed[printed["fiscal_year"] == year]
        for what in ("iit", "eit", "oit", "total"):
            yield from _differences(printed_of_year[printed_of_year["what"] == what], computed[what])
        levels = printed_of_year[printed_of_year["what"] == "level"].dropna(subset="text")
        yield from _other_levels(levels, _with_printed(printed_of_year, computed), rules)


def _differences(printed: pd.DataFrame, computed: pd.Series[float]) -> Iterator[Problem]:
    ours = printed["place"].map(computed)
    differs = ours.notna() & printed["number"].notna() & ~agree(printed["number"], ours)
    for row, figure in zip(printed[differs].itertuples(), ours[differs], strict=True):
        yield _disagreement("ITA-S09", row, f"{row.number:.2f}", f"{figure:.2f}")


def _with_printed(printed: pd.DataFrame, computed: pd.DataFrame) -> pd.DataFrame:
    """Totals and instrument scores as printed, else as computed: what a printed level is to be held against."""
    wide = printed[printed["what"] != "level"].set_index(["place", "what"])["number"].unstack("what")
    places = computed.index.union(printed["place"].unique())
    columns = ["iit", "eit", "oit", "total"]
    return wide.reindex(index=places, columns=columns).combine_first(computed[columns].reindex(places))


def _other_levels(levels: pd.DataFrame, known: pd.DataFrame, rules: Rulebook) -> Iterator[Problem]:
    """Levels that are not the rule's. A letter is held against the letters: agencies write them in later years too."""
    if levels.empty:
        return
    named = levels["text"].map(_level_names())
    of_year = named.isin([level.name["th"] for level in rules.levels])
    in_letters = ~of_year & named.isin([level.name["th"] for level in letters().levels])
    unknown = ~of_year & ~in_letters
    ours = _levels_by(rules, known).reindex(levels["place"]).set_axis(levels.index)
    by_letter = (
        _levels_by(letters(), known).reindex(levels["place"]).set_axis(levels.index) if in_letters.any() else ours
    )
    for held, computed in ((of_year, ours), (in_letters, by_letter)):
        differs = held & computed.notna() & (named != computed)
        for row, level in zip(levels[differs].itertuples(), computed[differs], strict=True):
            yield _disagreement("ITA-S10", row, row.text, level)
    for sheet, of_sheet in levels[in_letters].groupby("sheet", sort=False):
        first = of_sheet.iloc[0]
        details = {"year": rules.fiscal_year, "count": len(of_sheet), "computed": ours[first.name] or "–"}
        yield Problem("ITA-S16", "info", str(sheet), first["cell"], first["text"], details)
    for row in levels[unknown].itertuples():
        yield Problem("ITA-S18", "warning", row.sheet, row.cell, row.text, {"year": rules.fiscal_year})


def _levels_by(rules: Rulebook, known: pd.DataFrame) -> pd.Series[str]:
    """The level of each place by these rules, None where they need a figure that is not known."""
    lowest = known[["iit", "eit", "oit"]].min(axis=1, skipna=False)
    needs_lowest = any(level.each_instrument for level in rules.levels)
    fits = [
        (known["total"] >= level.total) & (lowest.ge(level.each_instrument) | (level.each_instrument == 0))
        for level in rules.levels
    ]
    names_of_levels = np.select(fits, [level.name["th"] for level in rules.levels], default="")
    answerable = known["total"].notna() & (lowest.notna() | (not needs_lowest))
    return pd.Series(names_of_levels, index=known.index, dtype=object).where(answerable, None)


def _level_names() -> dict[str, str]:
    """A level's Thai name by each of its names as they are printed."""
    return {name: level.name["th"] for level in names.levels().values() for name in level.name.values()}


@cache
def letters() -> Rulebook:
    """The newest rulebook whose levels are letters."""
    newest_first = (rulebook(year) for year in reversed(fiscal_years()))
    return next(rules for rules in newest_first if rules.levels[0].name["th"].isascii())


def _disagreement(code: str, row: Any, found: str, computed: str) -> Problem:
    details = {"what": what_words(row.what), "computed": computed, "agency": whose(row.agency)}
    return Problem(code, "warning", row.sheet, row.cell, found, details)
