"""ITA results of Thai public agencies: read a result file, judge it by its year's rules, explain it.

    reading = ita.read_results("ผลคะแนน ITA 2564.xlsx")
    assessment = ita.assess(reading.scores, 2564)
    assessment.total, assessment.level, assessment.passed

This is the stable face of the core; nothing behind it knows the screens. The names are imported when first asked for,
so that a script that only reads rules does not wait for spreadsheets.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ita.assessment import Assessment, Published, assess
    from ita.deciding import Path, explanations, shortest_path, worth
    from ita.reading.measures import MeasureReading, read_measures
    from ita.reading.problems import Problem, UnreadableFile
    from ita.reading.results import ResultReading, read_results
    from ita.rulebooks import Rulebook, UnknownFiscalYear, rulebook

_HOME = {
    "Assessment": "ita.assessment",
    "MeasureReading": "ita.reading.measures",
    "Path": "ita.deciding",
    "Problem": "ita.reading.problems",
    "Published": "ita.assessment",
    "ResultReading": "ita.reading.results",
    "Rulebook": "ita.rulebooks",
    "UnknownFiscalYear": "ita.rulebooks",
    "UnreadableFile": "ita.reading.problems",
    "assess": "ita.assessment",
    "explanations": "ita.deciding",
    "read_measures": "ita.reading.measures",
    "read_results": "ita.reading.results",
    "rulebook": "ita.rulebooks",
    "shortest_path": "ita.deciding",
    "worth": "ita.deciding",
}

__all__ = [
    "Assessment",
    "MeasureReading",
    "Path",
    "Problem",
    "Published",
    "ResultReading",
    "Rulebook",
    "UnknownFiscalYear",
    "UnreadableFile",
    "assess",
    "explanations",
    "read_measures",
    "read_results",
    "rulebook",
    "shortest_path",
    "worth",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
