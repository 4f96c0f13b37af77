"""The notes of a sheet: their words in one part, the boxes that show them in a drawing of the old kind (VML)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from lxml import etree

from ita.documents.marking.cells import place_of
from ita.documents.marking.package import (
    LONGEST_TEXT,
    PARSER,
    SPREADSHEET,
    Package,
    Relations,
    beside,
    made,
    office_of,
    relation_of,
    written,
)

WIDTH, LINE, MARGIN, HIGHEST = 360, 25, 14, 560  # of a box, in pixels
COLUMNS = 48  # characters in a line of a box

_VML, _OFFICE, _EXCEL = (f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel"))
_NAMES = {"v": _VML, "o": _OFFICE, "x": _EXCEL}
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOX_NUMBER = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_FIRST_BOX = 1025
_SIZE = re.compile(r"(?:^|;)\s*(?:width|height)\s*:[^;]*")
_CONVERSATION = "tc="  # what the author of a note is called whose words stand in a part of their own
_BEHIND = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
)  # fmt: skip
"""What stands in a sheet behind the reference to the drawing of its notes."""


class Notes:
    """The notes of one sheet. What an earlier copy has brought is known by the openings that ours begin with."""

    def __init__(self, package: Package, part: str, sheet: Any, order: Mapping[str, Any]) -> None:
        self._package, self._author = package, order["author"]
        self._font, self._size = order["font"], order["note_size"]
        openings = "|".join(map(re.escape, order["openings"]))
        self._opening, self._ours_below = re.compile(openings), re.compile(rf"\s*\n{self._author}:\n(?={openings})")
        relations = Relations(package, part)
        self._part = relations.first("comments") or _new_part(package, relations, sheet)
        self._tree = package.tree(self._part)
        self._authors, self._list = self._tree.find("{*}authors"), self._tree.find("{*}commentList")
        self._at = {note.get("ref"): note for note in self._list.iterchildren("{*}comment")}
        self._boxes = _Boxes(package, relations, sheet)

    def ours(self) -> list[str]:
        """The cells whose note an earlier copy has brought, or added to."""
        return [cell for cell, note in self._at.items() if self._is_ours(note) or self._ours_below.search(_words(note))]

    def take_back(self, cell: str) -> None:
        """Take away what an earlier copy has brought."""
        note = self._at[cell]
        if self._is_ours(note):
            self._list.remove(self._at.pop(cell))
            self._boxes.remove(cell)
        else:
            self._leave_theirs(note.find("{*}text"))

    def write(self, cell: str, texts: list[list[str]]) -> None:
        """Note headings and texts at a cell, below what its owner has noted there; a conversation is left alone."""
        note = self._at.get(cell)
        if note is not None and self._author_of(note).startswith(_CONVERSATION):
            return
        if note is not None and self._is_ours(note):
            self.take_back(cell)
            note = None
        if note is None:
            note = made(self._list, "comment", ref=cell, authorId=self._number_of_author(), shapeId=0)
            text = made(note, "text")
            self._at[cell] = note
        else:
            text = note.find("{*}text")
            self._leave_theirs(text)
            self._add(text, f"\n\n{self._author}:", bold=True)
            self._add(text, "\n")
        for place, (heading, words) in enumerate(texts):
            self._add(text, ("\n\n" if place else "") + heading, bold=True)
            if words:
                self._add(text, f"\n{words}")
        self._boxes.show(cell, _height(_words(text)))

    def save(self) -> None:
        self._package.put(self._part, self._tree)
        self._boxes.save()

    def _leave_theirs(self, text: Any) -> None:
        """Make a text one of runs, without what an earlier copy has added below."""
        plain = text.find("{*}t")
        if plain is not None:
            run = text.makeelement(beside(text, "r"))
            text.replace(plain, run)
            plain.set(_SPACE, "preserve")
            run.append(plain)
        runs = [(run, run.find("{*}t")) for run in text.findall("{*}r")]
        below = self._ours_below.search("".join(words.text or "" for _, words in runs))
        room = below.start() if below else LONGEST_TEXT
        for run, words in runs:
            words.text, room = (words.text or "")[:room], max(0, room - len(words.text or ""))
            if not words.text:
                text.remove(run)

    def _add(self, text: Any, words: str, *, bold: bool = False) -> None:
        run = text.makeelement(beside(text, "r"))
        text.insert(len(text.findall("{*}r")), run)  # what tells how a word is pronounced stands behind the runs
        properties = made(run, "rPr")
        if bold:
            made(properties, "b")
        made(properties, "sz", val=self._size)
        made(properties, "color", indexed=81)
        made(properties, "rFont", val=self._font)
        made(properties, "family", val=2)
        content = made(run, "t")
        content.set(_SPACE, "preserve")
        content.text = written(words)

    def _is_ours(self, note: Any) -> bool:
        begins = self._opening.match(_words(note))
        named = self._author_of(note).strip() in ("", self._author)  # LibreOffice forgets who wrote a note
        return named and begins is not None

    def _author_of(self, note: Any) -> str:
        return self._authors[int(note.get("authorId", "0"))].text or ""

    def _number_of_author(self) -> int:
        names = [author.text for author in self._authors]
        if self._author not in names:
            made(self._authors, "author").text = self._author
            names.append(self._author)
        return names.index(self._author)


def _new_part(package: Package, relations: Relations, sheet: Any) -> str:
    part, namespace = package.unused("xl/comments{}.xml"), etree.QName(sheet).namespace
    root = etree.Element(beside(sheet, "comments"), nsmap={None: namespace})
    made(root, "authors")
    made(root, "commentList")
    package.put(part, root)
    package.declare(part, f"{SPREADSHEET}comments+xml")
    relations.add("comments", part, office_of(sheet))
    return part


def _words(element: Any) -> str:
    return "".join(element.itertext())


def _height(text: str) -> int:
    """Pixels that a text takes in a box; marks over and under a letter take no room."""
    lines = (sum(category(character) != "Mn" for character in line) for line in text.split("\n"))
    return min(HIGHEST, MARGIN + LINE * sum(max(1, math.ceil(columns / COLUMNS)) for columns in lines))


class _Boxes:
    """The drawing of one sheet, with a box for each note and perhaps buttons."""

    def __init__(self, package: Package, relations: Relations, sheet: Any) -> None:
        reference = sheet.find("{*}legacyDrawing")
        if reference is None:
            self._part = _new_drawing(package, relations, sheet)
        else:
            self._part = relations.part(relation_of(reference))
        self._package, self._new = package, dict[str, Any]()
        content = package.read(self._part)
        self._last = max((int(number) for number in _BOX_NUMBER.findall(content)), default=_FIRST_BOX - 1)
        try:
            self._tree = etree.fromstring(content, PARSER)
        except etree.XMLSyntaxError:  # the words of a button may be HTML: then the new boxes are only added behind
            self._tree = None
        data = [] if self._tree is None else self._tree.iter(f"{{{_EXCEL}}}ClientData")
        self._at = {
            tuple(one.findtext(f"{{{_EXCEL}}}{name}", "").strip() for name in ("Row", "Column")): one.getparent()
            for one in data
            if one.get("ObjectType") == "Note"
        }

    def show(self, cell: str, height: int) -> None:
        """A box at a cell, or the one there is made as large."""
        row, column = place_of(cell)
        box = self._at.get((str(row - 1), str(column - 1)))
        if box is None:
            self._last += 1
            self._new[cell] = _box(self._last, row - 1, column - 1, height)
            return
        for anchor in box.findall(f"{{{_EXCEL}}}ClientData/{{{_EXCEL}}}Anchor"):  # it would outweigh the size
            anchor.getparent().remove(anchor)
        style = _SIZE.sub("", box.get("style", "")).strip(";")
        box.set("style", f"{style};width:{WIDTH}px;height:{height}px")

    def remove(self, cell: str) -> None:
        row, column = place_of(cell)
        box = self._at.pop((str(row - 1), str(column - 1)), None)
        if box is not None:
            box.getparent().remove(box)
        self._new.pop(cell, None)

    def save(self) -> None:
        if self._tree is None:
            self._add_behind()
            return
        if not any(kind.get("id") == "_x0000_t202" for kind in self._tree.iter(f"{{{_VML}}}shapetype")):
            self._tree.append(_box_type())
        self._tree.extend(self._new.values())
        self._package.put(self._part, etree.tostring(self._tree))

    def _add_behind(self) -> None:
        """Put the new boxes behind what cannot be taken apart."""
        added = b"".join(etree.tostring(shape) for shape in (_box_type(), *self._new.values()))
        before, end, after = self._package.read(self._part).rpartition(b"</xml>")
        if self._new:
            self._package.put(self._part, before + added + end + after)


def _new_drawing(package: Package, relations: Relations, sheet: Any) -> str:
    part = package.unused("xl/drawings/vmlDrawing{}.vml")
    root = etree.Element("xml", nsmap=_NAMES)
    layout = etree.SubElement(root, f"{{{_OFFICE}}}shapelayout", {f"{{{_VML}}}ext": "edit"})
    etree.SubElement(layout, f"{{{_OFFICE}}}idmap", {f"{{{_VML}}}ext": "edit", "data": "1"})
    package.put(part, etree.tostring(root))
    package.declare_ending("vml", _VML_TYPE)
    relation = relations.add("vmlDrawing", part, office_of(sheet))
    reference = sheet.makeelement(beside(sheet, "legacyDrawing"), {f"{{{office_of(sheet)}}}id": relation})
    behind = (child for child in sheet.iterchildren(etree.Element) if etree.QName(child).localname in _BEHIND)
    if (next_one := next(behind, None)) is not None:
        next_one.addprevious(reference)
    else:
        sheet.append(reference)
    return part


def _box_type() -> Any:
    """What all boxes are derived from."""
    kind = etree.Element(f"{{{_VML}}}shapetype", nsmap=_NAMES)
    for name, value in {"id": "_x0000_t202", "coordsize": "21600,21600", "path": "m,l,21600r21600,l21600,xe"}.items():
        kind.set(name, value)
    kind.set(f"{{{_OFFICE}}}spt", "202")
    etree.SubElement(kind, f"{{{_VML}}}stroke", joinstyle="miter")
    etree.SubElement(kind, f"{{{_VML}}}path", {"gradientshapeok": "t", f"{{{_OFFICE}}}connecttype": "rect"})
    return kind


def _box(number: int, row: int, column: int, height: int) -> Any:
    """The box of a note as Excel draws it beside the cell at a row and column, from 0."""
    shape = etree.Element(f"{{{_VML}}}shape", nsmap=_NAMES)
    place = "position:absolute;margin-left:59.25pt;margin-top:1.5pt"
    for name, value in {
        "id": f"_x0000_s{number}",
        "type": "#_x0000_t202",
        "style": f"{place};width:{WIDTH}px;height:{height}px;z-index:1;visibility:hidden",
        "fillcolor": "#ffffe1",
        f"{{{_OFFICE}}}insetmode": "auto",
    }.items():
        shape.set(name, value)
    etree.SubElement(shape, f"{{{_VML}}}fill", color2="#ffffe1")
    etree.SubElement(shape, f"{{{_VML}}}shadow", color="black", obscured="t")
    etree.SubElement(shape, f"{{{_VML}}}path", {f"{{{_OFFICE}}}connecttype": "none"})
    words = etree.SubElement(shape, f"{{{_VML}}}textbox", style="mso-direction-alt:auto")
    etree.SubElement(words, "div", style="text-align:left")
    data = etree.SubElement(shape, f"{{{_EXCEL}}}ClientData", ObjectType="Note")
    fields = {"MoveWithCells": "", "SizeWithCells": "", "AutoFill": "False", "Row": str(row), "Column": str(column)}
    for name, value in fields.items():
        etree.SubElement(data, f"{{{_EXCEL}}}{name}").text = value
    return shape
