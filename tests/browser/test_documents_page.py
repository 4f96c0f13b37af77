"""The documents as a clerk gets them: chosen on the page, saved on the disk, opened by what opens such files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image
from pptx import Presentation

from ita.store import Store
from ita.text import speaker

from .visitor import Visitor, expect
from .workbooks import BUA, store_samples

pytestmark = pytest.mark.browser

say = speaker("th")


@pytest.fixture
def page(visitor: Visitor, store: Store) -> Visitor:
    store_samples(store)
    visitor.open("/documents")
    expect(visitor.control("documents.word").get_by_role("button")).to_be_visible()
    return visitor


def test_the_report_is_written_as_chosen(page: Visitor, tmp_path: Path) -> None:
    page.control("documents.round").get_by_text(say("report.round_year")).click()
    page.control("documents.digits").get_by_text(say("documents.digits_thai")).click()
    # Typed, and the button pressed right away: nothing but the click ends the typing.
    page.control("documents.position").locator("input").fill("ปลัดเทศบาล")
    document = docx.Document(io.BytesIO(page.download("documents.word", tmp_path)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[1:3] == [f"ของ{BUA}", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕ (ทั้งปี)"]
    assert texts[-1] == "ตำแหน่ง ปลัดเทศบาล"
    assert len(document.inline_shapes) == 2


def test_slides_and_workbook_are_saved_and_open(page: Visitor, tmp_path: Path) -> None:
    deck = Presentation(io.BytesIO(page.download("documents.deck", tmp_path)))
    assert "80.84" in deck.slides[0].shapes.title.text_frame.text
    for _again in range(2):
        book = openpyxl.load_workbook(io.BytesIO(page.download("documents.workbook", tmp_path)))
    assert [sheet.title for sheet in book] == ["คะแนน", "เครื่องมือ", "ทางสู่เกณฑ์", "มาตรการ"]


def test_screen_csv_report_and_workbook_have_the_same_figures(page: Visitor, tmp_path: Path) -> None:
    report = docx.Document(io.BytesIO(page.download("documents.word", tmp_path)))
    written = "\n".join(cell.text for table in report.tables for row in table.rows for cell in row.cells)
    book = openpyxl.load_workbook(io.BytesIO(page.download("documents.workbook", tmp_path)))
    cells = {
        f"{cell.value:.2f}" for sheet in book for row in sheet for cell in row if isinstance(cell.value, float | int)
    }
    page.go("indicators")
    expect(page.control("indicators.csv")).to_be_visible()
    rows = list(csv.DictReader(io.StringIO(page.download("indicators.csv", tmp_path).decode("utf-8-sig"))))
    scores = [f"{float(row[say('column.score')]):.2f}" for row in rows]
    assert len(scores) == 10
    for score in scores:
        expect(page.page.get_by_test_id("stApp")).to_contain_text(score)
        assert score in written
        assert score in cells


def test_the_text_for_the_minutes_is_there_to_copy(page: Visitor) -> None:
    expect(page.control("documents.minutes")).to_contain_text(f"ของ{BUA}: 80.84 คะแนน ระดับ B ยังไม่ผ่าน")


def test_the_picture_for_line_is_saved_upright(page: Visitor, tmp_path: Path) -> None:
    picture = Image.open(io.BytesIO(page.download("documents.line", tmp_path)))
    assert (picture.format, picture.size) == ("PNG", (1080, 1350))
    assert [path.suffix for path in tmp_path.iterdir() if "LINE" in path.name] == [".png"]
