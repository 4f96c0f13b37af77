"""The result beside the years before it, and beside other agencies when a list of them is stored."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from ita import charts, comparing, trend
from ita.assessment import Assessment
from ita.peers import Peers
from ita.sentences import indicator_name, state_word
from ita.text import Say
from ita.ui import address, cache
from ita.ui.escape import note, plain
from ita.ui.frame import Frame, now
from ita.ui.pictures import csv_button, show_chart, show_table

EVERY = ""
"""The choice of no province and of no kind: the whole list."""
NEIGHBOURS = 8
"""Rows of the ranking that are shown above and below the agency's own; the file has all."""


def row_name(here: Frame, judged: Assessment, what: int | str) -> str:
    """The total or an indicator, as a row of a table is headed."""
    return here.say("column.total") if what == trend.TOTAL else indicator_name(judged.rules, int(what), here.language)


def answered_name(here: Frame, judged: Assessment, number: int) -> str:
    """The name of the indicator that a measure is for, or that it states none."""
    missing = pd.isna(number)
    return here.say("check_sheet.no_indicator") if missing else indicator_name(judged.rules, number, here.language)


# The years


def show_years(here: Frame, years: Sequence[Assessment]) -> None:
    """What moved since the year before, and every year's scores."""
    say, language = here.say, here.language
    judged = years[-1]
    if len(years) < 2:
        st.markdown(f"**{say('compare.one_year', year=judged.fiscal_year)}**")
        st.markdown(say("compare.one_year_text"))
        here.show_way_to_upload("frame.to_upload")
        return
    previous = years[-2]
    moved = trend.changes(judged, previous)
    title = comparing.changes_title(moved, previous.fiscal_year, say)
    st.markdown(f"**{plain(title)}**")
    figure = charts.change_chart(moved, judged, previous, say, language, here.palette)
    show_chart(
        figure, key="compare.years_bars", alt=comparing.changes_told(moved, judged, previous.fiscal_year, say, language)
    )
    if found := trend.differences(judged.rules, previous.rules):
        told = comparing.differences(found, previous.fiscal_year, judged.fiscal_year, say)
        st.info(plain(told), icon=":material/rule:")
    by_year = trend.by_year(years)
    newest_first = [str(year) for year in reversed(by_year.columns)]
    head = pd.DataFrame(
        {
            "what": [row_name(here, judged, what) for what in by_year.index],
            "change": moved["change"],
            "trend": [row.dropna().tolist() for _, row in by_year.iterrows()],
        },
        index=by_year.index,
    )
    table = head.join(by_year.rename(columns=str)[newest_first])
    config = st.column_config
    settings = {
        "what": config.TextColumn(say("column.indicator"), width=214),
        "change": config.NumberColumn(say("compare.change"), format="%+.2f", width=62),
        "trend": config.LineChartColumn(say("compare.trend"), y_min=0, y_max=100, width=64),
        **{year: config.NumberColumn(year, format="%.2f", width=58) for year in newest_first},
    }
    show_table(table.reset_index(drop=True), settings, key="compare.years", height="content")


def show_effects(here: Frame, judged: Assessment, previous: Assessment) -> None:
    """The measures that answered the previous result, beside what became of their indicators."""
    say = here.say
    measures = cache.measures(here.agency_id, previous.fiscal_year)
    told = trend.effects(measures, judged, previous)
    if told.empty:
        return
    with st.container(border=True):
        st.markdown(f"**{plain(comparing.effects_title(told, previous.fiscal_year, say))}**")
        note(say("compare.effects_told"))
        table = pd.DataFrame(
            {
                "title": told["title"].to_numpy(),
                "indicator": [
                    say("check_sheet.no_indicator")
                    if pd.isna(number)
                    else indicator_name(judged.rules, number, here.language)
                    for number in told["indicator"]
                ],
                "state": [state_word(state, say) for state in told["state"]],
                "change": told["change"].to_numpy(),
                "effect": [comparing.effect_word(effect, say) for effect in told["effect"]],
            }
        )
        config = st.column_config
        settings = {
            "title": config.TextColumn(say("column.title"), width="large"),
            "indicator": config.TextColumn(say("column.indicator"), width=210),
            "state": config.TextColumn(say("column.status"), width=130),
            "change": config.NumberColumn(say("compare.change"), format="%+.2f", width=80),
            "effect": config.TextColumn(say("compare.effect"), width=170),
        }
        show_table(table, settings, key="compare.effects")


# The others


def choose_group(here: Frame, everyone: Peers, agency_id: int) -> tuple[Peers, str]:
    """The agencies to stand among, those most like the own one unless others are chosen; and who they are."""
    say = here.say
    home, own_kind = everyone.nearest(agency_id)
    with st.container(horizontal=True):
        province = address.one_of(
            say("compare.province"),
            [EVERY, *everyone.provinces],
            key="compare.province",
            say=lambda name: name or say("compare.every_province"),
            default=home or EVERY,
        )
        kind = address.one_of(
            say("compare.kind"),
            [EVERY, *everyone.kinds],
            key="compare.kind",
            say=lambda code: say(f"kind.{code}") if code else say("compare.every_kind"),
            default=own_kind or EVERY,
        )
    where = say("compare.in", province=province) if province else ""
    who = say(f"kind.{kind}") if kind else say("compare.agencies")
    who = who[:1].lower() + who[1:]  # in the middle of a sentence
    return everyone.among(province or None, kind or None), " ".join(filter(None, (who, where)))


def show_peers(here: Frame, judged: Assessment, own: pd.Series, group: Peers, named: str) -> pd.DataFrame | None:
    """The median and the middle half of the group with the own scores; the frame of `Peers.spread`."""
    say, language = here.say, here.language
    if len(group.agencies.index.difference([here.agency_id])) == 0:
        st.markdown(f"**{say('compare.nobody')}**")
        return None
    spread = group.spread(own)
    st.markdown(f"**{plain(comparing.spread_title(spread, named, say))}**")
    figure = charts.spread_chart(spread, judged, say, language, here.palette)
    show_chart(figure, key="compare.peers_bars", alt=comparing.spread_told(spread, judged, say, language))
    table = pd.DataFrame(
        {
            "what": [row_name(here, judged, what) for what in spread.index],
            "own": spread["own"].to_numpy(),
            "median": spread["median"].to_numpy(),
            "over": comparing.over_median(spread).to_numpy(),
            "half": [f"{row.lower:.2f}–{row.upper:.2f}" for row in spread.itertuples()],
        }
    )
    config = st.column_config
    settings = {
        "what": config.TextColumn(say("column.indicator"), width=214),
        "own": config.NumberColumn(say("column.score"), format="%.2f", width=58),
        "median": config.NumberColumn(say("compare.median"), format="%.2f", width=62, help=say("compare.median_help")),
        "over": config.NumberColumn(say("compare.over"), format="%+.2f", width=64),
        "half": config.TextColumn(say("compare.range"), width=112, help=say("compare.half_help")),
    }
    show_table(table, settings, key="compare.peers", height="content")
    return spread


def show_ranking(here: Frame, group: Peers, named: str) -> None:
    """The group from the highest total down, around the own place; all of it in the file."""
    say = here.say
    ranking = group.ranking()
    place = int(ranking.index.get_indexer([here.agency_id])[0])
    first = max(place - NEIGHBOURS, 0)
    shown = ranking.iloc[first : first + 2 * NEIGHBOURS + 1]
    st.markdown(f"**{plain(comparing.place(ranking, here.agency_id, named, say))}**")
    config = st.column_config
    settings = {
        "place": config.NumberColumn(say("compare.place"), width=70),
        "name": config.TextColumn(say("column.agency"), width="large"),
        "province": config.TextColumn(say("compare.province"), width=130),
        "total": config.NumberColumn(say("column.total"), format="%.2f", width=90),
        "level": config.TextColumn(say("column.level"), width=110),
    }
    here_mark = [
        say("compare.here", name=name) if number == here.agency_id else name
        for number, name in zip(shown.index, shown["name"], strict=True)
    ]
    show_table(shown.assign(name=here_mark)[list(settings)], settings, key="compare.places", height="content")
    note(say("compare.places_shown", count=len(shown), all=len(ranking)))
    name = ("ITA", here.fiscal_year, named, say("compare.ranking"))
    csv_button(
        partial(ranking_csv, ranking, say), say, key="compare.ranking_csv", name=name, label="compare.whole_ranking"
    )


def ranking_csv(ranking: pd.DataFrame, say: Say) -> pd.DataFrame:
    headings = {
        "place": say("compare.place"),
        "name": say("column.agency"),
        "province": say("compare.province"),
        "total": say("column.total"),
        "level": say("column.level"),
    }
    return ranking[list(headings)].rename(columns=headings)


def as_csv(
    here: Frame, years: Sequence[Assessment], spread: pd.DataFrame | None, named: str, source: str
) -> pd.DataFrame:
    """One row for the total and one per indicator: every year, the last change, the group's median and middle half."""
    say, judged = here.say, years[-1]
    by_year = trend.by_year(years)
    table = by_year.set_axis([say("chart.year", year=year) for year in by_year.columns], axis="columns")
    table.insert(0, say("column.agency"), here.agency)
    table.insert(1, say("column.indicator"), [row_name(here, judged, what) for what in by_year.index])
    if len(years) > 1:
        table[say("compare.change")] = trend.changes(judged, years[-2])["change"]
    if spread is not None:
        table[say("compare.group")] = named
        for column in ("count", "lower", "median", "upper"):
            table[say(f"compare.{column}")] = spread[column]
    table[say("column.source")] = source
    return table


here = now()
judged = here.assessment
if judged is None or here.agency_id is None or here.fiscal_year is None:
    here.show_nothing_yet()
    st.stop()
say = here.say
years = cache.assessments_until(here.agency_id, here.fiscal_year)
everyone = cache.peers(here.fiscal_year)
title = st.empty()
of_years, of_peers = st.columns(2)
with of_years.container(border=True, height="stretch"):
    show_years(here, years)
spread, named = None, ""
with of_peers.container(border=True, height="stretch"):
    if len(everyone.agencies) < 2:
        st.markdown(f"**{say('compare.alone')}**")
        st.markdown(say("compare.alone_text", year=here.fiscal_year))
        here.show_way_to_upload("frame.to_upload")
    else:
        group, named = choose_group(here, everyone, here.agency_id)
        spread = show_peers(here, judged, everyone.agencies.loc[here.agency_id], group, named)
title.title(plain(comparing.compared(judged, here.previous, spread, named, say)), anchor=False)
if len(years) > 1:
    show_effects(here, judged, years[-2])
if spread is not None and address.toggle(say("compare.ranking"), key="compare.ranking"):
    show_ranking(here, group, named)
csv_button(
    partial(as_csv, here, years, spread, named, here.source),
    say,
    key="compare.csv",
    name=("ITA", here.fiscal_year, here.agency, say("compare.page")),
)
note(plain(here.source))
