"""A file as a whole: the results and the measures that it holds, read in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ita.reading.measures import MeasureReading, find_measures
from ita.reading.memory import given_back
from ita.reading.problems import Problem
from ita.reading.results import ResultReading, find_results
from ita.reading.sheet import Sheet
from ita.reading.workbook import read_sheets

STEPS = ("opening", "results", "measures")


@dataclass(frozen=True, eq=False)
class FileReading:
    """What a file holds; None for the kind that it does not. Where it holds neither, `problems` says so.

    `of_document` tells a Word document from a workbook.
    """

    results: ResultReading | None
    measures: MeasureReading | None
    problems: tuple[Problem, ...] = ()
    of_document: bool = False


def read_file(content: bytes, filename: str = "", *, tell: Callable[[str], object] = lambda step: None) -> FileReading:
    """Results and measures of a file. Raises UnreadableFile where it is nothing that can be read.

    `tell` hears the name of every step of STEPS as it begins.
    """
    with given_back(content):
        tell("opening")
        return _found(read_sheets(content, filename), tell)


def _found(sheets: Sequence[Sheet], tell: Callable[[str], object]) -> FileReading:
    tell("results")
    results = find_results(sheets)
    tell("measures")
    measures = find_measures(sheets)
    has_results, has_measures = bool(results.tables), not measures.measures.empty
    return FileReading(
        results=results if has_results else None,
        measures=measures if has_measures else None,
        problems=() if has_results or has_measures else results.problems,
        of_document=any(sheet.places for sheet in sheets),
    )
