"""What must have failed: the documents that a printed OIT score implies, by arithmetic alone.

An item scores 0 or 100, a part is the mean of its items, an indicator the mean of its parts. So a printed score leaves
only some numbers of failed items per part. All of it is a deduction until the clerk confirms it or a file lists items.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

import numpy as np
import pandas as pd

from ita.assessment import rounded
from ita.rulebooks import Rulebook

FULL = 100
"""The score of a document that was found; one that was not found scores 0."""


@dataclass(frozen=True)
class Explanation:
    """One way in which an indicator's score came about.

    `failed`: number of failed items by part, only parts with some. `items`: their codes where a file lists them, else
    empty.
    """

    indicator: int
    failed: Mapping[str, int]
    items: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many documents failed."""
        return sum(self.failed.values())


@dataclass(frozen=True, slots=True)
class Causes:
    """What is known of the documents behind the printed scores, each from the surest source there is.

    `explanations`: by indicator with a list of items, those still possible; none where nothing gives the score.
    `failed`: by part the number of failures that is certain. `known`, `published`: codes of items known to have failed
    and to have been found. `listed`: the indicators whose items a file lists, so that nothing is deduced of them.
    `contradicted`: those whose score has explanations, but none with what was confirmed.
    """

    explanations: Mapping[int, Sequence[Explanation]] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    listed: frozenset[int] = frozenset()
    contradicted: frozenset[int] = frozenset()


def parts(rules: Rulebook, indicator: int) -> dict[str, tuple[str, ...]]:
    """Item codes by part of an indicator, in official order; empty for surveys and where the year's list is unknown."""
    found: dict[str, tuple[str, ...]] = {}
    for item in rules.items:
        if item.indicator == indicator:
            found[item.part] = (*found.get(item.part, ()), item.code)
    return found


def unrounded(rules: Rulebook, indicator: int, failed: Mapping[str, int]) -> Fraction:
    """The exact score of an indicator with so many failed items per part; the indicator must have a list of items."""
    sizes = {part: len(codes) for part, codes in parts(rules, indicator).items()}
    lost = sum((Fraction(failed.get(part, 0), size) for part, size in sizes.items()), Fraction(0))
    return FULL * (1 - lost / len(sizes))


def explanations(rules: Rulebook, indicator: int, score: float) -> list[Explanation]:
    """Every combination of failed counts per part that gives the printed score, fewest documents first.

    Empty where no combination does (a typo, or the form of another year), where the score is missing, and where the
    items of the year or the indicator are unknown: then `parts` is empty too.
    """
    sizes = {part: len(codes) for part, codes in parts(rules, indicator).items()}
    if not sizes or pd.isna(score):
        return []
    counts = np.argwhere(_hundredths(tuple(sizes.values())) == np.round(rounded(float(score)) * 100)).tolist()
    return [
        Explanation(indicator, {part: failed for part, failed in zip(sizes, vector, strict=True) if failed})
        for vector in sorted(counts, key=lambda vector: (sum(vector), vector))
    ]


def possible_scores(rules: Rulebook, indicator: int) -> Sequence[float]:
    """Every printed score that the year's items can give, ascending; empty where they are unknown."""
    sizes = tuple(len(codes) for codes in parts(rules, indicator).values())
    return _possible(sizes) if sizes else ()


def certain(explanations: Sequence[Explanation]) -> Mapping[str, int]:
    """Per part the number of failures that hold in all of them; only parts with some."""
    shared = {
        part: min(explanation.failed.get(part, 0) for explanation in explanations)
        for part in dict.fromkeys(part for explanation in explanations for part in explanation.failed)
    }
    return {part: count for part, count in sorted(shared.items(), key=lambda of: _order(of[0])) if count}


def narrowed(
    explanations: Sequence[Explanation],
    rules: Rulebook,
    failed: Collection[str] = (),
    published: Collection[str] = (),
) -> list[Explanation]:
    """Those still possible when some item codes are known to have failed and others to have been found.

    Items of other indicators say nothing about these. Confirmations that contradict the score leave none.
    """

    def possible(explanation: Explanation) -> bool:
        return all(
            len(known_failed & set(codes)) <= explanation.failed.get(part, 0) <= len(set(codes) - known_published)
            for part, codes in parts(rules, explanation.indicator).items()
        )

    known_failed, known_published = set(failed), set(published)
    if known_failed & known_published:
        return []
    return [explanation for explanation in explanations if possible(explanation)]


def from_items(rules: Rulebook, items: pd.DataFrame) -> dict[int, Explanation]:
    """What an uploaded list of items (columns item, score) says itself, by indicator: it replaces the deduction.

    Only indicators of which every item is there once, with 0 or 100: a gap in the list is never taken for a success.
    """
    scores = dict(zip(items["item"], items["score"], strict=True))
    twice = set(items.loc[items["item"].duplicated(), "item"])
    found = {}
    for indicator in dict.fromkeys(item.indicator for item in rules.items):
        own = [item for item in rules.items if item.indicator == indicator]
        if all(scores.get(item.code) in (0, FULL) and item.code not in twice for item in own):
            missed = [item for item in own if scores[item.code] == 0]
            counts = dict(Counter(item.part for item in missed))
            found[indicator] = Explanation(indicator, counts, tuple(item.code for item in missed))
    return found


def causes(
    rules: Rulebook,
    scores: pd.DataFrame,
    items: pd.DataFrame | None = None,
    failed: Collection[str] = (),
    published: Collection[str] = (),
) -> Causes:
    """What a year's scores (columns indicator, score) say, a file's items (columns item, score) where it has them, and
    what the clerk has confirmed: item codes that `failed` and that were `published`.

    A file's items go before what was confirmed; what contradicts the score of its indicator says nothing.
    """
    listed = {} if items is None else from_items(rules, items)
    printed = dict(zip(scores["indicator"], scores["score"], strict=True))
    every: dict[int, list[Explanation]] = {}
    sure: dict[str, int] = {}
    contradicted = set()
    for number in dict.fromkeys(item.indicator for item in rules.items):
        deduced = explanations(rules, number, printed[number])
        possible = narrowed(deduced, rules, failed, published)
        every[number] = [listed[number]] if number in listed else possible
        sure |= certain(every[number])
        if deduced and not every[number]:
            contradicted.add(number)
    deducible = {item.code for item in rules.items if item.indicator not in listed and every[item.indicator]}
    known = [code for code in failed if code in deducible]
    known += [code for found in listed.values() for code in found.items]
    found = tuple(code for code in published if code in deducible)
    return Causes(every, sure, tuple(known), found, frozenset(listed), frozenset(contradicted))


@cache
def _hundredths(sizes: tuple[int, ...]) -> np.ndarray:
    """The printed score, in hundredths, of every vector of failed counts for parts of these sizes: one axis a part.

    In whole numbers, rounded half up: no score is missed or invented by a binary fraction.
    """
    common = math.lcm(*sizes)
    whole = common * len(sizes)
    worth = np.array([common // size for size in sizes])
    failed = np.indices([size + 1 for size in sizes])
    kept = whole - np.tensordot(worth, failed, axes=1)
    return (2 * FULL * 100 * kept + whole) // (2 * whole)


@cache
def _possible(sizes: tuple[int, ...]) -> tuple[float, ...]:
    return tuple(np.unique(_hundredths(sizes)) / 100)


def _order(part: str) -> tuple[int, ...]:
    return tuple(int(number) for number in part.split("."))
