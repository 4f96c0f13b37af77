"""What a file was understood to say, shown before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import pandas as pd
import streamlit as st

from ita.assessment import Assessment, assess
from ita.documents.findings import agreement, by_kind, compared, published_of, severity_name
from ita.measures import by_indicator
from ita.reading.measures import MeasureReading
from ita.reading.names import INSTRUMENTS
from ita.reading.places import DOCUMENT, area_in_words, in_words
from ita.reading.problems import Problem
from ita.reading.results import KEY, Recognised, ResultReading
from ita.sentences import measure_heading, measure_word
from ita.text import Say
from ita.ui import paper
from ita.ui.escape import note, plain
from ita.ui.frame import Frame
from ita.ui.pictures import score_table, show_table

MOST_PLACES = 12
"""Cells named of one kind of problem; the rest is counted."""
MOST_ROWS = 500
"""Rows of a long list shown in a preview."""
MANY_HEIGHT = 420
"""Pixels that a long list takes; it scrolls in itself, and what follows stays in reach."""

_MEASURE = ("indicator", "title", "steps", "responsible", "period_text", "result", "suggestion", "status")
_IF_STATED = ("percent", "budget", "evidence")
"""Columns of measures: always shown, and where the file states any."""

_ICONS = {"error": ":material/error:", "warning": ":material/warning:", "info": ":material/info:"}
_COLOURS = {"error": ":red", "warning": ":yellow", "info": ":blue"}


def show_refusal(problems: Iterable[Problem], say: Say, language: str) -> None:
    """Why nothing could be read: what is wrong, where, and what to do."""
    boxes = {"error": st.error, "warning": st.warning, "info": st.info}
    for same in by_kind(problems):
        boxes[same[0].severity](_told(same, say, language), icon=_ICONS[same[0].severity])


def show_problems(problems: Iterable[Problem], say: Say, language: str) -> None:
    """All problems by severity, worst first, and in each by kind; what needs nobody is folded."""
    for severity, kinds in groupby(by_kind(problems), key=lambda same: same[0].severity):
        told = [_told(same, say, language) for same in kinds]
        label = f"{_COLOURS[severity]}[**{severity_name(severity, say)}**] {say('upload.kinds', count=len(told))}"
        with st.expander(label, expanded=severity != "info", icon=_ICONS[severity]):
            st.markdown("\n\n".join(told))


def _told(same: Sequence[Problem], say: Say, language: str) -> str:
    """Problems of one kind as Markdown: what it is, in which cells, and what to do."""
    title, advice = plain(same[0].title(language)), plain(same[0].advice(language))
    told = [_placed(problem, language) for problem in same[:MOST_PLACES]]
    if len(same) == 1:
        return f"**{title}**  \n{told[0]}  \n{advice}"
    if len(same) > MOST_PLACES:
        told.append(say("upload.more_places", count=f"{len(same) - MOST_PLACES:,}"))
    return f"**{title}** ({len(same):,})\n" + "\n".join(f"- {line}" for line in told) + f"\n\n{advice}"


def _placed(problem: Problem, language: str) -> str:
    place = problem.place(language)
    return f"{plain(place)}: {plain(problem.told(language))}" if place else plain(problem.told(language))


def show_recognised(reading: ResultReading, say: Say) -> None:
    """Which tables were found, on which sheet and cells, in which arrangement."""
    places = [_place_of(table, say) for table in reading.tables[:MOST_PLACES]]
    if len(reading.tables) > MOST_PLACES:
        places.append(say("upload.more_places", count=len(reading.tables) - MOST_PLACES))
    note("  \n".join(f":material/table: {plain(place)}" for place in places))


def _place_of(table: Recognised, say: Say) -> str:
    key = "upload.table_of_document" if table.sheet == DOCUMENT else "upload.table"
    area = area_in_words(table.sheet, table.area, say)
    return say(key, sheet=table.sheet, area=area, layout=say(f"layout.{table.layout}"))


def show_one_result(here: Frame, reading: ResultReading) -> None:
    """The ten rows as they will be used, and the printed figures beside the recomputed ones."""
    for (agency, year), scores in reading.scores.groupby(["agency", "fiscal_year"], dropna=False):
        if pd.isna(year):
            continue
        printed = published_of(reading, agency, int(year))
        judged = assess(scores, int(year), printed)
        left, right = st.columns([3, 2])
        with left:
            numbers = judged.indicators["indicator"]
            whose = plain(f"{agency} · ") if len(reading.agencies) > 1 else ""
            st.markdown(f"**{whose}{here.say('upload.rows', year=year)}**")
            columns = ("indicator", "score", "result")
            table, settings = score_table(here, judged, judged.indicators, _no_measures(), columns)
            table[here.say("upload.cell")] = _cells(scores, here.say).reindex(numbers).fillna("–").to_numpy()
            show_table(table, settings, height="content")
        with right:
            st.markdown(f"**{here.say('upload.compared')}**")
            table = _compared(judged, here)
            # A level may be any text: it is cut in its cell, and pushes no column out of sight.
            show_table(table, {name: {"width": 90} for name in table.columns})


def _cells(scores: pd.DataFrame, say: Say) -> pd.Series[str]:
    """Where each indicator's score stands: with the sheet where there are several, in words in a document."""
    several = scores["sheet"].nunique() > 1
    places = [
        in_words(sheet, cell, say) if several or sheet == DOCUMENT else cell
        for sheet, cell in zip(scores["sheet"], scores["cell"], strict=True)
    ]
    return pd.Series(places, index=scores["indicator"], dtype="str")


def show_many_results(reading: ResultReading, say: Say) -> None:
    """One row per agency and year of a long list, as far as a screen can take it."""
    whose = [reading.published[KEY], reading.scores[KEY], reading.items[KEY]]
    keys = pd.concat([frame.drop_duplicates() for frame in whose]).drop_duplicates()
    first = keys.head(MOST_ROWS)
    scores = reading.scores.merge(first, on=KEY)
    wide = scores.pivot(index=KEY, columns="indicator", values="score").reset_index()
    figures = first.merge(wide, how="left", on=KEY).merge(reading.published, how="left", on=KEY)
    figures = figures.dropna(axis=1, how="all")
    words = {name: say(f"column.{name}") for name in (*KEY, "total", "level")}
    figures = figures.rename(columns=words | {code: code.upper() for code in INSTRUMENTS}).rename(columns=str)
    if len(keys) > MOST_ROWS:
        note(say("upload.first_rows", shown=MOST_ROWS, count=f"{len(keys):,}"))
    two_decimals = {name: st.column_config.NumberColumn(format="%.2f") for name in figures.select_dtypes("float")}
    st.dataframe(figures, hide_index=True, column_config=two_decimals, height=MANY_HEIGHT)
    paper.show_table(figures.head(paper.MOST_ROWS), two_decimals)
    if len(figures) > paper.MOST_ROWS:
        paper.show_line(say("upload.first_rows", shown=paper.MOST_ROWS, count=f"{len(keys):,}"))


def show_measures(here: Frame, reading: MeasureReading) -> None:
    """The measures as they will be used: one row each."""
    say = here.say
    stated = reading.measures[list(_IF_STATED)].replace("", pd.NA).notna().any()
    table = reading.measures[[*_MEASURE, *stated.index[stated]]]
    for column in ("status", *stated.index[stated]):
        table[column] = [measure_word(column, value, say) for value in table[column]]
    headings = {name: measure_heading(name, say) for name in table} | {"indicator": say("column.number")}
    show_table(table.rename(columns=headings), {}, row_height=60)


def _compared(judged: Assessment, here: Frame) -> pd.DataFrame:
    say = here.say
    rows = [
        (figure.name, figure.printed, figure.computed, agreement(figure, say))
        for figure in compared(judged, say, here.language)
    ]
    return pd.DataFrame(rows, columns=["", say("upload.printed"), say("upload.computed"), say("upload.agreement")])


def _no_measures() -> pd.DataFrame:
    return by_indicator(pd.DataFrame({"indicator": [], "state": []}))
