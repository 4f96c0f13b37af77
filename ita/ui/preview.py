"""What a file was understood to say, shown before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from ita.assessment import Assessment, assess
from ita.documents.findings import agreement, by_kind, compared, published_of
from ita.measures import by_indicator
from ita.reading.measures import MeasureReading
from ita.reading.names import INSTRUMENTS
from ita.reading.places import DOCUMENT, area_in_words
from ita.reading.problems import Problem
from ita.reading.results import ResultReading
from ita.text import Say
from ita.ui.escape import note, plain
from ita.ui.frame import Frame
from ita.ui.pictures import score_table, state_word

MOST_PLACES = 12
"""Cells named of one kind of problem; the rest is counted."""
MOST_ROWS = 500
"""Rows of a long list shown in a preview."""

_ICONS = {"error": ":material/error:", "warning": ":material/warning:", "info": ":material/info:"}


def show_problems(problems: Iterable[Problem], say: Say, language: str) -> None:
    """All problems, grouped by kind, worst first: what it is, in which cells, and what to do."""
    boxes = {"error": st.error, "warning": st.warning, "info": st.info}
    for same in by_kind(problems):
        severity = same[0].severity
        title, advice = plain(same[0].title(language)), plain(same[0].advice(language))
        told = [_placed(problem, language) for problem in same[:MOST_PLACES]]
        if len(same) > MOST_PLACES:
            told.append(say("upload.more_places", count=len(same) - MOST_PLACES))
        if len(same) == 1:
            text = f"**{title}**  \n{told[0]}  \n{advice}"
        else:
            text = f"**{title}** ({len(same)})\n" + "\n".join(f"- {line}" for line in told) + f"\n\n{advice}"
        boxes[severity](text, icon=_ICONS[severity])


def _placed(problem: Problem, language: str) -> str:
    place = problem.place(language)
    return f"{plain(place)}: {plain(problem.told(language))}" if place else plain(problem.told(language))


def show_recognised(reading: ResultReading, say: Say) -> None:
    """Whose result of which year, from which sheet and cells, in which arrangement."""
    agencies = reading.agencies
    several = say("upload.agencies", count=f"{len(agencies):,}") if agencies else "–"
    whose = agencies[0] if len(agencies) == 1 else several
    years = ", ".join(map(str, reading.fiscal_years)) or "–"
    st.markdown(f"**{say('column.agency')}** {plain(whose)}  \n**{say('column.fiscal_year')}** {years}")
    for table in reading.tables:
        key = "upload.table_of_document" if table.sheet == DOCUMENT else "upload.table"
        area = area_in_words(table.sheet, table.area, say)
        place = say(key, sheet=table.sheet, area=area, layout=say(f"layout.{table.layout}"))
        note(f":material/table: {plain(place)}")
    if not reading.items.empty:
        note(f":material/checklist: {say('upload.items', count=f'{len(reading.items):,}')}")


def show_one_result(here: Frame, reading: ResultReading) -> None:
    """The ten rows as they will be used, and the printed figures beside the recomputed ones."""
    for (agency, year), scores in reading.scores.groupby(["agency", "fiscal_year"], dropna=False):
        if pd.isna(year):
            continue
        printed = published_of(reading, agency, int(year))
        judged = assess(scores, int(year), printed)
        left, right = st.columns([3, 2])
        with left:
            st.markdown(f"**{here.say('upload.rows', year=year)}**")
            columns = ("indicator", "score", "result")
            table, settings = score_table(here, judged, judged.indicators, _no_measures(), columns)
            cells = scores.set_index("indicator")["cell"].reindex(judged.indicators["indicator"])
            table[here.say("upload.cell")] = cells.fillna("–").to_numpy()
            st.dataframe(table, hide_index=True, column_config=settings, height="content")
        with right:
            st.markdown(f"**{here.say('upload.compared')}**")
            st.dataframe(_compared(judged, here), hide_index=True)


def show_many_results(reading: ResultReading, say: Say) -> None:
    """One row per agency and year of a long list, as far as a screen can take it."""
    wide = reading.scores.pivot(index=["agency", "fiscal_year"], columns="indicator", values="score").reset_index()
    figures = wide.merge(reading.published, how="outer", on=["agency", "fiscal_year"], sort=False)
    figures = figures.dropna(axis=1, how="all")
    words = {name: say(f"column.{name}") for name in ("agency", "fiscal_year", "total", "level")}
    figures = figures.rename(columns=words | {code: code.upper() for code in INSTRUMENTS}).rename(columns=str)
    if len(figures) > MOST_ROWS:
        note(say("upload.first_rows", shown=MOST_ROWS, count=f"{len(figures):,}"))
    st.dataframe(figures.head(MOST_ROWS), hide_index=True)


def show_measures(here: Frame, reading: MeasureReading) -> None:
    """The measures as they will be used: one row each."""
    say = here.say
    names = {
        "indicator": "column.number",
        "title": "column.title",
        "steps": "column.steps",
        "responsible": "column.responsible",
        "period_text": "column.period",
        "result": "column.result_text",
        "suggestion": "column.suggestion",
        "status": "column.status",
    }
    table = reading.measures[list(names)].copy()
    table["status"] = [state_word(status, say) for status in table["status"]]
    st.dataframe(table.rename(columns={name: say(key) for name, key in names.items()}), hide_index=True, row_height=60)


def _compared(judged: Assessment, here: Frame) -> pd.DataFrame:
    say = here.say
    rows = [
        (figure.name, figure.printed, figure.computed, agreement(figure, say))
        for figure in compared(judged, say, here.language)
    ]
    return pd.DataFrame(rows, columns=["", say("upload.printed"), say("upload.computed"), say("upload.agreement")])


def _no_measures() -> pd.DataFrame:
    return by_indicator(pd.DataFrame({"indicator": [], "state": []}))
