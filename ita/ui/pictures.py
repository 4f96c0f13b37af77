"""Charts and tables on the screen: the one place that says how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ita.assessment import Assessment
from ita.charts import BELOW_MARK, PASSED_MARK
from ita.documents.csv_text import MIME, file_name, write_csv
from ita.measures import SHAPES
from ita.sentences import indicator_name
from ita.text import Say
from ita.ui.frame import Frame


def show_chart(figure: go.Figure, *, key: str, alt: str, name: str, select: bool = False) -> Any:
    """A chart with its words for those who cannot see it, and a camera that saves it as a picture at twice the size.

    With `select`, a click on it reruns the page and comes back.
    """
    config = {
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": file_name(name, ending="png")[:-4]},
    }
    return st.plotly_chart(
        figure,
        key=key,
        theme=None,
        config=config,
        alt=alt,
        on_select="rerun" if select else "ignore",
        selection_mode="points",
    )


def score_table(
    now: Frame, judged: Assessment, rows: pd.DataFrame, summary: pd.DataFrame, columns: Sequence[str]
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """A table of indicators ready to show: its frame, and the settings of its columns.

    `rows` are rows of `judged.indicators`, `summary` comes from `measures.by_indicator`; `columns` chooses and orders
    among indicator, instrument, score, result, gap, gain, measures, state.
    """
    say = now.say
    numbers = rows["indicator"]
    table = pd.DataFrame(
        {
            "indicator": [indicator_name(judged.rules, number, now.language) for number in numbers],
            "instrument": rows["instrument"].to_numpy(),
            "score": rows["score"].to_numpy(),
            "result": [result_word(passed, say) for passed in rows["passed"]],
            "gap": rows["gap"].to_numpy(),
            "gain": rows["points_at_mark"].to_numpy(),
            "measures": summary["measures"].reindex(numbers).fillna(0).astype(int).to_numpy(),
            "state": [state_word(state, say) for state in summary["state"].reindex(numbers)],
        },
        index=numbers.to_numpy(),
    )
    config = st.column_config
    settings = {
        "indicator": config.TextColumn(say("column.indicator"), width=205),
        "instrument": config.TextColumn(say("column.instrument"), width="small"),
        "score": config.ProgressColumn(say("column.score"), min_value=0, max_value=100, format="%.2f", width=115),
        "result": config.TextColumn(say("column.result"), width=115),
        "gap": config.NumberColumn(say("column.gap"), format="%+.2f", width=72, help=say("column.gap_help")),
        "gain": config.NumberColumn(say("column.gain"), format="%+.2f", width=72, help=say("column.gain_help")),
        "measures": config.NumberColumn(say("column.measures"), width=68),
        "state": config.TextColumn(say("column.state"), width=125, help=say("column.state_help")),
    }
    return table[list(columns)], {column: settings[column] for column in columns}


def result_word(passed: object, say: Say) -> str:
    """Passed or below the mark as shape and word."""
    if passed is pd.NA:
        return say("status.no_score")
    return f"{PASSED_MARK} {say('status.passed')}" if passed else f"{BELOW_MARK} {say('status.below')}"


def score_word(score: float | None, judged: Assessment, say: Say) -> str:
    """A score with the shape of its result: "▼ 37.50"."""
    if score is None or pd.isna(score):
        return say("chart.no_score")
    return f"{PASSED_MARK if judged.rules.passes(score) else BELOW_MARK} {score:.2f}"


def state_word(state: object, say: Say) -> str:
    """A measure's state as shape and word; empty where there is no measure."""
    return f"{SHAPES[state]} {say(f'state.{state}')}" if isinstance(state, str) else say("state.none")


def csv_button(build: Callable[[], pd.DataFrame], say: Say, *, key: str, name: Sequence[object]) -> None:
    """A download of the frame that `build` gives: built when it is asked for, by then without a page around it."""
    st.download_button(
        say("download.csv"),
        lambda: write_csv(build()),
        file_name(*name, ending="csv"),
        MIME,
        key=key,
        on_click="ignore",
        icon=":material/download:",
    )
