"""The corpus of files that are to be refused: broken, hostile, or another kind than their name says."""

from __future__ import annotations

import base64
import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import openpyxl
from openpyxl.chart import BarChart

from tests.reading.workbook_files import (
    MAIN,
    compound,
    handmade,
    number,
    old_workbook,
    one_cell,
    open_document,
    package,
    packed,
    sheet_xml,
    text_cell,
    workbook_xml,
)

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
RIGHT_TO_LEFT = "\u202e"


@dataclass(frozen=True)
class BadFile:
    """A file, the name it comes under, and the code of the sentence that it gets."""

    code: str
    content: Callable[[], bytes]
    filename: str = "ผลคะแนน.xlsx"


def noise(size: int) -> bytes:
    """Letters that do not compress."""
    return base64.b64encode(random.Random(size).randbytes(size * 3 // 4))


def with_part(name: str, pieces: Iterable[bytes], base: bytes | None = None) -> bytes:
    """A workbook of one cell with another part in the place of one, written piece by piece."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base or handmade(number("A1")))) as source, zipfile.ZipFile(file, "w") as copy:
        for member in source.infolist():
            if member.filename != name:
                copy.writestr(member, source.read(member), zipfile.ZIP_DEFLATED)
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with copy.open(entry, "w") as part:
            for piece in pieces:
                part.write(piece)
    return file.getvalue()


# Bombs


def sheet_of(piece: bytes, times: int) -> bytes:
    begin, end = sheet_xml('<row r="1">|</row>').encode().split(b"|")
    return with_part(SHEET, [begin, *[piece * 1000] * (times // 1000), end])


def huge_cell(letters: bytes = b"a") -> bytes:
    begin, end = sheet_xml(f'<row r="1">{text_cell("A1", "|")}</row>').encode().split(b"|")
    return with_part(SHEET, [begin, *[letters * 2**20] * 100, end])


def huge_cell_declared_small() -> bytes:
    bomb = huge_cell()
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        size = archive.getinfo(SHEET).file_size
    return bomb.replace(struct.pack("<I", size), struct.pack("<I", 1_000_000))


def huge_strings() -> bytes:
    return with_part(STRINGS, [b"<sst>", *[b"<si><t>a</t></si>" * 2**16] * 60, b"</sst>"])


def cells_beside_noise() -> bytes:
    """Four million cells in a file whose size betrays nothing."""
    begin, end = sheet_xml("<row>|</row>").encode().split(b"|")
    return with_part(
        SHEET, [begin, *[b"<c/>" * 10**6] * 4, text_cell("B1", "|").encode().replace(b"|", noise(400_000)), end]
    )


def repeated_to_the_last_cell() -> bytes:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    return open_document(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def filled_in_the_last_row() -> bytes:
    cell, blank = '<table:table-cell office:value-type="float" office:value="1"/>', "<table:table-cell/>"
    rows = f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
    return open_document(f"<table:table-row>{cell}</table:table-row>{rows}<table:table-row>{cell}</table:table-row>")


def repeated_percentages(times: int) -> bytes:
    cell = '<table:table-cell office:value-type="percentage" office:value="1" table:number-columns-repeated="1000"/>'
    return open_document(f'<table:table-row table:number-rows-repeated="1000">{cell}</table:table-row>' * times)


def one_text_in(cells: int) -> bytes:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, cells + 1))
    return handmade(rows, f'<sst xmlns="{MAIN}"><si><t>{"ก" * 32_000}</t></si></sst>')


def sheets(count: int) -> bytes:
    """That many names for one and the same sheet."""
    book = workbook_xml("S")
    only = '<sheet name="S" sheetId="1" r:id="worksheet"/>'
    many = "".join(only.replace('"S"', f'"S{index}"').replace('"1"', f'"{index}"') for index in range(1, count + 1))
    return with_part("xl/workbook.xml", [book.replace(only, many).encode()])


def larger_than_any() -> bytes:
    """A package whose directory keeps all sizes in the field for large ones, which is not there."""
    content = bytearray(one_cell())
    position = content.find(b"PK\x01\x02")
    while position >= 0:
        content[position + 24 : position + 28] = b"\xff" * 4
        position = content.find(b"PK\x01\x02", position + 4)
    return bytes(content)


def directory_elsewhere() -> bytes:
    content = bytearray(one_cell())
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 20] = b"\xff" * 8
    return bytes(content)


def bomb_in_a_bomb() -> bytes:
    inner = package({f"{index}.txt": "0" * 2**20 for index in range(8)})
    return package({f"{index}.zip": inner for index in range(8)})


# Packages put together as no office program does


def a_hundred_thousand_parts() -> bytes:
    """A package written by hand: zipfile takes seconds for so many."""
    name, count = b"xl/media/0", 100_000
    entry = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0)
    part = b"PK\x03\x04" + entry + name
    listed = b"PK\x01\x02\x14\0" + entry + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return (
        part * count
        + listed * count
        + struct.pack("<4s8xIIH", b"PK\x05\x06", len(listed) * count, len(part) * count, 0)
    )


def twice_the_same_part() -> bytes:
    file = io.BytesIO(handmade(number("A1", 84.96)))
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, sheet_xml(number("A1", 99.99)))
    return file.getvalue()


def with_flag(content: bytes, flag: int) -> bytes:
    """The package with a flag set for each member, in its directory and before its data."""
    changed = bytearray(content)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = changed.find(signature)
        while position >= 0:
            changed[position + at] |= flag
            position = changed.find(signature, position + 4)
    return bytes(changed)


def with_wrong_checksum() -> bytes:
    content = handmade(number("A1", 84.96))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        checksum = archive.getinfo(SHEET).CRC
    return content.replace(struct.pack("<I", checksum), struct.pack("<I", checksum ^ 0xFF))


def with_spoilt_data() -> bytes:
    content = bytearray(handmade("".join(number(f"A{row}", row * 1.1) for row in range(1, 200))))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo(SHEET).header_offset + 30 + len(SHEET)
    content[start + 100 : start + 110] = b"\xff" * 10
    return bytes(content)


def other_method(method: int) -> bytes:
    return package({"xl/workbook.xml": "<workbook/>", SHEET: sheet_xml(number("A1"))}, method)


# Workbooks with nothing in them


def empty_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("อีกชีต")
    return packed(book)


def only_a_chart() -> bytes:
    book = openpyxl.Workbook()
    book.create_chartsheet("แผนภูมิ").add_chart(BarChart())
    book.remove(book.active)
    return packed(book)


def only_formats() -> bytes:
    return handmade('<row r="1"><c r="A1" s="0"/><c r="B1" s="0"/></row>')


# Other kinds


def shortcut_of_google() -> bytes:
    return b'{"":"WARNING! DO NOT EDIT THIS FILE!","doc_id":"1a2b3c","resource_key":"","email":"a@example.org"}'


def dbase() -> bytes:
    field = b"SCORE".ljust(11, b"\0") + b"N" + bytes(4) + b"\x06\x02" + bytes(14)
    return struct.pack("<BBBBIHH20x", 3, 124, 8, 15, 1, 65, 7) + field + b"\r  84.96\x1a"


def excel_2003_xml() -> bytes:
    return (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
    )


WEB_PAGE = "<html><head><title>ITA</title></head><body><table><tr><td>คะแนน</td></tr></table></body></html>"
MHTML = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="a"\r\n\r\n--a\r\nContent-Type: text/html\r\n'
DOCUMENT = "application/vnd.oasis.opendocument.text"
PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(100)
LETTER = "เรื่อง ขอส่งผลการประเมิน\nเรียน ปลัดเทศบาล\nตามที่ได้รับแจ้งผลแล้วนั้น\n"
ENTITIES = '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
LOCK_FILE = b"\x05admin".ljust(55) + b"\x05\0a\0d\0".ljust(110, b" ")

BAD_FILES: dict[str, BadFile] = {
    # Not there, too large, not it
    "an empty file": BadFile("ITA-F01", lambda: b""),
    "a file over the limit": BadFile("ITA-F02", lambda: bytes(20 * 2**20 + 1)),
    "Excel's lock file": BadFile("ITA-F03", lambda: LOCK_FILE),
    "a lock file by its name": BadFile("ITA-F03", lambda: b"\x05admin", "~$ผลคะแนน.xlsx"),
    "the lock file of another program": BadFile("ITA-F03", lambda: b",admin,pc,;", ".~lock.ผลคะแนน.ods#"),
    "a file not downloaded from the cloud": BadFile("ITA-F26", lambda: bytes(40_960)),
    "a shortcut of Windows": BadFile("ITA-F25", lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(68), "ผลคะแนน.xlsx.lnk"),
    "a link to a web page": BadFile("ITA-F25", lambda: b"[InternetShortcut]\r\nURL=http://example.org/\r\n"),
    "a link of macOS": BadFile(
        "ITA-F25", lambda: b'<?xml version="1.0"?><!DOCTYPE plist><plist><dict><key>URL</key></dict></plist>'
    ),
    "a shortcut of Google": BadFile("ITA-F25", shortcut_of_google, "ผลคะแนน.gsheet"),
    # Other kinds
    "a PDF": BadFile("ITA-F04", lambda: b"%PDF-1.7\n%\xe2\xe3\n1 0 obj"),
    "a PNG": BadFile("ITA-F05", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    "a JPEG": BadFile("ITA-F05", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
    "a telephone's photograph": BadFile("ITA-F05", lambda: b"\0\0\0\x18ftypheic\0\0\0\0"),
    "a drawing": BadFile("ITA-F05", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
    "a web page named .xls": BadFile("ITA-F06", lambda: WEB_PAGE.encode(), "ผลคะแนน.xls"),
    "a table of a web page": BadFile("ITA-F06", lambda: "<table><tr><td>คะแนน".encode("cp874"), "ผลคะแนน.xls"),
    "a web page in UTF-16": BadFile("ITA-F06", lambda: WEB_PAGE.encode("utf-16"), "ผลคะแนน.xls"),
    "a web page with its pictures": BadFile("ITA-F06", lambda: MHTML.encode(), "ผลคะแนน.xls"),
    "rich text": BadFile("ITA-F07", lambda: rb"{\rtf1\ansi\deff0 ITA}", "ผลคะแนน.doc"),
    "an old Word document": BadFile("ITA-F07", lambda: compound({"WordDocument": b""})),
    "an old presentation": BadFile("ITA-F07", lambda: compound({"PowerPoint Document": b""})),
    "a presentation": BadFile("ITA-F07", lambda: package({"ppt/presentation.xml": "<p/>"})),
    "a Word document in XML": BadFile("ITA-F07", lambda: b'<?mso-application progid="Word.Document"?><w/>'),
    "an open document text": BadFile("ITA-F07", lambda: open_document("", mimetype=DOCUMENT)),
    "a table of Apple": BadFile("ITA-F27", lambda: package({"Index/Document.iwa": b"\0", "preview.jpg": b""})),
    "a program": BadFile("ITA-F19", lambda: PROGRAM, "ผลคะแนน.xls.exe"),
    "a package that unpacks itself": BadFile("ITA-F19", lambda: PROGRAM + one_cell()),
    "a script": BadFile("ITA-F19", lambda: b"#!/bin/sh\necho\n"),
    "a workbook in XML": BadFile("ITA-F29", excel_2003_xml, "ผลคะแนน.xls"),
    "a workbook in symbols": BadFile("ITA-F29", lambda: b'ID;PWXL;N;E\r\nC;Y1;X1;K"A"\r\nE\r\n', "ผลคะแนน.slk"),
    "data for exchange": BadFile("ITA-F29", lambda: b'TABLE\r\n0,1\r\n"EXCEL"\r\n'),
    "a workbook of Excel 4": BadFile("ITA-F29", lambda: b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(20)),
    "a flat open document": BadFile(
        "ITA-F29", lambda: b'<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
    ),
    "a database of Access": BadFile("ITA-F31", lambda: b"\0\x01\0\0Standard Jet DB\0" + bytes(100)),
    "a newer database of Access": BadFile("ITA-F31", lambda: b"\0\x01\0\0Standard ACE DB\0" + bytes(100)),
    "a database of dBase": BadFile("ITA-F31", dbase),
    "a database of SQLite": BadFile("ITA-F31", lambda: b"SQLite format 3\0" + bytes(100)),
    "a message of Outlook": BadFile("ITA-F11", lambda: compound({"__properties_version1.0": b""})),
    "anything": BadFile("ITA-F11", lambda: bytes(range(256)) * 4),
    # Compressed
    "a compressed folder": BadFile("ITA-F10", lambda: package({"ผลคะแนน.xlsx": one_cell()})),
    "a compressed folder under a password": BadFile(
        "ITA-F10", lambda: with_flag(package({"ผลคะแนน.xlsx": one_cell()}), 1)
    ),
    "an empty compressed folder": BadFile("ITA-F10", lambda: package({})),
    "a bomb in a bomb": BadFile("ITA-F10", bomb_in_a_bomb),
    "a RAR": BadFile("ITA-F10", lambda: b"Rar!\x1a\x07\x01\0"),
    "a 7z": BadFile("ITA-F10", lambda: b"7z\xbc\xaf\x27\x1c\0\x04"),
    "a gzip": BadFile("ITA-F10", lambda: b"\x1f\x8b\x08\0\0\0\0\0"),
    # Locked
    "a workbook under a password": BadFile("ITA-F08", lambda: compound({"EncryptedPackage": b"\x99" * 5000})),
    "an old workbook under a password": BadFile("ITA-F08", lambda: old_workbook((0, 0, 1.0), locked=True)),
    "an open document under a password": BadFile("ITA-F08", lambda: open_document("", manifest="<encryption-data/>")),
    "a workbook with locked parts": BadFile("ITA-F08", lambda: with_flag(handmade(number("A1")), 1)),
    # Damaged
    "the beginning of a workbook": BadFile("ITA-F09", lambda: one_cell()[:1_000]),
    "a download that broke off": BadFile("ITA-F09", lambda: one_cell()[:-200]),
    "a workbook cut in its middle": BadFile("ITA-F09", lambda: one_cell()[:1_000] + one_cell()[-1_500:]),
    "an old workbook that broke off": BadFile("ITA-F09", lambda: old_workbook((0, 0, "ก"))[:700]),
    "a workbook without its sheet": BadFile(
        "ITA-F09", lambda: one_cell().replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml")
    ),
    "a workbook packed in another way": BadFile("ITA-F09", lambda: other_method(zipfile.ZIP_LZMA)),
    "a part with a wrong checksum": BadFile("ITA-F37", with_wrong_checksum),
    "a part that cannot be unpacked": BadFile("ITA-F37", with_spoilt_data),
    "a sheet that breaks off": BadFile(
        "ITA-F37", lambda: with_part(SHEET, [b'<worksheet><sheetData><row r="1"><c r="A'])
    ),
    "broken styles": BadFile("ITA-F37", lambda: with_part(STYLES, [b'<styleSheet><cellXfs><xf numFmtId="x'])),
    "a reference to nothing": BadFile("ITA-F37", lambda: handmade(f'<row r="1">{text_cell("A1", "&nothing;")}</row>')),
    # Bombs
    "one huge cell": BadFile("ITA-F12", huge_cell),
    "one huge cell of spaces": BadFile("ITA-F12", lambda: huge_cell(b" ")),
    "twenty million tiny cells": BadFile("ITA-F12", lambda: sheet_of(b"<c/>", 20_000_000)),
    "millions of shared strings": BadFile("ITA-F12", huge_strings),
    "one huge cell with a lying size": BadFile("ITA-F39", huge_cell_declared_small),
    "four million cells beside noise": BadFile("ITA-F15", cells_beside_noise),
    "a cell repeated over a whole sheet": BadFile("ITA-F15", repeated_to_the_last_cell),
    "two cells at opposite corners": BadFile("ITA-F15", lambda: handmade(number("A1") + number("XFD1048576"))),
    "two cells far apart": BadFile("ITA-F15", lambda: handmade(number("A1") + number("Z200000"))),
    "two cells far apart in an old file": BadFile("ITA-F17", lambda: old_workbook((0, 0, 1.0), (65_535, 255, 1.0))),
    "one long text in hundreds of cells": BadFile("ITA-F15", lambda: one_text_in(640)),
    "twenty thousand sheets": BadFile("ITA-F40", lambda: sheets(20_000)),
    "an open document with its last row filled": BadFile("ITA-F15", filled_in_the_last_row),
    "a percentage repeated a million times, over and over": BadFile("ITA-F15", lambda: repeated_percentages(100)),
    "a package that says to be larger than any": BadFile("ITA-F12", larger_than_any),
    "a package that lies about where its directory is": BadFile("ITA-F09", directory_elsewhere),
    "a hundred thousand parts": BadFile("ITA-F13", a_hundred_thousand_parts),
    # Addresses and texts that do not exist
    "a column too many": BadFile("ITA-F23", lambda: handmade(number("XFE1"))),
    "a row too many": BadFile("ITA-F23", lambda: handmade(number("A1048577"))),
    "a row far too many": BadFile("ITA-F23", lambda: handmade(number("A99999999999"))),
    "a column far too many": BadFile("ITA-F23", lambda: handmade(number("ZZZZZZ99999999999"))),
    "no address at all": BadFile("ITA-F23", lambda: handmade('<row r="1"><c r="คะแนน"><v>1</v></c></row>')),
    "a lying count of strings": BadFile(
        "ITA-F24", lambda: handmade(number("A1"), f'<sst xmlns="{MAIN}" uniqueCount="4000000000"></sst>')
    ),
    "a string that is not there": BadFile("ITA-F24", lambda: handmade('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')),
    "a string before the first": BadFile("ITA-F24", lambda: handmade('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')),
    "a duration of ten billion days": BadFile(
        "ITA-F41",
        lambda: handmade(
            number("A1", 1e10).replace("<c ", '<c s="0" '),
            **{STYLES: f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="46"/></cellXfs></styleSheet>'},
        ),
    ),
    # Encodings and entities
    "a part in UTF-16": BadFile("ITA-F14", lambda: with_part(SHEET, [sheet_xml(number("A1")).encode("utf-16")])),
    "a part in UTF-16 without a mark": BadFile(
        "ITA-F14", lambda: with_part(SHEET, [sheet_xml(number("A1")).encode("utf-16-be")])
    ),
    "a part in the old Thai encoding": BadFile(
        "ITA-F14", lambda: with_part(STRINGS, [b'<?xml version="1.0" encoding="windows-874"?><sst/>'])
    ),
    "a comment without end": BadFile("ITA-F14", lambda: with_part(SHEET, [b"<!--", noise(2**17)])),
    "declared entities": BadFile("ITA-F28", lambda: with_part(STRINGS, [f"{ENTITIES}<sst/>".encode()])),
    "declared entities behind a long comment": BadFile(
        "ITA-F28", lambda: with_part(STRINGS, [b"<!--", noise(3_000), f"-->{ENTITIES}<sst/>".encode()])
    ),
    "declared entities in a part with another name": BadFile(
        "ITA-F28", lambda: handmade(number("A1"), **{"xl/worksheets/sheet2.data": f"{ENTITIES}<worksheet/>"})
    ),
    # Names
    "the same part twice": BadFile("ITA-F20", twice_the_same_part),
    "a part outside the package": BadFile("ITA-F20", lambda: handmade(number("A1"), **{"../../etc/passwd": "x"})),
    "a part with a drive": BadFile("ITA-F20", lambda: handmade(number("A1"), **{"C:/Windows/x.dll": "x"})),
    "a part named from right to left": BadFile(
        "ITA-F20", lambda: handmade(number("A1"), **{f"xl/{RIGHT_TO_LEFT}lmx.exe": "x"})
    ),
    "a file named from right to left": BadFile("ITA-F35", one_cell, f"ผลคะแนน{RIGHT_TO_LEFT}xslx.exe"),
    "a file name over two lines": BadFile("ITA-F35", one_cell, "ผลคะแนน\n.xlsx"),
    "a sheet name of ten thousand letters": BadFile(
        "ITA-F36", lambda: with_part("xl/workbook.xml", [workbook_xml("ก" * 10_000).encode()])
    ),
    "a sheet named from right to left": BadFile(
        "ITA-F36", lambda: with_part("xl/workbook.xml", [workbook_xml(f"ผล{RIGHT_TO_LEFT}").encode()])
    ),
    "a sheet name with a control character": BadFile(
        "ITA-F36", lambda: with_part("xl/workbook.xml", [workbook_xml("ผล&#7;").encode()])
    ),
    "a cell of one megabyte": BadFile(
        "ITA-F34", lambda: handmade(f'<row r="2">{text_cell("B2", noise(2**20).decode())}</row>')
    ),
    # Data before and behind
    "data behind the package": BadFile("ITA-F21", lambda: one_cell() + noise(100)),
    "two packages in one file": BadFile("ITA-F21", lambda: package({"a.txt": "a"}) + one_cell()),
    # Nothing in it
    "a workbook without a cell": BadFile("ITA-F22", empty_workbook),
    "a workbook with a chart alone": BadFile("ITA-F22", only_a_chart),
    "a workbook with formats alone": BadFile("ITA-F22", only_formats),
    "an open document without a cell": BadFile("ITA-F22", lambda: open_document("<table:table-row/>")),
    # Text
    "a letter": BadFile("ITA-F30", lambda: LETTER.encode(), "ผลคะแนน.txt"),
    "commas alone": BadFile("ITA-F30", lambda: b",,,\r\n,,,\r\n", "ผลคะแนน.csv"),
    "a message of a program": BadFile("ITA-F30", lambda: b'{"scores": [1, 2]}', "ผลคะแนน.csv"),
    "XML of another program": BadFile("ITA-F30", lambda: b"<?xml version='1.0'?><scores/>", "ผลคะแนน.xls"),
    "text in an unknown encoding": BadFile("ITA-F32", lambda: b"name,score\r\ncaf\x81\x8d,84.96\r\n", "ผลคะแนน.csv"),
    "text in half of UTF-16": BadFile("ITA-F32", lambda: "ก,ข".encode("utf-16")[:-1], "ผลคะแนน.csv"),
    "text with another file in its middle": BadFile(
        "ITA-F32", lambda: ("ก,ข\r\n" * 2_000 + "ค\0,1\r\n").encode(), "ผลคะแนน.csv"
    ),
    "text in UTF-32": BadFile("ITA-F32", lambda: "ก,ข\r\nค,1\r\n".encode("utf-32"), "ผลคะแนน.csv"),
    "two encodings in one text": BadFile(
        "ITA-F32", lambda: "ก,ข\r\n".encode() * 300 + "ค,1\r\n".encode("cp874"), "ผลคะแนน.csv"
    ),
    "a quotation mark never closed": BadFile("ITA-F33", lambda: 'ก,ข\r\n"ค,ง\r\n1,2\r\n'.encode(), "ผลคะแนน.csv"),
    "a field of one megabyte": BadFile("ITA-F34", lambda: b"a,b\r\n1," + noise(2**20) + b"\r\n", "ผลคะแนน.csv"),
    "ten million commas": BadFile("ITA-F15", lambda: b"1" + b"," * 10_000_000 + b"1\r\n", "ผลคะแนน.csv"),
    "one long line among millions": BadFile(
        "ITA-F15", lambda: b"1,2\r\n" * 1_000_000 + b"," * 10_000 + b"1\r\n", "ผลคะแนน.csv"
    ),
}
