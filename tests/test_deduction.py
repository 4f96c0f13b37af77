"""What a printed OIT score implies: every combination of failed documents that gives it, and no other."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest

from ita.assessment import rounded
from ita.deduction import causes, certain, explanations, from_items, narrowed, parts, possible_scores, unrounded
from ita.rulebooks import rulebook

RULES = rulebook(2564)
PHICHIT = [
    (100.00, 100.00), (93.50, 100.00), (97.50, 100.00), (97.78, 93.75), (97.14, 100.00), (97.50, 87.50),
    (93.78, 100.00), (96.00, 100.00), (92.50, 93.75), (94.64, 100.00),
]  # fmt: skip
"""Indicators 9 and 10 of the agencies in the published FY2564 table of Phichit province, each pair once."""


def failed(indicator: int, score: float) -> list[dict[str, int]]:
    return [dict(explanation.failed) for explanation in explanations(RULES, indicator, score)]


def test_the_seed_has_two_explanations_of_each_score() -> None:
    assert failed(10, 37.5) == [{"10.1": 2, "10.2": 2}, {"10.1": 6, "10.2": 1}]
    assert failed(9, 91.0) == [{"9.4": 1, "9.5": 1}, {"9.2": 2, "9.5": 1}]


def test_what_holds_in_every_explanation_is_certain() -> None:
    assert certain(explanations(RULES, 10, 37.5)) == {"10.1": 2, "10.2": 1}
    assert certain([]) == {}


@pytest.mark.parametrize(("ninth", "tenth"), PHICHIT)
def test_every_published_pair_of_the_province_is_explained(ninth: float, tenth: float) -> None:
    assert failed(9, ninth)
    assert failed(10, tenth)


@pytest.mark.parametrize(("year", "indicator"), [(2564, 9), (2564, 10), (2566, 9), (2566, 10)])
def test_every_combination_is_among_the_explanations_of_the_score_it_gives(year: int, indicator: int) -> None:
    rules = rulebook(year)
    sizes = {part: len(codes) for part, codes in parts(rules, indicator).items()}
    by_score: dict[float, set[tuple[int, ...]]] = {}
    for counts in product(*(range(size + 1) for size in sizes.values())):
        lost = sum(count / size for count, size in zip(counts, sizes.values(), strict=True))
        by_score.setdefault(rounded(100 * (1 - lost / len(sizes))), set()).add(counts)
    for score, expected in by_score.items():
        found = explanations(rules, indicator, score)
        assert {tuple(each.failed.get(part, 0) for part in sizes) for each in found} == expected
        assert [each.count for each in found] == sorted(each.count for each in found)


def test_a_score_that_no_combination_gives_has_no_explanation() -> None:
    assert failed(10, 37.51) == failed(10, float("nan")) == failed(10, float("inf")) == failed(1, 84.55) == []


@pytest.mark.parametrize("year", [2563, 2567])
def test_a_year_without_a_list_of_items_explains_nothing(year: int) -> None:
    assert explanations(rulebook(year), 10, 37.5) == []
    assert parts(rulebook(year), 10) == {}


def test_what_the_clerk_confirms_narrows_the_explanations() -> None:
    possible = explanations(RULES, 10, 37.5)
    assert [each.failed["10.1"] for each in narrowed(possible, RULES, published=["o42"])] == [6]
    assert [each.failed["10.1"] for each in narrowed(possible, RULES, failed=["o42", "o43"])] == [2]
    assert len(narrowed(possible, RULES, failed=["o42", "o1"])) == 2
    assert narrowed(possible, RULES, published=["o42", "o43"]) == []
    assert narrowed(possible, RULES, failed=["o42"], published=["o42"]) == []


def test_a_list_of_items_replaces_the_deduction_where_it_is_whole() -> None:
    missed = {"o34", "o35", "o42", "o43"}
    codes = [f"o{number}" for number in range(2, 44)]
    items = pd.DataFrame({"item": codes, "score": [0.0 if code in missed else 100.0 for code in codes]})
    found = from_items(RULES, items)
    assert list(found) == [10]
    assert found[10].items == ("o34", "o35", "o42", "o43")
    assert unrounded(RULES, 10, found[10].failed) == 37.5


def test_the_causes_come_from_the_surest_source_there_is() -> None:
    scores = pd.DataFrame({"indicator": range(1, 11), "score": [100.0] * 8 + [91.0, 37.5]})
    deduced = causes(RULES, scores)
    assert deduced.failed == {"9.5": 1, "10.1": 2, "10.2": 1}
    assert (deduced.known, deduced.listed) == ((), frozenset())
    confirmed = causes(RULES, scores, failed=["o42", "o43"])
    assert confirmed.failed == {"9.5": 1, "10.1": 2, "10.2": 2}
    assert confirmed.known == ("o42", "o43")
    missed = {"o34", "o35", "o42", "o43"}
    codes = [f"o{number}" for number in range(34, 44)]
    items = pd.DataFrame({"item": codes, "score": [0.0 if code in missed else 100.0 for code in codes]})
    listed = causes(RULES, scores, items, failed=["o36"], published=["o42"])
    assert listed.failed == {"9.5": 1, "10.1": 2, "10.2": 2}
    assert (listed.known, listed.published) == (("o34", "o35", "o42", "o43"), ())
    assert listed.listed == {10}


def test_what_contradicts_a_score_says_nothing() -> None:
    scores = pd.DataFrame({"indicator": range(1, 11), "score": [100.0] * 8 + [91.0, 37.5]})
    told = causes(RULES, scores, published=["o42", "o43"])
    assert told.explanations[10] == []
    assert told.contradicted == {10}
    assert told.failed == {"9.5": 1}
    assert told.published == ()


@pytest.mark.parametrize("fiscal_year", [2564, 2565, 2566])
@pytest.mark.parametrize("indicator", [9, 10])
def test_a_score_is_possible_exactly_where_it_has_an_explanation(fiscal_year: int, indicator: int) -> None:
    rules = rulebook(fiscal_year)
    explained = [score for score in range(10_001) if explanations(rules, indicator, score / 100)]
    assert [round(score * 100) for score in possible_scores(rules, indicator)] == explained


def test_where_no_items_are_known_no_score_is_called_possible() -> None:
    assert not possible_scores(rulebook(2567), 10)
    assert not possible_scores(rulebook(2564), 1)
