"""The sentences of the way to the mark: how little it takes, step by step, and what a score says of its causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ita.assessment import Assessment, rounded
from ita.deduction import Explanation, certain
from ita.rulebooks import Rulebook
from ita.sentences import gain_amount, gain_word, indicator_name, level_name
from ita.text import Say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ita.deduction import Causes
    from ita.pathway import Outcome, Step, Way, Ways

_NAMED = 3
"""So many documents of which some are meant are named; more stand as a range."""
_EXPLANATIONS = 6
"""So many explanations of a score are told."""


def way(taken: Way, assessment: Assessment, say: Say, language: str) -> str:
    """How little it takes: the number of documents, or the rise of scores, and what the total and level come to."""
    after = taken.after
    values = {"before": f"{taken.before.total:.2f}", "after": f"{after.total:.2f}", "count": taken.count}
    level = level_name(assessment, after.level, language)
    values["level"] = say("sentence.way_level", level=level) if level else ""
    if not taken.steps:
        return say("sentence.way_none", **values)
    if taken.steps[0].part is None:
        return say("sentence.way_rise", rise=f"{taken.rise:.2f}", **values)
    passes = "_passes" if after.passed and not taken.before.passed else ""
    doubtful = list(dict.fromkeys(step.items for step in taken.steps if not step.sure))
    what = say("sentence.as_well").join(_one_of(items, say) for items in doubtful)
    if taken.count == 1 and not doubtful:
        what = _documents(taken.steps[0], {}, say)
    many = "one" if taken.count == 1 else "documents"
    return say(f"sentence.way_{many}{'_if' if doubtful else ''}{passes}", what=what, **values)


def title(ways: Ways, assessment: Assessment, say: Say, language: str) -> str:
    """How little it takes to reach the target, or that it is out of reach."""
    if ways.told is None:
        return say("sentence.way_unreachable", total=f"{ways.target.total:g}")
    return way(ways.told, assessment, say, language)


def why(ways: Ways, causes: Causes, assessment: Assessment, say: Say) -> str:
    """What kind of way it is or why no documents lead there, and on what ground it stands."""
    if ways.furthest is None:
        key = "sentence.way_none_certain" if assessment.rules.items else "sentence.way_no_items"
        return say(key, year=assessment.fiscal_year)
    hopes = f"{hoped(ways.hoped, say)} " if ways.hoped else ""
    if ways.by_documents is None:
        failing = {int(part.split(".")[0]) for part in causes.failed}
        ground = _ground(causes, failing, sum(causes.failed.values()) <= len(causes.known), say)
        return hopes + say("sentence.way_not_enough", total=f"{ways.furthest.total:.2f}", ground=ground)
    steps = ways.by_documents.steps
    if not steps:
        return hopes + say("sentence.way_done")
    named = all(len(step.items) == 1 and step.items[0] in causes.known for step in steps)
    return hopes + say("sentence.way_told", ground=_ground(causes, {step.indicator for step in steps}, named, say))


def _ground(causes: Causes, indicators: set[int], named: bool, say: Say) -> str:
    """Where it is known from that documents of these indicators failed; all are `named` or it is a deduction."""
    if indicators <= causes.listed:
        return say("sentence.ground_listed")
    return say("sentence.ground_confirmed" if named else "sentence.ground_deduced")


def table(taken: Way, assessment: Assessment, say: Say, language: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The steps of a way as headings and rows: what is published or raised, what the score becomes, gain and total.

    Steps that may be the same documents stand in one row.
    """
    names = {item.code: item.name for item in assessment.rules.items}
    of_documents = any(step.items for step in taken.steps)
    rows: list[tuple[str, ...]] = []
    for step in taken.grouped:
        name = indicator_name(assessment.rules, step.indicator, language)
        change = f"{step.before:.2f} → {step.after:.2f}"
        what = (_documents(step, names, say), f"{name}\n{change}") if of_documents else (name, change)
        rows.append((*what, gain_word(step.gain), f"{step.total:.2f}"))
    headings = ("document", "indicator") if of_documents else ("indicator", "change")
    return tuple(say(f"column.{heading}") for heading in (*headings, "gain", "total")), rows


def step_told(step: Step, assessment: Assessment, say: Say, language: str) -> str:
    """A step of a way: what is done, what its indicator and the total become."""
    values = {
        "name": indicator_name(assessment.rules, step.indicator, language),
        "before": f"{step.before:.2f}",
        "after": f"{step.after:.2f}",
        "gain": gain_amount(step.gain, say),
    }
    if step.part is None:
        return say("sentence.step_rise", **values)
    what = _documents(step, {item.code: item.name for item in assessment.rules.items}, say)
    return say("sentence.step_document" if step.sure else "sentence.step_document_if", what=what, **values)


def hoped(items: Sequence[str], say: Say) -> str:
    """That the total counts these documents as if it is they that were not found."""
    return say("sentence.hoped", what=_among(items))


def step_name(step: Step, assessment: Assessment, say: Say, language: str) -> str:
    """A step in few words."""
    return _documents(step, {}, say) if step.items else indicator_name(assessment.rules, step.indicator, language)


def measure_title(step: Step, assessment: Assessment, say: Say, language: str) -> str:
    """What a measure of this step is called."""
    if step.items:
        return say("sentence.measure_document", what=_documents(step, {}, say))
    name = indicator_name(assessment.rules, step.indicator, language)
    return say("sentence.measure_rise", name=name, after=f"{step.after:.2f}")


def reached(present: Outcome, assessment: Assessment, say: Say, language: str) -> str:
    """That nothing is left to reach."""
    level = level_name(assessment, present.level, language)
    return say("sentence.way_reached", total=f"{present.total:.2f}", level=level)


def cause_of_score(number: int, causes: Causes, assessment: Assessment, say: Say) -> tuple[str, list[str]]:
    """Where an indicator's score comes from: what holds in every way in which it can have come about, and each of them.

    None of these where the score is impossible, or contradicts what was confirmed.
    """
    every = causes.explanations[number]
    score = assessment.scores[number]
    if not every:
        key = "sentence.cause_contradicted" if number in causes.contradicted else "sentence.cause_impossible"
        return say(key, score=f"{score:.2f}"), []
    told = [explanation(one, assessment.rules, say) for one in every[:_EXPLANATIONS]]
    if more := len(every) - len(told):
        told.append(say("sentence.more_explanations", count=more))
    if number in causes.listed:
        return say("sentence.cause_listed"), told
    if len(every) == 1:
        return say("sentence.explanation"), told
    shared = certain(every)
    key = "sentence.explanations_shared" if shared else "sentence.explanations"
    return say(key, count=len(every), shared=explanation(Explanation(number, shared), assessment.rules, say)), told


def explanation(found: Explanation, rules: Rulebook, say: Say) -> str:
    """Which documents failed, by part."""
    if not found.failed:
        return say("sentence.nothing_failed")
    sizes = {part: sum(item.part == part for item in rules.items) for part in found.failed}
    told = []
    for part, count in found.failed.items():
        codes = [item.code.upper() for item in rules.items if item.part == part]
        own = [code.upper() for code in found.items if code.upper() in codes]
        among = ", ".join(own) if own else _among(codes)
        name = f"{part} {rules.parts.get(part, '')}".strip()
        values = {"name": name, "count": count, "size": sizes[part], "among": among}
        told.append(say("sentence.failed_part", **values))
    return " · ".join(told)


def weak_alone(assessment: Assessment, say: Say) -> str:
    """What raising only the weak indicators of the surveys to the mark adds; "" where there are none."""
    listed = {item.indicator for item in assessment.rules.items}
    weak = assessment.below[~assessment.below["indicator"].isin(listed)]
    if weak.empty or not listed or assessment.total is None:
        return ""
    gain = rounded((-weak["gap"] * weak["indicator"].map(assessment.rules.points_per_score)).sum())
    mark = f"{assessment.rules.pass_mark:g}"
    return say("sentence.weak_alone", count=len(weak), mark=mark, gain=gain_amount(gain, say))


def _documents(step: Step, names: Mapping[str, str], say: Say) -> str:
    """The documents of a step: by code and name while they are few, else so many of a range."""
    named = [f"{code.upper()} {names.get(code, '')}".strip() for code in step.items]
    if len(named) <= _NAMED and step.count in (1, len(named)):
        return say("sentence.either" if step.count == 1 else "sentence.as_well").join(named)
    return say("sentence.some_of", count=step.count, among=_among(step.items))


def _one_of(codes: Sequence[str], say: Say) -> str:
    if len(codes) <= _NAMED:
        return say("sentence.either").join(code.upper() for code in codes)
    return say("sentence.one_of", among=_among(codes))


def _among(codes: Sequence[str]) -> str:
    """ "O34–O36, O39" """
    numbers = [int(code[1:]) for code in codes]
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"O{run[0]}–O{run[-1]}" if len(run) > 1 else f"O{run[0]}" for run in runs)
