"""What a slide shows, as the page's own markup: it grows with the screen, which a drawn chart does not."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from ita.assessment import Assessment
from ita.briefing import Briefing
from ita.charts import DARK, Palette
from ita.sentences import BELOW_MARK, indicator_name, mark_name, score_word
from ita.slides import Card, Grid, height
from ita.text import Say

SHORT = 8
"""A table of so few lines is set larger."""

_RADIUS, _CENTRE, _SIZE = 250, 300, 600


def cards(every: Sequence[Card]) -> str:
    shown = []
    for card in every:
        kind = "" if card.passed is None else ' class="passed"' if card.passed else ' class="weak"'
        value = f"<strong{kind}>{escape(card.value)}</strong>"
        shown.append(f"<div><b>{escape(card.label)}</b>{value}<span>{escape(card.note)}</span></div>")
    return f'<div class="ita-cards">{"".join(shown)}</div>'


def table(grid: Grid) -> str:
    """A table in which scores below the mark and the rows that need attention stand out."""

    def line(tag: str, texts: Sequence[str], marked: bool = False) -> str:
        cells = []
        for column, text in enumerate(texts):
            kinds = ["right"] if column in grid.right else []
            kinds += ["weak"] if text.startswith(BELOW_MARK) else ["late"] if marked and column == 0 else []
            kind = f' class="{" ".join(kinds)}"' if kinds else ""
            cells.append(f"<{tag}{kind}>{escape(text).replace(chr(10), '<br>')}</{tag}>")
        return f"<tr>{''.join(cells)}</tr>"

    widths = "".join(f'<col style="width:{100 * width / sum(grid.widths):.1f}%">' for width in grid.widths)
    body = "".join(line("td", row, place in grid.marked) for place, row in enumerate(grid.rows))
    lines = height(grid)
    size = f'class="ita-table{" short" if lines <= SHORT else ""}" style="--lines:{lines:.1f}"'
    return f"<table {size}><colgroup>{widths}</colgroup>{line('th', grid.headings)}{body}</table>"


def bars(judged: Assessment, say: Say, language: str) -> str:
    """The scores as bars under their names, hatched below the mark, which is drawn through."""
    lines = []
    for row in judged.indicators.itertuples():
        weak = " weak" if _is_below(row) else ""
        name = escape(indicator_name(judged.rules, row.indicator, language))
        value = escape(score_word(row.score, judged, say))
        length = 0 if pd.isna(row.score) else row.score
        lines.append(f'<div class="name"><span>{name}</span><span class="{weak}">{value}</span></div>')
        lines.append(f'<div class="bar{weak if length else " none"}" style="width:{length:.2f}%"></div>')
    mark = escape(mark_name(judged, say))
    line = f'<div class="mark" style="left:{judged.rules.pass_mark:g}%"><span>{mark}</span></div>'
    return f'<div class="ita-bars">{"".join(lines)}{line}</div>'


def radar(briefing: Briefing, say: Say, language: str, palette: Palette, described: str) -> str:
    """The shape of the year and of the one before, beside it the figures: the net itself has only their numbers."""
    years = [briefing.assessment, *([briefing.previous] if briefing.previous else [])]
    scores = [year.scores for year in years]
    headings = (say("column.indicator"), *(say("chart.year", year=year.fiscal_year) for year in years))
    rows = tuple(
        (
            indicator_name(briefing.assessment.rules, number, language),
            *(score_word(of_year[number], year, say) for year, of_year in zip(years, scores, strict=True)),
        )
        for number in scores[0].index
    )
    grid = Grid(headings, rows, (30, *(12 for _ in years)), frozenset(range(1, len(years) + 1)))
    legend = [f'<span class="of-mark">{escape(mark_name(years[0], say))}</span>']
    for year, kind in zip(years, ("of-year", "of-earlier"), strict=False):
        legend.append(f'<span class="{kind}">{escape(say("chart.year", year=year.fiscal_year))}</span>')
    drawn = b64encode(_web(years, palette).encode()).decode()
    kind = ' class="dark"' if palette is DARK else ""
    picture = f'<img{kind} src="data:image/svg+xml;base64,{drawn}" alt="{escape(described)}">'
    return f'<div class="ita-web"><div>{picture}<div class="legend">{"".join(legend)}</div></div>{table(grid)}</div>'


def _web(years: Sequence[Assessment], palette: Palette) -> str:
    """The net as an SVG: a page lets it in as a picture only, which takes neither its colours nor its letters."""
    grid = f'stroke="{palette.grid}"'
    judged = years[0]
    rows = list(judged.indicators.itertuples())
    turns = [math.tau * place / len(rows) for place in range(len(rows))]
    net = [_line([value] * len(rows), turns, grid) for value in (25, 50, 75, 100)]
    crosses = []
    for row, turn in zip(rows, turns, strict=True):
        weak = _is_below(row)
        net.append(_path(f"M{_CENTRE},{_CENTRE} L{_point(100, turn)}", grid))
        x, y = _point(112, turn).split(",")
        style = f'fill="{palette.below}" font-weight="700"' if weak else f'fill="{palette.text}"'
        number = f"{row.indicator} {BELOW_MARK}" if weak else row.indicator
        net.append(f'<text x="{x}" y="{y}" dy="9" {style}>{number}</text>')
        if weak:
            cross = f"M{_point(row.score, turn)} m-9,-9 l18,18 m0,-18 l-18,18"
            crosses.append(_path(cross, f'stroke="{palette.below}" stroke-width="6"'))
    styles = (
        f'stroke="{palette.passed}" stroke-width="4.5" fill="{palette.passed}" fill-opacity="0.12"',
        f'stroke="{palette.previous}" stroke-width="3" stroke-dasharray="3 6"',
    )
    lines = [_line(year.indicators["score"].tolist(), turns, style) for year, style in zip(years, styles, strict=False)]
    mark = f'stroke="{palette.text}" stroke-width="2.5" stroke-dasharray="10 7"'
    lines.append(_line([judged.rules.pass_mark] * len(rows), turns, mark))
    shapes = "".join((*net, *reversed(lines), *crosses))
    text = 'font-family="sans-serif" font-size="26" text-anchor="middle"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" fill="none" {text}>{shapes}</svg>'


def _line(scores: Sequence[float], turns: Sequence[float], style: str) -> str:
    """A closed line through a point on each spoke, with a gap where a score is missing."""
    path, to = [], "M"
    for score, turn in zip((*scores, scores[0]), (*turns, turns[0]), strict=True):
        if pd.isna(score):
            to = "M"
        else:
            path.append(f"{to}{_point(score, turn)}")
            to = "L"
    return _path(" ".join(path), style)


def _path(path: str, style: str) -> str:
    return f'<path d="{path}" {style}/>'


def _point(score: float, turn: float) -> str:
    """Where a score lies on the spoke of a turn from the top, clockwise, in radians."""
    reach = _RADIUS * score / 100
    return f"{_CENTRE + reach * math.sin(turn):.1f},{_CENTRE - reach * math.cos(turn):.1f}"


def _is_below(row: Any) -> bool:
    return row.passed is not pd.NA and not row.passed
