"""What is scored stands across the columns, one result per row: a province's or the nation's list, an agency's years.

A sheet may hold several such tables below or beside each other. A table may have all indicators, only the instruments
and totals, the items, or nothing but totals by year.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ita import thai
from ita.reading import names
from ita.reading.layouts import titles
from ita.reading.layouts.across.heading import Heading, find_headings, may_be_heading
from ita.reading.layouts.across.lines import SAMPLE, Body, agency_or_province
from ita.reading.layouts.table import (
    LINE,
    Column,
    Table,
    UnknownName,
    figures_frame,
    lines_frame,
    misnumbered,
    misspelt,
    runs,
    spread,
    text_cells,
)
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, Value, address


def find(sheet: Sheet) -> list[Table]:
    """The tables of a sheet that are headed with what is scored and hold results below; else nothing."""
    candidates = [row for row, cells in enumerate(sheet.rows) if may_be_heading(cells)]
    headings = list(find_headings(sheet, candidates))
    if not headings:
        return []
    first_rows = sorted(heading.first_row for heading in headings)
    last_rows = sorted(heading.last_row for heading in headings)
    tables: list[Table] = []
    for heading in headings:
        above, below = bisect_left(last_rows, heading.first_row), bisect_right(first_rows, heading.last_row)
        begin = last_rows[above - 1] + 1 if above else 0
        end = first_rows[below] if below < len(first_rows) else len(sheet.rows)
        between = candidates[bisect_right(candidates, heading.last_row) : bisect_left(candidates, end)]
        table = _table(sheet, heading, begin, next((row for row in between if _ends(sheet, heading, row)), end))
        if table is not None:
            tables.append(table)
    return tables


def _ends(sheet: Sheet, heading: Heading, row: int) -> bool:
    """Whether something else begins at this row below a table: a block, measures, or any heading after a blank."""
    own = _own_columns(sheet, heading)
    cells = sheet.rows[row][own.start : own.stop]
    if names.heads_names(cells) or names.heads_measures(cells) or _states_agency(cells):
        return True
    if any(sheet.rows[row - 1][place] is not None for place in heading.span) or row - 1 <= heading.last_row:
        return False
    texts = [value for value in cells if isinstance(value, str) and not thai.is_blank(value)]
    is_other = len(texts) > 1 and not any(thai.number(value) is not None for value in cells)
    return is_other and not any(_is_of_list(value) for value in texts)


def _states_agency(cells: Sequence[Value]) -> bool:
    """Whether a row says whose the table below it is: "หน่วยงาน | เทศบาลตำบล…"."""
    pairs = pairwise(value for value in cells if value is not None)
    return any(names.role_of(label) == "agency" and names.agency_named(value) for label, value in pairs)


def _is_of_list(value: Value) -> bool:
    """Whether a cell belongs to a list: an agency or year, or the heading of agencies, indicators or items."""
    known = (
        names.indicator_named(value) or names.item_named(value) or agency_or_province(value) or names.year_headed(value)
    )
    return known is not None or names.role_of(value) == "agency"


def _table(sheet: Sheet, heading: Heading, begin: int, end: int) -> Table | None:
    """The table under one heading; `begin` is where its own title lines may begin, `end` where the next one does."""
    body = Body(sheet, heading, range(heading.last_row + 1, end))
    rows, lines, problems = body.lines()
    labelled = body.labels.keys() & {"agency", "fiscal_year"}
    if not rows or (not labelled and len(rows) > 1) or not (heading.indicators or labelled):
        return None
    over = _titles(sheet, heading, begin)
    heading = _of_one_part(heading, [*(text for _, _, text in over), sheet.name])
    if "agency" not in body.labels:
        agency, named = titles.agency(sheet, over)
        lines["agency"] = [agency] * len(rows)
        problems += named
    if not all(column.fiscal_year for column in heading.columns) and None in lines["fiscal_year"]:
        year, taken = titles.fiscal_year(sheet, over)
        lines["fiscal_year"] = [stated or year for stated in lines["fiscal_year"]]
        problems += taken
    if (province := next((found for _, _, text in over if (found := names.province_in(text))), None)) is not None:
        lines["province"] = [stated or province for stated in lines["province"]]
    problems += [*_doubled(sheet, heading), *_unclear(sheet, heading), *_misnumbered(sheet, heading)]
    unknown, misspelt = _unknown_names(sheet, heading, rows)
    return _assembled(sheet, heading, body, rows, lines, (*problems, *misspelt), unknown)


def _of_one_part(heading: Heading, titles_over: Sequence[str]) -> Heading:
    """The heading with its scores as those of the one indicator or instrument that the lines over it are about."""
    if {column.what for column in heading.columns} - {"total", "level"}:
        return heading
    about: set[names.Meaning] = set()
    for text in titles_over:
        about |= names.indicators_in(text) or (
            set() if names.speaks_of_whole(text) else set(names.instruments_in(text))
        )
    if len(about) != 1:
        return heading
    (what,) = about
    columns = tuple(replace(column, what=what) for column in heading.columns if column.what == "total")
    return replace(heading, columns=columns) if columns else heading


def _assembled(
    sheet: Sheet,
    heading: Heading,
    body: Body,
    rows: Sequence[int],
    lines: Mapping[str, list[object]],
    problems: tuple[Problem, ...],
    unknown: tuple[UnknownName, ...],
) -> Table:
    years = list(dict.fromkeys(column.fiscal_year for column in heading.columns))
    places = np.array(rows)
    every: dict[str, list[object]] = {
        "row": [*rows] * len(years),
        **{name: lines[name] * len(years) for name in LINE},
        "fiscal_year": [year or stated for year in years for stated in lines["fiscal_year"]],
    }
    return Table(
        layout="totals" if all(column.what in names.FIGURES for column in heading.columns) else "agency_rows",
        sheet=sheet.name,
        lines=lines_frame(every),
        figures=figures_frame(
            [
                Column(
                    what=column.what,
                    line=np.arange(len(rows)) + len(rows) * years.index(column.fiscal_year),
                    row=places,
                    column=column.place,
                    numbers=body.numbers(column.place, places),
                )
                for column in heading.columns
            ]
        ),
        problems=problems,
        unknown=unknown,
        listed=True,
        rows=frozenset(range(heading.first_row, max(rows) + 1)),
        span=_own_columns(sheet, heading),
    )


def _own_columns(sheet: Sheet, heading: Heading) -> range:
    """The columns that are this table's: those with a meaning, and what is headed right beside them."""
    first, last = min(heading.places), max(heading.places)
    beside = [run for run in runs(sheet.rows[heading.last_row]) if run.start <= last and first < run.stop]
    return range(min(first, *(run.start for run in beside)), max(last + 1, *(run.stop for run in beside)))


def _titles(sheet: Sheet, heading: Heading, begin: int) -> list[titles.Cell]:
    """The lines over a table; those over the first one hold for the others too, unless these name their own year."""
    above = range(heading.first_row - 1, begin - 1, -1)
    begin = next((row + 1 for row in above if _holds_decimals(sheet.rows[row])), begin)
    beside = [cell for cell in text_cells(sheet, heading.first_row, begin) if cell[1] in heading.span]
    own = beside if any(names.fiscal_year(text) for _, _, text in beside) else []
    own = own or list(text_cells(sheet, heading.first_row, begin))
    if any(names.fiscal_year(text) for _, _, text in own):
        return own
    return list(text_cells(sheet, heading.first_row))


def _holds_decimals(cells: Sequence[Value]) -> bool:
    """Whether a row has figures as the rows of results do, also typed as text."""
    return any((thai.number(value) or 0) % 1 for value in cells if value is not None)


def _doubled(sheet: Sheet, heading: Heading) -> Iterator[Problem]:
    for column in heading.doubled:
        used = next(c for c in heading.columns if (c.what, c.fiscal_year) == (column.what, column.fiscal_year))
        if column.place in heading.weighted and used.place not in heading.weighted:
            continue  # the same in weighted points
        details = {"used": address(heading.last_row, used.place)}
        place = address(heading.last_row, column.place)
        yield Problem("ITA-T15", "warning", sheet.name, place, _heading_text(sheet, heading, column.place), details)


def _unclear(sheet: Sheet, heading: Heading) -> Iterator[Problem]:
    for place in heading.unclear:
        found = _heading_text(sheet, heading, place)
        yield Problem("ITA-T18", "warning", sheet.name, address(heading.last_row, place), found)


def _misnumbered(sheet: Sheet, heading: Heading) -> Iterator[Problem]:
    for row in range(heading.first_row, heading.last_row + 1):
        for place in heading.span:
            if (problem := misnumbered(sheet, row, place)) is not None:
                yield problem


def _heading_text(sheet: Sheet, heading: Heading, place: int) -> str:
    """The lowest words over a column."""
    over = (sheet.rows[row][place] for row in range(heading.last_row, heading.first_row - 1, -1))
    return next((thai.tidy(str(value)).removesuffix(".0") for value in over if value is not None), "")


def _unknown_names(
    sheet: Sheet, heading: Heading, rows: Sequence[int]
) -> tuple[tuple[UnknownName, ...], list[Problem]]:
    """Headings over scores that are nearly an indicator's name, or stand among the indicators and are none's."""
    if not heading.indicators:
        return (), []
    places = [column.place for column in heading.indicators]
    among = range(min(places), max(places))
    taken = {*heading.places, *heading.unclear}
    unknown: dict[str, UnknownName] = {}
    for place in heading.span:
        if place in taken or not any(thai.number(sheet.rows[row][place]) is not None for row in rows[:SAMPLE]):
            continue
        row, column, text = _words_over(sheet, heading, place)
        proposed = names.near_indicator(text)
        if not text or (
            proposed is None
            and (place not in among or names.is_beside_scores(text) or names.is_summary(text) or names.role_of(text))
        ):
            continue
        unknown.setdefault(address(row, column), UnknownName(text, sheet.name, address(row, column), proposed))
    return tuple(unknown.values()), [misspelt(name) for name in unknown.values()]


def _words_over(sheet: Sheet, heading: Heading, place: int) -> tuple[int, int, str]:
    """Row, column and text of the lowest words over a column that are no year; "" where there are none."""
    for row in range(heading.last_row, heading.first_row - 1, -1):
        value = spread(sheet, row, heading.first_row).get(place)
        if isinstance(value, str) and names.year_headed(value) is None:
            column = max(c for c in range(place + 1) if sheet.rows[row][c] is not None)
            return row, column, thai.tidy(value)
    return heading.last_row, place, ""
