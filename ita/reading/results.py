"""A result file -> scores, what it prints beside them, and everything its owner should know about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ita import thai
from ita.assessment import DISAGREEMENT, agree, instrument_means, rounded, summarise
from ita.reading import names
from ita.reading.layouts import find_tables
from ita.reading.layouts.table import Table
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, address
from ita.reading.source import Source, content_of
from ita.reading.workbook import read_sheets
from ita.rulebooks import Rulebook, fiscal_years, latest, rulebook

HIGHEST = 100.0
KEY = ["agency", "fiscal_year"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table that was found: which layout, where, and how many agencies and years it holds."""

    layout: str
    sheet: str
    area: str
    agencies: int


@dataclass(frozen=True, eq=False)
class ResultReading:
    """What a result file says.

    `scores`: one row per agency, fiscal_year and indicator: agency (str or missing), fiscal_year (Int64 or missing),
    indicator (int), score (0-100, two decimals; missing where the cell is empty or impossible), sheet, cell.
    `published`: one row per agency and fiscal_year, as printed: iit, eit, oit (out of 100), total (floats or missing),
    level (str or missing). `items`: agency, fiscal_year, item ("o42"), score.
    `problems`: everything to know, errors first. `tables`: what was recognised.
    """

    scores: pd.DataFrame
    published: pd.DataFrame
    items: pd.DataFrame
    problems: tuple[Problem, ...]
    tables: tuple[Recognised, ...]

    @property
    def agencies(self) -> list[str]:
        return [str(name) for name in self.scores["agency"].dropna().unique()]

    @property
    def fiscal_years(self) -> list[int]:
        return sorted(int(year) for year in self.scores["fiscal_year"].dropna().unique())

    @property
    def asks_agency(self) -> bool:
        """Whether the file does not say whose scores some of these are."""
        return bool(self.scores["agency"].isna().any())

    @property
    def asks_fiscal_year(self) -> bool:
        """Whether the file does not say of which year some of these scores are."""
        return bool(self.scores["fiscal_year"].isna().any())

    def stated(self, *, agency: str | None = None, fiscal_year: int | None = None) -> ResultReading:
        """This reading with what the file left out filled in, and the checks that needed it made."""
        filling = {"agency": agency, "fiscal_year": fiscal_year}
        values = {column: value for column, value in filling.items() if value is not None}
        scores, published, items = (frame.fillna(values) for frame in (self.scores, self.published, self.items))
        answered = {"ITA-T05" if "agency" in values else "", "ITA-T06" if "fiscal_year" in values else ""}
        asked = [problem for problem in self.problems if problem.code not in answered]
        known = {(problem.code, problem.sheet, problem.cell) for problem in asked}
        new = [
            problem
            for problem in _disagreements(scores, published)
            if (problem.code, problem.sheet, problem.cell) not in known
        ]
        return replace(self, scores=scores, published=published, items=items, problems=_ordered([*asked, *new]))


def read_results(file: Source, *, filename: str = "") -> ResultReading:
    """Read a result workbook: a path, bytes or binary file. Raises UnreadableFile where it is no readable workbook.

    A bad cell never raises: it is missing in `scores` and named in `problems`.
    """
    content, name = content_of(file)
    return find_results(read_sheets(content, filename or name))


def find_results(sheets: list[Sheet]) -> ResultReading:
    """The results on the visible sheets of a workbook."""
    problems = [Problem("ITA-T07", "info", sheet.name) for sheet in sheets if not sheet.visible]
    tables = [table for sheet in sheets if sheet.visible for table in find_tables(sheet)]
    if not tables:
        first = next((sheet.name for sheet in sheets if sheet.visible), None)
        return ResultReading(*_empty(), _ordered([*problems, Problem("ITA-T01", "error", first)]), ())
    problems += [problem for table in tables for problem in table.problems]
    figures = pd.concat([table.figures.assign(sheet=table.sheet) for table in tables], ignore_index=True)
    figures, unknown_years = _of_known_years(_completed(figures))
    problems += unknown_years
    is_score = figures["what"].map(lambda what: isinstance(what, int)).to_numpy(dtype=bool)
    scores, score_problems = _scores(figures[is_score])
    published, published_problems = _published(figures[~is_score])
    problems += score_problems + published_problems + list(_unstated(scores)) + list(_absent(scores))
    problems += _disagreements(scores, published)
    return ResultReading(
        scores=scores,
        published=published.drop(columns=["sheet", "cell"]),
        items=_empty()[2],
        problems=_ordered(problems),
        tables=tuple(_recognised(table) for table in tables),
    )


def _recognised(table: Table) -> Recognised:
    return Recognised(table.layout, table.sheet, table.area, max(1, table.figures["agency"].nunique()))


def _empty() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    key = {"agency": pd.Series(dtype="str"), "fiscal_year": pd.Series(dtype="Int64")}
    score = {"score": pd.Series(dtype="float64")}
    places = {"sheet": pd.Series(dtype="str"), "cell": pd.Series(dtype="str")}
    printed = {what: pd.Series(dtype="str" if what == "level" else "float64") for what in names.FIGURES}
    return (
        pd.DataFrame({**key, "indicator": pd.Series(dtype="int64"), **score, **places}),
        pd.DataFrame({**key, **printed}),
        pd.DataFrame({**key, "item": pd.Series(dtype="str"), **score}),
    )


def _completed(figures: pd.DataFrame) -> pd.DataFrame:
    """Typed, and what one sheet leaves out taken from the others where they all say the same."""
    figures = figures.astype({"agency": "str", "sheet": "str"})
    figures["fiscal_year"] = pd.array(figures["fiscal_year"].tolist(), dtype="Int64")
    for column in KEY:
        stated = figures[column].dropna().unique()
        if len(stated) == 1:
            figures[column] = figures[column].fillna(stated[0])
    return figures


def _of_known_years(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Without the years that have no rulebook, each of which is a problem."""
    known = figures["fiscal_year"].isin(fiscal_years()) | figures["fiscal_year"].isna()
    first, last = fiscal_years()[0], fiscal_years()[-1]
    unknown = figures[~known].drop_duplicates(["sheet", "fiscal_year"])
    problems = [
        Problem("ITA-T02", "error", row.sheet, None, str(row.fiscal_year), {"first": first, "last": last})
        for row in unknown.itertuples()
    ]
    return figures[known], problems


def _scores(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    judged, problems = _numbers(figures, missing="ITA-S01")
    duplicated = judged.duplicated([*KEY, "what"], keep=False)
    problems += _conflicts(judged[duplicated])
    # An empty cell never hides a figure that stands elsewhere.
    once = judged.assign(empty=judged["number"].isna()).sort_values("empty", kind="stable")
    once = once.drop_duplicates([*KEY, "what"]).sort_index()
    scores = pd.DataFrame(
        {
            "agency": once["agency"],
            "fiscal_year": once["fiscal_year"],
            "indicator": once["what"].astype("int64"),
            "score": once["number"],
            "sheet": once["sheet"],
            "cell": once["cell"],
        }
    )
    return scores.sort_values([*KEY, "indicator"], kind="stable", ignore_index=True), problems


def _numbers(figures: pd.DataFrame, *, missing: str) -> tuple[pd.DataFrame, list[Problem]]:
    """`figures` with `number` (two decimals, missing where impossible) and `cell`, and what was wrong or folded."""
    values = figures["value"].tolist()
    # Almost every cell of a large file is a plain number; only the others are looked at one by one.
    plain = np.array([type(value) in (float, int) for value in values], dtype=bool)
    numbers = np.array(
        [value if sure else thai.number(value) for value, sure in zip(values, plain, strict=True)], dtype=float
    )
    numbers[np.isinf(numbers)] = np.nan
    possible = (numbers >= 0) & (numbers <= HIGHEST)
    shown = rounded(np.where(possible, numbers, np.nan))
    places = [address(row, column) for row, column in zip(figures["row"], figures["column"], strict=True)]
    judged = figures.assign(number=shown, cell=places)
    blank = np.zeros(len(values), dtype=bool)
    blank[~plain] = [thai.is_blank(value) for value, sure in zip(values, plain, strict=True) if not sure]
    finer = possible & (np.abs(numbers - np.nan_to_num(shown)) > 1e-6)
    problems = [
        *_problems(judged[blank], missing, "warning"),
        *_problems(judged[~blank & np.isnan(numbers)], "ITA-S02", "error"),
        *_problems(judged[~np.isnan(numbers) & ~possible], "ITA-S03", "error"),
        *_problems(judged[finer], "ITA-S04", "info", used=True),
        *_problems(judged[~plain & possible], "ITA-S05", "info", used=True),
    ]
    return judged, problems


def _problems(cells: pd.DataFrame, code: str, severity: str, *, used: bool = False) -> Iterator[Problem]:
    for row in cells.itertuples():
        details: dict[str, object] = {"what": _what(row.what)}
        if used:
            details["used"] = f"{row.number:.2f}"
        yield Problem(code, severity, row.sheet, row.cell, str(row.value), details)  # type: ignore[arg-type]


def _what(what: int | str) -> str:
    return f"{what}. {latest().indicator(what).name['th']}" if isinstance(what, int) else str(what).upper()


def _conflicts(repeated: pd.DataFrame) -> list[Problem]:
    """The same indicator twice with different scores, naming both cells; the same score twice is no matter."""
    problems = []
    for _, group in repeated.dropna(subset="number").groupby([*KEY, "what"], dropna=False):
        first = group.iloc[0]
        for row in group[group["number"] != first["number"]].itertuples():
            details = {"what": _what(row.what), "other": first["cell"], "other_found": f"{first['number']:.2f}"}
            problems.append(Problem("ITA-S06", "error", row.sheet, row.cell, f"{row.number:.2f}", details))
    return problems


def _published(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """One row per agency and year with sheet and cell of its total (or first figure)."""
    if figures.empty:
        return _empty()[1].assign(sheet=pd.Series(dtype="str"), cell=pd.Series(dtype="str")), []
    is_level = figures["what"].eq("level")
    judged, problems = _numbers(figures[~is_level & ~figures["value"].map(thai.is_blank)], missing="ITA-S02")
    levels = figures[is_level].assign(
        number=figures["value"].map(lambda value: thai.tidy(value) if isinstance(value, str) else None)
    )
    levels["cell"] = [address(row, column) for row, column in zip(levels["row"], levels["column"], strict=True)]
    printed = pd.concat([judged, levels[~levels["value"].map(thai.is_blank)]]).drop_duplicates([*KEY, "what"])
    wide = printed.set_index([*KEY, "what"])["number"].unstack("what").reindex(columns=list(names.FIGURES))
    places = (
        printed.assign(order=printed["what"].ne("total"))
        .sort_values("order", kind="stable")
        .drop_duplicates(KEY)
        .set_index(KEY)[["sheet", "cell"]]
    )
    published = wide.join(places).reset_index()
    published = published.astype(dict.fromkeys(("iit", "eit", "oit", "total"), "float64") | {"level": "str"})
    return _out_of_hundred(published, problems)


def _out_of_hundred(published: pd.DataFrame, problems: list[Problem]) -> tuple[pd.DataFrame, list[Problem]]:
    """Weighted points under plain headings (at most 30/30/40, adding up to the total) turned into scores, and said."""
    weights = {instrument.code.lower(): instrument.weight for instrument in latest().instruments}
    columns = list(weights)
    points = published[columns]
    within = points.le(pd.Series(weights) + DISAGREEMENT).all(axis=1)
    adds_up = points.sum(axis=1, skipna=False).sub(published["total"]).abs() <= DISAGREEMENT + 0.01
    weighted = within & adds_up
    if weighted.any():
        published = published.copy()
        published.loc[weighted, columns] = rounded(points[weighted] / pd.Series(weights) * 100)
        first = published[weighted].iloc[0]
        count = int(weighted.sum())
        problems = [*problems, Problem("ITA-S07", "info", first["sheet"], first["cell"], str(count), {"count": count})]
    return published, problems


def _unstated(scores: pd.DataFrame) -> Iterator[Problem]:
    for column, code in (("agency", "ITA-T05"), ("fiscal_year", "ITA-T06")):
        for sheet in scores.loc[scores[column].isna(), "sheet"].unique():
            yield Problem(code, "warning", sheet)


def _absent(scores: pd.DataFrame) -> Iterator[Problem]:
    """Indicators that an agency and year has no row for at all."""
    expected = {indicator.number for indicator in latest().indicators}
    sizes = scores.groupby(KEY, dropna=False)["indicator"].agg(["size", "first"])
    if (sizes["size"] == len(expected)).all():
        return
    for _, group in scores.groupby(KEY, dropna=False):
        for number in sorted(expected - set(group["indicator"])):
            agency = group["agency"].iloc[0]
            yield Problem(
                "ITA-S08",
                "warning",
                group["sheet"].iloc[0],
                None,
                _what(number),
                {"agency": "" if pd.isna(agency) else agency},
            )


def _disagreements(scores: pd.DataFrame, published: pd.DataFrame) -> list[Problem]:
    """Printed totals, instrument scores and levels that the printed parts do not give, one problem each."""
    problems: list[Problem] = []
    if published.empty:
        return problems
    for year, of_year in scores.dropna(subset=["fiscal_year"]).groupby("fiscal_year"):
        rules = rulebook(int(year))
        wide = of_year.set_index(["agency", "indicator"])["score"].unstack("indicator")
        wide = wide.reindex(columns=[indicator.number for indicator in rules.indicators])
        means = instrument_means(wide, rules)
        computed = rounded(means).rename(columns=str.lower).join(summarise(means, rules))
        printed = published[published["fiscal_year"] == year].set_index("agency")
        problems += _differences(printed, computed.reindex(printed.index), rules)
    return problems


def _differences(printed: pd.DataFrame, computed: pd.DataFrame, rules: Rulebook) -> Iterator[Problem]:
    sheets = printed["sheet"] if "sheet" in printed else pd.Series(None, index=printed.index, dtype=object)
    cells = printed["cell"] if "cell" in printed else pd.Series(None, index=printed.index, dtype=object)
    vocabulary = {level.name["th"] for level in rules.levels}
    for what in names.FIGURES:
        if what == "level":
            known = printed["level"].isin(vocabulary) & computed["level"].notna()
            differs = known & (printed["level"] != computed["level"])
        else:
            known = printed[what].notna() & computed[what].notna()
            differs = known & ~agree(printed[what], computed[what])
        for agency in printed.index[differs]:
            found, ours = printed.at[agency, what], computed.at[agency, what]
            texts = (str(found), str(ours)) if what == "level" else (f"{found:.2f}", f"{ours:.2f}")
            details = {"what": what, "computed": texts[1], "agency": "" if pd.isna(agency) else agency}
            code = "ITA-S10" if what == "level" else "ITA-S09"
            yield Problem(code, "warning", sheets[agency], cells[agency], texts[0], details)


def _ordered(problems: list[Problem]) -> tuple[Problem, ...]:
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(problems, key=lambda problem: order[problem.severity]))
