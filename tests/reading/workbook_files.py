"""Builders of small files, honest ones and such whose bytes are ours to spoil."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import openpyxl

from ita.reading.kinds import COMPOUND


def packed(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def one_cell(value: object = "คะแนน") -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = value
    return packed(book)


def package(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGES = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(**targets: str) -> str:
    """The XML that says which part of a package is what."""
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{part}"/>' for kind, part in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGES}">{relations}</Relationships>'


def handmade(rows: str, shared_strings: str | bytes = "", **parts: str | bytes) -> bytes:
    """A workbook of one sheet whose XML is ours to spoil. Other parts are given by their names."""
    return package(
        {
            "_rels/.rels": related(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": workbook_xml("S"),
            "xl/_rels/workbook.xml.rels": related(
                worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml", styles="styles.xml"
            ),
            "xl/worksheets/sheet1.xml": sheet_xml(rows),
            "xl/sharedStrings.xml": shared_strings or f'<sst xmlns="{MAIN}"/>',
            **parts,
        }
    )


def workbook_xml(name: str, more: str = "") -> str:
    sheets = f'<sheets><sheet name="{name}" sheetId="1" r:id="worksheet"/></sheets>'
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{sheets}{more}</workbook>'


def sheet_xml(rows: str, before: str = "", behind: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>'


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def number(address: str, value: object = 1) -> str:
    row = re.sub(r"\D", "", address)
    return f'<row r="{row}"><c r="{address}"><v>{value}</v></c></row>'


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (version 3, sectors of 512 bytes): the container of .xls and of locked Office files."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    root = "Root Entry", 5, 1, end, 0
    entries, body, fat = [root], b"", [0xFFFFFFFD, end]  # sector 0 is the table itself, sector 1 the directory
    for name, data in streams.items():
        data = data.ljust(4096, b"\0")  # shorter ones would go to a second, smaller container
        sectors = -(-len(data) // 512)
        entries.append((name, 2, free, len(fat), len(data)))
        fat += [*range(len(fat) + 1, len(fat) + sectors), end]
        body += data.ljust(sectors * 512, b"\0")
    directory = b"".join(
        struct.pack(
            "<64sHBBIII36xIQ", name.encode("utf-16-le"), 2 * len(name) + 2, kind, 1, free, free, child, start, size
        )
        for name, kind, child, start, size in entries
    )
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", COMPOUND, 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0
    ) + struct.pack("<109I", 0, *[free] * 108)
    return header + struct.pack("<128I", *fat, *[free] * (128 - len(fat))) + directory.ljust(512, b"\0") + body


def old_workbook(*cells: tuple[int, int, str | float], locked: bool = False) -> bytes:
    """An .xls (BIFF8) of one sheet."""

    def record(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def cell(row: int, column: int, value: str | float) -> bytes:
        at = struct.pack("<HHH", row, column, 0)
        if isinstance(value, float):
            return record(0x203, at + struct.pack("<d", value))
        return record(0x204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))

    def beginning(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    name = "คะแนน"
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    start = beginning(5) + (record(0x2F, bytes(54)) if locked else b"")
    before = len(start) + len(record(0x85, bytes(6) + title)) + len(record(0x0A))
    book = start + record(0x85, struct.pack("<IH", before, 0) + title) + record(0x0A)
    return compound({"Workbook": book + beginning(0x10) + b"".join(cell(*each) for each in cells) + record(0x0A)})


def binary_workbook(text: str, number: float) -> bytes:
    """An .xlsb of one sheet, with `text` in B2 and `number` in C2."""

    def record(kind: int, data: bytes = b"") -> bytes:
        return (bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])) + bytes([len(data)]) + data

    def string(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    sheet = struct.pack("<II", 0, 1) + string("worksheet") + string("คะแนน")
    book = record(131) + record(143) + record(156, sheet) + record(144) + record(132)
    cells = (
        record(0, struct.pack("<IIHBBBI", 1, 0, 300, 0, 0, 0, 0))
        + record(6, struct.pack("<II", 1, 0) + string(text))
        + record(5, struct.pack("<IId", 2, 0, number))
    )
    size = record(148, struct.pack("<IIII", 1, 1, 1, 2))
    return package(
        {
            "_rels/.rels": related(officeDocument="xl/workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": related(worksheet="worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": record(129) + size + record(145) + cells + record(146) + record(130),
        }
    )


def open_document(
    table: str, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet", manifest: str = ""
) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="คะแนน">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return package(
        {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>"}
    )
