"""The room that turns bytes into sheets: honest files come back whole, others end in one sentence, never in harm."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import struct
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import psutil
import pytest

from ita.reading import isolation, workbook
from ita.reading.problems import Problem, UnreadableFile
from ita.reading.sheet import Fault
from ita.reading.workbook import read_sheets
from ita.text import LOCALE

# Builders: small files, honest and other


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


def handmade(rows: str, shared_strings: str | bytes = "", **parts: bytes) -> bytes:
    """A workbook of one sheet whose XML is ours to spoil."""
    return package(
        {
            "_rels/.rels": related(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="worksheet"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": related(worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            "xl/sharedStrings.xml": shared_strings or f'<sst xmlns="{MAIN}"/>',
            **parts,
        }
    )


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
        "<8s16xHHHHH6xIIIIIIIII", workbook.COMPOUND, 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0
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


def problem_of(content: bytes, filename: str = "") -> Problem:
    with pytest.raises(UnreadableFile) as raised:
        read_sheets(content, filename)
    return raised.value.problem


# Honest files


def test_every_cell_comes_back_where_it_stands() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "ผลคะแนน"
    sheet["C3"] = " ตัวชี้วัด \n"
    sheet["D3"] = "0092"
    sheet["C5"] = 84.96
    sheet["D5"] = True
    sheet["F7"] = "N/A"

    (only,) = read_sheets(packed(book))

    assert only.name == "ผลคะแนน"
    assert only.visible
    assert only.rows == [
        [None] * 6,
        [None] * 6,
        [None, None, " ตัวชี้วัด \n", "0092", None, None],
        [None] * 6,
        [None, None, 84.96, True, None, None],
        [None] * 6,
        [None, None, None, None, None, "N/A"],
    ]


def test_dates_and_durations_keep_their_kind() -> None:
    book = openpyxl.Workbook()
    moments = [dt.datetime(2021, 10, 1), dt.datetime(2021, 10, 1, 12, 30), dt.time(8, 30), dt.timedelta(hours=30)]
    book.active.append(moments)

    assert read_sheets(packed(book))[0].rows == [moments]


def test_merged_cells_are_told_and_only_the_first_has_the_value() -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = "IIT"
    book.active.merge_cells("B2:C4")

    (sheet,) = read_sheets(packed(book))

    assert sheet.merged == ((1, 1, 3, 2),)
    assert [value for row in sheet.rows for value in row if value is not None] == ["IIT"]


def test_hidden_sheets_come_marked_and_chart_sheets_not_at_all() -> None:
    book = openpyxl.Workbook()
    book.active.title = "เปิด"
    book.active["A1"] = 1
    book.create_sheet("ซ่อน").sheet_state = "hidden"
    book.create_sheet("ซ่อนลึก").sheet_state = "veryHidden"
    book.create_chartsheet("แผนภูมิ")

    assert [(sheet.name, sheet.visible) for sheet in read_sheets(packed(book))] == [
        ("เปิด", True),
        ("ซ่อน", False),
        ("ซ่อนลึก", False),
    ]


def test_an_empty_sheet_beside_a_full_one_has_no_rows() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.create_sheet("ว่าง")

    assert [sheet.rows for sheet in read_sheets(packed(book))] == [[[1]], []]


def test_a_workbook_without_anything_in_a_cell_says_so() -> None:
    assert problem_of(packed(openpyxl.Workbook())).code == "ITA-F22"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_a_text_with_a_table_is_read_in_whatever_encoding(encoding: str) -> None:
    text = "ตัวชี้วัด\tคะแนน\r\nการใช้งบประมาณ\t92.13\r\nการใช้อำนาจ\t0092\r\n"

    (sheet,) = read_sheets(text.encode(encoding), "ผลคะแนน.csv")

    assert (sheet.name, sheet.rows) == (
        "ผลคะแนน",
        [["ตัวชี้วัด", "คะแนน"], ["การใช้งบประมาณ", 92.13], ["การใช้อำนาจ", "0092"]],
    )


def test_an_error_is_a_fault_and_a_typed_not_a_number_stays_a_number() -> None:
    spoilt = handmade(
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>NaN</v></c><c r="C1"><v>INF</v></c></row>'
    )

    (row,) = read_sheets(spoilt)[0].rows

    assert (row[0], type(row[0])) == ("#N/A", Fault)
    assert str(row[1]) == "nan"
    assert row[2] == float("inf")


def test_an_old_excel_file_is_read_by_its_content_whatever_its_name() -> None:
    (sheet,) = read_sheets(old_workbook((1, 1, "๙๒.๑๓"), (1, 2, 84.96)), "ผลคะแนน.xlsx")

    assert (sheet.name, sheet.rows) == ("คะแนน", [[None, None, None], [None, "๙๒.๑๓", 84.96]])


def test_a_binary_workbook_is_read() -> None:
    (sheet,) = read_sheets(binary_workbook("IIT", 84.96))

    assert (sheet.name, sheet.rows) == ("คะแนน", [[None, None, None], [None, "IIT", 84.96]])


def test_an_open_document_is_read() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="84.96"/>'
    (sheet,) = read_sheets(open_document(f"<table:table-row><table:table-cell/>{cell}</table:table-row>"))

    assert (sheet.name, sheet.rows, sheet.merged) == ("คะแนน", [[None, 84.96]], ())


def test_a_national_list_arrives_whole() -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(8_300):
        sheet.append([f"{row:05d}", f"เทศบาลตำบลที่ {row}", *(column + row % 100 / 100 for column in range(23))])

    (only,) = read_sheets(packed(book))

    assert (len(only.rows), {len(row) for row in only.rows}) == (8_300, {25})
    assert only.rows[8_299][:3] == ["08299", "เทศบาลตำบลที่ 8299", 0.99]


# Files that are something else

DOCUMENT = "application/vnd.oasis.opendocument.text"
OTHER_KINDS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an empty file": ("ITA-F01", lambda: b"", "ไม่มีข้อมูล"),
    "a file over the limit": ("ITA-F02", lambda: bytes(20 * 2**20 + 1), "20 MB"),
    "Excel's lock file": ("ITA-F03", lambda: b"\x05admin".ljust(55) + b"\x05\0a\0d\0".ljust(110, b" "), "ไฟล์ชั่วคราว"),
    "a PDF": ("ITA-F04", lambda: b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "PDF"),
    "a PNG": ("ITA-F05", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "รูปภาพ"),
    "a telephone's photograph": ("ITA-F05", lambda: b"\0\0\0\x18ftypheic\0\0\0\0", "รูปภาพ"),
    "a web page named .xls": ("ITA-F06", lambda: "<html><table><tr><td>คะแนน</td></tr>".encode(), "หน้าเว็บ"),
    "a workbook in XML": (
        "ITA-F29",
        lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>',
        ".xlsx",
    ),
    "a Word document that is spoilt": ("ITA-F09", lambda: package({"word/document.xml": "<w/>"}), "เสียหาย"),
    "a presentation": ("ITA-F07", lambda: package({"ppt/presentation.xml": "<p/>"}), "PowerPoint"),
    "an old Word document": ("ITA-F07", lambda: compound({"WordDocument": b""}), "Word"),
    "an open document text": ("ITA-F07", lambda: open_document("", mimetype=DOCUMENT), "Word"),
    "a workbook under a password": ("ITA-F08", lambda: compound({"EncryptedPackage": b"\x99" * 5000}), "รหัสผ่าน"),
    "an old workbook under a password": ("ITA-F08", lambda: old_workbook((0, 0, 1.0), locked=True), "รหัสผ่าน"),
    "another under a password": (
        "ITA-F08",
        lambda: open_document("", manifest="<encryption-data/>"),
        "รหัสผ่าน",
    ),
    "a download that broke off": ("ITA-F09", lambda: one_cell()[:-200], "เสียหาย"),
    "an old workbook that broke off": ("ITA-F09", lambda: old_workbook((0, 0, "ก"))[:700], "เสียหาย"),
    "a workbook without its sheet": (
        "ITA-F09",
        lambda: one_cell().replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml"),
        "เสียหาย",
    ),
    "a compressed folder": ("ITA-F10", lambda: package({"ผลคะแนน.xlsx": one_cell()}), "แตกไฟล์"),
    "another compressed folder": ("ITA-F10", lambda: b"Rar!\x1a\x07\x01\0", "แตกไฟล์"),
    "an old message": ("ITA-F11", lambda: compound({"__properties_version1.0": b""}), "ไม่รู้จัก"),
    "anything else": ("ITA-F11", lambda: bytes(range(256)) * 4, "ไม่รู้จัก"),
}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_another_kind_of_file_is_called_by_its_name(kind: str) -> None:
    code, content, word = OTHER_KINDS[kind]

    problem = problem_of(content(), "ผลคะแนน.xls")

    assert (problem.code, problem.severity) == (code, "error")
    assert word in problem.message("th")
    assert problem.advice("th").startswith("โปรด")


def test_a_lock_file_is_known_by_its_name_too() -> None:
    assert problem_of(b"\x05admin", r"C:\ITA\~$ผลคะแนน.xlsx").code == "ITA-F03"
    assert problem_of(b",admin,pc,;", ".~lock.ผลคะแนน.ods#").code == "ITA-F03"


def test_a_file_just_within_the_limit_is_looked_at() -> None:
    assert problem_of(bytes(range(256)) * (20 * 2**12)).code == "ITA-F11"


def test_every_cause_has_its_words_in_both_languages() -> None:
    modules = Path(workbook.__file__).parent.glob("*.py")
    codes = set(re.findall(r"ITA-F\d\d", " ".join(module.read_text("utf-8") for module in modules)))
    for language in ("th", "en"):
        texts = tomllib.loads((LOCALE / f"{language}.toml").read_text("utf-8"))["problem"]
        assert {code for code in texts if code.startswith("ITA-F")} >= codes
        for code in codes:
            assert set(texts[code]) == {"title", "told", "advice"}


# Hostile files: harmless alone, deadly to a server that reads them in its own process


def many_parts() -> bytes:
    return handmade(number("A1"), **{f"xl/media/{index}": b"" for index in range(3_000)})


def one_huge_cell() -> bytes:
    return handmade(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"ก" * 101_000_000}</t></is></c></row>')


def one_huge_cell_declared_small() -> bytes:
    bomb = handmade(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 400_000_000}</t></is></c></row>')
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    return bomb.replace(struct.pack("<I", size), struct.pack("<I", 1_000_000))


def lying_string_count() -> bytes:
    return handmade(number("A1"), f'<sst xmlns="{MAIN}" count="4000000000" uniqueCount="4000000000"></sst>')


def repeated_to_the_last_cell() -> bytes:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    return open_document(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


HOSTILE: dict[str, tuple[set[str], Callable[[], bytes]]] = {
    "two cells at opposite corners": ({"ITA-F15"}, lambda: handmade(number("A1") + number("XFD1048576"))),
    "two cells far apart": ({"ITA-F15"}, lambda: handmade(number("A1") + number("Z200000"))),
    "two cells far apart in an old file": (
        {"ITA-F15", "ITA-F17"},
        lambda: old_workbook((0, 0, 1.0), (65_535, 255, 1.0)),
    ),
    "an address no sheet has": ({"ITA-F23"}, lambda: handmade(number("ZZZZZZ99999999999"))),
    "an address beyond the last row": ({"ITA-F23"}, lambda: handmade(number("XFE4294967295"))),
    "a lying count of strings": ({"ITA-F24"}, lying_string_count),
    "one huge cell": ({"ITA-F12"}, one_huge_cell),
    "one huge cell with a lying size": ({"ITA-F39"}, one_huge_cell_declared_small),
    "a cell repeated over a whole sheet": ({"ITA-F09", "ITA-F15", "ITA-F17"}, repeated_to_the_last_cell),
    "many parts": ({"ITA-F13"}, many_parts),
    "a truncated file": ({"ITA-F09"}, lambda: one_cell()[:1_000]),
    "a file cut in its middle": ({"ITA-F09"}, lambda: one_cell()[:1_000] + one_cell()[-1_500:]),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_ends_in_a_sentence_and_harms_nobody(kind: str) -> None:
    codes, builder = HOSTILE[kind]
    content = builder()
    here = psutil.Process()
    before = here.memory_info().rss
    children = here.children()

    problem = problem_of(content)

    assert problem.code in codes
    assert "โปรด" in problem.message("th")
    assert here.memory_info().rss - before < 30 * 2**20
    assert here.children() == children
    assert read_sheets(one_cell("ยังอยู่"))[0].rows == [["ยังอยู่"]]


def test_too_large_a_sheet_is_named() -> None:
    problem = problem_of(handmade(number("A1") + number("Z200000")))

    assert problem.sheet == "S"
    assert problem.message("th").startswith("ชีต “S”")


@pytest.mark.parametrize(
    ("part", "text", "code"),
    [
        ("xl/worksheets/sheet1.xml", "<worksheet/>".encode("utf-16"), "ITA-F14"),
        ("xl/worksheets/sheet1.xml", "<worksheet/>".encode("utf-16-be"), "ITA-F14"),
        ("xl/sharedStrings.xml", b'<?xml version="1.0" encoding="windows-874"?><sst/>', "ITA-F14"),
        ("xl/sharedStrings.xml", b'<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa">]><sst/>', "ITA-F28"),
    ],
)
def test_a_part_that_would_be_read_with_losses_is_refused_by_name(part: str, text: bytes, code: str) -> None:
    problem = problem_of(handmade(number("A1"), **{part: text}))

    assert (problem.code, problem.found) == (code, part)
    assert part in problem.message("th")


# The child process


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a script of ours in the place of the reader."""

    def replace(script: str) -> None:
        path = tmp_path / "other.py"
        path.write_text(f"import sys\ncontent = sys.stdin.buffer.read()\n{script}\n", "utf-8")
        monkeypatch.setattr(workbook, "CHILD", path)

    return replace


def test_a_child_that_never_ends_is_stopped_in_time(
    child: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    child("while True: pass")
    monkeypatch.setattr(isolation, "SECONDS", 0.5)
    children = psutil.Process().children()

    assert problem_of(one_cell()).code == "ITA-F16"
    assert psutil.Process().children() == children


def test_a_child_that_never_stops_talking_is_stopped(
    child: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    child("while True: sys.stdout.write('[' * 65536)")
    monkeypatch.setattr(isolation, "ANSWER_BYTES", 10_000_000)

    assert problem_of(one_cell()).code == "ITA-F15"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        '["sheets",[["S",true,[],[[1',
        '["sheets",[["S",true]]]',
        '["sheets",[["S",true,[],[[{"exec":"print(1)"}]]]]]',
        '["something else"]',
        "7",
        "[" * 100_000,
        "cos\\nsystem\\n(S'true'\\ntR.",
    ],
)
def test_an_answer_that_is_none_is_a_file_that_could_not_be_read(child: Callable[[str], None], answer: str) -> None:
    child(f"sys.stdout.write({answer!r})")

    assert problem_of(one_cell()).code == "ITA-F17"


def test_a_child_that_dies_before_it_took_the_file_is_a_file_that_could_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dying.py"
    path.write_text("raise SystemExit(1)", "utf-8")
    monkeypatch.setattr(workbook, "CHILD", path)

    assert problem_of(handmade(number("A1"), **{"xl/media/image1.png": os.urandom(2_000_000)})).code == "ITA-F17"


def test_a_server_that_can_start_no_child_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(Path(os.devnull) / "python"))

    problem = problem_of(one_cell())

    assert problem.code == "ITA-F18"
    assert "ไฟล์ของท่านไม่ได้มีปัญหา" in problem.message("th")


def test_the_child_sees_no_secret_of_the_server(child: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_DATABASE_URL", "postgresql://ita:secret@localhost/ita")
    child(
        "import json, os\n"
        "files = [name for name in os.listdir('/proc/self/fd')] if os.path.isdir('/proc/self/fd') else []\n"
        "json.dump(['sheets', [['S', True, [], [['ITA_DATABASE_URL' in os.environ, len(files)]]]]], sys.stdout)"
    )

    with Path(__file__).open("rb") as ours:
        os.set_inheritable(ours.fileno(), True)
        ((sees_secret, files),) = read_sheets(one_cell())[0].rows

    assert sees_secret is False
    assert isinstance(files, int)
    assert files <= 4  # three streams, and the folder it looks at


def test_the_child_imports_neither_the_program_nor_anything_slow() -> None:
    listed = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-B",
            "-X",
            "importtime",
            str(workbook.CHILD),
            isolation._folder("python_calamine"),
        ],
        input=one_cell(),
        capture_output=True,
        check=True,
    ).stderr.decode()
    imported = {line.split("|")[-1].strip().split(".")[0] for line in listed.splitlines()}

    assert "python_calamine" in imported
    assert not imported & {"ita", "pandas", "numpy", "openpyxl", "zipfile", "pickle", "asyncio"}


@pytest.mark.skipif(sys.platform != "linux", reason="the system must be able to limit memory")
def test_the_child_cannot_take_more_memory_than_it_allows_itself(child: Callable[[str], None]) -> None:
    real = workbook.CHILD
    child(
        f"import runpy; rules = runpy.run_path({str(real)!r}); rules['limit_itself']()\n"
        "try:\n    held = bytearray(rules['MEMORY'])\n"
        'except MemoryError:\n    sys.stdout.write(\'["sheets",[["refused",true,[],[[1]]]]]\')'
    )

    assert [sheet.name for sheet in read_sheets(one_cell())] == ["refused"]
