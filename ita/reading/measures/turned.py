"""Measures whose headings stand at the left: fields as rows and a measure a column, or a card for each measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ita import thai
from ita.reading.measures.cells import Cells
from ita.reading.measures.headings import roles_in
from ita.reading.measures.words import NAMING, TELLING, TITLES, WORK, meaning
from ita.reading.sheet import Sheet, Value

Place = tuple[int, int]
"""Row and column of a cell, from 0."""

_FEWEST_FIELDS = 3


@dataclass(slots=True)
class Field:
    """A heading and the cells beside it, by the columns they reach over; further rows may go on with them."""

    label: Place
    values: list[tuple[int, Place]]


@dataclass(slots=True)
class Card:
    """The fields of one measure, or of several beside each other; `lines`: the rows that stand over them."""

    lines: list[list[Place]] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Turned:
    """A sheet with the headings at the top."""

    sheet: Sheet
    stand: Callable[[int, int], str]
    """Where a cell stands in the file."""


def turned(sheet: Sheet, headed: Sequence[int]) -> Turned | None:
    """The sheet with a row for each measure; None where no headings of measures stand at the left.

    `headed`: its `headed_rows`.
    """
    if not _are_of_measures(roles_in(sheet.rows, headed)):
        return None
    cells = Cells(sheet)
    cards = list(_cards(cells))
    if not any(_is_of_measures(cells, card) for card in cards):
        return None
    rows: list[list[Value]] = []
    places: dict[Place, Place] = {}
    for card in cards:
        for line in _lines(cells, card):
            places |= {(len(rows), column): found[0] for column, found in enumerate(line) if found}
            rows.append([_value(cells, found) for found in line])
    width = max(map(len, rows))
    return Turned(
        Sheet(sheet.name, [[*row, *[None] * (width - len(row))] for row in rows]),
        lambda row, column: cells.place(*places.get((row, column), (row, column))),
    )


def _value(cells: Cells, places: Sequence[Place]) -> Value:
    """What stands in one cell, as it is; the lines of several."""
    return cells.value(*places[0]) if len(places) == 1 else "\n".join(cells.text(*place) for place in places) or None


def _role(cells: Cells, place: Place) -> str | None:
    found = meaning(cells.text(*place))
    return found.role if found and found.known else None


# The fields


def _cards(cells: Cells) -> Iterator[Card]:
    """The cards of a sheet, each with what stands over it, and at last what stands below them."""
    card, is_open = Card(), False
    for row in range(len(cells.sheet.rows)):
        reach = cells.heading_above(row)
        found = _found(cells, reach)
        fields = _fields(cells, reach, found)
        last = card.fields[-1] if card.fields else None
        if not found:
            is_open = False
        elif last and (found[0] == last.label or (is_open and found[0][1] > last.label[1])):
            last.values += _reaching(reach, [place for place in found if place != last.label])
        elif last and is_open and not fields and found[0][1] == last.label[1] and _goes_on(cells, row + 1, card):
            card.fields.append(Field(found[0], _reaching(reach, found[1:])))
        elif fields:
            if card.fields and _repeats(cells, fields, card):
                yield card
                card = Card()
            card.fields += fields
            is_open = True
        else:
            if card.fields:
                yield card
                card = Card()
            card.lines.append(found)
            is_open = False
    yield card


def _found(cells: Cells, reach: Sequence[Place | None]) -> list[Place]:
    """The cells of a row, each once, without the number that may count the rows."""
    found = list(dict.fromkeys(place for place in reach if place))
    counted = len(found) > 1 and thai.number(cells.text(*found[0]).rstrip(".)")) is not None
    return found[1:] if counted else found


def _goes_on(cells: Cells, row: int, card: Card) -> bool:
    """Whether this row has a further field of a card; then one above it that is blank or unknown is one too."""
    if row >= len(cells.sheet.rows):
        return False
    reach = cells.heading_above(row)
    fields = _fields(cells, reach, _found(cells, reach))
    return bool(fields) and not _repeats(cells, fields, card)


def _repeats(cells: Cells, fields: Sequence[Field], card: Card) -> bool:
    """Whether these fields begin the next card: with the first heading of this one, or another that names measures."""
    again = _role(cells, fields[0].label)
    return again in NAMING and again in {_role(cells, each.label) for each in card.fields}


def _fields(cells: Cells, reach: Sequence[Place | None], found: Sequence[Place]) -> list[Field]:
    """The fields of a row, each a well-known heading with something beside it; none where it begins with no heading."""
    fields: list[Field] = []
    roles: set[str] = set()
    for place in found:
        role = _role(cells, place)
        if role in NAMING | TELLING | {*WORK} and role not in roles and (not fields or fields[-1].values):
            fields.append(Field(place, []))
            roles.add(role)
        elif fields:
            fields[-1].values += _reaching(reach, [place])
        else:
            return []
    return fields if any(each.values for each in fields) else []


def _reaching(reach: Sequence[Place | None], places: Iterable[Place]) -> list[tuple[int, Place]]:
    wanted = set(places)
    return [(column, place) for column, place in enumerate(reach) if place in wanted]


# The rows they become


def _is_of_measures(cells: Cells, card: Card) -> bool:
    return _are_of_measures({role for each in card.fields if (role := _role(cells, each.label))})


def _are_of_measures(roles: set[str]) -> bool:
    return len(roles) >= _FEWEST_FIELDS and bool(roles & NAMING) and bool(roles & TELLING)


def _lines(cells: Cells, card: Card) -> Iterator[list[list[Place]]]:
    """What stands over a card, each line after a gap, and the card as a table with its headings in one row."""
    lines, is_table = card.lines, _is_of_measures(cells, card)
    if not is_table:
        lines = [*lines, *([each.label, *(place for _, place in each.values)] for each in card.fields)]
    for line in lines:
        yield []
        yield [line]
    if not is_table:
        return
    yield []
    yield [[each.label] for each in card.fields]
    starts = _measure_columns(cells, card)
    for start, stop in zip(starts, [*starts[1:], len(cells.sheet.rows[0])], strict=True):
        columns = range(start, stop)
        yield [list(dict.fromkeys(place for column, place in each.values if column in columns)) for each in card.fields]


def _measure_columns(cells: Cells, card: Card) -> list[int]:
    """The columns in which the measures begin: where the surest of the headings that name them has a cell."""
    roles = [_role(cells, each.label) for each in card.fields]
    naming = card.fields[next(roles.index(role) for role in (*TITLES, "indicator") if role in roles)]
    begins: dict[Place, int] = {}
    for column, place in naming.values:
        begins.setdefault(place, column)
    return list(begins.values())
