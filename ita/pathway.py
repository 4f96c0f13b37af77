"""What one point is worth, and the shortest way: by the fewest documents, or by the least total rise of scores.

Both ways are minimal. All points of an indicator, and all documents of a part, are worth the same, so that for every
number of steps the best choice is the one that takes the most valuable first; the least number whose best choice
reaches the target is looked for under the same rounding that judges the real total.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, product

import pandas as pd

from ita.assessment import Assessment, rounded
from ita.deduction import FULL, Causes, explanations, parts, unrounded
from ita.rulebooks import Rulebook

NO_CEILING: Mapping[int, float] = {}
"""Every indicator can rise until it is full."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached: a total, and a score by every single instrument."""

    total: float
    each_instrument: float = 0

    def reached(self, outcome: Outcome) -> bool:
        """Whether an outcome, as shown, is there. An instrument without a score reaches nothing."""
        lowest = min(outcome.instruments.values()) if outcome.instruments else float("nan")
        return outcome.total >= self.total and (not self.each_instrument or lowest >= self.each_instrument)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A total with its level, verdict and rounded instrument scores.

    `level` is None, and `instruments` empty, where a score is missing.
    """

    total: float
    level: str | None
    passed: bool
    instruments: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Step:
    """One document to publish, or one indicator to raise.

    `before` and `after` are the scores of its indicator, `gain` what the total gains as shown, `total` the total after
    this and all earlier steps. A document has a `part`, and `items`: the codes it may be. It is `sure` unless the
    failure may lie with a locked item instead: then the gain is there only if it is one of `items` that failed.
    """

    indicator: int
    before: float
    after: float
    gain: float
    total: float
    part: str | None = None
    items: tuple[str, ...] = ()
    sure: bool = True
    count: int = 1
    """How many documents, where steps that are alike stand as one."""


@dataclass(frozen=True, slots=True)
class Way:
    """Steps, greatest gain first, and what they lead from and to. No steps: the target is reached already."""

    steps: tuple[Step, ...]
    before: Outcome
    after: Outcome

    @property
    def count(self) -> int:
        return len(self.steps)

    @property
    def grouped(self) -> tuple[Step, ...]:
        """The steps, those that follow each other and may be the same documents joined into one."""
        found: list[Step] = []
        for _, group in groupby(self.steps, key=lambda step: (step.indicator, step.items, step.sure)):
            alike = list(group)
            gain = rounded(sum(step.gain for step in alike))
            found.append(replace(alike[-1], before=alike[0].before, gain=gain, count=len(alike)))
        return tuple(found)

    @property
    def rise(self) -> float:
        """How many points of score the indicators rise in all."""
        return rounded(sum(step.after - step.before for step in self.steps))


@dataclass(frozen=True, slots=True)
class Ways:
    """What leads to a target: the fewest documents and the least rise, each None where it does not.

    `furthest` and `every`: what comes out, and by which steps, when every document that failed for certain and can be
    done is published; None where no failure is certain. `furthest_rise`: when every indicator is as high as it can be.
    `hoped`: of the items that are taken care of, those that count only if it is they that failed.
    """

    target: Target
    by_documents: Way | None
    by_rise: Way | None
    furthest: Outcome | None
    every: Way | None
    furthest_rise: Outcome | None
    hoped: tuple[str, ...] = ()

    @property
    def told(self) -> Way | None:
        """The one that is told everywhere: documents are in the agency's own hands. None where neither is enough."""
        return self.by_documents or self.by_rise


def worth(rules: Rulebook) -> pd.DataFrame:
    """One row per instrument, indicator and known OIT item: kind, code, points.

    Points of the total: for one more point of score; for an item ("o42"), when it goes from not found to found.
    """
    instruments = [("instrument", instrument.code, instrument.weight / 100) for instrument in rules.instruments]
    indicators = [
        ("indicator", str(indicator.number), rules.points_per_score(indicator.number)) for indicator in rules.indicators
    ]
    items = [
        ("item", item.code, _document(rules, item.part) * rules.points_per_score(item.indicator))
        for item in rules.items
    ]
    return pd.DataFrame([*instruments, *indicators, *items], columns=["kind", "code", "points"])


def targets(assessment: Assessment, total: float | None = None, margin: float = 0) -> dict[str, Target]:
    """What is worth aiming at and not reached yet, by name: "mark", "level" (the next that is another aim), "total".

    "total" is there where the caller chooses one, with its margin. Empty where there is no total.
    """
    before = outcome(assessment, {})
    if before is None:
        return {}
    rules = assessment.rules
    found = {"mark": Target(rules.pass_mark)}
    levels = [Target(level.total, level.each_instrument) for level in rules.levels]
    if before.instruments:
        above = [level for level in levels if level != found["mark"] and not level.reached(before)]
        found |= dict(zip(["level"], reversed(above), strict=False))
    if total is not None:
        found["total"] = Target(rounded(min(total + margin, FULL)))
    return {name: target for name, target in found.items() if not target.reached(before)}


def next_target(assessment: Assessment) -> Target | None:
    """What comes next: the mark, then the next level; None where there is no total and where all is reached."""
    return next(iter(targets(assessment).values()), None)


def ways(
    assessment: Assessment,
    causes: Causes,
    target: Target,
    locked: Collection[str] = (),
    done: Collection[str] = (),
    fixed: Collection[int] = (),
) -> Ways:
    """Both ways to a target.

    `locked`: codes of items, parts or indicators whose documents cannot be published, which also bounds how far their
    indicators can rise; `done`: item codes that are taken care of; `fixed`: indicators that cannot be raised.
    """
    documents = reach = every = None
    hopes: tuple[str, ...] = ()
    known: dict[str, Collection[str]] = {"known": causes.known, "published": causes.published}
    if causes.failed:
        documents = by_documents(assessment, causes.failed, target, locked, done, **known)
        reach = furthest(assessment, causes.failed, locked, done, **known)
        most = Target(float("inf") if reach is None else reach.total)
        every = by_documents(assessment, causes.failed, most, locked, done, **known)
        hopes = hoped(assessment.rules, causes.failed, done, **known)
    highest = ceilings(assessment.rules, causes, locked)
    risen = by_rise(assessment, target, fixed, highest)
    return Ways(target, documents, risen, reach, every, furthest_rise(assessment, fixed, highest), hopes)


def ceilings(rules: Rulebook, causes: Causes, locked: Collection[str]) -> dict[int, float]:
    """How high each indicator that is made of documents is certain to come while these stay locked.

    Of several explanations the one in which most of what failed is locked counts, so that no rise promises too much.
    """

    def lost(indicator: int, failed: Mapping[str, int]) -> float:
        held = 0.0
        for part, codes in parts(rules, indicator).items():
            shut = codes if {part, str(indicator)} & set(locked) else locked
            failures = _Failures.of(codes, failed.get(part, 0), causes.known, causes.published)
            held += _document(rules, part) * failures.held(shut)
        return held

    found = {}
    for indicator in dict.fromkeys(item.indicator for item in rules.items):
        possible = [explanation.failed for explanation in causes.explanations.get(indicator, ())]
        found[indicator] = rounded(FULL - max(lost(indicator, failed) for failed in possible or [causes.failed]))
    return found


def outcome(assessment: Assessment, scores: Mapping[int, float]) -> Outcome | None:
    """What comes out if some indicators had these scores and all else stayed; None without a total to start from.

    A printed total stays the truth: what changes is added to it. With no scores it is the outcome as it is.
    """
    present = _Present.of(assessment)
    return None if present is None or set(scores) & set(assessment.missing) else present.outcome(scores)


def by_documents(
    assessment: Assessment,
    failed: Mapping[str, int],
    target: Target,
    locked: Collection[str] = (),
    done: Collection[str] = (),
    *,
    known: Collection[str] = (),
    published: Collection[str] = (),
) -> Way | None:
    """The least number of OIT documents that reach the target; None where there is no total or they cannot.

    `failed`: failures by part that are certain. `locked`: codes of items, parts or indicators that cannot be done.
    `done`: item codes that are taken care of, counted in `before` (see `hoped`). `known`: item codes known to have
    failed; `published`: known to have been found. Of a failure that is not known by its item, each step names all the
    items it may be. Of ways with as few documents the one with most sure steps is taken.
    """
    documents = _Documents.of(assessment, failed, locked, done, known, published)
    if documents is None or not target.reached(documents.after(documents.all)):
        return None
    return next(documents.way(taken) for taken in documents.choices() if target.reached(documents.after(taken)))


def hoped(
    rules: Rulebook,
    failed: Mapping[str, int],
    done: Collection[str],
    *,
    known: Collection[str] = (),
    published: Collection[str] = (),
) -> tuple[str, ...]:
    """Of the items that are taken care of, those that count only if it is they that failed."""
    found: list[str] = []
    for part in dict.fromkeys(item.part for item in rules.items):
        codes = parts(rules, int(part.split(".")[0]))[part]
        failures = _Failures.of(codes, failed.get(part, 0), known, published)
        own = [code for code in failures.others if code in done]
        others = len(failures.others) - len(own)
        if max(failures.unknown - others, 0) < min(failures.unknown, len(own)):
            found += own
    return tuple(found)


def furthest(
    assessment: Assessment,
    failed: Mapping[str, int],
    locked: Collection[str] = (),
    done: Collection[str] = (),
    *,
    known: Collection[str] = (),
    published: Collection[str] = (),
) -> Outcome | None:
    """The most that comes out when every document that failed and can be done is published; None without a total."""
    documents = _Documents.of(assessment, failed, locked, done, known, published)
    return None if documents is None else documents.after(documents.all)


def by_rise(
    assessment: Assessment, target: Target, locked: Collection[int] = (), highest: Mapping[int, float] = NO_CEILING
) -> Way | None:
    """The least total rise over indicators that reaches the target; None where there is no total or it cannot.

    In hundredths of a score, each indicator at most full, or as high as `highest` lets it. Of indicators that are
    worth the same the lowest rises first, so that the fewest have to.
    """
    present = _Present.of(assessment)
    if present is None or (target.each_instrument and not present.whole):
        return None
    room = _rooms(present, locked, highest)
    rules = assessment.rules

    def lifted(numbers: Sequence[int], hundredths: int) -> dict[int, int]:
        """So many hundredths handed to these indicators, one after the other, each up to its room."""
        rise = {}
        for number in numbers:
            rise[number] = min(room[number], hundredths)
            hundredths -= rise[number]
        return rise

    def meets(numbers: Sequence[int], code: str, hundredths: int) -> bool:
        return present.risen(lifted(numbers, hundredths)).instruments[code] >= target.each_instrument

    least: dict[int, int] = {}
    for instrument in rules.instruments if target.each_instrument else ():
        numbers = [number for number in room if rules.instrument_of[number] == instrument.code]
        needed = _least(sum(room[number] for number in numbers), partial(meets, numbers, instrument.code))
        if needed is None:
            return None
        least |= lifted(numbers, needed)
    room = {number: space - least.get(number, 0) for number, space in room.items()}
    dearest = sorted(room, key=rules.points_per_score, reverse=True)

    def with_more(hundredths: int) -> dict[int, int]:
        return {number: least.get(number, 0) + more for number, more in lifted(dearest, hundredths).items()}

    more = _least(sum(room.values()), lambda count: target.reached(present.risen(with_more(count))))
    return None if more is None else _rising(present, with_more(more))


def furthest_rise(
    assessment: Assessment, locked: Collection[int] = (), highest: Mapping[int, float] = NO_CEILING
) -> Outcome | None:
    """What comes out when every indicator is as high as it can rise; None without a total."""
    present = _Present.of(assessment)
    return None if present is None else present.risen(_rooms(present, locked, highest))


@dataclass(frozen=True)
class _Present:
    """An assessment as plain numbers, so that many outcomes can be tried."""

    assessment: Assessment
    scores: Mapping[int, float]
    exact: float
    """The total to add to: of one that is the sum, the unrounded sum, so that it is rounded once."""

    @classmethod
    def of(cls, assessment: Assessment) -> _Present | None:
        if assessment.total is None:
            return None
        known = assessment.indicators.dropna(subset="score")
        is_sum = assessment.total == assessment.computed_total
        return cls(
            assessment=assessment,
            scores={
                int(number): float(score) for number, score in zip(known["indicator"], known["score"], strict=True)
            },
            exact=float(assessment.instruments["points"].sum()) if is_sum else assessment.total,
        )

    @property
    def whole(self) -> bool:
        return len(self.scores) == len(self.assessment.rules.indicators)

    def outcome(self, scores: Mapping[int, float]) -> Outcome:
        rules = self.assessment.rules
        changed = {number: rounded(float(score)) for number, score in scores.items()}
        changed = {number: score for number, score in changed.items() if score != self.scores[number]}
        gained = sum(
            (score - self.scores[number]) * rules.points_per_score(number) for number, score in changed.items()
        )
        total = rounded(self.exact + gained)
        instruments = {}
        if self.whole:
            after = {**self.scores, **changed}
            for instrument in rules.instruments:
                own = [after[number] for number in rules.indicators_of(instrument.code)]
                instruments[instrument.code] = rounded(sum(own) / len(own))
        if not changed:
            level = self.assessment.level
        else:
            level = rules.level(total, instruments).name["th"] if instruments else None
        return Outcome(total, level, rules.passes(total), instruments)

    def risen(self, hundredths: Mapping[int, int]) -> Outcome:
        return self.outcome({number: self.scores[number] + rise / 100 for number, rise in hundredths.items()})


def _rooms(present: _Present, locked: Collection[int], highest: Mapping[int, float]) -> dict[int, int]:
    """How far each indicator that is not locked can rise, in hundredths, the lowest first."""
    free = sorted((score, number) for number, score in present.scores.items() if number not in locked)
    return {number: max(round((highest.get(number, FULL) - score) * 100), 0) for score, number in free}


def _least(most: int, enough: Callable[[int], bool]) -> int | None:
    """The least count from 0 to `most` that is enough, where more is never less; None if `most` is not."""
    count = bisect_left(range(most + 1), True, key=enough)
    return None if count > most else count


def _rising(present: _Present, hundredths: Mapping[int, int]) -> Way:
    rules = present.assessment.rules
    order = sorted(
        (number for number, rise in hundredths.items() if rise),
        key=lambda number: (-hundredths[number] * rules.points_per_score(number), number),
    )
    steps: list[Step] = []
    before = reached = present.outcome({})
    for place, number in enumerate(order, start=1):
        total = reached.total
        reached = present.risen({other: hundredths[other] for other in order[:place]})
        score = present.scores[number]
        after = rounded(score + hundredths[number] / 100)
        steps.append(Step(number, score, after, rounded(reached.total - total), reached.total))
    return Way(tuple(steps), before, reached)


@dataclass(frozen=True)
class _Document:
    indicator: int
    part: str
    items: tuple[str, ...]
    sure: bool
    lift: float
    """What it adds to the unrounded score of its indicator."""


@dataclass(frozen=True)
class _Documents:
    """The documents that can be published."""

    present: _Present
    base: Mapping[int, float]
    """The unrounded score of each indicator, what is done included."""
    alike: tuple[tuple[_Document, ...], ...]
    """The documents by indicator and by whether they are sure, the most valuable first."""

    @classmethod
    def of(
        cls,
        assessment: Assessment,
        failed: Mapping[str, int],
        locked: Collection[str],
        done: Collection[str],
        known: Collection[str],
        published: Collection[str],
    ) -> _Documents | None:
        present = _Present.of(assessment)
        if present is None:
            return None
        rules = assessment.rules
        base: dict[int, float] = {}
        alike: list[tuple[_Document, ...]] = []
        for indicator in dict.fromkeys(item.indicator for item in rules.items):
            if indicator not in present.scores:
                continue
            base[indicator] = _base(rules, indicator, present.scores[indicator], failed)
            found: list[_Document] = []
            for part, codes in parts(rules, indicator).items():
                lift = _document(rules, part)
                failures = _Failures.of(codes, failed.get(part, 0), known, published)
                left = failures.without(done)
                base[indicator] += lift * (failures.count - left.count)
                shut = codes if {part, str(indicator)} & set(locked) else locked
                found += [_Document(indicator, part, items, sure, lift) for items, sure in left.open(shut)]
            found.sort(key=lambda document: -document.lift)
            alike += [tuple(document for document in found if document.sure is sure) for sure in (True, False)]
        return cls(present, base, tuple(alike))

    @property
    def all(self) -> list[_Document]:
        return [document for documents in self.alike for document in documents]

    def choices(self) -> Iterator[list[_Document]]:
        """What can be published: fewest in all, then most sure ones, then the greatest total.

        Of documents alike the most valuable first: every other choice of as many is worth less.
        """

        def taken(counts: Sequence[int]) -> list[_Document]:
            pairs = zip(self.alike, counts, strict=True)
            return [document for documents, count in pairs for document in documents[:count]]

        def rank(counts: Sequence[int]) -> tuple[int, int]:
            return sum(counts), sum(counts[1::2])

        every = sorted(product(*(range(len(documents) + 1) for documents in self.alike)), key=rank)
        for _, equal in groupby(every, key=rank):
            yield from sorted(map(taken, equal), key=lambda documents: -self.after(documents).total)

    def after(self, documents: Sequence[_Document]) -> Outcome:
        return self.present.outcome(self.scores(documents))

    def scores(self, documents: Sequence[_Document]) -> dict[int, float]:
        lifted = dict(self.base)
        for document in documents:
            lifted[document.indicator] += document.lift
        return {number: min(rounded(score), FULL) for number, score in lifted.items()}

    def way(self, taken: Sequence[_Document]) -> Way:
        rules = self.present.assessment.rules
        order = sorted(taken, key=lambda document: -document.lift * rules.points_per_score(document.indicator))
        steps: list[Step] = []
        before = reached = self.after([])
        for place, document in enumerate(order):
            earlier, total = self.scores(order[:place]), reached.total
            later = self.scores(order[: place + 1])
            reached = self.present.outcome(later)
            number = document.indicator
            steps.append(
                Step(
                    indicator=number,
                    before=earlier[number],
                    after=later[number],
                    gain=rounded(reached.total - total),
                    total=reached.total,
                    part=document.part,
                    items=document.items,
                    sure=document.sure,
                )
            )
        return Way(tuple(steps), before, reached)


def _document(rules: Rulebook, part: str) -> float:
    """What one document of a part adds to the score of its indicator."""
    own = parts(rules, int(part.split(".")[0]))
    return FULL / len(own) / len(own[part])


def _base(rules: Rulebook, indicator: int, score: float, failed: Mapping[str, int]) -> float:
    """The unrounded score behind a printed one: of several possible the least, so that no way promises too much."""
    possible = [
        unrounded(rules, indicator, explanation.failed)
        for explanation in explanations(rules, indicator, score)
        if all(explanation.failed.get(part, 0) >= failed.get(part, 0) for part in parts(rules, indicator))
    ]
    return float(min(possible)) if possible else score


@dataclass(frozen=True)
class _Failures:
    """What failed in a part: items that are known, and so many unknown of the others."""

    known: tuple[str, ...]
    unknown: int
    others: tuple[str, ...]

    @classmethod
    def of(cls, codes: Sequence[str], failed: int, known: Collection[str], published: Collection[str]) -> _Failures:
        certain = tuple(code for code in codes if code in known)
        others = tuple(code for code in codes if code not in known and code not in published)
        return cls(certain, min(max(failed - len(certain), 0), len(others)), others)

    @property
    def count(self) -> int:
        return len(self.known) + self.unknown

    def held(self, locked: Collection[str]) -> int:
        """How many of them cannot be worked on, at worst."""
        known = sum(code in locked for code in self.known)
        return known + min(self.unknown, sum(code in locked for code in self.others))

    def without(self, done: Collection[str]) -> _Failures:
        """What is left when these are taken care of and, of the others, as many as possible had failed."""
        others = tuple(code for code in self.others if code not in done)
        closed = len(self.others) - len(others)
        return _Failures(tuple(code for code in self.known if code not in done), max(self.unknown - closed, 0), others)

    def open(self, locked: Collection[str]) -> Iterator[tuple[tuple[str, ...], bool]]:
        """For each failure that can be worked on the items it may be, and whether it is sure to be one of them."""
        yield from (((code,), True) for code in self.known if code not in locked)
        free = tuple(code for code in self.others if code not in locked)
        sure = self.unknown - (len(self.others) - len(free))
        yield from ((free, place < sure) for place in range(min(self.unknown, len(free))))
