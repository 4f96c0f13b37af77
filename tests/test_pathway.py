"""What one point is worth and the shortest way to a target: minimal, under the rules of the year."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita.deduction import certain, explanations
from ita.pathway import Target, by_documents, by_rise, furthest, outcome, targets, worth
from ita.rulebooks import rulebook
from tests.years import SEED, judged, with_score

FAILED = {"9.5": 1, "10.1": 2, "10.2": 1}
"""What is certain of the seed's two OIT scores."""
NEARLY = st.lists(st.sampled_from([98, 99, 100]), min_size=10, max_size=10)


def test_the_worth_of_a_point_and_of_a_document() -> None:
    points = worth(rulebook(2564)).set_index("code")["points"].round(2)
    assert points.loc[["IIT", "EIT", "OIT", "1", "6", "10"]].tolist() == [0.30, 0.30, 0.40, 0.06, 0.10, 0.20]
    assert points.loc[["o43", "o34", "o25", "o29", "o18", "o10", "o1"]].tolist() == [5, 1.25, 1, 0.8, 0.57, 0.5, 0.44]
    assert set(worth(rulebook(2567))["kind"]) == {"instrument", "indicator"}


def test_one_document_lifts_the_seed_over_the_mark() -> None:
    way = by_documents(judged(), FAILED, targets(judged())["mark"])
    assert way is not None
    assert [(step.items, step.before, step.after, step.gain) for step in way.steps] == [(("o42", "o43"), 37.5, 62.5, 5)]
    assert (way.before.total, way.after.total, way.after.level, way.after.passed) == (80.84, 85.84, "A", True)


def test_raising_the_three_weak_indicators_of_the_staff_gains_little() -> None:
    lifted = outcome(judged(), {2: 85, 4: 85, 5: 85})
    assert lifted is not None
    assert (lifted.total, lifted.passed) == (80.95, False)


def test_a_locked_document_gives_way_to_another_and_a_locked_part_makes_the_mark_unreachable() -> None:
    way = by_documents(judged(), FAILED, Target(85), locked=["o42"])
    assert way is not None
    assert way.steps[0].items == ("o43",)
    assert by_documents(judged(), FAILED, Target(85), locked=["10.2"]) is None
    reach = furthest(judged(), FAILED, locked=["10.2"])
    assert reach is not None
    assert reach.total == 84.14


def test_a_document_that_is_done_counts_before_the_first_step() -> None:
    way = by_documents(judged(), FAILED, Target(85), done=["o43"])
    assert way is not None
    assert (way.count, way.before.total) == (0, 85.84)


@pytest.mark.parametrize("target", [Target(81), Target(82.5), Target(84), Target(86), Target(88.5), Target(85, 70)])
def test_no_smaller_choice_of_documents_reaches_the_target(target: Target) -> None:
    gains = {"9.5": (9, 4.0), "10.1": (10, 6.25), "10.2": (10, 25.0)}
    enough = []
    for counts in product(*(range(count + 1) for count in FAILED.values())):
        scores = {9: 91.0, 10: 37.5}
        for part, count in zip(FAILED, counts, strict=True):
            scores[gains[part][0]] += gains[part][1] * count
        result = outcome(judged(), scores)
        if result is not None and target.reached(result):
            enough.append(sum(counts))
    way = by_documents(judged(), FAILED, target)
    assert (None if way is None else way.count) == min(enough, default=None)


@settings(max_examples=25, deadline=None)
@given(scores=NEARLY, total=st.sampled_from([98.5, 99, 99.4, 99.8]), bound=st.sampled_from([0, 99, 99.5]))
def test_no_smaller_rise_reaches_the_target(scores: list[int], total: float, bound: float) -> None:
    """One hundredth less, handed out in any way over the instruments, is not enough."""
    assessment, target = judged([float(score) for score in scores], 2566), Target(total, bound)
    locked = [1, 9]
    way = by_rise(assessment, target, locked)
    groups = [(2, 3, 4, 5), (6, 7, 8), (10,)]
    room = [sum(100 - scores[number - 1] for number in group) * 100 for group in groups]
    sums = [sum(scores[:5]) * 100, sum(scores[5:8]) * 100, sum(scores[8:]) * 100]

    def enough(rises: tuple[int, ...]) -> bool:
        whole = [have + rise for have, rise in zip(sums, rises, strict=True)]
        # In thirtieths of a hundredth of the total; "half up" adds half of a hundredth.
        points = 6 * 3 * whole[0] + 10 * 3 * whole[1] + 20 * 3 * whole[2]
        sizes = (5, 3, 2)
        lowest = min((2 * have + size) // (2 * size) for have, size in zip(whole, sizes, strict=True))
        return (points + 150) // 300 >= round(total * 100) and lowest >= round(bound * 100)

    if way is None:
        assert not enough(tuple(room))
        return
    rise = round(way.rise * 100)
    assert target.reached(way.after)
    assert not {step.indicator for step in way.steps} & set(locked)
    for first, last in product(range(0, min(room[0], rise) + 1), range(0, min(room[2], rise) + 1)):
        second = rise - 1 - first - last
        if 0 <= second <= room[1]:
            assert not enough((first, second, last))


def test_the_gains_of_the_steps_sum_to_what_the_total_gains() -> None:
    way = by_rise(judged(), Target(95, 95))
    assert way is not None
    assert sum(step.gain for step in way.steps) == pytest.approx(way.after.total - way.before.total)
    assert [step.gain for step in way.steps] == sorted((step.gain for step in way.steps), reverse=True)


def test_from_fy2566_the_next_level_needs_every_instrument() -> None:
    scores = with_score(10, 70, with_score(9, 90))
    found = targets(judged(scores, 2566))
    assert found == {"level": Target(85, 85)}
    way = by_rise(judged(scores, 2566), found["level"])
    assert way is not None
    assert (way.after.level, way.after.instruments["OIT"]) == ("ผ่านดี", 85.0)


def test_a_printed_total_stays_the_truth() -> None:
    printed = judged(total=80.80)
    assert outcome(printed, {}).total == 80.80  # type: ignore[union-attr]
    assert outcome(printed, {10: 62.5}).total == printed.total_with(10, 62.5) == 85.80  # type: ignore[union-attr]


def test_without_a_total_there_is_no_way_and_no_outcome() -> None:
    empty = judged(with_score(3, None))
    assert targets(empty) == {}
    assert outcome(empty, {}) is by_rise(empty, Target(85)) is by_documents(empty, FAILED, Target(85)) is None
    assert furthest(empty, FAILED) is None


def test_certain_failures_of_the_seed_are_those_used_here() -> None:
    scores = {9: SEED[8], 10: SEED[9]}
    found = [certain(explanations(rulebook(2564), number, score)) for number, score in scores.items()]
    assert {**found[0], **found[1]} == FAILED
