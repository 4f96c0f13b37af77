"""A block: names below each other and the columns of figures beside them, and what each of its rows is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ita import thai
from ita.reading import names
from ita.reading.layouts.table import UnknownName
from ita.reading.names import Meaning
from ita.reading.sheet import Sheet, address

Key = tuple[str | None, int | None]
"""Agency and fiscal year, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Scores:
    """A column with figures, and whose and of which year it is headed, if it is."""

    place: int
    agency: str | None = None
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Names in `name_column` from `first_row` to before `end`; `top` is the first row of its heading."""

    top: int
    first_row: int
    end: int
    span: range
    name_column: int
    scores: tuple[Scores, ...]
    labels: Mapping[str, int]
    """Columns that say on each row whose it is ("agency") or of which year ("fiscal_year")."""
    items: bool
    levels: int | None = None
    """The column that is headed with levels."""
    unclear: tuple[int, ...] = ()
    """Columns of numbers under a heading that says nothing known, where there is more than one."""
    points: tuple[int, ...] = ()
    """Columns headed like scores that hold weights or weighted points."""

    @property
    def first_score(self) -> int:
        """The first column of figures right of the names, which stand before it."""
        right = [column.place for column in self.scores if column.place > self.name_column]
        return min(right, default=self.span.stop)


def what_is_named(sheet: Sheet, row: int, block: Block) -> Meaning | None:
    cells = sheet.rows[row]
    before = [
        column
        for column in range(block.span.start, min(block.first_score, block.span.stop))
        if column not in block.labels.values()
    ]
    if block.items:
        for column in before:
            if (item := names.item_named(cells[column])) is not None:
                return item
    for column in before:
        if column >= block.name_column and (indicator := names.indicator_named(cells[column])) is not None:
            return indicator
    label = cells[block.name_column]
    filled = [cells[column] for column in before if not thai.is_blank(cells[column])]
    if filled and filled[-1] is label and not block.items and (number := names.numbered(label)) is not None:
        return number
    roles = [names.role_of(value) for value in filled]
    if not roles or (thai.is_blank(label) is False and names.role_of(label) is None):
        return None
    instrument = next((role for role in roles if role in names.INSTRUMENTS), None) or _merged_instrument(
        sheet, row, block
    )
    if instrument is not None and roles[-1] in (instrument, "mean", "total", "score"):
        return instrument
    role = next((role for role in roles if role in (*names.FIGURES, "mean")), None)
    return "total" if role is None and "score" in roles else role


def _merged_instrument(sheet: Sheet, row: int, block: Block) -> str | None:
    """The instrument that is merged down beside this row."""
    for top, left, bottom, _ in sheet.merged:
        if top < row <= bottom and left < block.name_column:
            role = names.role_of(sheet.rows[top][left])
            if role in names.INSTRUMENTS:
                return role
    return None


def find_unknown_names(sheet: Sheet, blocks: Iterable[Block]) -> list[UnknownName]:
    """Names that have a score and are no indicator's, sub-indicator's or figure's."""
    found: list[UnknownName] = []
    for block in blocks:
        for row in range(block.first_row, block.end):
            cells = sheet.rows[row]
            if what_is_named(sheet, row, block) is not None or not any(
                thai.number(cells[column.place]) is not None for column in block.scores
            ):
                continue
            texts = [
                (column, value)
                for column in block.span
                if column < block.first_score
                and column not in block.labels.values()
                and isinstance(value := cells[column], str)
            ]
            if not texts or any(names.names_part(text) for _, text in texts):
                continue
            column, text = next((one for one in texts if one[0] == block.name_column), texts[-1])
            if not _is_known(text):
                place = address(row, column)
                found.append(UnknownName(thai.tidy(text), sheet.name, place, names.near_indicator(text)))
    return found


def is_stranger(sheet: Sheet, row: int, block: Block) -> bool:
    """Whether a row has a figure beside the name of something else than an indicator or what belongs to one."""
    label = sheet.rows[row][block.name_column]
    if not isinstance(label, str) or names.names_part(label) or _is_known(label) or names.near_indicator(label):
        return False
    return any(thai.number(sheet.rows[row][column.place]) is not None for column in block.scores)


def _is_known(label: str) -> bool:
    """Whether a label beside a number is no name: a figure, a rank, a mean of others."""
    return names.role_of(label) in names.ROLES or names.is_summary(label) or names.is_beside_scores(label)
