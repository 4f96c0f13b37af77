"""Measures as cards under what they are said to be; a card opens its measure, or is moved."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ita.assessment import Assessment
from ita.measures import OVERDUE
from ita.sentences import budget_word, day_text, measure_heading, state_word
from ita.store import MeasureChange
from ita.ui import measure_changes, measure_sheet
from ita.ui.escape import plain
from ita.ui.frame import Frame
from ita.ui.waiting import action

LANES = (("not_stated", "not_started"), ("in_progress",), ("completed",), ("cancelled",))
"""The columns of the board, each with the statuses of its cards; moving a card gives it the last of them."""


def show(here: Frame, judged: Assessment, measures: pd.DataFrame) -> None:
    """The measures (as `cache.measures` gives them) under their statuses, what ends first on top."""
    ordered = measures.sort_values(["period_end", "indicator"], na_position="last", kind="stable")
    for place, lane in zip(st.columns(len(LANES)), LANES, strict=True):
        cards = ordered[ordered["status"].isin(lane)]
        with place:
            st.markdown(f"**{state_word(lane[-1], here.say)}** {len(cards)}")
            for _, card in cards.iterrows():
                _show_card(here, judged, card)


def _show_card(here: Frame, judged: Assessment, card: pd.Series[Any]) -> None:
    say, which = here.say, int(card["measure_id"])
    with st.container(border=True, gap="xsmall", key=f"measures.card.{which}"):
        st.markdown(f"**{plain(card['title'])}**")
        st.markdown("  \n".join(f":small[{line}]" for line in _lines(here, card)))
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            if st.button(say("measures.open_card"), key=f"measures.open.{which}", type="tertiary"):
                measure_sheet.open_of(here, judged, card)
            if not here.may_edit:
                return
            key = f"measures.move.{which}"
            st.menu_button(
                say("measures.move"),
                [lane[-1] for lane in LANES if card["status"] not in lane],
                key=key,
                format_func=lambda code: state_word(code, say),
                on_click=partial(_move, here, which, int(card["version"]), key),
                type="tertiary",
            )


def _lines(here: Frame, card: pd.Series[Any]) -> list[str]:
    """What a card says under its title: indicator and unit, how far, what it costs, and until when."""
    say = here.say
    number = "" if pd.isna(card["indicator"]) else say("measures.of_indicator", number=card["indicator"])
    lines = [" · ".join(plain(part) for part in (number, card["responsible"]) if part)]
    if pd.notna(card["percent"]):
        lines.append(say("measures.percent_done", percent=card["percent"]))
    if pd.notna(card["budget"]) and card["budget"]:
        lines.append(f"{measure_heading('budget', say)} {budget_word(card['budget'], say)}")
    if pd.notna(card["period_end"]):
        ends = say("measures.ends_on", date=day_text(card["period_end"].date(), say))
        lines.append(f":orange[{state_word(OVERDUE, say)}] · {ends}" if card["overdue"] else ends)
    if card["unproven"]:
        lines.append(f":orange[{say('measures.unproven_one')}]")
    elif card["evidence"]:
        lines.append(f":material/attach_file: {plain(card['evidence'])}")
    return [line for line in lines if line]


@action
def _move(here: Frame, measure_id: int, version: int, key: str) -> None:
    if (status := st.session_state[key]) is not None:
        measure_changes.save(here, [MeasureChange(measure_id, version, {"status": status})])
