"""The headings of a table of measures: in which rows they stand, and what the columns below them are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ita import thai
from ita.reading import names
from ita.reading.measures.cells import Cells
from ita.reading.measures.columns import FEWEST_MARKS, FEWEST_MONTHS, Choice, Column, Part, Spare
from ita.reading.measures.statuses import is_no_tick
from ita.reading.measures.words import LONGEST_HEADING, NAMING, TELLING, TEXTS, known_among, mark, meaning
from ita.reading.sheet import Sheet, Value

_SECOND_LINES = {"การดำเนินการ", "การดำเนินงาน", "ดำเนินการ", "แนวทาง", "/แนวทาง", "วิธีการ", "หรือวิธีการ", "รับผิดชอบ"}
_DEPTH = 3
_CLOSE = 300
"""Rows below the headings that are looked at where the contents decide what a column is."""
_FEWEST = 2


@dataclass(frozen=True)
class Headings:
    """The headings of one table.

    `depth`: how many rows they take. `roles`: the columns of each role. `ticks`: the headings that state a status, by
    the columns under them. `spare`: the columns that are not read, by their number. `headed`: all that have a heading.
    `others`: columns of another table beside this one. `over_months`: what stands over the months of a plan.
    """

    depth: int
    roles: Mapping[str, tuple[Part, ...]]
    ticks: Mapping[int, str] = field(default_factory=dict)
    spare: Mapping[int, Spare] = field(default_factory=dict)
    headed: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()
    over_months: tuple[str, ...] = ()

    def first(self, role: str) -> int:
        """The column where a role begins."""
        return self.roles[role][0].columns[0]


def headed_rows(rows: Sequence[Sequence[object]]) -> list[int]:
    """The rows with a well-known heading: a quick look, for long sheets of something else, at each text once."""
    known = known_among({value for row in rows for value in row if isinstance(value, str)})
    return [number for number, row in enumerate(rows) if not known.isdisjoint(row)] if known else []


def roles_in(rows: Sequence[Sequence[object]], headed: Iterable[int]) -> set[str]:
    """What the well-known headings of a sheet stand for; `headed` comes from `headed_rows`."""
    return set().union(*(_known_roles(rows[row]) for row in headed))


def beginnings(rows: Sequence[Sequence[object]], headed: Iterable[int]) -> list[int]:
    """The rows in which headings may begin. `headed` comes from `headed_rows`, also of a sheet that has more."""
    return [row for row in headed if row < len(rows) and may_begin(rows, row)]


def may_begin(rows: Sequence[Sequence[object]], row: int) -> bool:
    """Whether headings may begin in this row, by its words and those of the next."""
    known = _known_roles(rows[row])
    if not known:
        return False
    roles = known | (_known_roles(rows[row + 1]) if row + 1 < len(rows) else set())
    if not roles & NAMING:
        return False
    return bool(roles & TELLING) or any(_marks(values) >= FEWEST_MARKS for values in rows[row : row + 2])


def _known_roles(row: Sequence[object]) -> set[str]:
    return {found.role for value in row if isinstance(value, str) and (found := meaning(value)) and found.known}


def _marks(row: Sequence[object]) -> int:
    """How many different statuses stand in a row as headings of marks."""
    return len({mark(value) for value in row if isinstance(value, str)} - {None})


def headings_at(cells: Cells, row: int) -> Headings | None:
    """The headings that begin in this row; None where it is another kind of row."""
    if not may_begin(cells.sheet.rows, row):
        return None
    depth = next((depth for depth in range(1, _DEPTH + 1) if _heads_together(cells, row, depth)), None)
    if depth is None:
        return None
    while depth < _DEPTH and _is_second_row(cells, row, depth):
        depth += 1
    found = _arranged(cells, row, depth)
    return found if "title" in found.roles and len(found.roles) > 1 else None


def side_by_side(sheet: Sheet, headed: Sequence[int]) -> list[Sheet]:
    """The sheet; where tables of measures stand beside each other, once for each of them, with the others blank.

    What stands over all tables is each one's, but for what stands over another one. `headed`: its `headed_rows`.
    """
    begins = beginnings(sheet.rows, headed)
    cells = Cells(sheet) if begins else None
    tables: dict[int, list[range]] = {}
    before: Headings | None = None
    for row in begins:
        if cells and (found := headings_at(cells, row)):
            tables[row] = _tables(cells, row, found, before)
            before = found
    count = max(map(len, tables.values()), default=1)
    if count == 1:
        return [sheet]
    return [replace(sheet, rows=list(_only_table(sheet.rows, tables, number))) for number in range(count)]


def _only_table(
    rows: Sequence[Sequence[Value]], tables: Mapping[int, Sequence[range]], number: int
) -> Iterator[list[Value]]:
    """The rows as the table with this number, counted from the left, has them."""
    first = min(tables)
    current = tables[first]
    for row, values in enumerate(rows):
        current = tables.get(row, current)
        own = current[number] if number < len(current) else range(0)
        kept: list[Value] = [value if column in own else None for column, value in enumerate(values)]
        yield list(values) if row < first and all(map(thai.is_blank, kept)) else kept


def _tables(cells: Cells, row: int, headings: Headings, before: Headings | None) -> list[range]:
    """The columns of each of the tables of measures that are headed here, or that go on beside one headed here."""
    groups: list[list[Column]] = []
    for column in _columns(cells, row, headings.depth):
        beside = groups and groups[-1][-1].columns[-1] == column.columns[0] - 1
        if beside and not (thai.fold(groups[-1][0].label) == thai.fold(column.label) and _heads_measures(groups[-1])):
            groups[-1].append(column)
        else:
            groups.append([column])
    tables = [group for group in groups if _heads_measures(group)]
    roles = [{found.role for column in group if (found := column.meaning)} for group in tables]
    starts = [
        group[0].columns[0]
        for group, said in zip(tables[1:], roles[1:], strict=True)
        if said & roles[0] & NAMING and said & roles[0] & TELLING
    ]
    if before is not None and tables and tables[0][0].columns[0] > max(before.headed) + 1:
        starts.insert(0, tables[0][0].columns[0])  # the table before goes on at the left
    return [range(*ends) for ends in pairwise([0, *starts, len(cells.sheet.rows[row])])]


def heads_scores(row: Sequence[object]) -> bool:
    """Whether a row heads a table of scores: with the measures, such a table stands on one sheet, but ends them."""
    texts = [value for value in row if isinstance(value, str)]
    if not any(thai.fold(text) == "เครื่องมือ" or names.role_of(text) == "indicator" for text in texts):
        return False
    return any(names.role_of(text) in ("score", "total", "level") or _is_year(text) for text in texts) and not any(
        (found := meaning(text)) and found.known and found.role in TEXTS for text in texts
    )


def _is_year(text: str) -> bool:
    return len(text) < LONGEST_HEADING and thai.fiscal_year(text) is not None


# Rows of headings


def _columns(cells: Cells, row: int, depth: int) -> list[Column]:
    """The columns under the headings in these rows."""
    origins = [cells.heading_above(below) for below in range(row, row + depth)]
    if depth > 1:
        _extend_over_blanks(origins)
    columns: list[Column] = []
    paths: list[tuple[tuple[int, int], ...]] = []
    for column in range(len(origins[0])):
        path = tuple(dict.fromkeys(origin for line in origins if (origin := line[column]) is not None))
        path = tuple(origin for origin in path if origin[0] >= row)
        if path and paths and path == paths[-1] and columns[-1].columns[-1] == column - 1:
            columns[-1] = Column(range(columns[-1].columns[0], column + 1), columns[-1].texts, columns[-1].parent)
        elif path:
            texts = tuple(cells.text(*origin).replace("\n", " ") for origin in path)
            columns.append(Column(range(column, column + 1), texts, None))
            paths.append(path)
    parents = [path[0] if len(path) > 1 else None for path in paths]
    return [
        Column(column.columns, column.texts, parent if parents.count(parent) > 1 else None)
        for column, parent in zip(columns, parents, strict=True)
    ]


def _extend_over_blanks(origins: list[list[tuple[int, int] | None]]) -> None:
    """Let a heading reach over the blanks beside it that have headings of their own below, as if it were merged."""
    upper, lower = origins[0], origins[1]
    for column in range(1, len(upper)):
        before = upper[column - 1]
        below = lower[column]
        if upper[column] is None and before is not None and below is not None and below[0] > before[0]:
            left = lower[column - 1]
            if left is not None and left[0] > before[0]:
                upper[column] = before


def _heads_measures(columns: list[Column]) -> bool:
    """Whether these headings are those of a table of measures: well-known ones, and enough of them."""
    meanings = [found for column in columns if (found := column.meaning)]
    known = [found.role for found in meanings if found.known]
    told = {_text_role(role) for role in known} & set(TEXTS)
    marked = {column.status for column in columns} - {None}
    if len(marked) >= FEWEST_MARKS:
        told.add("status")
    months = [column for column in columns if column.is_time]
    if len(months) >= FEWEST_MONTHS:
        told.add("period")
    else:
        months.clear()
    likely = {_text_role(found.role) for found in meanings} & set(TEXTS) | told
    named = {found.role for found in meanings} & NAMING
    if not named or not told or (len(likely) < _FEWEST and not named >= {"title", "indicator"}):
        return False
    count = len(known) + len(marked) + len(months)
    return count > _FEWEST or (count == _FEWEST and 2 * count >= len(columns))


def _text_role(role: str) -> str:
    return "result" if role in ("progress", "percent") else role


def _heads_together(cells: Cells, row: int, depth: int) -> bool:
    """Whether this row and those below head a table together, where the lower would not do so as well alone.

    The months of a plan may stand in a third row, below their years.
    """
    if row + depth > len(cells.sheet.rows):
        return False
    together = _columns(cells, row, depth)
    if not _heads_measures(together):
        return False
    if depth == 1:
        return True
    if depth > 2 and not _heads_months(_columns(cells, row + depth - 1, 1)):
        return False
    if not _heads_measures(_columns(cells, row + 1, depth - 1)):
        return True
    return all(len(column.texts) < 2 or meaning(column.label) is None for column in together) and any(
        column.parent is not None for column in together
    )


def _heads_months(columns: list[Column]) -> bool:
    return sum(column.is_time for column in columns) >= FEWEST_MONTHS


def _is_second_row(cells: Cells, row: int, depth: int) -> bool:
    """Whether the row below these rows of headings goes on with them.

    It does where all that it says stands under a heading that runs over several columns, or ends a heading's sentence,
    and the column that names the measures has nothing of its own in it.
    """
    below = row + depth
    if below >= len(cells.sheet.rows):
        return False
    filled = cells.filled(below)
    if not filled or any(len(cells.text(below, column)) > LONGEST_HEADING for column in filled):
        return False
    columns = _columns(cells, row, depth)
    second_lines = {column for column in filled if thai.fold(cells.text(below, column)) in _SECOND_LINES}
    naming_columns = {
        place for column in columns if (found := column.meaning) and found.role in NAMING for place in column.columns
    }
    if naming_columns & (set(filled) - second_lines):
        return False
    over_several = {
        place
        for column in columns
        if len(set(column.columns) & set(filled)) >= _FEWEST  # one alone is a text that goes on from a page before
        for place in column.columns
    }
    headed = {place for column in columns for place in column.columns}
    if any(cells.last_column(below, column) > column and column not in over_several for column in filled):
        return False
    blank_above = {column for column in filled if column not in headed and column - 1 in filled}
    beside_blank = {column for column in filled if column + 1 in blank_above}
    return set(filled) <= second_lines | over_several | blank_above | beside_blank


# What each column is


def _arranged(cells: Cells, row: int, depth: int) -> Headings:
    columns = _columns(cells, row, depth)
    others = _beside(columns)
    columns = [column for column in columns if column.columns[0] not in others]
    choice = Choice(columns, lambda column: _contents(cells, row + depth, column))
    headed = frozenset(place for column in columns for place in column.columns)
    over_months = tuple(text for column in columns if column.is_time for text in column.texts[:-1])
    return Headings(depth, choice.roles(), choice.ticks, choice.spare(), headed, others, over_months)


def _beside(columns: list[Column]) -> frozenset[int]:
    """The columns of a table of scores that stands beside the measures, an empty column between them."""
    groups: list[list[Column]] = []
    for column in columns:
        if groups and groups[-1][-1].columns[-1] == column.columns[0] - 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    return frozenset(
        place
        for group in groups
        if len(groups) > 1 and heads_scores([column.heading for column in group])
        for place in range(group[0].columns[0], group[-1].columns[-1] + 1)
    )


def _contents(cells: Cells, start: int, column: Column) -> Iterator[str]:
    """What stands in a column below its heading, down to the first empty row, other heading or end of its table."""
    table = cells.table(start) if start < len(cells.sheet.rows) else None
    for row in range(start, min(start + _CLOSE, len(cells.sheet.rows))):
        values = cells.sheet.rows[row]
        if not cells.filled(row) or cells.table(row) != table or heads_scores(values):
            return
        if may_begin(cells.sheet.rows, row) and _heads_measures(_columns(cells, row, 1)):
            return
        if not is_no_tick(values[column.columns[0]]):
            yield cells.text(row, *column.columns)
