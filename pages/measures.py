"""The improvement measures beside their indicator's score and their status: filter, edit in place, add, delete."""

import zlib
from functools import partial

import pandas as pd
import streamlit as st

from ita import sentences
from ita.assessment import Assessment
from ita.coverage import coverage
from ita.measures import STATUSES, units, units_of
from ita.sentences import state_word
from ita.ui import address, cache, measure_editor, writing
from ita.ui.escape import note, plain
from ita.ui.frame import Frame, now
from ita.ui.pictures import csv_button, score_table, show_table


def filtered(here: Frame, judged: Assessment, measures: pd.DataFrame) -> pd.DataFrame:
    """The measures that the visitor's filters leave."""
    say = here.say
    by_indicator, by_unit, by_overdue = st.columns([5, 5, 3], vertical_alignment="bottom")
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
    status = address.pills(
        say("column.status"), STATUSES, key="measures.status", say=lambda code: state_word(code, say)
    )
    kept = pd.Series(True, index=measures.index)
    if indicator is not None:
        kept &= measures["indicator"].eq(indicator).fillna(False)
    if unit is not None:
        kept &= measures["responsible"].map(lambda cell: unit in units_of(cell))
    if status:
        kept &= measures["status"].isin(status)
    return measures[kept & measures["overdue"]] if overdue else measures[kept]


def show_coverage(here: Frame, judged: Assessment, measures: pd.DataFrame) -> None:
    """What is being done about each indicator beside what is at stake: one line, and the rest for who opens it."""
    rows = coverage(judged, measures)
    with st.expander(plain(sentences.coverage_title(rows, here.say)), key="measures.coverage", icon=":material/rule:"):
        for told in sentences.coverage_notes(rows, judged.rules, here.say, here.language):
            st.markdown(plain(told))
        columns = ("indicator", "score", "gain", "measures", "open", "overdue", "state")
        table, settings = score_table(here, judged, judged.indicators, rows, columns)
        show_table(table, settings, key="measures.coverage_table", height="content")


def show_add(here: Frame, judged: Assessment) -> None:
    """The button that opens the form for a new measure."""
    if st.button(here.say("measures.add"), key="measures.add", icon=":material/add:"):
        st.dialog(here.say("measures.add"), width="medium")(add_form)(here, judged)


def add_form(here: Frame, judged: Assessment) -> None:
    """A form for one new measure, beginning with the indicator that matters most."""
    say = here.say
    numbers = [indicator.number for indicator in judged.rules.indicators]
    first = int(judged.below["indicator"].iloc[0]) if len(judged.below) else numbers[0]
    with st.form("measures.new", border=False):
        values = {
            "indicator": st.selectbox(
                say("column.indicator"),
                numbers,
                index=numbers.index(first),
                format_func=lambda number: sentences.indicator_name(judged.rules, number, here.language),
                key="measures.new_indicator",
            ),
            "title": st.text_input(say("column.title"), key="measures.new_title"),
            "steps": st.text_area(say("column.steps"), key="measures.new_steps", height=90),
            "responsible": st.text_input(say("column.responsible"), key="measures.new_responsible"),
            "period_text": st.text_input(
                say("column.period"), key="measures.new_period", placeholder=say("measures.period_example")
            ),
            "status": st.selectbox(
                say("column.status"),
                STATUSES,
                index=STATUSES.index("not_started"),
                format_func=lambda code: state_word(code, say),
                key="measures.new_status",
            ),
        }
        if not st.form_submit_button(say("measures.add_save"), key="measures.new_save", type="primary"):
            return
    new = measure_editor.with_period(values, here.fiscal_year)
    if not values["title"].strip():
        st.error(say("measures.title_missing"), icon=":material/error:")
    elif writing.add_measures(here.agency_id, here.fiscal_year, [new]):
        st.toast(say("measures.saved"), icon=":material/check:")
        st.rerun()
    else:
        st.info(say("measures.there_already"), icon=":material/info:")


def as_csv(here: Frame, judged: Assessment, measures: pd.DataFrame, source: str) -> pd.DataFrame:
    """One row per measure shown, headed in the visitor's language, with where the score comes from."""
    say = here.say
    scores = judged.indicators.set_index("indicator")["score"]
    columns = {
        "agency": here.agency,
        "fiscal_year": here.fiscal_year,
        "number": measures["indicator"],
        "indicator": [
            "" if pd.isna(number) else judged.rules.indicator(number).name[here.language]
            for number in measures["indicator"]
        ],
        "score": scores.reindex(measures["indicator"]).to_numpy(),
        "title": measures["title"],
        "steps": measures["steps"],
        "responsible": measures["responsible"],
        "period": measures["period_text"],
        "starts": measures["period_start"],
        "ends": measures["period_end"],
        "result_text": measures["result"],
        "suggestion": measures["suggestion"],
        "status": [say(f"state.{status}") for status in measures["status"]],
        "overdue": [say("state.overdue") if late else "" for late in measures["overdue"]],
        "source": source,
    }
    return pd.DataFrame(columns, index=measures.index).rename(columns=lambda name: say(f"column.{name}"))


here = now()
judged = here.assessment
if judged is None:
    here.show_nothing_yet()
    st.stop()
measure_editor.save_edits(here)
measures = cache.measures(here.agency_id, here.fiscal_year)
st.title(plain(sentences.measures_title(measures, here.say)), anchor=False)
measure_editor.ask_about_stale(here, judged.rules)
measure_editor.ask_about_deletion(here, measures)
if measures.empty:
    st.markdown(here.say("measures.empty", year=here.fiscal_year))
    if here.may_edit:
        here.show_way_to_upload("measures.to_upload")
        show_add(here, judged)
    here.show_reading_only()
    st.stop()
show_coverage(here, judged, measures)
shown = filtered(here, judged, measures)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    note(here.say("measures.shown", count=len(shown), all=len(measures)))
    with st.container(horizontal=True, horizontal_alignment="right", width="content"):
        if here.may_edit:
            show_add(here, judged)
        name = ("ITA", here.fiscal_year, here.agency, here.say("measures.page"))
        csv_button(partial(as_csv, here, judged, shown, here.source), here.say, key="measures.csv", name=name)
if shown.empty:
    st.info(here.say("measures.none_left"), icon=":material/filter_alt_off:")
else:
    measure_editor.show(here, judged, shown)
    if here.may_edit:
        with st.container(key="measures.how_to"):
            note(here.say("measures.how_to"))
here.show_reading_only()
note(plain(here.source))
