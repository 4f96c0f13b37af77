"""A new workbook with nothing but values, for files that cannot be marked themselves."""

from __future__ import annotations

import datetime as dt
import math
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ita.documents.marking.package import CONTENT_TYPES, MAIN, OFFICE, RELATIONS, SPREADSHEET, TYPES, written

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
DAY_ZERO = dt.datetime(1899, 12, 30)
FIRST_DAY = dt.datetime(1900, 3, 1)  # before it Excel counts a day that never was
DAY = 24 * 60 * 60  # seconds
NARROWEST, WIDEST, MEASURED_ROWS = 9, 40, 200

_FORMATS = {"number": 0, "formula_like": 0, "date": 14, "datetime": 22, "time": 21, "timedelta": 46}
"""Excel's own number formats, in the order in which cells refer to them."""
_FORMULA_STARTS = ("=", "+", "-", "@")
_STYLE = {name: place for place, name in enumerate(_FORMATS)}


def plain_workbook(sheets: Sequence[Sequence[Any]], main_type: str) -> bytes:
    """A workbook of a content type, its sheets each [name, visible, merged, hidden rows, hidden columns, rows].

    They are as ita.reading.sheet has them; what JSON has not is {"fault": text}, {"date": iso}, {"datetime": iso},
    {"time": iso} or {"timedelta": seconds}. Text stays text, also where it begins with "=".
    """
    names = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    parts = {
        CONTENT_TYPES: _types(names, main_type),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations([*(("worksheet", name) for name in names), ("styles", "styles.xml")]),
        "xl/workbook.xml": _workbook(sheets),
        "xl/styles.xml": _styles(),
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, sheet in zip(names, sheets, strict=True):
            with archive.open(f"xl/{name}", "w") as part:
                for piece in _sheet(*sheet[2:]):
                    part.write(piece.encode())
    return file.getvalue()


def address_of(row: int, column: int) -> str:
    """The address of a row and column, from 1: (7, 3) is "C7"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def text_cell(address: str, text: str, style: int = 0) -> str:
    """A cell that holds text, whatever it looks like."""
    if not text:
        return f'<c r="{address}" s="{style}"/>'
    return (
        f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(written(text))}</t></is></c>'
    )


def column_widths(widths: Iterable[float]) -> str:
    columns = (
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )
    return f"<cols>{''.join(columns)}</cols>"


# Parts


def _types(sheets: Iterable[str], main_type: str) -> str:
    kinds = [("workbook.xml", main_type), ("styles.xml", f"{SPREADSHEET}styles+xml")]
    kinds += [(name, f"{SPREADSHEET}worksheet+xml") for name in sheets]
    overrides = "".join(f'<Override PartName="/xl/{name}" ContentType="{kind}"/>' for name, kind in kinds)
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{TYPES}">{relations}{overrides}</Types>'


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'


def _workbook(sheets: Iterable[Sequence[Any]]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(written(name))} sheetId="{number}" state="{"visible" if visible else "hidden"}" '
        f'r:id="rId{number}"/>'
        for number, (name, visible, *_) in enumerate(sheets, start=1)
    )
    views = "<bookViews><workbookView/></bookViews>"
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{views}<sheets>{listed}</sheets></workbook>'


def _styles() -> str:
    fills = "".join(f'<fill><patternFill patternType="{kind}"/></fill>' for kind in ("none", "gray125"))
    formats = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
        f'quotePrefix="{int(name == "formula_like")}"/>'
        for name, number in _FORMATS.items()
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><fonts><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        f"<fills>{fills}</fills><borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs>{formats}</cellXfs><cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _sheet(
    merged: Iterable[Sequence[int]],
    hidden_rows: Iterable[int],
    hidden_columns: Iterable[int],
    rows: Sequence[Sequence[Any]],
) -> Iterator[str]:
    """The part of a sheet, row by row: a sheet may have a million cells."""
    hidden = set(hidden_rows)
    yield f'<worksheet xmlns="{MAIN}">{_columns(rows, set(hidden_columns))}<sheetData>'
    for number, row in enumerate(rows, start=1):
        yield f'<row r="{number}" hidden="{int(number - 1 in hidden)}">{"".join(_cells(number, row))}</row>'
    ranges = [
        f'<mergeCell ref="{address_of(top + 1, left + 1)}:{address_of(bottom + 1, right + 1)}"/>'
        for top, left, bottom, right in merged
    ]
    merging = f"<mergeCells>{''.join(ranges)}</mergeCells>" if ranges else ""
    yield f"</sheetData>{merging}</worksheet>"


def _columns(rows: Sequence[Sequence[Any]], hidden: set[int]) -> str:
    """Columns as wide as what stands in them; a longer text, such as a title, runs on over the blanks beside it."""
    if not rows or not rows[0]:
        return ""
    wide = (
        max((len(str(value)) for value in column if value is not None and len(str(value)) <= WIDEST), default=0)
        for column in zip(*rows[:MEASURED_ROWS], strict=True)
    )
    columns = (
        f'<col min="{number}" max="{number}" width="{max(NARROWEST, length + 2)}" customWidth="1" '
        f'hidden="{int(number - 1 in hidden)}"/>'
        for number, length in enumerate(wide, start=1)
    )
    return f"<cols>{''.join(columns)}</cols>"


def _cells(number: int, row: Iterable[Any]) -> Iterator[str]:
    """The cells of a row that are not blank."""
    for place, value in enumerate(row, start=1):
        if value is None:
            continue
        address = address_of(number, place)
        if isinstance(value, str):
            yield text_cell(address, value, _STYLE["formula_like" if value.startswith(_FORMULA_STARTS) else "number"])
        elif isinstance(value, bool):
            yield f'<c r="{address}" t="b"><v>{int(value)}</v></c>'
        elif isinstance(value, dict):
            yield _other(address, *value.popitem())
        elif math.isfinite(value):
            yield _number(address, value, "number")
        else:
            yield _error(address, "#NUM!")


def _number(address: str, value: float, kind: str) -> str:
    return f'<c r="{address}" s="{_STYLE[kind]}"><v>{value!r}</v></c>'


def _error(address: str, text: str) -> str:
    return f'<c r="{address}" t="e"><v>{text}</v></c>' if text in ERRORS else text_cell(address, text)


def _other(address: str, kind: str, value: Any) -> str:
    """A cell for what JSON has no form of its own for."""
    if kind == "fault":
        return _error(address, value)
    if kind == "timedelta":
        return _number(address, value / DAY, kind) if value >= 0 else text_cell(address, str(value))
    if kind == "time":
        time = dt.time.fromisoformat(value)
        seconds = dt.timedelta(hours=time.hour, minutes=time.minute, seconds=time.second).total_seconds()
        return _number(address, seconds / DAY, kind)
    moment = dt.datetime.fromisoformat(value)
    if moment < FIRST_DAY:
        return text_cell(address, value)
    whole = moment.time() == dt.time()
    return _number(address, (moment - DAY_ZERO).total_seconds() / DAY, "date" if whole else "datetime")
