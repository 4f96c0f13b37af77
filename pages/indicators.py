"""The ten indicators: filter, choose one, see what it is about and what is being done for it."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from ita import charts, sentences
from ita.assessment import Assessment
from ita.sentences import result_word, state_word
from ita.ui import address, cache
from ita.ui.escape import note, plain
from ita.ui.frame import Frame, now
from ita.ui.pictures import (
    bars_picture,
    chart_heading,
    csv_button,
    score_table,
    show_chart,
    show_table,
)

CHOSEN = "indicators.indicator"
COLUMNS = ("indicator", "score", "result", "gap", "measures", "state")


def filtered(here: Frame, judged: Assessment) -> pd.DataFrame:
    """The rows of `judged.indicators` that the visitor's filters leave."""
    rows = judged.indicators
    with st.container(horizontal=True, vertical_alignment="center"):
        codes = [instrument.code for instrument in judged.rules.instruments]
        instruments = address.pills(here.say("column.instrument"), codes, key="indicators.instrument", say=str)
        below = address.toggle(here.say("indicators.below", mark=f"{judged.rules.pass_mark:g}"), key="indicators.below")
    if instruments:
        rows = rows[rows["instrument"].isin(instruments)]
    return rows[rows["passed"].eq(False).fillna(False)] if below else rows


def show_choice(here: Frame, judged: Assessment, rows: pd.DataFrame, summary: pd.DataFrame) -> None:
    """The rows as a table and as bars; a click on either chooses the indicator."""
    say = here.say
    numbers = [int(number) for number in rows["indicator"]]
    as_table, as_bars = st.tabs([say("indicators.as_table"), say("indicators.as_bars")])
    with as_table:
        table, settings = score_table(here, judged, rows, summary, COLUMNS)
        show_table(
            table,
            settings,
            key="indicators.table",
            on_select=lambda: choose(numbers, st.session_state["indicators.table"].selection.rows),
            selection_mode="single-row",
            height="content",
        )
    with as_bars:
        figure = cache.bar_chart(here.agency_id, here.fiscal_year, here.language, here.palette, tuple(numbers))
        title = sentences.bars_title(judged, say)
        draw = partial(bars_picture, here, judged, title, here.source, rows)
        chart_heading(
            title, draw, say, key="indicators.bars_png", name=("ITA", judged.fiscal_year, here.agency, "bars")
        )
        described = charts.described(judged, say, here.language)
        clicked = show_chart(figure, key="indicators.bars", alt=described, select=True)
        points = clicked.selection.points
        if points and (number := int(points[0]["customdata"])) != st.session_state.get("indicators.clicked"):
            st.session_state["indicators.clicked"] = st.session_state[CHOSEN] = number


def choose(numbers: Sequence[int], places: Sequence[int]) -> None:
    if places:
        st.session_state[CHOSEN] = numbers[places[0]]


def chosen_indicator(judged: Assessment, rows: pd.DataFrame) -> int:
    """The chosen indicator while the filters show it, else the one that matters most among those shown."""
    numbers = set(rows["indicator"])
    address.start(CHOSEN, lambda text: int(text) if text.isdecimal() and len(text) < 4 else None, None)
    chosen = st.session_state[CHOSEN]
    if chosen in numbers:
        address.keep(CHOSEN, str(chosen))
        return int(chosen)
    address.keep(CHOSEN, None)
    weakest = [number for number in judged.below["indicator"] if number in numbers]
    return int(weakest[0] if weakest else rows["indicator"].iloc[0])


def show_detail(here: Frame, judged: Assessment, number: int, measures: pd.DataFrame) -> None:
    say = here.say
    indicator = judged.rules.indicator(number)
    row = judged.indicators.set_index("indicator").loc[number]
    with st.container(border=True):
        st.subheader(sentences.indicator_name(judged.rules, number, here.language), anchor=False)
        color = "orange" if row["passed"] is False or row["passed"] == False else "blue"  # noqa: E712
        score = say("chart.no_score") if pd.isna(row["score"]) else f"{row['score']:.2f}"
        st.header(f":{color}[{score}]", anchor=False)
        st.markdown(f":{color}[**{result_word(row['passed'], say)}**] {plain(sentences.gap_note(judged, number, say))}")
        st.markdown(indicator.about[here.language])
        st.markdown(f"**{say('indicators.its_measures', count=len(measures))}**")
        for measure in measures.itertuples():
            st.markdown(f"{state_word(measure.state, say)}: {plain(measure.title)}")
            note(plain(" · ".join(filter(None, [measure.responsible, measure.period_text]))))
        if measures.empty:
            st.markdown(say("indicators.no_measures"))
        st.page_link(
            here.pages["measures"],
            label=say("indicators.to_measures"),
            icon=":material/arrow_forward:",
            query_params={"indicator": str(number)},
        )


def as_csv(here: Frame, judged: Assessment, rows: pd.DataFrame, summary: pd.DataFrame, source: str) -> pd.DataFrame:
    """One row per indicator shown, headed in the visitor's language, with where the figures come from."""
    say = here.say
    table, _ = score_table(here, judged, rows, summary, ("instrument", "score", "result", "gap", "measures", "state"))
    named = table.rename(columns={column: say(f"column.{column}") for column in table.columns})
    named.insert(0, say("column.agency"), here.agency)
    named.insert(1, say("column.fiscal_year"), here.fiscal_year)
    named.insert(2, say("column.number"), rows["indicator"].to_numpy())
    named.insert(
        3, say("column.indicator"), [judged.rules.indicator(number).name[here.language] for number in rows["indicator"]]
    )
    named[say("column.source")] = source
    return named


here = now()
judged = here.assessment
if judged is None:
    here.show_nothing_yet()
    st.stop()
st.title(plain(sentences.bars_title(judged, here.say)), anchor=False)
rows = filtered(here, judged)
if rows.empty:
    st.info(here.say("indicators.none_left"), icon=":material/filter_alt_off:")
    st.stop()
measures = cache.measures(here.agency_id, here.fiscal_year)
summary = cache.measures_by_indicator(here.agency_id, here.fiscal_year)
left, right = st.columns([2, 1])
with left:
    show_choice(here, judged, rows, summary)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        note(here.say("indicators.shown", count=len(rows), all=len(judged.indicators)))
        name = ("ITA", here.fiscal_year, here.agency, here.say("indicators.page"))
        build = partial(as_csv, here, judged, rows, summary, here.source)
        csv_button(build, here.say, key="indicators.csv", name=name)
with right:
    number = chosen_indicator(judged, rows)
    show_detail(here, judged, number, measures[measures["indicator"] == number])
note(plain(here.source))
