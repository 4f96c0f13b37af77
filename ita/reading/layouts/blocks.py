"""Indicators down the rows: one block per instrument or all ten in one, the score beside the name.

The heading of the score column may be "คะแนน" or a year ("ปี 2564"); several year columns are read each as its year.
Agency, year, instrument means, total and level stand in the table, in label-and-value pairs, or in sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ita import thai
from ita.reading import names
from ita.reading.layouts import titles
from ita.reading.layouts.table import Table, figures, right_of, text_cells
from ita.reading.names import Meaning
from ita.reading.problems import Problem
from ita.reading.sheet import Sheet, Value, address

FEWEST_UNHEADED = 5
"""So many indicators below each other, numbers beside them, are a block without a heading."""

_FIGURE = r"(?P<figure>\d{1,3}(?:\.\d+)?)(?!\.?\d)(?![\s*]*(?:คะแนน)?\s*ขึ้นไป)"
# Between a word and its figure. "ได้คะแนนมากกว่าร้อยละ 85" speaks of the mark, not of a result.
_UP_TO = r"(?:(?!กว่า|ตั้งแต่|เกิน|จำนวน)(?:[^\d.]|\.(?!\d))){0,90}?"
_SCORED = re.compile(rf"(?:(?:ได้รับ|ได้|มี|ผล|รวม)คะแนน|คะแนน(?:ภาพรวม|รวม|เฉลี่ย)){_UP_TO}{_FIGURE}[\s*]*(?P<unit>คะแนน)?")
_TOTAL = re.compile("ได้รับคะแนน|คะแนนภาพรวม|คะแนนรวม|รวมคะแนน|ผลคะแนน")
_LEVELS = "AA|[A-F](?![A-Za-z])|ผ่านดีเยี่ยม|ผ่านดี|ผ่าน|ต้องปรับปรุงโดยด่วน|ต้องปรับปรุง"
_LEVEL = re.compile(rf"ระดับ\s*[:：“\"*]*\s*(?P<level>{_LEVELS})(?![\s*”\"]*ขึ้นไป)")
_YEAR = re.compile(r"(?:ปีงบประมาณ|ปี|พ\.?ศ\.?)\s*(?:พ\.?ศ\.?)?\s*(?P<year>\d{4})")
_NO_SCORES = re.compile("เป้า|อันดับ|ลำดับ|ผลต่าง|เพิ่ม|ลด|เปลี่ยน|ระดับ|หมายเหตุ|ประเทศ|จังหวัด|ถ่วง|น้ำหนัก")
_OTHER_TABLE = re.compile("มาตรการ|ผู้รับผิดชอบ|ขั้นตอน|ระยะเวลา|ข้อเสนอแนะ")

Said = tuple[str, object, int, int, int | None]
"""What, value, row, column, and the year that is named beside it."""


@dataclass(frozen=True, slots=True)
class _Block:
    """`indicator_column` has the names, `score_columns` the figures, each with the year it is headed with, if any."""

    first_row: int
    end: int
    indicator_column: int
    score_columns: tuple[tuple[int, int | None], ...]


def find(sheet: Sheet) -> list[Table]:
    """All blocks of a sheet as one table; nothing where no indicators stand beside a score column."""
    blocks = list(_blocks(sheet)) or list(_unheaded(sheet))
    columns = list(dict.fromkeys(column for block in blocks for column in block.score_columns))
    if not columns:
        return []
    texts = list(text_cells(sheet))
    stated_year, problems = _stated_year(sheet, texts, blocks, columns)
    agency, named = titles.agency(sheet, texts)
    rows: list[tuple[object, ...]] = [
        (agency, year or stated_year, what, sheet.rows[row][column], row, column)
        for column, year in columns
        for row, what in _labelled(sheet, [block for block in blocks if (column, year) in block.score_columns])
    ]
    if not any(isinstance(row[2], int) for row in rows):
        return []
    problems += [*named, *(problem for block in blocks for problem in _unknown_names(sheet, block))]
    tabled = {row[2] for row in rows if not thai.is_blank(row[3])}
    cells = {row[4:] for row in rows}
    years = {year or stated_year for _, year in columns}
    rows += [
        (agency, year, what, value, row, column)
        for what, value, row, column, said_year in _said(sheet, texts, blocks)
        if what not in tabled and (row, column) not in cells
        for year in years
        if year == said_year or (len(years) == 1 and None in (year, said_year))
    ]
    return [Table("blocks", sheet.name, figures(list(zip(*rows, strict=True))), tuple(problems))]


def _stated_year(
    sheet: Sheet, texts: Sequence[titles.Cell], blocks: Sequence[_Block], columns: Sequence[tuple[int, int | None]]
) -> tuple[int | None, list[Problem]]:
    """The year for the columns that are not headed with one: what stands over the table, else anywhere on the sheet."""
    if all(year is not None for _, year in columns):
        return None, []
    over = [cell for cell in texts if cell[0] < blocks[0].first_row]
    year, problems = titles.fiscal_year(sheet, over)
    if year is None or problems:
        elsewhere, taken = titles.fiscal_year(sheet, texts)
        year, problems = (elsewhere, taken) if elsewhere is not None else (year, problems)
    return year, problems


# Where the blocks are


def _blocks(sheet: Sheet) -> Iterator[_Block]:
    """The blocks under each heading row; several may stand side by side."""
    headed = [(row, found) for row in range(len(sheet.rows)) if (found := list(_headed(sheet, row)))]
    others = [row for row, cells in enumerate(sheet.rows) if _opens_other_table(cells)]
    for row, found in headed:
        end = min((later for later in (*(row for row, _ in headed), *others) if later > row), default=len(sheet.rows))
        for indicator_column, score_columns in found:
            yield _Block(row + 1, end, indicator_column, _without_full_marks(sheet, row, end, score_columns))


def _headed(sheet: Sheet, row: int) -> Iterator[tuple[int, tuple[tuple[int, int | None], ...]]]:
    """Each indicator column that a row is the heading of, with its score columns up to the next indicator column."""
    cells = sheet.rows[row]
    places = [column for column, value in enumerate(cells) if names.role_of(value) == "indicator"]
    for place, end in pairwise([*places, len(cells)]):
        between = range(place + 1, end)
        scores = _years(cells, between) or [
            (column, None) for column in between if names.role_of(cells[column]) == "score"
        ]
        below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else []
        if below and below[place] is None and (years := _years(below, between)):  # "คะแนน" over the years
            scores = years
        scores = scores or [(column, None) for column in between if names.role_of(cells[column]) in ("mean", "total")]
        if scores:
            yield place, tuple(scores)


def _years(cells: Sequence[Value], columns: Iterable[int]) -> list[tuple[int, int | None]]:
    return [
        (column, year)
        for column in columns
        if (year := thai.fiscal_year(cells[column])) is not None
        and not _NO_SCORES.search(thai.fold(str(cells[column])))
    ]


def _without_full_marks(
    sheet: Sheet, row: int, end: int, columns: tuple[tuple[int, int | None], ...]
) -> tuple[tuple[int, int | None], ...]:
    """Without a column headed "คะแนนเต็ม" that has one value all the way down, where there is another."""

    def has_full_marks(column: int) -> bool:
        values = {sheet.rows[below][column] for below in range(row + 1, end)} - {None}
        return "คะแนนเต็ม" in thai.fold(str(sheet.rows[row][column])) and len(values) == 1

    return tuple(column for column in columns if not has_full_marks(column[0])) or columns


def _opens_other_table(cells: Sequence[Value]) -> bool:
    """Whether a row is the heading of another table, such as that of the measures, which names the indicators too."""
    return (
        sum(
            isinstance(value, str) and len(value) < 60 and bool(_OTHER_TABLE.search(thai.fold(value)))
            for value in cells
        )
        > 2
    )


def _unheaded(sheet: Sheet) -> Iterator[_Block]:
    """A column of indicators without a heading that has one column of numbers beside it."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    for column in range(width):
        rows = [row for row, cells in enumerate(sheet.rows) if names.indicator_named(cells[column]) is not None]
        if len(rows) < FEWEST_UNHEADED:
            continue
        scored = [
            place
            for place in range(column + 1, width)
            if 2 * sum(thai.number(sheet.rows[row][place]) is not None for row in rows) > len(rows)
        ]
        if len(scored) == 1:
            yield _Block(rows[0], len(sheet.rows), column, ((scored[0], None),))
        return


# What the rows are about


def _labelled(sheet: Sheet, blocks: Iterable[_Block]) -> list[tuple[int, Meaning]]:
    """The rows of blocks that stand below each other, each with the indicator or figure that it is about."""
    found = [
        (row, what)
        for block in blocks
        for row in range(block.first_row, block.end)
        if (what := _named(sheet, row, block)) is not None
    ]
    whats = names.resolved([what for _, what in found])
    return [(row, what) for (row, _), what in zip(found, whats, strict=True)]


def _named(sheet: Sheet, row: int, block: _Block) -> Meaning | None:
    cells, first_score = sheet.rows[row], block.score_columns[0][0]
    for column in range(block.indicator_column, first_score):
        if (indicator := names.indicator_named(cells[column])) is not None:
            return indicator
    label = cells[block.indicator_column]
    filled = [value for value in cells[:first_score] if not thai.is_blank(value)]
    if filled and filled[-1] is label and (number := names.numbered(label)) is not None:
        return number
    roles = [names.role_of(value) for value in filled]
    if not roles or (thai.is_blank(label) is False and names.role_of(label) is None):
        return None
    instrument = next((role for role in roles if role in names.INSTRUMENTS), None) or _merged_instrument(
        sheet, row, block
    )
    if instrument is not None and roles[-1] in (instrument, "mean", "total", "score"):
        return instrument
    return next((role for role in roles if role in (*names.FIGURES, "mean")), None)


def _merged_instrument(sheet: Sheet, row: int, block: _Block) -> str | None:
    """The instrument that is merged down beside this row."""
    for top, left, bottom, _ in sheet.merged:
        if top < row <= bottom and left < block.indicator_column:
            role = names.role_of(sheet.rows[top][left])
            if role in names.INSTRUMENTS:
                return role
    return None


def _unknown_names(sheet: Sheet, block: _Block) -> Iterator[Problem]:
    """Rows that have a score beside a name that is no indicator's."""
    for row in range(block.first_row, block.end):
        cells = sheet.rows[row]
        if _named(sheet, row, block) is not None or not any(
            thai.number(cells[column]) is not None for column, _ in block.score_columns
        ):
            continue
        texts = [
            (column, value) for column, value in enumerate(cells[: block.score_columns[0][0]]) if isinstance(value, str)
        ]
        if texts and not names.names_part(texts[-1][1]) and names.role_of(texts[-1][1]) not in names.ROLES:
            column, text = texts[-1]
            yield Problem("ITA-T03", "warning", sheet.name, address(row, column), thai.tidy(text))


# What is said outside the blocks


def _said(sheet: Sheet, texts: Iterable[titles.Cell], blocks: Sequence[_Block]) -> Iterator[Said]:
    """Figures outside the blocks, in label-and-value pairs and in sentences."""
    for row, column, text in texts:
        if any(names.indicator_named(value) for value in sheet.rows[row]):
            continue
        role = names.role_of(text.rstrip(" :："))
        if role in names.FIGURES:
            place, value = right_of(sheet, row, column)
            if role == "level" or thai.number(value) is not None:
                yield str(role), value, row, place, None
        else:
            for what, found, year in _in_sentences(thai.tidy(text), _instrument_above(sheet, row, blocks)):
                yield what, found, row, column, year


def _instrument_above(sheet: Sheet, row: int, blocks: Sequence[_Block]) -> str | None:
    """The instrument of the block that a line stands under, if that has one only."""
    above = [block for block in blocks if block.first_row <= row]
    if not above:
        return None
    last = replace(above[-1], end=min(row, above[-1].end))
    return names.instrument_of({what for _, what in _labelled(sheet, [last]) if isinstance(what, int)})


def _in_sentences(text: str, under: str | None) -> Iterator[tuple[str, object, int | None]]:
    """The figures that a text speaks of: an instrument's where it names one since the last figure, else the total."""
    masked = _YEAR.sub(lambda year: " " * len(year[0]), text)
    end = 0
    for match in _SCORED.finditer(masked):
        before, end = masked[end : match.start("figure")], match.end()
        if names.speaks_of_indicator(before):
            continue
        instrument = names.last_instrument_in(before) or (under if "เฉลี่ย" in match[0] else None)
        if instrument is not None:
            yield instrument, float(match["figure"]), _year_before(text, match.start())
        elif match["unit"] and _TOTAL.search(match[0]):
            yield "total", float(match["figure"]), _year_before(text, match.start())
    if level := _LEVEL.search(masked):
        yield "level", level["level"], _year_before(text, level.start())


def _year_before(text: str, end: int) -> int | None:
    """The year that is named last before a place in a text."""
    return next((int(match["year"]) for match in reversed(list(_YEAR.finditer(text, 0, end)))), None)
