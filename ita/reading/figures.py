"""What the cells of a result table say, judged: numbers out of 100, levels, each thing once, and what was wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ita import thai
from ita.assessment import DISAGREEMENT, agree, instrument_means, rounded
from ita.reading import names
from ita.reading.layouts.table import INDICATORS, is_item, is_printed, is_score
from ita.reading.problems import Problem, Severity
from ita.reading.sheet import Fault, Value, address
from ita.rulebooks import latest

HIGHEST = 100.0
FEWEST_FRACTIONS = 5
"""So many scores of a sheet, none of them over 1, are percentages that Excel keeps as fractions."""
LOW = 20.0
"""No agency has all its scores so low; it is also the most weighted points that an indicator can bring."""
FULL_MARKS = (4, 5, 10, 20)
"""What else scores may be out of."""
HALF_A_HUNDREDTH = 0.005
"""How far a figure of two decimals may be from what it was before it was rounded."""
EACH_NAMED = 50
"""Cells of a sheet that are named one by one when nothing is wrong with them; more are counted."""
_FINER = 1e-6
_COUNTED = {"ITA-S04": "ITA-S14", "ITA-S05": "ITA-S15"}


def judged(figures: pd.DataFrame, places: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The figures with what their cells say, one row per place (agency and year) and what; and what was wrong.

    `figures` is what Table describes, with sheet and place, the row of `places` (agency, fiscal_year) that they are of.
    Added are number (two decimals, missing where the cell has none that is possible) and text (a level as printed,
    categorical).
    """
    is_level = figures["what"] == "level"
    figures = figures.assign(exact=figures["exact"].mask(is_level), text=_levels(figures, is_level), is_level=is_level)
    figures, problems = _from_fractions(figures, places)
    figures["number"] = rounded(np.where(_possible(figures["exact"]), figures["exact"], np.nan))
    once, contradictions = _once(figures, places)
    problems += [*contradictions, *_cell_problems(figures, once, places)]
    once, turned = _out_of_hundred(once, places)
    once, left_out = _without_other_scales(once, places)
    return once.drop(columns=["exact", "plain", "is_level"]), [*problems, *turned, *left_out]


def addresses(figures: pd.DataFrame) -> pd.api.extensions.ExtensionArray:
    """The cell address of each figure: the letters of its column joined with the number of its row, each made once."""
    column, columns = pd.factorize(figures["column"].to_numpy())
    row, rows = pd.factorize(figures["row"].to_numpy())
    letters = pd.array([address(0, place)[:-1] for place in columns.tolist()], dtype="str")
    numbers = pd.array([str(place + 1) for place in rows.tolist()], dtype="str")
    return letters.take(column) + numbers.take(row)


def named(figures: pd.DataFrame) -> Iterator[Any]:
    """The figures one by one, with their cells."""
    if not figures.empty:  # mostly nothing is to be named, and to find that out the other way takes a millisecond
        yield from figures.assign(cell=addresses(figures)).itertuples()


def whose(places: pd.DataFrame, place: int) -> str:
    """The agency of a place to begin a sentence with; nothing where the file names none."""
    agency = places.at[place, "agency"]
    return f"{agency} " if isinstance(agency, str) else ""


def matrix(figures: pd.DataFrame, whats: Sequence[names.Meaning], places: pd.DataFrame) -> pd.DataFrame:
    """The numbers of figures that are there once: a row for each place, a column for each of `whats`, else missing."""
    position = figures["what"].cat.categories.get_indexer(list(whats))
    column = np.full(len(figures["what"].cat.categories), -1)
    column[position] = np.arange(len(whats))
    wide = np.full((len(places), len(whats)), np.nan)
    into = column[figures["what"].cat.codes.to_numpy()]
    here = into >= 0
    wide[figures["place"].to_numpy()[here], into[here]] = figures["number"].to_numpy()[here]
    return pd.DataFrame(wide, columns=list(whats))


def _possible(numbers: pd.Series[float]) -> pd.Series[bool]:
    return (numbers >= 0) & (numbers <= HIGHEST)


def _levels(figures: pd.DataFrame, is_level: pd.Series[bool]) -> pd.Categorical:
    """What the cells of levels say, one and the same level always in the same words."""
    printed = figures.loc[is_level, "value"].tolist()
    said = {value: names.level_text(value) for value in set(printed)}
    texts = pd.Index([text for text in dict.fromkeys(said.values()) if text is not None], dtype="str")
    codes = np.full(len(figures), -1)
    codes[is_level] = texts.get_indexer([said[value] for value in printed])
    return pd.Categorical.from_codes(codes, texts)


# Percentages that Excel keeps as fractions


def _from_fractions(figures: pd.DataFrame, places: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Numbers shown as "92.13%" are 0.9213 in the file: a sheet whose scores are all such is multiplied, and said.

    Where only some are, they are left, and each is named.
    """
    figures, problems = _items_from_ones(figures)
    plain = figures["exact"].where(figures["plain"] & is_score(figures))
    fraction = (plain > 0) & (plain < 1)
    if not fraction.any():
        return figures, problems
    of_scores = plain.groupby(figures["sheet"], observed=True).agg(["count", "max"])
    sheets = of_scores.index[
        (of_scores["count"] >= FEWEST_FRACTIONS) & of_scores["max"].between(0, 1, inclusive="right")
    ]
    as_fractions = figures["sheet"].isin(sheets) & figures["plain"] & (figures["exact"] <= 1)
    doubtful = figures[fraction & ~figures["sheet"].isin(sheets)]
    problems += [
        Problem(
            "ITA-S19",
            "warning",
            row.sheet,
            row.cell,
            f"{row.exact:g}",
            {
                "what": names.words_of(row.what),
                "agency": whose(places, row.place),
                "used": f"{rounded(row.exact * HIGHEST):.2f}",
            },
        )
        for row in named(doubtful)
    ]
    first = figures[as_fractions].drop_duplicates("sheet")
    for row in named(first):
        used = {"used": f"{rounded(row.exact * HIGHEST):.2f}"}
        problems.append(Problem("ITA-S13", "warning", row.sheet, row.cell, f"{row.exact:g}", used))
    return figures.assign(exact=figures["exact"].where(~as_fractions, figures["exact"] * HIGHEST)), problems


def _items_from_ones(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Items that a sheet marks with 1 and 0 alone, as the 100 and 0 that they stand for, and said."""
    marks = figures["exact"].where(figures["plain"] & is_item(figures))
    highest = marks.groupby(figures["sheet"], observed=True).max()
    sheets = highest.index[highest == 1]
    if sheets.empty:
        return figures, []
    ones = figures["sheet"].isin(sheets) & (marks == 1)
    problems = [
        Problem("ITA-S13", "warning", row.sheet, row.cell, "1", {"used": f"{HIGHEST:.2f}"})
        for row in named(figures[ones].drop_duplicates("sheet"))
    ]
    return figures.assign(exact=figures["exact"].mask(ones, HIGHEST)), problems


# Each thing once


def _once(figures: pd.DataFrame, places: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """One figure for each place and what, the first that says something; others that say another thing are problems.

    The same figure twice is no matter, and an empty cell never hides a figure that stands elsewhere.
    """
    codes = figures["what"].cat.codes.to_numpy().astype("int64")
    key = pd.Series(figures["place"].to_numpy() * 1000 + codes, index=figures.index)
    if not key.duplicated().any():
        return figures, []
    says = figures["number"].notna() | figures["text"].notna()
    in_order = figures.assign(key=key).loc[[*figures.index[says], *figures.index[~says]]]
    once = in_order.drop_duplicates("key")
    repeated = in_order[says.loc[in_order.index] & in_order.duplicated("key")]
    first = once.set_index("key").loc[repeated["key"]].set_index(repeated.index)
    differs = (repeated["number"].fillna(-1) != first["number"].fillna(-1)) | (
        _folded(repeated["text"]) != _folded(first["text"])
    )
    problems = [
        _contradiction(row, used, places)
        for row, used in zip(named(repeated[differs]), named(first[differs]), strict=True)
    ]
    return once.drop(columns="key").sort_index(), problems


def _folded(levels: pd.Series[str]) -> pd.Series[str]:
    return levels.astype(object).where(levels.notna(), "").map(thai.fold)


def _contradiction(row: Any, used: Any, places: pd.DataFrame) -> Problem:
    other = used.cell if used.sheet == row.sheet else f"{used.sheet}!{used.cell}"
    found, other_found = (one.text if one.is_level else f"{one.number:.2f}" for one in (row, used))
    agency = whose(places, row.place)
    details = {"what": names.words_of(row.what), "other": other, "other_found": other_found, "agency": agency}
    severity: Severity = "warning" if row.what in names.FIGURES else "error"
    return Problem("ITA-S06", severity, row.sheet, row.cell, found, details)


# What was wrong


def _cell_problems(figures: pd.DataFrame, once: pd.DataFrame, places: pd.DataFrame) -> Iterator[Problem]:
    """Everything that the cells themselves tell: empty, not assessed, no number, impossible, rounded, typed as text."""
    exact, possible = figures["exact"], _possible(figures["exact"])
    unusual = ~(possible & figures["plain"]) & ~figures["is_level"]
    kinds = pd.Series("", index=figures.index, dtype=object)
    kinds[unusual] = [_kind(row.value, row.exact) for row in figures.loc[unusual, ["value", "exact"]].itertuples()]
    if unusual.any():
        kept = figures.index.isin(once.index)
        printed = is_printed(figures)
        # What a file does not print it need not print; a score that stands in another cell is not missing.
        yield from _each(figures[(kinds == "ITA-S01") & ~printed & kept], "ITA-S01", "warning", places)
        yield from _each(figures[(kinds == "ITA-S11") & ~printed & kept], "ITA-S11", "warning", places)
        for code in ("ITA-S02", "ITA-S20", "ITA-S21", "ITA-S12", "ITA-S03"):
            yield from _each(figures[kinds == code], code, "error", places)
    finer = possible & ((exact - figures["number"]).abs() > _FINER)
    if finer.any():
        yield from _each(figures[finer], "ITA-S04", "info", places)
    if unusual.any():
        yield from _each(figures[kinds == "ITA-S05"], "ITA-S05", "info", places)


def _kind(value: Value, number: float) -> str:
    """The problem code of a cell that does not hold a plain number from 0 to 100."""
    if number == number:
        return "ITA-S05" if 0 <= number <= HIGHEST else "ITA-S03"
    if isinstance(value, Fault):
        return "ITA-S20" if value.startswith("=") else "ITA-S21"
    if isinstance(value, float):
        return "ITA-S03"  # infinity, or what is no number at all
    if thai.is_blank(value):
        return "ITA-S01"
    if names.says_not_assessed(value):
        return "ITA-S11"
    return "ITA-S12" if isinstance(value, dt.date | dt.time | dt.timedelta) else "ITA-S02"


def _each(cells: pd.DataFrame, code: str, severity: Severity, places: pd.DataFrame) -> Iterator[Problem]:
    """A problem for each cell; where nothing is wrong and they are many, one for the sheet."""
    for sheet, of_sheet in cells.groupby("sheet", sort=False, observed=True):
        many = code in _COUNTED and len(of_sheet) > EACH_NAMED
        for row in named(of_sheet.head(1) if many else of_sheet):
            details = {
                "what": names.words_of(row.what),
                "agency": whose(places, row.place),
                "used": f"{row.number:.2f}",
                "count": len(of_sheet),
            }
            found = _shown(row.exact if row.plain else row.value)
            yield Problem(_COUNTED[code] if many else code, severity, str(sheet), row.cell, found, details)


def _shown(value: Value) -> str:
    if isinstance(value, dt.datetime):
        return thai.date_text(value.date())
    return "" if value is None else thai.tidy(str(value)).removesuffix(".0")


# Weighted points


def _out_of_hundred(figures: pd.DataFrame, places: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Weighted points under plain headings (at most 30/30/40, adding up to the total) turned into scores, and said.

    Where more than half of a sheet's lines add up so, the others that may be points are too: a column has one unit.
    Where nothing tells, all three so low are kept as they are, with a warning.
    """
    weights = _weights()
    printed = figures[is_printed(figures)]
    wide = matrix(printed, [*weights.index, "total"], places)
    points = wide[list(weights.index)]
    if points.isna().all(axis=None):
        return figures, []
    within = (points.le(weights + DISAGREEMENT) | points.isna()).all(axis=1) & (points.sum(axis=1) > 0)
    if not within.any():
        return figures, []
    scores = matrix(figures, list(INDICATORS), places)
    means = instrument_means(scores, latest()).rename(columns=str.lower)
    as_points = agree(points.sum(axis=1, skipna=False), wide["total"]) | agree(points, means * weights / 100).all(
        axis=1
    )
    as_scores = agree((points * weights / 100).sum(axis=1, skipna=False), wide["total"]) | agree(points, means).all(
        axis=1
    )
    fits = within & as_points & ~as_scores
    sheets = printed.drop_duplicates("place").set_index("place")["sheet"].astype(object).reindex(wide.index)
    known = as_points | as_scores
    mostly = (fits.groupby(sheets).sum() * 2 > known.groupby(sheets).sum()).reindex(sheets).fillna(False).to_numpy()
    weighted = fits | (within & mostly & ~as_scores)
    untold = within & points.gt(0).all(axis=1) & ~weighted & ~as_scores & ~_totals_of_levels(printed, wide).le(LOW)
    of_instruments = figures["what"].isin(weights.index)
    of_points = of_instruments & figures["place"].isin(wide.index[weighted])
    weight = figures["what"].astype(object).map(weights).astype(float)
    turned = figures.assign(
        number=figures["number"].where(~of_points, rounded((figures["number"] / weight * HIGHEST).clip(upper=HIGHEST)))
    )
    cells = figures[of_instruments & figures["number"].notna()]
    return turned, [
        *_each_sheet(cells[cells["place"].isin(wide.index[weighted])], "ITA-S07", "info", places),
        *_each_sheet(cells[cells["place"].isin(wide.index[untold])], "ITA-S28", "warning", places),
    ]


def _weights() -> pd.Series[float]:
    return pd.Series({instrument.code.lower(): instrument.weight for instrument in latest().instruments}, dtype=float)


def _without_other_scales(figures: pd.DataFrame, places: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Without indicators' scores of which a printed figure says that they are out of less than 100, and said.

    They are so where none is over LOW and they give the total, means or level only out of one of FULL_MARKS, or as
    weighted points. They have too few digits to be turned back. Where nothing tells they are kept, with a warning, and
    where the level is the lowest they are true.
    """
    if not figures["number"].between(0, LOW, inclusive="right").any():
        return figures, []
    printed = figures[is_printed(figures)]
    scores = matrix(figures, list(INDICATORS), places)
    published = matrix(printed, [*names.INSTRUMENTS, "total"], places)
    summary = published.max(axis=1)
    low = ((scores > 0).sum(axis=1) >= FEWEST_FRACTIONS) & _is_low(scores.max(axis=1))
    alone = scores.isna().all(axis=1) & (summary > 0)
    alone &= bool(_is_low(summary[alone]).all())  # a single low total among others may be true
    if not (low | alone).any():
        return figures, []
    level = _totals_of_levels(printed, scores)
    scaled = low & _is_scaled(scores, published.where(published > LOW), level)
    cells = figures[figures["number"].notna() & (is_score(figures) | figures["place"].isin(alone.index[alone]))]
    doubtful = (low & ~scaled | alone) & ~level.le(LOW)
    problems = [
        *_each_sheet(cells[cells["place"].isin(low.index[scaled])], "ITA-S26", "error", places),
        *_each_sheet(cells[cells["place"].isin(low.index[doubtful])], "ITA-S27", "warning", places),
    ]
    left_out = is_score(figures) & figures["place"].isin(low.index[scaled])
    return figures.assign(number=figures["number"].mask(left_out)), problems


def _is_low(highest: pd.Series[float]) -> pd.Series[bool]:
    """Which of the highest figures may be out of less than 100; what is not over 1 is told as a fraction."""
    return (highest > 1) & (highest <= LOW)


def _is_scaled(scores: pd.DataFrame, published: pd.DataFrame, level: pd.Series[float]) -> pd.Series[bool]:
    """Whether these low scores give what is printed once they are turned into scores out of 100, or added up."""
    means = instrument_means(scores, latest()).rename(columns=str.lower)
    means = means.assign(total=sum(means[code] * weight / 100 for code, weight in _weights().items()))
    in_sum = (scores.sum(axis=1, skipna=False) - published["total"]).abs()
    fits = in_sum <= DISAGREEMENT + len(INDICATORS) * HALF_A_HUNDREDTH
    for full in FULL_MARKS:
        times = HIGHEST / full
        agrees = (means * times - published).abs() <= DISAGREEMENT + HALF_A_HUNDREDTH * times
        fits |= published.notna().any(axis=1) & (agrees | published.isna()).all(axis=1)
        fits |= published.isna().all(axis=1) & level.gt(LOW) & (means["total"] * times).between(level, HIGHEST)
    return fits


def _totals_of_levels(printed: pd.DataFrame, wide: pd.DataFrame) -> pd.Series[float]:
    """The least total that the printed level of each place stands for; missing where none is known."""
    levels = printed[printed["is_level"]].set_index("place")["text"].astype(object)
    known = names.levels()
    least = {text: known[folded].total for text in set(levels.dropna()) if (folded := thai.fold(text)) in known}
    return levels.map(least).astype(float).reindex(wide.index)


def _each_sheet(cells: pd.DataFrame, code: str, severity: Severity, places: pd.DataFrame) -> Iterator[Problem]:
    """A problem for each sheet of these cells: its first one, the highest figure, and how many results they are of."""
    of_sheets = cells.groupby("sheet", observed=True).agg({"number": "max", "place": "nunique"})
    for row in named(cells.drop_duplicates("sheet")):
        most, count = of_sheets.loc[row.sheet, ["number", "place"]]
        details = {"agency": whose(places, row.place), "most": f"{most:.2f}", "count": int(count)}
        yield Problem(code, severity, row.sheet, row.cell, f"{row.number:.2f}", details)
