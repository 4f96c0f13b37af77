"""One slide on the whole screen, without the chrome of the other pages, large enough for the last row of the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from html import escape

import pandas as pd
import streamlit as st

from ita.briefing import Briefing
from ita.charts import Palette
from ita.sentences import BELOW_MARK, indicator_name, score_word
from ita.slides import Card, Chart, Grid, Slide
from ita.ui import cache
from ita.ui.escape import plain
from ita.ui.frame import Frame
from ita.ui.pictures import show_chart

_STYLE = """<style>
[data-testid="stHeader"], .st-key-frame-row, [data-testid="stSidebarCollapsedControl"] { display: none; }
[data-testid="stMainBlockContainer"] { max-width: none; padding: 1.1rem 3.2vw 3.4rem; }
.st-key-meeting-stage [data-testid="stMarkdownContainer"] p { font-size: 1.2rem; }
.st-key-meeting-bar { position: fixed; bottom: 0; left: 0; right: 0; width: auto; padding: 0.5rem 3.2vw; z-index: 9;
  background: var(--ita-surface); border-top: 1px solid var(--ita-grid); }
@media (min-width: 1500px) { html { font-size: 24px; } }
@media (min-width: 2400px) { html { font-size: 34px; } }
.ita-cards { display: flex; gap: 1.4rem; margin-top: 1.6rem; }
.ita-card { flex: 1; border: 1px solid var(--ita-grid); border-radius: 0.6rem; padding: 2rem 1.4rem;
  text-align: center; }
.ita-card b { display: block; font-size: 1.25rem; }
.ita-card strong { display: block; font-size: 3.6rem; line-height: 1.5; }
.ita-card span { font-size: 1.2rem; }
.ita-grid { width: 100%; border-collapse: collapse; font-size: 1.12rem; line-height: 1.45; }
.ita-grid th { text-align: left; border-bottom: 2px solid var(--ita-text); padding: 0.2rem 0.7rem 0.2rem 0; }
.ita-grid td { vertical-align: top; border-bottom: 1px solid var(--ita-grid); padding: 0.22rem 0.7rem 0.22rem 0; }
.ita-grid .right { text-align: right; }
.ita-grid .weak { color: var(--ita-below); font-weight: 700; }
.ita-bars { position: relative; margin: 1.9rem 0 0; font-size: 1.12rem; }
.ita-bars p { display: flex; justify-content: space-between; margin: 0; line-height: 1.3; }
.ita-bars .bar { height: 0.8rem; margin-bottom: 0.32rem; background: var(--ita-passed); }
.ita-bars .weak { background: repeating-linear-gradient(135deg, var(--ita-below) 0 3px, var(--ita-surface) 3px 8px);
  border: 2px solid var(--ita-below); }
.ita-bars b { color: var(--ita-below); }
.ita-bars .mark { position: absolute; top: -0.3rem; bottom: 0; border-left: 3px dashed var(--ita-text); }
.ita-bars .mark span { position: absolute; bottom: 100%; transform: translateX(-50%); white-space: nowrap; }
@media print { :root:has(.st-key-meeting-stage) { font-size: 17px !important; } }
</style>"""


def show(here: Frame, briefing: Briefing, slide: Slide) -> None:
    """A slide: its title, its line of text, and what it shows."""
    st.html(_styled(here.palette))
    part = f" ({slide.part}/{slide.parts})" if slide.parts > 1 else ""
    st.title(plain(f"{slide.title}{part}"), anchor=False)
    if slide.text:
        st.markdown(plain(slide.text))
    match slide.body:
        case "bars" | "radar":
            _show_chart(here, briefing, slide.body, slide.title)
        case Grid() as grid:
            st.html(_grid(grid))
        case tuple() as cards:
            st.html(_cards(cards))
        case _:
            pass


def _show_chart(here: Frame, briefing: Briefing, chart: Chart, title: str) -> None:
    if chart == "bars":
        st.html(_bars(here, briefing))
        return
    assert here.agency_id is not None
    assert here.fiscal_year is not None
    radar, beside = st.columns([5, 4], vertical_alignment="center")
    with radar:
        figure = cache.radar_chart(here.agency_id, here.fiscal_year, here.language, here.palette, here.previous_year)
        show_chart(figure, key="meeting.radar", alt=title)
    with beside:
        st.html(_grid(_years(here, briefing)))


def _bars(here: Frame, briefing: Briefing) -> str:
    """The bars as the page's own boxes: they grow with its letters, which a drawn chart does not."""
    judged = briefing.assessment
    lines = []
    for row in judged.indicators.itertuples():
        weak = row.passed is not pd.NA and not row.passed
        name = escape(indicator_name(judged.rules, row.indicator, here.language))
        value = escape(score_word(row.score, judged, here.say))
        length = 0 if pd.isna(row.score) else row.score
        lines.append(f"<p><span>{name}</span>{f'<b>{value}</b>' if weak else f'<span>{value}</span>'}</p>")
        lines.append(f'<div class="bar{" weak" if weak else ""}" style="width:{length:.2f}%"></div>')
    mark = judged.rules.pass_mark
    named = escape(here.say("chart.mark", mark=f"{mark:g}"))
    line = f'<div class="mark" style="left:{mark:g}%"><span>{named}</span></div>'
    return f'<div class="ita-bars" role="img" aria-label="{escape(named)}">{"".join(lines)}{line}</div>'


def _years(here: Frame, briefing: Briefing) -> Grid:
    """The scores of the ten indicators, beside those of the year before: the radar has only their numbers."""
    years = [briefing.assessment, *([briefing.previous] if briefing.previous else [])]
    scores = [year.indicators.set_index("indicator")["score"] for year in years]
    headings = (here.say("column.indicator"), *(here.say("chart.year", year=year.fiscal_year) for year in years))
    rows = tuple(
        (
            indicator_name(briefing.assessment.rules, number, here.language),
            *(score_word(of_year[number], year, here.say) for year, of_year in zip(years, scores, strict=True)),
        )
        for number in scores[0].index
    )
    return Grid(headings, rows, (30, *(12 for _ in years)), frozenset(range(1, len(years) + 1)))


def _styled(palette: Palette) -> str:
    colors = "".join(f"--ita-{field.name}: {getattr(palette, field.name)};" for field in fields(palette))
    return f"{_STYLE}<style>:root {{ {colors} }}</style>"


def _cards(cards: Sequence[Card]) -> str:
    shown = []
    for card in cards:
        color = "soft" if card.passed is None else "passed" if card.passed else "below"
        value = f'<strong style="color:var(--ita-{color})">{escape(card.value)}</strong>'
        shown.append(f'<div class="ita-card"><b>{escape(card.label)}</b>{value}<span>{escape(card.note)}</span></div>')
    return f'<div class="ita-cards">{"".join(shown)}</div>'


def _grid(grid: Grid) -> str:
    def line(tag: str, texts: Sequence[str], marked: bool = False) -> str:
        cells = []
        for column, text in enumerate(texts):
            weak = text.startswith(BELOW_MARK) or (marked and column == 0)
            kinds = [*(["right"] if column in grid.right else []), *(["weak"] if weak else [])]
            kind = f' class="{" ".join(kinds)}"' if kinds else ""
            cells.append(f"<{tag}{kind}>{escape(text).replace(chr(10), '<br>')}</{tag}>")
        return f"<tr>{''.join(cells)}</tr>"

    widths = "".join(f'<col style="width:{100 * width / sum(grid.widths):.1f}%">' for width in grid.widths)
    body = "".join(line("td", row, place in grid.marked) for place, row in enumerate(grid.rows))
    return f'<table class="ita-grid"><colgroup>{widths}</colgroup>{line("th", grid.headings)}{body}</table>'
