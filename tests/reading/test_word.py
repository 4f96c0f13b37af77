"""A Word document as the server's child process reads it, and the measures of a report that was edited in Word."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita import thai
from ita.reading.measures import MeasureReading, find_measures, read_measures
from ita.reading.measures.words import TEXTS
from ita.reading.places import area_in_words, in_document
from ita.reading.problems import Problem, UnreadableFile
from ita.reading.results import read_results
from ita.reading.sheet import Sheet, Value
from ita.text import speaker
from tests.reading.measure_books import (
    HEADINGS,
    MEASURES,
    SCORES,
    UNITS,
    WHOLE,
    add_row_after,
    codes,
    document_sheet,
    element,
    grid,
    measures_tables,
    number_paragraph,
    numbered,
    package,
    parts_of,
    raw,
    report,
    row,
    run_script,
    saved,
    sheet,
    told,
    track_deletion,
    track_insertion,
    with_part,
    word,
    word_reading,
    workbook,
)

DOCUMENT = "word/document.xml"


def lines(content: bytes) -> list[Value]:
    """The first column of a document, blank rows left out."""
    return [values[0] for values in document_sheet(content).rows if values and values[0] is not None]


def runs(*xml: str) -> bytes:
    """A document of one paragraph that holds this."""
    return word(raw(f"<w:p>{''.join(xml)}</w:p>"))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


# The script


def test_the_script_answers_with_one_sheet_of_the_whole_body() -> None:
    done = run_script(word("เรื่อง", grid([["ก", "ข"], ["ค", ""]]), "", "ท้าย"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == [
        "sheets",
        [
            [
                "Word",
                True,
                [],
                [["เรื่อง", None], ["ก", "ข"], ["ค", None], [None, None], ["ท้าย", None]],
                {"places": ["P1", "T1R1", "T1R2", "P2", "P3"]},
            ]
        ],
    ]


def spoilt(content: bytes, name: str) -> bytes:
    return package({part: b"<" if part == name else data for part, data in parts_of(content)})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        word("ก")[:-200],
        workbook([["ก"]]),
        package({}),
        package({name: data for name, data in parts_of(word("ก")) if name != DOCUMENT}),
        spoilt(word("ก"), DOCUMENT),
        spoilt(word("ก"), "[Content_Types].xml"),
        spoilt(word("ก"), "word/_rels/document.xml.rels"),
        with_part(word("ก"), DOCUMENT, lambda xml: xml.replace("w:body", "w:nobody")),
        with_part(
            word(grid([["ก"]])), DOCUMENT, lambda xml: xml.replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="ก"/>')
        ),
        spoilt(word("ก"), "word/styles.xml"),
    ],
)
def test_a_spoilt_document_is_called_broken(content: bytes) -> None:
    assert json.loads(run_script(content).stdout) == ["broken"]


def test_entities_are_refused_and_nothing_is_fetched() -> None:
    def declared(entity: str) -> bytes:
        return with_part(
            word("กแทนข"),
            DOCUMENT,
            lambda xml: xml.replace("<w:document", f"<!DOCTYPE x [{entity}]><w:document", 1).replace("แทน", "&x;"),
        )

    for entity in ('<!ENTITY x "ha">', '<!ENTITY x SYSTEM "file:///etc/hostname">'):
        assert json.loads(run_script(declared(entity)).stdout) == ["broken"]


@pytest.mark.parametrize(
    "xml",
    [
        "<w:p/>" * 120_000,
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
        "<w:p>" + " " * 17 * 2**20 + "</w:p>",
    ],
)
def test_a_document_beyond_all_measure_is_refused(xml: str) -> None:
    content = with_part(word(), DOCUMENT, lambda part: part.replace("<w:sectPr", f"{xml}<w:sectPr", 1))
    assert json.loads(run_script(content).stdout) == ["cells"]


def test_boxes_within_boxes_without_end_are_no_answer_of_ours() -> None:
    deep = "<w:sdt><w:sdtContent>" * 400 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 400
    content = with_part(word(), DOCUMENT, lambda part: part.replace("<w:sectPr", f"{deep}<w:sectPr", 1))
    assert json.loads(run_script(content).stdout) == ["broken"]


def test_a_document_with_macros_and_a_template_are_documents_too() -> None:
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for kind in (
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ):
        content = with_part(word("ก"), "[Content_Types].xml", lambda xml, kind=kind: xml.replace(plain, kind))
        assert lines(content) == ["ก"]


def test_an_empty_document_is_an_empty_sheet() -> None:
    assert document_sheet(word()) == Sheet("Word", [])


# Text


def test_tabs_are_blanks_and_line_breaks_line_ends() -> None:
    assert lines(runs(run("ก"), "<w:r><w:tab/><w:t>ข</w:t><w:br/><w:t>ค</w:t><w:noBreakHyphen/></w:r>")) == ["ก ข\nค-"]


def test_deleted_and_moved_away_text_is_left_out_and_inserted_text_kept() -> None:
    content = runs(
        run("เดิม"),
        "<w:del><w:r><w:delText>ลบ</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('ย้ายไป')}</w:moveFrom><w:ins>{run('เพิ่ม')}</w:ins><w:moveTo>{run('ย้ายมา')}</w:moveTo>",
    )
    assert lines(content) == ["เดิมเพิ่มย้ายมา"]


def test_a_paragraph_whose_end_is_deleted_goes_on_with_the_next() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('ต้น')}</w:p>"
    sheet = document_sheet(word(raw(first), "ปลาย", "ถัดไป"))
    assert [values[0] for values in sheet.rows] == ["ต้นปลาย", "ถัดไป"]
    assert sheet.places == ("P1", "P2")


def test_hidden_text_is_left_out() -> None:
    content = runs(run("เห็น"), run("ซ่อน", "<w:vanish/>"), run("เห็นอีก", '<w:vanish w:val="0"/>'))
    assert lines(content) == ["เห็นเห็นอีก"]


def test_text_hidden_by_its_style_is_left_out() -> None:
    def hide(document: Document) -> None:
        document.styles["Subtitle"].font.hidden = True
        document.add_paragraph("ซ่อน", style="Subtitle")

    assert lines(word(hide, "เห็น")) == ["เห็น"]


def test_a_field_is_its_result() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    nested = mark("begin") + run("ในรหัส") + mark("end")
    content = runs(run("หน้า "), mark("begin"), code, nested, mark("separate"), run("7"), mark("end"), run(" จบ"))
    assert lines(content) == ["หน้า 7 จบ"]
    assert lines(runs(f'<w:fldSimple w:instr=" DATE ">{run("1 ต.ค. 64")}</w:fldSimple>')) == ["1 ต.ค. 64"]


def test_headers_footers_and_comments_are_not_read() -> None:
    def furnish(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "หัวกระดาษ"
        document.sections[0].footer.paragraphs[0].text = "ท้ายกระดาษ"
        paragraph = document.add_paragraph("เนื้อหา")
        document.add_comment(paragraph.runs, text="ความเห็น")

    assert lines(word(furnish)) == ["เนื้อหา"]


def test_a_control_is_its_content_unless_nobody_has_filled_it_in() -> None:
    def filled(content: str) -> str:
        return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    def empty(content: str) -> str:
        return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    cell = filled(f"<w:tc><w:p>{run('ค')}</w:p></w:tc>")
    content = word(
        raw(filled(f"<w:p>{run('ก')}{filled(run('ข'))}{empty(run('คลิกที่นี่'))}</w:p>")),
        raw(empty(f"<w:p>{run('คลิกที่นี่')}</w:p>")),
        raw(f"<w:tbl>{filled(f'<w:tr>{cell}</w:tr>')}</w:tbl>"),
    )
    assert lines(content) == ["กข", "ค"]


def test_a_text_box_is_read_once_as_paragraphs_of_their_own() -> None:
    box = f"<w:txbxContent><w:p>{run('ในกล่อง')}</w:p><w:p>{run('บรรทัดสอง')}</w:p></w:txbxContent>"
    content = runs(
        run("ข้อความ"),
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
    )
    sheet = document_sheet(content)
    assert [values[0] for values in sheet.rows] == ["ข้อความ", "ในกล่อง", "บรรทัดสอง"]
    assert sheet.places == ("P1", "P1", "P1")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "✓"),
        ('<w:sym w:font="Wingdings 2" w:char="F052"/>', "☑"),
        ('<w:sym w:font="Wingdings" w:char="F09F"/>', "•"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>ü</w:t>', "✓"),
        (
            '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>',
            "☒",
        ),
        (
            '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>'
            "</w:fldChar>",
            "☐",
        ),
    ],
)
def test_ticks_are_seen_however_they_were_made(inside: str, text: str) -> None:
    assert lines(runs(f"<w:r>{inside}</w:r>")) == [text]


# Numbers that Word puts there itself


@pytest.mark.parametrize(
    ("manner", "text", "shown"),
    [
        ("decimal", "%1.", ["1. ก", "2. ข", "3. ค"]),
        ("thaiNumbers", "%1)", ["๑) ก", "๒) ข", "๓) ค"]),
        ("thaiLetters", "(%1)", ["(ก) ก", "(ข) ข", "(ค) ค"]),
        ("lowerLetter", "%1.", ["a. ก", "b. ข", "c. ค"]),
        ("upperRoman", "%1.", ["I. ก", "II. ข", "III. ค"]),
        ("decimalZero", "ข้อ %1", ["ข้อ 01 ก", "ข้อ 02 ข", "ข้อ 03 ค"]),
        ("bullet", "\uf0b7", ["• ก", "• ข", "• ค"]),
        ("bullet", "-", ["- ก", "- ข", "- ค"]),
        ("thaiCounting", "%1.", ["ก", "ข", "ค"]),
        ("none", "", ["ก", "ข", "ค"]),
    ],
)
def test_numbered_paragraphs_have_their_numbers(manner: str, text: str, shown: list[str]) -> None:
    def steps(document: Document) -> None:
        number = numbered(document, manner, text)
        for letter in "กขค":
            number_paragraph(document.add_paragraph(letter), number)

    assert lines(word(steps)) == shown


def test_lists_of_styles_count_too_and_each_level_begins_anew() -> None:
    def steps(document: Document) -> None:
        numbering = document.part.numbering_part.element
        numbering.insert(
            0,
            element(
                '<w:abstractNum w:abstractNumId="990">'
                '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
                '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="thaiNumbers"/>'
                '<w:lvlText w:val="%1.%2"/></w:lvl>'
                "</w:abstractNum>"
            ),
        )
        anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        for number, inside in (("990", ""), ("991", anew)):
            numbering.append(element(f'<w:num w:numId="{number}"><w:abstractNumId w:val="990"/>{inside}</w:num>'))
        for number, level in (("990", 0), ("990", 1), ("990", 1), ("990", 0), ("990", 1), ("991", 0), ("0", 0)):
            number_paragraph(document.add_paragraph("ก"), number, level)
        for _ in range(2):
            document.add_paragraph("ข", style="List Number")

    assert lines(word(steps)) == ["3. ก", "3.๑ ก", "3.๒ ก", "4. ก", "4.๑ ก", "1. ก", "ก", "1. ข", "2. ข"]


def test_a_column_that_word_counts_itself_shows_its_numbers() -> None:
    def table(document: Document) -> None:
        made = grid([["ลำดับ", "เรื่อง"], ["", "ก"], ["", "ข"]])(document)
        number = numbered(document, "decimal")
        for each in made.rows[1:]:
            number_paragraph(each.cells[0].paragraphs[0], number)

    assert lines(word(table)) == ["ลำดับ", "1. ", "2. "]


def test_a_number_beyond_all_letters_does_no_harm() -> None:
    def steps(document: Document) -> None:
        number = numbered(document, "thaiLetters")
        start = document.part.numbering_part.element.find(".//{*}start")
        start.set(start.keys()[0], "2000000000")
        number_paragraph(document.add_paragraph("ก"), number)

    assert lines(word(steps)) == ["2000000000. ก"]


# Tables


def test_merged_cells_hold_their_text_once() -> None:
    content = word("ก", grid([["หัว", "", "ขวา"], ["ลง", "1", "2"], ["", "3", "4"]], (0, 0, 0, 1), (1, 0, 2, 0)))
    sheet = document_sheet(content)
    assert sheet.rows[1:] == [["หัว", None, "ขวา"], ["ลง", "1", "2"], [None, "3", "4"]]
    assert sorted(sheet.merged) == [(1, 0, 1, 1), (2, 0, 3, 0)]


def test_paragraphs_of_a_cell_are_its_lines_and_a_table_within_it_its_text() -> None:
    def table(document: Document) -> None:
        made = grid([["บรรทัดแรก\nบรรทัดสอง", ""]])(document)
        inner = made.cell(0, 1).add_table(2, 2)
        for number, text in enumerate(["ก", "ข", "ค", "ง"]):
            inner.cell(number // 2, number % 2).text = text

    assert document_sheet(word(table)).rows == [["บรรทัดแรก\nบรรทัดสอง", "ก ข\nค ง"]]


def test_a_table_of_one_cell_is_the_frame_of_what_stands_in_it() -> None:
    def framed(document: Document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "รายงาน"
        inside = cell.add_table(1, 2)
        inside.cell(0, 0).text, inside.cell(0, 1).text = "ก", "ข"

    read = document_sheet(word("หัวเรื่อง", framed))
    assert read.rows[:3] == [["หัวเรื่อง", None], ["รายงาน", None], ["ก", "ข"]]
    assert read.places == ("P1", "P2", "T1R1", "P3")


MEASURES_TABLE: list[list[Value]] = [HEADINGS, row(), row("2. การใช้งบประมาณ")]


def write_into(cell: Any) -> None:
    """Put the table of measures into a cell."""
    inside = cell.add_table(len(MEASURES_TABLE), len(HEADINGS))
    for number, values in enumerate(MEASURES_TABLE):
        for column, value in enumerate(values):
            inside.cell(number, column).text = str(value)


def arranged_in_two_columns(document: Document) -> None:
    made = grid([["ด้านที่ 1", ""], ["ด้านที่ 2", "ไม่มี"]])(document)
    write_into(made.cell(0, 1))


def below_a_title_in_a_frame(document: Document) -> None:
    made = grid([["แบบรายงานมาตรการ"], [""]])(document)
    write_into(made.cell(1, 0))


def in_a_text_box(document: Document) -> None:
    table = grid(MEASURES_TABLE)(document)._tbl
    box = element("<w:r><w:pict><v:textbox><w:txbxContent/></v:textbox></w:pict></w:r>")
    box.find(f".//{qn('w:txbxContent')}").append(table)
    document.add_paragraph("ข้อความ")._p.append(box)


@pytest.mark.parametrize("arrange", [arranged_in_two_columns, below_a_title_in_a_frame, in_a_text_box])
def test_a_table_is_read_though_it_stands_in_another_or_in_a_text_box(arrange: Callable[[Document], None]) -> None:
    measures = word_reading(word("มาตรการ ปีงบประมาณ 2565", arrange)).measures
    assert measures["title"].tolist() == ["การปฏิบัติหน้าที่", "การใช้งบประมาณ"]
    assert measures["cell"].tolist() == ["T1R2C1", "T1R3C1"]


def test_a_table_that_counts_on_without_headings_goes_on_and_that_is_told() -> None:
    first = grid([["ที่", *HEADINGS], [1, *row("จัดอบรม")]])
    reading = word_reading(word(first, "", grid([[2, *row("จัดประชุม")], [3, *row("ประกาศ")]])))
    assert reading.measures["title"].tolist() == ["จัดอบรม", "จัดประชุม", "ประกาศ"]
    assert told(reading, "ITA-M19") == [("ITA-M19", "T2R1C1", "2")]


def test_a_row_deleted_with_changes_tracked_and_a_hidden_row_are_gone() -> None:
    def table(document: Document) -> None:
        made = grid([["ก"], ["ลบ"], ["ซ่อน"], ["ข"]])(document)
        made.rows[1]._tr.get_or_add_trPr().append(element("<w:del/>"))
        made.rows[2]._tr.get_or_add_trPr().append(element("<w:hidden/>"))

    sheet = document_sheet(word(table))
    assert sheet.rows == [["ก"], ["ข"]]
    assert sheet.places == ("T1R1", "T1R2")


def drawn(*rows: Sequence[tuple[int, str]], widths: Sequence[int]) -> str:
    """A table whose rows have cells of these spans, as one drawn by hand has."""
    grid_columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = [
        "".join(
            f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p>{run(text)}</w:p></w:tc>' for span, text in each
        )
        for each in rows
    ]
    return f"<w:tbl><w:tblGrid>{grid_columns}</w:tblGrid>{''.join(f'<w:tr>{each}</w:tr>' for each in cells)}</w:tbl>"


def test_cells_whose_borders_were_shifted_by_hand_stand_in_one_column() -> None:
    sheet = document_sheet(
        word(
            raw(
                drawn(
                    [(2, "ก"), (1, "ข"), (1, "ค")],
                    [(1, "1"), (2, "2"), (1, "3")],
                    [(1, "4"), (3, "5")],
                    widths=[2000, 60, 3000, 1000],
                )
            )
        )
    )
    assert sheet.rows == [["ก", "ข", "ค"], ["1", "2", "3"], ["4", "5", None]]
    assert sheet.merged == ((2, 1, 2, 2),)


def test_a_row_may_begin_further_right() -> None:
    def table(document: Document) -> None:
        made = grid([["ก", "ข"], ["ลบ", "ค"]])(document)
        row = made.rows[1]._tr
        row.remove(row.tc_lst[0])
        row.get_or_add_trPr().append(element('<w:gridBefore w:val="1"/>'))

    assert document_sheet(word(table)).rows == [["ก", "ข"], [None, "ค"]]


# Places


def test_a_place_in_a_document_is_its_paragraph_or_its_table_row_and_cell() -> None:
    read = document_sheet(word("ก", grid([["หัว", "", "ขวา"], ["1", "2", "3"]], (0, 0, 0, 1)), "ข"))
    assert [in_document(read, cell) for cell in ("A1", "A2", "C2", "C3", "A4")] == [
        "P1",
        "T1R1C1",
        "T1R1C2",
        "T1R2C3",
        "P2",
    ]
    assert in_document(sheet([["ก"]]), "C19") == "C19"


@pytest.mark.parametrize(
    ("area", "thai_words", "english"),
    [
        ("T2R3C1:T2R12C3", "ตารางที่ 2 แถวที่ 3–12", "Table 2, rows 3–12"),
        ("T1R2C3:T3R3C3", "ตารางที่ 1 แถวที่ 2 ถึงตารางที่ 3 แถวที่ 3", "Table 1, row 2 to Table 3, row 3"),
        ("P4:T1R3C3", "ย่อหน้าที่ 4 ถึงตารางที่ 1 แถวที่ 3", "Paragraph 4 to Table 1, row 3"),
    ],
)
def test_an_area_of_a_document_is_told_by_its_tables_and_rows(area: str, thai_words: str, english: str) -> None:
    assert [area_in_words("Word", area, speaker(language)) for language in ("th", "en")] == [thai_words, english]
    assert area_in_words("ผล", "C4:C13", speaker("th")) == "C4:C13"


def test_the_scores_of_the_report_are_read_with_the_rows_of_its_tables() -> None:
    reading = read_results(saved(report()), filename="รายงาน.docx")
    assert reading.scores["score"].tolist() == [float(score) for scores in SCORES.values() for _, score in scores]
    assert reading.scores["cell"].tolist()[4:6] == ["T1R6C3", "T2R2C3"]
    (table,) = reading.tables
    assert area_in_words(table.sheet, table.area, speaker("th")) == "ตารางที่ 1 แถวที่ 2 ถึงตารางที่ 3 แถวที่ 3"
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("cell", "thai_words", "english"),
    [
        ("P12", "ย่อหน้าที่ 12", "Paragraph 12"),
        ("T2R3C3", "ตารางที่ 2 แถวที่ 3 ช่องที่ 3", "Table 2, row 3, cell 3"),
        (None, "เอกสาร Word", "Word document"),
    ],
)
def test_a_problem_says_in_words_where_in_the_document_it_is(cell: str | None, thai_words: str, english: str) -> None:
    problem = Problem("ITA-M04", "warning", "Word", cell, "จัดอบรม")
    assert problem.place("th") == thai_words
    assert problem.place("en") == english
    assert problem.message("th").startswith(thai_words)


def test_a_cell_of_a_workbook_that_reads_like_a_paragraph_is_a_cell() -> None:
    assert "P12" in Problem("ITA-M04", "warning", "ผล", "P12").place("th")


# The seed's report, as it is and edited


def assert_whole(reading: MeasureReading, indicators: Sequence[int] = tuple(range(1, 11))) -> None:
    """Every measure of the seed's report is there once, with all its texts."""
    measures = reading.measures.set_index("indicator")
    assert reading.measures["indicator"].tolist() == list(indicators)
    for indicator, (_, steps, result) in WHOLE.items():
        measure = measures.loc[indicator]
        assert measure["steps"] == steps
        assert measure["result"].replace("\n", " ") == result.replace(" | ", " ").replace("\n", " ")
        assert measure["responsible"] == UNITS
        assert measure["period_text"] == ("ม.ค. – มี.ค. 65" if indicator == 1 else "ต.ค. 64 – มี.ค. 65")
        assert measure["suggestion"] == ""


@pytest.fixture(scope="module")
def seed() -> MeasureReading:
    return word_reading(saved(report()))


def test_the_report_is_read_whole(seed: MeasureReading) -> None:
    assert_whole(seed)
    assert seed.measures["title"].tolist()[:2] == ["การจัดทำข้อตกลงระหว่างผู้บังคับบัญชากับผู้ใต้บังคับบัญชา", "การใช้งบประมาณ"]
    assert (seed.fiscal_year, seed.agency) == (2565, "เทศบาลตำบลบัววัฒนา")


def test_its_continued_rows_are_told_with_their_places_and_nothing_else_is(seed: MeasureReading) -> None:
    assert [(problem.code, problem.cell) for problem in seed.problems] == [
        ("ITA-M02", "T6R2C1"),
        ("ITA-M02", "T7R2C1"),
        ("ITA-M02", "T8R2C1"),
    ]
    assert seed.measures["cell"].tolist()[:3] == ["T4R2C1", "T4R3C1", "T5R2C1"]


def test_the_report_is_read_from_its_file_like_any_other() -> None:
    reading = read_measures(saved(report()), filename="รายงาน.docx")
    assert_whole(reading)
    assert reading.measures["cell"].tolist()[0] == "T4R2C1"


def test_a_spoilt_report_raises() -> None:
    with pytest.raises(UnreadableFile):
        read_measures(spoilt(saved(report()), DOCUMENT))


def test_a_table_that_follows_the_measures_without_being_theirs_is_left_out() -> None:
    document = report()
    grid([["1. การปฏิบัติหน้าที่", "92.13"], ["2. การใช้งบประมาณ", "84.55"]])(document)
    assert_whole(word_reading(saved(document)))


def test_a_table_that_may_go_on_with_the_measures_but_does_not_say_so_is_told() -> None:
    document = report()
    made = measures_tables(document)[-1]
    made._tbl.addnext(copy.deepcopy(made._tbl))
    made._tbl.addnext(element("<w:p/>"))
    second = measures_tables(document)[-1]
    second._tbl.remove(second.rows[0]._tr)
    second.cell(0, 0).paragraphs[0].text = ""
    reading = word_reading(saved(document))
    assert_whole(reading)
    assert told(reading, "ITA-M11") == [
        (
            "ITA-M11",
            "T10R1C2",
            "1. จัดทำแผนปฏิบัติการป้องกันและปราบปรามทุจริตให้ครอบคลุมทุกภารกิจ\n"
            "2. จัดกิจกรรมการป้องกันการทุจริตอย่างต่อเนื่อง\n3. เปิดโอกาสให้บุคลากรภายในและภายนอกเข้ามามีส่วนร่วม",
        )
    ]


def test_the_report_as_one_long_table_is_read_whole() -> None:
    assert_whole(word_reading(saved(report(pages=(0, len(MEASURES))))))


def test_columns_moved_in_word_are_read_whole() -> None:
    for order in ([5, 4, 3, 2, 1, 0], [1, 0, 2, 3, 5, 4], [3, 2, 0, 5, 4, 1]):
        assert_whole(word_reading(saved(report(arrange=lambda cells, order=order: [cells[place] for place in order]))))


def test_paragraphs_between_the_pages_are_no_measures() -> None:
    for between in ("-", "(พลิก)", "รายงานผลการดำเนินการตามมาตรการ (ต่อ)"):
        assert_whole(word_reading(saved(report(between=between))))


def test_a_paragraph_put_into_the_table_cuts_it_without_harm() -> None:
    document = report(pages=(0, len(MEASURES)))
    (made,) = measures_tables(document)
    second = copy.deepcopy(made._tbl)
    for each in second.tr_lst[:6]:
        second.remove(each)
    for each in made._tbl.tr_lst[6:]:
        made._tbl.remove(each)
    made._tbl.addnext(second)
    made._tbl.addnext(element(f"<w:p>{run('แทรกข้อความ')}</w:p>"))
    assert_whole(word_reading(saved(document)))


def test_a_row_added_in_word_is_one_more_measure() -> None:
    document = report()
    add_row_after(measures_tables(document)[0], 1, row("1. การปฏิบัติหน้าที่ - จัดทำคู่มือ"))
    reading = word_reading(saved(document))
    assert reading.measures["indicator"].tolist() == [1, *range(1, 11)]
    assert reading.measures["title"].tolist()[1] == "จัดทำคู่มือ"


def test_cells_merged_down_in_word_hold_for_all_their_rows() -> None:
    document = report()
    made = measures_tables(document)[1]
    for column in (2, 3):
        for paragraph in made.cell(2, column).paragraphs:
            paragraph.text = ""
        made.cell(1, column).merge(made.cell(2, column))
    assert_whole(word_reading(saved(document)))


def test_steps_numbered_by_word_are_read_with_their_numbers() -> None:
    document = report()
    cell = measures_tables(document)[0].cell(1, 1)
    number = numbered(document, "decimal")
    for paragraph in cell.paragraphs:
        paragraph.text = paragraph.text[3:]
        number_paragraph(paragraph, number)
    assert_whole(word_reading(saved(document)))


def test_tracked_changes_are_read_as_they_will_be() -> None:
    document = report()
    paragraph = measures_tables(document)[0].cell(2, 4).paragraphs[0]
    track_deletion(paragraph)
    track_insertion(paragraph, "ดำเนินการแล้วเสร็จ")
    reading = word_reading(saved(document))
    assert reading.measures["result"].tolist()[1] == "ดำเนินการแล้วเสร็จ"
    assert reading.measures["proposed_status"].tolist()[1] == "completed"


def test_a_measure_of_a_document_that_names_no_indicator_is_asked_about_at_its_place() -> None:
    document = report()
    add_row_after(measures_tables(document)[0], 2, row("จัดอบรม"))
    reading = word_reading(saved(document))
    assert ("ITA-M04", "T4R4C1", "จัดอบรม") in told(reading)


def test_an_order_column_counted_by_word_names_no_indicator() -> None:
    def table(document: Document) -> None:
        made = grid([["ที่", *HEADINGS], ["", *row("จัดอบรม")], ["", *row("จัดทำคู่มือ")]])(document)
        number = numbered(document, "decimal")
        for each in made.rows[1:]:
            number_paragraph(each.cells[0].paragraphs[0], number)

    assert word_reading(word(table)).measures["indicator"].isna().all()


def test_ticks_of_a_word_table_are_statuses() -> None:
    ticked = "ยังไม่ดำเนินการ", "อยู่ระหว่างดำเนินการ", "แล้วเสร็จ"
    rows: list[list[Value]] = [
        ["มาตรการ", "ผู้รับผิดชอบ", "สถานะ", "", ""],
        ["", "", *ticked],
        ["2. การใช้งบประมาณ", "กองคลัง", "", "", "✓"],
        ["3. การใช้อำนาจ", "กองช่าง", "☒", "☐", "☐"],
    ]
    reading = word_reading(word(grid(rows, (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4))))
    assert reading.measures["status"].tolist() == ["completed", "not_started"]
    assert codes(reading) == []


# Any measures, in any columns


WORDS = [
    "จัดประชุมชี้แจง", "เผยแพร่บนเว็บไซต์", "แต่งตั้งคณะทำงาน", "๓ ครั้ง", "ร้อยละ 80", "ทุกเดือน", "กองคลัง", "(ITA)", "ปี 2565",
    "และติดตาม", "อํานาจ",
]  # fmt: skip
LINE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
CONTENTS = {
    "steps": TEXT,
    "responsible": st.lists(st.sampled_from(["กองคลัง", "กองช่าง", "สำนักปลัด"]), min_size=1, max_size=3).map("\n".join),
    "period": st.sampled_from(["ต.ค. 64 – มี.ค. 65", "ไตรมาส ๑ - ๔", "31 มี.ค. 65", "ทุกวันศุกร์"]),
    "result": TEXT,
    "suggestion": TEXT,
    "status": st.sampled_from(["แล้วเสร็จ", "อยู่ระหว่างดำเนินการ", "ยังไม่ได้ดำเนินการ", "ยกเลิก"]),
}
HEADED = {
    "steps": ["ขั้นตอนหรือวิธีการ", "วิธีดำเนินการ", "รายละเอียดการดำเนินงาน"],
    "responsible": ["ผู้รับผิดชอบ", "กอง/สำนัก", "หน่วยงานรับผิดชอบ"],
    "period": ["ระยะเวลา\nการดำเนินการ", "กำหนดแล้วเสร็จ", "ห้วงระยะเวลา"],
    "result": ["ผลการดำเนินการ", "การรายงานผล", "ผลการดำเนินการตามมาตรการ (รอบ 6 เดือน)"],
    "suggestion": ["ข้อเสนอแนะ", "ปัญหา/อุปสรรคและข้อเสนอแนะ"],
    "status": ["สถานะ", "สถานะการดำเนินการ"],
    "title": ["มาตรการ/แนวทาง", "มาตรการ/กิจกรรม/โครงการ"],
    "indicator": ["ตัวชี้วัด", "ข้อ/ตัวชี้วัด"],
    "order": ["ลำดับ", "ที่"],
    "budget": ["งบประมาณ"],
}  # fmt: skip
STATUS = {
    "แล้วเสร็จ": "completed", "อยู่ระหว่างดำเนินการ": "in_progress", "ยังไม่ได้ดำเนินการ": "not_started", "ยกเลิก": "cancelled",
}  # fmt: skip
NAMES = [values[0].split(" - ")[0] for values in MEASURES if "(ต่อ)" not in values[0]]


@st.composite
def arranged(draw: st.DrawFn) -> tuple[list[list[Value]], list[dict[str, object]]]:
    """The rows of a table of random measures in random columns, and what must be read from it."""
    told = draw(st.lists(st.sampled_from(TEXTS), unique=True, min_size=2))
    others = draw(st.lists(st.sampled_from(["indicator", "order", "budget"]), unique=True))
    roles = draw(st.permutations(["title", *told, *others]))
    rows: list[list[Value]] = [[draw(st.sampled_from(HEADED[role])) for role in roles]]
    expected = []
    for number in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(NAMES))
        own = f"{draw(LINE)} {number}"
        texts = {role: draw(st.just("") | CONTENTS[role]) for role in told}
        cells: dict[str, Value] = {
            **texts,
            "title": own if "indicator" in roles else f"{name} - {own}",
            "indicator": name,
            "order": number + 4,
            "budget": draw(st.sampled_from(["", "5,000", "ไม่ใช้งบประมาณ"])),
        }
        rows.append([cells[role] for role in roles])
        read = {role: thai.tidy(texts.get(role, "")) for role in TEXTS if role not in ("status", "period")}
        expected.append(
            {
                **read,
                "title": thai.tidy(own),
                "indicator": int(name.split(".")[0]),
                "period_text": texts.get("period", ""),
                "status": STATUS.get(texts.get("status", ""), "not_stated"),
            }
        )
    return rows, expected


def assert_read(reading: MeasureReading, expected: list[dict[str, object]]) -> None:
    found = reading.measures.to_dict("records")
    assert [{key: measure[key] for key in wanted} for measure, wanted in zip(found, expected, strict=True)] == expected
    assert set(codes(reading)) <= {"ITA-M06", "ITA-M12", "ITA-M17"}


@settings(max_examples=150, deadline=None)
@given(arranged())
def test_any_measures_in_any_columns_are_read_back(made: tuple[list[list[Value]], list[dict[str, object]]]) -> None:
    rows, expected = made
    assert_read(find_measures([sheet(rows)]), expected)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arranged())
def test_any_measures_are_read_back_from_excel(made: tuple[list[list[Value]], list[dict[str, object]]]) -> None:
    rows, expected = made
    assert_read(read_measures(workbook(rows)), expected)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arranged())
def test_any_measures_are_read_back_from_word(made: tuple[list[list[Value]], list[dict[str, object]]]) -> None:
    rows, expected = made
    assert_read(word_reading(word("มาตรการของหน่วยงาน", grid(rows), "ลงชื่อ ________ ผู้รายงาน")), expected)
