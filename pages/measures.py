"""The improvement measures beside their indicator's score and their status: filter, edit in place, add, delete."""

import zlib
from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ita import sentences
from ita.assessment import Assessment
from ita.measures import STATUSES, units, units_of, work_year
from ita.sentences import state_word
from ita.ui import (
    address,
    cache,
    carrying,
    measure_board,
    measure_changes,
    measure_editor,
    measure_selection,
    measure_sheet,
    trouble,
    writing,
    year_strip,
)
from ita.ui.escape import note, plain
from ita.ui.frame import Frame, now
from ita.ui.pictures import csv_button, score_table, show_table

VIEWS = ("table", "board")
WATCHED = ("due_soon", "unproven")
"""What is pointed out beside the statuses, where there is any of it."""


def filtered(here: Frame, judged: Assessment, measures: pd.DataFrame, places: Sequence[Any]) -> pd.DataFrame:
    """The measures that the visitor's filters leave; the first three have their places."""
    say = here.say
    by_indicator, by_unit, by_overdue = places
    with by_indicator:
        indicator = address.choice(
            say("column.indicator"),
            [indicator.number for indicator in judged.rules.indicators],
            key="measures.indicator",
            say=lambda number: sentences.indicator_name(judged.rules, number, here.language),
            placeholder=say("measures.all_indicators"),
        )
    with by_unit:
        unit = address.choice(
            say("column.responsible"),
            units(measures),
            key="measures.unit",
            say=str,
            code=lambda name: f"{zlib.crc32(name.encode()):08x}",
            placeholder=say("measures.all_units"),
        )
    with by_overdue:
        overdue = address.toggle(say("measures.overdue"), key="measures.overdue")
    watched = [name for name in WATCHED if measures[name].any()]
    with st.container(horizontal=True):
        status = address.pills(
            say("column.status"), STATUSES, key="measures.status", say=lambda code: state_word(code, say)
        )
        watch = watched and address.pills(
            say("measures.watch"),
            watched,
            key="measures.watch",
            say=lambda name: say(f"measures.{name}", count=int(measures[name].sum())),
        )
    kept = pd.Series(True, index=measures.index)
    if indicator is not None:
        kept &= measures["indicator"].eq(indicator).fillna(False)
    if unit is not None:
        kept &= measures["responsible"].map(lambda cell: unit in units_of(cell))
    if status:
        kept &= measures["status"].isin(status)
    if watch:
        kept &= measures[watch].any(axis=1)
    return measures[kept & measures["overdue"]] if overdue else measures[kept]


def show_coverage(here: Frame, judged: Assessment, rows: pd.DataFrame) -> None:
    """What is being done about each indicator beside what is at stake: one line, and the rest for who opens it."""
    with st.expander(plain(sentences.coverage_title(rows, here.say)), key="measures.coverage", icon=":material/rule:"):
        for told in sentences.coverage_notes(rows, judged.rules, here.say, here.language):
            st.markdown(plain(told))
        columns = ("indicator", "score", "gain", "measures", "open", "overdue", "state")
        table, settings = score_table(here, judged, judged.indicators, rows, columns)
        show_table(table, settings, key="measures.coverage_table", height="content")


def show_add(here: Frame, judged: Assessment) -> None:
    """The button that opens the form for a new measure; none for who may not edit."""
    if here.may_edit and st.button(here.say("measures.add"), key="measures.add", icon=":material/add:"):
        st.dialog(here.say("measures.add"), width="medium")(add_form)(here, judged)


@trouble.told_over
def add_form(here: Frame, judged: Assessment) -> None:
    """A form for one new measure, beginning with the indicator that matters most."""
    say = here.say
    numbers = [indicator.number for indicator in judged.rules.indicators]
    first = int(judged.below["indicator"].iloc[0]) if len(judged.below) else numbers[0]
    blank = dict.fromkeys(measure_sheet.COLUMNS) | {"indicator": first, "status": "not_started"}
    with st.form("measures.new", border=False):
        values = measure_sheet.fields(here, judged, blank, key="measures.new")
        if not st.form_submit_button(say("measures.add_save"), key="measures.new_save", type="primary"):
            return
    new = measure_changes.with_period(values, here.fiscal_year)
    if not (values["title"] or "").strip():
        st.error(say("measures.title_missing"), icon=":material/error:")
    elif writing.add_measures(here.agency_id, here.fiscal_year, [new]):
        st.toast(say("measures.saved"), icon=":material/check:")
        st.rerun()
    else:
        st.info(say("measures.there_already"), icon=":material/info:")


def as_csv(here: Frame, judged: Assessment, measures: pd.DataFrame, source: str) -> pd.DataFrame:
    """One row per measure shown, headed in the visitor's language, with where the score comes from."""
    say = here.say
    columns = {
        "agency": here.agency,
        "fiscal_year": here.fiscal_year,
        "number": measures["indicator"],
        "indicator": [
            "" if pd.isna(number) else judged.rules.indicator(number).name[here.language]
            for number in measures["indicator"]
        ],
        "score": judged.scores.reindex(measures["indicator"]).to_numpy(),
        "title": measures["title"],
        "steps": measures["steps"],
        "responsible": measures["responsible"],
        "period": measures["period_text"],
        "starts": measures["period_start"],
        "ends": measures["period_end"],
        "result_text": measures["result"],
        "suggestion": measures["suggestion"],
        "status": [say(f"state.{status}") for status in measures["status"]],
        "percent": measures["percent"],
        "evidence": measures["evidence"],
        "budget": measures["budget"],
        "overdue": [say("state.overdue") if late else "" for late in measures["overdue"]],
        "source": source,
    }
    return pd.DataFrame(columns, index=measures.index).rename(columns=lambda name: say(f"column.{name}"))


def show_none(here: Frame, judged: Assessment) -> None:
    """What is said before there is a measure, with the ways to some."""
    st.title(plain(sentences.measures_title(pd.DataFrame(), here.say)), anchor=False)
    measure_changes.ask_about_stale(here, judged.rules)
    st.markdown(here.say("measures.empty", year=here.fiscal_year))
    here.show_way_to_upload("measures.to_upload")
    here.show_reading_only()
    with st.container(horizontal=True):
        show_add(here, judged)
        carrying.offer(here, judged, cache.measures(here.agency_id, here.fiscal_year))


here = now()
judged = here.assessment
if judged is None:
    here.show_nothing_yet()
    st.stop()
measure_editor.save_edits(here)
if cache.measures(here.agency_id, here.fiscal_year).empty:
    show_none(here, judged)
    st.stop()
above = st.container()
by_indicator, by_unit, by_day, by_overdue = st.columns([8, 8, 4, 5], vertical_alignment="bottom")
with by_day:
    as_of = address.day(here.say("measures.as_of"), key="measures.as_of")
measures = cache.measures(here.agency_id, here.fiscal_year, as_of)
with above:
    st.title(plain(sentences.measures_title(measures, here.say)), anchor=False)
    year_strip.show(here, measures, work_year(judged.fiscal_year), as_of)
    show_coverage(here, judged, cache.coverage(here.agency_id, here.fiscal_year, as_of))
shown = filtered(here, judged, measures, (by_indicator, by_unit, by_overdue))
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    view = address.segments(
        here.say("measures.view"),
        VIEWS,
        key="measures.view",
        say=lambda code: here.say(f"measures.view_{code}"),
        labelled=False,
    )
    note(here.say("measures.shown", count=len(shown), all=len(measures)))
    with st.container(horizontal=True, horizontal_alignment="right", width="content"):
        show_add(here, judged)
        carrying.offer(here, judged, measures)
        name = ("ITA", here.fiscal_year, here.agency, here.say("measures.page"))
        csv_button(partial(as_csv, here, judged, shown, here.source), here.say, key="measures.csv", name=name)
measure_changes.ask_about_stale(here, judged.rules)
measure_changes.ask_for_evidence(here, measures)
if shown.empty:
    st.info(here.say("measures.none_left"), icon=":material/filter_alt_off:")
elif view == "board":
    measure_board.show(here, judged, shown)
else:
    if here.may_edit:
        measure_selection.show(here, judged, shown)
    measure_editor.show(here, judged, shown)
    if here.may_edit:
        with st.container(key="measures.how_to"):
            note(here.say("measures.how_to"))
here.show_reading_only()
note(plain(here.source))
