"""One picture of an agency's year to send in LINE: result, weakest indicators, next steps. Briefing in, PNG bytes out.

It is set like a public notice and read on a phone, where one pixel of three is left. Always of the same size, it holds
as much of the text as fits, in letters as large as fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from ita import sentences
from ita.briefing import Briefing
from ita.charts import LIGHT
from ita.documents.sheet import CUT, GRID, HALF_LETTER, MIME, Sheet, Stroke, leading
from ita.measures import OVERDUE, units_of
from ita.sentences import indicator_name, mark_name, score_word, state_word
from ita.slides import Step, next_steps
from ita.text import Say, speaker

__all__ = ["HEIGHT", "MIME", "WIDTH", "write"]

WIDTH, HEIGHT = 1080, 1350
SHOWN = 3
"""Indicators, and steps."""

_MARGIN = 66
_ROOM = WIDTH - 2 * _MARGIN
_AGENCY, _HEADING, _BODY, _SMALL, _SOURCE = 46, 37, 33, 30, 22
_FIGURE, _LEVEL, _RESULT = 156, 52, 42
_NAME_ROOM, _SCORE_ROOM, _BAR = 430, 176, 28
_ROW_GAP, _SMALLEST_GAP, _WIDEST_GAP = 14, 28, 84
_FILE_NAME = (44, 16)  # characters that a long name of a file keeps in front and at its end
_MARK = Stroke(LIGHT.text, 3)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How much is set and how large: `scale` of the letters, lines of a step, and whether the cause is told."""

    scale: float
    lines: int
    with_cause: bool = True


_FULLEST_FIRST = (
    _Setting(1.25, 2),
    _Setting(1.12, 2),
    _Setting(1, 2),
    _Setting(1, 2, with_cause=False),
    _Setting(1, 1, with_cause=False),
)


def write(briefing: Briefing, language: str) -> bytes:
    """The picture, WIDTH x HEIGHT pixels whatever there is to say."""
    sheet = Sheet(WIDTH, HEIGHT)
    say = speaker(language)
    source = sheet.cut_lines(_source(briefing, say), _ROOM, _SOURCE, 3)
    foot = HEIGHT - _MARGIN / 2 - len(source) * leading(_SOURCE)
    for setting in _FULLEST_FIRST:
        sections = [*_Notice(sheet, briefing, say, language, setting).sections()]
        free = foot - _MARGIN - sum(section.height for section in sections)
        if free >= _SMALLEST_GAP * len(sections):
            break
    gap = min(free / len(sections), _WIDEST_GAP)
    y = float(_MARGIN)
    for place, section in enumerate(sections):
        if place:
            sheet.line([(_MARGIN, y - 0.6 * gap), (WIDTH - _MARGIN, y - 0.6 * gap)], GRID)
        section.draw(y)
        y += section.height + gap
    sheet.write_lines(source, _MARGIN, foot, _ROOM, size=_SOURCE, color=LIGHT.soft)
    return sheet.png()


def _source(briefing: Briefing, say: Say) -> str:
    """The source line; of a long file name only beginning and end, so that date and rulebook have their room."""
    upload, (first, last) = briefing.stored.upload, _FILE_NAME
    if len(name := upload.file_name) > first + last:
        upload = replace(upload, file_name=f"{name[:first]}{CUT}{name[-last:]}")
    return sentences.source(replace(briefing.stored, upload=upload), say)


@dataclass(slots=True)
class _Section:
    """What stands below each other, each part with its height and how it is drawn from there down."""

    height: float = 0
    _parts: list[tuple[float, Callable[[float], None]]] = field(default_factory=list)

    def add(self, height: float, draw: Callable[[float], None]) -> None:
        self._parts.append((self.height, draw))
        self.height += height

    def skip(self, height: float) -> None:
        self.height += height

    def draw(self, y: float) -> None:
        for under, draw in self._parts:
            draw(y + under)


@dataclass(frozen=True, slots=True)
class _Notice:
    """The sections of the picture in one setting."""

    sheet: Sheet
    briefing: Briefing
    say: Say
    language: str
    setting: _Setting

    def sections(self) -> Iterator[_Section]:
        yield self._result()
        yield self._weakest()
        yield self._next()

    def _result(self) -> _Section:
        judged, section = self.briefing.assessment, _Section()
        self._text(section, self.briefing.agency, _AGENCY, 2, bold=True)
        self._text(section, self.say("line.title", year=judged.fiscal_year), _BODY, 1, color=LIGHT.soft)
        verdict = sentences.verdict(judged, self.say, self.language)
        if judged.total is None:
            section.skip(24)
            self._text(section, verdict, _AGENCY, 3, bold=True)
        else:
            section.skip(10)
            section.add(0.98 * _FIGURE, self._total)
            section.skip(24)
            self._text(section, verdict, _HEADING, 2, bold=True)
        if self.setting.with_cause:
            section.skip(4)
            self._text(section, sentences.cause(judged, self.say, self.language), _SMALL, 3)
        return section

    def _total(self, y: float) -> None:
        judged = self.briefing.assessment
        figure, color = f"{judged.total:.2f}", LIGHT.passed if judged.passed else LIGHT.below
        self.sheet.write(figure, _MARGIN - 6, y + 0.84 * _FIGURE, size=_FIGURE, color=color, bold=True)
        left = _MARGIN + self.sheet.length(figure, _FIGURE, bold=True) + 36
        room = WIDTH - _MARGIN - left
        level = sentences.level_name(judged, judged.level, self.language)
        if level:
            lines = self.sheet.cut_lines(self.say("line.level", level=level), room, _SMALL, 1, bold=True)
            self.sheet.write_lines(lines, left, y + 16, room, size=_LEVEL, bold=True)
        result = sentences.result_word(judged.passed, self.say)
        self.sheet.write(result, left, y + 0.84 * _FIGURE, size=_RESULT, color=color, bold=True)

    def _weakest(self) -> _Section:
        judged, section = self.briefing.assessment, _Section()
        section.add(0, self._legend)
        self._heading(section, self.say("line.weakest"), sentences.bars_title(judged, self.say))
        scored = judged.indicators.dropna(subset="score")
        weakest = [*scored.nsmallest(SHOWN, "score").itertuples()]
        names = [indicator_name(judged.rules, int(row.indicator), self.language) for row in weakest]
        size = _BODY * self.setting.scale
        size *= min(1, *(_NAME_ROOM / self.sheet.length(name, size) for name in names)) if names else 1
        for name, row in zip(names, weakest, strict=True):
            section.skip(_ROW_GAP)
            section.add(leading(_BODY * self.setting.scale), partial(self._score, name, size, row))
        return section

    def _legend(self, y: float) -> None:
        """What the stroke through the bars is, at the end of the heading."""
        text = mark_name(self.briefing.assessment, self.say)
        base = y + 0.8 * _HEADING * self.setting.scale
        self.sheet.write(text, WIDTH - _MARGIN, base, size=_SMALL, align="right")
        left = WIDTH - _MARGIN - self.sheet.length(text, _SMALL) - 14
        self.sheet.line([(left, base + 4), (left, base - 26)], _MARK)

    def _score(self, name: str, size: float, row: Any, y: float) -> None:
        """An indicator's name, its score as a bar with the pass mark, and as a figure."""
        judged = self.briefing.assessment
        start, end = _MARGIN + _NAME_ROOM + 18, WIDTH - _MARGIN - _SCORE_ROOM

        def along(score: float) -> float:
            return start + (end - start) * score / 100

        self.sheet.write_lines([name], _MARGIN, y, _NAME_ROOM, size=size)
        middle = y + (0.8 - HALF_LETTER) * size
        top, bottom = middle - _BAR / 2, middle + _BAR / 2
        self.sheet.fill([(start, top), (end, top), (end, bottom), (start, bottom)], LIGHT.soft)
        self.sheet.bar(start, along(row.score), middle, _BAR, below=not row.passed)
        mark = along(judged.rules.pass_mark)
        self.sheet.line([(mark, top - 6), (mark, bottom + 6)], _MARK)
        self.sheet.write(
            score_word(row.score, judged, self.say), WIDTH - _MARGIN, middle + HALF_LETTER * _HEADING, size=_HEADING,
            color=LIGHT.text if row.passed else LIGHT.below, bold=True, align="right",
        )  # fmt: skip

    def _next(self) -> _Section:
        section = _Section()
        self._heading(section, self.say("line.next"), sentences.measures_title(self.briefing.measures, self.say))
        steps = next_steps(self.briefing, self.say, self.language)[:SHOWN]
        if not steps:
            section.skip(_ROW_GAP)
            self._text(section, self.say("sentence.next_nothing"), _BODY, 2)
        for step in steps:
            section.skip(_ROW_GAP)
            self._text(section, step.what, _BODY, self.setting.lines)
            if step.by:
                section.add(leading(_SMALL * self.setting.scale), partial(self._by, step))
        return section

    def _by(self, step: Step, y: float) -> None:
        """When it is due, and who sees to it."""
        size = _SMALL * self.setting.scale
        by = self.say("line.by", date=step.by)
        if step.late:
            by = self.say("line.late", state=state_word(OVERDUE, self.say), date=step.by)
        color = LIGHT.below if step.late else LIGHT.passed
        self.sheet.write_lines([by], _MARGIN, y, _ROOM, size=size, color=color, bold=True)
        if step.responsible:
            left = _MARGIN + self.sheet.length(by, size, bold=True) + size / 2
            room = WIDTH - _MARGIN - left
            who = self.sheet.cut_lines(f"· {', '.join(units_of(step.responsible))}", room, size, 1)
            self.sheet.write_lines(who, left, y, room, size=size, color=LIGHT.soft)

    def _heading(self, section: _Section, heading: str, sentence: str) -> None:
        self._text(section, heading, _HEADING, 1, bold=True)
        self._text(section, sentence, _SMALL, 2, color=LIGHT.soft)

    def _text(
        self, section: _Section, text: str, size: float, most: int, *, color: str = LIGHT.text, bold: bool = False
    ) -> None:
        size *= self.setting.scale
        lines = self.sheet.cut_lines(text, _ROOM, size, most, bold=bold)
        section.add(
            len(lines) * leading(size),
            lambda y: self.sheet.write_lines(lines, _MARGIN, y, _ROOM, size=size, color=color, bold=bold),
        )
