"""The way to the mark: the fewest documents or the least rise that reach it, and what the scores say of the causes."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from ita import charts, pathway, sentences, wayfinding
from ita.assessment import Assessment
from ita.deduction import Causes
from ita.measures import work_year
from ita.sentences import indicator_name, indicator_names
from ita.ui import address, cache, measure_changes, waiting, writing
from ita.ui.escape import note, plain
from ita.ui.frame import Frame, now
from ita.ui.pictures import show_chart, show_table

CONFIRMED = {"failed": False, "published": True}
"""What the clerk can confirm of a document, and whether it was found then."""

OWN = "total"
"""The target that one sets oneself."""


def choose_target(here: Frame, judged: Assessment) -> pathway.Target | None:
    """What is aimed at: the mark, the next level, or a total of one's own; None where nothing is left to reach."""
    say = here.say
    offered = pathway.targets(judged)
    with st.container(horizontal=True):
        name = address.segments(
            say("path.target"),
            [*offered, OWN],
            key="path.target",
            say=lambda code: target_name(here, judged, code, offered.get(code)),
        )
        if name != OWN:
            for key in ("path.total", "path.margin"):
                address.keep(key, None)
            return offered[name]
        default = next_whole(judged) if offered else judged.total or 0.0
        total = address.number(say("path.total"), (0.0, 100.0), key="path.total", default=default, step=0.5)
        margin = address.number(
            say("path.margin"),
            (0.0, 10.0),
            key="path.margin",
            default=0.0,
            step=0.5,
            help_of=say("path.margin_help"),
        )
    return pathway.targets(judged, total, margin).get(OWN)


def next_whole(judged: Assessment) -> float:
    """The whole number over the total, and over the mark."""
    return min(max(judged.rules.pass_mark, judged.total or 0) // 1 + 1, 100.0)


def target_name(here: Frame, judged: Assessment, code: str, target: pathway.Target | None) -> str:
    if code != "level" or target is None:
        return here.say(f"path.target_{code}", mark=f"{judged.rules.pass_mark:g}")
    bounds = (target.total, target.each_instrument)
    rule = next(level for level in judged.rules.levels if (level.total, level.each_instrument) == bounds)
    values = {"level": rule.name[here.language], "mark": f"{target.total:g}", "each": f"{target.each_instrument:g}"}
    return here.say("path.target_level_each" if target.each_instrument else "path.target_level", **values)


def choose_documents(here: Frame, judged: Assessment, causes: Causes) -> tuple[list[str], list[str]]:
    """The documents that are taken care of, and those that cannot be: the total moves with each tick."""
    may = [item for item in judged.rules.items if item.part in causes.failed]
    names = {item.code: f"{item.code.upper()} {item.name}" for item in may}
    done, locked = st.columns(2)
    with done:
        ticked = choose_of(here, "done", names)
    with locked:
        shut = choose_of(here, "locked", names)
    return ticked, shut


def choose_indicators(here: Frame, judged: Assessment) -> list[int]:
    """The indicators that cannot be raised."""
    names = {str(number): name for number, name in indicator_names(judged.rules, here.language).items()}
    return [int(code) for code in choose_of(here, "locked_indicators", names, "path.choose_indicators")]


def choose_of(here: Frame, what: str, names: Mapping[str, str], prompt_key: str = "path.choose") -> list[str]:
    """Any number of documents, or of what else has such names, by their codes."""
    label, prompt = here.say(f"path.{what}"), here.say(prompt_key)
    return address.several(label, list(names), key=f"path.{what}", say=names.__getitem__, placeholder=prompt)


def show_way(here: Frame, judged: Assessment, way: pathway.Way, target: pathway.Target, key: str, alt: str) -> None:
    """The steps as bars that grow towards the target, each with a button that makes a measure of it."""
    steps = way.grouped
    totals = [(here.say("path.today"), judged.total or 0)]
    if way.before.total != judged.total:
        totals.append((here.say("path.with_done"), way.before.total))
    totals += [(wayfinding.step_name(step, judged, here.say, here.language), step.total) for step in steps]
    figure = charts.way_chart(totals, target, here.say, here.palette)
    show_chart(figure, key=f"path.{key}_bars", alt=alt)
    for place, step in enumerate(steps):
        text = plain(wayfinding.step_told(step, judged, here.say, here.language))
        numbered = f"**{here.say('path.step', number=place + 1)}** {text}" if len(steps) > 1 else text
        if not here.may_edit:
            st.markdown(numbered)
            continue
        told, made = st.columns([2, 1], vertical_alignment="center")
        told.markdown(numbered)
        made.button(
            here.say("path.make"),
            key=f"path.{key}_measure.{place}",
            on_click=make_measure,
            args=(here, judged, step),
            icon=":material/playlist_add:",
            width="stretch",
        )


def reached_title(here: Frame, judged: Assessment, present: pathway.Outcome) -> str:
    """That nothing is left to reach, or that a total of one's own is there already."""
    if not pathway.targets(judged):
        return wayfinding.reached(present, judged, here.say, here.language)
    aim = st.session_state["path.total"] + st.session_state["path.margin"]
    return here.say("path.own_reached", aim=f"{aim:g}", total=f"{present.total:.2f}")


@waiting.action
def make_measure(here: Frame, judged: Assessment, step: pathway.Step) -> None:
    """A measure of a step: what to do, who did such things before, the next half year."""
    values = {
        "indicator": step.indicator,
        "title": wayfinding.measure_title(step, judged, here.say, here.language),
        "steps": "",
        "responsible": unit_before(here, step.indicator),
        "period_text": here.say("path.period", year=judged.fiscal_year, following=work_year(judged.fiscal_year)),
        "status": "not_started",
    }
    new = measure_changes.with_period(values, judged.fiscal_year)
    added = waiting.write(writing.add_measures, here.agency_id, here.fiscal_year, [new])
    st.toast(here.say("path.made" if added else "measures.there_already"), icon=":material/check:")


def unit_before(here: Frame, indicator: int) -> str:
    """Who was in charge of a measure for the indicator, this year or the year before; "" where nobody was."""
    years = [here.fiscal_year, *([here.previous.fiscal_year] if here.previous else [])]
    for year in years:
        measures = cache.measures(here.agency_id, year)
        units = measures.loc[measures["indicator"].eq(indicator) & measures["responsible"].ne(""), "responsible"]
        if len(units):
            return str(units.iloc[0])
    return ""


def show_causes(here: Frame, judged: Assessment, causes: Causes) -> None:
    """What must have failed, always marked as a deduction unless a file lists it."""
    for number, every in causes.explanations.items():
        if pd.isna(judged.scores[number]):
            continue
        st.markdown(f"**{plain(indicator_name(judged.rules, number, here.language))}** {judged.scores[number]:.2f}")
        told, ways = wayfinding.cause_of_score(number, causes, judged, here.say)
        if not every:
            st.warning(told, icon=":material/help:")
            continue
        st.markdown("\n".join([told, "", *(f"- {plain(way)}" for way in ways)]))


def show_ways(here: Frame, judged: Assessment, causes: Causes, target: pathway.Target) -> tuple[str, str]:
    """Both ways to a target beside each other; what they come to, as a title and a line under it."""
    say, language = here.say, here.language
    done, locked = choose_documents(here, judged, causes) if causes.failed else ([], [])
    of_documents, of_rise = st.columns(2)
    by_documents, by_rise = (
        of_documents.container(border=True, height="stretch"),
        of_rise.container(border=True, height="stretch"),
    )
    with by_rise:
        st.markdown(f"**{say('path.by_rise')}**")
        fixed = choose_indicators(here, judged)
    ways = pathway.ways(judged, causes, target, locked, done, fixed)
    why = wayfinding.why(ways, causes, judged, say)
    with by_documents:
        st.markdown(f"**{say('path.by_documents')}**")
        if ways.by_documents is not None:
            told = wayfinding.way(ways.by_documents, judged, say, language)
            show_way(here, judged, ways.by_documents, target, "documents", told)
        elif ways.every is not None and ways.every.after.total != judged.total:
            show_way(here, judged, ways.every, target, "documents", why)
        else:
            st.markdown(why)
    with by_rise:
        if ways.by_rise is not None:
            told = wayfinding.way(ways.by_rise, judged, say, language)
            show_way(here, judged, ways.by_rise, target, "rise", told)
        elif ways.furthest_rise is not None:
            st.markdown(say("path.rise_not_enough", total=f"{ways.furthest_rise.total:.2f}"))
        if weak := wayfinding.weak_alone(judged, say):
            note(plain(weak))
    return wayfinding.title(ways, judged, say, language), why


def confirm(here: Frame, codes: Mapping[str, str], known: Mapping[str, bool]) -> None:
    """What the clerk knows from the commission's remarks, as it is stored: which documents failed, which were found."""
    for what, column in zip(CONFIRMED, st.columns(2), strict=True):
        key = f"path.{what}"
        st.session_state[key] = [code for code in codes if known.get(code) is CONFIRMED[what]]
        column.multiselect(
            here.say(key),
            list(codes),
            format_func=codes.__getitem__,
            key=key,
            placeholder=here.say("path.choose"),
            on_change=keep_confirmed,
            args=(here, what, known),
        )


def tell_confirmed(here: Frame, codes: Mapping[str, str], known: Mapping[str, bool]) -> None:
    """What was confirmed, for who may only read it."""
    for what, found in CONFIRMED.items():
        if named := [plain(name) for code, name in codes.items() if known.get(code) is found]:
            st.markdown("\n".join([f"**{here.say(f'path.{what}')}**", "", *(f"- {name}" for name in named)]))


@waiting.action
def keep_confirmed(here: Frame, changed: str, shown: Mapping[str, bool]) -> None:
    """Store what was changed in a list since it was `shown`, before the screen says so.

    Of a document in both lists the later choice counts.
    """
    chosen, found = st.session_state[f"path.{changed}"], CONFIRMED[changed]
    taken_back = [code for code, known in shown.items() if known is found and code not in chosen]
    added = [code for code in chosen if shown.get(code) is not found]
    known = dict.fromkeys(taken_back) | dict.fromkeys(added, found)
    waiting.write(writing.save_known_items, here.agency_id, here.fiscal_year, known)


def worth_table(here: Frame, judged: Assessment) -> None:
    """What one point, and one document, is worth in points of the total."""
    worth = pathway.worth(judged.rules)
    items = {item.code: item for item in judged.rules.items}
    names = {
        "instrument": lambda code: f"{code} {judged.rules.instrument(code).short[here.language]}",
        "indicator": lambda code: indicator_name(judged.rules, int(code), here.language),
        "item": lambda code: f"{code.upper()} {items[code].name}",
    }
    table = pd.DataFrame(
        {
            "what": [names[row.kind](row.code) for row in worth.itertuples()],
            "kind": [here.say(f"path.worth_{kind}") for kind in worth["kind"]],
            "points": worth["points"].to_numpy(),
        }
    )
    config = st.column_config
    settings = {
        "what": config.TextColumn(here.say("column.what"), width="large"),
        "kind": config.TextColumn(here.say("path.worth_kind"), width="medium"),
        "points": config.NumberColumn(here.say("path.worth_points"), format="%.2f", width="small"),
    }
    show_table(table, settings, key="path.worth")


here = now()
judged = here.assessment
if judged is None:
    here.show_nothing_yet()
    st.stop()
say, rules = here.say, judged.rules
present = pathway.outcome(judged, {})
if present is None:
    st.title(plain(sentences.verdict(judged, say, here.language)), anchor=False)
    st.markdown(say("path.no_total"))
    here.show_way_to_upload("frame.to_upload")
    st.stop()
briefing = cache.briefing(here.agency_id, here.fiscal_year, dt.date.today())
top, ways, of_causes = st.container(), st.container(), st.container()
if rules.items:
    with of_causes.container(border=True):
        st.markdown(f"**{say('path.causes')}**")
        note(say("path.causes_told"))
        if not rules.origins["items"].confirmed:
            doubt = say("path.items_doubtful", year=rules.fiscal_year)
            note(f"{sentences.UNCONFIRMED_MARK} {doubt}: {plain(rules.origins['items'].source)}")
        codes = {item.code: f"{item.code.upper()} {item.name}" for item in rules.items}
        if here.may_edit:
            confirm(here, codes, briefing.known_items)
        else:
            tell_confirmed(here, codes, briefing.known_items)
        show_causes(here, judged, briefing.causes)
with ways:
    title, told = top.empty(), top.empty()
    target = choose_target(here, judged)
    if target is None:
        title.title(plain(reached_title(here, judged, present)), anchor=False)
    else:
        title_of, why = show_ways(here, judged, briefing.causes, target)
        title.title(plain(title_of), anchor=False)
        told.markdown(plain(why))
with st.expander(say("path.worth"), key="path.worth_box"):
    worth_table(here, judged)
here.show_reading_only()
note(plain(here.source))
