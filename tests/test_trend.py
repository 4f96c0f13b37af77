"""The years of an agency beside each other."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from ita.measures import with_state
from ita.rulebooks import rulebook
from ita.trend import Difference, by_year, changes, comparable, differences, effects
from tests.years import SEED, judged, with_score

BEFORE = with_score(10, 62.5, with_score(2, 90.0))


def measures(*rows: tuple[int | None, str]) -> pd.DataFrame:
    """Measures by indicator and status, all ended long ago."""
    frame = pd.DataFrame(
        {
            "measure_id": range(1, len(rows) + 1),
            "indicator": pd.array([indicator for indicator, _ in rows], dtype="Int64"),
            "title": pd.Series([f"มาตรการ {number}" for number in range(len(rows))], dtype="str"),
            "status": pd.Series([status for _, status in rows], dtype="str"),
            "period_end": pd.to_datetime(pd.Series([dt.date(2021, 3, 31)] * len(rows), dtype="object")),
            "evidence": "",
        }
    )
    return with_state(frame, dt.date(2022, 4, 1))


def test_years_stand_oldest_first_with_the_total_above() -> None:
    years = by_year([judged(), judged(BEFORE, 2563)])
    assert years.columns.tolist() == [2563, 2564]
    assert years.index.tolist() == ["total", *range(1, 11)]
    assert years.loc["total", 2564] == 80.84
    assert years.loc[10].tolist() == [62.5, 37.5]


def test_a_change_is_the_difference_of_what_is_shown() -> None:
    moved = changes(judged(), judged(BEFORE, 2563))
    assert moved.loc[2].tolist() == [90.0, 84.55, -5.45]
    assert moved.loc["total", "change"] == round(80.84 - moved.loc["total", "before"], 2)
    assert pd.isna(changes(judged(), judged(with_score(2, None), 2563)).loc[2, "change"])


@pytest.mark.parametrize(
    ("one", "other", "rules"),
    [
        (2564, 2564, set()),
        (2565, 2566, {"levels", "items"}),
        (2566, 2567, {"items"}),
    ],
)
def test_the_rules_that_differ_are_named(one: int, other: int, rules: set[str]) -> None:
    found = differences(rulebook(one), rulebook(other))
    assert {difference.rule for difference in found} == rules
    assert differences(rulebook(other), rulebook(one)) == found


def test_a_list_of_items_that_is_not_known_is_not_called_another() -> None:
    assert rulebook(2566).items
    assert not rulebook(2567).items
    assert Difference("items", known=False) in differences(rulebook(2566), rulebook(2567))
    assert [found for found in differences(rulebook(2562), rulebook(2563)) if found.rule == "items"] == []


def test_only_documents_that_are_the_same_can_be_compared() -> None:
    assert comparable(rulebook(2564), rulebook(2565), 10)
    assert not comparable(rulebook(2565), rulebook(2566), 10)
    assert not comparable(rulebook(2562), rulebook(2563), 10), "the documents of neither year are known"
    assert comparable(rulebook(2565), rulebook(2566), 1)


def test_a_completed_measure_is_judged_by_what_became_of_its_indicator() -> None:
    told = effects(
        measures((2, "completed"), (9, "completed"), (9, "in_progress"), (3, "completed"), (None, "completed")),
        judged(with_score(9, 95.0)),
        judged(with_score(2, 90.0, with_score(3, None)), 2563),
    )
    assert told["indicator"].dropna().tolist() == [2, 9, 9, 3]
    # The items of FY2563 are not known: nobody can say whether indicator 9 was scored alike.
    assert told["effect"].tolist() == ["not_effective", *["cannot_tell"] * 4]


def test_a_score_that_rose_is_an_effect_and_one_that_stayed_is_none() -> None:
    told = effects(measures((9, "completed"), (1, "completed")), judged(with_score(9, 95.0), 2565), judged(SEED, 2564))
    assert told["effect"].tolist() == ["effective", "not_effective"]
    assert told["change"].tolist() == [4.0, 0.0]
