"""A workbook as the package that it is: parts by name, what they belong with, and the trees that they hold."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
CONTENT_TYPES = "[Content_Types].xml"

PART_BYTES = 24 * 2**20  # a part is taken apart in some ten times as much
LONGEST_TEXT = 32_767
"""Characters that a cell or a note of Excel takes."""

PARSER = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel takes _x0041_ for an A


class Package:
    """The parts of a package, by names without the first slash; what is changed or added is there at once."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(content))
        self._names = {name.lower(): name for name in self._zip.namelist() if not name.endswith("/")}
        self._changed: dict[str, bytes] = {}

    def has(self, part: str) -> bool:
        return part.lower() in self._names

    def read(self, part: str) -> bytes:
        """A part's bytes; KeyError where there is none."""
        name = self._names[part.lower()]
        return self._changed[name] if name in self._changed else self._zip.read(name)

    def tree(self, part: str) -> Any:
        """The root of a part; ValueError for one that is too large or declares entities."""
        return tree_of(self.read(part))

    def put(self, part: str, content: Any) -> None:
        """Change a part or add one: its bytes, or the root of its tree."""
        if not isinstance(content, bytes):
            tree = content.getroottree()
            content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._changed[self._names.setdefault(part.lower(), part)] = content

    def unused(self, pattern: str) -> str:
        """The first name of a pattern, numbered from 1, that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def content_type(self, part: str) -> str:
        """What the package says that a part is."""
        types = self.tree(CONTENT_TYPES)
        for override in types.iterchildren("{*}Override"):
            if override.get("PartName", "").lower() == f"/{part.lower()}":
                return str(override.get("ContentType"))
        ending = part.rpartition(".")[2].lower()
        defaults = types.iterchildren("{*}Default")
        return next((str(one.get("ContentType")) for one in defaults if one.get("Extension", "").lower() == ending), "")

    def declare(self, part: str, content_type: str) -> None:
        """Say what a new part is."""
        types = self.tree(CONTENT_TYPES)
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)
        self.put(CONTENT_TYPES, types)

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Say what every part with this ending is, where that is not said already."""
        types = self.tree(CONTENT_TYPES)
        if ending not in {default.get("Extension", "").lower() for default in types.iterchildren("{*}Default")}:
            types.insert(0, types.makeelement(f"{{{TYPES}}}Default", Extension=ending, ContentType=content_type))
            self.put(CONTENT_TYPES, types)

    def content(self) -> bytes:
        """The package as a file, its parts in the order they had and new ones last."""
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self._names.values():
                archive.writestr(name, self.read(name))
        return file.getvalue()


class Relations:
    """What a part, or the package itself, belongs with: the kind of relation ("styles"), the other part, an id."""

    def __init__(self, package: Package, part: str = "") -> None:
        self._package, self._folder = package, posixpath.dirname(part)
        self._part = posixpath.join(self._folder, "_rels", f"{posixpath.basename(part)}.rels")
        if package.has(self._part):
            self._tree = package.tree(self._part)
        else:
            self._tree = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS})

    def first(self, kind: str) -> str | None:
        """The first part of a kind."""
        return next((part for found, part, _ in self._all() if found == kind), None)

    def part(self, relation: str) -> str:
        """The part that an id stands for."""
        return next(part for _, part, found in self._all() if found == relation)

    def add(self, kind: str, part: str, office: str = OFFICE) -> str:
        """The id of a new relation; `office` is the namespace that the kind is of."""
        taken, number = {found for _, _, found in self._all()}, 1
        while (new := f"rIdIta{number}") in taken:
            number += 1
        attributes = {"Id": new, "Type": f"{office}/{kind}", "Target": f"/{part}"}
        etree.SubElement(self._tree, f"{{{RELATIONS}}}Relationship", attributes)
        self._package.put(self._part, self._tree)
        return new

    def _all(self) -> Iterator[tuple[str, str, str]]:
        """Kind, part and id of each; what leads out of the package has no part."""
        for relation in self._tree.iterchildren("{*}Relationship"):
            inside = relation.get("TargetMode") != "External"
            part = posixpath.normpath(posixpath.join("/", self._folder, relation.get("Target"))) if inside else ""
            yield relation.get("Type").rpartition("/")[2], part.lstrip("/"), relation.get("Id")


# Trees


def tree_of(content: bytes) -> Any:
    """The root of what is written in XML; ValueError where it is too large or declares entities."""
    if len(content) > PART_BYTES:
        raise ValueError(len(content))
    root = etree.fromstring(content, PARSER)
    if root.getroottree().docinfo.doctype:
        raise ValueError(root.tag)
    return root


def beside(element: Any, name: str) -> str:
    """The full name that `name` has in the namespace of an element."""
    return str(etree.QName(etree.QName(element).namespace, name).text)


def made(parent: Any, name: str, **attributes: object) -> Any:
    """A new last child in the namespace of its parent."""
    return etree.SubElement(parent, beside(parent, name), {key: str(value) for key, value in attributes.items()})


def office_of(element: Any) -> str:
    """The namespace of relations in a part: the strict form of the standard has its own."""
    return STRICT_OFFICE if etree.QName(element).namespace == STRICT_MAIN else OFFICE


def relation_of(element: Any) -> str:
    """The id of the relation that an element names."""
    return str(element.get(f"{{{office_of(element)}}}id"))


def written(text: str) -> str:
    """Text as a cell or a note takes it."""
    return _ESCAPE_LIKE.sub("_x005F_", _UNWRITABLE.sub("", text)[:LONGEST_TEXT])
