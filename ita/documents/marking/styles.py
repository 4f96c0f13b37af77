"""The formats of a workbook, to which those of the marks and of the check sheet are added."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from ita.documents.marking.package import Package, made

_BLACK, _LINK, _LINE, _HEADING = "FF000000", "FF0563C1", "FFA9B5C1", "D6E6F2"
_LARGER = 6  # points that a title has more than a text


class Styles:
    """The formats of one workbook; a format is known by its number.

    `own` has the numbers of the formats for the check sheet: title, text, bold, heading, cell, link, and one with each
    severity's fill.
    """

    def __init__(self, package: Package, part: str, fills: Mapping[str, str], font: str, size: int) -> None:
        self._package, self._part, self._tree = package, part, package.tree(part)
        groups = (self._tree.find(f"{{*}}{name}") for name in ("fonts", "fills", "borders", "cellXfs"))
        self._fonts, self._fills, self._borders, self._formats = groups
        self._colours = fills
        self._fill_numbers = {severity: self._add_fill(colour) for severity, colour in fills.items()}
        self._marked: dict[tuple[int, str], int] = {}
        self._black: dict[int, int] = {}
        self.own = self._add_own(font, size)

    def marked(self, number: int, severity: str) -> int:
        """The format with the severity's fill; where it had a fill of its own, with black letters: they can be read."""
        if (number, severity) not in self._marked:
            variant = self._copy(number)
            if self._fill_of(variant) is not None:
                variant.set("fontId", str(self._in_black(int(variant.get("fontId", "0")))))
            variant.set("fillId", str(self._fill_numbers[severity]))
            variant.set("applyFill", "1")
            self._marked[number, severity] = self._added(self._formats, variant)
        return self._marked[number, severity]

    def unmarked(self, number: int) -> int:
        """The format without its fill if that is one of the marks'; else the same."""
        variant = self._copy(number)
        fill = self._fill_of(variant)
        colour = None if fill is None else fill.find("{*}fgColor")
        if colour is None or colour.get("rgb", "")[2:] not in self._colours.values():
            return number
        variant.set("fillId", "0")
        return self._added(self._formats, variant)

    def save(self) -> None:
        for group in (self._fonts, self._fills, self._borders, self._formats):
            group.set("count", str(len(group)))
        self._package.put(self._part, self._tree)

    def _copy(self, number: int) -> Any:
        return copy.deepcopy(self._formats[number if number < len(self._formats) else 0])

    def _fill_of(self, variant: Any) -> Any:
        """The pattern or gradient that a format fills its cells with; None for none."""
        number = int(variant.get("fillId", "0"))
        if not 0 < number < len(self._fills) or not len(self._fills[number]):
            return None
        fill = self._fills[number][0]
        return None if fill.get("patternType") == "none" else fill

    def _in_black(self, number: int) -> int:
        """The font with black letters."""
        if number not in self._black:
            font = copy.deepcopy(self._fonts[number if number < len(self._fonts) else 0])
            for colour in font.iterchildren("{*}color"):
                colour.attrib.clear()
                colour.set("rgb", _BLACK)
            self._black[number] = self._added(self._fonts, font)
        return self._black[number]

    def _added(self, group: Any, element: Any) -> int:
        group.append(element)
        return len(group) - 1

    def _add_fill(self, colour: str) -> int:
        pattern = made(made(self._fills, "fill"), "patternFill", patternType="solid")
        made(pattern, "fgColor", rgb=f"FF{colour}")
        made(pattern, "bgColor", indexed=64)
        return len(self._fills) - 1

    def _add_font(self, name: str, size: int, *, bold: bool = False, link: bool = False) -> int:
        font = made(self._fonts, "font")
        for wanted, element in ((bold, "b"), (link, "u")):
            if wanted:
                made(font, element)
        made(font, "sz", val=size)
        made(font, "color", rgb=_LINK if link else _BLACK)
        made(font, "name", val=name)
        return len(self._fonts) - 1

    def _add_border(self) -> int:
        border = made(self._borders, "border")
        for side in ("left", "right", "top", "bottom"):
            made(made(border, side, style="thin"), "color", rgb=_LINE)
        made(border, "diagonal")
        return len(self._borders) - 1

    def _add_format(self, font: int, fill: int, border: int, wrapped: bool) -> int:
        variant = made(self._formats, "xf", numFmtId=0, fontId=font, fillId=fill, borderId=border, xfId=0)
        for applied in ("applyFont", "applyFill", "applyBorder", "applyAlignment"):
            variant.set(applied, "1")
        variant.set("quotePrefix", "1")  # text that begins with "=" stays text when somebody edits the cell
        made(variant, "alignment", vertical="top", wrapText=int(wrapped))
        return len(self._formats) - 1

    def _add_own(self, font: str, size: int) -> dict[str, int]:
        text, bold = self._add_font(font, size), self._add_font(font, size, bold=True)
        title, link = self._add_font(font, size + _LARGER, bold=True), self._add_font(font, size, link=True)
        heading, frame = self._add_fill(_HEADING), self._add_border()
        formats = {
            "title": (title, 0, 0, False),
            "text": (text, 0, 0, False),
            "bold": (bold, 0, 0, False),
            "heading": (bold, heading, frame, True),
            "cell": (text, 0, frame, True),
            "link": (link, 0, frame, True),
        } | {severity: (bold, fill, frame, True) for severity, fill in self._fill_numbers.items()}
        return {name: self._add_format(*one) for name, one in formats.items()}
