"""What the office hands in, shows and sends: report, slides, workbook and a picture, each made when it is asked for."""

import datetime as dt
from functools import partial

import streamlit as st

from ita import sentences
from ita.briefing import Briefing
from ita.documents import deck, minutes, report, workbook
from ita.documents.csv_text import file_name
from ita.ui import cache
from ita.ui.escape import note, plain
from ita.ui.frame import Frame, now
from ita.ui.pictures import line_picture, prepare_pictures
from ita.ui.saving import save_button


def choose(here: Frame) -> report.Choices:
    """What is chosen for the report before it is written."""
    say = here.say
    with st.container(border=True, key="documents.choices"):
        st.markdown(f"**{say('documents.choices')}**")
        of_round, digits, on, charts = st.columns([3, 3, 2, 2], vertical_alignment="bottom")
        with of_round:
            chosen_round = st.segmented_control(
                say("documents.round"),
                report.ROUNDS,
                default=report.ROUNDS[0],
                format_func=lambda code: say(f"report.round_{code}"),
                key="documents.round",
                required=True,
            )
        with digits:
            chosen_digits = st.segmented_control(
                say("documents.digits"),
                report.DIGITS,
                default=report.DIGITS[0],
                format_func=lambda code: say(f"documents.digits_{code}"),
                key="documents.digits",
                required=True,
            )
        with on:
            day = st.date_input(say("documents.on"), key="documents.on", format="DD/MM/YYYY")
        with charts:
            with_charts = st.toggle(say("documents.charts"), value=True, key="documents.charts")
        position = st.text_input(
            say("documents.position"), key="documents.position", placeholder=say("documents.position_example")
        )
    day = day if isinstance(day, dt.date) else dt.date.today()
    return report.Choices(day, chosen_round, position.strip(), chosen_digits, with_charts)


def offer(here: Frame, briefing: Briefing, choices: report.Choices) -> None:
    """The documents, two beside each other, each with what it is for."""
    say = here.say
    name = ("ITA", here.fiscal_year, here.agency)
    offers = (
        (
            "word",
            partial(report.write, briefing, choices, here.language),
            report.MIME,
            "docx",
            ":material/description:",
        ),
        ("deck", partial(deck.write, briefing, here.language), deck.MIME, "pptx", ":material/slideshow:"),
        ("workbook", partial(workbook.write, briefing, here.language), workbook.MIME, "xlsx", ":material/table_view:"),
        ("line", partial(line_picture, here, briefing), "image/png", "png", ":material/image:"),
    )
    places = [*st.columns(2), *st.columns(2)]
    for column, (kind, build, mime, ending, icon) in zip(places, offers, strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"**{say(f'documents.{kind}')}**")
            st.markdown(plain(about(here, kind, briefing, choices)))
            save_button(
                say(f"documents.{kind}_get"),
                build,
                file_name(*name, say(f"documents.{kind}_file"), ending=ending),
                mime,
                say,
                key=f"documents.{kind}",
                icon=icon,
                type="primary" if kind == "word" else "secondary",
            )


def show_minutes(here: Frame, briefing: Briefing) -> None:
    """The text for the minutes, with a button on it that copies it."""
    with st.container(border=True, key="documents.minutes"):
        st.markdown(f"**{here.say('documents.minutes')}**")
        st.caption(here.say("documents.minutes_about"))
        st.code(minutes.write(briefing, here.language), language=None, wrap_lines=True)


def about(here: Frame, kind: str, briefing: Briefing, choices: report.Choices) -> str:
    """What is in a document, with how much of it."""
    measures = briefing.measures if kind != "word" else report.measures_of(briefing, choices)
    of_round = here.say(f"report.round_{choices.round}")
    values = {"measures": len(measures), "round": of_round, "date": sentences.day_text(choices.on, here.say)}
    return here.say(f"documents.{kind}_about", **values)


here = now()
judged = here.assessment
if judged is None:
    here.show_nothing_yet()
    st.stop()
st.title(plain(here.say("documents.title", year=judged.fiscal_year)), anchor=False)
st.markdown(plain(sentences.verdict(judged, here.say, here.language)))
choices = choose(here)
briefing = cache.briefing(here.agency_id, here.fiscal_year, choices.on)
if briefing is not None:
    offer(here, briefing, choices)
    show_minutes(here, briefing)
note(plain(here.source))
prepare_pictures()
