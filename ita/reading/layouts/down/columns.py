"""Which columns of a block hold figures: those headed "คะแนน", a year ("ปี 2564"), an agency, or both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ita import thai
from ita.assessment import DISAGREEMENT
from ita.reading import names
from ita.reading.layouts.down.block import Block, Scores, what_is_named
from ita.reading.layouts.table import INDICATORS, spread
from ita.reading.names import Meaning
from ita.reading.problems import Problem
from ita.reading.sheet import Fault, Sheet, Value, address
from ita.rulebooks import latest

FEWEST_SHARES = 3
"""So many figures of a column that are the weighted ones of another are no chance."""


def with_scores(sheet: Sheet, block: Block, heading: range) -> Block:
    """The block with its columns of figures, and those that are none though they may look like it."""
    scores, unclear = _score_columns(sheet, block, heading)
    points = _weights_and_points(sheet, block, scores)
    return replace(
        block, scores=tuple(column for column in scores if column.place not in points), unclear=unclear, points=points
    )


def _weights_and_points(sheet: Sheet, block: Block, columns: Sequence[Scores]) -> tuple[int, ...]:
    """The places of those that have the weights of indicators or instruments, or another's scores times these."""
    if len(columns) < 2:
        return ()
    weights: dict[Meaning, float] = {number: 100 * latest().points_per_score(number) for number in INDICATORS}
    weights |= {instrument.code.lower(): instrument.weight for instrument in latest().instruments}
    held: dict[int, dict[Meaning, float]] = {column.place: {} for column in columns}
    for row in range(block.first_row, block.end):
        what = what_is_named(sheet, row, block)
        if what not in weights:
            continue
        for place, numbers in held.items():
            if (number := thai.number(sheet.rows[row][place])) is not None:
                numbers.setdefault(what, number)

    def is_share_of(place: int, full: Mapping[Meaning, float]) -> bool:
        shares = [
            abs(number - full[what] * weights[what] / 100) for what, number in held[place].items() if what in full
        ]
        return len(shares) >= FEWEST_SHARES and max(shares) <= DISAGREEMENT and any(full.values())

    all_full = dict.fromkeys(weights, 100.0)
    others = {place: [numbers for other, numbers in held.items() if other != place] for place in held}
    return tuple(place for place in held if any(is_share_of(place, full) for full in [all_full, *others[place]]))


def _score_columns(sheet: Sheet, block: Block, heading: range) -> tuple[tuple[Scores, ...], tuple[int, ...]]:
    """The columns with figures; and those with numbers under words that say nothing known, where there are several."""
    places = [
        place for place in block.span if any(cells[place] is not None for cells in sheet.rows[block.top : block.end])
    ]
    over = _headings(sheet, block, heading)
    headed = {place: over[place] for place in places if place in over}
    named = [row for row in range(block.first_row, block.end) if what_is_named(sheet, row, block) is not None]
    numeric = [place for place in places if place != block.name_column and _has_numbers(sheet, named, place)]
    of_many = any(names.is_statistic(text) for texts in headed.values() for text in texts)
    ignored = {
        place
        for place, texts in headed.items()
        if any(names.is_beside_scores(text) or (of_many and names.role_of(text) == "mean") for text in texts)
        or _is_full_marks(sheet, block, place, texts)
    }
    agencies = _agencies(sheet, block, heading)
    keyed: list[Scores] = []
    roles: dict[str, list[Scores]] = {"score": [], "mean": [], "total": []}
    unclear: list[int] = []
    doubtful: list[int] = []
    for place in (place for place in places if place not in (ignored | {block.name_column, *block.labels.values()})):
        texts = headed.get(place, [])
        agency = agencies.get(place)
        years = [year for text in texts if (year := names.fiscal_year(text)) is not None]
        year = next((year for text in reversed(texts) if (year := names.year_headed(text)) is not None), None)
        if agency is not None and years:
            year = years[-1]
        if place in numeric and ((years and year is None) or any(map(names.is_another_score, texts))):
            doubtful.append(place)
            continue
        said = {role for text in texts if (role := names.role_of(text)) is not None}
        column = Scores(place, agency, year)
        if year is not None or agency is not None:
            keyed += [column] if place > block.name_column or place in numeric else []
        elif role := next((role for role in roles if role in said), None):
            roles[role].append(column)
        elif place in numeric and place > block.name_column and not said:
            unclear.append(place)
    if keyed:
        own, others = _told_apart(_headed(sheet, heading, keyed), headed)
        years_too = [column for column in roles["score"] if column.place in numeric]
        return (*own, *years_too), (*doubtful, *others, *(unclear if any(agencies.values()) else ()))
    for means in (roles["mean"], roles["total"]):  # one number for several rows is of what they have together
        means[:] = [column for column in means if column.place in numeric] or means
    found = next((_with_numbers(sheet, block, of_role) for of_role in roles.values() if of_role), [])
    found, others = _out_of_hundred(sheet, block, _headed(sheet, heading, found), headed)
    of_measures = any(names.is_of_measures(text) for row in heading for text in sheet.rows[row])
    if found or len(unclear) != 1 or doubtful or of_measures:
        return tuple(found), (*doubtful, *others, *(() if found else unclear))
    return (Scores(unclear[0]),), ()


def _headed(sheet: Sheet, heading: range, columns: Sequence[Scores]) -> list[Scores]:
    """Those that have words of their own over them, or that such words are merged over; all where none has."""
    merged = {
        place
        for top, left, bottom, right in sheet.merged
        if top in heading and bottom in heading
        for place in range(left, right + 1)
    }
    own = [
        column
        for column in columns
        if column.place in merged or any(sheet.rows[row][column.place] is not None for row in heading)
    ]
    return own or list(columns)


def _told_apart(columns: Sequence[Scores], headed: Mapping[int, list[Value]]) -> tuple[list[Scores], list[int]]:
    """The columns, of several of one agency and year those whose lowest words say score, and the places of the others.

    "จังหวัด" or "ก่อนอุทธรณ์" below a year that is merged over several columns is another thing than the score.
    """
    own: list[Scores] = []
    others: list[int] = []
    for column in columns:
        key = column.agency, column.fiscal_year
        rivals = [other for other in columns if (other.agency, other.fiscal_year) == key]
        lowest = headed[column.place][-1] if column.place in headed else None
        if len(rivals) == 1 or _says_score(lowest):
            own.append(column)
        elif names.role_of(lowest) != "province":
            others.append(column.place)
    return own, others


def _says_score(value: Value) -> bool:
    return (
        names.role_of(value) in ("score", "mean", "total", "agency")
        or names.year_headed(value) is not None
        or names.agency_named(value) is not None
    )


def _out_of_hundred(
    sheet: Sheet, block: Block, columns: list[Scores], headed: Mapping[int, list[Value]]
) -> tuple[list[Scores], list[int]]:
    """The columns out of 100, and the places of those that are not, as full marks beside them of another number say."""
    full = {
        sheet.rows[row][place]
        for place, texts in headed.items()
        if any(map(names.is_full_marks, texts))
        for row in range(block.first_row, block.end)
    } - {None}
    if not full or all(thai.number(value) in (100, None) for value in full):
        return columns, []
    percent = [column for column in columns if any("ร้อยละ" in str(text) for text in headed.get(column.place, ()))]
    return percent, [column.place for column in columns if column not in percent]


def _with_numbers(sheet: Sheet, block: Block, columns: list[Scores]) -> list[Scores]:
    """The columns that hold numbers; all where none does."""
    rows = range(block.first_row, block.end)
    held = [column for column in columns if any(thai.number(sheet.rows[row][column.place]) is not None for row in rows)]
    return held or columns


def _headings(sheet: Sheet, block: Block, heading: range) -> dict[int, list[Value]]:
    """What stands over each column, from the top; what runs across several columns stands over each of them."""
    over: dict[int, list[Value]] = {}
    for row in heading:
        cells = sheet.rows[row]
        right = {p: value for p, value in spread(sheet, row, heading.start).items() if p > block.name_column}
        origin = next((place for place, value in enumerate(cells) if value is not None), 0)
        is_title = (
            not any(cells[block.name_column + 1 : block.span.stop]) and names.role_of(cells[block.name_column]) is None
        )
        if origin <= block.name_column and is_title:
            continue  # it is merged across the table
        left = {place: cells[place] for place in block.span if place < block.name_column and cells[place] is not None}
        first = _first_right(cells, block)
        own = {place: value for place, value in right.items() if place >= first}
        for place, value in {**left, **own}.items():
            over.setdefault(place, []).append(value)
    return over


def _first_right(cells: Sequence[Value], block: Block) -> int:
    """The first filled column right of the names: what is spread from there on is not the names' own heading."""
    right = range(block.name_column + 1, len(cells))
    return next((place for place in right if cells[place] is not None), len(cells))


def _agencies(sheet: Sheet, block: Block, heading: range) -> dict[int, str]:
    """The agency that each column is headed with: any words in a row of agencies, else what is plainly an agency."""
    found: dict[int, str] = {}
    provinces: dict[int, str] = {}
    for row in heading:
        cells = sheet.rows[row]
        of_agencies = any(names.role_of(value) == "agency" for value in cells[: block.name_column + 1]) or (
            names.names_both(cells[block.name_column])
        )
        first = _first_right(cells, block)
        right = cells[first:]
        if {names.role_of(value) for value in right} & {"district", "province"} and (
            sum(names.agency_named(value) is not None for value in right) < 2
        ):
            continue  # "หน่วยงาน | เทศบาลตำบลบัวงาม | อำเภอ | เมือง" says whose the table is
        for place, value in spread(sheet, row).items():
            if place < first or place not in block.span:
                continue
            agency = names.agency_headed(value) if of_agencies else names.agency_named(value)
            if agency is None and isinstance(value, str) and names.names_province(value):
                provinces[place] = thai.tidy(value)
            if agency is not None and not names.is_summary(agency):
                found[place] = agency
    return found or (provinces if len(provinces) > 1 else {})


def _has_numbers(sheet: Sheet, rows: Sequence[int], place: int) -> bool:
    """Whether more than half of these rows have a number in this column."""
    values = [sheet.rows[row][place] for row in rows]
    return 2 * sum(isinstance(value, Fault) or thai.number(value) is not None for value in values) > len(rows)


def _is_full_marks(sheet: Sheet, block: Block, place: int, texts: Iterable[Value]) -> bool:
    """Whether a column is headed "คะแนนเต็ม" alone, or with other words and has one value all the way down."""
    if any(map(names.is_full_marks, texts)):
        return True
    values = {sheet.rows[row][place] for row in range(block.first_row, block.end)} - {None}
    return len(values) <= 1 and any(isinstance(text, str) and "คะแนนเต็ม" in thai.fold(text) for text in texts)


def unclear_columns(sheet: Sheet, block: Block) -> Iterator[Problem]:
    """What there is to know of columns with numbers that were not taken for scores."""
    not_taken = [("ITA-T18", place) for place in block.unclear] + [("ITA-T24", place) for place in block.points]
    for code, place in not_taken:
        over = [(row, sheet.rows[row][place]) for row in range(block.first_row - 1, block.top - 1, -1)]
        row, text = next(((row, value) for row, value in over if value is not None), (block.first_row, None))
        found = "" if text is None else thai.tidy(str(text))
        yield Problem(code, "warning" if code == "ITA-T18" else "info", sheet.name, address(row, place), found)
