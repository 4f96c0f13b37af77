"""What one point is worth and the shortest way to a target: minimal, under the rules of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, product
from statistics import mean

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ita.assessment import rounded
from ita.deduction import certain, explanations
from ita.pathway import Outcome, Target, by_documents, by_rise, furthest, furthest_rise, hoped, outcome, targets, worth
from ita.rulebooks import Rulebook, rulebook
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


def test_documents_of_the_same_range_stand_as_one_step() -> None:
    way = by_documents(judged(), FAILED, Target(84.5, 0), locked=["10.2"])
    assert way is None
    way = by_documents(judged(), FAILED, Target(88.0))
    assert way is not None
    assert [(step.items[0], step.count, step.before, step.after, step.gain) for step in way.grouped] == [
        ("o42", 1, 37.5, 62.5, 5.0),
        ("o34", 2, 62.5, 75.0, 2.5),
    ]
    assert way.grouped[-1].total == way.after.total
    assert sum(step.count for step in way.grouped) == way.count


def test_raising_the_three_weak_indicators_of_the_staff_gains_little() -> None:
    lifted = outcome(judged(), {2: 85, 4: 85, 5: 85})
    assert lifted is not None
    assert (lifted.total, lifted.passed) == (80.95, False)


def test_a_locked_document_gives_way_to_another_and_a_locked_part_makes_the_mark_unreachable() -> None:
    way = by_documents(judged(), FAILED, Target(85), locked=["o42"])
    assert way is not None
    assert [(step.items, step.sure) for step in way.steps] == [(("o43",), False)]
    assert by_documents(judged(), FAILED, Target(85), locked=["10.2"]) is None
    reach = furthest(judged(), FAILED, locked=["10.2"])
    assert reach is not None
    assert reach.total == 84.14


def test_a_document_that_is_done_counts_before_the_first_step() -> None:
    way = by_documents(judged(), FAILED, Target(85), done=["o43"])
    assert way is not None
    assert (way.count, way.before.total) == (0, 85.84)


def test_a_document_that_is_done_counts_for_certain_only_where_it_is_sure_to_have_failed() -> None:
    rules = rulebook(2564)
    assert hoped(rules, FAILED, ["o43"]) == ("o43",)
    assert hoped(rules, FAILED, ["o42", "o43"]) == hoped(rules, FAILED, ["o43"], known=["o43"]) == ()
    assert hoped(rules, FAILED, ["o43"], published=["o42"]) == ()


def test_of_two_ways_as_short_the_surer_one_is_taken() -> None:
    """From 10.2 one for certain, from 10.1 one for certain only while nothing of it is locked."""
    failed = {"10.1": 4, "10.2": 2}
    scores = with_score(10, 25.0)
    locked = ["o34", "o35", "o36", "o37", "o42"]
    way = by_documents(judged(scores), failed, Target(84.5), locked=locked)
    assert way is not None
    assert [(step.part, step.sure) for step in way.steps] == [("10.2", True), ("10.1", False)]


def _worlds(rules: Rulebook, failed: Mapping[str, int], known: set[str], published: set[str]) -> Iterator[set[str]]:
    """Every set of failed items that has so many of each part and agrees with what is known."""
    own = {part: [item.code for item in rules.items if item.part == part] for part in failed}
    for choice in product(*(combinations(own[part], count) for part, count in failed.items())):
        world = {code for codes in choice for code in codes}
        if known <= world and not published & world:
            yield world


SMALL = {2564: ("9.4", "10.2"), 2566: ("9.3", "10.2")}
"""Parts with few items."""


@settings(max_examples=150, deadline=None)
@given(data=st.data(), year=st.sampled_from(sorted(SMALL)), total=st.sampled_from([81.03, 83.03, 85.03, 87.03]))
def test_the_ways_by_documents_are_those_of_every_world_that_is_possible(
    data: st.DataObject, year: int, total: float
) -> None:
    """What failed is tried in every way that the counts leave open: for certain is what all of them have."""
    rules = rulebook(year)
    small = [item for item in rules.items if item.part in SMALL[year]]
    codes = [item.code for item in small]
    truth = data.draw(st.sets(st.sampled_from(codes), min_size=1))
    known = data.draw(st.sets(st.sampled_from(sorted(truth))))
    found = [code for code in codes if code not in truth]
    published = data.draw(st.sets(st.sampled_from(found))) if found else set()
    locked, done = data.draw(st.sets(st.sampled_from(codes))), data.draw(st.sets(st.sampled_from(codes)))
    failed = {part: sum(item.part == part and item.code in truth for item in small) for part in SMALL[year]}
    rest = dict.fromkeys(("9.1", "10.1"), 3)
    scores = with_score(9, _score(rules, 9, failed | rest), with_score(10, _score(rules, 10, failed | rest)))
    judged_year = judged(scores, year)

    worlds = list(_worlds(rules, failed, known, published))
    part_of = {item.code: item.part for item in small}
    count = {part: [sum(part_of[code] == part for code in world & done) for world in worlds] for part in SMALL[year]}
    free = set(codes) - locked - done
    closed, sure, most = {}, {}, {}
    for part, of_part in count.items():
        closed[part] = max(of_part)
        best = [world for world, done_here in zip(worlds, of_part, strict=True) if done_here == closed[part]]
        workable = [sum(part_of[code] == part for code in world & free) for world in best]
        sure[part], most[part] = min(workable), max(workable)

    def after(taken: Mapping[str, int]) -> Outcome:
        left = {part: failed[part] - closed[part] - taken[part] for part in failed}
        result = outcome(judged_year, {number: _score(rules, number, left | rest) for number in (9, 10)})
        assert result is not None
        return result

    choices = [dict(zip(most, counts, strict=True)) for counts in product(*(range(high + 1) for high in most.values()))]
    reaching = [
        (sum(taken.values()), sum(max(taken[part] - sure[part], 0) for part in taken))
        for taken in choices
        if after(taken).total >= total
    ]
    counted = failed | dict.fromkeys(rest, 0)
    ways = {"locked": locked, "done": done, "known": known, "published": published}
    reach = furthest(judged_year, counted, **ways)
    assert reach is not None
    assert reach.total == pytest.approx(after(most).total, abs=0.011)
    way = by_documents(judged_year, counted, Target(total), **ways)
    assume(all(abs(after(taken).total - total) > 0.02 for taken in choices))
    shortest = None if way is None else (way.count, sum(not step.sure for step in way.steps))
    assert shortest == min(reaching, default=None)
    certain_too = {part for part, of_part in count.items() if min(of_part) == max(of_part)}
    counted_as_hoped = {part_of[code] for code in hoped(rules, failed, done, known=known, published=published)}
    assert counted_as_hoped == set(SMALL[year]) - certain_too


def _score(rules: Rulebook, indicator: int, failed: Mapping[str, int]) -> float:
    """The printed score with so many failed items per part."""
    own = Counter(item.part for item in rules.items if item.indicator == indicator)
    return rounded(mean(100 - 100 * failed.get(part, 0) / size for part, size in own.items()))


@pytest.mark.parametrize(
    ("target", "margin", "least"),
    [(84.0, 0, 84.0), (84.0, 1.5, 85.5), (99.0, 5, 100.0)],
)
def test_a_total_of_ones_own_with_its_margin_is_reached_and_no_more(target: float, margin: float, least: float) -> None:
    aim = targets(judged(), target, margin)["total"]
    assert aim == Target(least)
    way = by_rise(judged(), aim)
    assert way is not None
    assert least <= way.after.total < least + 0.01


def test_a_total_that_is_there_already_is_no_target_until_its_margin_asks_for_more() -> None:
    assert "total" not in targets(judged(), 80.84)
    assert targets(judged(), 80.84, 0.01)["total"] == Target(80.85)


def test_the_furthest_rise_leaves_what_is_locked_where_it_is() -> None:
    everything = furthest_rise(judged())
    assert everything is not None
    assert (everything.total, everything.level) == (100, "AA")
    without = furthest_rise(judged(), locked=[10])
    assert without is not None
    assert without.total == 87.5
    assert by_rise(judged(), Target(87.51), locked=[10]) is None
    assert by_rise(judged(), Target(87.5), locked=[10]) is not None
    nothing = furthest_rise(judged(), locked=range(1, 11))
    assert nothing == outcome(judged(), {})


def test_the_level_is_offered_where_it_is_not_the_mark_again() -> None:
    assert targets(judged()) == {"mark": Target(85), "level": Target(95)}
    assert targets(judged(with_score(10, 100))) == {"level": Target(95)}
    assert targets(judged(fiscal_year=2566)) == {"mark": Target(85), "level": Target(85, 85)}


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
