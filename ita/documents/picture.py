"""The charts as pictures to paste into LINE, Word or a slide: judged scores in, PNG bytes out.

The browser's camera draws without the page's own font, so that a PC without Thai fonts gets boxes for letters. These
pictures bring their own. They read like their twins in `ita.charts`, and state where the figures come from, because a
picture travels alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from ita.assessment import Assessment
from ita.charts import LIGHT
from ita.documents.sheet import GRID, HALF_LETTER, PASS_MARK, Align, Point, Sheet, Stroke, leading
from ita.sentences import BELOW_MARK, indicator_name, mark_name
from ita.text import Say

_Spoke = TypeVar("_Spoke")

SCALE = 2
"""Pixels of the picture for each pixel of the screen; all lengths below are those of the screen."""
BARS_WIDTH, BAR_PITCH, BARS_BESIDES = 1280, 70, 260
"""A picture of bars is as high as its rows and what stands above and below them: ten rows make 1280 x 960."""
RADAR_WIDTH, RADAR_HEIGHT = 1200, 1200
"""Like the bars, the radar is drawn full size under a title of two lines too: the picture then grows by a line."""

_MARGIN, _GAP = 48, 18
_TITLE, _BODY, _TICK, _SOURCE = 36, 25, 18, 17
_LABEL_ROOM = 188  # beside the net; the steeper a spoke, the more room its label has
_TICKS = (0, 25, 50, 75, 100)
_THIS_YEAR = Stroke(LIGHT.passed, 4, marker="o", marker_size=13)
_EARLIER = Stroke(LIGHT.previous, 2.5, (1, 1.6), marker="D", marker_size=10)
_CROSS = Stroke(LIGHT.below, 0, marker="X", marker_size=19)


@dataclass(frozen=True, slots=True)
class _Score:
    """An indicator's name, its score (NaN where it is missing) and whether that is below the mark."""

    name: str
    value: float
    below: bool

    @property
    def missing(self) -> bool:
        return math.isnan(self.value)


def write_bars(
    assessment: Assessment, say: Say, language: str, *, title: str, source: str, rows: pd.DataFrame | None = None
) -> bytes:
    """The scores as bars in official order, named on the left, their values on the right, the pass mark drawn through.

    `rows` are the rows of `assessment.indicators` to draw, at least one; all ten unless some are chosen.
    """
    scores = _scores(assessment, assessment.indicators if rows is None else rows, language)
    sheet = _Titled(BARS_WIDTH, BARS_BESIDES + BAR_PITCH * len(scores), title=title, source=source)
    top, bottom = sheet.top + 50, sheet.bottom - 52
    left = _MARGIN + max(sheet.length(score.name, _BODY) for score in scores) + _GAP
    values_end = sheet.width - _MARGIN - sheet.length(f" {BELOW_MARK}", _BODY, bold=True)
    right = values_end - sheet.length("100.00", _BODY, bold=True) - _GAP

    def along(score: float) -> float:
        return left + (right - left) * score / 100

    for tick in _TICKS:
        sheet.line([(along(tick), top), (along(tick), bottom)], GRID)
        sheet.write(f"{tick}", along(tick), bottom + 26, size=_TICK, color=LIGHT.soft, align="center")
    pitch = (bottom - top) / len(scores)
    for place, score in enumerate(scores):
        middle = top + pitch * (place + 0.5)
        base = middle + HALF_LETTER * _BODY
        sheet.write(score.name, left - _GAP, base, align="right", size=_BODY)
        if score.missing:
            sheet.write(say("chart.no_score"), left + _GAP, base, color=LIGHT.soft, size=_BODY)
            continue
        sheet.bar(along(0), along(score.value), middle, 0.6 * pitch, below=score.below)
        color = LIGHT.below if score.below else LIGHT.text
        sheet.write(f"{score.value:.2f}", values_end, base, color=color, bold=score.below, align="right", size=_BODY)
        if score.below:
            sheet.write(f" {BELOW_MARK}", values_end, base, color=color, bold=True, size=_BODY)
    mark = along(assessment.rules.pass_mark)
    sheet.line([(mark, top - 10), (mark, bottom)], PASS_MARK)
    sheet.write(mark_name(assessment, say), mark, top - 20, align="center", size=_BODY)
    return sheet.png()


def write_radar(
    assessment: Assessment, say: Say, language: str, *, title: str, source: str, previous: Assessment | None = None
) -> bytes:
    """The shape of the year: scores on ten spokes under their full names, clockwise from the top, the mark as a ring.

    The line has a gap where a score is missing. `previous` adds an earlier year, dotted.
    """
    scores = _scores(assessment, assessment.indicators, language)
    values = [score.value for score in scores]
    sheet = _Titled(RADAR_WIDTH, RADAR_HEIGHT, title=title, source=source)
    labels = [_label(sheet, score, turn, say) for score, turn in _around(scores)]
    web = _web(sheet, labels, sheet.top + _GAP, sheet.bottom - 90)

    for tick in _TICKS[1:]:
        sheet.line(web.ring([tick] * len(scores)), GRID)
    for _, turn in _around(scores):
        sheet.line([web.point(0, turn), web.point(100, turn)], GRID)
    if not assessment.missing:
        sheet.fill(web.ring(values), LIGHT.passed)
    mark = sheet.line(web.ring([assessment.rules.pass_mark] * len(scores)), PASS_MARK, mark_name(assessment, say))
    legend = [mark]
    if previous is not None:
        earlier = [score.value for score in _scores(previous, previous.indicators, language)]
        legend.insert(0, sheet.line(web.ring(earlier), _EARLIER, say("chart.year", year=previous.fiscal_year)))
    legend.insert(0, sheet.line(web.ring(values), _THIS_YEAR, say("chart.year", year=assessment.fiscal_year)))
    if crosses := [web.point(score.value, turn) for score, turn in _around(scores) if score.below]:
        legend.append(sheet.line(crosses, _CROSS, say("status.below")))
    for tick in _TICKS[1:]:
        x, y = web.point(tick, 0)
        sheet.write(f"{tick}", x - 12, y + HALF_LETTER * _TICK, size=_TICK, color=LIGHT.soft, align="right", halo=True)
    web.write_labels(sheet)
    sheet.write_legend(legend, sheet.bottom - 48, _BODY)
    return sheet.png()


def _scores(assessment: Assessment, rows: pd.DataFrame, language: str) -> list[_Score]:
    below = rows["passed"].eq(False).fillna(False)
    return [
        _Score(indicator_name(assessment.rules, int(number), language), float(value), bool(weak))
        for number, value, weak in zip(rows["indicator"], rows["score"], below, strict=True)
    ]


class _Titled(Sheet):
    """A sheet with its title and its source; what is drawn has its place between `top` and `bottom`.

    `height` is meant for a line of each: every further line makes the sheet higher.
    """

    def __init__(self, width: int, height: int, *, title: str, source: str) -> None:
        super().__init__(width, height, SCALE)
        room = width - 2 * _MARGIN
        titles, sources = self.lines(title, room, _TITLE, bold=True), self.lines(source, room, _SOURCE)
        more = max(len(titles) - 1, 0) * leading(_TITLE) + max(len(sources) - 1, 0) * leading(_SOURCE)
        self.set_height(height + more)
        self.top = _MARGIN + len(titles) * leading(_TITLE)
        self.bottom = self.height - _MARGIN / 2 - len(sources) * leading(_SOURCE)
        self.write_lines(titles, _MARGIN, _MARGIN, room, size=_TITLE, bold=True)
        self.write_lines(sources, _MARGIN, self.bottom, room, size=_SOURCE, color=LIGHT.soft)


@dataclass(frozen=True, slots=True)
class _Label:
    """What stands at the end of a spoke: a name in lines, and under them its score."""

    lines: Sequence[str]
    length: float
    bold: bool

    @property
    def height(self) -> float:
        return len(self.lines) * leading(_BODY)


@dataclass(frozen=True, slots=True)
class _Web:
    """The net of a radar: where a score lies on a spoke, given by its turn from the top (clockwise, in radians)."""

    x: float
    y: float
    radius: float
    labels: Sequence[_Label]

    def point(self, score: float, turn: float) -> Point:
        reach = self.radius * score / 100
        return self.x + reach * math.sin(turn), self.y - reach * math.cos(turn)

    def ring(self, scores: Sequence[float]) -> list[Point]:
        """One point a spoke, and the first once more."""
        points = [self.point(score, turn) for score, turn in _around(scores)]
        return [*points, points[0]]

    def write_labels(self, sheet: Sheet) -> None:
        for label, turn in _around(self.labels):
            x = self.x + (self.radius + _GAP) * math.sin(turn)
            middle = self.y - (self.radius + _GAP + label.height / 2) * math.cos(turn)
            y = middle - label.height / 2 + _BODY
            align: Align = "center" if _upright(turn) else "left" if math.sin(turn) > 0 else "right"
            color = LIGHT.below if label.bold else LIGHT.text
            for line in label.lines:
                sheet.write(line, x, y, color=color, bold=label.bold, align=align, size=_BODY)
                y += leading(_BODY)


def _web(sheet: Sheet, labels: Sequence[_Label], top: float, bottom: float) -> _Web:
    """The largest net whose labels still lie between `top` and `bottom` and within the sheet."""
    above, under = labels[0].height + _GAP, labels[len(labels) // 2].height + _GAP
    beside = (
        (sheet.width / 2 - _MARGIN / 2 - label.length) / abs(math.sin(turn)) - _GAP
        for label, turn in _around(labels)
        if not _upright(turn)
    )
    radius = min((bottom - top - above - under) / 2, *beside)
    return _Web(sheet.width / 2, (top + above + bottom - under) / 2, radius, labels)


def _label(sheet: Sheet, score: _Score, turn: float, say: Say) -> _Label:
    value = say("chart.no_score") if score.missing else f"{score.value:.2f}" + (f" {BELOW_MARK}" if score.below else "")
    room = _LABEL_ROOM / max(abs(math.sin(turn)), 0.45)
    lines = [*sheet.lines(score.name, int(room), _BODY, bold=score.below), value]
    return _Label(lines, max(sheet.length(line, _BODY, bold=score.below) for line in lines), score.below)


def _around(spokes: Sequence[_Spoke]) -> Iterator[tuple[_Spoke, float]]:
    """Each with its turn from the top, clockwise."""
    return ((spoke, math.tau * place / len(spokes)) for place, spoke in enumerate(spokes))


def _upright(turn: float) -> bool:
    """Whether a spoke points straight up or down."""
    return math.isclose(math.sin(turn), 0, abs_tol=1e-9)
