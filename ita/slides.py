"""The meeting's slides as content: the same ones, in the same order, on the screen, in PowerPoint and in the minutes.

A slide says one thing in its title, which is made from the figures, and shows it once: as cards, a chart or a table. A
table that is longer than a slide goes on on the next.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from ita import meetings, sentences, wayfinding
from ita.briefing import Briefing
from ita.sentences import indicator_name, score_word, state_with_percent, state_word
from ita.text import Say
from ita.thai import columns, wrap

LINES = 15.5
"""Lines of text that a table has room for under its heading where no text stands above it, with the characters of a
line that `Grid.widths` gives."""
ROW = 0.3
"""Of a line, that a row takes besides its lines."""
SAID = 2
"""Lines of a table that a text above it takes the room of."""
_DOCUMENT_WIDTHS, _RISE_WIDTHS = (35, 28, 10, 13), (43, 18, 11, 14)


@dataclass(frozen=True, slots=True)
class Card:
    """One figure: what it is of, the figure (with its shape), and a line on it. `passed` is None without a score."""

    label: str
    value: str
    note: str
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `widths` are characters of a line of each column, `right` the columns of numbers, `marked` the rows that
    need attention.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    right: frozenset[int] = frozenset()
    marked: frozenset[int] = frozenset()


Chart = Literal["bars", "radar"]


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide. `key` names what it is about, whatever the figures say; `part` of `parts` where it goes on."""

    key: str
    title: str
    text: str = ""
    body: tuple[Card, ...] | Chart | Grid | None = None
    note: str = ""
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next: what, who is responsible and by when (empty where that is not known), and if it is late."""

    what: str
    responsible: str = ""
    by: str = ""
    late: bool = False


def slides(briefing: Briefing, say: Say, language: str) -> list[Slide]:
    """All slides of a briefing."""
    made = (
        _verdict(briefing, say, language),
        _bars(briefing, say),
        _radar(briefing, say),
        _below(briefing, say, language),
        *_way(briefing, say, language),
        _measures(briefing, say),
        _moved(briefing, say, language),
        _next(briefing, say, language),
    )
    noted = (replace(slide, note=briefing.notes.get(slide.key, "")) for slide in made)
    return [part for slide in noted for part in _parts(slide)]


def _verdict(briefing: Briefing, say: Say, language: str) -> Slide:
    judged = briefing.assessment
    cards = tuple(
        Card(
            f"{row.instrument} {judged.rules.instrument(row.instrument).short[language]}",
            score_word(row.score, judged, say),
            sentences.instrument_note(row, say, judged.rules.pass_mark),
            None if row.passed is pd.NA else bool(row.passed),
        )
        for row in judged.instruments.itertuples()
    )
    title = sentences.verdict(judged, say, language)
    return Slide("verdict", title, sentences.cause(judged, say, language), cards)


def _bars(briefing: Briefing, say: Say) -> Slide:
    judged = briefing.assessment
    return Slide("bars", sentences.bars_title(judged, say), sentences.beside_nation(judged, say), "bars")


def _radar(briefing: Briefing, say: Say) -> Slide:
    judged, previous = briefing.assessment, briefing.previous
    text = "" if previous is None else sentences.since(judged, previous, say)
    return Slide("radar", sentences.radar_title(judged, say), text, "radar")


def _below(briefing: Briefing, say: Say, language: str) -> Slide:
    judged = briefing.assessment
    title = sentences.worth_title(judged, say)
    if judged.below.empty:
        return Slide("below", title)
    headings = ("column.indicator", "column.score", "column.gap", "column.worth", "column.gain")
    rows = tuple(
        (
            indicator_name(judged.rules, row.indicator, language),
            score_word(row.score, judged, say),
            f"{row.gap:+.2f}",
            f"+{judged.rules.points_per_score(row.indicator):.2f}",
            sentences.gain_word(row.points_at_mark),
        )
        for row in judged.below.itertuples()
    )
    grid = Grid(tuple(map(say, headings)), rows, (30, 11, 13, 21, 11), frozenset({1, 2, 3, 4}))
    return Slide("below", title, sentences.cause(judged, say, language), grid)


def _way(briefing: Briefing, say: Say, language: str) -> Iterator[Slide]:
    """None where the verdict says it all: without a total, and where all is reached."""
    if briefing.ways is None:
        return
    judged, ways = briefing.assessment, briefing.ways
    title = wayfinding.title(ways, judged, say, language)
    why = wayfinding.why(ways, briefing.causes, judged, say)
    if ways.told is None:
        yield Slide("way", title, why)
        return
    headings, rows = wayfinding.table(ways.told, judged, say, language)
    widths = _DOCUMENT_WIDTHS if ways.by_documents else _RISE_WIDTHS
    numbers = frozenset({2, 3} if ways.by_documents else {1, 2, 3})
    yield Slide("way", title, why, Grid(headings, tuple(rows), widths, numbers))


def _measures(briefing: Briefing, say: Say) -> Slide:
    measures = briefing.worst_first
    title = sentences.measures_title(measures, say)
    if measures.empty:
        return Slide("measures", title)
    headings = ("column.title_of", "column.responsible", "column.ends", "column.status")
    rows = tuple(
        (
            row.title if pd.isna(row.indicator) else f"{row.title} ({row.indicator})",
            _responsible(row),
            _end(row, say),
            state_with_percent(row.state, row.percent, say),
        )
        for row in measures.itertuples()
    )
    late = frozenset(place for place, overdue in enumerate(measures["overdue"]) if overdue)
    return Slide("measures", title, body=Grid(tuple(map(say, headings)), rows, (35, 22, 13, 16), marked=late))


def _moved(briefing: Briefing, say: Say, language: str) -> Slide:
    before = briefing.last_meeting
    if before is None:
        return Slide("moved", say("sentence.no_meeting_yet"), say("sentence.no_meeting_yet_text"))
    measures = meetings.moved_measures(before, briefing.measures)
    scores = meetings.moved_scores(before, briefing.assessment)
    title = sentences.moved_title(before.held_on, len(measures) + len(scores), say)
    rows = [
        (
            indicator_name(briefing.assessment.rules, row.indicator, language),
            score_word(row.before, briefing.assessment, say),
            score_word(row.after, briefing.assessment, say),
        )
        for row in scores.itertuples()
    ]
    rows += [(row.title, _moved_word(row.before, say), _moved_word(row.after, say)) for row in measures.itertuples()]
    if not rows:
        return Slide("moved", title)
    headings = (say("column.what"), say("column.then"), say("column.now"))
    return Slide("moved", title, body=Grid(headings, tuple(rows), (44, 20, 20)))


def next_steps(briefing: Briefing, say: Say, language: str) -> list[Step]:
    """What is to be done next, most pressing first: the measures that are due, then those yet to be planned."""
    rules = briefing.assessment.rules
    due = [Step(row.title, row.responsible, _end(row, say), bool(row.overdue)) for row in briefing.due.itertuples()]
    return due + [
        Step(say("sentence.plan_measure", name=indicator_name(rules, number, language)))
        for number in briefing.without_open_measure
    ]


def _next(briefing: Briefing, say: Say, language: str) -> Slide:
    steps = next_steps(briefing, say, language)
    title = sentences.next_title(briefing, say)
    if not steps:
        return Slide("next", title)
    headings = (say("column.what"), say("column.responsible"), say("column.by"))
    rows = tuple((step.what, _responsible(step), step.by or "–") for step in steps)
    late = frozenset(place for place, step in enumerate(steps) if step.late)
    return Slide("next", title, body=Grid(headings, rows, (48, 22, 14), marked=late))


def _responsible(row: Any) -> str:
    """Those responsible on one line: a list would make the rows high."""
    return ", ".join(row.responsible.split("\n")) or "–"


def _end(row: Any, say: Say) -> str:
    return row.period_text or "–" if pd.isna(row.period_end) else sentences.day_text(row.period_end.date(), say)


def _moved_word(state: str, say: Say) -> str:
    return say(f"moved.{state}") if state in (meetings.ADDED, meetings.REMOVED) else state_word(state, say)


# What does not fit on one slide


def _parts(slide: Slide) -> Iterator[Slide]:
    """The slide, or several that carry its table on."""
    if not isinstance(slide.body, Grid):
        yield slide
        return
    grids = _cut_evenly(slide.body, LINES - SAID if slide.text else LINES)
    for part, grid in enumerate(grids, start=1):
        yield replace(slide, body=grid, part=part, parts=len(grids))


def _cut_evenly(grid: Grid, most: float) -> list[Grid]:
    """The table in as few pieces as can be, of about the same height: none is left with a single row."""
    pieces = [[*_row_pieces(row, grid.widths)] for row in grid.rows]
    fewest = list(_cut(grid, pieces, most))
    lower = (list(_cut(grid, pieces, room)) for room in range(1, int(most) + 1))
    return next((even for even in lower if len(even) == len(fewest)), fewest)


def _cut(grid: Grid, pieces: Sequence[Sequence[tuple[tuple[str, ...], int]]], room: float) -> Iterator[Grid]:
    """The table in pieces of at most `room` lines, what rows take besides counted in, unless one row is higher."""
    rows: list[tuple[str, ...]] = []
    marked: set[int] = set()
    left = room
    for place, parts in enumerate(pieces):
        for piece, lines in parts:
            if rows and lines + ROW > left:
                yield replace(grid, rows=tuple(rows), marked=frozenset(marked))
                rows, marked, left = [], set(), room
            if place in grid.marked:
                marked.add(len(rows))
            rows.append(piece)
            left -= lines + ROW
    yield replace(grid, rows=tuple(rows), marked=frozenset(marked))


def height(grid: Grid) -> float:
    """The lines of text that a table's rows take, what each takes besides counted in."""
    return sum(lines + ROW for row in grid.rows for _, lines in _row_pieces(row, grid.widths))


def _row_pieces(row: tuple[str, ...], widths: Sequence[int]) -> Iterator[tuple[tuple[str, ...], int]]:
    """A row, and how many lines it takes; one that is higher than a whole slide in several pieces."""
    cells = [_lines(text, width) for text, width in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    most = int(LINES - ROW)
    if height <= most:
        yield row, height
        return
    for first in range(0, height, most):
        piece = [cell[first : first + most] for cell in cells]
        yield tuple("\n".join(lines) for lines in piece), max(map(len, piece))


def _lines(text: str, width: int) -> list[str]:
    """The lines of a cell; what has no place to break at is broken anywhere."""
    whole = [[line] if columns(line) <= width else textwrap.wrap(line, width) for line in wrap(text, width)]
    return [line for lines in whole for line in lines] or [""]
