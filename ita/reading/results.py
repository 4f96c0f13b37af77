"""A result file -> scores, what it prints beside them, and everything its owner should know about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from ita.reading import checks, names
from ita.reading.agencies import with_one_name_each
from ita.reading.figures import judged
from ita.reading.layouts import find_tables
from ita.reading.layouts.table import INDICATORS, WHAT, Table, is_score
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet
from ita.reading.source import Source, content_of
from ita.reading.workbook import read_sheets
from ita.rulebooks import fiscal_years

KEY = ["agency", "fiscal_year"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table that was found: which layout, where, and how many agencies it holds."""

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
    No two rows of a frame are of the same thing: where the file contradicts itself the first figure is used, and said.
    """

    scores: pd.DataFrame
    published: pd.DataFrame
    items: pd.DataFrame
    problems: tuple[Problem, ...]
    tables: tuple[Recognised, ...]
    _found: _Found | None = field(default=None, repr=False)
    """What was found, as long as the file leaves open whose or of which year it is."""

    @property
    def agencies(self) -> list[str]:
        return [str(name) for name in self.scores["agency"].dropna().unique()]

    @property
    def fiscal_years(self) -> list[int]:
        return sorted(int(year) for year in self.scores["fiscal_year"].dropna().unique())

    @property
    def asks_agency(self) -> bool:
        """Whether the file does not say whose scores some of these are."""
        return self._asks("agency")

    @property
    def asks_fiscal_year(self) -> bool:
        """Whether the file does not say of which year some of these scores are."""
        return self._asks("fiscal_year")

    def _asks(self, column: str) -> bool:
        return bool(self.scores[column].isna().any() or self.published[column].isna().any())

    def stated(self, *, agency: str | None = None, fiscal_year: int | None = None) -> ResultReading:
        """This reading with what the file left out filled in, and everything checked again."""
        values = {"agency": agency, "fiscal_year": fiscal_year}
        filling = {column: value for column, value in values.items() if value is not None}
        if self._found is None or not filling:
            return self
        return _reading(replace(self._found, figures=self._found.figures.fillna(filling)))


@dataclass(frozen=True, eq=False)
class _Found:
    """The figures of all tables, not yet judged, and what finding them has told."""

    figures: pd.DataFrame
    problems: tuple[Problem, ...]
    tables: tuple[Recognised, ...]


def read_results(file: Source, *, filename: str = "") -> ResultReading:
    """Read a result workbook: a path, bytes or binary file. Raises UnreadableFile where it is no readable workbook.

    A bad cell never raises: it is missing in `scores` and named in `problems`.
    """
    content, name = content_of(file)
    return find_results(read_sheets(content, filename or name))


def find_results(sheets: Sequence[Sheet]) -> ResultReading:
    """The results on the visible sheets of a workbook."""
    hidden = [Problem("ITA-T07", "info", sheet.name) for sheet in sheets if not sheet.visible]
    tables = [table for sheet in sheets if sheet.visible for table in find_tables(sheet)]
    if not tables:
        return ResultReading(*_empty(), _ordered([*hidden, Problem("ITA-T01", "error")]), ())
    recognised = tuple(map(_recognised, tables))
    told = [*hidden, *(problem for table in tables for problem in table.problems)]
    tables, renamed = with_one_name_each(tables)
    figures = pd.concat([table.figures.assign(sheet=table.sheet) for table in tables], ignore_index=True)
    figures, completed = _completed(figures)
    return _reading(_Found(figures, (*told, *renamed, *completed), recognised))


def _recognised(table: Table) -> Recognised:
    return Recognised(table.layout, table.sheet, table.area, max(1, table.figures["agency"].nunique()))


def _reading(found: _Found) -> ResultReading:
    """Everything that follows from what was found."""
    figures, problems = _of_known_years(found.figures)
    places = figures.groupby(KEY, dropna=False, sort=False).ngroup()
    figures, judgements = judged(figures.assign(place=places.to_numpy()))
    scores, published = _scores(figures[is_score(figures)]), _published(figures[~is_score(figures)])
    problems += [*judgements, *_unstated(figures), *checks.absent(figures), *checks.disagreements(figures)]
    open_questions = figures[KEY].isna().any(axis=None)
    return ResultReading(
        scores=scores,
        published=published,
        items=_empty()[2],
        problems=_ordered([*found.problems, *problems]),
        tables=found.tables,
        _found=found if open_questions else None,
    )


def _ordered(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(problems, key=lambda problem: order[problem.severity]))


# Whose, and of which year


def _completed(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Typed, and what one sheet leaves out taken from the others where they say one thing and lack what it brings."""
    figures = figures.astype({"agency": "str", "sheet": "str", "what": WHAT})
    figures["fiscal_year"] = pd.array(figures["fiscal_year"].tolist(), dtype="Int64")
    problems: list[Problem] = []
    for column, other in (KEY, reversed(KEY)):
        stated = figures[column].dropna().unique()
        unstated = figures[column].isna()
        if len(stated) != 1 or not unstated.any():
            continue
        taken = _held(figures[~unstated], other)
        for sheet, of_sheet in figures[unstated].groupby("sheet", sort=False):
            brought = _held(of_sheet, other)
            if not brought & taken:
                figures.loc[of_sheet.index, column] = stated[0]
                taken |= brought
                problems.append(Problem("ITA-T16", "info", str(sheet), None, str(stated[0])))
    return figures, problems


def _held(figures: pd.DataFrame, key: str) -> set[tuple[object, object]]:
    """What there is a score of, for each value of `key`; the missing value is one."""
    scores = figures[is_score(figures)]
    return set(zip(scores[key].astype(object).where(scores[key].notna(), None), scores["what"], strict=True))


def _of_known_years(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Without the years that have no rulebook, each of which is a problem."""
    known = figures["fiscal_year"].isin(fiscal_years()) | figures["fiscal_year"].isna()
    if known.all():
        return figures, []
    first, last = fiscal_years()[0], fiscal_years()[-1]
    problems = [
        Problem("ITA-T02", "error", row.sheet, None, str(row.fiscal_year), {"first": first, "last": last})
        for row in figures[~known].drop_duplicates(["sheet", "fiscal_year"]).itertuples()
    ]
    return figures[known].reset_index(drop=True), problems


def _unstated(figures: pd.DataFrame) -> Iterator[Problem]:
    for column, code in (("agency", "ITA-T05"), ("fiscal_year", "ITA-T06")):
        for sheet in figures.loc[figures[column].isna(), "sheet"].unique():
            yield Problem(code, "warning", sheet)


# The frames


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


def _scores(figures: pd.DataFrame) -> pd.DataFrame:
    codes = figures["what"].cat.codes.to_numpy()
    in_order = np.lexsort((codes, figures["place"].to_numpy()))
    scores = figures.iloc[in_order]
    return pd.DataFrame(
        {
            "agency": scores["agency"].array,
            "fiscal_year": scores["fiscal_year"].array,
            "indicator": np.array(INDICATORS, dtype="int64")[codes[in_order]],
            "score": scores["number"].to_numpy(),
            "sheet": scores["sheet"].array,
            "cell": scores["cell"].array,
        }
    )


def _published(figures: pd.DataFrame) -> pd.DataFrame:
    """One row per agency and year of which the file prints a figure."""
    printed = figures[figures["number"].notna() | figures["text"].notna()]
    wide = {
        what: of_what.set_index("place")["text" if what == "level" else "number"]
        for what in names.FIGURES
        for of_what in [printed[printed["what"] == what]]
    }
    keys = printed.drop_duplicates("place").set_index("place")[KEY].sort_index()
    types = {what: "str" if what == "level" else "float64" for what in names.FIGURES}
    return keys.join(pd.DataFrame(wide, index=keys.index)).astype({"agency": "str"} | types).reset_index(drop=True)
