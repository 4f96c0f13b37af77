"""What a file was understood to say, shown before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pandas as pd
import streamlit as st

from ita.assessment import Assessment, Published, agree, assess
from ita.measures import by_indicator
from ita.reading.measures import MeasureReading
from ita.reading.names import FIGURES
from ita.reading.problems import Problem
from ita.reading.results import ResultReading
from ita.sentences import level_name
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
    worst_first = list(boxes)

    def kind(problem: Problem) -> tuple[int, str]:
        return worst_first.index(problem.severity), problem.code

    for (rank, _), group in groupby(sorted(problems, key=kind), key=kind):
        severity = worst_first[rank]
        same = list(group)
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
        place = say("upload.table", sheet=table.sheet, area=table.area, layout=say(f"layout.{table.layout}"))
        note(f":material/table: {plain(place)}")


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
    figures = wide.merge(reading.published, how="left", on=["agency", "fiscal_year"])
    figures = figures.rename(columns={"agency": say("column.agency"), "fiscal_year": say("column.fiscal_year")})
    figures = figures.rename(columns={name: say(f"column.{name}") for name in ("total", "level")}).rename(columns=str)
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


def published_of(reading: ResultReading, agency: object, fiscal_year: int) -> Published:
    """What the file prints for one agency and year."""
    rows = reading.published[reading.published["fiscal_year"] == fiscal_year]
    rows = rows[rows["agency"].isna()] if pd.isna(agency) else rows[rows["agency"] == agency]
    if rows.empty:
        return Published()
    row = rows.iloc[0]
    return Published(**{name: None if pd.isna(row[name]) else row[name] for name in FIGURES})


def _compared(judged: Assessment, here: Frame) -> pd.DataFrame:
    say, printed = here.say, judged.published
    means = judged.instruments.set_index("instrument")["score"]
    rows: list[tuple[str, ...]] = []
    pairs = [(code, getattr(printed, code.lower()), means[code]) for code in means.index]
    pairs.append((say("column.total"), printed.total, judged.computed_total))
    rows += [(name, _figure(stated), _figure(ours), _agreement(stated, ours, say)) for name, stated, ours in pairs]
    levels = [level_name(judged, level, here.language) or "–" for level in (printed.level, judged.computed_level)]
    agreed = "" if "–" in levels else say("upload.agrees") if levels[0] == levels[1] else say("upload.differs")
    rows.append((say("column.level"), *levels, agreed))
    return pd.DataFrame(rows, columns=["", say("upload.printed"), say("upload.computed"), say("upload.agreement")])


def _figure(value: float | None) -> str:
    return "–" if value is None or pd.isna(value) else f"{value:.2f}"


def _agreement(stated: float | None, ours: float | None, say: Say) -> str:
    if stated is None or ours is None or pd.isna(stated) or pd.isna(ours):
        return ""
    return say("upload.agrees") if agree(stated, ours) else say("upload.differs")


def _no_measures() -> pd.DataFrame:
    return by_indicator(pd.DataFrame({"indicator": [], "state": []}))
