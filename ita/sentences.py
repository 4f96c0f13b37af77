"""What the figures say, as sentences: the same words on a screen, in a report and on a slide. Plain text, no markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from ita.assessment import Assessment, rounded
from ita.coverage import Finding, beyond, uncovered
from ita.measures import SHAPES, WORST_FIRST
from ita.rulebooks import Origin, Rulebook
from ita.text import Say
from ita.thai import date_text, period_words

if TYPE_CHECKING:
    from ita.briefing import Briefing
    from ita.store import StoredResult

PASSED_MARK, BELOW_MARK = "✓", "▼"
UNCONFIRMED_MARK = "◇"
"""The shapes that stand before a score, so that colour is never needed to tell them apart."""

NOT_STATED = "–"
_MEASURE_HEADINGS = {
    "result": "result_text",
    "period_text": "period",
    "period_start": "starts",
    "period_end": "ends",
    "percent": "progress",
    "budget": "cost",
}
"""The word for a column of the store's measures, where it is another than the column's own name."""
_told_once = lru_cache(maxsize=1024)
"""For what is said of an assessment, which never changes: with every click it is said again."""
_LEAST = "0.01"
"""The least that two decimals can show."""


def indicator_name(rules: Rulebook, number: int, language: str) -> str:
    """ "10. การป้องกันการทุจริต" """
    return f"{number}. {rules.indicator(number).name[language]}"


def indicator_names(rules: Rulebook, language: str) -> dict[int, str]:
    """What each indicator is called, by its number."""
    return {rule.number: indicator_name(rules, rule.number, language) for rule in rules.indicators}


def mark_name(assessment: Assessment, say: Say) -> str:
    """What stands at the line of the pass mark."""
    return say("chart.mark", mark=f"{assessment.rules.pass_mark:g}")


def level_name(assessment: Assessment, level: str | None, language: str) -> str:
    """The level in the visitor's language; a level of another vocabulary stays as the file prints it."""
    if level is None:
        return ""
    return next((known.name[language] for known in assessment.rules.levels if known.name["th"] == level), level)


def result_word(passed: object, say: Say) -> str:
    """Passed or below the mark as shape and word."""
    if passed is pd.NA:
        return say("status.no_score")
    return f"{PASSED_MARK} {say('status.passed')}" if passed else f"{BELOW_MARK} {say('status.below')}"


def score_word(score: float | None, assessment: Assessment, say: Say) -> str:
    """A score with the shape of its result: "▼ 37.50"."""
    if score is None or pd.isna(score):
        return say("chart.no_score")
    return f"{PASSED_MARK if assessment.rules.passes(score) else BELOW_MARK} {score:.2f}"


def gain_word(gain: float) -> str:
    """What the total gains, for a table: "+9.50"; what two decimals would show as nothing is less than the least."""
    return f"+{gain:.2f}" if gain else f"< {_LEAST}"


def gain_amount(gain: float, say: Say) -> str:
    """What the total gains within a sentence; a gain that two decimals do not show is said to be less."""
    return f"{gain:.2f}" if gain else say("sentence.less_than", least=_LEAST)


def state_word(state: object, say: Say) -> str:
    """A measure's state as shape and word; empty where there is no measure."""
    return f"{SHAPES[state]} {say(f'state.{state}')}" if isinstance(state, str) else say("state.none")


def percent_word(percent: Any) -> str:
    """How far a measure is: "60%"; a dash where nobody has stated it."""
    return NOT_STATED if pd.isna(percent) else f"{percent:.0f}%"


def budget_word(budget: Any, say: Say) -> str:
    """What a measure costs: "12,000 บาท", in words where it costs nothing, a dash where nobody has stated it."""
    if pd.isna(budget):
        return NOT_STATED
    amount = f"{budget:,.2f}".removesuffix(".00")
    return say("sentence.budget_baht", amount=amount) if budget else say("sentence.budget_none")


def state_with_percent(state: object, percent: Any, say: Say) -> str:
    """A measure's state, and how far it is where that is stated: "▸ อยู่ระหว่างดำเนินการ (60%)"."""
    word = state_word(state, say)
    return word if pd.isna(percent) else say("sentence.state_percent", state=word, percent=percent_word(percent))


def measure_heading(column: str, say: Say) -> str:
    """What a column of the store's measures is called beside what `measure_word` says of it, units included."""
    return say(f"column.{_MEASURE_HEADINGS.get(column, column)}")


def measure_word(column: str, value: Any, say: Say, indicators: Mapping[int, str] = MappingProxyType({})) -> str:
    """What a measure has in a column of the store's, in words; a dash for nothing.

    `value` may also be the text that the log of changes keeps of it. `indicators`: what each is called, by its number;
    without it the number stands alone.
    """
    if pd.isna(value) or value == "":
        return NOT_STATED
    if column == "status":
        return state_word(value, say)
    if column == "percent":
        return percent_word(float(value))
    if column == "budget":
        return budget_word(float(value), say)
    if column in ("period_start", "period_end"):
        return day_text(pd.Timestamp(value).date(), say)
    return indicators.get(int(value), str(value)) if column == "indicator" else str(value)


def merge_title(preview: pd.DataFrame, say: Say) -> str:
    """How many measures of a file are new, changed and as they were. `preview` comes from `Store.preview_measures`."""
    counts = preview.drop_duplicates("row")["kind"].value_counts()
    return merged_word({kind: int(counts.get(kind, 0)) for kind in ("new", "changed", "same")}, say)


def merged_word(counts: Mapping[str, int], say: Say) -> str:
    """So many measures of each kind, those there are: "เพิ่ม 3 · เปลี่ยน 2"."""
    return " · ".join(say(f"sentence.merge_{kind}", count=count) for kind, count in counts.items() if count)


@_told_once
def verdict(assessment: Assessment, say: Say, language: str) -> str:
    """Total, level, passed or not, and what is missing: the one thing the result says."""
    if assessment.total is None or assessment.gap is None:
        return say("sentence.no_total", missing=", ".join(map(str, assessment.missing)))
    level = level_name(assessment, assessment.level, language)
    values = {"total": f"{assessment.total:.2f}", "level": level, "gap": f"{abs(assessment.gap):.2f}"}
    named = "" if assessment.level else "_no_level"
    return say(f"sentence.{'passed' if assessment.passed else 'not_passed'}{named}", **values)


@_told_once
def cause(assessment: Assessment, say: Say, language: str) -> str:
    """The one indicator that matters most now, and what raising it alone to the mark would do."""
    below = assessment.below
    if assessment.missing:
        key = "sentence.incomplete" if assessment.total is None else "sentence.incomplete_but_printed"
        return say(key, count=len(assessment.missing))
    if below.empty:
        return say("sentence.all_reached", count=len(assessment.indicators))
    first = below.iloc[0]
    number, mark = int(first["indicator"]), assessment.rules.pass_mark
    values = {
        "name": indicator_name(assessment.rules, number, language),
        "score": f"{first['score']:.2f}",
        "mark": f"{mark:g}",
        "count": len(below),
    }
    raised = assessment.total_with(number, mark)
    if assessment.passed or raised is None:
        return say("sentence.passed_but", **values)
    if number in assessment.enough_alone:
        level = level_name(assessment, assessment.level_with(number, mark), language)
        return say("sentence.one_is_enough", raised=f"{raised:.2f}", level=level, **values)
    return say("sentence.one_is_not_enough", raised=f"{raised:.2f}", gap=f"{mark - raised:.2f}", **values)


def instrument_note(row: Any, say: Say, mark: float) -> str:
    """How an instrument stands against the mark, and how many of its indicators are below it.

    `row` is a row of `Assessment.instruments` as itertuples gives it.
    """
    values = {"below": row.below, "count": row.indicators, "mark": f"{mark:g}"}
    if row.passed is pd.NA:
        return say("sentence.instrument_missing", **values)
    if not row.passed:
        return say("sentence.instrument_below", **values)
    return say("sentence.instrument_but" if row.below else "sentence.instrument_all", **values)


@_told_once
def bars_title(assessment: Assessment, say: Say) -> str:
    """How many indicators are below the mark."""
    count, mark = len(assessment.indicators), f"{assessment.rules.pass_mark:g}"
    if len(assessment.missing) == count:
        return say("sentence.radar_none")
    if assessment.below.empty:
        return say("sentence.bars_all", count=count - len(assessment.missing), mark=mark)
    return say("sentence.bars_below", below=len(assessment.below), count=count, mark=mark)


@_told_once
def radar_title(assessment: Assessment, say: Say) -> str:
    """Where the shape of the year is dented most."""
    scores = assessment.indicators.dropna(subset=["score"])
    if scores.empty:
        return say("sentence.radar_none")
    lowest = scores.loc[scores["score"].idxmin()]
    if lowest["score"] == scores["score"].max():
        return say("sentence.radar_equal", score=f"{lowest['score']:.2f}")
    return say("sentence.radar", number=int(lowest["indicator"]), score=f"{lowest['score']:.2f}")


@_told_once
def beside_nation(assessment: Assessment, say: Say) -> str:
    """The national average of the same year."""
    average = f"{assessment.rules.national_average:.2f}"
    return say("sentence.nation", year=assessment.fiscal_year, average=average)


@_told_once
def since(assessment: Assessment, previous: Assessment, say: Say) -> str:
    """How the total moved from an earlier year; empty where either has none."""
    if assessment.total is None or previous.total is None:
        return ""
    change = rounded(assessment.total - previous.total)
    key = "sentence.since_up" if change > 0 else "sentence.since_down" if change < 0 else "sentence.since_same"
    return say(key, year=previous.fiscal_year, change=f"{abs(change):.2f}", before=f"{previous.total:.2f}")


def disagreement(assessment: Assessment, say: Say) -> str:
    """That the printed total is not the sum of the printed scores."""
    return say("sentence.disagreement", printed=f"{assessment.total:.2f}", computed=f"{assessment.computed_total:.2f}")


@_told_once
def published_note(assessment: Assessment, say: Say, language: str) -> str:
    """What the file itself prints as total and level, beside what the sum gives."""
    published = assessment.published
    if published.total is None:
        return say("sentence.not_published")
    level = level_name(assessment, published.level, language)
    return say("sentence.published", total=f"{assessment.total:.2f}", level=level or "–")


@_told_once
def level_rule(assessment: Assessment, say: Say, language: str) -> str:
    """The level's bounds in that year, highest first; a bound that is weakly known is marked."""
    steps = []
    for level in assessment.rules.levels:
        each = say("sentence.level_each", bound=f"{level.each_instrument:g}") if level.each_instrument else ""
        doubt = "" if level.origin.confirmed else f" ({say('rules.unconfirmed')})"
        steps.append(f"{level.name[language]} ≥ {level.total:g}{each}{doubt}")
    return say("sentence.level_rule", year=assessment.fiscal_year, steps=" · ".join(steps))


def rules_title(rules: Rulebook, say: Say) -> str:
    """From where a total passes, what its level asks for, and how much of it is confirmed."""
    origins = rules.every_origin
    each = any(level.each_instrument for level in rules.levels)
    return say(
        "sentence.rules_each" if each else "sentence.rules",
        year=rules.fiscal_year,
        mark=f"{rules.pass_mark:g}",
        confirmed=sum(origin.confirmed for origin in origins),
        count=len(origins),
    )


def confidence_word(origin: Origin, say: Say) -> str:
    """How well a rule is known, as shape and words."""
    known = say(f"rules.confidence_{origin.confidence}")
    if origin.confirmed:
        return f"{PASSED_MARK} {known}"
    return f"{UNCONFIRMED_MARK} {say('rules.unconfirmed')}: {known}"


@_told_once
def gap_note(assessment: Assessment, number: int, say: Say) -> str:
    """How far an indicator is from the mark, and what reaching it would add to the total."""
    row = assessment.indicators.set_index("indicator").loc[number]
    if row["score"] != row["score"]:
        return ""
    values = {"gap": f"{abs(row['gap']):.2f}", "gain": gain_amount(row["points_at_mark"], say)}
    if row["gap"] == 0:
        return say("sentence.gap_none")
    return say("sentence.gap_over" if row["passed"] else "sentence.gap_below", **values)


def source(stored: StoredResult, say: Say) -> str:
    """Where the figures come from: the file, when it was taken in, and whose rules judge them."""
    when = moment(stored.upload.uploaded_at, say)
    return say("sentence.source", file=stored.upload.file_name, when=when, year=stored.fiscal_year)


def made_from(stored: StoredResult, on: dt.date, say: Say) -> str:
    """What stands under a document: where its figures come from, and the day it was made for."""
    return say("report.made", source=source(stored, say), date=day_text(on, say))


def day_text(day: dt.date, say: Say, year: bool = True) -> str:
    """A day with its month in the visitor's language and its year in the Buddhist era: "31 มี.ค. 2565"."""
    return date_text(day, year, _months(say))


def month_text(day: dt.date, say: Say) -> str:
    """The month that a day lies in: "มี.ค."."""
    return _months(say)[day.month - 1]


def period_text(row: Any, say: Say) -> str:
    """When a measure is carried out: "ม.ค. – มี.ค. 2565", or what was typed where its days are not known.

    `row` is one of the store's measures.
    """
    if pd.isna(row.period_start) or pd.isna(row.period_end):
        return str(row.period_text)
    return period_words(row.period_start.date(), row.period_end.date(), _months(say))


def _months(say: Say) -> list[str]:
    return say("sentence.months").split()


def moment(when: dt.datetime, say: Say) -> str:
    """A point in time as the clock on the wall shows it."""
    here = local(when)
    return say("sentence.moment", date=day_text(here.date(), say), time=f"{here:%H:%M}")


def local(when: dt.datetime) -> dt.datetime:
    """A point in time on the clock of this machine; it may be a value of a frame."""
    return dt.datetime.fromtimestamp(when.timestamp())


def measures_title(measures: pd.DataFrame, say: Say) -> str:
    """How many measures there are and how they stand, overdue first. `measures` comes from `measures.with_state`."""
    if measures.empty:
        return say("sentence.measures_none")
    counts = measures["state"].value_counts()
    told = [f"{say(f'state.{state}')} {counts[state]}" for state in WORST_FIRST if counts.get(state)]
    return say("sentence.measures", count=len(measures), states=" · ".join(told))


def worth_title(assessment: Assessment, say: Say) -> str:
    """What raising every indicator under the mark just to it would make of the total."""
    below, mark = assessment.below, f"{assessment.rules.pass_mark:g}"
    if below.empty:
        return bars_title(assessment, say)
    worth = below["indicator"].map(assessment.rules.points_per_score)
    gain = rounded(((assessment.rules.pass_mark - below["score"]) * worth).sum())
    values = {"count": len(below), "mark": mark, "gain": gain_amount(gain, say)}
    return say("sentence.worth", **values)


def coverage_title(rows: pd.DataFrame, say: Say) -> str:
    """How many indicators under the mark have a measure at work. `rows` come from `coverage.coverage`."""
    below, idle = int(rows["passed"].eq(False).sum()), len(uncovered(rows))
    key = "coverage_nothing" if not below else "coverage_some" if idle else "coverage_all"
    return say(f"sentence.{key}", below=below, covered=below - idle, idle=idle)


def coverage_notes(rows: pd.DataFrame, rules: Rulebook, say: Say, language: str) -> list[str]:
    """What has no measure at work, most at stake first, and what is at work where the mark is reached already."""
    told = []
    if idle := uncovered(rows):
        gains = rows["points_at_mark"]
        named = (f"{indicator_name(rules, number, language)} ({gain_word(gains[number])})" for number in idle)
        told.append(say("sentence.uncovered", names=" · ".join(named)))
    for kind, numbers in zip(("full", "reached"), beyond(rows), strict=True):
        if numbers:
            count = int(rows.loc[numbers, "open"].sum())
            told.append(say(f"sentence.at_work_{kind}", count=count, numbers=", ".join(map(str, numbers))))
    return told


def finding(found: Finding, rules: Rulebook, say: Say, language: str) -> str:
    """A pass over failing parts, or the one indicator that explains a failure."""
    values = {"score": f"{found.score:.2f}", "mark": f"{rules.pass_mark:g}", "parts": ", ".join(found.parts)}
    if found.kind == "alone":
        name = indicator_name(rules, int(found.what), language)
        return say("sentence.finding_alone", name=name, raised=f"{found.raised:.2f}", **values)
    if found.what == "total":
        return say("sentence.finding_total", **values)
    count = len(rules.indicators_of(found.what))
    return say("sentence.finding_instrument", what=found.what, below=len(found.parts), count=count, **values)


def moved_title(held_on: dt.date, count: int, say: Say) -> str:
    """How much has moved since the last meeting."""
    return say("sentence.moved" if count else "sentence.moved_nothing", date=day_text(held_on, say), count=count)


def next_title(briefing: Briefing, say: Say) -> str:
    """What is to be done next: what is late, what is due, what has no measure yet."""
    late = int(briefing.due["overdue"].sum())
    coming, unplanned = len(briefing.due) - late, len(briefing.without_open_measure)
    told = [
        say(f"sentence.next_{what}", count=count)
        for what, count in (("late", late), ("coming", coming), ("unplanned", unplanned))
        if count
    ]
    return say("sentence.next", what=" · ".join(told)) if told else say("sentence.next_nothing")
