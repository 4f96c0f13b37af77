"""What one point is worth, and the shortest way: by the fewest documents, or by the least total rise of scores.

Both ways are minimal. All points of an indicator, and all documents of a part, are worth the same, so that for every
number of steps the best choice is the one that takes the most valuable first; the least number whose best choice
reaches the target is looked for under the same rounding that judges the real total.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, product

import pandas as pd

from ita.assessment import Assessment, rounded
from ita.deduction import FULL, Causes, explanations, parts, unrounded
from ita.rulebooks import Rulebook


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
    this and all earlier steps. A document has a `part`, and `items`: the codes it may be; `count` is more than one for
    several such documents together.
    """

    indicator: int
    before: float
    after: float
    gain: float
    total: float
    part: str | None = None
    items: tuple[str, ...] = ()
    count: int = 1


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
    def alike(self) -> list[Step]:
        """The steps in their order, as one where they follow each other and may be the same documents."""
        groups = groupby(self.steps, key=lambda step: (step.indicator, step.part, step.items))
        return [_together([*steps]) for _, steps in groups]

    @property
    def rise(self) -> float:
        """How many points of score the indicators rise in all."""
        return rounded(sum(step.after - step.before for step in self.steps))


@dataclass(frozen=True, slots=True)
class Ways:
    """What leads to a target: the fewest documents and the least rise, each None where it does not.

    `furthest`: what comes out when every document that failed for certain and can be done is published; None where no
    failure is certain.
    """

    target: Target
    by_documents: Way | None
    by_rise: Way | None
    furthest: Outcome | None

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
    """What is worth aiming at and not reached yet, by name: "mark", "level" (the next above the present), "total".

    "total" is there where the caller chooses one, with its margin. Empty where there is no total.
    """
    before = outcome(assessment, {})
    if before is None:
        return {}
    rules = assessment.rules
    found = {"mark": Target(rules.pass_mark)}
    levels = [Target(level.total, level.each_instrument) for level in rules.levels]
    if before.instruments and (above := [level for level in levels if not level.reached(before)]):
        found["level"] = above[-1]
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
) -> Ways:
    """Both ways to a target. `locked`: codes of items, of parts or of indicators that cannot be worked on; `done`: item
    codes that are taken care of.
    """
    documents = reach = None
    if causes.failed:
        known, published = causes.known, causes.published
        documents = by_documents(assessment, causes.failed, target, locked, done, known=known, published=published)
        reach = furthest(assessment, causes.failed, locked, done, known=known, published=published)
    shut = [int(code) for code in locked if code.isdecimal()]
    return Ways(target, documents, by_rise(assessment, target, shut), reach)


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

    `failed`: failures by part that are certain. `locked`: item or part codes that cannot be done. `done`: item codes
    that are taken care of, counted in `before`. `known`: item codes known to have failed; `published`: known to have
    been found. Of a failure that is not known by its item, each step names all the items it may be.
    """
    documents = _Documents.of(assessment, failed, locked, done, known, published)
    if documents is None:
        return None
    choice = next((best for best in documents.choices() if target.reached(documents.outcome(best))), None)
    return None if choice is None else documents.way(choice)


def furthest(
    assessment: Assessment,
    failed: Mapping[str, int],
    locked: Collection[str] = (),
    done: Collection[str] = (),
    *,
    known: Collection[str] = (),
    published: Collection[str] = (),
) -> Outcome | None:
    """What comes out when every document that failed for certain and can be done is published; None without a total."""
    documents = _Documents.of(assessment, failed, locked, done, known, published)
    return None if documents is None else documents.outcome(documents.all)


def by_rise(assessment: Assessment, target: Target, locked: Collection[int] = ()) -> Way | None:
    """The least total rise over indicators that reaches the target; None where there is no total or it cannot.

    In hundredths of a score, each indicator at most full. Of indicators that are worth the same the lowest rises
    first, so that the fewest have to.
    """
    present = _Present.of(assessment)
    if present is None or (target.each_instrument and not present.whole):
        return None
    room = _rooms(present, locked)
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


def furthest_rise(assessment: Assessment, locked: Collection[int] = ()) -> Outcome | None:
    """What comes out when every indicator that can rise is full; None without a total."""
    present = _Present.of(assessment)
    return None if present is None else present.risen(_rooms(present, locked))


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


def _rooms(present: _Present, locked: Collection[int]) -> dict[int, int]:
    """How far each indicator that is not locked can rise, in hundredths, the lowest first."""
    free = sorted((score, number) for number, score in present.scores.items() if number not in locked)
    return {number: round((FULL - score) * 100) for score, number in free}


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
    lift: float
    """What it adds to the unrounded score of its indicator."""


@dataclass(frozen=True)
class _Documents:
    """The documents that can be published, by indicator, the most valuable of each first."""

    present: _Present
    base: Mapping[int, float]
    """The unrounded score of each indicator, what is done included."""
    open: Mapping[int, tuple[_Document, ...]]

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
        documents: dict[int, tuple[_Document, ...]] = {}
        for indicator in dict.fromkeys(item.indicator for item in rules.items):
            if indicator not in present.scores:
                continue
            own = parts(rules, indicator)
            base[indicator] = _base(rules, indicator, present.scores[indicator], failed)
            found: list[_Document] = []
            for part, codes in own.items():
                lift = _document(rules, part)
                candidates = _candidates(codes, failed.get(part, 0), set(known), set(published))
                finished = [code for code in codes if code in done and any(code in may for may in candidates)]
                base[indicator] += lift * min(len(finished), len(candidates))
                left = _left(candidates, finished)
                shut = set(codes) if part in locked else set(locked)
                found += [_Document(indicator, part, items, lift) for items in _unlocked(left, shut)]
            documents[indicator] = tuple(sorted(found, key=lambda document: -document.lift))
        return cls(present, base, documents)

    @property
    def all(self) -> tuple[int, ...]:
        return tuple(len(documents) for documents in self.open.values())

    def choices(self) -> Iterator[tuple[int, ...]]:
        """How many documents of each indicator, the most valuable first: fewest in all, then the greatest total."""
        counts = product(*(range(count + 1) for count in self.all))
        return iter(sorted(counts, key=lambda choice: (sum(choice), -self.outcome(choice).total)))

    def outcome(self, choice: Sequence[int]) -> Outcome:
        taken = zip(self.open.values(), choice, strict=True)
        return self.after([document for documents, count in taken for document in documents[:count]])

    def after(self, documents: Sequence[_Document]) -> Outcome:
        return self.present.outcome(self.scores(documents))

    def scores(self, documents: Sequence[_Document]) -> dict[int, float]:
        lifted = dict(self.base)
        for document in documents:
            lifted[document.indicator] += document.lift
        return {number: min(rounded(score), FULL) for number, score in lifted.items()}

    def way(self, choice: Sequence[int]) -> Way:
        taken = zip(self.open.values(), choice, strict=True)
        rules = self.present.assessment.rules
        order = sorted(
            (document for documents, count in taken for document in documents[:count]),
            key=lambda document: -document.lift * rules.points_per_score(document.indicator),
        )
        steps: list[Step] = []
        before = reached = self.after([])
        for place, document in enumerate(order):
            earlier, total = self.scores(order[:place]), reached.total
            later = self.scores(order[: place + 1])
            reached = self.present.outcome(later)
            number = document.indicator
            gain = rounded(reached.total - total)
            steps.append(
                Step(number, earlier[number], later[number], gain, reached.total, document.part, document.items)
            )
        return Way(tuple(steps), before, reached)


def _together(steps: Sequence[Step]) -> Step:
    """Steps that follow each other as one."""
    gain = rounded(sum(step.gain for step in steps))
    return replace(steps[-1], before=steps[0].before, gain=gain, count=len(steps))


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


def _candidates(
    codes: Sequence[str], failed: int, known: Collection[str], published: Collection[str]
) -> list[tuple[str, ...]]:
    """For each failure in a part the items it may be: itself where it is known, else any that is not known at all."""
    certain = [(code,) for code in codes if code in known]
    others = tuple(code for code in codes if code not in known and code not in published)
    return [*certain, *[others] * min(max(failed - len(certain), 0), len(others))]


def _left(candidates: Sequence[tuple[str, ...]], finished: Sequence[str]) -> list[tuple[str, ...]]:
    """The failures that remain when these items are done: each closes one that it may be."""
    left = list(candidates)
    for code in finished:
        closed = next((may for may in left if code in may), None)
        if closed is not None:
            left.remove(closed)
    return [tuple(code for code in may if code not in finished) for may in left]


def _unlocked(candidates: Sequence[tuple[str, ...]], locked: Collection[str]) -> list[tuple[str, ...]]:
    """The failures that can be worked on: no more of one kind than it has items that are not locked."""
    found: list[tuple[str, ...]] = []
    for may, count in Counter(candidates).items():
        free = tuple(code for code in may if code not in locked)
        found += [free] * min(count, len(free))
    return found
