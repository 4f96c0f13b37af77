"""The room that turns bytes into sheets: honest files come back whole, others end in one sentence, never in harm."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import tomllib
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
from tests.reading.workbook_files import (
    binary_workbook,
    handmade,
    number,
    old_workbook,
    one_cell,
    open_document,
    packed,
    sheet_xml,
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


def test_of_merged_ranges_that_overlap_the_first_counts() -> None:
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in ("A1:B2", "B2:B3", "A3:B3", "A1:B2"))
    xml = sheet_xml("".join(number(f"A{row}", row) for row in range(1, 4)))
    xml = xml.replace("</sheetData>", f"</sheetData><mergeCells>{areas}</mergeCells>")

    (sheet,) = read_sheets(handmade("", **{"xl/worksheets/sheet1.xml": xml}))

    assert sheet.merged == ((0, 0, 1, 1), (2, 0, 2, 1))


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


# Files that are refused (bad_files.py has many more)


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
