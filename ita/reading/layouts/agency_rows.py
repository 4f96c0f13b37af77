"""One agency per row, indicators across the columns: a province's or the nation's list, or a single agency's line.

The heading is one row or several (a group such as IIT or a year above its indicators, numbers below the names), with
names, numbers or both; it may be repeated further down, and a sheet may hold several such tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from ita import thai
from ita.reading import names
from ita.reading.layouts import titles
from ita.reading.layouts.table import Table, figures, text_cells
from ita.reading.names import Meaning
from ita.reading.problems import Problem, Severity
from ita.reading.sheet import Sheet, Value, address

FEWEST_INDICATORS = 5
"""A row with fewer indicators than half of them is no heading, unless it is headed with agencies too..."""
FEWEST_NAMED = 2
"""... and names so many: a list of the OIT alone."""
HEADING_ROWS = 3
"""How many rows may stand above the one that names the indicators and belong to the heading."""

SAMPLE = 50
"""Lines that are looked at to tell what a column without a heading holds."""

LABELS = ("agency", "fiscal_year", "kind", "district", "province")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column with figures; `fiscal_year` where it stands under a year."""

    what: Meaning
    place: int
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    first_row: int
    last_row: int
    columns: tuple[_Column, ...]
    labels: Mapping[str, int]
    """Column of each of LABELS that there is."""
    doubled: tuple[_Column, ...] = ()
    """Columns that say the same as one of `columns`."""

    @property
    def indicators(self) -> list[_Column]:
        return [column for column in self.columns if isinstance(column.what, int)]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with a result, and whose it is."""

    row: int
    agency: str | None
    fiscal_year: int | None
    kind: str | None
    district: str | None
    province: str | None


def find(sheet: Sheet) -> list[Table]:
    """The tables of a sheet that name enough indicators in a row and hold agencies below; else nothing."""
    headings = list(_headings(sheet))
    ends = [*(heading.first_row for heading in headings[1:]), len(sheet.rows)]
    begin = 0
    tables: list[Table] = []
    for heading, end in zip(headings, ends, strict=False):
        if (table := _table(sheet, heading, begin, end)) is not None:
            tables.append(table)
        begin = heading.last_row + 1
    return tables


def _table(sheet: Sheet, heading: _Heading, begin: int, end: int) -> Table | None:
    """The table under one heading; `begin` is where its own title lines may begin, `end` where the next one does."""
    body = _Body(sheet, heading, range(heading.last_row + 1, end))
    lines, problems = body.lines()
    if not lines or (not body.labels.keys() & {"agency", "fiscal_year"} and len(lines) > 1):
        return None
    over = _titles(sheet, heading, begin)
    beside = pd.DataFrame({name: [getattr(line, name) for line in lines] for name in _Line.__slots__}, dtype=object)
    if "agency" not in body.labels:
        beside["agency"], named = titles.agency(sheet, over)
        problems += named
    if not all(column.fiscal_year for column in heading.columns) and beside["fiscal_year"].isna().any():
        year, taken = titles.fiscal_year(sheet, over)
        beside["fiscal_year"] = [stated or year for stated in beside["fiscal_year"]]
        problems += taken
    if (province := next((found for _, _, text in over if (found := names.province_in(text))), None)) is not None:
        beside["province"] = [stated or province for stated in beside["province"]]
    problems += _doubled(sheet, heading)
    return Table("agency_rows", sheet.name, _figures(sheet, heading, beside), tuple(problems), beside)


def _titles(sheet: Sheet, heading: _Heading, begin: int) -> list[titles.Cell]:
    """The lines over a table; those over the first one hold for the others too, unless these name their own year."""
    own = list(text_cells(sheet, heading.first_row, begin))
    if any(thai.fiscal_year(text) for _, _, text in own):
        return own
    return list(text_cells(sheet, heading.first_row))


def _figures(sheet: Sheet, heading: _Heading, lines: pd.DataFrame) -> pd.DataFrame:
    columns, rows, years = heading.columns, lines["row"].tolist(), lines["fiscal_year"].tolist()
    cells, count = [sheet.rows[row] for row in rows], len(rows)
    return figures(
        (
            lines["agency"].tolist() * len(columns),
            [year for column in columns for year in ([column.fiscal_year] * count if column.fiscal_year else years)],
            [column.what for column in columns for _ in range(count)],
            [row[column.place] for column in columns for row in cells],
            rows * len(columns),
            [column.place for column in columns for _ in range(count)],
        )
    )


def _doubled(sheet: Sheet, heading: _Heading) -> Iterator[Problem]:
    for column in heading.doubled:
        used = next(c for c in heading.columns if (c.what, c.fiscal_year) == (column.what, column.fiscal_year))
        found = next(
            (
                thai.tidy(str(value)).removesuffix(".0")
                for row in range(heading.last_row, heading.first_row - 1, -1)
                if (value := sheet.rows[row][column.place]) is not None
            ),
            "",
        )
        details = {"used": address(heading.last_row, used.place)}
        yield Problem("ITA-T15", "warning", sheet.name, address(heading.last_row, column.place), found, details)


# The heading


def _headings(sheet: Sheet) -> Iterator[_Heading]:
    """Every heading of the sheet; one that only repeats the last, on a new page, is no new one."""
    free, last = 0, None
    for row, cells in enumerate(sheet.rows):
        if not _may_be_heading(cells):
            continue
        own = _meanings(cells)
        indicators = {meaning for meaning in own.values() if isinstance(meaning, int)}
        if len(indicators) < FEWEST_NAMED or (last is not None and _repeats(sheet, row, own, last)):
            continue
        heading = _heading(sheet, free, row, own)
        enough = len(indicators) >= FEWEST_INDICATORS and (last is None or "agency" not in last.labels)
        if enough or "agency" in heading.labels:
            free, last = row + 1, heading
            yield heading


def _may_be_heading(cells: Sequence[Value]) -> bool:
    """Whether no cell holds a number with decimals, as the rows of results do: this is asked of every row."""
    return not any(type(value) is float and not value.is_integer() for value in cells) and any(cells)


def _repeats(sheet: Sheet, row: int, own: Mapping[int, Meaning], heading: _Heading) -> bool:
    """Whether this row has the same indicators in the same columns, and no title over it that names a year."""
    places = {column.place: column.what for column in heading.indicators}
    again = {column: meaning for column, meaning in own.items() if isinstance(meaning, int)}
    if not again.items() <= places.items():
        return False
    for above in range(row - 1, heading.last_row, -1):
        if not _may_be_heading(sheet.rows[above]) and any(value is not None for value in sheet.rows[above]):
            return True
        if any(isinstance(value, str) and thai.fiscal_year(value) for value in sheet.rows[above]):
            return False
    return True


def _heading(sheet: Sheet, free: int, row: int, own: Mapping[int, Meaning]) -> _Heading:
    """The heading whose indicators stand in `row`, with what the rows above, down to `free`, say of its columns."""
    top, meanings = row, dict(own)
    groups: dict[int, str] = {}
    years: dict[int, int] = {}
    for above in range(row - 1, max(free, row - HEADING_ROWS) - 1, -1):
        if sum(value is not None for value in sheet.rows[above]) < 2:
            break  # a title
        spread = _spread(sheet, above)
        over_instrument = {
            column: role for column, text in spread.items() if (role := names.role_of(text)) in names.INSTRUMENTS
        }
        over_year = {column: year for column, text in spread.items() if (year := thai.fiscal_year(text)) is not None}
        alone = {
            column: meaning
            for column, meaning in _meanings(sheet.rows[above]).items()
            if not isinstance(meaning, int)
            and all(sheet.rows[below][column] is None for below in range(above + 1, row + 1))
        }
        if not (alone or over_instrument.keys() & own.keys() or over_year.keys() & own.keys()):
            break
        top = above
        groups = {**over_instrument, **groups}
        years = {**over_year, **years}
        meanings = {**alone, **meanings}
    labels: dict[str, int] = {}
    found: list[_Column] = []
    for column, meaning in sorted(meanings.items()):
        if meaning in LABELS:
            labels.setdefault(str(meaning), column)
        elif meaning in ("score", "mean", "total"):
            generic = "mean" if meaning == "score" else meaning
            found.append(_Column(groups.get(column, generic), column, years.get(column)))
        elif isinstance(meaning, int) or meaning in names.FIGURES:
            found.append(_Column(meaning, column, years.get(column)))
    columns = _resolved(found)
    kept = _once(sheet, row, columns)
    return _Heading(top, row, kept, labels, tuple(column for column in columns if column not in kept))


def _meanings(cells: Sequence[Value]) -> dict[int, Meaning]:
    """Meaning by column. Bare numbers are indicators only where enough of them stand in one row."""
    meanings: dict[int, Meaning] = {}
    numbers: dict[int, Meaning] = {}
    for column, value in enumerate(cells):
        if value is None:
            continue
        if (meaning := names.indicator_named(value) or names.role_of(value)) is not None:
            meanings[column] = meaning
        elif (number := names.numbered(value)) is not None:
            numbers[column] = number
    return numbers | meanings if len(set(numbers.values())) >= FEWEST_INDICATORS else meanings


def _spread(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts of a row by column, each over the columns that it is merged across, or over the blanks beside it."""
    merged = {left: right for top, left, bottom, right in sheet.merged if top <= row <= bottom}
    spread: dict[int, str] = {}
    text, end = None, -1
    for column, value in enumerate(sheet.rows[row]):
        if value is not None:
            text, end = str(value), merged.get(column, len(sheet.rows[row]) - 1)
        if text is not None and column <= end:
            spread[column] = text
    return spread


def _resolved(columns: Sequence[_Column]) -> list[_Column]:
    """The columns with each "รวม" or "เฉลี่ย" as what it is the mean of, year by year."""
    resolved: list[_Column] = []
    for _, group in groupby(columns, key=lambda column: column.fiscal_year):
        same_year = list(group)
        meanings = names.resolved([column.what for column in same_year])
        resolved += [replace(column, what=what) for column, what in zip(same_year, meanings, strict=True)]
    return resolved


def _once(sheet: Sheet, row: int, columns: Sequence[_Column]) -> tuple[_Column, ...]:
    """One column for each meaning and year, the first whose heading does not speak of weights."""
    in_order = sorted(columns, key=lambda column: names.weighted_heading(sheet.rows[row][column.place]))
    first: dict[tuple[Meaning, int | None], _Column] = {}
    for column in in_order:
        first.setdefault((column.what, column.fiscal_year), column)
    return tuple(sorted(first.values(), key=lambda column: column.place))


# The lines below


class _Body:
    """The rows under a heading. A label that is merged over several rows or columns holds for all of them."""

    def __init__(self, sheet: Sheet, heading: _Heading, rows: range) -> None:
        self._sheet, self._heading, self._rows = sheet, heading, rows
        self._places = [column.place for column in heading.columns]
        self._indicators = {column.place: column.what for column in heading.indicators}
        self.labels = self._labels()
        self._merged = dict(_merged_values(sheet, rows, set(self.labels.values())))

    def lines(self) -> tuple[list[_Line], list[Problem]]:
        """The rows that hold an agency's result, and a problem for each one that seems to and was left out."""
        lines: list[_Line] = []
        problems: list[Problem] = []
        section = None
        for row in self._rows:
            if all(self._sheet.rows[row][place] is None for place in self._places):
                section = self._section(row) or section
                problems += self._without_scores(row)
                continue
            match self._read(row):
                case _Line() as line:
                    lines.append(replace(line, province=section) if section and line.province is None else line)
                case Problem() as problem:
                    problems.append(problem)
        return lines, problems

    def _read(self, row: int) -> _Line | Problem | None:
        """The result in a row; why it is left out; None for a row that is a heading, a title or a note."""
        cells = self._sheet.rows[row]
        agency = self._label(row, "agency")
        name = thai.tidy(agency) if isinstance(agency, str) and any(map(str.isalpha, agency)) else None
        if (summary := self._summary(row, name)) is not None:
            return self._left_out("ITA-T10", "info", row, summary)
        if self._is_heading(cells, agency):
            return None
        if not any(thai.number(cells[place]) is not None for place in self._places) and (
            name is None or all(cells[place] is None for place in self._indicators)
        ):
            return None
        if "agency" in self.labels and name is None:
            return self._left_out("ITA-T11", "warning", row, agency)
        stated = self._label(row, "fiscal_year")
        year = thai.fiscal_year(stated)
        if year is None and not thai.is_blank(stated):
            return self._left_out("ITA-T14", "error", row, stated, "fiscal_year")
        kind = self._label(row, "kind")
        return _Line(
            row,
            name,
            year,
            thai.tidy(kind) if isinstance(kind, str) else None,
            names.district(self._label(row, "district")),
            names.province(self._label(row, "province")),
        )

    def _label(self, row: int, name: str) -> Value:
        column = self.labels.get(name)
        if column is None:
            return None
        value = self._sheet.rows[row][column]
        return self._merged.get((row, column)) if value is None else value

    def _labels(self) -> dict[str, int]:
        """The label columns, also those without a heading that hold agencies or years before the first figure."""
        labels = dict(self._heading.labels)
        first = min(self._places)
        lines = [
            row
            for row in self._rows
            if any(thai.number(self._sheet.rows[row][place]) is not None for place in self._places)
        ]
        sample = [self._sheet.rows[row] for row in lines[:SAMPLE]]
        for label, says in (("agency", _names_agency), ("fiscal_year", thai.fiscal_year)):
            free = (column for column in range(first) if label not in labels and column not in labels.values())
            for column in free:
                if 2 * sum(says(cells[column]) is not None for cells in sample) > len(sample):
                    labels[label] = column
                    break
        if "agency" not in labels and "province" in labels:  # a list of provinces
            labels["agency"] = labels.pop("province")
        return labels

    def _summary(self, row: int, agency: str | None) -> str | None:
        """The name of a row that sums up others; with a blank agency it may stand in any cell before the figures."""
        texts = [agency] if agency is not None else self._sheet.rows[row][: min(self._places)]
        return next((text for text in texts if isinstance(text, str) and names.is_summary(text)), None)

    def _is_heading(self, cells: Sequence[Value], agency: Value) -> bool:
        """Whether this is the heading once more, or a line of it: column numbers, full marks."""
        if not _may_be_heading(cells):
            return False
        return (
            names.role_of(agency) == "agency"
            or all(_says(cells[place], what) for place, what in self._indicators.items())
            or (self._numbers_columns(cells))
        )

    def _numbers_columns(self, cells: Sequence[Value]) -> bool:
        """Whether this line only numbers the columns: (4) (5) (6)."""
        numbers = [thai.number(str(cells[place]).strip("() ")) for place in self._places]
        first = numbers[0]
        return first is not None and numbers == [first + place - self._places[0] for place in self._places]

    def _section(self, row: int) -> str | None:
        """The province that a line without figures opens a section with."""
        texts = [value for value in self._sheet.rows[row] if value is not None]
        return names.province_in(texts[0]) if len(texts) == 1 and isinstance(texts[0], str) else None

    def _without_scores(self, row: int) -> Iterator[Problem]:
        """An agency that stands in the list without any figure; a title or note has no other cell filled."""
        agency = self._label(row, "agency")
        filled = sum(value is not None for value in self._sheet.rows[row])
        if _names_agency(agency) and filled > 1:
            yield self._left_out("ITA-T12", "warning", row, agency)

    def _left_out(self, code: str, severity: Severity, row: int, found: Value, label: str = "agency") -> Problem:
        cells = self._sheet.rows[row]
        column = cells.index(found) if found in cells else self.labels.get(label, 0)
        text = "" if found is None else thai.tidy(str(found)).removesuffix(".0")
        return Problem(code, severity, self._sheet.name, address(row, column), text)


def _names_agency(value: Value) -> str | None:
    return names.agency_in(value) if isinstance(value, str) else None


def _says(value: Value, what: Meaning) -> bool:
    return what in (names.indicator_named(value), names.numbered(value))


def _merged_values(sheet: Sheet, rows: range, columns: set[int]) -> Iterator[tuple[tuple[int, int], Value]]:
    """The value of a merged range for every cell that it covers in these rows and columns."""
    for top, left, bottom, right in sheet.merged:
        covered = [column for column in columns if left <= column <= right]
        for row in range(max(top, rows.start), min(bottom + 1, rows.stop)) if covered else ():
            yield from (((row, column), sheet.rows[top][left]) for column in covered)
