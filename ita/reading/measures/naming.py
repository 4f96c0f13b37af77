"""What the cell says that names a measure or its indicator: a number, an indicator's name, a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ita import thai
from ita.reading import names
from ita.rulebooks import Rulebook, fiscal_years, latest, rulebook

_CONTINUED = re.compile(r"[(\[]\s*ต่อ\s*[)\]]|-\s*ต่อ\s*-")
_CONTINUED_BARE = re.compile(r"\sต่อ$")
_BULLETS = f"{thai.DASHES}•●▪*· "
_NUMBERED = re.compile(
    r"(?P<word>ตัวชี้วัด\s*(?:ที่)?\s*|indicator\s*(?:no\.?\s*)?)?(?:\(?(?P<number>[0-9]{1,2})(?![0-9])(?:\.[0-9]{1,2})*(?P<mark>\s*[.):])?\s*)?",
    re.IGNORECASE,
)
_ANOTHER_NUMBER = re.compile(rf"(?:,|/|และ|ถึง|กับ|[{thai.DASHES}])\s*(?:ตัวชี้วัด\s*)?(?:ที่\s*)?[0-9]")
_ITEM = re.compile(r"(?<![a-z])(?P<letter>[ieo])(?:it(?:ข้อ(?:ที่)?)?[ieo]?)?\.?(?P<number>[0-9]{1,2})(?![0-9.])")
_SAID_WITHIN = re.compile(rf"\(ตัวชี้วัด(?:ที่)?([0-9]{{1,2}})(?![0-9.,/{thai.DASHES}]|และ|ถึง)")
_NAME_ENDS = re.compile(rf"\n|:|\s[{thai.DASHES}]")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a cell that names a measure or its indicator says.

    `number` is the number it starts with, `certain` whether that can only be an indicator's; `named` is the indicator
    whose name follows; `title` is the rest, or the name where there is no rest (`bare`).
    """

    number: int | None
    certain: bool
    named: int | None
    title: str
    continued: bool
    bare: bool

    @property
    def stated(self) -> int | None:
        """The indicator that is plainly said, by name or by the word ตัวชี้วัด with a number."""
        return self.named or (self.number if self.certain and self.number in latest().instrument_of else None)


@lru_cache(maxsize=1024)  # a row is asked several times
def naming(text: str) -> Naming:
    """What this text says."""
    tidied = thai.tidy(text)
    rest = uncontinued(text)
    before = _CONTINUED_BARE.sub("", rest)
    if before != rest and (said := naming(before)).bare:
        return replace(said, continued=True)
    match = _NUMBERED.match(thai.arabic_digits(rest))
    assert match is not None, "every part of the pattern may be missing"
    number = int(match["number"]) if match["number"] else None
    body = rest[match.end() :]
    named, title = _name_and_title(body, number)
    if number is not None and named is None and not match["word"] and not match["mark"] and body:
        number = None  # "5 ส" or "12 เดือน" begins with a number that counts nothing
    several = named is None and _ANOTHER_NUMBER.match(thai.arabic_digits(body)) is not None
    if several:
        number = None  # "ตัวชี้วัดที่ 2 และ 3"
    if named is None and number is None:
        title = rest
    bare = named is not None and title == latest().indicator(named).name["th"]
    return Naming(number, bool(match["word"]) or not body, named, title, rest != tidied.lstrip(_BULLETS), bare)


def uncontinued(text: str) -> str:
    """A text as typed but for a bullet before it and a "(ต่อ)" that says that it goes on from another page."""
    return thai.tidy(_CONTINUED.sub(" ", thai.tidy(text))).lstrip(_BULLETS)


def nearly_named(text: str) -> int | None:
    """The indicator that a text may have meant to name; to be proposed, never to be used unasked."""
    first = _NAME_ENDS.split(uncontinued(text), maxsplit=1)[0]
    numbered = {int(number) for number in _SAID_WITHIN.findall(thai.fold(text))} & set(latest().instrument_of)
    return names.near_indicator(text) or names.near_indicator(first) or (numbered.pop() if len(numbered) == 1 else None)


def item_codes(text: str) -> list[str]:
    """The codes of items that a text names: "ข้อ O42", "OIT 42", "IIT ข้อ 7"."""
    return [f"{match['letter']}{int(match['number'])}" for match in _ITEM.finditer(thai.fold(text))]


def indicator_of_items(codes: Sequence[str], fiscal_year: int | None) -> int | None:
    """The indicator that all these items belong to, by the rules of the year; without a year by all that list items.

    None where they belong to several, or where a code may mean an indicator as well (IIT3, EIT6).
    """
    years = fiscal_years() if fiscal_year is None else {fiscal_year} & set(fiscal_years())
    found = {_belongs(code, rulebook(year)) for code in codes for year in years if _lists(code, rulebook(year))}
    found |= {number for code in codes for coded in names.indicator_codes() if (number := coded.get(code))}
    return found.pop() if len(found) == 1 else None


def _lists(code: str, rules: Rulebook) -> bool:
    return bool(rules.items if code[0] == "o" else rules.survey_items)


def _belongs(code: str, rules: Rulebook) -> int | None:
    """The indicator of an item; the questions of a survey are counted through its indicators."""
    if code[0] == "o":
        return next((item.indicator for item in rules.items if item.code == code), None)
    instrument = {"i": "IIT", "e": "EIT"}[code[0]]
    place = (int(code[1:]) - 1) // rules.survey_items[instrument]
    return dict(enumerate(rules.indicators_of(instrument))).get(place)


def _name_and_title(body: str, number: int | None) -> tuple[int | None, str]:
    """The indicator whose name the text begins with, and what it says beyond the name.

    A longer phrase that only begins like a name ("การป้องกันการทุจริตในการจัดซื้อ") is that name where the number
    before it agrees, and a title otherwise.
    """
    phrase = body.lstrip(": ").removeprefix("ด้าน").lstrip()
    found = _leading_name(phrase)
    if found is None:
        return None, body
    named, end = found
    rest = phrase[end:].lstrip(" \n")
    if not rest:
        return named, latest().indicator(named).name["th"]
    if rest[0] in f"{thai.DASHES}:":
        return named, rest.lstrip(f"{thai.DASHES}: \n") or latest().indicator(named).name["th"]
    if named == number:
        return named, rest if phrase[end:].startswith("\n") else body
    return (named, body) if rest[0] == "(" else (None, body)


def _leading_name(text: str) -> tuple[int, int] | None:
    """The indicator whose name a text begins with, however it is typed, and where the name ends."""
    folded = thai.fold(text)
    for name, number in _names_longest_first():
        if folded.startswith(name):
            for end in range(len(name), len(text) + 1):
                if thai.fold(text[:end]) == name:
                    return number, end
    return None


@cache
def _names_longest_first() -> list[tuple[str, int]]:
    return sorted(names.indicator_names().items(), key=lambda item: -len(item[0]))
