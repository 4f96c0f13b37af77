"""The rules of the chosen year as its rulebook has them, each with its source and how well it is known."""

from typing import Any

import pandas as pd
import streamlit as st

from ita import sentences
from ita.pathway import worth
from ita.rulebooks import Rulebook, fiscal_years, rulebook
from ita.ui import address
from ita.ui.escape import plain
from ita.ui.frame import Frame, now
from ita.ui.paper import MISSING
from ita.ui.pictures import show_table

YEAR = "rules.year"


def chosen_year(here: Frame) -> int:
    """The frame's year; while nothing is stored, one of all years that have rules, the latest first."""
    if here.fiscal_year is not None:
        return here.fiscal_year
    years = sorted(fiscal_years(), reverse=True)
    address.start(YEAR, lambda text: next((year for year in years if str(year) == text), None), years[0])
    st.selectbox(here.say("rules.year"), years, key=YEAR, width=210)
    year = int(st.session_state[YEAR])
    address.keep(YEAR, str(year))
    return year


def show(here: Frame, name: str, rows: list[dict[str, object]], widths: dict[str, int], **formats: str) -> None:
    """A table of rules under its heading; columns are named by their keys in `rules`, numbers formatted as told."""
    config = st.column_config
    settings: dict[str, Any] = {
        column: config.NumberColumn(here.say(f"rules.column_{column}"), format=formats[column], width=width)
        if column in formats
        else config.TextColumn(here.say(f"rules.column_{column}"), width=width)
        for column, width in widths.items()
    }
    with st.container(key=f"rules.{name}"):
        st.subheader(here.say(f"rules.{name}"), anchor=False)
        show_table(pd.DataFrame(rows, columns=list(widths)), settings, height="content")


def show_whole(here: Frame, name: str, rows: list[dict[str, str]]) -> None:
    """A table of rules whose texts are wrapped where a grid would cut them."""
    table = pd.DataFrame(rows).map(plain).rename(columns=lambda column: plain(here.say(f"rules.column_{column}")))
    with st.container(key=f"rules.{name}"):
        st.subheader(here.say(f"rules.{name}"), anchor=False)
        st.table(table, hide_index=True, border="horizontal")


def show_summary(here: Frame, rules: Rulebook) -> None:
    """Every rule with what it says, where it is from and how well it is known."""
    say = here.say
    values = {
        "pass_mark": f"{rules.pass_mark:g}",
        "weights": " · ".join(f"{instrument.code} {instrument.weight:g}%" for instrument in rules.instruments),
        "indicators": say("rules.indicators_value", count=len(rules.indicators)),
        "levels": say("rules.levels_value", count=len(rules.levels)),
        "items": say("rules.items_value", count=len(rules.items)) if rules.items else "–",
        "national": f"{rules.national_average:.2f}",
    }
    rows = [
        {
            "rule": say(f"rules.{name}"),
            "value": value,
            "known": sentences.confidence_word(rules.origins[name], say),
            "source": rules.origins[name].source,
        }
        for name, value in values.items()
    ]
    show_whole(here, "summary", rows)


def show_levels(here: Frame, rules: Rulebook) -> None:
    """The lower bounds of each level: of the total, and from the year that asks for it, of every instrument."""
    rows: list[dict[str, object]] = [
        {
            "level": level.name[here.language],
            "total": level.total,
            "each": level.each_instrument or None,
            "known": sentences.confidence_word(level.origin, here.say),
        }
        for level in rules.levels
    ]
    widths = {"level": 150, "total": 110, "each": 130, "known": 230}
    if not any(level.each_instrument for level in rules.levels):
        del widths["each"]
    show(here, "levels", rows, widths, total="%g", each="%g")


def show_national(here: Frame) -> None:
    """The national average of every year that has rules."""
    rows: list[dict[str, object]] = [
        {
            "year": str(year),
            "average": rulebook(year).national_average,
            "known": sentences.confidence_word(rulebook(year).origins["national"], here.say),
        }
        for year in reversed(fiscal_years())
    ]
    show(here, "national", rows, {"year": 70, "average": 90, "known": 200}, average="%.2f")


def show_indicators(here: Frame, rules: Rulebook) -> None:
    """The ten indicators with their instrument, its weight, and how many items each has where that is known."""
    rows = []
    for indicator in rules.indicators:
        instrument = rules.instrument(indicator.instrument)
        documents = sum(item.indicator == indicator.number for item in rules.items)
        rows.append(
            {
                "indicator": sentences.indicator_name(rules, indicator.number, here.language),
                "instrument": f"{instrument.code} {instrument.short[here.language]} ({instrument.weight:g}%)",
                "questions": str(rules.survey_items.get(instrument.code) or documents or MISSING),
                "about": indicator.about[here.language],
            }
        )
    show_whole(here, "indicators", rows)


def show_items(here: Frame, rules: Rulebook) -> None:
    """The OIT items by part; that they are not known, where they are not."""
    if not rules.items:
        st.subheader(here.say("rules.items"), anchor=False)
        st.info(f"{sentences.UNCONFIRMED_MARK} {here.say('rules.items_unknown')}", icon=":material/help:")
        return
    points = worth(rules).set_index("code")["points"]
    rows: list[dict[str, object]] = [
        {
            "part": f"{item.part} {rules.parts.get(item.part, '')}".strip(),
            "code": item.code,
            "name": item.name,
            "worth": points[item.code],
        }
        for item in rules.items
    ]
    show(here, "items", rows, {"part": 280, "code": 60, "name": 490, "worth": 150}, worth="%.2f")


here = now()
title = st.empty()
rules = rulebook(chosen_year(here))
title.title(plain(sentences.rules_title(rules, here.say)), anchor=False)
show_summary(here, rules)
levels, national = st.columns([3, 2])
with levels:
    show_levels(here, rules)
with national:
    show_national(here)
show_indicators(here, rules)
show_items(here, rules)
