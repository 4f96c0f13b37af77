"""What a file's figures say about each other: what it lacks, and what is printed that its parts do not give."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from ita.assessment import agree, instrument_means, rounded, summarise
from ita.deduction import possible_scores
from ita.reading import names
from ita.reading.figures import HIGHEST, matrix, named, whose
from ita.reading.layouts.table import INDICATORS, is_item, is_printed, is_score
from ita.reading.problems import Problem
from ita.rulebooks import Rulebook, fiscal_years, rulebook

OIT_ITEMS = [code for code in names.ITEMS if code.startswith("o")]


def absent(figures: pd.DataFrame, places: pd.DataFrame) -> Iterator[Problem]:
    """Indicators that an agency and year has no cell for: one problem for all of a sheet that lack the same."""
    scores = figures[is_score(figures)]
    counts = np.bincount(scores["place"].to_numpy(), minlength=len(places))
    if not ((counts > 0) & (counts < len(INDICATORS))).any():
        return
    lacking = scores[(counts < len(INDICATORS))[scores["place"].to_numpy()]]
    held = pd.crosstab(lacking["place"], lacking["what"].astype(object)).reindex(columns=list(INDICATORS), fill_value=0)
    sheet_of = lacking.drop_duplicates("place").set_index("place")["sheet"].astype(object)
    for sheet, of_sheet in (held > 0).groupby(sheet_of.reindex(held.index), sort=False):
        for held_ones, alike in of_sheet.groupby(list(INDICATORS), sort=False):
            missing = [number for number, is_held in zip(INDICATORS, held_ones, strict=True) if not is_held]
            details = {
                "what": {
                    language: ", ".join(names.words_of(number)[language] for number in missing)
                    for language in ("th", "en")
                },
                "agency": whose(places, alike.index[0]),
                "count": len(alike),
            }
            code = "ITA-S08" if len(alike) == 1 else "ITA-S17"
            yield Problem(code, "warning", str(sheet), None, ", ".join(map(str, missing)), details)


def disagreements(figures: pd.DataFrame, places: pd.DataFrame) -> Iterator[Problem]:
    """Printed instrument scores, totals and levels that the scores do not give, each with its cell."""
    printed = figures[is_printed(figures)]
    if printed.empty:
        return
    scores = matrix(figures, list(INDICATORS), places)
    numbers = matrix(printed, [*names.INSTRUMENTS, "total"], places)
    levels = printed[printed["what"] == "level"].dropna(subset="text")
    for year, of_year in places.dropna(subset="fiscal_year").groupby("fiscal_year"):
        rules, known = rulebook(int(year)), numbers.loc[of_year.index]
        means = instrument_means(scores.loc[of_year.index], rules)
        computed = rounded(means).rename(columns=str.lower).join(summarise(means, rules))
        yield from _differences(printed, known, computed[list(known)], places)
        of_levels = levels[levels["place"].isin(of_year.index)]
        yield from _other_levels(of_levels, known.where(known.notna(), computed[list(known)]), places, rules)
        totals = _sums(known, rules).where(computed["total"].isna())
        yield from _differences(printed, known[["total"]], totals.to_frame("total"), places)


def items(figures: pd.DataFrame, places: pd.DataFrame) -> Iterator[Problem]:
    """What items say that they cannot: codes beyond the year's list, OIT scores but 0 and 100, other means.

    A year whose list is not known has its items kept, and that is said.
    """
    of_items = figures[is_item(figures)]
    if of_items.empty:
        return
    for year, of_year in places.dropna(subset="fiscal_year").groupby("fiscal_year"):
        rules, here = rulebook(int(year)), of_items[of_items["place"].isin(of_year.index)]
        if here.empty:
            continue
        if not rules.items:
            (first,) = named(here.head(1))
            yield Problem("ITA-S24", "info", str(first.sheet), None, "", {"year": int(year)})
            continue
        here = here[here["what"].isin(OIT_ITEMS)]
        codes = [item.code for item in rules.items]
        listed = here["what"].isin(codes)
        neither = listed & here["number"].notna() & (here["number"] != 0) & (here["number"] != HIGHEST)
        yield from _items_of_kind("ITA-S22", here[~listed], places, int(year))
        yield from _items_of_kind("ITA-S23", here[neither], places, int(year))
        computed = _from_items(matrix(here[listed], codes, places), rules).loc[of_year.index]
        scores = figures[is_score(figures)]
        printed = matrix(scores, list(computed), places).loc[of_year.index]
        yield from _differences(scores, printed, computed, places, "ITA-S25")


def unexplained(figures: pd.DataFrame, places: pd.DataFrame) -> Iterator[Problem]:
    """OIT scores that no documents found and not found can give, one problem for all of a sheet's indicator.

    Only years whose list of items is confirmed: a list that may be wrong blames no score.
    """
    years = places["fiscal_year"].to_numpy(dtype=float, na_value=0)
    for year in np.unique(years[years > 0]).astype(int).tolist():
        rules = rulebook(year)
        if not rules.origins["items"].confirmed:
            continue
        for number in dict.fromkeys(item.indicator for item in rules.items):
            own = figures[figures["what"] == number].dropna(subset="number")
            own = own[years[own["place"].to_numpy()] == year]
            odd = own[~np.isin(rounded(own["number"].to_numpy()), possible_scores(rules, number))]
            counts = odd["sheet"].value_counts()
            for row in named(odd.drop_duplicates("sheet")):
                count = int(counts[row.sheet])
                details = {"what": names.words_of(number), "agency": whose(places, row.place), "year": year}
                yield Problem("ITA-S29", "info", row.sheet, row.cell, f"{row.number:.2f}", {**details, "count": count})


def _items_of_kind(code: str, cells: pd.DataFrame, places: pd.DataFrame, year: int) -> Iterator[Problem]:
    for row in named(cells):
        found = "" if pd.isna(row.number) else f"{row.number:g}"
        details = {"what": names.words_of(row.what), "agency": whose(places, row.place), "year": year}
        yield Problem(code, "warning", row.sheet, row.cell, found, details)


def _from_items(wide: pd.DataFrame, rules: Rulebook) -> pd.DataFrame:
    """The indicators that items give, where all of one are there: the mean of the means of its parts."""
    parts = pd.DataFrame(
        {
            part: wide[[item.code for item in rules.items if item.part == part]].mean(axis=1, skipna=False)
            for part in dict.fromkeys(item.part for item in rules.items)
        }
    )
    indicator_of = {item.part: item.indicator for item in rules.items}
    return pd.DataFrame(
        {
            indicator: rounded(
                parts[[part for part in parts if indicator_of[part] == indicator]].mean(axis=1, skipna=False)
            )
            for indicator in sorted(set(indicator_of.values()))
        }
    )


def _differences(
    figures: pd.DataFrame, stated: pd.DataFrame, computed: pd.DataFrame, places: pd.DataFrame, code: str = "ITA-S09"
) -> Iterator[Problem]:
    """The figures that are not what their parts give; `stated` and `computed` have a row a place, a column a what."""
    differs = stated.notna() & computed.notna() & ~agree(stated, computed)
    for what in differs.columns[differs.any()]:
        ours = computed.loc[differs[what], what]
        for row in named(figures[(figures["what"] == what) & figures["place"].isin(ours.index)]):
            yield _disagreement(code, row, f"{row.number:.2f}", f"{ours[row.place]:.2f}", places)


def _sums(known: pd.DataFrame, rules: Rulebook) -> pd.Series[float]:
    """The totals that printed instrument scores give: what to hold a total to where there are no indicators."""
    weights = np.array([rules.instrument(code.upper()).weight / 100 for code in names.INSTRUMENTS])
    return pd.Series(rounded(known[list(names.INSTRUMENTS)].to_numpy() @ weights), index=known.index)


def _other_levels(
    levels: pd.DataFrame, known: pd.DataFrame, places: pd.DataFrame, rules: Rulebook
) -> Iterator[Problem]:
    """Levels that are not the rule's. A letter is held against the letters: agencies write them in later years too."""
    if levels.empty:
        return
    stated = levels["text"].astype(object).map(_level_names())
    of_year = stated.isin([level.name["th"] for level in rules.levels])
    in_letters = ~of_year & stated.isin([level.name["th"] for level in letters().levels])
    unknown = ~of_year & ~in_letters
    ours = _levels_by(rules, known).reindex(levels["place"]).set_axis(levels.index)
    by_letter = (
        _levels_by(letters(), known).reindex(levels["place"]).set_axis(levels.index) if in_letters.any() else ours
    )
    for held, computed in ((of_year, ours), (in_letters, by_letter)):
        differs = held & computed.notna() & (stated != computed)
        for row, level in zip(named(levels[differs]), computed[differs], strict=True):
            yield _disagreement("ITA-S10", row, row.text, level, places)
    for sheet, of_sheet in levels[in_letters].groupby("sheet", sort=False, observed=True):
        (first,) = named(of_sheet.head(1))
        details = {"year": rules.fiscal_year, "count": len(of_sheet), "computed": ours[first.Index] or "–"}
        yield Problem("ITA-S16", "info", str(sheet), first.cell, first.text, details)
    for row in named(levels[unknown]):
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


def _disagreement(code: str, row: Any, found: str, computed: str, places: pd.DataFrame) -> Problem:
    details = {"what": names.words_of(row.what), "computed": computed, "agency": whose(places, row.place)}
    return Problem(code, "warning", row.sheet, row.cell, found, details)
