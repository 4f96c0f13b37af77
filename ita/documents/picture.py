"""The charts as pictures to paste into LINE, Word or a slide: judged scores in, PNG bytes out.

The browser's camera draws without the page's own font, so that a PC without Thai fonts gets boxes for letters. These
pictures are drawn with the Sarabun files that ship with the program. They read like their twins in `ita.charts`, and
state where the figures come from, because a picture travels alone.

Visitors are served by threads of one process: nothing here touches pyplot or matplotlib's global settings.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeVar

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.patheffects import withStroke

import ita
from ita.assessment import Assessment
from ita.charts import LIGHT
from ita.sentences import BELOW_MARK, indicator_name, mark_name
from ita.text import Say
from ita.thai import wrap

MIME = "image/png"
_Align = Literal["left", "center", "right"]
_Point = tuple[float, float]
_Spoke = TypeVar("_Spoke")

SCALE = 2
"""Pixels of the picture for each pixel of the screen; all lengths below are those of the screen."""
BARS_WIDTH, BAR_PITCH, BARS_BESIDES = 1280, 70, 260
"""A picture of bars is as high as its rows and what stands above and below them: ten rows make 1280 x 960."""
RADAR_WIDTH, RADAR_HEIGHT = 1200, 1200
"""Like the bars, the radar is drawn full size under a title of two lines too: the picture then grows by a line."""

_FONTS = Path(ita.__file__).parent / "ui" / "static" / "fonts"
_FAMILIES = ["Sarabun", "DejaVu Sans"]  # Sarabun has no ▼; matplotlib brings DejaVu Sans along
_MARGIN, _GAP = 48, 18
_TITLE, _BODY, _TICK, _SOURCE = 36, 25, 18, 17
_LEADING = 1.36  # two marks stand above a Thai letter, a vowel below it
_HALF_LETTER = 0.31  # of the size: how far under the middle of a line its letters stand
_LABEL_ROOM = 188  # beside the net; the steeper a spoke, the more room its label has
_TICKS = (0, 25, 50, 75, 100)
_POINTS_PER_INCH = 72  # at this resolution matplotlib's points, in which it takes fonts and lines, are pixels
_WINDOWS_DPI = 96
_AS_ADDED = 1  # one level for all: what is added later lies on top

for _file in ("Sarabun-Regular.ttf", "Sarabun-Bold.ttf"):
    fontManager.addfont(_FONTS / _file)


@dataclass(frozen=True, slots=True)
class _Stroke:
    """How a line looks. `dashes` are its strokes and gaps in line widths; without `width` only its markers are seen."""

    color: str
    width: float = 1
    dashes: tuple[float, ...] = ()
    marker: str = ""
    marker_size: float = 0


_GRID = _Stroke(LIGHT.grid)
_PASS_MARK = _Stroke(LIGHT.text, 2.5, (5, 3))
_THIS_YEAR = _Stroke(LIGHT.passed, 4, marker="o", marker_size=13)
_EARLIER = _Stroke(LIGHT.previous, 2.5, (1, 1.6), marker="D", marker_size=10)
_CROSS = _Stroke(LIGHT.below, 0, marker="X", marker_size=19)


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
    sheet = _Sheet(BARS_WIDTH, BARS_BESIDES + BAR_PITCH * len(scores), title=title, source=source)
    top, bottom = sheet.top + 50, sheet.bottom - 52
    left = _MARGIN + max(sheet.length(score.name, _BODY) for score in scores) + _GAP
    values_end = sheet.width - _MARGIN - sheet.length(f" {BELOW_MARK}", _BODY, bold=True)
    right = values_end - sheet.length("100.00", _BODY, bold=True) - _GAP

    def along(score: float) -> float:
        return left + (right - left) * score / 100

    for tick in _TICKS:
        sheet.line([(along(tick), top), (along(tick), bottom)], _GRID)
        sheet.write(f"{tick}", along(tick), bottom + 26, size=_TICK, color=LIGHT.soft, align="center")
    pitch = (bottom - top) / len(scores)
    for place, score in enumerate(scores):
        middle = top + pitch * (place + 0.5)
        base = middle + _HALF_LETTER * _BODY
        sheet.write(score.name, left - _GAP, base, align="right")
        if score.missing:
            sheet.write(say("chart.no_score"), left + _GAP, base, color=LIGHT.soft)
            continue
        sheet.bar(along(0), along(score.value), middle, 0.6 * pitch, below=score.below)
        color = LIGHT.below if score.below else LIGHT.text
        sheet.write(f"{score.value:.2f}", values_end, base, color=color, bold=score.below, align="right")
        if score.below:
            sheet.write(f" {BELOW_MARK}", values_end, base, color=color, bold=True)
    mark = along(assessment.rules.pass_mark)
    sheet.line([(mark, top - 10), (mark, bottom)], _PASS_MARK)
    sheet.write(mark_name(assessment, say), mark, top - 20, align="center")
    return sheet.png()


def write_radar(
    assessment: Assessment, say: Say, language: str, *, title: str, source: str, previous: Assessment | None = None
) -> bytes:
    """The shape of the year: scores on ten spokes under their full names, clockwise from the top, the mark as a ring.

    The line has a gap where a score is missing. `previous` adds an earlier year, dotted.
    """
    scores = _scores(assessment, assessment.indicators, language)
    values = [score.value for score in scores]
    sheet = _Sheet(RADAR_WIDTH, RADAR_HEIGHT, title=title, source=source)
    labels = [_label(sheet, score, turn, say) for score, turn in _around(scores)]
    web = _web(sheet, labels, sheet.top + _GAP, sheet.bottom - 90)

    for tick in _TICKS[1:]:
        sheet.line(web.ring([tick] * len(scores)), _GRID)
    for _, turn in _around(scores):
        sheet.line([web.point(0, turn), web.point(100, turn)], _GRID)
    if not assessment.missing:
        sheet.fill(web.ring(values), LIGHT.passed)
    mark = sheet.line(web.ring([assessment.rules.pass_mark] * len(scores)), _PASS_MARK, mark_name(assessment, say))
    legend = [mark]
    if previous is not None:
        earlier = [score.value for score in _scores(previous, previous.indicators, language)]
        legend.insert(0, sheet.line(web.ring(earlier), _EARLIER, say("chart.year", year=previous.fiscal_year)))
    legend.insert(0, sheet.line(web.ring(values), _THIS_YEAR, say("chart.year", year=assessment.fiscal_year)))
    if crosses := [web.point(score.value, turn) for score, turn in _around(scores) if score.below]:
        legend.append(sheet.line(crosses, _CROSS, say("status.below")))
    for tick in _TICKS[1:]:
        x, y = web.point(tick, 0)
        sheet.write(f"{tick}", x - 12, y + _HALF_LETTER * _TICK, size=_TICK, color=LIGHT.soft, align="right", halo=True)
    web.write_labels(sheet)
    sheet.write_legend(legend, sheet.bottom - 48)
    return sheet.png()


def _scores(assessment: Assessment, rows: pd.DataFrame, language: str) -> list[_Score]:
    below = rows["passed"].eq(False).fillna(False)
    return [
        _Score(indicator_name(assessment.rules, int(number), language), float(value), bool(weak))
        for number, value, weak in zip(rows["indicator"], rows["score"], below, strict=True)
    ]


class _Sheet:
    """A white sheet on which everything has its place in screen pixels from the upper left corner.

    It comes with its title and its source; what is drawn has its place between `top` and `bottom`. `height` is meant
    for a line of each: every further line makes the sheet higher.
    """

    def __init__(self, width: int, height: int, *, title: str, source: str) -> None:
        self.width = width
        figure = Figure(dpi=_POINTS_PER_INCH * SCALE, facecolor=LIGHT.surface)
        self._canvas = FigureCanvasAgg(figure)
        room = width - 2 * _MARGIN
        title_lines = self.lines(title, room, _TITLE, bold=True)
        source_lines = self.lines(source, room, _SOURCE)
        height += max(len(title_lines) - 1, 0) * _leading(_TITLE) + max(len(source_lines) - 1, 0) * _leading(_SOURCE)
        figure.set_size_inches(width / _POINTS_PER_INCH, height / _POINTS_PER_INCH)
        self._axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()
        self.top = _MARGIN + len(title_lines) * _leading(_TITLE)
        self.bottom = height - _MARGIN / 2 - len(source_lines) * _leading(_SOURCE)
        self._write_lines(title_lines, _MARGIN, room, size=_TITLE, color=LIGHT.text, bold=True)
        self._write_lines(source_lines, self.bottom, room, size=_SOURCE, color=LIGHT.soft)

    def _write_lines(
        self, lines: Sequence[str], y: float, room: float, *, size: int, color: str, bold: bool = False
    ) -> None:
        """Lines from `y` down; one that could not be broken is set smaller, never cut."""
        for line in lines:
            fitting: float = size
            while self.length(line, fitting, bold=bold) > room:
                fitting *= 0.95
            self.write(line, _MARGIN, y + 0.8 * size, size=fitting, color=color, bold=bold)
            y += _leading(size)

    def length(self, text: str, size: float, *, bold: bool = False) -> float:
        """How long a line of text is."""
        renderer = self._canvas.get_renderer()
        length, _, _ = renderer.get_text_width_height_descent(text, _font(size, bold), ismath=False)
        return float(length) / SCALE

    def lines(self, text: str, room: int, size: int, *, bold: bool = False) -> list[str]:
        """The text in lines that fit into `room`, broken between words; a word longer than that stays whole."""
        fewest = room // size
        columns = max(len(text), fewest)
        while True:
            lines = wrap(text, columns)
            longest = max((self.length(line, size, bold=bold) for line in lines), default=0)
            if longest <= room or columns == fewest:
                return lines
            columns = max(fewest, min(columns - 1, int(columns * room / longest)))

    def write(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = _BODY,
        color: str = LIGHT.text,
        bold: bool = False,
        align: _Align = "left",
        halo: bool = False,
    ) -> None:
        """One line of text standing on `y`. A "$" is a dollar, no formula: a file's name may have two."""
        self._axes.text(
            x, y, text, fontproperties=_font(size, bold), color=color, ha=align, va="baseline", parse_math=False,
            path_effects=[withStroke(linewidth=5, foreground=LIGHT.surface)] if halo else [], zorder=_AS_ADDED,
        )  # fmt: skip

    def write_legend(self, lines: Sequence[Line2D], y: float) -> None:
        """The names of the lines in one row centred on `y`."""
        self._axes.legend(
            handles=lines, ncols=len(lines), loc="center", bbox_to_anchor=(self.width / 2, y),
            bbox_transform=self._axes.transData, frameon=False, prop=_font(_BODY), labelcolor=LIGHT.text,
            handlelength=2.6, columnspacing=1.6,
        )  # fmt: skip

    def line(self, points: Sequence[_Point], stroke: _Stroke, name: str = "") -> Line2D:
        """A line through the points, with a gap where one is NaN."""
        xs, ys = zip(*points, strict=True)
        line = Line2D(
            xs, ys, label=name, color=stroke.color, linewidth=stroke.width,
            linestyle=(0, stroke.dashes) if stroke.dashes else "-", marker=stroke.marker,
            markersize=stroke.marker_size, markeredgecolor=LIGHT.surface, markeredgewidth=1.5, zorder=_AS_ADDED,
        )  # fmt: skip
        self._axes.add_line(line)
        return line

    def fill(self, points: Sequence[_Point], color: str) -> None:
        """A tinge of the colour within the points."""
        self._axes.add_patch(Polygon(points, facecolor=color, alpha=0.13, linewidth=0, zorder=_AS_ADDED))

    def bar(self, start: float, end: float, middle: float, thickness: float, *, below: bool) -> None:
        """A bar lying around `middle`: solid, or hatched where its score is below the mark."""
        color = LIGHT.below if below else LIGHT.passed
        bar = Rectangle(
            (start, middle - thickness / 2), end - start, thickness, facecolor=LIGHT.surface if below else color,
            edgecolor=color, linewidth=2, hatch="/" if below else None, hatchcolor=color, hatch_linewidth=3,
            zorder=_AS_ADDED,
        )  # fmt: skip
        self._axes.add_patch(bar)

    def png(self) -> bytes:
        content = BytesIO()
        dots = _WINDOWS_DPI * SCALE
        self._canvas.print_png(content, pil_kwargs={"dpi": (dots, dots)})
        return content.getvalue()


def _leading(size: int) -> int:
    """From one line of text to the next."""
    return round(_LEADING * size)


def _font(size: float, bold: bool = False) -> FontProperties:
    return FontProperties(family=_FAMILIES, size=size, weight="bold" if bold else "normal")


@dataclass(frozen=True, slots=True)
class _Label:
    """What stands at the end of a spoke: a name in lines, and under them its score."""

    lines: Sequence[str]
    length: float
    bold: bool

    @property
    def height(self) -> float:
        return len(self.lines) * _leading(_BODY)


@dataclass(frozen=True, slots=True)
class _Web:
    """The net of a radar: where a score lies on a spoke, given by its turn from the top (clockwise, in radians)."""

    x: float
    y: float
    radius: float
    labels: Sequence[_Label]

    def point(self, score: float, turn: float) -> _Point:
        reach = self.radius * score / 100
        return self.x + reach * math.sin(turn), self.y - reach * math.cos(turn)

    def ring(self, scores: Sequence[float]) -> list[_Point]:
        """One point a spoke, and the first once more."""
        points = [self.point(score, turn) for score, turn in _around(scores)]
        return [*points, points[0]]

    def write_labels(self, sheet: _Sheet) -> None:
        for label, turn in _around(self.labels):
            x = self.x + (self.radius + _GAP) * math.sin(turn)
            middle = self.y - (self.radius + _GAP + label.height / 2) * math.cos(turn)
            y = middle - label.height / 2 + _BODY
            align: _Align = "center" if _upright(turn) else "left" if math.sin(turn) > 0 else "right"
            color = LIGHT.below if label.bold else LIGHT.text
            for line in label.lines:
                sheet.write(line, x, y, color=color, bold=label.bold, align=align)
                y += _leading(_BODY)


def _web(sheet: _Sheet, labels: Sequence[_Label], top: float, bottom: float) -> _Web:
    """The largest net whose labels still lie between `top` and `bottom` and within the sheet."""
    above, under = labels[0].height + _GAP, labels[len(labels) // 2].height + _GAP
    beside = (
        (sheet.width / 2 - _MARGIN / 2 - label.length) / abs(math.sin(turn)) - _GAP
        for label, turn in _around(labels)
        if not _upright(turn)
    )
    radius = min((bottom - top - above - under) / 2, *beside)
    return _Web(sheet.width / 2, (top + above + bottom - under) / 2, radius, labels)


def _label(sheet: _Sheet, score: _Score, turn: float, say: Say) -> _Label:
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
