"""What is being done about each indicator beside what is at stake, and what a passing or failing figure hides."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from ita import sentences
from ita.coverage import Finding, beyond, coverage, findings, uncovered
from ita.measures import with_state
from ita.text import LANGUAGES, speaker
from tests.years import SEED, judged, with_score

ON = dt.date(2022, 4, 1)


def rows_of(*measures: tuple[int | None, str], scores: list[float | None] | tuple[float, ...] = SEED) -> pd.DataFrame:
    """The coverage of a year by measures given as indicator and status, all ended the day before."""
    frame = pd.DataFrame(
        {
            "indicator": pd.array([indicator for indicator, _ in measures], dtype="Int64"),
            "status": pd.Series([status for _, status in measures], dtype="str"),
            "period_end": pd.to_datetime(pd.Series([dt.date(2022, 3, 31)] * len(measures), dtype="object")),
            "evidence": "",
        }
    )
    return coverage(judged(scores), with_state(frame, ON))


def test_every_indicator_has_one_row_also_without_a_measure() -> None:
    rows = rows_of((4, "completed"), (4, "in_progress"), (4, "not_stated"), (None, "in_progress"))
    assert rows["indicator"].tolist() == list(range(1, 11))
    assert rows.loc[4, ["measures", "open", "overdue", "state"]].tolist() == [3, 2, 1, "overdue"]
    assert rows.loc[10, ["measures", "open", "overdue"]].tolist() == [0, 0, 0]
    assert pd.isna(rows.loc[10, "state"])
    assert rows.loc[10, "points_at_mark"] == 9.5


def test_no_measure_at_all_leaves_every_indicator_under_the_mark_uncovered_most_at_stake_first() -> None:
    assert uncovered(rows_of()) == [10, 4, 2, 5]


@pytest.mark.parametrize(("status", "left"), [("completed", True), ("cancelled", True), ("not_started", False)])
def test_only_a_measure_that_may_still_do_something_covers_its_indicator(status: str, left: bool) -> None:
    assert (10 in uncovered(rows_of((10, status)))) is left


def test_an_indicator_without_a_score_is_neither_uncovered_nor_beyond() -> None:
    rows = rows_of((5, "in_progress"), scores=with_score(5, None))
    assert 5 not in uncovered(rows)
    assert beyond(rows) == ([], [])


def test_work_where_the_mark_is_reached_is_told_from_work_where_nothing_is_left_to_win() -> None:
    rows = rows_of((7, "in_progress"), (6, "not_started"), (8, "completed"), scores=with_score(7, 100.0))
    assert beyond(rows) == ([7], [6])


def test_the_seed_passes_over_three_parts_and_one_indicator_alone_explains_the_failure() -> None:
    assert findings(judged()) == [
        Finding("passed_over", "IIT", 86.27, ("2", "4", "5")),
        Finding("alone", "10", 37.5, raised=90.34),
    ]


def test_a_total_that_passes_over_a_failing_instrument_says_which() -> None:
    found = findings(judged([95.0] * 8 + [80.0, 80.0], 2567))
    assert found == [Finding("passed_over", "total", 89.0, ("OIT",))]


def test_where_everything_passes_nothing_is_hidden() -> None:
    assert findings(judged([90.0] * 10)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_found_is_said_with_its_figures(language: str) -> None:
    year, say = judged(), speaker(language)
    told = " ".join(sentences.finding(found, year.rules, say, language) for found in findings(year))
    assert all(figure in told for figure in ("86.27", "2, 4, 5", "37.50", "90.34"))
    rows = rows_of((6, "in_progress"), (10, "in_progress"))
    notes = sentences.coverage_notes(rows, year.rules, say, language)
    assert len(notes) == 2
    assert notes[0].index("4. ") < notes[0].index("2. ") < notes[0].index("5. ")
