"""The check sheet as a clerk has it in hand: printed, complete, and harmless whatever the file was called."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from ita.documents import check_sheet
from ita.documents.check_sheet import MOST_PRINTED
from ita.reading.files import FileReading, read_file
from ita.reading.problems import Problem, UnreadableFile
from ita.text import LANGUAGES
from tests.reading.result_books import (
    AGENCY,
    LIST_HEADING,
    SCORES,
    TITLE_2564,
    Row,
    block,
    book,
    line,
    plain_block,
    seed_rows,
)

ON = dt.date(2025, 11, 7)
SHA256 = "65553275bace0123456789abcdef"
FONT = "TH Sarabun New"
MEASURES: list[Row] = [
    ["มาตรการ/แนวทาง", "ขั้นตอนหรือวิธีการ", "ผู้รับผิดชอบ", "ระยะเวลาการดำเนินการ", "ผลการดำเนินการ", "ข้อเสนอแนะ"],
    ["4. การใช้ทรัพย์สินของราชการ - ทำทะเบียน", "1. ประกาศ", "กองคลัง", "ต.ค. 64 – มี.ค. 65", "แล้วเสร็จ", "-"],
    ["10. การป้องกันการทุจริต - เผยแพร่แผน", "1. จัดทำ", "สำนักปลัด", "ต.ค. 64 – มี.ค. 65", "แล้วเสร็จ", "-"],
    ["10. การป้องกันการทุจริต - เผยแพร่ผล", "1. รายงาน", "สำนักปลัด", "ต.ค. 64 – มี.ค. 65", "แล้วเสร็จ", "-"],
    ["อบรมพนักงานใหม่", "1. อบรม", "สำนักปลัด", "ต.ค. 64 – มี.ค. 65", "แล้วเสร็จ", "-"],
]


def opened(reading: FileReading, language: str = "th", filename: str = "ผลคะแนน.xlsx") -> Document:
    content = check_sheet.write(reading, filename=filename, sha256=SHA256, on=ON, language=language)
    return docx.Document(io.BytesIO(content))


def of_rows(rows: Sequence[Row], language: str = "th") -> Document:
    return opened(read_file(book({"ผลคะแนน": rows})), language)


def of_problems(*problems: Problem, language: str = "th") -> Document:
    """The sheet of a file in which nothing was recognised but these problems."""
    return opened(FileReading(None, None, problems), language)


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def table_headed(document: Document, *headings: str) -> list[list[str]]:
    """The rows under these headings."""
    return next(rows[1:] for table in document.tables if (rows := cells(table))[0] == list(headings))


def everything(document: Document) -> str:
    inside = [text for table in document.tables for row in cells(table) for text in row]
    foot = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    return "\n".join([*lines(document), *inside, *foot])


def verdict(document: Document) -> str:
    return next(paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Verdict")


def scores_with(indicator: int, value: object) -> list[Any]:
    return [value if number == indicator else score for number, score in enumerate(SCORES, start=1)]


def impossible(number: int = 0) -> Problem:
    details = {"agency": "", "what": {"th": "3. การใช้อำนาจ", "en": "3. Use of power"}}
    return Problem("ITA-S03", "error", "ผลคะแนน", f"C{number + 7}", "137.5", details)


# What it says at the top


def test_it_names_the_file_the_day_in_the_buddhist_era_and_the_first_digits_of_the_fingerprint() -> None:
    told = lines(of_rows(seed_rows()))
    assert told[0] == "ใบตรวจไฟล์"
    assert "ไฟล์: ผลคะแนน.xlsx" in told
    assert "วันที่ตรวจ: 7 พ.ย. 2568" in told
    assert "รหัสประจำไฟล์: 65553275bace" in told
    assert "เกณฑ์ที่ใช้ตรวจ: การประเมิน ITA ปี 2564" in told


def test_errors_decide_the_verdict() -> None:
    document = of_rows(plain_block(["สูง", 137.5, *SCORES[2:]]))
    assert verdict(document) == "พบข้อผิดพลาด 2 จุด ต้องแก้ก่อนนำเข้า"


def test_a_file_with_warnings_can_be_used() -> None:
    document = of_rows(plain_block([None, None, "n/a", *SCORES[3:]]))
    assert verdict(document) == "ใช้ได้ มีข้อควรตรวจ 3 จุด"


def test_notes_alone_are_nothing_to_correct() -> None:
    document = of_rows(plain_block(scores_with(1, "92.13")))
    assert verdict(document) == "ใช้ได้ ไม่พบข้อควรแก้"
    assert any(text.startswith("ข้อควรทราบ: ") for text in lines(document))


def test_in_english_it_is_english() -> None:
    document = of_rows(plain_block(scores_with(3, 137.5)), "en")
    assert lines(document)[0] == "File check sheet"
    assert verdict(document) == "Errors found: 1. Correct them before importing."
    assert table_headed(document, "Indicator", "Score", "Cell")[0] == ["1. Performance of duties", "92.13", "B4"]


# What was recognised


def test_each_table_is_named_with_sheet_cells_and_agencies() -> None:
    rows = table_headed(of_rows(seed_rows()), "แบบตาราง", "ชีต", "ช่วงเซลล์", "จำนวนหน่วยงาน")
    [[layout, sheet, area, agencies]] = rows
    assert layout
    assert (sheet, agencies) == ("ผลคะแนน", "1")
    assert ":" in area


def test_the_ten_scores_stand_with_the_cells_that_they_were_read_from() -> None:
    rows = table_headed(of_rows(plain_block()), "ตัวชี้วัด", "คะแนน", "เซลล์")
    assert [score for _, score, _ in rows] == [f"{score:.2f}" for score in SCORES]
    assert [cell for _, _, cell in rows] == [f"B{row}" for row in range(4, 14)]
    assert rows[9][0] == "10. การป้องกันการทุจริต"


def test_a_score_that_is_missing_or_impossible_is_a_dash_beside_its_cell() -> None:
    rows = table_headed(of_rows(plain_block([None, 137.5, *SCORES[2:]])), "ตัวชี้วัด", "คะแนน", "เซลล์")
    assert rows[0][1:] == ["–", "B4"]
    assert rows[1][1:] == ["–", "B5"]


def test_an_indicator_that_the_file_lacks_has_neither_score_nor_cell() -> None:
    rows = table_headed(of_rows(plain_block()[:-1]), "ตัวชี้วัด", "คะแนน", "เซลล์")
    assert rows[9][1:] == ["–", "–"]


def test_where_the_scores_stand_on_several_sheets_each_cell_has_its_sheet() -> None:
    sheets = {code: [["ของ" + AGENCY], [], *block(code)] for code in ("IIT", "EIT", "OIT")}
    rows = table_headed(opened(read_file(book(sheets))), "ตัวชี้วัด", "คะแนน", "เซลล์")
    assert rows[0][2] == "ชีต “IIT” เซลล์ C4"
    assert rows[9][2] == "ชีต “OIT” เซลล์ C5"


def test_printed_figures_stand_beside_the_recomputed_ones() -> None:
    rows = table_headed(of_rows(seed_rows()), "ตัวเลขสรุป", "ในไฟล์", "คำนวณ", "เทียบกัน")
    assert rows == [
        ["IIT", "86.27", "86.27", "✓ ตรงกัน"],
        ["EIT", "97.53", "97.53", "✓ ตรงกัน"],
        ["OIT", "64.25", "64.25", "✓ ตรงกัน"],
        ["คะแนนรวม", "80.84", "80.84", "✓ ตรงกัน"],
        ["ระดับ", "B", "B", "✓ ตรงกัน"],
    ]


def test_a_printed_total_that_the_scores_do_not_give_is_said_to_differ() -> None:
    document = of_rows([*plain_block(), ["คะแนนรวม", 88.88]])
    rows = table_headed(document, "ตัวเลขสรุป", "ในไฟล์", "คำนวณ", "เทียบกัน")
    assert rows[3] == ["คะแนนรวม", "88.88", "80.84", "▼ ไม่ตรงกัน"]
    assert rows[4] == ["ระดับ", "–", "B", ""]


def of_agencies(count: int) -> Document:
    agencies = [line(f"เทศบาลตำบลที่{'กขคงจฉชซ'[number]}", rank=number + 1) for number in range(count)]
    return of_rows([TITLE_2564, [], LIST_HEADING, *agencies])


def test_six_agencies_are_printed_in_full() -> None:
    document = of_agencies(6)
    assert sum(cells(table)[0] == ["ตัวชี้วัด", "คะแนน", "เซลล์"] for table in document.tables) == 6
    assert "เทศบาลตำบลที่ก · ปีงบประมาณ 2564" in lines(document)


def test_a_longer_list_is_counted_by_year_and_sheet() -> None:
    document = of_agencies(7)
    headings = ("ปี", "ชีต", "จำนวนหน่วยงาน", "คะแนนที่อ่านได้", "ช่องที่ไม่มีคะแนน")
    assert table_headed(document, *headings) == [["2564", "ผลคะแนน", "7", "70", "0"]]
    assert not any(cells(table)[0] == ["ตัวชี้วัด", "คะแนน", "เซลล์"] for table in document.tables)


def test_a_file_that_names_neither_agency_nor_year_still_has_its_scores_printed() -> None:
    document = of_rows(plain_block(heading=("ตัวชี้วัด", "คะแนน"))[2:])
    assert "ไฟล์ไม่ได้ระบุหน่วยงาน · ไฟล์ไม่ได้ระบุปีงบประมาณ" in lines(document)
    assert table_headed(document, "ตัวชี้วัด", "คะแนน", "เซลล์")[9][1] == "37.50"
    assert not any(text.startswith("เกณฑ์ที่ใช้ตรวจ") for text in lines(document))


HISTORY: list[Row] = [[f"ประวัติคะแนน ITA {AGENCY}"], ["ปีงบประมาณ", "คะแนน", "ระดับ"]]


def test_a_history_of_totals_has_its_figures_printed_without_scores() -> None:
    document = of_rows([*HISTORY, [2563, 78.5, "B"], [2564, 80.84, "B"]])
    assert [text for text in lines(document) if text.startswith(AGENCY)] == [
        f"{AGENCY} · ปีงบประมาณ 2563",
        f"{AGENCY} · ปีงบประมาณ 2564",
    ]
    rows = table_headed(document, "ตัวเลขสรุป", "ในไฟล์", "คำนวณ", "เทียบกัน")
    assert rows[3:] == [["คะแนนรวม", "78.50", "–", ""], ["ระดับ", "B", "–", ""]]


def test_a_long_history_is_counted() -> None:
    document = of_rows([*HISTORY, *([year, 80.0, "B"] for year in range(2562, 2569))])
    assert "คะแนนรวมหรือระดับที่พิมพ์ในไฟล์ 7 รายการ" in lines(document)


def test_the_scores_of_items_are_counted() -> None:
    items = [[f"O{number}", 100 if number < 40 else 0] for number in range(1, 44)]
    document = of_rows([[f"{AGENCY} ปี 2564"], ["ข้อ", "คะแนน"], *items])
    assert "คะแนนรายข้อที่อ่านได้ 43 ข้อ" in lines(document)
    assert "คะแนนที่อ่านได้" not in lines(document)


def test_what_stands_in_a_word_document_is_told_by_table_row_and_cell() -> None:
    document = docx.Document()
    document.add_paragraph(f"ผลคะแนน ITA {AGENCY} ปีงบประมาณ พ.ศ. 2564")
    table = document.add_table(0, 2)
    for row in plain_block(scores_with(3, 137.5))[2:]:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
    content = io.BytesIO()
    document.save(content)
    printed = opened(read_file(content.getvalue(), "ผล.docx"), filename="ผล.docx")
    assert table_headed(printed, "แบบตาราง", "ชีต", "ช่วงเซลล์", "จำนวนหน่วยงาน")[0][1:] == [
        "เอกสาร Word",
        "ตารางที่ 1 แถวที่ 2–11",
        "1",
    ]
    rows = table_headed(printed, "ตัวชี้วัด", "คะแนน", "เซลล์")
    assert rows[0][1:] == ["92.13", "ตารางที่ 1 แถวที่ 2 ช่องที่ 2"]
    assert table_headed(printed, "ที่", "ตำแหน่ง", "สิ่งที่พบ")[0][1] == "ตารางที่ 1 แถวที่ 4 ช่องที่ 2"


def test_measures_are_counted_by_indicator() -> None:
    document = of_rows(MEASURES)
    assert "มาตรการที่อ่านได้ 4 รายการ" in lines(document)
    assert table_headed(document, "ตัวชี้วัด", "จำนวนมาตรการ") == [
        ["4. การใช้ทรัพย์สินของราชการ", "1"],
        ["10. การป้องกันการทุจริต", "2"],
        ["ไม่ได้ระบุตัวชี้วัด", "1"],
    ]


# What is to be known


def test_problems_are_grouped_by_kind_the_worst_first() -> None:
    document = of_rows(plain_block(["92.13", 137.5, None, -3, *SCORES[4:]]))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]
    assert headings[1:] == [
        "ข้อผิดพลาด: คะแนนอยู่นอกช่วง 0 ถึง 100 (2 จุด)",
        "ข้อควรตรวจ: คะแนนว่าง (1 จุด)",
        "ข้อควรทราบ: ตัวเลขที่พิมพ์เป็นข้อความ (1 จุด)",
    ]


def test_each_place_of_a_kind_has_its_line_and_what_to_do_stands_once() -> None:
    document = of_rows(plain_block(["92.13", 137.5, None, -3, *SCORES[4:]]))
    first, second = table_headed(document, "ที่", "ตำแหน่ง", "สิ่งที่พบ")
    assert first[:2] == ["1", "ชีต “ผลคะแนน” เซลล์ B5"]
    assert "137.5" in first[2]
    assert second[:2] == ["2", "ชีต “ผลคะแนน” เซลล์ B7"]
    advice = [text for text in lines(document) if text.startswith("สิ่งที่ต้องทำ: ตรวจกับประกาศผล")]
    assert len(advice) == 1


def test_a_problem_of_the_whole_file_says_so() -> None:
    document = of_problems(Problem("ITA-T01", "error"))
    assert table_headed(document, "ที่", "ตำแหน่ง", "สิ่งที่พบ")[0][1] == "ทั้งไฟล์"


@pytest.mark.parametrize("count", [MOST_PRINTED - 1, MOST_PRINTED, MOST_PRINTED + 1, MOST_PRINTED + 1234])
def test_so_many_places_of_a_kind_are_listed_and_the_rest_is_counted(count: int) -> None:
    document = of_problems(*map(impossible, range(count)))
    assert len(table_headed(document, "ที่", "ตำแหน่ง", "สิ่งที่พบ")) == min(count, MOST_PRINTED)
    more = [text for text in lines(document) if text.startswith("และอีก")]
    assert more == ([f"และอีก {count - MOST_PRINTED:,} แห่ง"] if count > MOST_PRINTED else [])
    assert f"({count:,} จุด)" in everything(document)


# A file that cannot be read


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("th", ("อ่านไฟล์นี้ไม่ได้: เอกสาร PDF", "ไฟล์นี้เป็นเอกสาร PDF ไม่ใช่ไฟล์ Excel")),
        ("en", ("This file cannot be read: ", "PDF")),
    ],
)
def test_a_file_that_cannot_be_read_has_a_check_sheet_too(language: str, told: tuple[str, str]) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_file(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "ผล.pdf")
    content = check_sheet.write_refusal(
        refusal.value.problem, filename="ผล.pdf", sha256=SHA256, on=ON, language=language
    )
    document = docx.Document(io.BytesIO(content))
    assert verdict(document).startswith(told[0])
    assert any(told[1] in text for text in lines(document))
    assert any(text == refusal.value.problem.advice(language) for text in lines(document))
    assert lines(document)[-1].startswith(("วันที่ ..", "Date .."))


# On paper


def test_the_lines_to_sign_on_are_left_blank_and_stand_together() -> None:
    document = of_rows(seed_rows())
    *first, last = document.paragraphs[-3:]
    assert [paragraph.text.strip(". ") for paragraph in first] == [
        "ลงชื่อ ........................................ ผู้ตรวจ",
        "(........................................)",
    ]
    assert set(last.text.removeprefix("วันที่")) == {".", " "}
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in first)


def test_it_prints_on_upright_a4_with_the_margins_of_an_official_letter() -> None:
    section = of_rows(seed_rows()).sections[0]
    for length, wanted in (
        (section.page_width, 21),
        (section.page_height, 29.7),
        (section.left_margin, 3),
        (section.right_margin, 2),
    ):
        assert length == pytest.approx(Cm(wanted), abs=Cm(0.01))


def test_no_table_is_wider_than_the_text() -> None:
    document = of_rows([*plain_block(scores_with(3, 137.5)), *MEASURES])
    assert document.tables
    for table in document.tables:
        for row in table.rows:
            assert sum(cell.width for cell in row.cells) <= Cm(16.01)


def test_every_page_has_its_number_and_the_number_of_pages() -> None:
    foot = of_rows(seed_rows()).sections[0].footer.paragraphs[0]
    fields = [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert foot.text.startswith("ใบตรวจไฟล์ 65553275bace\tหน้า ")


def test_headings_of_a_table_stand_again_on_the_next_page_and_no_row_is_split() -> None:
    for table in of_rows(plain_block(scores_with(3, 137.5))).tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in (first, *others))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_in_th_sarabun_for_thai_letters_too(language: str) -> None:
    document = of_rows([*plain_block(scores_with(3, 137.5)), *MEASURES], language)
    foot = document.sections[0].footer.paragraphs[0]._p
    runs = [run for body in (document.element.body, foot) for run in body.iter(qn("w:r")) if run.text.strip()]
    assert len(runs) > 50
    for run in runs:
        fonts = run.rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs")} == {FONT}
        assert run.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
        assert (run.rPr.find(qn("w:b")) is None) == (run.rPr.find(qn("w:bCs")) is None)


def test_the_styles_set_size_and_weight_for_thai_letters_too() -> None:
    styles = of_rows(seed_rows()).styles
    for name, size, bold in (("Normal", "32", False), ("Title", "48", True), ("Heading 1", "36", True)):
        lettering = styles[name].element.rPr
        assert lettering.find(qn("w:rFonts")).get(qn("w:cs")) == FONT
        assert {lettering.find(qn(f"w:{kind}")).get(qn("w:val")) for kind in ("sz", "szCs")} == {size}
        assert (lettering.find(qn("w:bCs")) is not None) is bold


def test_the_same_file_on_the_same_day_gives_the_same_words() -> None:
    assert everything(of_rows(seed_rows())) == everything(of_rows(seed_rows()))


def test_its_properties_name_no_person_and_no_library() -> None:
    about = of_rows(seed_rows()).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("ITA", "ITA", "")
    assert about.title == "ใบตรวจไฟล์ ผลคะแนน.xlsx"


# Harmless


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("=cmd|' /C calc'!A0.xlsx", "=cmd|' /C calc'!A0.xlsx"),
        ("<img src=x onerror=alert(1)>.xlsx", "<img src=x onerror=alert(1)>.xlsx"),
        ("ผล\u202exslx.exe", "ผลxslx.exe"),
        ("ผล\x00\x07\x1b\ud800\ufffe.xlsx", "ผล.xlsx"),
        ('" MERGEFIELD x \\* "', '" MERGEFIELD x \\* "'),
        ("", "–"),
    ],
)
def test_a_hostile_name_is_only_text(name: str, printed: str) -> None:
    hostile = Problem("ITA-T04", "warning", name or "ก", "A1", name, {"used": name})
    document = opened(FileReading(None, None, (hostile,)), filename=name)
    assert f"ไฟล์: {printed}" in lines(document)
    if printed != "–":
        [[_, _, told]] = table_headed(document, "ที่", "ตำแหน่ง", "สิ่งที่พบ")
        assert told == f"พบชื่อ “{printed}” แต่ใช้ชื่อ “{printed}”"


def test_nothing_in_a_file_becomes_a_link_a_field_or_a_picture() -> None:
    rows = plain_block()
    rows[0] = ["หน่วยงาน", "http://example.invalid/ \\* INCLUDEPICTURE <w:drawing/>"]
    content = check_sheet.write(
        read_file(book({"S": rows})), filename="http://example.invalid", sha256=SHA256, on=ON, language="th"
    )
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        relations = parts.read("word/_rels/document.xml.rels").decode()
        body = parts.read("word/document.xml").decode()
    assert "External" not in relations
    assert not any(f"<w:{name}" in body for name in ("hyperlink", "fldSimple", "instrText", "drawing", "object"))


def test_a_very_long_text_does_not_fill_the_page() -> None:
    document = of_problems(Problem("ITA-T03", "warning", "S" * 400, "A1", "ก" * 30_000))
    [[_, where, told]] = table_headed(document, "ที่", "ตำแหน่ง", "สิ่งที่พบ")
    assert len(where) == check_sheet.LONGEST_NAME
    assert len(told) == check_sheet.LONGEST_TEXT
    assert told.endswith("…")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_a_file_and_a_cell_say_the_sheet_can_be_opened(filename: str, found: str) -> None:
    assert verdict(opened(FileReading(None, None, (Problem("ITA-T03", "error", found, "A1", found),)), "th", filename))


@pytest.mark.parametrize(
    ("filename", "called"),
    [
        ("ผลคะแนน 2564.xlsx", "ใบตรวจไฟล์_ผลคะแนน_2564.docx"),
        ('a/b<c>"\u202e.xls', "ใบตรวจไฟล์_abc.docx"),
        ("", "ใบตรวจไฟล์.docx"),
    ],
)
def test_the_check_sheet_is_called_after_the_file(filename: str, called: str) -> None:
    assert check_sheet.file_name(filename, "th") == called
