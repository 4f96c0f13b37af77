"""Where the blocks of a sheet are: under a heading, or plain to see without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ita import thai
from ita.reading import names
from ita.reading.layouts.down.block import Block
from ita.reading.layouts.down.columns import with_scores
from ita.reading.layouts.down.extent import gaps, whole
from ita.reading.layouts.table import totals_beside
from ita.reading.sheet import Sheet, Value

FEWEST_UNHEADED = 5
"""So many indicators below each other, numbers beside them, are a block without a heading..."""
FEWEST_ITEMS = 3
"""... and so many items."""
FEWEST_INSTRUMENTS = 2
"""So many instruments below each other, under a heading, are a block of theirs."""
HEADING_ROWS = 6
"""How many rows over the first name may say whose the columns are, and of which year."""
SHIFTED_ROWS = 3
"""How much lower than its neighbour a table that stands beside it may begin."""


class _Head(NamedTuple):
    """A row that heads the names in the column `place`, and the columns that are this table's."""

    row: int
    span: range
    place: int
    left: int
    """Where the table may begin if nothing stands beside it."""


def find_blocks(sheet: Sheet) -> list[Block]:
    """The blocks under each heading, several of which may stand side by side, or else those that are plain to see."""
    filled = [row for row, cells in enumerate(sheet.rows) if any(cells)]
    others = [row for row in filled if names.heads_measures(sheet.rows[row])]
    heads = [head for row in filled for head in _heads(sheet, row)]
    found: list[Block] = []
    for head in heads:
        beside = [other for other in heads if other is not head and abs(other.row - head.row) <= SHIFTED_ROWS]
        below = [other.row for other in heads if other.row > head.row and other not in beside]
        right = min((other.span.start for other in beside if other.place > head.place), default=head.span.stop)
        left = head.span.start if any(other.place < head.place for other in beside) else head.left
        end = min((row for row in (*below, *others) if row > head.row), default=len(sheet.rows))
        block = _block(sheet, head.row, range(left, min(right, head.span.stop)), head.place, end)
        if block is not None:
            found.append(block)
    blocks = whole(sheet, found)
    between = [block for gap in gaps(filled, blocks, others) for block in _unheaded(sheet, gap)]
    return sorted([*blocks, *whole(sheet, between)], key=lambda block: block.top) if between else blocks


def _heads(sheet: Sheet, row: int) -> Iterator[_Head]:
    """Each column that a row heads as one of names, and the columns up to the next one's block."""
    cells = sheet.rows[row]
    roles = [names.role_of(value) for value in cells]
    places = [
        column for column, role in enumerate(roles) if role == "indicator" or _is_of_names(sheet, row, column, role)
    ]
    if not places:
        place = _of_totals(sheet, row, roles)
        place = _of_instruments(sheet, row) if place is None else place
        places = [] if place is None else [place]
    if not places:
        return
    # "ตัวชี้วัดที่ | ชื่อตัวชี้วัด | คะแนน": names without a column of figures between them are one table's.
    scored = [
        place
        for place, following in zip(places, [*places[1:], len(cells)], strict=True)
        if following == len(cells) or any(_may_be_scored(cells[column]) for column in range(place + 1, following))
    ]
    totals = totals_beside(cells)
    begins = [_begin(cells, roles, before, place) for before, place in pairwise([-1, *scored])]
    for begin, end, place in zip(begins, [*begins[1:], len(cells)], scored, strict=True):
        left = max((run.stop for run in totals if run.stop <= place), default=0)
        right = min((run.start for run in totals if run.start > place), default=len(cells))
        yield _Head(row, range(max(begin, left), min(end, right)), place, left if begin == begins[0] else begin)


def _is_of_names(sheet: Sheet, row: int, column: int, role: str | None) -> bool:
    """Whether this is a heading such as "รายการ" of a column with codes of items or names of indicators."""
    if role != "item":
        return False
    below = [value for cells in sheet.rows[row + 1 :] if (value := cells[column]) is not None][: 4 * FEWEST_ITEMS]
    coded = [what for value in below if (what := names.item_named(value) or names.indicator_named(value)) is not None]
    return len(set(coded)) >= FEWEST_ITEMS and 2 * len(coded) >= len(below)


def _may_be_scored(value: Value) -> bool:
    return (
        names.role_of(value) in ("score", "mean", "total")
        or names.fiscal_year(value) is not None
        or names.agency_named(value) is not None
    )


def _begin(cells: Sequence[Value], roles: Sequence[str | None], before: int, place: int) -> int:
    """Where the block begins whose names stand in `place`: with what stands before them, up to a blank or a score."""
    begin = place
    while begin - 1 > before and cells[begin - 1] is not None and roles[begin - 1] not in ("score", "mean", "total"):
        begin -= 1
    return begin


def _of_totals(sheet: Sheet, row: int, roles: Sequence[str | None]) -> int | None:
    """The column of "ปีงบประมาณ | 2563 | 2564" over rows of a total and a level."""
    place = next((column for column, role in enumerate(roles) if role in ("fiscal_year", "agency")), None)
    if place is None or any(role in ("score", "total", "level", "item") for role in roles):
        return None
    says = names.fiscal_year if roles[place] == "fiscal_year" else names.agency_named
    if not any(says(value) for value in sheet.rows[row][place + 1 :]):
        return None
    below = [names.role_of(cells[place]) for cells in sheet.rows[row + 1 : row + 1 + HEADING_ROWS]]
    named = any(names.indicator_named(cells[place]) for cells in sheet.rows[row + 1 : row + 1 + 2 * HEADING_ROWS])
    return place if not named and {"score", "total"} & set(below) else None


def _of_instruments(sheet: Sheet, row: int) -> int | None:
    """The column of "เครื่องมือ | คะแนน" over rows of the instruments, without a row of any indicator."""
    below = sheet.rows[row + 1 : row + 1 + HEADING_ROWS]
    place = next((place for place in range(len(sheet.rows[row]) - 1) if _names_instruments(below, place)), None)
    if place is None or any(names.indicator_named(value) for cells in below for value in cells):
        return None
    heading = sheet.rows[row][place:]
    if heading[0] is None or names.role_of(heading[0]) in names.FIGURES:
        return None
    is_headed = any(map(_may_be_scored, heading[1:]))
    return place if is_headed and not any(map(names.counts_people, heading)) else None  # "จำนวนผู้ตอบ | ร้อยละ"


def _names_instruments(rows: Sequence[Sequence[Value]], place: int) -> bool:
    """Whether rows begin with instruments in a column, perhaps under another line of the heading."""
    roles = [names.role_of(cells[place]) for cells in rows]
    named = {role for role in roles if role in names.INSTRUMENTS}
    return len(named) >= FEWEST_INSTRUMENTS and not named.isdisjoint(roles[:2])


def _block(sheet: Sheet, row: int, span: range, place: int, end: int) -> Block | None:
    """The block under a heading."""
    items = _has_items(sheet, range(row + 1, end), span)
    first = next((below for below in range(row + 1, end) if _is_named(sheet, below, span, place, items)), None)
    if first is None:
        return None
    top = _top(sheet, row, span, place)
    labels = _labels(sheet, row, range(first, end), span, place)
    levels = next((column for column in span if names.role_of(sheet.rows[row][column]) == "level"), None)
    block = Block(top, first, end, span, place, (), labels, items, levels)
    return with_scores(sheet, block, range(top, first))


def _labels(sheet: Sheet, row: int, rows: range, span: range, place: int) -> dict[str, int]:
    """The columns that say on each row whose it is or of which year, years also where nothing heads them."""
    labels = {
        role: column
        for column in span
        if (role := names.role_of(sheet.rows[row][column])) in ("agency", "fiscal_year")
        and column != place
        and _holds_labels(sheet, rows, column, role)
    }
    if "fiscal_year" not in labels:
        unheaded = (column for column in span if column != place and sheet.rows[row][column] is None)
        dated = next((column for column in unheaded if _holds_years(sheet, rows, column)), None)
        labels |= {} if dated is None else {"fiscal_year": dated}
    return labels


def _holds_years(sheet: Sheet, rows: range, column: int) -> bool:
    """Whether a column has little else than years, and several."""
    values = [value for row in rows if (value := sheet.rows[row][column]) is not None]
    years = [year for value in values if (year := names.fiscal_year(value)) is not None]
    return len(set(years)) > 1 and len(years) >= FEWEST_UNHEADED and 2 * len(years) > len(values)


def _holds_labels(sheet: Sheet, rows: range, column: int, role: str) -> bool:
    """Whether a column headed with "ปี" or "หน่วยงาน" has years or names on its rows, not scores under that word."""
    values = [value for row in rows if (value := sheet.rows[row][column]) is not None]
    if role == "fiscal_year":
        return any(names.fiscal_year(value) for value in values)
    first = values[:FEWEST_UNHEADED]
    return 2 * sum(thai.number(value) is not None for value in first) < max(1, len(first))


def _is_named(sheet: Sheet, row: int, span: range, place: int, items: bool) -> bool:
    """Whether this row is one of the block's, not of its heading."""
    cells = sheet.rows[row]
    label = cells[place]
    if items and any(names.item_named(cells[column]) for column in span):
        return True
    if any(names.indicator_named(cells[column]) for column in span if column >= place):
        return True
    if thai.is_blank(label) or names.role_of(label) in ("agency", "fiscal_year", "province") or _numbers_columns(cells):
        return False
    return isinstance(label, str) or names.numbered(label) is not None


def _numbers_columns(cells: Sequence[Value]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    counted = [names.numbered(value) for value in cells if value is not None]
    first = counted[0]
    return len(counted) > 1 and first is not None and counted == list(range(first, first + len(counted)))


def _top(sheet: Sheet, row: int, span: range, place: int) -> int:
    """The first row of the heading: rows right above it that have something over the columns of figures only."""
    top = row
    while top and row - top < HEADING_ROWS:
        over = [column for column in span if sheet.rows[top - 1][column] is not None]
        is_label = any(names.role_of(sheet.rows[top - 1][column]) in ("agency", "fiscal_year") for column in over)
        if not over or (min(over) <= place and not (is_label and len(over) > 1)):
            break
        if any(type(sheet.rows[top - 1][column]) is float and sheet.rows[top - 1][column] % 1 for column in over):  # type: ignore[operator]
            break
        top -= 1
    return top


def _has_items(sheet: Sheet, rows: Sequence[int], span: range) -> bool:
    """Whether codes of items stand below each other in a column, and not just as codes beside the indicators' names."""
    for column in span:
        coded = [row for row in rows if names.item_named(sheet.rows[row][column]) is not None]
        if len({names.item_named(sheet.rows[row][column]) for row in coded}) < FEWEST_ITEMS:
            continue
        beside_names = [row for row in coded if any(names.indicator_named(sheet.rows[row][c]) for c in span)]
        if 2 * len(beside_names) <= len(coded):
            return True
    return False


def _unheaded(sheet: Sheet, filled: Sequence[int]) -> Iterator[Block]:
    """Columns of names without a heading of their own, with figures beside them; `filled` are the rows to look at."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    for column in range(width):
        alone = range(column, column + 1)
        items = _has_items(sheet, filled, alone)
        rows = [
            row
            for row in filled
            if names.indicator_named(value := sheet.rows[row][column]) is not None
            or (items and names.item_named(value))
        ]
        if len(rows) < FEWEST_UNHEADED and not items:
            continue
        first, span = rows[0], range(width)
        top = _top(sheet, first, span, column)
        dated = next((c for c in span if c != column and _holds_years(sheet, range(first, rows[-1] + 1), c)), None)
        labels = {} if dated is None else {"fiscal_year": dated}
        block = Block(top, first, filled[-1] + 1, span, column, (), labels, items)
        block = with_scores(sheet, block, range(top, first))
        if block.scores or block.unclear:
            yield block
            return
