"""A white sheet to draw a picture on, with the Sarabun files that ship with the program: PNG bytes out.

Visitors are served by threads of one process: nothing here touches pyplot or matplotlib's global settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.patheffects import withStroke

import ita
from ita.charts import LIGHT
from ita.thai import wrap

MIME = "image/png"
HALF_LETTER = 0.31
"""Of the size: how far under the middle of a line its letters stand."""
CUT = "…"
"""What stands for the rest of a text that has no room."""

Align = Literal["left", "center", "right"]
Point = tuple[float, float]

_FONTS = Path(ita.__file__).parent / "ui" / "static" / "fonts"
_FAMILIES = ["Sarabun", "DejaVu Sans"]  # Sarabun has no ▼; matplotlib brings DejaVu Sans along
_LEADING = 1.36  # two marks stand above a Thai letter, a vowel below it
_ASCENT = 0.8
_POINTS_PER_INCH = 72  # at this resolution matplotlib's points, in which it takes fonts and lines, are pixels
_WINDOWS_DPI = 96
_AS_ADDED = 1  # one level for all: what is added later lies on top
_LETTER = re.compile("[เ-ไ]?.[ะ-ฺๅ็-๎]*", re.DOTALL)  # with the vowels and marks that cannot leave it

for _file in ("Sarabun-Regular.ttf", "Sarabun-Bold.ttf"):
    fontManager.addfont(_FONTS / _file)


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line looks. `dashes` are its strokes and gaps in line widths; without `width` only its markers are seen."""

    color: str
    width: float = 1
    dashes: tuple[float, ...] = ()
    marker: str = ""
    marker_size: float = 0


GRID = Stroke(LIGHT.grid)
PASS_MARK = Stroke(LIGHT.text, 2.5, (5, 3))


class Sheet:
    """A sheet on which everything has its place in its own pixels from the upper left corner.

    `scale` are the pixels of the picture for each pixel of the sheet.
    """

    def __init__(self, width: int, height: int, scale: int = 1) -> None:
        self.width = width
        self._scale = scale
        self._lengths: dict[tuple[str, float, bool], float] = {}
        self._figure = Figure(dpi=_POINTS_PER_INCH * scale, facecolor=LIGHT.surface)
        self._canvas = FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self.set_height(height)

    def set_height(self, height: float) -> None:
        self.height = height
        self._figure.set_size_inches(self.width / _POINTS_PER_INCH, height / _POINTS_PER_INCH)
        self._axes.set(xlim=(0, self.width), ylim=(height, 0))

    def length(self, text: str, size: float, *, bold: bool = False) -> float:
        """How long a line of text is; each is measured once."""
        key = (text, size, bold)
        if key not in self._lengths:
            renderer = self._canvas.get_renderer()
            length, _, _ = renderer.get_text_width_height_descent(text, _font(size, bold), ismath=False)
            self._lengths[key] = float(length) / self._scale
        return self._lengths[key]

    def lines(self, text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
        """The text in lines that fit into `room`, broken between words; a word longer than that stays whole."""
        fewest = int(room // size)
        columns = max(len(text), fewest)
        while True:
            lines = wrap(text, columns)
            longest = max((self.length(line, size, bold=bold) for line in lines), default=0)
            if longest <= room or columns == fewest:
                return lines
            columns = max(fewest, min(columns - 1, int(columns * room / longest)))

    def cut_lines(self, text: str, room: float, size: float, most: int, *, bold: bool = False) -> list[str]:
        """The text in at most so many lines, none longer than `room`: a long word is broken, and what is left out is
        told by "…".
        """
        lines = list(self._pieces(text, room, size, bold))
        if len(lines) <= most:
            return lines
        last = next(self._pieces(lines[most - 1], room - self.length(CUT, size, bold=bold), size, bold))
        return [*lines[: most - 1], last + CUT]

    def _pieces(self, text: str, room: float, size: float, bold: bool) -> Iterator[str]:
        for line in self.lines(text, room, size, bold=bold):
            rest = line
            while self.length(rest, size, bold=bold) > room:
                beginnings = accumulate(_LETTER.findall(rest))
                piece = next(beginnings)
                for longer in beginnings:
                    if self.length(longer, size, bold=bold) > room:
                        break
                    piece = longer
                yield piece
                rest = rest[len(piece) :]
            if rest:
                yield rest

    def write(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float,
        color: str = LIGHT.text,
        bold: bool = False,
        align: Align = "left",
        halo: bool = False,
    ) -> None:
        """One line of text standing on `y`. A "$" is a dollar, no formula: a file's name may have two."""
        self._axes.text(
            x, y, text, fontproperties=_font(size, bold), color=color, ha=align, va="baseline", parse_math=False,
            path_effects=[withStroke(linewidth=5, foreground=LIGHT.surface)] if halo else [], zorder=_AS_ADDED,
        )  # fmt: skip

    def write_lines(
        self,
        lines: Sequence[str],
        x: float,
        y: float,
        room: float,
        *,
        size: float,
        color: str = LIGHT.text,
        bold: bool = False,
    ) -> None:
        """Lines from `y` down; one that could not be broken is set smaller, never cut."""
        for line in lines:
            fitting = size
            while self.length(line, fitting, bold=bold) > room:
                fitting *= 0.95
            self.write(line, x, y + _ASCENT * size, size=fitting, color=color, bold=bold)
            y += leading(size)

    def write_legend(self, lines: Sequence[Line2D], y: float, size: float) -> None:
        """The names of the lines in one row centred on `y`."""
        self._axes.legend(
            handles=lines, ncols=len(lines), loc="center", bbox_to_anchor=(self.width / 2, y),
            bbox_transform=self._axes.transData, frameon=False, prop=_font(size), labelcolor=LIGHT.text,
            handlelength=2.6, columnspacing=1.6,
        )  # fmt: skip

    def line(self, points: Sequence[Point], stroke: Stroke, name: str = "") -> Line2D:
        """A line through the points, with a gap where one is NaN."""
        xs, ys = zip(*points, strict=True)
        line = Line2D(
            xs, ys, label=name, color=stroke.color, linewidth=stroke.width,
            linestyle=(0, stroke.dashes) if stroke.dashes else "-", marker=stroke.marker,
            markersize=stroke.marker_size, markeredgecolor=LIGHT.surface, markeredgewidth=1.5, zorder=_AS_ADDED,
        )  # fmt: skip
        self._axes.add_line(line)
        return line

    def fill(self, points: Sequence[Point], color: str) -> None:
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
        dots = _WINDOWS_DPI * self._scale
        self._canvas.print_png(content, pil_kwargs={"dpi": (dots, dots)})
        return content.getvalue()


def leading(size: float) -> int:
    """From one line of text to the next."""
    return round(_LEADING * size)


def _font(size: float, bold: bool = False) -> FontProperties:
    return FontProperties(family=_FAMILIES, size=size, weight="bold" if bold else "normal")
