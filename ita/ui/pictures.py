"""Charts and tables on the screen: the one place that says how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ita.assessment import Assessment
from ita.briefing import Briefing
from ita.documents.csv_text import MIME, file_name, write_csv
from ita.sentences import gain_word, indicator_name, result_word, state_word
from ita.text import Say
from ita.ui import paper
from ita.ui.escape import plain
from ita.ui.frame import Frame


def show_chart(figure: go.Figure, *, key: str, alt: str, select: bool = False) -> Any:
    """A chart with its words for those who cannot see it. With `select`, a click on it comes back in a new run."""
    return st.plotly_chart(
        figure,
        key=key,
        theme=None,
        config={"displayModeBar": False},
        alt=alt,
        on_select="rerun" if select else "ignore",
        selection_mode="points",
    )


def chart_heading(title: str, build: Callable[[], bytes], say: Say, *, key: str, name: Sequence[object]) -> None:
    """What a chart says, with a button that saves it as a picture at twice the size, drawn when it is asked for."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{plain(title)}**", width="content")
        st.download_button(
            say("download.png"),
            build,
            file_name(*name, ending="png"),
            "image/png",
            key=key,
            on_click="ignore",
            icon=":material/image:",
            type="tertiary",
            help=say("download.png_help"),
        )


def prepare_pictures() -> None:
    """Load what draws pictures, which takes a second: once everything is shown, and before somebody asks for one."""
    from ita.documents import line_picture, picture  # noqa: F401


def bars_picture(here: Frame, judged: Assessment, title: str, source: str, rows: pd.DataFrame | None = None) -> bytes:
    """The bars as a PNG that stands for itself: it names the agency and the year."""
    # The drawing library takes a second to load: only who asks for a picture waits for it.
    from ita.documents.picture import write_bars

    heading = here.say("download.png_title", agency=here.agency, year=judged.fiscal_year, title=title)
    return write_bars(judged, here.say, here.language, title=heading, source=source, rows=rows)


def radar_picture(here: Frame, judged: Assessment, title: str, source: str, previous: Assessment | None) -> bytes:
    """The radar as a PNG that stands for itself, with the year before where there is one."""
    from ita.documents.picture import write_radar

    heading = here.say("download.png_title", agency=here.agency, year=judged.fiscal_year, title=title)
    return write_radar(judged, here.say, here.language, title=heading, source=source, previous=previous)


def line_picture(here: Frame, briefing: Briefing) -> bytes:
    """The year on one upright picture, to send in LINE."""
    from ita.documents.line_picture import write

    return write(briefing, here.language)


def score_table(
    now: Frame, judged: Assessment, rows: pd.DataFrame, summary: pd.DataFrame, columns: Sequence[str]
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """A table of indicators ready to show: its frame, and the settings of its columns.

    `rows` are rows of `judged.indicators`, `summary` comes from `measures.by_indicator`; `columns` chooses and orders
    among indicator, instrument, score, result, gap, gain, measures, state; a `summary` of `coverage` has open and
    overdue too.
    """
    say = now.say
    numbers = rows["indicator"]
    told = summary.reindex(numbers)
    counts = told[[name for name in ("measures", "open", "overdue") if name in told]].fillna(0).astype(int)
    values = {
        "indicator": [indicator_name(judged.rules, number, now.language) for number in numbers],
        "instrument": rows["instrument"].to_numpy(),
        "score": rows["score"].to_numpy(),
        "result": [result_word(passed, say) for passed in rows["passed"]],
        "gap": rows["gap"].to_numpy(),
        "gain": [
            gain_word(gain) if gap < 0 else "" for gain, gap in zip(rows["points_at_mark"], rows["gap"], strict=True)
        ],
        "state": [state_word(state, say) for state in told["state"]],
        **{name: counts[name].to_numpy() for name in counts},
    }
    config = st.column_config
    settings = {
        "indicator": config.TextColumn(say("column.indicator"), width=205),
        "instrument": config.TextColumn(say("column.instrument"), width="small"),
        "score": config.ProgressColumn(say("column.score"), min_value=0, max_value=100, format="%.2f", width=115),
        "result": config.TextColumn(say("column.result"), width=115),
        "gap": config.NumberColumn(say("column.gap"), format="%+.2f", width=72, help=say("column.gap_help")),
        "gain": config.TextColumn(say("column.gain"), alignment="right", width=72, help=say("column.gain_help")),
        "measures": config.NumberColumn(say("column.measures"), width=68),
        "open": config.NumberColumn(say("measures.open"), width=68, help=say("measures.open_help")),
        "overdue": config.NumberColumn(say("column.overdue"), width=72),
        "state": config.TextColumn(say("column.state"), width=125, help=say("column.state_help")),
    }
    table = pd.DataFrame({column: values[column] for column in columns}, index=numbers.to_numpy())
    return table, {column: settings[column] for column in columns}


def show_table(table: pd.DataFrame, settings: dict[str, Any], *, key: str | None = None, **grid: Any) -> None:
    """A table without its index: on the screen as a grid, on paper with all that the grid scrolls away."""
    grid = {"hide_index": True, "column_config": settings, "placeholder": paper.MISSING, **grid}
    if "on_select" in grid:
        st.dataframe(table, key=key, **grid)
    else:  # of a grid that nobody chooses in, Streamlit keeps no key
        st.container(key=key).dataframe(table, **grid)
    paper.show_table(table, settings)


def csv_button(
    build: Callable[[], pd.DataFrame], say: Say, *, key: str, name: Sequence[object], label: str = "download.csv"
) -> None:
    """A download of the frame that `build` gives: built when it is asked for, by then without a page around it."""
    st.download_button(
        say(label),
        lambda: write_csv(build()),
        file_name(*name, ending="csv"),
        MIME,
        key=key,
        on_click="ignore",
        icon=":material/download:",
    )
