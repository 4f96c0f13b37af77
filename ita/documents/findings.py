"""What was found in a file, in the order in which a person goes through it: what the documents about a file share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

import pandas as pd

from ita.assessment import Assessment, Published, agree, assess
from ita.reading.measures import MeasureReading
from ita.reading.names import FIGURES
from ita.reading.problems import Problem, Severity
from ita.reading.results import ResultReading
from ita.rulebooks import latest, rulebook
from ita.sentences import level_name
from ita.text import Say
from ita.thai import tidy

WORST_FIRST: tuple[Severity, ...] = ("error", "warning", "info")
MOST_PLACES = 200
"""Places of one kind of problem that are listed; the rest is counted."""
NONE = "–"


def by_kind(problems: Iterable[Problem]) -> list[tuple[Problem, ...]]:
    """The problems that have severity and code in common, worst kind first, each in the file's order."""

    def kind(problem: Problem) -> tuple[int, str]:
        return WORST_FIRST.index(problem.severity), problem.code

    return [tuple(group) for _, group in groupby(sorted(problems, key=kind), key=kind)]


def counts(problems: Iterable[Problem]) -> dict[Severity, int]:
    """How many problems there are of each severity, worst first."""
    found = Counter(problem.severity for problem in problems)
    return {severity: found[severity] for severity in WORST_FIRST}


def verdict(problems: Iterable[Problem], say: Say) -> str:
    """Whether the file can be used as it is, in one sentence."""
    found = counts(problems)
    if found["error"]:
        return say("check_sheet.must_fix", count=f"{found['error']:,}")
    return say("check_sheet.to_check", count=f"{found['warning']:,}") if found["warning"] else say("check_sheet.usable")


def summary(
    results: ResultReading | None, measures: MeasureReading | None, problems: Iterable[Problem], say: Say
) -> str:
    """What a file was found to hold and whether there is anything to look at, in one sentence."""
    told = [] if results is None else _of_results(results, say)
    if measures is not None:
        told.append(say("found.measures", count=f"{len(measures.measures):,}"))
    kinds = by_kind(problem for problem in problems if problem.severity != "info")
    told.append(say("found.to_look_at", count=len(kinds)) if kinds else say("found.clean"))
    return reduce(lambda so_far, more: say("found.then", told=so_far, more=more), told)


def _of_results(results: ResultReading, say: Say) -> list[str]:
    agencies, years = results.agencies, results.fiscal_years
    whose = say("found.no_agency") if not agencies else agencies[0]
    if len(agencies) > 1:
        whose = say("found.agencies", count=f"{len(agencies):,}")
    of_years = ", ".join(map(str, years)) if years else say("found.no_year")
    told = [say("found.results", agency=whose, years=of_years)]
    if len(agencies) < 2 and len(years) < 2:
        told += _of_one_result(results, next(iter(agencies), pd.NA), years, say)
    elif not results.scores.empty:
        told.append(say("found.scores", count=f"{results.scores['score'].notna().sum():,}"))
    if not results.items.empty:
        told.append(say("upload.items", count=f"{len(results.items):,}"))
    return told


def _of_one_result(results: ResultReading, agency: object, years: Sequence[int], say: Say) -> list[str]:
    """How many of the indicators have a score, and the total as far as there is one."""
    rules = rulebook(years[0]) if years else latest()
    count, scored = len(rules.indicators), int(results.scores["score"].notna().sum())
    told = [say("found.all" if scored == count else "found.some", count=count, scored=scored)] if scored else []
    if years:
        total = assess(results.scores, years[0], published_of(results, agency, years[0])).total
        told += [] if total is None else [say("found.total", total=f"{total:.2f}")]
    return told


def severity_name(severity: Severity, say: Say) -> str:
    """The severity as a word."""
    return say(f"check_sheet.severity_{severity}")


def shown(text: str, most: int) -> str:
    """Text from a file as a document can carry it, without what nobody sees, cut after `most` characters."""
    tidied = tidy(text)
    return tidied if len(tidied) <= most else f"{tidied[: most - 1].rstrip()}…"


# Printed figures beside recomputed ones


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure as a file prints it and as the ten scores give it, as text; whether they agree, where there are both."""

    name: str
    printed: str
    computed: str
    agreed: bool | None


def compared(judged: Assessment, say: Say, language: str) -> list[Comparison]:
    """Means, total and level as printed (`judged.published`) and as recomputed: one for each."""
    means = judged.instruments.set_index("instrument")["score"]
    printed = judged.published
    pairs = [(code, getattr(printed, code.lower()), means[code]) for code in means.index]
    pairs.append((say("column.total"), printed.total, judged.computed_total))
    figures = [Comparison(name, _figure(stated), _figure(ours), _agreed(stated, ours)) for name, stated, ours in pairs]
    stated, ours = (level_name(judged, level, language) or NONE for level in (printed.level, judged.computed_level))
    return [*figures, Comparison(say("column.level"), stated, ours, None if NONE in (stated, ours) else stated == ours)]


def agreement(comparison: Comparison, say: Say) -> str:
    """Whether the two figures agree, as a shape and a word; "" where one is missing."""
    if comparison.agreed is None:
        return ""
    return say("upload.agrees" if comparison.agreed else "upload.differs")


def published_of(reading: ResultReading, agency: object, fiscal_year: int) -> Published:
    """What the file prints for one agency and year."""
    rows = reading.published[reading.published["fiscal_year"] == fiscal_year]
    rows = rows[rows["agency"].isna()] if pd.isna(agency) else rows[rows["agency"] == agency]
    if rows.empty:
        return Published()
    row = rows.iloc[0]
    return Published(**{name: None if pd.isna(row[name]) else row[name] for name in FIGURES})


def _figure(value: float | None) -> str:
    return NONE if value is None or pd.isna(value) else f"{value:.2f}"


def _agreed(stated: float | None, ours: float | None) -> bool | None:
    if stated is None or ours is None or pd.isna(stated) or pd.isna(ours):
        return None
    return bool(agree(stated, ours))
