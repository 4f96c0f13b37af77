"""A workbook in which cells are coloured and noted, and before which the check sheet is put.

The parts that say so are changed and all others handed on byte by byte: formulas with the values they had, formats,
widths, pictures, charts, macros and protection stay what they were.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from ita.documents.marking.cells import Sheet, place_of
from ita.documents.marking.notes import Notes
from ita.documents.marking.package import (
    SPREADSHEET,
    Package,
    Relations,
    beside,
    office_of,
    relation_of,
)
from ita.documents.marking.plain import address_of, column_widths, text_cell
from ita.documents.marking.styles import Styles

_WORKBOOK = "main+xml"
"""What the content type of a workbook in XML ends with: of .xlsx, .xlsm and their templates, not of .xlsb."""
_SELECTED = re.compile(rb"""\btabSelected\s*=\s*(["'])(?:1|true)\1""")
_VIEWS = 64 * 1024  # bytes; the selected sheet says so before its columns and cells


class Book:
    """A workbook and the order to mark it (child.py). ValueError where the package is no workbook in XML."""

    def __init__(self, package: Package, order: Mapping[str, Any]) -> None:
        self._package, self._order = package, order
        self._part = Relations(package).first("officeDocument") or ""
        if not package.content_type(self._part).endswith(_WORKBOOK):
            raise ValueError(self._part)
        self._tree, self._relations = package.tree(self._part), Relations(package, self._part)
        styles = self._relations.first("styles") or ""
        self._styles = Styles(package, styles, order["fills"], order["font"], order["sheet_size"])

    def mark(self) -> None:
        """Mark the cells, put the check sheet first, and let it be the sheet that is looked at."""
        for name, part in self._sheets().items():
            self._deselect(part)
            marks = self._order["marks"].get(name, {})
            if marks or self._has_notes_of_ours(part):
                self._mark_sheet(part, marks)
        self._put_check_sheet()
        for view in self._tree.iterfind("{*}bookViews/{*}workbookView"):
            view.attrib.pop("firstSheet", None)
            view.set("activeTab", "0")
        self._styles.save()
        self._package.put(self._part, self._tree)

    def _sheets(self) -> dict[str, str]:
        """The part of every sheet, by name."""
        sheets = self._tree.iterfind("{*}sheets/{*}sheet")
        return {sheet.get("name"): self._relations.part(relation_of(sheet)) for sheet in sheets}

    def _deselect(self, part: str) -> None:
        """Two sheets that are selected would both be written in by whoever types in one."""
        content = self._package.read(part)
        views = _SELECTED.sub(b'tabSelected="0"', content[:_VIEWS])
        if views != content[:_VIEWS]:
            self._package.put(part, views + content[_VIEWS:])

    def _has_notes_of_ours(self, part: str) -> bool:
        """Whether an earlier copy may have left notes: what they begin with stands there."""
        notes = Relations(self._package, part).first("comments")
        return notes is not None and any(
            opening.encode() in self._package.read(notes) for opening in self._order["openings"]
        )

    def _mark_sheet(self, part: str, marks: Mapping[str, tuple[str, list[list[str]]]]) -> None:
        """Colour and note the cells, and take away what an earlier copy has marked and nobody tells of any more."""
        sheet = Sheet(self._package.read(part))
        notes = Notes(self._package, part, sheet.tree, self._order)
        stale = [address for address in notes.ours() if address not in marks]
        sheet.take(place_of(address)[0] for address in (*marks, *stale))
        for address in stale:
            notes.take_back(address)
            cell = sheet.at(address)
            cell.set("s", str(self._styles.unmarked(int(cell.get("s", "0")))))
        for address, (severity, texts) in marks.items():
            cell = sheet.at(address)
            cell.set("s", str(self._styles.marked(int(cell.get("s", "0")), severity)))
            if texts:
                notes.write(address, texts)
        notes.save()
        self._package.put(part, sheet.content())

    def _put_check_sheet(self) -> None:
        """Put it in the place of the one that an earlier copy has, else before all others."""
        check = self._order["check"]
        namespace = self._tree.nsmap[self._tree.prefix]
        content = check_sheet(check, self._styles.own, namespace)
        if check["replaces"] is not None:
            self._package.put(self._sheets()[check["replaces"]], content)
            return
        part = self._package.unused("xl/worksheets/sheet{}.xml")
        self._package.put(part, content)
        self._package.declare(part, f"{SPREADSHEET}worksheet+xml")
        self._insert(check["name"], self._relations.add("worksheet", part, office_of(self._tree)))

    def _insert(self, name: str, relation: str) -> None:
        """Make this the first sheet; what belongs to a sheet by its place then belongs to the next place."""
        sheets = self._tree.find("{*}sheets")
        number = 1 + max(int(sheet.get("sheetId")) for sheet in sheets.iterchildren("{*}sheet"))
        attributes = {"name": name, "sheetId": str(number), f"{{{office_of(sheets)}}}id": relation}
        sheets.insert(0, sheets.makeelement(beside(sheets, "sheet"), attributes))
        for defined in self._tree.iterfind("{*}definedNames/{*}definedName[@localSheetId]"):
            defined.set("localSheetId", str(1 + int(defined.get("localSheetId"))))


def check_sheet(check: Mapping[str, Any], styles: Mapping[str, int], namespace: str) -> bytes:
    """The part of the check sheet, which prints on A4 across.

    `check`: name; replaces (the name of the one that an earlier copy has, or None); widths (of its columns); frozen
    (how many rows stay in sight); rows of [height in points, cells], each cell [text, style, link], the style being one
    of `Styles.own`, the link None or the place it leads to.
    """
    rows, links = [], []
    for number, (height, row) in enumerate(check["rows"], start=1):
        cells = []
        for place, (text, style, link) in enumerate(row, start=1):
            address = address_of(number, place)
            cells.append(text_cell(address, text, styles[style]))
            if link:
                links.append(f"<hyperlink ref={quoteattr(address)} location={quoteattr(link)}/>")
        rows.append(f'<row r="{number}" ht="{height}" customHeight="1">{"".join(cells)}</row>')
    frozen = check["frozen"]
    parts = (
        f'<worksheet xmlns="{namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">',
        f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/>',
        f"</sheetView></sheetViews>{column_widths(check['widths'])}",
        f"<sheetData>{''.join(rows)}</sheetData>",
        f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
        "<headerFooter><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>",
    )
    return "".join(parts).encode()
