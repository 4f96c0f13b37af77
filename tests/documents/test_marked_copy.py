"""The marked copy as its owner opens it: the same workbook, its problems coloured and told where they stand."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

import ita
from ita.documents import marked_copy
from ita.documents.check_sheet import problems_of
from ita.documents.findings import MOST_PLACES
from ita.documents.marking.plain import plain_workbook
from ita.reading.files import read_file
from ita.reading.problems import Problem, UnreadableFile
from ita.text import LANGUAGES, speaker
from tests.reading.result_books import (
    AGENCY,
    LIST_HEADING,
    SCORES,
    TITLE_2564,
    Row,
    book,
    line,
    plain_block,
    seed_rows,
)
from tests.reading.workbook_files import binary_workbook, old_workbook

TH = speaker("th")
WRONG = plain_block(["92.13", 137.5, None, "สูง", *SCORES[4:]])
"""Info in B4, an error in B5, a warning in B6, an error in B7."""


def problem(
    cell: str | None, severity: str = "error", *, sheet: str | None = "S", found: str = "137.5", code: str = "ITA-S03"
) -> Problem:
    """A problem of a score as the reader tells it."""
    details = {"agency": "", "what": {"th": "3. การใช้อำนาจ", "en": "3. Use of power"}, "used": "x", "count": 1}
    return Problem(code, severity, sheet, cell, found, details)  # type: ignore[arg-type]


def marked(content: bytes, *problems: Problem, language: str = "th", filename: str = "ผล.xlsx") -> bytes:
    """A copy with these problems, or else with those that reading it tells."""
    told = problems or problems_of(read_file(content, filename))
    return marked_copy.write(content, filename, told, language)


def opened(copy: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(copy), rich_text=True)


def saved(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def one_sheet(rows: Sequence[Row] = WRONG, name: str = "S") -> tuple[Workbook, Worksheet]:
    """A workbook of one sheet to be furnished further."""
    workbook = openpyxl.load_workbook(io.BytesIO(book({name: rows})))
    return workbook, workbook[name]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert len(package.namelist()) == len(set(package.namelist()))
        return {name: package.read(name) for name in package.namelist()}


def with_parts(content: bytes, changes: Mapping[str, bytes]) -> bytes:
    """The package with parts changed or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in (parts(content) | changes).items():
            package.writestr(name, part)
    return file.getvalue()


def colour(sheet: Worksheet, cell: str) -> str | None:
    """The fill of a cell, None for none."""
    fill = sheet[cell].fill
    return fill.fgColor.rgb[2:] if fill.patternType == "solid" else None


def note(sheet: Worksheet, cell: str) -> str:
    return sheet[cell].comment.text


def check_rows(workbook: Workbook) -> list[list[Any]]:
    return [list(row) for row in workbook.worksheets[0].iter_rows(values_only=True)]


def listed(workbook: Workbook) -> list[list[Any]]:
    """The rows under the headings of the check sheet."""
    rows = check_rows(workbook)
    return rows[1 + next(place for place, row in enumerate(rows) if row[0] in ("ที่", "No.")) :]


def links(workbook: Workbook) -> list[str]:
    """Where the lines of the check sheet lead."""
    return [cell.hyperlink.location for row in workbook.worksheets[0].iter_rows() for cell in row if cell.hyperlink]


def same_scores(content: bytes, copy: bytes, filename: str = "") -> bool:
    return ita.read_results(copy).scores.equals(ita.read_results(content, filename=filename).scores)


# What is marked


def test_every_problem_has_its_cell_coloured_by_its_severity() -> None:
    sheet = opened(marked(book({"S": WRONG})))["S"]
    assert [colour(sheet, f"B{row}") for row in range(4, 9)] == [
        marked_copy.FILLS["info"],
        marked_copy.FILLS["error"],
        marked_copy.FILLS["warning"],
        marked_copy.FILLS["error"],
        None,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_says_what_it_is_what_was_found_and_what_to_do(language: str) -> None:
    content = book({"S": WRONG})
    [wrong] = [one for one in problems_of(read_file(content)) if one.cell == "B5"]
    sheet = opened(marked(content, language=language))["S"]
    assert note(sheet, "B5") == (
        f"{speaker(language)('check_sheet.severity_error')}: {wrong.title(language)}\n"
        f"{wrong.told(language)}\n{wrong.advice(language)}"
    )
    assert sheet["B5"].comment.author == "ITA"
    assert sheet["B8"].comment is None


def test_several_problems_in_a_cell_share_one_note_under_the_worst_colour() -> None:
    copy = marked(book({"S": WRONG}), problem("B5", "info", code="ITA-S05"), problem("B5"), problem("B5", "warning"))
    sheet = opened(copy)["S"]
    assert colour(sheet, "B5") == marked_copy.FILLS["error"]
    headings = [text for text in note(sheet, "B5").split("\n") if text.startswith("ข้อ")]
    assert [heading.split(":")[0] for heading in headings] == ["ข้อผิดพลาด", "ข้อควรตรวจ", "ข้อควรทราบ"]


def test_a_note_of_very_many_problems_counts_the_last_of_them() -> None:
    copy = marked(book({"S": WRONG}), *[problem("B5")] * (marked_copy.IN_ONE_NOTE + 3))
    assert note(opened(copy)["S"], "B5").endswith("และอีก 3 เรื่องในเซลล์นี้")


def test_a_problem_within_merged_cells_is_marked_at_their_first_cell() -> None:
    workbook, sheet = one_sheet()
    sheet.merge_cells("D4:F9")
    sheet = opened(marked(saved(workbook), problem("E7"), problem("F9", "warning")))["S"]
    assert colour(sheet, "D4") == marked_copy.FILLS["error"]
    assert note(sheet, "D4").count("คะแนนอยู่นอกช่วง") == 2
    assert [str(cells) for cells in sheet.merged_cells.ranges] == ["D4:F9"]


@pytest.mark.parametrize("cell", ["B6", "C9", "A2", "Z1", "B999", "AA77"])
def test_a_cell_that_the_file_does_not_even_write_is_marked(cell: str) -> None:
    sheet = opened(marked(book({"S": WRONG}), problem(cell)))["S"]
    assert colour(sheet, cell) == marked_copy.FILLS["error"]
    assert note(sheet, cell)


def test_rows_and_cells_that_do_not_say_where_they_stand_are_marked_where_they_stand() -> None:
    content = book({"S": WRONG})
    sheet = parts(content)["xl/worksheets/sheet1.xml"]
    bare = re.sub(rb'<(row|c) r="[A-Z0-9]+"', rb"<\1", sheet.replace(b'<row r="2"></row>', b'<row r="2"/>'))
    assert bare != sheet
    copy = opened(marked(with_parts(content, {"xl/worksheets/sheet1.xml": bare}), problem("B1"), problem("A3")))
    values = [cell.value for row in copy["S"].iter_rows() for cell in row if cell.comment]
    assert values[0] == AGENCY


def test_the_colours_differ_for_eyes_that_do_not_see_them() -> None:
    # Machado, Oliveira and Fernandes 2009, full protanopia, deuteranopia and tritanopia; in linear light.
    as_seen = (
        ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
        ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
        ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    )
    for matrix in as_seen:
        seen = [lab([sum(a * b for a, b in zip(row, linear(fill), strict=True)) for row in matrix]) for fill in FILLS]
        for one, other in combinations(seen, 2):
            assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 12
    lightness = sorted(lab(linear(fill))[0] for fill in FILLS)
    assert all(lighter - darker > 7 for darker, lighter in pairwise(lightness))
    assert lightness[0] > 70, "black letters can be read on each"


FILLS = tuple(marked_copy.FILLS.values())


def linear(fill: str) -> list[float]:
    """Red, green and blue as amounts of light."""
    values = (int(fill[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def lab(light: Iterable[float]) -> tuple[float, float, float]:
    """CIE L*a*b* of an amount of light."""
    red, green, blue = (min(1.0, max(0.0, amount)) for amount in light)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def test_a_note_is_large_enough_for_its_text_and_in_a_thai_font() -> None:
    copy = marked(book({"S": WRONG}), problem("B5"), problem("B7", found="ก" * 400))
    inside = parts(copy)
    drawing = inside["xl/drawings/vmlDrawing1.vml"].decode()
    heights = [int(height) for height in re.findall(r"height:(\d+)px", drawing)]
    assert 60 < heights[0] < heights[1]
    assert b'<rFont val="TH Sarabun New"/>' in inside["xl/comments1.xml"]


# The sheet that is put first


def test_the_first_sheet_lists_every_problem_with_the_verdict_over_it() -> None:
    workbook = opened(marked(book({"S": WRONG})))
    rows = check_rows(workbook)
    assert workbook.sheetnames == ["ใบตรวจ", "S"]
    assert workbook.active.title == "ใบตรวจ"
    assert [row[0] for row in rows[:3]] == ["ใบตรวจไฟล์", "ไฟล์: ผล.xlsx", "พบข้อผิดพลาด 2 จุด ต้องแก้ก่อนนำเข้า"]
    assert rows[3][1:4] == ["ข้อผิดพลาด 2 จุด", "ข้อควรตรวจ 1 จุด", "ข้อควรทราบ 1 จุด"]
    assert [(row[1], row[2]) for row in listed(workbook)] == [
        ("ข้อผิดพลาด", "ชีต “S” เซลล์ B7"),
        ("ข้อผิดพลาด", "ชีต “S” เซลล์ B5"),
        ("ข้อควรตรวจ", "ชีต “S” เซลล์ B6"),
        ("ข้อควรทราบ", "ชีต “S” เซลล์ B4"),
    ]


def test_each_line_leads_to_its_cell() -> None:
    workbook = opened(marked(book({"คะแนน'64": WRONG})))
    assert links(workbook) == [f"'คะแนน''64'!{cell}" for cell in ("B7", "B5", "B6", "B4")]


def test_what_has_no_cell_is_listed_and_leads_to_its_sheet_where_it_has_one() -> None:
    whole = Problem("ITA-T01", "error")
    of_sheet = problem(None, "warning")
    workbook = opened(marked(book({"S": WRONG}), whole, of_sheet, problem("T2R3", "info")))
    assert [row[2] for row in listed(workbook)] == ["ทั้งไฟล์", "ชีต “S”", "ชีต “S” เซลล์ T2R3"]
    assert links(workbook)[0] == "'S'!A1"
    assert not any(cell.comment for row in workbook["S"].iter_rows() for cell in row)


def test_a_hidden_sheet_stays_hidden_and_no_line_leads_there() -> None:
    workbook = opened(marked(book({"S": WRONG, "ลับ": WRONG}, hidden=["ลับ"])))
    assert workbook["ลับ"].sheet_state == "hidden"
    assert any(row[2] == "ชีต “ลับ”" for row in listed(workbook))
    assert not any("ลับ" in link for link in links(workbook))


def test_a_file_without_problems_says_that_there_are_none() -> None:
    workbook = opened(marked_copy.write(book({"S": plain_block()}), "ผล.xlsx", [], "th"))
    assert check_rows(workbook)[2][0] == "ใช้ได้ ไม่พบข้อควรแก้"
    assert listed(workbook) == []


def test_in_english_the_sheet_is_english() -> None:
    workbook = opened(marked(book({"S": WRONG}), language="en"))
    assert workbook.sheetnames[0] == "Check"
    assert check_rows(workbook)[2][0] == "Errors found: 2. Correct them before importing."


def test_a_sheet_of_the_owner_keeps_its_name() -> None:
    assert opened(marked(book({"S": WRONG, "ใบตรวจ": [["ของเรา"]]}))).sheetnames == ["ใบตรวจ 2", "S", "ใบตรวจ"]


def test_so_many_places_of_a_kind_are_listed_and_all_are_marked() -> None:
    cells = [f"C{row}" for row in range(1, MOST_PLACES + 12)]
    workbook = opened(marked(book({"S": WRONG}), *map(problem, cells)))
    assert len(links(workbook)) == MOST_PLACES
    assert listed(workbook)[-1][4] == "และอีก 11 แห่ง"
    assert all(colour(workbook["S"], cell) and note(workbook["S"], cell) for cell in cells)


def test_beyond_so_many_notes_the_cells_are_coloured_only_and_errors_come_first(monkeypatch) -> None:
    monkeypatch.setattr(marked_copy, "NOTES", 1)
    sheet = opened(marked(book({"S": WRONG}), problem("B4", "info", code="ITA-S05"), problem("B5")))["S"]
    assert colour(sheet, "B4")
    assert sheet["B4"].comment is None
    assert sheet["B5"].comment is not None


# What stays


def with_formulas() -> bytes:
    """Scores that are formulas, with the values that Excel worked out."""
    workbook, sheet = one_sheet(plain_block([92.13, 137.5, *SCORES[2:]]))
    sheet["B6"] = "=80+6.13"
    sheet["B14"] = "=SUM(B4:B13)"
    content = saved(workbook)
    xml = parts(content)["xl/worksheets/sheet1.xml"].replace(b"<v/>", b"<v></v>")
    xml = xml.replace(b"<f>80+6.13</f><v></v>", b"<f>80+6.13</f><v>86.13</v>")
    return with_parts(content, {"xl/worksheets/sheet1.xml": xml})


def test_formulas_stay_with_the_values_that_they_had() -> None:
    copy = marked(with_formulas(), problem("B6", "info", code="ITA-S05"), problem("B14"))
    assert opened(copy)["S"]["B6"].value == "=80+6.13"
    assert opened(copy)["S"]["B14"].value == "=SUM(B4:B13)"
    assert openpyxl.load_workbook(io.BytesIO(copy), data_only=True)["S"]["B6"].value == 86.13
    assert same_scores(with_formulas(), copy)


def test_everything_but_the_marks_stays_byte_by_byte() -> None:
    workbook, _ = one_sheet()
    other = workbook.create_sheet("อื่น")
    other["A1"] = "ไม่แตะ"
    content = with_parts(saved(workbook), {"xl/media/image1.png": b"\x89PNG...", "customXml/item1.xml": b"<a/>"})
    before, after = parts(content), parts(marked(content))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
    }


def test_formats_widths_and_other_settings_of_the_sheet_stay() -> None:
    workbook, sheet = one_sheet()
    sheet["B5"].number_format = "0.000"
    sheet["B5"].font = Font(name="Angsana New", size=20, bold=True, color="FFFFFFFF")
    sheet["B5"].alignment = Alignment(horizontal="center")
    sheet["B7"].fill = PatternFill("solid", fgColor="FF003366")
    sheet["B7"].font = Font(color="FFFFFFFF")
    sheet.column_dimensions["B"].width = 33
    sheet.row_dimensions[5].height = 44
    sheet.freeze_panes = "B4"
    sheet.auto_filter.ref = "A3:B13"
    sheet = opened(marked(saved(workbook)))["S"]
    assert (sheet["B5"].number_format, sheet["B5"].alignment.horizontal) == ("0.000", "center")
    assert (sheet["B5"].font.name, sheet["B5"].font.sz, sheet["B5"].font.b) == ("Angsana New", 20, True)
    assert sheet["B7"].font.color.rgb == "FF000000", "white letters on a light fill could not be read"
    assert sheet.column_dimensions["B"].width == 33
    assert sheet.row_dimensions[5].height == 44
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B4", "A3:B13")


def test_a_blank_cell_is_marked_in_the_format_of_its_row_or_column() -> None:
    workbook, sheet = one_sheet()
    sheet.column_dimensions["D"].number_format = "0.0"
    sheet.row_dimensions[6].number_format = "0%"
    sheet = opened(marked(saved(workbook), problem("D9"), problem("F6")))["S"]
    assert (sheet["D9"].number_format, sheet["F6"].number_format) == ("0.0", "0%")


def test_a_protected_sheet_stays_protected_and_its_open_cells_open() -> None:
    workbook, sheet = one_sheet()
    sheet["B5"].protection = Protection(locked=False)
    sheet.protection.set_password("ลับ")
    sheet.protection.enable()
    workbook.security.lockStructure = True
    before = sheet.protection.password
    after = opened(marked(saved(workbook)))
    assert after["S"].protection.sheet
    assert after["S"].protection.password == before
    assert not after["S"]["B5"].protection.locked
    assert after["S"]["B7"].protection.locked
    assert after.security.lockStructure


def test_names_and_print_areas_stay_with_their_sheets() -> None:
    workbook, sheet = one_sheet()
    other = workbook.create_sheet("อื่น")
    other["A1"] = 1
    sheet.print_area, other.print_area, other.print_title_rows = "A1:B13", "A1:C9", "1:2"
    other.defined_names["ของแผ่นนี้"] = DefinedName("ของแผ่นนี้", attr_text="อื่น!$A$1")
    workbook.defined_names["ทั้งเล่ม"] = DefinedName("ทั้งเล่ม", attr_text="S!$B$4")
    after = opened(marked(saved(workbook)))
    assert after["S"].print_area == "'S'!$A$1:$B$13"
    assert (after["อื่น"].print_area, after["อื่น"].print_title_rows) == ("'อื่น'!$A$1:$C$9", "$1:$2")
    assert list(after["อื่น"].defined_names) == ["ของแผ่นนี้"]
    assert after.defined_names["ทั้งเล่ม"].attr_text == "S!$B$4"


def test_only_the_check_sheet_is_selected() -> None:
    workbook, _ = one_sheet()
    workbook.create_sheet("อื่น").sheet_view.tabSelected = True
    workbook.active = 1
    after = opened(marked(saved(workbook)))
    assert [bool(sheet.sheet_view.tabSelected) for sheet in after] == [True, False, False]


def test_the_notes_of_the_owner_stay_and_ours_stand_below() -> None:
    workbook, sheet = one_sheet()
    sheet["B5"].comment = Comment("ถามกองคลังแล้ว", "สำนักปลัด")
    sheet["A1"].comment = Comment("อย่าลบ", "สำนักปลัด")
    after = opened(marked(saved(workbook)))["S"]
    assert note(after, "B5").startswith("ถามกองคลังแล้ว\n\nITA:\nข้อผิดพลาด: คะแนนอยู่นอกช่วง 0 ถึง 100\n")
    assert after["B5"].comment.author == "สำนักปลัด"
    assert (note(after, "A1"), after["A1"].comment.author) == ("อย่าลบ", "สำนักปลัด")
    assert after["B7"].comment.author == "ITA"


def test_the_note_of_an_owner_who_is_called_like_us_stays_too() -> None:
    workbook, sheet = one_sheet()
    sheet["B5"].comment = Comment("ถามแล้ว", "ITA")
    sheet["B8"].comment = Comment("ITA: ถามแล้ว", "ITA")
    after = opened(marked(saved(workbook)))["S"]
    assert note(after, "B5").startswith("ถามแล้ว\n\nITA:\nข้อผิดพลาด: ")
    assert note(after, "B8") == "ITA: ถามแล้ว"


def test_a_conversation_is_left_alone_and_its_cell_is_coloured() -> None:
    workbook, sheet = one_sheet()
    sheet["B5"].comment = Comment("[Threaded comment]\n\nComment:\n    ถามแล้ว", "tc={1-2-3}")
    workbook = opened(marked(saved(workbook)))
    assert note(workbook["S"], "B5") == "[Threaded comment]\n\nComment:\n    ถามแล้ว"
    assert colour(workbook["S"], "B5") == marked_copy.FILLS["error"]
    assert "'S'!B5" in links(workbook)


def test_buttons_stay_although_their_words_are_no_xml() -> None:
    workbook, sheet = one_sheet()
    sheet["A1"].comment = Comment("อย่าลบ", "สำนักปลัด")
    content = saved(workbook)
    [drawing] = [name for name in parts(content) if name.endswith(".vml")]
    button = (
        b'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="_x0000_s1500"><v:textbox>a<br>b</v:textbox></v:shape>'
    )
    spoilt = parts(content)[drawing].replace(b"</xml>", button + b"</xml>")
    copy = marked(with_parts(content, {drawing: spoilt}), problem("B5"))
    after = parts(copy)[drawing]
    assert after.startswith(spoilt.removesuffix(b"</xml>"))
    assert b"_x0000_s1501" in after
    assert b"<br>" in after


def test_macros_stay_and_the_copy_is_named_as_one_with_macros() -> None:
    content = with_macros()
    copy = marked(content, filename="ผล.xlsm")
    assert parts(copy)["xl/vbaProject.bin"] == b"macros"
    assert openpyxl.load_workbook(io.BytesIO(copy), keep_vba=True)["S"]["B5"].comment
    assert marked_copy.file_name(content, "ผล 2564.xlsm", "th") == "ผล_2564_ตรวจแล้ว.xlsm"
    assert marked_copy.mime_type(content) == "application/vnd.ms-excel.sheet.macroEnabled.12"


def test_a_copy_by_values_of_a_workbook_with_macros_opens_under_the_same_ending() -> None:
    content = with_macros()
    relations = re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", parts(content)["xl/_rels/workbook.xml.rels"])
    content = with_parts(content, {"xl/_rels/workbook.xml.rels": relations})
    copy = marked(content, filename="ผล.xlsm")
    assert "xl/vbaProject.bin" not in parts(copy)
    assert marked_copy.ending(copy) == marked_copy.ending(content) == "xlsm"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", "ก,ข".encode()])
def test_the_copy_of_any_other_file_is_an_ordinary_workbook(content: bytes) -> None:
    assert marked_copy.file_name(content, "ผล.xls", "th") == "ผล_ตรวจแล้ว.xlsx"
    assert marked_copy.file_name(content, "ผล.xls", "en") == "ผล_checked.xlsx"
    assert marked_copy.mime_type(content) == marked_copy.MIME_TYPES["xlsx"]


def with_macros() -> bytes:
    content = book({"S": WRONG})
    types = parts(content)["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    types = types.replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    return with_parts(content, {"[Content_Types].xml": types, "xl/vbaProject.bin": b"macros"})


def test_a_workbook_in_the_strict_form_of_the_standard_is_marked_in_that_form() -> None:
    content = book({"S": WRONG})
    strict = {
        name: part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, part in parts(content).items()
    }
    copy = parts(marked(with_parts(content, strict)))
    written = [part for name, part in copy.items() if name.startswith("xl/") and not name.endswith(".vml")]
    assert not any(b"schemas.openxmlformats.org/spreadsheetml" in part for part in written)
    assert not any(b"schemas.openxmlformats.org/officeDocument/2006/relationships" in part for part in written)
    assert b"B5" in copy["xl/comments1.xml"]


# Reading it again


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "rows",
    [
        WRONG,
        seed_rows(),
        [*plain_block(), ["คะแนนรวม", 88.88], ["ระดับ", "AA"]],
        [TITLE_2564, [], LIST_HEADING, line("เทศบาลตำบลก", total=99.0), line("เทศบาลตำบลข", [None, *SCORES[1:]])],
        [*plain_block(), ["10. การป้องกันการทุจริต", 12.5], ["การใช้อำนาด", 80]],
    ],
    ids=["impossible", "seed", "totals", "list", "twice"],
)
def test_the_copy_is_read_with_the_same_scores_and_the_same_problems(rows: list[Row], language: str) -> None:
    content = book({"S": rows})
    told = [*problems_of(read_file(content)), problem("B5"), Problem("ITA-T01", "error")]
    copy = marked(content, *told, language=language)
    before, after = ita.read_results(content), ita.read_results(copy)
    assert after.scores.equals(before.scores)
    assert after.published.equals(before.published)
    assert [one.message() for one in after.problems] == [one.message() for one in before.problems]


def test_a_copy_that_is_marked_again_has_one_check_sheet_and_no_old_marks() -> None:
    workbook, sheet = one_sheet()
    sheet["B7"].comment = Comment("ถามแล้ว", "สำนักปลัด")
    sheet["B4"].comment = Comment("พิมพ์ใหม่", "สำนักปลัด")
    first = marked(saved(workbook))
    corrected = openpyxl.load_workbook(io.BytesIO(first))
    corrected["S"]["B5"] = 84.55
    corrected["S"]["B4"] = 92.13
    again = opened(marked(saved(corrected)))  # openpyxl has made one text of the runs of each note
    assert again.sheetnames == ["ใบตรวจ", "S"]
    assert colour(again["S"], "B5") is None
    assert again["S"]["B5"].comment is None
    assert (colour(again["S"], "B4"), note(again["S"], "B4")) == (None, "พิมพ์ใหม่")
    assert note(again["S"], "B6").count("คะแนนว่าง") == 1
    assert note(again["S"], "B7").startswith("ถามแล้ว\n\nITA:\n")
    assert note(again["S"], "B7").count("ITA:") == 1
    assert check_rows(again)[2][0] == "พบข้อผิดพลาด 1 จุด ต้องแก้ก่อนนำเข้า"


def test_our_notes_are_known_again_after_a_program_has_forgotten_who_wrote_them() -> None:
    first = openpyxl.load_workbook(io.BytesIO(marked(book({"S": WRONG}))))
    for row in first["S"].iter_rows():
        for cell in row:
            if cell.comment:
                cell.comment = Comment(cell.comment.text, " ")
    first["S"]["B5"] = 84.55
    again = opened(marked(saved(first)))["S"]
    assert again["B5"].comment is None
    assert again["B7"].comment.text.count("คะแนนไม่ใช่ตัวเลข") == 1


# Other kinds of files


def open_document(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """An .ods with these rows."""

    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        text = str(value).replace("&", "&amp;").replace("<", "&lt;")
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row or [None]))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{space}:{name}:1.0"' for name in ("office", "table", "text"))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr(
            "content.xml",
            f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>{tables}'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return file.getvalue()


def test_of_another_kind_of_file_a_new_workbook_is_made_with_the_values_and_says_so() -> None:
    rows = [*WRONG, ["=cmd|' /C calc'!A0", "+66", "<b>&"]]
    content = open_document({"คะแนน": rows, "อื่น": [["ก", 1.5]]})
    copy = marked(content, filename="ผล.ods")
    workbook = opened(copy)
    assert workbook.sheetnames == ["ใบตรวจ", "คะแนน", "อื่น"]
    assert check_rows(workbook)[3][0] == TH("marked_copy.values_only")
    assert [[cell.value for cell in row] for row in workbook["อื่น"].iter_rows()] == [["ก", 1.5]]
    assert colour(workbook["คะแนน"], "B5") == marked_copy.FILLS["error"]
    assert "137.5" in note(workbook["คะแนน"], "B5")
    assert same_scores(content, copy)
    assert marked_copy.ending(content) == marked_copy.ending(copy) == "xlsx"


def test_of_a_text_with_commas_a_workbook_is_made() -> None:
    rows = [["หน่วยงาน", AGENCY], ["ตัวชี้วัด", "ปี 2564"], *([name, str(score)] for name, score in WRONG[3:] if score)]
    content = "\r\n".join(",".join(row) for row in rows).encode("utf-8-sig")
    copy = marked(content, filename="ผลคะแนน.csv")
    sheet = opened(copy)["ผลคะแนน"]
    assert colour(sheet, "B4") == marked_copy.FILLS["error"]
    assert "137.5" in note(sheet, "B4")
    assert same_scores(content, copy, "ผลคะแนน.csv")


@pytest.mark.parametrize(
    "content", [old_workbook((0, 0, "คะแนน"), (4, 1, 137.5)), binary_workbook("คะแนน", 137.5)], ids=["xls", "xlsb"]
)
def test_the_kinds_of_excel_that_are_no_xml_are_copied_by_their_values(content: bytes) -> None:
    cell = "B5" if content.startswith(b"\xd0") else "C2"
    copy = opened(marked(content, problem(cell, sheet="คะแนน"), filename="ผล.xls"))
    assert copy.sheetnames == ["ใบตรวจ", "คะแนน"]
    assert copy["คะแนน"][cell].value == 137.5
    assert colour(copy["คะแนน"], cell) == marked_copy.FILLS["error"]
    assert check_rows(copy)[3][0] == TH("marked_copy.values_only")


def test_of_a_word_document_there_is_no_copy_and_it_says_so() -> None:
    document = docx.Document()
    document.add_paragraph("คะแนน")
    content = io.BytesIO()
    document.save(content)
    with pytest.raises(marked_copy.NoMarkedCopy, match="โปรดใช้ใบตรวจไฟล์แทน"):
        marked_copy.write(content.getvalue(), "ผล.docx", [], "th")


def test_a_workbook_of_values_has_dates_errors_and_merged_cells_as_the_file_had_them() -> None:
    moments = [{"datetime": "2021-10-01T00:00:00"}, {"datetime": "2021-10-01T08:30:00"}, {"time": "08:30:00"}]
    rows = [
        [*moments, {"timedelta": 108_000.0}],
        [{"fault": "#N/A"}, {"fault": "=A1"}, True, float("nan")],
        [{"datetime": "1899-12-31T00:00:00"}, None, "", 84.96],
    ]
    main_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    workbook = opened(plain_workbook([["S", True, [[1, 2, 2, 3]], [1], [3], rows]], main_type))
    made = workbook["S"]
    assert [cell.value for cell in made[1]] == [
        dt.datetime(2021, 10, 1),
        dt.datetime(2021, 10, 1, 8, 30),
        dt.time(8, 30),
        dt.timedelta(hours=30),
    ]
    assert [(cell.value, cell.data_type) for cell in made[2][:2]] == [("#N/A", "e"), ("=A1", "s")]
    assert made["C2"].value is True
    assert made["A3"].value == "1899-12-31T00:00:00"
    assert [str(cells) for cells in made.merged_cells.ranges] == ["C2:D3"]
    assert made.row_dimensions[2].hidden
    assert made.column_dimensions["D"].hidden


def test_text_that_looks_like_a_formula_stays_text() -> None:
    formulas = ["=cmd|' /C calc'!A0", '=HYPERLINK("http://example.invalid")', "+1", "-1", "@x"]
    workbook = opened(marked(open_document({"S": [formulas]}), problem("A1", found="=1+1"), filename="=1.ods"))
    assert [cell.data_type for cell in workbook["S"][1]] == ["s"] * 5
    assert [cell.value for cell in workbook["S"][1]] == formulas
    assert all(cell.quotePrefix for cell in workbook["S"][1]), "it stays text when somebody edits it"
    assert not any(cell.data_type == "f" for row in workbook.worksheets[0].iter_rows() for cell in row)
    text, sheet = one_sheet([["ก"]])
    sheet["A1"] = "=1+1"
    sheet["A1"].data_type = "s"
    assert opened(marked(saved(text), problem("A1")))["S"]["A1"].data_type == "s"


def test_names_that_excel_does_not_take_are_changed() -> None:
    name = "คะแนน: ปี [2564] ของเทศบาลตำบลบัววัฒนา"
    workbook = opened(marked(open_document({name: WRONG, name[:30]: [["ก"]]}), filename="ผล.ods"))
    names = workbook.sheetnames[1:]
    assert all(len(one) <= 31 and not set(one) & set("[]:*?/\\") for one in names)
    assert len(set(names)) == 2
    assert workbook[names[0]]["B5"].comment
    assert links(workbook)[0].startswith(f"'{names[0]}'!")


def test_a_workbook_that_cannot_be_marked_itself_is_copied_by_its_values() -> None:
    workbook, sheet = one_sheet()
    sheet["A1"].comment = Comment("อย่าลบ", "สำนักปลัด")
    copy = opened(marked(with_parts(saved(workbook), {"xl/comments/comment1.xml": b"<comments"})))
    assert check_rows(copy)[3][0] == TH("marked_copy.values_only")
    assert colour(copy["S"], "B5") == marked_copy.FILLS["error"]


def test_a_workbook_without_formats_is_copied_by_its_values() -> None:
    content = book({"S": WRONG})
    relations = re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", parts(content)["xl/_rels/workbook.xml.rels"])
    copy = opened(marked(with_parts(content, {"xl/_rels/workbook.xml.rels": relations})))
    assert check_rows(copy)[3][0] == TH("marked_copy.values_only")


def test_a_file_that_cannot_be_read_is_refused_as_reading_refuses_it() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        marked_copy.write(b"%PDF-1.7", "ผล.pdf", [], "th")
    assert refusal.value.problem.code == "ITA-F04"


# Harmless


HOSTILE = "\x00\x1b\u202e=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> ]]> &lt; _x0041_"


def test_what_a_file_says_stays_text_in_notes_and_on_the_check_sheet() -> None:
    name = '"><img src=x onerror=1>=1.xlsx'
    copy = marked(book({"S": WRONG}), problem("B5", found=HOSTILE), filename=name)
    workbook = opened(copy)
    shown = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> ]]> &lt; _x0041_"
    assert shown in note(workbook["S"], "B5").replace("_x005F_", "_"), "which Excel does and openpyxl does not"
    assert shown in listed(workbook)[0][4]
    assert check_rows(workbook)[1][0] == f"ไฟล์: {name}"
    inside = parts(copy)
    assert not any(b"External" in part for name, part in inside.items() if name.endswith(".rels"))
    assert not any(b"<f>" in part for name, part in inside.items() if "worksheets/sheet" in name)


@settings(max_examples=12, deadline=None)
@given(st.text(max_size=30))
def test_whatever_a_cell_says_the_copy_can_be_opened(found: str) -> None:
    assert opened(marked(book({"S": WRONG}), problem("B5", found=found)))["S"]["B5"].comment


def test_a_hostile_workbook_is_refused_before_it_is_marked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 30_000_000)
    with pytest.raises(UnreadableFile):
        marked_copy.write(bomb.getvalue(), "ผล.xlsx", [problem("B5")], "th")
