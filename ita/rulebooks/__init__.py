"""The rules of one fiscal year's assessment, from `<year>.toml` beside this file: the one place with the pass mark.

Every rule carries the confidence and the source that its file states, so that a screen can show a weak rule as weak.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

RULEBOOKS = Path(__file__).parent
FIRST_YEAR = 2562

Confidence = Literal["A", "B", "C", "U"]
Words = Mapping[str, str]


class UnknownFiscalYear(LookupError):
    """There is no rulebook for this year: FY2561 and earlier was another assessment, later years have no file yet."""

    def __init__(self, fiscal_year: object) -> None:
        self.fiscal_year = fiscal_year
        known = fiscal_years()
        reason = (
            f"the assessment of FY{FIRST_YEAR - 1} and earlier had five indices, not these ten indicators"
            if isinstance(fiscal_year, int) and 2500 <= fiscal_year < FIRST_YEAR
            else "no rulebook has been written for it"
        )
        super().__init__(f"FY{fiscal_year}: {reason}; known years are {known[0]}-{known[-1]}")


@dataclass(frozen=True, slots=True)
class Origin:
    """How well a rule is known and from where: A by several sources or arithmetic, B by a good one, C weakly, U not."""

    confidence: Confidence
    source: str

    @property
    def confirmed(self) -> bool:
        return self.confidence in ("A", "B")


@dataclass(frozen=True, slots=True)
class Instrument:
    """One of IIT, EIT, OIT. `weight` is its percentage of the total; `purpose` completes a sentence that names it."""

    code: str
    weight: float
    short: Words
    name: Words
    purpose: Words


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the ten indicators: its name, a one-sentence description, a longer one of what it covers for reports, and
    `also`, other Thai spellings in files.
    """

    number: int
    instrument: str
    name: Words
    about: Words
    covers: Words
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A level and its lower bounds: of the total, and of each single instrument."""

    name: Words
    total: float
    each_instrument: float
    origin: Origin

    def holds(self, total: Any, lowest: Any) -> Any:
        """Whether a rounded total and the lowest rounded instrument score reach it; element by element for arrays."""
        return (total >= self.total) & (lowest >= self.each_instrument)


@dataclass(frozen=True, slots=True)
class Item:
    """An OIT document that is looked for; `part` is the sub-indicator it counts in ("10.2")."""

    code: str
    part: str
    name: str

    @property
    def indicator(self) -> int:
        return int(self.part.split(".")[0])


@dataclass(frozen=True)
class Rulebook:
    """All rules of one fiscal year (B.E.)."""

    fiscal_year: int
    pass_mark: float
    instruments: tuple[Instrument, ...]
    indicators: tuple[Indicator, ...]
    levels: tuple[Level, ...]
    items: tuple[Item, ...]
    survey_items: Mapping[str, int]
    """Survey questions of each indicator, by instrument; empty where unknown."""
    parts: Mapping[str, str]
    """Names of the OIT sub-indicators, by code; empty where unknown."""
    national_average: float
    origins: Mapping[str, Origin]
    """Confidence and source, by the rule's name: pass_mark, weights, indicators, levels, items, national."""

    @property
    def every_origin(self) -> tuple[Origin, ...]:
        """One a rule, each level being a rule of its own."""
        others = (origin for name, origin in self.origins.items() if name != "levels")
        return (*others, *(level.origin for level in self.levels))

    @cached_property
    def instrument_of(self) -> Mapping[int, str]:
        """Instrument code by indicator number."""
        return {indicator.number: indicator.instrument for indicator in self.indicators}

    @cached_property
    def _numbered(self) -> Mapping[int, Indicator]:
        return {indicator.number: indicator for indicator in self.indicators}

    def indicator(self, number: int) -> Indicator:
        """The indicator with this number; KeyError for any other."""
        return self._numbered[number]

    def instrument(self, code: str) -> Instrument:
        """The instrument with this code; KeyError for any other."""
        return {instrument.code: instrument for instrument in self.instruments}[code]

    def indicators_of(self, instrument: str) -> tuple[int, ...]:
        """Numbers of the indicators that make up an instrument."""
        return tuple(number for number, code in self.instrument_of.items() if code == instrument)

    def points_per_score(self, number: int) -> float:
        """What one more point of an indicator's score adds to the total."""
        code = self.instrument_of[number]
        return self.instrument(code).weight / 100 / len(self.indicators_of(code))

    def passes(self, score: float) -> bool:
        """Whether a score or total, already rounded as shown, reaches the pass mark. Missing (NaN) does not."""
        return score >= self.pass_mark

    def level(self, total: float, instruments: Mapping[str, float]) -> Level:
        """The level of a rounded total and rounded instrument scores (by code); the first whose bounds all hold."""
        lowest = min(instruments.values())
        return next(level for level in self.levels if level.holds(total, lowest))


@cache
def fiscal_years() -> tuple[int, ...]:
    """The years that have a rulebook, ascending."""
    return tuple(sorted(int(file.stem) for file in RULEBOOKS.glob("*.toml")))


@cache
def rulebook(fiscal_year: int) -> Rulebook:
    """The rules of a fiscal year (B.E.). Raises UnknownFiscalYear where there are none."""
    rules = _rules(fiscal_year)
    levels_origin = _origin(rules["levels"])
    items = rules["items"]
    return Rulebook(
        fiscal_year=rules["fiscal_year"],
        pass_mark=float(rules["pass_mark"]["value"]),
        instruments=tuple(Instrument(**instrument) for instrument in rules["instruments"]),
        indicators=tuple(
            Indicator(**{**indicator, "also": tuple(indicator.get("also", ()))})
            for indicator in rules["indicators"]["list"]
        ),
        levels=tuple(
            Level(
                name=step["name"],
                total=float(step["total"]),
                each_instrument=float(step.get("each_instrument", 0)),
                origin=Origin(step.get("confidence", levels_origin.confidence), levels_origin.source),
            )
            for step in rules["levels"]["steps"]
        ),
        items=tuple(Item(**item) for item in items["list"]),
        survey_items=items.get("survey", {}),
        parts={part["code"]: part["name"] for part in items.get("parts", ())},
        national_average=float(rules["national"]["average"]),
        origins={name: _origin(rule) for name, rule in rules.items() if isinstance(rule, dict) and "source" in rule},
    )


def latest() -> Rulebook:
    """The newest rulebook: for names and words where no year has been chosen yet."""
    return rulebook(fiscal_years()[-1])


def _rules(fiscal_year: int) -> dict[str, Any]:
    """The year's file laid over the one it extends.

    A table that states its own confidence is a whole rule and replaces the older one; other tables only add to it.
    """
    # A set asks for the hash first: 2564.0, as columns with a gap have it, is 2564, and a missing year is no known one.
    if fiscal_year not in set(fiscal_years()):
        raise UnknownFiscalYear(fiscal_year)
    own = tomllib.loads((RULEBOOKS / f"{int(fiscal_year)}.toml").read_text(encoding="utf-8"))
    rules = _merged(_rules(own["extends"]), own) if "extends" in own else own
    renamed = rules["items"].pop("renamed", {})
    rules["items"]["list"] = [
        {**item, "name": renamed.get(item["code"], item["name"])} for item in rules["items"]["list"]
    ]
    return rules


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    return base | {
        key: _merged(base.get(key, {}), value) if isinstance(value, dict) and "confidence" not in value else value
        for key, value in over.items()
    }


def _origin(rule: Mapping[str, Any]) -> Origin:
    return Origin(rule["confidence"], rule["source"])
