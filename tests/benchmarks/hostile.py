"""A small file that ends whoever parses it: two cells at opposite corners of the sheet, 17 billion cells apart."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

CORNERS = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def hostile_workbook() -> bytes:
    """A workbook that asks for more memory than there is, in a few thousand bytes."""
    honest, made = BytesIO(), BytesIO()
    Workbook().save(honest)
    with ZipFile(honest) as source, ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(
                    rb"<sheetData ?/>|<sheetData></sheetData>", b"<sheetData>" + CORNERS + b"</sheetData>", part
                )
            package.writestr(name, part)
    return made.getvalue()


def again(content: bytes, number: int) -> bytes:
    """The same workbook as a file that was never seen: a package may end with a comment."""
    changed = BytesIO(content)
    with ZipFile(changed, "a") as package:
        package.comment = str(number).encode()
    return changed.getvalue()
