"""From ten scores to means, total, level and gaps: judged as shown, with one rounding everywhere."""

from __future__ import annotations

import decimal
import math
import random
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.assessment import Published, agree, assess, instrument_means, rounded, summarise
from ita.rulebooks import UnknownFiscalYear, fiscal_years, rulebook
from tests.years import SEED, judged, scores_of, with_score

PRINTED = st.decimals(0, 100, places=6)
TWO_DECIMALS = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)
TEN_SCORES = st.lists(TWO_DECIMALS, min_size=10, max_size=10)


def by_hand(number: Decimal) -> float:
    """Two decimals, half up, on the number as it is printed."""
    return float(number.quantize(Decimal("0.01"), decimal.ROUND_HALF_UP))


# Rounding


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (84.99, 84.99), (84.994, 84.99), (84.9949999, 84.99), (84.995, 85.0), (84.996, 85.0), (85.0, 85.0),
        (85.004, 85.0), (85.005, 85.01), (85.01, 85.01), (0.005, 0.01), (1.005, 1.01), (2.675, 2.68), (99.995, 100.0),
        (0.0, 0.0), (100.0, 100.0), (0.1 + 0.2, 0.3),
    ],
)  # fmt: skip
def test_a_number_an_array_a_column_and_a_frame_are_rounded_alike(value: float, shown: float) -> None:
    assert rounded(value) == shown
    assert rounded(np.array([value, 50.0])).tolist() == [shown, 50.0]
    assert rounded(pd.Series([value])).tolist() == [shown]
    assert rounded(pd.DataFrame({"score": [value]}))["score"].tolist() == [shown]


def test_rounding_gives_a_number_for_a_number_and_keeps_labels() -> None:
    assert type(rounded(84.995)) is float
    assert type(rounded(np.float64(84.995))) is float
    column = pd.Series([84.995], index=["เทศบาล"], name="total")
    assert rounded(column).equals(pd.Series([85.0], index=["เทศบาล"], name="total"))


def test_missing_stays_missing_when_rounded() -> None:
    assert math.isnan(rounded(float("nan")))
    assert rounded(pd.Series([84.995, None])).isna().tolist() == [False, True]


@given(PRINTED)
def test_rounding_is_half_up_on_the_printed_number(number: Decimal) -> None:
    assert rounded(float(number)) == by_hand(number)


@given(TWO_DECIMALS, st.floats(-1e-9, 1e-9))
def test_the_noise_of_binary_numbers_never_moves_a_score(score: float, noise: float) -> None:
    assert rounded(score + noise) == score


@given(TWO_DECIMALS)
def test_rounding_twice_changes_nothing(score: float) -> None:
    assert rounded(rounded(score)) == rounded(score) == score


# The seed


def test_the_seed_municipality_has_80_84_level_b_and_did_not_pass() -> None:
    seed = judged()
    assert dict(zip(seed.instruments["instrument"], seed.instruments["score"], strict=True)) == {
        "IIT": 86.27,
        "EIT": 97.53,
        "OIT": 64.25,
    }
    assert (seed.total, seed.level, seed.passed, seed.gap) == (80.84, "B", False, -4.16)
    assert seed.fiscal_year == 2564


def test_six_indicators_of_the_seed_reach_the_mark_and_four_do_not() -> None:
    seed = judged()
    assert seed.strong["indicator"].tolist() == [6, 8, 7, 1, 9, 3]
    assert seed.below["indicator"].tolist() == [10, 4, 2, 5]
    assert seed.instruments["below"].tolist() == [3, 0, 1]
    assert seed.instruments["indicators"].tolist() == [5, 3, 2]
    assert seed.instruments["passed"].tolist() == [True, True, False]


def test_the_points_of_the_instruments_add_up_to_the_total() -> None:
    seed = judged()
    assert seed.instruments["points"].sum() == pytest.approx(80.84, abs=0.005)
    assert seed.indicators["points"].sum() == pytest.approx(seed.instruments["points"].sum())


def test_the_gap_is_the_score_minus_the_mark_and_a_score_at_the_mark_gains_nothing() -> None:
    rows = judged(with_score(1, 85.0)).indicators.set_index("indicator")
    assert rows["gap"].to_dict() == {
        1: 0.0, 2: -0.45, 3: 1.13, 4: -1.4, 5: -0.04, 6: 13.34, 7: 11.58, 8: 12.66, 9: 6.0, 10: -47.5,
    }  # fmt: skip
    assert rows.at[1, "points_at_mark"] == 0
    assert rows.at[3, "points_at_mark"] == 0
    assert rows.at[10, "points_at_mark"] == pytest.approx(9.5)


def test_raising_the_three_weak_iit_indicators_gives_only_eleven_hundredths() -> None:
    seed = judged()
    gains = seed.indicators.set_index("indicator")["points_at_mark"]
    assert rounded(float(gains[[2, 4, 5]].sum())) == 0.11
    assert rounded(seed.total + 0.1134) == 80.95  # type: ignore[operator]


def test_the_tenth_indicator_at_62_50_alone_lets_the_seed_pass_with_an_a() -> None:
    seed = judged()
    assert seed.total_with(10, 62.50) == 85.84
    assert seed.level_with(10, 62.50) == "A"


# The mark


BOUNDARY = [(84.99, False), (84.994, False), (84.995, True), (85.0, True), (85.01, True)]


@pytest.mark.parametrize("fiscal_year", fiscal_years())
@pytest.mark.parametrize(("score", "passes"), BOUNDARY)
def test_the_mark_is_the_same_for_an_indicator_an_instrument_and_the_total(
    score: float, passes: bool, fiscal_year: int
) -> None:
    year = judged([score] * 10, fiscal_year)
    assert year.indicators["passed"].tolist() == [passes] * 10
    assert year.instruments["passed"].tolist() == [passes] * 3
    assert year.passed is passes
    assert year.total == rounded(score)
    assert rulebook(fiscal_year).passes(rounded(score)) is passes


@pytest.mark.parametrize(("score", "passes"), BOUNDARY)
def test_what_one_agency_is_told_a_list_of_agencies_is_told_too(score: float, passes: bool) -> None:
    rules = rulebook(2564)
    wide = pd.DataFrame([[score] * 10, list(SEED)], columns=range(1, 11))
    summary = summarise(instrument_means(rounded(wide), rules), rules)
    assert summary["total"].tolist() == [rounded(score), 80.84]
    assert summary["level"].tolist() == ["A" if passes else "B", "B"]


def test_the_mean_of_an_instrument_is_judged_as_shown() -> None:
    """84.99 and 85.00 have the mean 84.995, which is shown as 85.00 and passes."""
    year = judged([*SEED[:8], 84.99, 85.00])
    oit = year.instruments.set_index("instrument").loc["OIT"]
    assert (oit["score"], oit["gap"], bool(oit["passed"])) == (85.0, 0.0, True)


def test_a_total_of_84_995_passes_and_one_just_below_does_not() -> None:
    at_the_mark = [85.0, 85.0, 85.0, 85.0, 84.92, 85.0, 85.0, 85.0, 85.0, 85.0]  # 0.06 x -0.08 = -0.0048
    assert judged(at_the_mark).total == 85.0
    just_below = [85.0, 85.0, 85.0, 85.0, 84.91, 85.0, 85.0, 85.0, 85.0, 85.0]  # 0.06 x -0.09 = -0.0054
    assert judged(just_below).total == 84.99
    assert judged(just_below).passed is False


def test_the_total_is_taken_from_unrounded_means() -> None:
    """OIT is 84.985, shown as 84.99: with the figure as shown the total would be 84.996 and pass, but it is 84.994."""
    year = judged([85.0] * 8 + [84.98, 84.99])
    assert year.instruments["score"].tolist() == [85.0, 85.0, 84.99]
    assert (year.total, year.passed) == (84.99, False)


@given(TEN_SCORES)
def test_the_total_is_the_weighted_sum_rounded_once(scores: list[float]) -> None:
    tens = [Decimal(str(score)) for score in scores]
    worth = [Decimal("0.06")] * 5 + [Decimal("0.1")] * 3 + [Decimal("0.2")] * 2
    exact = sum((one * weight for one, weight in zip(tens, worth, strict=True)), Decimal(0))
    year = judged(scores)
    assert year.total == by_hand(exact)
    assert year.passed is (year.total >= 85)


@given(TEN_SCORES, st.randoms())
def test_the_order_of_the_rows_does_not_matter(scores: list[float], chance: random.Random) -> None:
    rows = scores_of(scores)
    order = list(range(10))
    chance.shuffle(order)
    straight, mixed = assess(rows, 2566), assess(rows.iloc[order], 2566)
    assert mixed.indicators.equals(straight.indicators)
    assert mixed.instruments.equals(straight.instruments)
    assert (mixed.total, mixed.level) == (straight.total, straight.level)


@given(TEN_SCORES, st.sampled_from(fiscal_years()))
def test_one_agency_alone_has_the_level_it_has_in_a_list(scores: list[float], fiscal_year: int) -> None:
    year = judged(scores, fiscal_year)
    assert year.level == year.computed_level


@given(TEN_SCORES)
def test_every_indicator_is_either_strong_or_below(scores: list[float]) -> None:
    year = judged(scores)
    assert sorted([*year.strong["indicator"], *year.below["indicator"]]) == list(range(1, 11))
    assert year.instruments["below"].sum() == len(year.below)
    assert (year.below["gap"] < 0).all()
    assert (year.strong["gap"] >= 0).all()


def test_a_score_with_more_decimals_is_judged_as_it_is_shown() -> None:
    year = judged(with_score(5, 84.994))
    fifth = year.indicators.set_index("indicator").loc[5]
    assert (fifth["score"], fifth["gap"], bool(fifth["passed"])) == (84.99, -0.01, False)


# What is missing


def test_without_one_indicator_there_is_no_mean_no_total_no_level_and_no_verdict() -> None:
    year = judged(with_score(7, None))
    assert year.instruments["score"].isna().tolist() == [False, True, False]
    assert year.instruments["passed"].isna().tolist() == [False, True, False]
    assert year.instruments["points"].isna().tolist() == [False, True, False]
    assert (year.total, year.level, year.passed, year.gap) == (None, None, None, None)
    assert year.missing == [7]
    assert not year.disagrees


def test_a_missing_indicator_is_neither_below_nor_strong() -> None:
    year = judged(with_score(10, None))
    assert pd.isna(year.indicators.set_index("indicator").at[10, "passed"])
    assert 10 not in [*year.below["indicator"], *year.strong["indicator"]]
    assert year.instruments.set_index("instrument").at["OIT", "below"] == 0


def test_a_row_that_is_not_there_is_as_missing_as_an_empty_cell() -> None:
    assert assess(scores_of(SEED).query("indicator != 7"), 2564).missing == [7]


def test_zero_is_a_score() -> None:
    year = judged(with_score(10, 0.0))
    assert year.missing == []
    assert year.total == 73.34
    assert year.level == "C"


def test_no_scores_at_all_are_ten_missing_ones() -> None:
    year = assess(scores_of([]), 2564)
    assert year.missing == list(range(1, 11))
    assert year.total is None
    assert year.below.empty
    assert year.strong.empty


def test_a_list_keeps_the_agency_with_a_missing_score_but_gives_it_no_total_and_no_level() -> None:
    rules = rulebook(2567)
    wide = pd.DataFrame([[90.0] * 10, [None, *[90.0] * 9]], columns=range(1, 11), index=["ก", "ข"], dtype=float)
    summary = summarise(instrument_means(wide, rules), rules)
    assert summary.loc["ก"].tolist() == [90.0, "ผ่านดี"]
    assert summary.loc["ข"].isna().all()


# What is refused


def test_an_indicator_given_twice_is_refused() -> None:
    twice = pd.concat([scores_of(SEED), scores_of(SEED).tail(1)])
    with pytest.raises(ValueError, match="twice"):
        assess(twice, 2564)


@pytest.mark.parametrize("number", [0, 11, -1])
def test_a_number_that_is_no_indicator_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"no such indicator.*{number}"):
        assess(scores_of(SEED).replace({"indicator": {7: number}}), 2564)


def test_a_year_without_rules_is_refused() -> None:
    with pytest.raises(UnknownFiscalYear):
        judged(fiscal_year=2561)


def test_the_frame_that_was_given_is_left_as_it_was() -> None:
    rows = scores_of(with_score(5, 84.995))
    assess(rows, 2564)
    assert rows.equals(scores_of(with_score(5, 84.995)))


# What the file prints


def test_what_the_file_prints_is_kept() -> None:
    year = judged(total=80.85, level="A")
    assert (year.total, year.level, year.computed_total, year.computed_level) == (80.85, "A", 80.84, "B")


@pytest.mark.parametrize(
    ("printed", "disagrees"),
    [(80.84, False), (80.82, False), (80.86, False), (80.81, True), (80.87, True), (90.0, True)],
)
def test_a_printed_total_disagrees_only_beyond_two_hundredths(printed: float, disagrees: bool) -> None:
    assert judged(total=printed).disagrees is disagrees


def test_nothing_printed_and_nothing_computed_cannot_disagree() -> None:
    assert not judged().disagrees
    assert not judged(with_score(1, None), total=50.0).disagrees


def test_two_columns_are_compared_row_by_row_and_missing_agrees_with_nothing() -> None:
    printed, computed = pd.Series([80.82, 80.81, None, 85.0]), pd.Series([80.84, 80.84, 80.84, None])
    assert agree(printed, computed).tolist() == [True, False, False, False]


def test_a_printed_total_gives_a_verdict_although_a_score_is_missing() -> None:
    year = judged(with_score(10, None), total=85.0)
    assert (year.total, year.passed, year.gap, year.level) == (85.0, True, 0.0, None)


@pytest.mark.parametrize(("printed", "passes"), BOUNDARY)
def test_a_printed_total_is_judged_as_it_is_shown(printed: float, passes: bool) -> None:
    year = judged(total=printed)
    assert (year.total, year.passed) == (rounded(printed), passes)


def test_a_printed_total_without_a_level_has_the_level_of_that_total() -> None:
    """The scores give 84.99 and B; the file prints 85.00 and no level: passed, so A."""
    year = judged([84.99] * 10, total=85.0)
    assert (year.passed, year.level) == (True, "A")
    assert (year.computed_total, year.computed_level) == (84.99, "B")


def test_a_printed_level_of_another_vocabulary_is_kept() -> None:
    assert judged([90.0] * 10, 2566, total=90.0, level="A").level == "A"


@pytest.mark.parametrize(
    ("fiscal_year", "instruments", "total", "level"),
    [
        (2564, (86.274, 97.526667, 64.25), 80.84, "B"),
        (2566, (85.67, 84.57, 97.50), 90.06, "ผ่าน"),
        (2567, (92.24, 94.15, 95.84), 94.25, "ผ่านดี"),
    ],
)
def test_published_totals_are_reproduced_to_a_hundredth(
    fiscal_year: int, instruments: tuple[float, float, float], total: float, level: str
) -> None:
    """The seed, and two years of a university (its FY2566 carries the letter A, the words say ผ่าน)."""
    means = pd.DataFrame([instruments], columns=["IIT", "EIT", "OIT"])
    summary = summarise(means, rulebook(fiscal_year)).iloc[0]
    assert summary["total"] == pytest.approx(total, abs=0.0101)
    assert summary["level"] == level


def test_the_columns_of_a_list_may_stand_in_any_order() -> None:
    means = pd.DataFrame({"OIT": [97.50], "IIT": [85.67], "EIT": [84.57]})
    assert summarise(means, rulebook(2566))["total"].tolist() == [90.07]


# Levels


@pytest.mark.parametrize("fiscal_year", [2566, 2567, 2568])
def test_from_fy2566_the_level_needs_the_instruments(fiscal_year: int) -> None:
    strong_total_weak_survey = [84.0] * 5 + [100.0] * 5
    year = judged(strong_total_weak_survey, fiscal_year)
    assert year.total == 95.2
    assert year.level == "ผ่าน"
    assert judged(strong_total_weak_survey, 2565).level == "AA"


@given(st.lists(TWO_DECIMALS, min_size=3, max_size=3), st.sampled_from(fiscal_years()))
def test_the_level_of_a_list_is_the_rulebooks_level(instruments: list[float], fiscal_year: int) -> None:
    rules = rulebook(fiscal_year)
    codes = ["IIT", "EIT", "OIT"]
    summary = summarise(pd.DataFrame([instruments], columns=codes), rules).iloc[0]
    assert summary["level"] == rules.level(summary["total"], dict(zip(codes, instruments, strict=True))).name["th"]


# What if


@given(TEN_SCORES, st.integers(1, 10), TWO_DECIMALS, st.sampled_from(fiscal_years()))
def test_what_if_is_what_the_changed_scores_would_give(
    scores: list[float], indicator: int, score: float, fiscal_year: int
) -> None:
    """Whether the file prints the total or not: the promise on the screen is next year's sum."""
    changed = judged(with_score(indicator, score, scores), fiscal_year)
    year = judged(scores, fiscal_year)
    printed = judged(scores, fiscal_year, total=year.total, level=year.level)
    for asked in (year, printed):
        assert asked.total_with(indicator, score) == changed.total
        assert asked.level_with(indicator, score) == changed.level


def test_a_total_just_short_of_the_mark_is_not_promised_to_reach_it() -> None:
    """84.80 stands for 84.7976: counted from the figure that is shown, the same step would seem to reach 85.00."""
    scores = [85.0, 85.0, 85.0, 85.0, 84.96, 85.0, 85.0, 85.0, 85.0, 84.0]
    year = judged(scores)
    assert year.total == 84.8
    assert year.total_with(10, 84.98) == judged(with_score(10, 84.98, scores)).total == 84.99
    assert year.level_with(10, 84.98) == "B"


def test_what_if_starts_from_the_printed_total_where_it_differs_from_the_sum() -> None:
    year = judged(total=80.90)
    assert year.total_with(10, 47.50) == 82.90
    assert judged([84.0] * 10, total=84.99).level_with(10, 84.05) == "A"


def test_what_if_says_nothing_where_the_score_or_the_total_is_missing() -> None:
    year = judged(with_score(7, None))
    assert year.total_with(7, 85.0) is None
    assert year.total_with(10, 85.0) is None
    assert year.level_with(7, 85.0) is None


def test_what_a_file_prints_is_nothing_unless_stated() -> None:
    assert Published() == Published(None, None, None, None, None)
