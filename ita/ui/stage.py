"""One slide on the whole screen, without the chrome of the other pages, large enough for the last row of the room."""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from pathlib import Path

import streamlit as st

from ita.briefing import Briefing
from ita.slides import Grid, Slide
from ita.ui import slide_html
from ita.ui.frame import Frame

STYLE = Path(__file__).parent / "static" / "stage.css"


def show(here: Frame, briefing: Briefing, slide: Slide) -> None:
    """A slide: whose result it is of, its title, its line of text, what it shows, and where the figures come from."""
    colors = "".join(f"--ita-{name}:{color};" for name, color in asdict(here.palette).items())
    st.html(f"<style>:root{{{colors}}}{STYLE.read_text('utf-8')}</style>")
    part = f" ({slide.part}/{slide.parts})" if slide.parts > 1 else ""
    whose = here.whose
    if briefing.stored.upload.example:
        whose += f" · {here.say('frame.example')}"
    said = f'<div class="said">{escape(slide.text)}</div>' if slide.text else ""
    st.html(
        f'<section class="ita-slide"><div class="whose">{escape(whose)}</div><h1>{escape(slide.title)}{part}</h1>'
        f'{said}<div class="body">{_body(here, briefing, slide)}</div>'
        f'<div class="source">{escape(here.source)}</div></section>'
    )


def _body(here: Frame, briefing: Briefing, slide: Slide) -> str:
    match slide.body:
        case "bars":
            return slide_html.bars(briefing.assessment, here.say, here.language)
        case "radar":
            return slide_html.radar(briefing, here.say, here.language, here.palette, slide.title)
        case Grid() as grid:
            return slide_html.table(grid)
        case tuple() as cards:
            return slide_html.cards(cards)
        case _:
            return ""
