"""Charts of an assessment: judged frames in, Plotly figures out. Nothing here knows a screen.

Below the mark is told by a word and a shape (▼, hatching, a cross) before it is told by colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ita.assessment import Assessment
from ita.comparing import change_word, over_median
from ita.pathway import Target
from ita.sentences import BELOW_MARK, mark_name
from ita.text import Say

FONT = "Sarabun, sans-serif"
SCALE = (0, 100)
NO_COLOR = "rgba(0,0,0,0)"
Trace = dict[str, Any]

BAR_HEIGHT = 46
"""Pixels that one bar and its label above take."""
BAR_OFFSET = 0.12
"""How far a bar stands below its place, in bar heights: the label has the room above it."""
ASIDE = 82
"""Pixels beside points and totals that are kept for a number."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme; blue and orange stay apart for colour-blind eyes and on a grey printer."""

    passed: str
    below: str
    text: str
    soft: str
    grid: str
    surface: str
    previous: str


LIGHT = Palette("#0072B2", "#C2410C", "#1B2430", "#4A5665", "#D5DCE4", "#FFFFFF", "#5B6777")
DARK = Palette("#56B4E9", "#FF9E4A", "#EEF2F6", "#B4C0CC", "#364250", "#0F151C", "#A9B5C1")


def bar_chart(
    assessment: Assessment, say: Say, language: str, palette: Palette = LIGHT, *, rows: pd.DataFrame | None = None
) -> go.Figure:
    """The scores as bars in official order, each under its name and value, with the pass mark drawn through.

    The label stands above its bar, so that the picture reads the same on a phone and on a projector. `rows` are the
    rows of `assessment.indicators` to draw, all ten unless some are chosen; a bar's customdata is its indicator number.
    """
    rows = (assessment.indicators if rows is None else rows).reset_index(drop=True)
    rules = assessment.rules
    below = rows["passed"].eq(False).fillna(False)
    annotations: list[Trace] = []
    for row in rows.itertuples():
        weak = bool(below[row.Index])
        name = f"{row.indicator}. {rules.indicator(row.indicator).name[language]}"
        value = say("chart.no_score") if pd.isna(row.score) else f"{row.score:.2f}"
        value, color = (f"<b>{value} {BELOW_MARK}</b>", palette.below) if weak else (value, palette.text)
        annotations.append(_label(name, row.Index, 0, "left", palette.text))
        annotations.append(_label(value, row.Index, 1, "right", color, palette.surface))
    bars = [_bars(rows[~below], palette, hatched=False), _bars(rows[below], palette, hatched=True)]
    return _lying(bars, annotations, len(rows), rules.pass_mark, mark_name(assessment, say), palette)


def radar_chart(
    assessment: Assessment,
    say: Say,
    palette: Palette = LIGHT,
    *,
    previous: Assessment | None = None,
) -> go.Figure:
    """The shape of the year: scores on ten spokes, closed, clockwise from the top, with the pass mark as a ring.

    Spokes carry the indicator's number: the names stand beside it, at the bars. `previous` adds last year, dotted.
    """
    rows = assessment.indicators
    rules = assessment.rules
    below = rows["passed"].eq(False).fillna(False)
    spokes = [_spoke(row.indicator, bool(below[row.Index]), palette) for row in rows.itertuples()]
    marked = [*below, below.iloc[0]]
    rings = [
        _ring(
            [rules.pass_mark] * len(rows),
            spokes,
            name=mark_name(assessment, say),
            mode="lines",
            line={"color": palette.text, "width": 2, "dash": "dash"},
        ),
        _ring(
            rows["score"],
            spokes,
            name=say("chart.year", year=assessment.fiscal_year),
            mode="lines+markers",
            line={"color": palette.passed, "width": 3},
            fill="toself",
            fillcolor=_faint(palette.passed),
            marker={
                "symbol": ["x" if weak else "circle" for weak in marked],
                "size": [12 if weak else 8 for weak in marked],
                "color": [palette.below if weak else palette.passed for weak in marked],
                "opacity": 1,
            },
        ),
    ]
    if previous is not None:
        last_year = _ring(
            previous.indicators["score"],
            spokes,
            name=say("chart.year", year=previous.fiscal_year),
            mode="lines+markers",
            line={"color": palette.previous, "width": 2, "dash": "dot"},
            marker={"symbol": "diamond", "size": 7},
        )
        rings.insert(1, last_year)
    return _figure(
        rings,
        palette,
        height=BAR_HEIGHT * len(rows) + 74,
        margin={"l": 44, "r": 44, "t": 34, "b": 40},
        dragmode=False,
        legend={"orientation": "h", "x": 0.5, "xanchor": "center", "y": -0.08, "yanchor": "top", "font": {"size": 14}},
        polar={
            "bgcolor": NO_COLOR,
            "gridshape": "linear",
            "angularaxis": {
                "type": "category",
                "direction": "clockwise",
                "rotation": 90,
                "gridcolor": palette.grid,
                "linecolor": palette.grid,
                "tickfont": {"size": 16, "color": palette.text},
                "categoryorder": "array",
                "categoryarray": spokes,
            },
            "radialaxis": {
                "range": SCALE,
                "tickvals": [25, 50, 75, 100],
                "gridcolor": palette.grid,
                "linecolor": palette.grid,
                "tickfont": {"size": 12, "color": palette.soft},
                "angle": 90,
                "tickangle": 90,
            },
        },
    )


def way_chart(totals: Sequence[tuple[str, float]], target: Target, say: Say, palette: Palette = LIGHT) -> go.Figure:
    """How the total grows: a bar for today and one for each step, under its name, with the target drawn through."""
    annotations: list[Trace] = []
    for place, (name, total) in enumerate(totals):
        annotations.append(_label(name, place, 0, "left", palette.text, palette.surface))
        annotations.append(_aside(f"{total:.2f}", place, palette))
    before = [totals[0][1], *(total for _, total in totals[:-1])]
    gained = [total - was for (_, total), was in zip(totals, before, strict=True)]
    common = {
        "type": "bar",
        "orientation": "h",
        "width": 0.34,
        "showlegend": False,
        "hoverinfo": "skip",
        "y": [place + BAR_OFFSET for place in range(len(totals))],
    }
    bars = [
        {**common, "x": before, "marker": {"color": palette.previous}},
        {**common, "x": gained, "base": before, "marker": {"color": palette.passed}},
    ]
    key = "chart.target_each" if target.each_instrument else "chart.target"
    named = say(key, mark=f"{target.total:g}", each=f"{target.each_instrument:g}")
    figure = _lying(bars, annotations, len(totals), target.total, named, palette)
    figure.layout.annotations[0].update(xanchor="right", xshift=8)  # on a phone there is no room to the right
    return figure.update_layout(margin={"r": ASIDE + 8})


def change_chart(
    changes: pd.DataFrame,
    assessment: Assessment,
    previous: Assessment,
    say: Say,
    language: str,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Each indicator's way from the previous year's score to this one's, under its name and the change.

    `changes` comes from `trend.changes`. The year before is an open diamond, this one a disc, below the mark a cross.
    """
    rows = changes.loc[assessment.indicators["indicator"]]
    places = [place + BAR_OFFSET for place in range(len(rows))]
    annotations: list[Trace] = []
    for place, (number, row) in enumerate(rows.iterrows()):
        name = f"{number}. {assessment.rules.indicator(number).name[language]}"
        annotations.append(_label(name, place, 0, "left", palette.text, palette.surface))
        annotations.append(_aside(change_word(row["change"], say), place, palette))
    ways = {
        "type": "scatter",
        "mode": "lines",
        "showlegend": False,
        "hoverinfo": "skip",
        "line": {"color": palette.previous, "width": 4},
        "connectgaps": False,
        "x": [value for row in rows.itertuples() for value in (*_drawn([row.before, row.after]), None)],
        "y": [value for place in places for value in (place, place, None)],
    }
    before = {
        **_points(rows["before"], places, say("chart.year", year=previous.fiscal_year)),
        "marker": {
            "symbol": "diamond",
            "size": 11,
            "color": palette.surface,
            "line": {"color": palette.previous, "width": 2},
        },
    }
    traces = [ways, before, _own_points(rows["after"], places, assessment, say, palette)]
    return _pointed(traces, annotations, len(rows), assessment, say, palette)


def spread_chart(
    spread: pd.DataFrame, assessment: Assessment, say: Say, language: str, palette: Palette = LIGHT
) -> go.Figure:
    """Each indicator's middle half of a group as a band with its median, and the own score on it.

    `spread` comes from `Peers.spread`; beside each name stands how far the own score is from the median.
    """
    rows = spread.loc[assessment.indicators["indicator"]]
    places = [place + BAR_OFFSET for place in range(len(rows))]
    annotations: list[Trace] = []
    for place, (number, over) in enumerate(over_median(rows).items()):
        name = f"{number}. {assessment.rules.indicator(number).name[language]}"
        annotations.append(_label(name, place, 0, "left", palette.text, palette.surface))
        annotations.append(_aside(change_word(over, say), place, palette))
    band = {
        "type": "bar",
        "orientation": "h",
        "width": 0.34,
        "name": say("compare.half"),
        "hoverinfo": "skip",
        "base": _drawn(rows["lower"]),
        "x": _drawn(rows["upper"] - rows["lower"]),
        "y": places,
        "marker": {"color": palette.grid, "line": {"color": palette.previous, "width": 1}},
    }
    median = {
        **_points(rows["median"], places, say("compare.median")),
        "marker": {"symbol": "line-ns", "size": 18, "line": {"color": palette.text, "width": 3}},
    }
    traces = [band, median, _own_points(rows["own"], places, assessment, say, palette)]
    return _pointed(traces, annotations, len(rows), assessment, say, palette)


@lru_cache(maxsize=256)
def described(assessment: Assessment, say: Say, language: str, *, previous: Assessment | None = None) -> str:
    """The chart in words, for those who cannot see it: every score, and which are below the mark; then `previous`."""
    told = []
    for row in assessment.indicators.itertuples():
        name = f"{row.indicator}. {assessment.rules.indicator(row.indicator).name[language]}"
        if pd.isna(row.score):
            told.append(f"{name} {say('chart.no_score')}")
        else:
            told.append(f"{name} {row.score:.2f}" + ("" if row.passed else f" ({say('status.below')})"))
    mark = mark_name(assessment, say)
    words = f"{say('chart.year', year=assessment.fiscal_year)}, {mark}: " + "; ".join(told)
    return words if previous is None else f"{words}. {described(previous, say, language)}"


def _points(scores: Iterable[float], places: list[float], name: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "hovertemplate": f"{name}: %{{x:.2f}}<extra></extra>",
        "cliponaxis": False,
        "x": _drawn(scores),
        "y": places,
    }


def _own_points(scores: pd.Series, places: list[float], assessment: Assessment, say: Say, palette: Palette) -> Trace:
    """The year's own scores: a disc at or over the mark, a cross under it."""
    weak = [pd.notna(score) and not assessment.rules.passes(score) for score in scores]
    return {
        **_points(scores, places, say("chart.year", year=assessment.fiscal_year)),
        "marker": {
            "symbol": ["x" if below else "circle" for below in weak],
            "size": 13,
            "color": [palette.below if below else palette.passed for below in weak],
            "opacity": 1,
        },
    }


def _pointed(
    traces: list[Trace], annotations: list[Trace], count: int, assessment: Assessment, say: Say, palette: Palette
) -> go.Figure:
    """Points on so many lines, with the pass mark drawn through and what the shapes mean below."""
    figure = _lying(traces, annotations, count, assessment.rules.pass_mark, mark_name(assessment, say), palette)
    legend = {"orientation": "h", "x": 0.5, "xanchor": "center", "y": -0.06, "yanchor": "top", "font": {"size": 14}}
    return figure.update_layout(legend=legend, height=figure.layout.height + 30, margin={"b": 60, "r": ASIDE + 8})


def _lying(
    bars: list[Trace], annotations: list[Trace], count: int, mark: float, marked: str, palette: Palette
) -> go.Figure:
    """So many lying bars with their labels, and a mark drawn through them under its name."""
    name = {"text": marked, "x": mark, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
    line = {"color": palette.text, "width": 2, "dash": "dash"}
    return _figure(
        bars,
        palette,
        height=BAR_HEIGHT * count + 74,
        margin={"l": 12, "r": 14, "t": 30, "b": 30},
        barmode="overlay",
        annotations=[{**name, "font": {"size": 14, "color": palette.text}}, *annotations],
        shapes=[{"type": "line", "x0": mark, "x1": mark, "y0": 0, "y1": 1, "yref": "paper", "line": line}],
        xaxis={
            "range": SCALE,
            "tickvals": [0, 25, 50, 75, 100],
            "gridcolor": palette.grid,
            "zeroline": False,
            "fixedrange": True,
            "tickfont": {"size": 13, "color": palette.soft},
        },
        yaxis={"range": [count - 0.5, -0.8], "visible": False, "fixedrange": True},
    )


def _bars(rows: pd.DataFrame, palette: Palette, *, hatched: bool) -> Trace:
    color = palette.below if hatched else palette.passed
    return {
        "type": "bar",
        "orientation": "h",
        "width": 0.34,
        "showlegend": False,
        "hovertemplate": "%{x:.2f}<extra></extra>",
        "x": _drawn(rows["score"]),
        "y": (rows.index + BAR_OFFSET).tolist(),
        "customdata": rows["indicator"].tolist(),
        "marker": {
            "color": palette.surface if hatched else color,
            "line": {"color": color, "width": 1.5},
            "pattern": {"shape": "/" if hatched else "", "fgcolor": color, "bgcolor": palette.surface, "size": 7},
        },
        "unselected": {"marker": {"opacity": 1}},
    }


def _ring(scores: Iterable[float], spokes: list[str], **style: object) -> Trace:
    """One closed line round the radar."""
    values = _drawn(scores)
    return {
        "type": "scatterpolar",
        "r": [*values, values[0]],
        "theta": [*spokes, spokes[0]],
        "connectgaps": False,
        "hovertemplate": "%{r:.2f}<extra></extra>",
        **style,
    }


def _drawn(scores: Iterable[float]) -> list[float | None]:
    """Scores as a trace takes them: a missing one is a gap, never a zero."""
    return [None if pd.isna(score) else score for score in scores]


def _spoke(number: int, below: bool, palette: Palette) -> str:
    return f'<span style="color:{palette.below}"><b>{number} {BELOW_MARK}</b></span>' if below else str(number)


def _label(text: str, place: int, x: int, anchor: str, color: str, background: str = NO_COLOR) -> dict[str, object]:
    return {
        "text": text,
        "x": x,
        "xref": "paper",
        "xanchor": anchor,
        "y": place - 0.36,
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 16, "color": color},
        "bgcolor": background,
    }


def _aside(text: str, place: int, palette: Palette) -> dict[str, object]:
    """A label that ends in the right margin, beside the points: a longer one reaches into the figure."""
    return _label(text, place, 1, "right", palette.text, palette.surface) | {"xshift": ASIDE, "y": place + BAR_OFFSET}


def _figure(traces: list[Trace], palette: Palette, **layout: object) -> go.Figure:
    """The figure in one go: adding part by part costs ten times as long."""
    common = {
        "font": {"family": FONT, "size": 15, "color": palette.text},
        "paper_bgcolor": NO_COLOR,
        "plot_bgcolor": NO_COLOR,
        "hoverlabel": {"font": {"family": FONT, "size": 15}},
        "template": None,
    }
    return go.Figure({"data": traces, "layout": common | layout})


def _faint(color: str) -> str:
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.13)"
