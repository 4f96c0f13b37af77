"""Figures outside the blocks: in label-and-value pairs and in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita import thai
from ita.reading import names
from ita.reading.layouts import titles
from ita.reading.layouts.down.block import Block, what_is_named
from ita.reading.layouts.down.sections import Section
from ita.reading.layouts.table import right_of
from ita.reading.sheet import Sheet, Value

CARD_ROWS = 3
"""So many rows below a label its figure may stand, if it is the only one there."""
_SUM = re.compile(r"\s*รวม\s*\(")
_FIGURE = r"(?P<figure>\d{1,3}(?:\.\d+)?)(?!\.?\d)(?![\s*]*(?:คะแนน)?\s*ขึ้นไป)"
# Between a word and its figure. "ได้คะแนนมากกว่าร้อยละ 85" speaks of the mark, not of a result.
_UP_TO = r"(?:(?!กว่า|ตั้งแต่|เกิน|จำนวน)(?:[^\d.]|\.(?!\d))){0,90}?"
_SCORED = re.compile(rf"(?:(?:ได้รับ|ได้|มี|ผล|รวม)คะแนน|คะแนน(?:ภาพรวม|รวม|เฉลี่ย)){_UP_TO}{_FIGURE}[\s*]*(?P<unit>คะแนน)?")
_TOTAL = re.compile("ได้รับคะแนน|คะแนนภาพรวม|คะแนนรวม|รวมคะแนน|ผลคะแนน")
_LEVELS = "AA|[A-F](?![A-Za-z])|ผ่านดีเยี่ยม|ผ่านดี|ผ่าน|ต้องปรับปรุงโดยด่วน|ต้องปรับปรุง"
_LEVEL = re.compile(
    rf"ระดับ(?:ผล)?(?:การประเมิน|คะแนน)?(?:อยู่ใน|คือ|เป็น)?(?:ระดับ)?\s*[:：“\"*]*\s*(?P<level>{_LEVELS})(?![\s*”\"]*ขึ้นไป)"
)
_YEAR = re.compile(r"(?:ปีงบประมาณ|ปี|พ\.?ศ\.?)\s*(?:พ\.?ศ\.?)?\s*(?P<year>\d{4})")
Said = tuple[str, Value, int, int, int | None]
"""What, value, row, column, and the year that is named beside it."""


def figures_said(sheet: Sheet, texts: Sequence[titles.Cell], section: Section) -> Iterator[Said]:
    """Figures outside the blocks, in label-and-value pairs and in sentences."""
    blocks_on: dict[int, list[Block]] = {}
    for block in section.blocks:
        for row in range(block.first_row, block.end):
            blocks_on.setdefault(row, []).append(block)
    for row, column, text in titles.within(texts, section.rows):
        here = blocks_on.get(row, [])
        if any(_is_within(sheet, block, row, column) for block in here):
            continue
        if any(names.indicator_named(value) for value in sheet.rows[row]):
            continue
        role = names.role_of(text.rstrip(" :："))
        if role == "mean" and (here or _SUM.match(text)):
            # Its figure is in a column of weighted points.
            role = _instrument_above(sheet, row, section.blocks) or "total"
        if role in names.FIGURES:
            at, place, value = _labelled(sheet, row, column, role)
            if _is_figure(role, value):
                yield str(role), value, at, place, None
        else:
            sentence = thai.tidy(text).replace("เเ", "แ")
            for what, found, year in _in_sentences(sentence, _instrument_above(sheet, row, section.blocks)):
                yield what, found, row, column, year


def figures_on_cards(sheet: Sheet, texts: Sequence[titles.Cell]) -> Iterator[tuple[str, Value, int, int]]:
    """What, value, row and column of every figure under or beside a label of its own."""
    for row, column, text in texts:
        role = names.role_of(text.rstrip(" :："))
        if role in names.FIGURES:
            at, place, value = _labelled(sheet, row, column, role)
            if _is_figure(role, value):
                yield role, value, at, place


def _is_within(sheet: Sheet, block: Block, row: int, column: int) -> bool:
    """Whether a cell on one of the block's rows stands before its figures."""
    return column in block.span and any(
        column < scores.place and thai.number(sheet.rows[row][scores.place]) is not None for scores in block.scores
    )


def _labelled(sheet: Sheet, row: int, column: int, role: str) -> tuple[int, int, Value]:
    """Row, column and value of what stands beside a label, or else of the one figure below it, as on a card."""
    place, value = _beside(sheet, row, column)
    if not _is_figure(role, value):
        below = [(at, cells[column]) for at, cells in enumerate(sheet.rows[row + 1 :], row + 1)][:CARD_ROWS]
        found = [(at, figure) for at, figure in below if figure is not None]
        if found and _is_figure(role, found[0][1]) and not any(_is_figure(role, figure) for _, figure in found[1:]):
            return found[0][0], column, found[0][1]
    return row, place, value


def _is_figure(role: str, value: Value) -> bool:
    return names.is_level(value) if role == "level" else thai.number(value) is not None


def _beside(sheet: Sheet, row: int, column: int) -> tuple[int, Value]:
    """Column and value of what stands beside a label, but for weights and other things that are no score."""
    place, value = right_of(sheet, row, column)
    over = next((cells[place] for cells in reversed(sheet.rows[:row]) if isinstance(cells[place], str)), None)
    if place != column and names.is_beside_scores(over):
        further = right_of(sheet, row, place)
        return further if further[0] != place else (place, value)
    return place, value


def _instrument_above(sheet: Sheet, row: int, blocks: Sequence[Block]) -> str | None:
    """The instrument of the block that a line stands under, if that has one only."""
    above = [block for block in blocks if block.first_row <= row]
    if not above:
        return None
    last = above[-1]
    named = (what_is_named(sheet, named_row, last) for named_row in range(last.first_row, min(row, last.end)))
    return names.instrument_of({what for what in named if isinstance(what, int)})


def _in_sentences(text: str, under: str | None) -> Iterator[tuple[str, Value, int | None]]:
    """The figures that a text speaks of: an instrument's where it names one since the last figure, else the total."""
    masked = _YEAR.sub(lambda year: " " * len(year[0]), text)
    end = 0
    for match in _SCORED.finditer(masked):
        before, end = masked[end : match.start("figure")], match.end()
        if names.indicators_in(before):
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
