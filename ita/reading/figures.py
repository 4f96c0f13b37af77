"""What the cells of a result table say, judged: numbers out of 100, levels, each thing once, and what was wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ita import thai
from ita.assessment import DISAGREEMENT, agree, instrument_means, rounded
from ita.reading import names
from ita.reading.layouts.table import INDICATORS, is_score
from ita.reading.problems import Problem, Severity
from ita.reading.sheet import Value, address
from ita.rulebooks import latest

HIGHEST = 100.0
FEWEST_FRACTIONS = 5
"""So many scores of a sheet, none of them over 1, are percentages that Excel keeps as fractions."""
EACH_NAMED = 50
"""Cells of a sheet that are named one by one when nothing is wrong with them; more are counted."""
_FINER = 1e-6
_COUNTED = {"ITA-S04": "ITA-S14", "ITA-S05": "ITA-S15"}


def judged(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The figures with what their cells say, one row per place (agency and year) and what; and what was wrong.

    `figures` is what Table describes, with sheet and place. Added are cell (its address), number (two decimals, missing
    where the cell has none that is possible) and text (a level as printed).
    """
    figures = figures.assign(
        cell=_addresses(figures), is_level=figures["what"].eq("level").to_numpy(), **_read_cells(figures)
    )
    figures, problems = _from_fractions(figures)
    figures["number"] = rounded(np.where(_possible(figures["exact"]), figures["exact"], np.nan))
    once, contradictions = _once(figures)
    problems += [*contradictions, *_cell_problems(figures, once)]
    once, turned = _out_of_hundred(once)
    return once.drop(columns=["exact", "plain", "is_level"]), [*problems, *turned]


def _addresses(figures: pd.DataFrame) -> pd.api.extensions.ExtensionArray:
    """The cell address of each figure: letters once a column, joined with the row."""
    columns, place = np.unique(figures["column"].to_numpy(), return_inverse=True)
    letters = [address(0, column)[:-1] for column in columns.tolist()]
    rows = (figures["row"].to_numpy() + 1).tolist()
    cells = [f"{letters[column]}{row}" for column, row in zip(place.tolist(), rows, strict=True)]
    return pd.array(cells, dtype="str")


def _read_cells(figures: pd.DataFrame) -> dict[str, object]:
    """exact: the number in each cell; plain: whether it is one as it stands; text: the level."""
    values = figures["value"].tolist()
    is_level = figures["what"].eq("level").tolist()
    # Almost every cell of a large file is a plain number, and of the other texts most stand there many times.
    plain = [type(value) is float or type(value) is int for value in values]
    known: dict[str, float | None] = {}
    exact = [value if sure else _number(value, known) for value, sure in zip(values, plain, strict=True)]
    numbers = np.array(exact, dtype=float)
    numbers[~np.isfinite(numbers) | np.array(is_level, dtype=bool)] = np.nan
    levels: dict[Value, str | None] = {}
    texts = [_level(value, levels) if level else None for value, level in zip(values, is_level, strict=True)]
    return {"exact": numbers, "plain": np.array(plain, dtype=bool), "text": pd.array(texts, dtype="str")}


def _number(value: Value, known: dict[str, float | None]) -> float | None:
    if not isinstance(value, str):
        return None
    if value not in known:
        known[value] = thai.number(value)
    return known[value]


def _level(value: Value, known: dict[Value, str | None]) -> str | None:
    if value not in known:
        known[value] = names.level_text(value)
    return known[value]


def _possible(numbers: pd.Series[float]) -> pd.Series[bool]:
    return (numbers >= 0) & (numbers <= HIGHEST)


# Percentages that Excel keeps as fractions


def _from_fractions(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Numbers shown as "92.13%" are 0.9213 in the file: a sheet whose scores are all such is multiplied, and said."""
    plain = figures["exact"].where(figures["plain"])
    of_scores = plain[is_score(figures)].groupby(figures["sheet"]).agg(["count", "max"])
    sheets = of_scores.index[
        (of_scores["count"] >= FEWEST_FRACTIONS) & of_scores["max"].between(0, 1, inclusive="right")
    ]
    if sheets.empty:
        return figures, []
    as_fractions = figures["sheet"].isin(sheets) & figures["plain"] & (figures["exact"] <= 1)
    figures = figures.assign(exact=figures["exact"].where(~as_fractions, figures["exact"] * HIGHEST))
    first = figures[as_fractions].drop_duplicates("sheet")
    return figures, [
        Problem("ITA-S13", "warning", row.sheet, row.cell, f"{row.value:g}", {"used": f"{row.exact:.2f}"})
        for row in first.itertuples()
    ]


# Each thing once


def _once(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """One figure for each place and what, the first that says something; others that say another thing are problems.

    The same figure twice is no matter, and an empty cell never hides a figure that stands elsewhere.
    """
    key = ["place", "what"]
    if not figures.duplicated(key).any():
        return figures, []
    says = figures["number"].notna() | figures["text"].notna()
    in_order = pd.concat([figures[says], figures[~says]])
    once = in_order.drop_duplicates(key)
    repeated = in_order[says.loc[in_order.index] & in_order.duplicated(key)]
    first = repeated[key].merge(once, how="left", on=key).set_index(repeated.index)
    differs = (repeated["number"].fillna(-1) != first["number"].fillna(-1)) | (
        repeated["text"].fillna("").map(thai.fold) != first["text"].fillna("").map(thai.fold)
    )
    problems = [
        _contradiction(row, used)
        for row, used in zip(repeated[differs].itertuples(), first[differs].itertuples(), strict=True)
    ]
    return once.sort_index(), problems


def _contradiction(row: Any, used: Any) -> Problem:
    other = used.cell if used.sheet == row.sheet else f"{used.sheet}!{used.cell}"
    found, other_found = (one.text if one.is_level else f"{one.number:.2f}" for one in (row, used))
    details = {"what": what_words(row.what), "other": other, "other_found": other_found, "agency": whose(row.agency)}
    return Problem("ITA-S06", "error" if isinstance(row.what, int) else "warning", row.sheet, row.cell, found, details)


# What was wrong


def whose(agency: object) -> str:
    """An agency's name to begin a sentence with; nothing where the file names none."""
    return f"{agency} " if isinstance(agency, str) else ""


def what_words(what: int | str) -> dict[str, str]:
    """What a figure is of, by language: "1. การปฏิบัติหน้าที่"."""
    if isinstance(what, int):
        return {language: f"{what}. {name}" for language, name in latest().indicator(what).name.items()}
    return dict(_FIGURE_WORDS.get(what, {"th": what.upper(), "en": what.upper()}))


_FIGURE_WORDS = {"total": {"th": "คะแนนรวม", "en": "the total"}, "level": {"th": "ระดับ", "en": "the level"}}


def _cell_problems(figures: pd.DataFrame, once: pd.DataFrame) -> Iterator[Problem]:
    """Everything that the cells themselves tell: empty, not assessed, no number, impossible, rounded, typed as text."""
    exact, possible = figures["exact"], _possible(figures["exact"])
    unusual = ~(possible & figures["plain"]) & ~figures["is_level"]
    kinds = pd.Series("", index=figures.index, dtype=object)
    kinds[unusual] = [_kind(row.value, row.exact) for row in figures.loc[unusual, ["value", "exact"]].itertuples()]
    kept = figures.index.isin(once.index)
    scores = is_score(figures)
    # What a file does not print it need not print; a score that stands in another cell is not missing.
    yield from _each(figures[(kinds == "ITA-S01") & scores & kept], "ITA-S01", "warning")
    yield from _each(figures[(kinds == "ITA-S11") & scores & kept], "ITA-S11", "warning")
    for code in ("ITA-S02", "ITA-S12", "ITA-S03"):
        yield from _each(figures[kinds == code], code, "error")
    finer = possible & ((exact - figures["number"]).abs() > _FINER)
    yield from _each(figures[finer], "ITA-S04", "info")
    yield from _each(figures[kinds == "ITA-S05"], "ITA-S05", "info")


def _kind(value: Value, number: float) -> str:
    """The problem code of a cell that does not hold a plain number from 0 to 100."""
    if number == number:
        return "ITA-S05" if 0 <= number <= HIGHEST else "ITA-S03"
    if thai.is_blank(value):
        return "ITA-S01"
    if names.says_not_assessed(value):
        return "ITA-S11"
    return "ITA-S12" if isinstance(value, dt.date | dt.time | dt.timedelta) else "ITA-S02"


def _each(cells: pd.DataFrame, code: str, severity: Severity) -> Iterator[Problem]:
    """A problem for each cell; where nothing is wrong and they are many, one for the sheet."""
    for sheet, of_sheet in cells.groupby("sheet", sort=False):
        many = code in _COUNTED and len(of_sheet) > EACH_NAMED
        for row in of_sheet.head(1 if many else None).itertuples() if many else of_sheet.itertuples():
            details = {
                "what": what_words(row.what),
                "agency": whose(row.agency),
                "used": f"{row.number:.2f}",
                "count": len(of_sheet),
            }
            yield Problem(_COUNTED[code] if many else code, severity, str(sheet), row.cell, _shown(row.value), details)


def _shown(value: Value) -> str:
    if isinstance(value, dt.datetime):
        return thai.date_text(value.date())
    return "" if value is None else thai.tidy(str(value)).removesuffix(".0")


# Weighted points


def _out_of_hundred(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Weighted points under plain headings (at most 30/30/40, adding up to the total) turned into scores, and said.

    Where more than half of a sheet's lines add up so, the others that may be points are too: a column has one unit.
    """
    weights = pd.Series({instrument.code.lower(): instrument.weight for instrument in latest().instruments})
    numbers = figures[~is_score(figures) & ~figures["is_level"]]
    wide = numbers.pivot(index="place", columns="what", values="number").reindex(columns=[*weights.index, "total"])
    points = wide[list(weights.index)]
    if points.isna().all(axis=None):
        return figures, []
    within = (points.le(weights + DISAGREEMENT) | points.isna()).all(axis=1) & (points.sum(axis=1) > 0)
    means = _means(figures).reindex(points.index)
    as_points = agree(points.sum(axis=1, skipna=False), wide["total"]) | agree(points, means * weights / 100).all(
        axis=1
    )
    as_scores = agree((points * weights / 100).sum(axis=1, skipna=False), wide["total"]) | agree(points, means).all(
        axis=1
    )
    fits = within & as_points & ~as_scores
    if not fits.any():
        return figures, []
    sheets = numbers.drop_duplicates("place").set_index("place")["sheet"].reindex(wide.index)
    known = as_points | as_scores
    mostly = (fits.groupby(sheets).sum() * 2 > known.groupby(sheets).sum()).reindex(sheets).to_numpy()
    weighted = fits | (within & mostly & ~as_scores)
    of_points = figures["what"].isin(weights.index) & figures["place"].isin(wide.index[weighted])
    weight = figures["what"].astype(object).map(weights).astype(float)
    scores = rounded((figures["number"] / weight * HIGHEST).clip(upper=HIGHEST))
    turned = figures.assign(number=figures["number"].where(~of_points, scores))
    problems = [
        Problem(
            "ITA-S07",
            "info",
            row.sheet,
            row.cell,
            f"{row.number:.2f}",
            {"count": int((weighted & (sheets == row.sheet)).sum())},
        )
        for row in figures[of_points & figures["number"].notna()].drop_duplicates("sheet").itertuples()
    ]
    return turned, problems


def _means(figures: pd.DataFrame) -> pd.DataFrame:
    """The instrument scores that each place's indicators give: columns iit, eit, oit."""
    scores = figures[is_score(figures)]
    wide = scores.pivot(index="place", columns="what", values="number").reindex(columns=list(INDICATORS))
    return instrument_means(wide, latest()).rename(columns=str.lower)
