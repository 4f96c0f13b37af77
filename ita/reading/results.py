"""A result file -> scores, what it prints beside them, and everything its owner should know about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from ita import thai
from ita.reading import checks, names
from ita.reading.agencies import with_one_name_each
from ita.reading.figures import addresses, judged, matrix, named
from ita.reading.layouts import find_tables, titles
from ita.reading.layouts.table import (
    INDICATORS,
    WHAT,
    Table,
    UnknownName,
    is_item,
    is_printed,
    is_score,
    text_cells,
)
from ita.reading.left_over import left_over
from ita.reading.memory import given_back
from ita.reading.places import area_in_document, in_document
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, address
from ita.reading.source import Source, content_of
from ita.reading.workbook import read_sheets
from ita.rulebooks import fiscal_years

KEY = ["agency", "fiscal_year"]
TITLE_ROWS = 20
"""Rows of a sheet that are searched for what it speaks of."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table that was found: which layout, where, and how many agencies it holds.

    `area`: the cells from first to last, "C4:C13"; in a Word document "T1R2C3:T1R11C3".
    """

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
    level (str or missing). `items`: one row per agency, fiscal_year and item: item ("o42"), score.
    `problems`: everything to know, errors first. `tables`: what was recognised. `unknown_names`: names with scores that
    are no indicator's, to be answered with `named`; their scores are not among `scores`. `provinces`: by agency the
    bare name of its province, where the file says it.
    No two rows of a frame are of the same thing: where the file contradicts itself the first figure is used, and said.
    """

    scores: pd.DataFrame
    published: pd.DataFrame
    items: pd.DataFrame
    problems: tuple[Problem, ...]
    tables: tuple[Recognised, ...]
    unknown_names: tuple[UnknownName, ...] = ()
    provinces: Mapping[str, str] = field(default_factory=dict)
    _found: _Found | None = field(default=None, repr=False)
    """What was found, as long as the file leaves open whose or of which year it is."""
    _sheets: tuple[Sheet, ...] = field(default=(), repr=False)
    """What it was found in, as long as names are unknown."""

    @cached_property
    def agencies(self) -> list[str]:
        return self._keys["agency"].dropna().unique().tolist()

    @cached_property
    def fiscal_years(self) -> list[int]:
        return sorted(int(year) for year in self._keys["fiscal_year"].dropna().unique())

    @cached_property
    def asks_agency(self) -> bool:
        """Whether the file does not say whose scores some of these are."""
        return bool(self._keys["agency"].isna().any())

    @cached_property
    def asks_fiscal_year(self) -> bool:
        """Whether the file does not say of which year some of these scores are."""
        return bool(self._keys["fiscal_year"].isna().any())

    @property
    def _keys(self) -> pd.DataFrame:
        """Agency and year of everything that was read."""
        return pd.concat([self.scores[KEY], self.published[KEY], self.items[KEY]])

    def stated(self, *, agency: str | None = None, fiscal_year: int | None = None) -> ResultReading:
        """This reading with what the file left out filled in, and everything checked again."""
        values = {"agency": agency, "fiscal_year": fiscal_year}
        filling = {column: value for column, value in values.items() if value is not None}
        if self._found is None or not filling:
            return self
        return _reading(replace(self._found, lines=self._found.lines.fillna(filling)), self._sheets)

    def named(self, indicators: Mapping[str, int]) -> ResultReading:
        """The file read again with some of `unknown_names`, by their text, as the indicators that the user says."""
        if not self._sheets or not indicators:
            return self
        sheets, confirmed = _with_names(self._sheets, indicators)
        again = find_results(sheets)
        return replace(again, problems=_ordered([*again.problems, *confirmed]))


@dataclass(frozen=True, eq=False)
class _Found:
    """The figures of all tables, not yet judged, and what finding them has told.

    `lines`: what `Table.lines` has, of all tables, and sheet. `figures`: what `Table.figures` has, and sheet.
    """

    lines: pd.DataFrame
    figures: pd.DataFrame
    problems: tuple[Problem, ...]
    tables: tuple[Recognised, ...]
    unknown: tuple[UnknownName, ...]


def read_results(file: Source, *, filename: str = "") -> ResultReading:
    """Read a result file: a path, bytes or binary file. Raises UnreadableFile where it is nothing that can be read.

    A bad cell never raises: it is missing in `scores` and named in `problems`.
    """
    content, name = content_of(file)
    with given_back(content):
        return find_results(read_sheets(content, filename or name))


def find_results(sheets: Sequence[Sheet]) -> ResultReading:
    """The results on the visible sheets of a workbook."""
    reading = _reading(_found(sheets), tuple(sheets))
    if not any(sheet.places for sheet in sheets):
        return reading
    return replace(
        reading,
        scores=reading.scores.assign(cell=_in_documents(reading.scores, sheets)),
        problems=tuple(_in_document(problem, sheets) for problem in reading.problems if not _is_plain_text(problem)),
        tables=tuple(_table_in_document(table, sheets) for table in reading.tables),
    )


def _found(sheets: Sequence[Sheet]) -> _Found:
    problems = [Problem("ITA-T07", "info", sheet.name) for sheet in sheets if not sheet.visible]
    found = [(sheet, table) for sheet in sheets if sheet.visible for table in find_tables(sheet)]
    problems += [problem for _, table in found for problem in table.problems]
    others = {sheet.name: other for sheet, _ in found if (other := _of_other_assessment(sheet)) is not None}
    problems += others.values()
    held = [(sheet, table) for sheet, table in found if not table.figures.empty and sheet.name not in others]
    strange = [(table, problem) for sheet, table in held if (problem := _of_other_figures(sheet, table)) is not None]
    problems += [problem for _, problem in strange]
    held = [(sheet, table) for sheet, table in held if not any(table is other for other, _ in strange)]
    if not held:
        nothing = [] if problems and found else [Problem("ITA-T01", "error")]
        return _Found(_no_lines(), _no_figures(), (*problems, *nothing), (), ())
    problems += [problem for sheet, table in held for problem in _hidden(sheet, table)]
    problems += _of_other_years_than_named(held)
    for sheet in {sheet.name: sheet for sheet, _ in held}.values():
        problems += left_over(sheet, [table for other, table in held if other.name == sheet.name], problems)
    tables, renamed = with_one_name_each([table for _, table in held])
    lines, figures = _together(tables)
    lines, completed = _completed(lines, figures)
    lines, covered = _from_covers(lines, [sheet for sheet in sheets if sheet.visible], {one.name for one, _ in held})
    completed += covered
    return _Found(
        lines,
        figures,
        (*problems, *renamed, *completed),
        tuple(map(_recognised, tables)),
        tuple(name for table in tables for name in table.unknown),
    )


def _of_other_assessment(sheet: Sheet) -> Problem | None:
    """What there is to know about a sheet that speaks of another assessment and nowhere of ITA."""
    texts = list(text_cells(sheet, TITLE_ROWS))
    if any(names.speaks_of_ita(text) for _, _, text in texts):
        return None
    for row, column, text in texts:
        if (other := names.other_assessment(text)) is not None:
            return Problem("ITA-T23", "error", sheet.name, address(row, column), thai.tidy(text), {"other": other})
    return None


def _of_other_figures(sheet: Sheet, table: Table) -> Problem | None:
    """What there is to know about a table whose sheet or title says that it holds no result: targets, a draft."""
    first, last = int(table.figures["row"].min()), int(table.figures["column"].max())
    said: list[tuple[str | None, str]] = [(None, sheet.name)]
    for row in range(first - 1, -1, -1):
        filled = [place for place, value in enumerate(sheet.rows[row]) if value is not None]
        if len(filled) == 1 and filled[0] <= last:  # the line right over the table
            said.append((address(row, filled[0]), str(sheet.rows[row][filled[0]])))
            break
    strange = next(((place, text) for place, text in said if names.other_figures(text)), None)
    return Problem("ITA-T25", "warning", sheet.name, strange[0], thai.tidy(strange[1])) if strange else None


def _of_other_years_than_named(held: Sequence[tuple[Sheet, Table]]) -> Iterator[Problem]:
    """Sheets whose name states one year and what stands on them another; what stands there is used."""
    years: dict[str, set[int]] = {}
    for _, table in held:
        years.setdefault(table.sheet, set()).update(table.lines["fiscal_year"].dropna())
    for sheet in {sheet.name: sheet for sheet, _ in held}.values():
        year = titles.year_in_name(sheet)
        if year is None or len(years[sheet.name]) != 1 or year in years[sheet.name]:
            continue
        (used,) = years[sheet.name]
        texts = list(text_cells(sheet, TITLE_ROWS))
        if any(str(year) in thai.fold(text) for _, _, text in texts):
            continue
        row, column, text = next((cell for cell in texts if thai.fiscal_year(cell[2]) == used), (None, 0, str(used)))
        cell = None if row is None else address(row, column)
        yield Problem("ITA-T27", "warning", sheet.name, cell, thai.tidy(text), {"named": year, "used": used})


def _recognised(table: Table) -> Recognised:
    return Recognised(table.layout, table.sheet, table.area, max(1, table.lines["agency"].nunique()))


def _hidden(sheet: Sheet, table: Table) -> Iterator[Problem]:
    """Rows and columns of figures that the file hides: they count, and that is said."""
    figures = table.figures
    for code, hidden, along in (
        ("ITA-T19", sheet.hidden_rows, "row"),
        ("ITA-T20", sheet.hidden_columns, "column"),
    ):
        concerned = figures[figures[along].isin(hidden)] if hidden else figures[:0]
        if concerned.empty:
            continue
        first = concerned.iloc[0]
        details = {"count": int(concerned[along].nunique())}
        yield Problem(code, "warning", sheet.name, addresses(concerned[:1])[0], str(first["row"] + 1), details)


def _together(tables: Sequence[Table]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lines and the figures of all tables, each with its sheet; the figures know their lines."""
    begins = np.cumsum([0, *(len(table.lines) for table in tables)])
    figures = [
        table.figures.assign(line=table.figures["line"] + begin) for table, begin in zip(tables, begins, strict=False)
    ]
    lines = pd.concat([table.lines for table in tables], ignore_index=True)
    sheets = [table.sheet for table in tables]
    kinds = pd.CategoricalDtype(list(dict.fromkeys(sheets)))
    years = pd.array(lines["fiscal_year"].tolist(), dtype="Int64")
    return (
        lines.assign(
            agency=pd.array(lines["agency"].tolist(), dtype="str"),
            fiscal_year=years,
            sheet=_repeated(sheets, [len(table.lines) for table in tables], kinds),
        ),
        pd.concat(figures, ignore_index=True).assign(
            sheet=_repeated(sheets, [len(table.figures) for table in tables], kinds)
        ),
    )


def _repeated(values: Sequence[str], counts: Sequence[int], kinds: pd.CategoricalDtype) -> pd.Categorical:
    codes = kinds.categories.get_indexer(list(values))
    return pd.Categorical.from_codes(np.repeat(codes, counts), dtype=kinds)


def _reading(found: _Found, sheets: tuple[Sheet, ...]) -> ResultReading:
    """Everything that follows from what was found."""
    lines, figures, problems = _of_known_years(found.lines, found.figures)
    place_of_line = lines.groupby(KEY, dropna=False, sort=False).ngroup()
    places = lines.assign(place=place_of_line).drop_duplicates("place")[["place", *KEY]].reset_index(drop=True)
    figures, judgements = judged(figures.assign(place=place_of_line.reindex(figures["line"]).to_numpy()), places)
    problems += [*judgements, *_unstated(lines), *checks.absent(figures, places)]
    problems += [*checks.disagreements(figures, places), *checks.items(figures, places)]
    problems += checks.unexplained(figures, places)
    return ResultReading(
        scores=_scores(figures[is_score(figures)], places),
        published=_published(figures[is_printed(figures)], places),
        items=_items(figures[is_item(figures)], places),
        problems=_ordered([*found.problems, *problems]),
        tables=found.tables,
        unknown_names=found.unknown,
        provinces=_provinces(lines),
        _found=found if lines[KEY].isna().any(axis=None) else None,
        _sheets=sheets if found.unknown else (),
    )


def _ordered(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(problems, key=lambda problem: order[problem.severity]))


def _with_names(sheets: Sequence[Sheet], indicators: Mapping[str, int]) -> tuple[list[Sheet], list[Problem]]:
    """The sheets with these texts replaced by the names of the indicators that they stand for."""
    known = {thai.fold(text): number for text, number in indicators.items()}
    corrected: list[Sheet] = []
    confirmed: dict[str, Problem] = {}
    for sheet in sheets:
        rows = list(sheet.rows)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                number = known.get(thai.fold(value)) if isinstance(value, str) else None
                if number is None:
                    continue
                words = names.words_of(number)
                rows[row] = [*rows[row][:column], words["th"], *rows[row][column + 1 :]]
                confirmed.setdefault(
                    str(value), Problem("ITA-T21", "info", sheet.name, None, thai.tidy(str(value)), {"what": words})
                )
        corrected.append(replace(sheet, rows=rows))
    return corrected, list(confirmed.values())


def _in_document(problem: Problem, sheets: Sequence[Sheet]) -> Problem:
    sheet = next((sheet for sheet in sheets if sheet.name == problem.sheet), None)
    if sheet is None or problem.cell is None:
        return problem
    return replace(problem, cell=in_document(sheet, problem.cell))


def _is_plain_text(problem: Problem) -> bool:
    """Whether this tells only that a number is written as text, as all numbers of a document are."""
    return problem.code == "ITA-S05" and _PLAIN_NUMBER.fullmatch(problem.found) is not None


_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def _table_in_document(table: Recognised, sheets: Sequence[Sheet]) -> Recognised:
    sheet = next(sheet for sheet in sheets if sheet.name == table.sheet)
    return replace(table, area=area_in_document(sheet, table.area))


def _in_documents(scores: pd.DataFrame, sheets: Sequence[Sheet]) -> list[str]:
    by_name = {sheet.name: sheet for sheet in sheets}
    pairs = zip(scores["sheet"], scores["cell"], strict=True)
    return [in_document(by_name[sheet], cell) for sheet, cell in pairs]


# Whose, and of which year


def _completed(lines: pd.DataFrame, figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """What one sheet leaves out taken from the others where they say one thing and no figure contradicts theirs."""
    problems: list[Problem] = []
    for column, other in (KEY, reversed(KEY)):
        stated = lines[column].dropna().unique()
        unstated = lines[column].isna()
        if len(stated) != 1 or not unstated.any():
            continue
        taken = _held(lines, figures, ~unstated, other)
        for sheet, of_sheet in lines[unstated].groupby("sheet", sort=False, observed=True):
            brought = _held(lines, figures, lines.index.isin(of_sheet.index), other)
            if all(taken.get(thing, value) == value for thing, value in brought.items()):
                lines.loc[of_sheet.index, column] = stated[0]
                taken |= brought
                problems.append(Problem("ITA-T16", "info", str(sheet), None, str(stated[0])))
    return lines, problems


def _from_covers(
    lines: pd.DataFrame, sheets: Sequence[Sheet], with_tables: set[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """What no sheet with a table states taken from those without one, such as a cover, where they say one thing."""
    problems: list[Problem] = []
    covers = [sheet for sheet in sheets if sheet.name not in with_tables]
    for column, said in (("agency", titles.agency), ("fiscal_year", titles.fiscal_year)):
        stated = {said(sheet, list(text_cells(sheet)))[0] for sheet in covers} - {None}
        if lines[column].isna().all() and len(stated) == 1:
            (value,) = stated
            lines = lines.assign(**{column: lines[column].fillna(value)})
            problems += [Problem("ITA-T16", "info", name, None, str(value)) for name in lines["sheet"].unique()]
    return lines, problems


def _held(lines: pd.DataFrame, figures: pd.DataFrame, which: object, key: str) -> dict[tuple[object, object], float]:
    """The scores on these lines by the value of `key`, of which the missing value is one, and what they are of."""
    keys = lines.loc[which, key].astype(object)
    of_lines = figures[figures["line"].isin(keys.index) & ~is_printed(figures)]
    values = of_lines["line"].map(keys.where(keys.notna(), None)).astype(object)
    return dict(
        zip(zip(values.where(values.notna(), None), of_lines["what"], strict=True), of_lines["exact"], strict=True)
    )


def _of_known_years(lines: pd.DataFrame, figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    """Without the years that have no rulebook, each of which is a problem."""
    known = lines["fiscal_year"].isin(fiscal_years()) | lines["fiscal_year"].isna()
    if known.all():
        return lines, figures, []
    first, last = fiscal_years()[0], fiscal_years()[-1]
    of_others = figures.join(lines.loc[~known, ["fiscal_year"]], on="line", how="inner")
    problems = [
        Problem("ITA-T02", "error", row.sheet, row.cell, str(row.fiscal_year), {"first": first, "last": last})
        for row in named(of_others.drop_duplicates(["sheet", "fiscal_year"]))
    ]
    return lines[known], figures[figures["line"].isin(lines.index[known])].reset_index(drop=True), problems


def _unstated(lines: pd.DataFrame) -> Iterator[Problem]:
    for column, code in (("agency", "ITA-T05"), ("fiscal_year", "ITA-T06")):
        for sheet in lines.loc[lines[column].isna(), "sheet"].unique():
            yield Problem(code, "warning", sheet)


# The frames


def _no_lines() -> pd.DataFrame:
    key = {"agency": pd.Series(dtype="str"), "fiscal_year": pd.Series(dtype="Int64")}
    return pd.DataFrame({**key, "province": pd.Series(dtype=object), "sheet": pd.Series(dtype="str")})


def _no_figures() -> pd.DataFrame:
    numbers = {name: pd.Series(dtype="int64") for name in ("line", "row", "column")}
    cells = {"exact": pd.Series(dtype=float), "plain": pd.Series(dtype=bool), "value": pd.Series(dtype=object)}
    kinds = {"what": pd.Categorical([], dtype=WHAT), "sheet": pd.Categorical([], categories=[])}
    return pd.DataFrame({**numbers, **kinds, **cells})


def _scores(figures: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    scores = _in_order(figures)
    place = scores["place"].to_numpy()
    return pd.DataFrame(
        {
            "agency": places["agency"].array.take(place),
            "fiscal_year": places["fiscal_year"].array.take(place),
            "indicator": np.array(INDICATORS, dtype="int64")[scores["what"].cat.codes],
            "score": scores["number"].to_numpy(),
            "sheet": _texts(scores["sheet"]),
            "cell": addresses(scores),
        }
    )


def _in_order(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures by place, those of each place by what they are of."""
    what = figures["what"].cat
    key = figures["place"].to_numpy() * len(what.categories) + what.codes.to_numpy()
    return figures.take(np.argsort(key, kind="stable"))


def _texts(categories: pd.Series) -> pd.api.extensions.ExtensionArray:
    """A categorical column as one of texts."""
    texts = pd.array([str(text) for text in categories.cat.categories], dtype="str")
    return texts.take(categories.cat.codes.to_numpy(), allow_fill=True)


def _published(figures: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """One row per agency and year of which the file prints a figure."""
    printed = figures[figures["number"].notna() | figures["text"].notna()]
    numbers = matrix(printed, [*names.INSTRUMENTS, "total"], places)
    levels = printed[printed["what"] == "level"].set_index("place")["text"]
    every = places[KEY].join(numbers).assign(level=_texts(levels.reindex(places.index)))
    return every[places["place"].isin(printed["place"])].reset_index(drop=True)


def _provinces(lines: pd.DataFrame) -> dict[str, str]:
    """The first province that the file states of each agency."""
    stated = lines[["agency", "province"]].dropna().drop_duplicates("agency")
    return dict(zip(stated["agency"], stated["province"], strict=True))


def _items(figures: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    items = _in_order(figures)
    place = items["place"].to_numpy()
    return pd.DataFrame(
        {
            "agency": places["agency"].array.take(place),
            "fiscal_year": places["fiscal_year"].array.take(place),
            "item": _texts(items["what"]),
            "score": items["number"].to_numpy(),
        }
    )
