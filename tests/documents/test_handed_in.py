"""Report, slides and workbook as an office hands them in: whole, alike in every figure, and fit to be read again."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pandas as pd
import pytest
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.util import Emu, Pt

import ita
from ita.briefing import Briefing
from ita.documents import deck, report, workbook
from ita.slides import LINES, ROW, Grid, slides
from ita.store import Store
from ita.text import LANGUAGES, speaker
from ita.thai import wrap
from tests.documents.briefings import (
    HOSTILE,
    LONGEST_NAME,
    ON,
    briefing_of,
    example,
    store_example,
    with_measures,
    without_score,
)

FIGURES = ["92.13", "84.55", "86.13", "83.60", "84.96", "98.34", "96.58", "97.66", "91.00", "37.50"]
SUMMARY = ["86.27", "97.53", "64.25", "80.84"]
MEASURE = [
    *("indicator", "title", "steps", "responsible", "period_start", "period_end"),
    *("result", "suggestion", "status", "percent", "evidence"),
]
"""What a report says of a measure; a workbook says its budget too."""
LINE = 86
"""Letters of 16 points across a slide's table."""
MANY = [
    {
        "indicator": 1 + n % 10,
        "title": f"{LONGEST_NAME} ครั้งที่ {n}",
        "responsible": "สำนักปลัดเทศบาล กองคลัง",
        "status": "in_progress",
    }
    for n in range(60)
]


def report_of(briefing: Briefing, language: str = "th", **choices: object) -> bytes:
    chosen = replace(report.Choices(ON, charts=False), **choices)  # type: ignore[arg-type]
    return report.write(briefing, chosen, language)


def text_of(content: bytes) -> str:
    """Everything that an Office file says, without its markup."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [
            package.read(name).decode()
            for name in package.namelist()
            if re.search(r"(document|slide\d+|chart\d+|notesSlide\d+)\.xml$", name)
        ]
    return re.sub(r"<[^>]+>", "\n", "\n".join(parts))


def cells_of(content: bytes) -> set[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return {f"{value:.2f}" if isinstance(value, float | int) else str(value) for value in values}


def test_every_figure_is_the_same_in_every_document(store: Store) -> None:
    briefing = example(store)
    written = text_of(report_of(briefing))
    shown = text_of(deck.write(briefing, "th"))
    charted = {f"{float(number):.2f}" for number in re.findall(r"^\d+\.\d+$", shown, re.MULTILINE)}
    cells = cells_of(workbook.write(briefing, "th"))
    for figure in FIGURES:
        assert figure in written
        assert figure in charted
        assert figure in cells
    for figure in SUMMARY:
        assert figure in written
        assert figure in shown
        assert figure in cells
    title = speaker("th")("sentence.measures_none")
    for said in (written, shown):
        assert "10 มาตรการ: เกินกำหนด 3 · ไม่ระบุสถานะ 1 · แล้วเสร็จ 6" in said
        assert title not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_reads_back_to_the_same_values(language: str, store: Store) -> None:
    briefing = example(store)
    content = workbook.write(briefing, language)
    reading = ita.read_results(content)
    assert reading.scores["score"].tolist() == briefing.stored.scores["score"].tolist()
    assert reading.agencies == [briefing.agency]
    assert reading.published[["iit", "eit", "oit", "total"]].values.tolist() == [[86.27, 97.53, 64.25, 80.84]]
    assert reading.published["level"].tolist() == ["B"]
    assert {problem.severity for problem in reading.problems} <= {"info"}
    measures = ita.read_measures(content).measures
    columns = [*MEASURE, "budget"]
    pd.testing.assert_frame_equal(measures[columns], briefing.measures[columns], check_dtype=False)


@pytest.mark.parametrize("digits", report.DIGITS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_reads_back_to_the_same_measures(language: str, digits: str, store: Store) -> None:
    briefing = example(store)
    measures = ita.read_measures(report_of(briefing, language, digits=digits)).measures
    columns = [
        column
        for column in MEASURE
        if digits == "arabic" or column in ("indicator", "period_start", "status", "percent")
    ]
    pd.testing.assert_frame_equal(measures[columns], briefing.measures[columns], check_dtype=False)
    if language == "th" and digits == "arabic":
        assert store.add_measures(1, 2564, measures) == []  # nothing of it is new


def test_the_report_says_what_an_office_has_to_say_in_its_order(store: Store) -> None:
    document = docx.Document(io.BytesIO(report_of(example(store), position="หัวหน้าสำนักปลัดเทศบาล")))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert [re.sub(r" \(.*", "", heading) for heading in headings] == [
        "1. แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน",
        "2. แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก",
        "3. แบบตรวจการเปิดเผยข้อมูลสาธารณะ",
        "จุดแข็งและจุดที่ต้องพัฒนา",
        "1. จุดแข็ง",
        "2. จุดที่ต้องพัฒนา",
        "ข้อเสนอแนะ",
        "ทางสู่ 85 คะแนน",
        "เอกสารที่คะแนนบอกว่าตรวจไม่พบ",
        "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    ]
    assert "จำนวน 6 ตัวชี้วัด" in headings[4]
    assert "จำนวน 4 ตัวชี้วัด" in headings[5]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert sum(text.startswith("ตัวชี้วัดที่ ") for text in texts) == 10
    assert any("80.84" in text and "ระดับ B" in text and "ขาดอีก 4.16" in text for text in texts)
    assert texts[-1] == "ตำแหน่ง หัวหน้าสำนักปลัดเทศบาล"
    table = document.tables[-1]
    assert document.sections[-1].page_width > document.sections[-1].page_height
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert table._tbl.find(f".//{qn('w:cantSplit')}") is not None  # the heading row alone stays whole
    assert [len(table.rows), table.rows[1].cells[3].text] == [11, "ม.ค. – มี.ค. 2565"]
    assert {font.get(qn("w:cs")) for font in document.element.body.iter(qn("w:rFonts"))} == {"TH Sarabun New"}


def test_no_table_of_scores_runs_over_a_page_and_the_signature_is_not_left_alone(store: Store) -> None:
    document = docx.Document(io.BytesIO(report_of(example(store))))

    def kept(row: object) -> bool:
        return all(paragraph.paragraph_format.keep_with_next for cell in row.cells for paragraph in cell.paragraphs)

    *scores, measures = document.tables
    assert [kept(row) for table in scores for row in table.rows[:-1]] == [True] * sum(len(t.rows) - 1 for t in scores)
    assert not any(kept(table.rows[-1]) for table in scores)
    assert [kept(row) for row in measures.rows] == [True, *[False] * (len(measures.rows) - 2), True]


def test_a_low_row_of_measures_is_never_split_and_a_high_one_may_be(store: Store) -> None:
    steps = "\n".join(f"{number}. ประชุมซักซ้อมแนวทางปฏิบัติกับทุกกองงาน" for number in range(1, 31))
    briefing = with_measures(store, [{"title": "ทำทะเบียน", "steps": steps, "indicator": 10}])
    *low, high = docx.Document(io.BytesIO(report_of(briefing, round="year"))).tables[-1].rows
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in low)
    assert high._tr.trPr.find(qn("w:cantSplit")) is None


def test_thai_digits_number_the_pages_too(store: Store) -> None:
    document = docx.Document(io.BytesIO(report_of(example(store), digits="thai")))
    for section in document.sections:
        [foot] = section.footer.paragraphs
        fields = [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))]
        assert fields == [r"PAGE \* THAIARABIC", r"NUMPAGES \* THAIARABIC"]


def test_thai_digits_are_written_everywhere_but_in_codes(store: Store) -> None:
    document = docx.Document(io.BytesIO(report_of(example(store), digits="thai")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    with_arabic = {word for text in texts for word in text.split() if re.search("[0-9]", word)}
    assert all(re.search("[A-Za-z]", word) for word in with_arabic)
    assert any("๘๐.๘๔" in text for text in texts)


def test_the_first_half_leaves_out_what_begins_later_and_says_so(store: Store) -> None:
    later = {"title": "ติดตามผล", "period_start": "2022-05-01", "period_end": "2022-06-30", "status": "not_started"}
    briefing = with_measures(
        store, [{**later, **{k: pd.Timestamp(str(later[k])).date() for k in ("period_start", "period_end")}}]
    )
    half, year = (report_of(briefing, round=of) for of in report.ROUNDS)
    assert "ติดตามผล" not in text_of(half)
    assert "ไม่รวมมาตรการที่เริ่มหลังรอบนี้ 1 รายการ" in text_of(half)
    assert "ติดตามผล" in text_of(year)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_deck_has_the_slides_in_order_with_charts_to_edit(language: str, store: Store) -> None:
    agency_id = store_example(store)
    store.write_slide_note(agency_id, 2564, "below", "มอบกองคลัง\nรายงานเดือนหน้า")
    briefing = briefing_of(store, agency_id)
    made = Presentation(io.BytesIO(deck.write(briefing, language)))
    expected = slides(briefing, speaker(language), language)
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]
    assert [title.split(" (")[0] for title in titles] == [slide.title.split(" (")[0] for slide in expected]
    charts = [shape.chart for slide in made.slides for shape in slide.shapes if shape.has_chart]
    bars, radar = charts
    mark = briefing.assessment.rules.pass_mark
    assert [len(chart.plots) for chart in charts] == [2, 1]
    assert list(bars.plots[0].series[0].values) == briefing.stored.scores["score"].tolist()
    assert set(bars.plots[1].series[0].values) == {mark}
    assert [len(list(series.values)) for series in radar.plots[0].series] == [10, 10, 10]
    assert set(radar.plots[0].series[-1].values) == {mark}
    assert all(chart.part.chart_workbook.xlsx_part is not None for chart in charts)
    noted = [slide.notes_slide.notes_text_frame.text for slide in made.slides if slide.has_notes_slide]
    assert noted == ["มอบกองคลัง\nรายงานเดือนหน้า"]
    for run in (
        run
        for slide in made.slides
        for run in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr")
    ):
        fonts = {child.tag.split("}")[1] for child in run if child.get("typeface")}
        assert {"latin", "ea", "cs"} <= fonts


def test_sixty_long_measures_go_on_over_slides_and_none_runs_over(store: Store) -> None:
    briefing = with_measures(store, MANY)
    every = [slide for slide in slides(briefing, speaker("th"), "th") if isinstance(slide.body, Grid)]
    for slide in every:
        assert isinstance(slide.body, Grid)
        heights = [
            max(len(wrap(text, width)) for text, width in zip(row, slide.body.widths, strict=True))
            for row in slide.body.rows
        ]
        assert sum(heights) + ROW * len(heights) <= LINES
    told = [
        row[0] for slide in every if slide.key == "measures" and isinstance(slide.body, Grid) for row in slide.body.rows
    ]
    assert sum(LONGEST_NAME in text for text in told) == len(MANY)
    counts = [len(slide.body.rows) for slide in every if slide.key == "measures" and isinstance(slide.body, Grid)]
    assert len(counts) <= 18
    assert min(counts) >= 2
    made = Presentation(io.BytesIO(deck.write(briefing, "th")))
    tables = [shape for slide in made.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) == len(every)
    assert all(shape.left + shape.width <= Emu(made.slide_width) for shape in tables)


def test_nothing_on_a_slide_stands_outside_it_or_over_the_line_at_its_foot(store: Store) -> None:
    for briefing in (with_measures(store, MANY), without_score(store, 10)):
        made = Presentation(io.BytesIO(deck.write(briefing, "th")))
        for slide in made.slides:
            for shape in slide.shapes:
                assert shape.left >= deck.SIDE
                assert shape.left + shape.width <= Emu(made.slide_width - deck.SIDE)
                height = _height(shape.table) if shape.has_table else shape.height
                assert shape.top + height <= (deck.BODY_BOTTOM if shape.top < deck.FOOT_TOP else made.slide_height)


def _height(table: object) -> int:
    """What a table of a slide takes when its texts break where the slides have counted them to."""
    width = sum(column.width for column in table.columns)
    height = 0
    for row in table.rows:
        first = row.cells[0].text_frame.paragraphs[0]
        columns = LINE * Pt(16) / first.runs[0].font.size
        lines = max(
            len(wrap(cell.text, round(columns * column.width / width))) or 1
            for cell, column in zip(row.cells, table.columns, strict=True)
        )
        height += lines * first.line_spacing + row.cells[0].margin_top + row.cells[0].margin_bottom
    return height


def test_the_workbook_says_what_a_small_gain_is_and_none_where_nothing_is_to_gain(store: Store) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(example(store), "th"))).worksheets[0]
    gains = [sheet.cell(row, 8) for row in range(6, 16)]
    assert [cell.value for cell in gains] == [None, 0.03, None, 0.08, 0, None, None, None, None, 9.5]
    assert gains[4].number_format == '[=0]"< 0.01";+0.00'


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_score_is_said_and_breaks_nothing(language: str, store: Store) -> None:
    briefing = without_score(store, 10)
    for content in (report_of(briefing, language), deck.write(briefing, language)):
        assert not re.search(r"\bnan\b|None|<NA>", text_of(content))
    assert "nan" not in cells_of(workbook.write(briefing, language))
    assert briefing.assessment.total is None


def test_hostile_words_are_text_in_every_document(store: Store) -> None:
    briefing = with_measures(store, [{"title": HOSTILE, "steps": HOSTILE, "responsible": HOSTILE, "indicator": 3}])
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(briefing, "th")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == HOSTILE]
    assert len(cells) == 3
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    document = docx.Document(io.BytesIO(report_of(briefing)))
    assert any(HOSTILE in cell.text for cell in document.tables[-1].columns[1].cells)
    made = Presentation(io.BytesIO(deck.write(briefing, "th")))
    tables = [shape.table for slide in made.slides for shape in slide.shapes if shape.has_table]
    assert any(cell.text.startswith("=HYPERLINK") for table in tables for row in table.rows for cell in row.cells)


def test_every_document_says_where_its_figures_come_from(store: Store) -> None:
    briefing = example(store)
    source = "ita_result_2564_example.xlsx"
    assert source in text_of(deck.write(briefing, "th"))
    assert any(source in cell for cell in cells_of(workbook.write(briefing, "th")))
    document = docx.Document(io.BytesIO(report_of(briefing)))
    for section in document.sections:
        foot = "".join(paragraph.text for paragraph in section.footer.paragraphs)
        assert source in foot
        assert "20 เม.ย. 2565" in foot
        assert "เกณฑ์ ITA ปี 2564" in foot
