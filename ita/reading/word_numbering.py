"""The numbers that Word itself puts before paragraphs, as text: they stand nowhere in a document and are counted here.

Part of the child process that reads a document (word_child.py): it imports nothing of ours; its elements are lxml's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
BULLET = "•"

_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"  # without ฃ ฅ ฆ ฤ ฦ
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ROMAN = (
    (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip
_MOST = 780  # beyond it Word has no letters either, and a document may ask for the two-thousand-millionth
_PLACEHOLDER = re.compile("%([1-9])")
_TYPED_BULLETS = "-‐‑‒–—―−"


def attribute(element: Any, *path: str) -> str | None:
    """What `w:val` of an element below this one says; None where there is no such element, "" where it says nothing."""
    for name in path:
        element = element.find(W + name) if element is not None else None
    return None if element is None else element.get(f"{W}val", "")


def switched_on(value: str | None) -> bool:
    """Whether a property that needs no value ("" is on) is on."""
    return value is not None and value not in ("0", "false", "off")


class Styles:
    """The styles of a document: what one says that it may have from the style it is based on."""

    def __init__(self, styles: Any) -> None:
        found = [] if styles is None else styles.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId"): style for style in found}
        self.paragraph = next(
            (
                style.get(f"{W}styleId")
                for style in found
                if style.get(f"{W}type") == "paragraph" and switched_on(style.get(f"{W}default"))
            ),
            None,
        )
        """The style of a paragraph that names none."""
        self._hiding: dict[str | None, bool] = {}

    def lineage(self, style_id: str | None) -> Iterator[tuple[str, Any]]:
        """A style and those it is based on, the nearest first."""
        passed: set[str] = set()
        while style_id and style_id in self._styles and style_id not in passed:
            passed.add(style_id)
            yield style_id, self._styles[style_id]
            style_id = attribute(self._styles[style_id], "basedOn")

    def hides(self, style_id: str | None) -> bool:
        """Whether text of this style is hidden."""
        if style_id not in self._hiding:
            stated = (attribute(style, "rPr", "vanish") for _, style in self.lineage(style_id))
            self._hiding[style_id] = next((switched_on(value) for value in stated if value is not None), False)
        return self._hiding[style_id]


class Numbering:
    """The lists of a document, counted on from paragraph to paragraph."""

    def __init__(self, numbering: Any, styles: Styles) -> None:
        self._styles = styles
        nums = [] if numbering is None else numbering.findall(f"{W}num")
        abstracts = [] if numbering is None else numbering.findall(f"{W}abstractNum")
        self._nums = {num.get(f"{W}numId"): num for num in nums}
        self._abstracts = {abstract.get(f"{W}abstractNumId"): abstract for abstract in abstracts}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._of_styles: dict[str | None, tuple[str | None, str | None]] = {}

    def label(self, paragraph: Any) -> str:
        """The number or bullet before this paragraph, with the blank behind it; "" where Word shows none.

        To be asked once for each paragraph, in the order of the document. A number in a manner that is not known here
        is counted and not shown.
        """
        num_id, level = self._place(paragraph)
        if num_id is None or not 0 <= level < LEVELS:
            return ""
        abstract_id, abstract = self._abstract(num_id)
        if abstract is None:
            return ""
        number = self._next(num_id, abstract_id, abstract, level)
        definition = self._level(num_id, abstract, level)
        if definition is None:
            return ""
        text = self._text(num_id, abstract, definition, [*self._counts[abstract_id][:level], number])
        return text if not text or attribute(definition, "suff") == "nothing" else f"{text} "

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        """The list that a paragraph belongs to, by its own properties or its style's, and at which level."""
        properties = paragraph.find(f"{W}pPr")
        own = None if properties is None else properties.find(f"{W}numPr")
        num_id, level = attribute(own, "numId") or None, attribute(own, "ilvl")
        if num_id is None:
            num_id, level_of_style = self._of_style(attribute(properties, "pStyle") or self._styles.paragraph)
            level = level or level_of_style
        return (None if num_id == "0" else num_id), int(level or 0)

    def _of_style(self, style_id: str | None) -> tuple[str | None, str | None]:
        """The list and level of the paragraphs of a style."""
        if style_id not in self._of_styles:
            self._of_styles[style_id] = None, None
            for name, style in self._styles.lineage(style_id):
                if num_id := attribute(style, "pPr", "numPr", "numId"):
                    level = attribute(style, "pPr", "numPr", "ilvl") or self._level_of_style(num_id, name)
                    self._of_styles[style_id] = num_id, level
                    break
        return self._of_styles[style_id]

    def _level_of_style(self, num_id: str, style_id: str) -> str | None:
        _, abstract = self._abstract(num_id)
        definitions = [] if abstract is None else abstract.findall(f"{W}lvl")
        return next((each.get(f"{W}ilvl") for each in definitions if attribute(each, "pStyle") == style_id), None)

    def _abstract(self, num_id: str | None) -> tuple[str, Any]:
        """The definition that a list follows; by way of a list style, if it says so."""
        for _ in range(LEVELS):
            abstract_id = attribute(self._nums.get(num_id), "abstractNumId") or ""
            abstract = self._abstracts.get(abstract_id)
            link = attribute(abstract, "numStyleLink")
            if not link:
                return abstract_id, abstract
            linked = (attribute(style, "pPr", "numPr", "numId") for _, style in self._styles.lineage(link))
            num_id = next((found for found in linked if found), None)
        return "", None

    def _override(self, num_id: str, level: int) -> Any:
        num = self._nums.get(num_id)
        overrides = [] if num is None else num.findall(f"{W}lvlOverride")
        return next((each for each in overrides if each.get(f"{W}ilvl") == str(level)), None)

    def _level(self, num_id: str, abstract: Any, level: int) -> Any:
        override = self._override(num_id, level)
        own = None if override is None else override.find(f"{W}lvl")
        if own is not None:
            return own
        return next((each for each in abstract.findall(f"{W}lvl") if each.get(f"{W}ilvl") == str(level)), None)

    def _start(self, num_id: str, abstract: Any, level: int) -> int:
        return int(attribute(self._level(num_id, abstract, level), "start") or 0)

    def _next(self, num_id: str, abstract_id: str, abstract: Any, level: int) -> int:
        """The number of the next paragraph; lists of one definition share their numbers until one begins anew."""
        counts = self._counts.setdefault(abstract_id, [None] * LEVELS)
        anew = attribute(self._override(num_id, level), "startOverride")
        before = counts[level]
        if anew is not None and (num_id, level) not in self._begun:
            number = int(anew or 0)
        else:
            number = self._start(num_id, abstract, level) if before is None else before + 1
        self._begun.add((num_id, level))
        counts[level:] = [number, *[None] * (LEVELS - level - 1)]
        return number

    def _text(self, num_id: str, abstract: Any, definition: Any, counts: list[int | None]) -> str:
        """A number in the manner of its level ("1.2", "(ก)"), "" where a part of it is in a manner not known here."""
        text = attribute(definition, "lvlText") or ""
        if attribute(definition, "numFmt") == "bullet":
            return text if text and text in _TYPED_BULLETS else BULLET
        legal = switched_on(attribute(definition, "isLgl"))
        parts = {}
        for place in {int(digit) for digit in _PLACEHOLDER.findall(text)}:
            level = place - 1
            number = counts[level] if level < len(counts) else None
            shown = _written(
                self._start(num_id, abstract, level) if number is None else number,
                "decimal" if legal else attribute(self._level(num_id, abstract, level), "numFmt") or "decimal",
            )
            if shown is None:
                return ""
            parts[place] = shown
        return _PLACEHOLDER.sub(lambda match: parts[int(match[1])], text)


def _written(number: int, manner: str) -> str | None:
    """A number as Word writes it in this manner; None for a manner not known here."""
    if manner == "none":
        return ""
    if manner == "decimalZero":
        return f"{number:02}"
    if manner == "thaiNumbers":
        return str(number).translate(_THAI_DIGITS)
    if manner == "decimal" or not 1 <= number <= _MOST:
        return str(number)
    if manner == "thaiLetters":
        return _lettered(number, _THAI_LETTERS)
    if manner in ("lowerLetter", "upperLetter"):
        letters = _lettered(number, _LATIN_LETTERS)
        return letters.upper() if manner == "upperLetter" else letters
    if manner in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if manner == "upperRoman" else _roman(number)
    return None


def _lettered(number: int, letters: str) -> str:
    """a, b ... z, aa, bb ..."""
    times, position = divmod(number - 1, len(letters))
    return letters[position] * (times + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
