"""What is wrong with a file, as values: a stable code, a place, what was found, and a sentence in either language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ita.reading.places import DOCUMENT, in_words
from ita.text import REFERENCE, speaker

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about a file that its owner should know.

    `code` is stable and names the sentence in the locale files (`problem.<code>`): ITA-F.. the file, ITA-T.. a table,
    ITA-S.. a score, ITA-M.. a measure. `cell` is an address such as "C7"; `found` is what stands there, as text.
    """

    code: str
    severity: Severity
    sheet: str | None = None
    cell: str | None = None
    found: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    def message(self, language: str = REFERENCE) -> str:
        """One text in `language`: where it is, what is wrong, what to do."""
        place = self.place(language)
        told = self.told(language)
        advice = self.advice(language)
        return " ".join(part for part in (f"{place}:" if place else "", told, advice) if part)

    def place(self, language: str = REFERENCE) -> str:
        """Sheet and cell as words, empty where the problem is the whole file's."""
        say = speaker(language)
        if self.sheet and self.cell:
            return in_words(self.sheet, self.cell, say)
        if self.sheet == DOCUMENT:
            return say("problem.place.document")
        return say("problem.place.sheet", sheet=self.sheet) if self.sheet else ""

    def title(self, language: str = REFERENCE) -> str:
        """The heading that problems of this code are grouped under."""
        return speaker(language)(f"problem.{self.code}.title")

    def told(self, language: str = REFERENCE) -> str:
        """What is wrong, with what was found."""
        return speaker(language)(f"problem.{self.code}.told", found=self.found, **self.details)

    def advice(self, language: str = REFERENCE) -> str:
        """What to do next."""
        return speaker(language)(f"problem.{self.code}.advice")


class UnreadableFile(Exception):
    """The file is no workbook that can be read: nothing was taken from it. `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, problem.message("en"))
        self.problem = problem
