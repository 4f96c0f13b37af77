"""Which rows head a list, and what they say of its columns.

A heading is one row or several (a group such as IIT or a year above its indicators, numbers below the names), with
names, numbers or both; it may be repeated further down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ita import thai
from ita.reading import names
from ita.reading.layouts.table import (
    INDICATORS,
    LINE,
    spread,
    totals_beside,
)
from ita.reading.names import Meaning
from ita.reading.sheet import Sheet, Value

FEWEST_INDICATORS = 5
"""A row with fewer indicators than half of them is no heading, unless it is headed with agencies too..."""
FEWEST_NAMED = 2
"""... and names so many: a list of the OIT alone."""
FEWEST_ITEMS = 3
"""So many codes beside each other are items, not an instrument's name with a number after it."""
SAMPLE = 20
"""Rows that are looked at to tell what a column holds."""
HEADING_ROWS = 3
"""How many rows may stand above the one that names the indicators and belong to the heading."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column with figures; `fiscal_year` where it stands under a year."""

    what: Meaning
    place: int
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """`span` are the columns that are this table's; `labels` the column of each of LINE that there is."""

    first_row: int
    last_row: int
    span: range
    columns: tuple[_Column, ...]
    labels: Mapping[str, int]
    doubled: tuple[_Column, ...] = ()
    """Columns that say the same as one of `columns`."""
    unclear: tuple[int, ...] = ()
    """Columns under an indicator whose own words say nothing known."""
    weighted: frozenset[int] = frozenset()
    """Columns under words about weights, in their own cell or merged over them."""

    @property
    def places(self) -> list[int]:
        """All columns that the heading gives a meaning to."""
        return [*self.labels.values(), *(column.place for column in (*self.columns, *self.doubled))]

    @property
    def indicators(self) -> list[_Column]:
        return [column for column in self.columns if isinstance(column.what, int)]

    @property
    def measured(self) -> list[_Column]:
        """The columns that make a row a result: indicators or items where there are any."""
        return [column for column in self.columns if column.what not in names.FIGURES] or list(self.columns)


def find_headings(sheet: Sheet, candidates: Sequence[int]) -> Iterator[Heading]:
    """Every heading among these rows; one that only repeats the last, on a new page, is no new one."""
    free = 0
    last: list[Heading] = []
    for row in candidates:
        cells = sheet.rows[row]
        own = _meanings(cells)
        if "indicator" in own.values():  # the heading of a block: only a list beside it may be headed here
            beside = totals_beside(cells)
            own = {place: meaning for place, meaning in own.items() if any(place in run for run in beside)}
        if not _says_enough(cells, own, _labels_above(sheet, row, free)):
            continue
        if last and _repeats(sheet, row, own, last):
            continue
        found = [
            heading
            for span in _spans(cells, own)
            if (heading := _heading(sheet, free, row, {place: own[place] for place in own if place in span}, span))
            and _is_heading(sheet, heading, last)
        ]
        if found:
            free, last = row + 1, found
            yield from found


def may_be_heading(cells: Sequence[Value]) -> bool:
    """Whether no cell holds a number with decimals, as the rows of results do: this is asked of every row."""
    for value in reversed(cells):  # where the totals stand
        if type(value) is float and value % 1:
            return False
    return any(cells)


def _says_enough(cells: Sequence[Value], own: Mapping[int, Meaning], above: Mapping[int, Meaning]) -> bool:
    """Whether a row may be a heading: it has indicators, or figures or years beside a column of agencies or years."""
    meanings = set(own.values())
    if len([meaning for meaning in meanings if isinstance(meaning, int)]) >= FEWEST_NAMED:
        return True
    if not {*meanings, *above.values()} & {"agency", "fiscal_year", "province"}:
        return False
    return any(map(_is_figure, meanings)) or any(names.year_headed(value) for value in cells)


def _labels_above(sheet: Sheet, row: int, free: int) -> dict[int, Meaning]:
    """The labels of columns that are headed in the row above only; none under an indicator, whose years this row is."""
    above = _meanings(sheet.rows[row - 1]) if row > free else {}
    if any(isinstance(meaning, int) for meaning in above.values()):
        return {}
    return {place: meaning for place, meaning in above.items() if meaning in LINE and sheet.rows[row][place] is None}


def _is_heading(sheet: Sheet, heading: Heading, last: Sequence[Heading]) -> bool:
    """Whether there is enough to a heading: half of the indicators, or fewer of them, items or totals of agencies."""
    indicators = {column.what for column in heading.indicators}
    if len(indicators) >= FEWEST_INDICATORS:
        return not any("agency" in other.labels for other in last) or "agency" in heading.labels
    if len(indicators) >= FEWEST_NAMED or any(column.what in names.ITEMS for column in heading.columns):
        return "agency" in heading.labels or "fiscal_year" in heading.labels
    return not indicators and bool(heading.columns) and _holds_totals(sheet, heading)


def _holds_totals(sheet: Sheet, heading: Heading) -> bool:
    """Whether a heading without indicators has totals below: a label that is a year or an agency beside each number."""
    total = [column.place for column in heading.columns if column.what != "level"]
    label = next((heading.labels[name] for name in ("agency", "fiscal_year") if name in heading.labels), None)
    if label is None or not total:
        return False
    between = range(min(heading.places), max(heading.places) + 1)
    beside = [place for place in between if place not in heading.labels.values()]
    is_label: Callable[[Value], object] = is_name if "agency" in heading.labels else names.fiscal_year
    for cells in sheet.rows[heading.last_row + 1 :]:
        if any(isinstance(meaning, int) for meaning in _meanings(cells[between.start : between.stop]).values()):
            return False  # this row only groups the headings below it
        if any(_heads_figures(cells[place]) for place in beside):
            return False
        if any(thai.number(cells[place]) is not None for place in total):
            return is_label(cells[label]) is not None
    return False


def _heads_figures(value: Value) -> bool:
    """Whether a cell is the heading of figures itself."""
    if names.indicator_named(value) is not None or names.item_named(value) is not None:
        return True
    return names.role_of(value) is not None or (isinstance(value, str) and names.year_headed(value) is not None)


def is_name(value: Value) -> str | None:
    return value if isinstance(value, str) and any(map(str.isalpha, value)) else None


def _spans(cells: Sequence[Value], own: Mapping[int, Meaning]) -> list[range]:
    """The columns of each of the tables that stand side by side: a new one begins where agencies are headed again."""
    if names.heads_names(cells) and not any(own.get(place) == "agency" for place in _headed_names(cells)):
        return totals_beside(cells)
    begins, figures_since, previous = [0], False, -1
    last = max((place for place, meaning in own.items() if _is_figure(meaning)), default=-1)
    for place, meaning in sorted(own.items()):
        if meaning == "agency" and figures_since and place < last:
            begins.append(previous + 1)
            figures_since = False
        elif _is_figure(meaning):
            figures_since, previous = True, place
    return [range(begin, end) for begin, end in pairwise([*begins, len(cells)])]


def _headed_names(cells: Sequence[Value]) -> list[int]:
    """The columns headed with indicators; one in the corner of a list, with the agencies below it, is a label of it."""
    return [place for place, value in enumerate(cells) if names.role_of(value) == "indicator"]


def _is_figure(meaning: Meaning) -> bool:
    return isinstance(meaning, int) or meaning in (*names.FIGURES, "score", "mean") or meaning in names.ITEMS


def _repeats(sheet: Sheet, row: int, own: Mapping[int, Meaning], headings: Sequence[Heading]) -> bool:
    """Whether this row has the same figures in the same columns, and no title over it that names a year or agency."""
    places = {column.place: column.what for heading in headings for column in heading.measured}
    again = {column: meaning for column, meaning in own.items() if isinstance(meaning, int) or meaning in names.ITEMS}
    if not again or not again.items() <= places.items():
        return False
    for above in range(row - 1, headings[-1].last_row, -1):
        cells = sheet.rows[above]
        if not may_be_heading(cells) and any(value is not None for value in cells):
            return True
        if any(isinstance(value, str) and (names.fiscal_year(value) or names.agency_in(value)) for value in cells):
            return False
    return True


def _heading(sheet: Sheet, free: int, row: int, own: Mapping[int, Meaning], span: range) -> Heading:
    """The heading whose figures stand in `row`, with what the rows above, down to `free`, say of its columns."""
    top, meanings = row, dict(own)
    groups: dict[int, str] = {}
    years: dict[int, int] = {
        place: year for place in span if (year := names.year_headed(sheet.rows[row][place])) is not None
    }
    below = _below_names(sheet, row, span)
    unclear: list[int] = []
    if below:
        meant = _meanings_spread(sheet, row, span)
        years = {place: year for place, value in below.items() if (year := names.year_headed(value)) is not None}
        scored = [place for place, value in below.items() if names.role_of(value) in ("score", "mean", "agency")]
        alone = {} if years else {place: what for place, what in own.items() if sheet.rows[row + 1][place] is None}
        unclear = [
            place
            for place, value in below.items()
            if isinstance(meant.get(place), int) and place not in {*years, *scored} and not _is_beside(value)
        ]
        meanings = {
            **{place: meant[place] for place in (years or scored) if place in meant},
            **alone,
            **_labels_of(own),
        }
    for above in range(row - 1, max(free, row - HEADING_ROWS) - 1, -1):
        if sum(value is not None for value in sheet.rows[above]) < 2:
            break  # a title
        over = {place: value for place, value in spread(sheet, above).items() if place in span}
        over_instrument = {
            place: role for place, value in over.items() if (role := names.role_of(value)) in names.INSTRUMENTS
        }
        over_year = {place: year for place, value in over.items() if (year := names.year_headed(value)) is not None}
        alone = {
            place: meaning
            for place, meaning in _meanings(sheet.rows[above]).items()
            if place in span
            and not isinstance(meaning, int)
            and all(sheet.rows[below][place] is None for below in range(above + 1, row + 1))
        }
        if not (alone or over_instrument.keys() & own.keys() or over_year.keys() & own.keys()):
            break
        top = above
        groups = {**over_instrument, **groups}
        years = {**over_year, **years}
        meanings = {**alone, **meanings}
    last = row + bool(below)
    meanings = _numbered_in_groups(sheet, row, meanings, groups)
    meanings = {place: what for place, what in {**meanings, **_levels(sheet, row, last, meanings)}.items() if what}
    labels, found = _labels_and_columns(sheet, row, meanings, groups, years)
    columns = _resolved(_without_levels_of_indicators(found))
    rows = range(max(free, row - HEADING_ROWS), last + 1)
    weighted = frozenset(
        place for at in rows for place, text in spread(sheet, at).items() if names.weighted_heading(text)
    )
    kept = _once(columns, weighted)
    doubled = tuple(column for column in columns if column not in kept)
    return Heading(top, last, span, kept, labels, doubled, tuple(unclear), weighted)


def _below_names(sheet: Sheet, row: int, span: range) -> dict[int, Value]:
    """The words of a row that tells apart columns under one indicator: years, or "คะแนน" and what stands beside it."""
    if row + 1 >= len(sheet.rows):
        return {}
    filled = {place: sheet.rows[row + 1][place] for place in span if sheet.rows[row + 1][place] is not None}
    indicators = [place for place, what in _meanings(sheet.rows[row]).items() if isinstance(what, int)]
    shared = [place for place in filled if sheet.rows[row][place] is None and place > min(indicators, default=place)]
    are_words = all(_is_word(value) or names.year_headed(value) is not None for value in filled.values())
    return filled if shared and are_words else {}


def _is_word(value: Value) -> bool:
    """Whether a cell holds words, not a number: "(3)" only numbers its column."""
    return isinstance(value, str) and thai.number(value) is None and names.counted(value) is None


def _is_beside(value: Value) -> bool:
    """Whether a column under an indicator is that of another thing, such as a rank, the full marks or a province."""
    return names.is_beside_scores(value) or names.is_summary(str(value)) or names.role_of(value) == "province"


def _meanings_spread(sheet: Sheet, row: int, span: range) -> dict[int, Meaning]:
    """The meaning of each column where the words stand over several."""
    over = spread(sheet, row)
    return _meanings([over.get(place) if place in span else None for place in range(len(sheet.rows[row]))])


def _numbered_in_groups(
    sheet: Sheet, row: int, meanings: Mapping[int, Meaning], groups: Mapping[int, str]
) -> dict[int, Meaning]:
    """The meanings, with numbers that begin anew under each instrument as the indicators that they count."""
    counted = {
        place: what
        for place, what in meanings.items()
        if isinstance(what, int) and place in groups and names.indicator_named(sheet.rows[row][place]) is None
    }
    if len(set(counted.values())) == len(counted):
        return dict(meanings)
    of_instrument = {code: names.indicators_of(code) for code in names.INSTRUMENTS}
    return {
        place: of_instrument[groups[place]][what - 1]
        if isinstance(what, int) and place in counted and what <= len(of_instrument[groups[place]])
        else what
        for place, what in meanings.items()
    }


def _levels(sheet: Sheet, row: int, last: int, meanings: Mapping[int, Meaning]) -> dict[int, Meaning]:
    """The columns headed "ผลการประเมิน" or the like that hold levels and no numbers, "" for those with verdicts only."""
    after = max((place for place, what in meanings.items() if isinstance(what, int)), default=len(sheet.rows[row]))
    headed = [place for place, value in enumerate(sheet.rows[row]) if isinstance(value, str)]
    unknown = [place for place in headed if place > after and place not in meanings]
    found: dict[int, Meaning] = {}
    for place in [*(place for place, what in meanings.items() if what in ("score", "mean", "total")), *unknown]:
        held = [cells[place] for cells in sheet.rows[last + 1 : last + 1 + SAMPLE] if cells[place] is not None]
        if held and all(map(names.is_verdict, held)):
            found[place] = ""
        elif held and all(map(names.is_level, held)) and not names.is_another_score(sheet.rows[last][place]):
            found[place] = "level"
    return found


def _labels_of(own: Mapping[int, Meaning]) -> dict[int, Meaning]:
    return {place: meaning for place, meaning in own.items() if meaning in LINE}


def _labels_and_columns(
    sheet: Sheet, row: int, meanings: Mapping[int, Meaning], groups: Mapping[int, str], years: Mapping[int, int]
) -> tuple[dict[str, int], list[_Column]]:
    """The columns that say whose line it is, and those with figures, in order."""
    labels: dict[str, int] = {}
    found: list[_Column] = []
    for place, meaning in sorted(meanings.items()):
        if meaning in LINE and place not in years:
            labels.setdefault(str(meaning), place)
        elif meaning in ("score", "mean", "total"):
            generic = "mean" if meaning == "score" else meaning
            found.append(_Column(groups.get(place, generic), place, years.get(place)))
        elif isinstance(meaning, int) or meaning in names.FIGURES or meaning in names.ITEMS:
            found.append(_Column(meaning, place, years.get(place)))
    if all(column.what == "level" and column.fiscal_year is None for column in found):
        # "หน่วยงาน | ปี 2563 | ระดับ | ปี 2564 | ระดับ": a column headed with nothing but a year has totals
        totals = [
            _Column("total", place, year) for place, year in sorted(years.items()) if place not in labels.values()
        ]
        found = totals + [
            replace(column, fiscal_year=max((total.place, total.fiscal_year) for total in before)[1])
            for column in found
            if (before := [total for total in totals if total.place < column.place])
        ]
    return labels, found


def _meanings(cells: Sequence[Value]) -> dict[int, Meaning]:
    """Meaning by column. Bare numbers are indicators, and codes items, only where enough of them stand in one row."""
    meanings: dict[int, Meaning] = {}
    bare: dict[int, int] = {}
    items: dict[int, str] = {}
    for column, value in enumerate(cells):
        if value is None:
            continue
        if (item := names.item_named(value)) is not None:
            items[column] = item
        if (meaning := names.indicator_named(value) or names.role_of(value)) is not None:
            meanings[column] = meaning
        elif (number := names.counted(value)) is not None:
            bare[column] = number
        elif names.figure_headed(value) == "level":
            meanings[column] = "level"
    if coded := names.indicators_coded(items.values()):
        meanings |= {place: coded[item] for place, item in items.items()}
    elif len(set(items.values())) >= FEWEST_ITEMS:
        meanings |= items
    are_indicators = len(set(bare.values())) >= FEWEST_INDICATORS and max(bare.values()) <= len(INDICATORS)
    meanings = {**bare, **meanings} if are_indicators else meanings
    named = [place for place, meaning in meanings.items() if isinstance(meaning, int)]
    if len({meanings[place] for place in named}) < FEWEST_INDICATORS:
        return meanings
    beside = {place: names.figure_headed(cells[place]) for place in range(len(cells)) if place not in meanings}
    corner = {place: "agency" for place, meaning in meanings.items() if meaning == "indicator" and place < min(named)}
    has_corner = len(corner) == 1 and "agency" not in meanings.values()
    return {**meanings, **{p: f for p, f in beside.items() if f is not None}, **(corner if has_corner else {})}


def _without_levels_of_indicators(columns: Sequence[_Column]) -> list[_Column]:
    """The columns without the levels that stand right of an indicator, where there are several levels."""
    several = sum(column.what == "level" for column in columns) > 1
    return [
        column
        for before, column in zip([None, *columns], columns, strict=False)
        if not (several and column.what == "level" and before is not None and isinstance(before.what, int))
    ]


def _resolved(columns: Sequence[_Column]) -> list[_Column]:
    """The columns with each "รวม" or "เฉลี่ย" as what it is the mean of, year by year."""
    resolved: list[_Column] = []
    for _, group in groupby(columns, key=lambda column: column.fiscal_year):
        same_year = list(group)
        meanings = names.resolved([column.what for column in same_year])
        resolved += [replace(column, what=what) for column, what in zip(same_year, meanings, strict=True)]
    return resolved


def _once(columns: Sequence[_Column], weighted: frozenset[int]) -> tuple[_Column, ...]:
    """One column for each meaning and year, the first that is not of weighted points."""
    in_order = sorted(columns, key=lambda column: column.place in weighted)
    first: dict[tuple[Meaning, int | None], _Column] = {}
    for column in in_order:
        first.setdefault((column.what, column.fiscal_year), column)
    return tuple(sorted(first.values(), key=lambda column: column.place))
