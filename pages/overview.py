"""The result at a glance: what it says, why, and what to do next."""

from functools import partial

import pandas as pd
import streamlit as st

from ita import charts, sentences
from ita.assessment import Assessment
from ita.coverage import findings
from ita.ui import cache, examples
from ita.ui.escape import note, plain
from ita.ui.frame import Frame, now
from ita.ui.pictures import bars_picture, chart_heading, radar_picture, score_table, show_chart, show_table


def show_empty(here: Frame) -> None:
    """Before any file: what this is, and the two ways to begin."""
    say = here.say
    if not here.may_upload:
        here.show_nothing_yet()
        return
    st.title(say("overview.empty_title"), anchor=False)
    st.markdown(say("overview.empty_text"))
    for step in (1, 2, 3):
        st.markdown(f"**{step}.** {say(f'overview.empty_step_{step}')}")
    with st.container(horizontal=True):
        to_upload = say("overview.empty_upload")
        if st.button(to_upload, key="overview.upload", type="primary", icon=":material/upload_file:"):
            st.switch_page(here.pages["upload"])
        if here.may_manage and st.button(
            say("overview.empty_sample"), key="overview.sample", icon=":material/science:"
        ):
            examples.load()
            st.rerun()


def show_verdict(here: Frame, judged: Assessment) -> None:
    say = here.say
    st.title(plain(sentences.verdict(judged, say, here.language)), anchor=False)
    st.markdown(f"**{plain(sentences.cause(judged, say, here.language))}**")
    context = [sentences.beside_nation(judged, say)]
    if (previous := here.previous) is not None:
        context.append(sentences.since(judged, previous, say))
    note(plain(" · ".join(filter(None, context))))
    if judged.disagrees:
        st.warning(plain(sentences.disagreement(judged, say)), icon=":material/calculate:")


def show_instruments(here: Frame, judged: Assessment) -> None:
    say = here.say
    for column, row in zip(st.columns(3), judged.instruments.itertuples(), strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"**{row.instrument}** {judged.rules.instrument(row.instrument).short[here.language]}")
            if pd.isna(row.score):
                st.header(say("chart.no_score"), anchor=False)
            else:
                shape = f":blue[{sentences.PASSED_MARK}]" if row.passed else f":orange[{sentences.BELOW_MARK}]"
                st.header(f"{shape} {row.score:.2f}", anchor=False)
                weights = {"weight": f"{row.weight:g}", "points": f"{row.points:.2f}"}
                st.markdown(f":gray[{say('overview.points', **weights)}]")
            st.markdown(sentences.instrument_note(row, say, judged.rules.pass_mark))


def show_charts(here: Frame, judged: Assessment) -> None:
    say = here.say
    bars, radar = st.columns([5, 4])
    name = ("ITA", judged.fiscal_year, here.agency)
    with bars.container(border=True, height="stretch"):
        title = sentences.bars_title(judged, say)
        draw = partial(bars_picture, here, judged, title, here.source)
        chart_heading(title, draw, say, key="overview.bars_png", name=(*name, "bars"))
        figure = cache.bar_chart(here.agency_id, here.fiscal_year, here.language, here.palette)
        show_chart(figure, key="overview.bars", alt=charts.described(judged, say, here.language))
    with radar.container(border=True, height="stretch"):
        title = sentences.radar_title(judged, say)
        draw = partial(radar_picture, here, judged, title, here.source, here.previous)
        chart_heading(
            title, draw, say, key="overview.radar_png", name=("ITA", judged.fiscal_year, here.agency, "radar")
        )
        figure = cache.radar_chart(here.agency_id, here.fiscal_year, here.language, here.palette, here.previous_year)
        described = charts.described(judged, say, here.language, previous=here.previous)
        show_chart(figure, key="overview.radar", alt=described)


def show_lists(here: Frame, judged: Assessment) -> None:
    """The ten indicators as two tables, points to develop and strengths, with the step that follows."""
    say = here.say
    summary = cache.measures_by_indicator(here.agency_id, here.fiscal_year)
    weak, strong = st.columns([3, 2])
    with weak:
        st.subheader(say("overview.weak", count=len(judged.below)), anchor=False)
        columns = ["indicator", "score", "gap", "gain", "state"]
        table, settings = score_table(here, judged, judged.below, summary, columns)
        show_table(table, settings, key="overview.weak")
        st.page_link(here.pages["measures"], label=say("overview.to_measures"), icon=":material/arrow_forward:")
    with strong:
        st.subheader(say("overview.strong", count=len(judged.strong)), anchor=False)
        table, settings = score_table(here, judged, judged.strong, summary, ["indicator", "score"])
        show_table(table, settings, key="overview.strong")
        st.page_link(here.pages["indicators"], label=say("overview.to_indicators"), icon=":material/arrow_forward:")


def show_sum(here: Frame, judged: Assessment) -> None:
    """Why this number: the sum from scores to total, the rule of the level, and how well each rule is known."""
    say = here.say
    rules = judged.rules
    with st.expander(say("overview.why"), icon=":material/calculate:"):
        heads = ("column.instrument", "overview.mean_of", "column.score", "column.weight", "column.points")
        lines = [f"| {' | '.join(map(say, heads))} |", "|:--|:--|--:|--:|--:|"]
        for row in judged.instruments.itertuples():
            scores = judged.indicators.loc[judged.indicators["instrument"] == row.instrument, "score"]
            parts = " + ".join(say("chart.no_score") if pd.isna(score) else f"{score:.2f}" for score in scores)
            mean = "–" if pd.isna(row.score) else f"{row.score:.2f}"
            points = "–" if pd.isna(row.points) else f"{row.points:.2f}"
            weight = f"× {row.weight / 100:.2f}"
            lines.append(f"| {row.instrument} | ({parts}) ÷ {row.indicators} | {mean} | {weight} | {points} |")
        total = "–" if judged.computed_total is None else f"{judged.computed_total:.2f}"
        lines.append(f"| **{say('overview.sum')}** | | | | **{total}** |")
        st.markdown("\n".join(lines))
        for found in findings(judged):
            st.markdown(plain(sentences.finding(found, rules, say, here.language)))
        st.markdown(plain(sentences.published_note(judged, say, here.language)))
        st.markdown(plain(sentences.level_rule(judged, say, here.language)))
        st.markdown(f":gray[{plain(say('overview.rounding'))}]")
        st.page_link(
            here.pages["rules"],
            label=say("rules.to_rules", year=rules.fiscal_year),
            icon=":material/arrow_forward:",
        )


here = now()
judged = here.assessment
if judged is None:
    show_empty(here)
else:
    show_verdict(here, judged)
    show_instruments(here, judged)
    show_charts(here, judged)
    show_lists(here, judged)
    show_sum(here, judged)
    note(plain(here.source))
