"""Names and texts that are markup: every page shows just the text, and nothing is fetched, run or computed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import docx
import openpyxl
import pytest

from ita import meetings
from ita.briefing import Briefing, assemble
from ita.slides import slides
from ita.store import Store
from ita.text import speaker

from .visitor import SETTLING_MS, Grid, Visitor, expect
from .workbooks import measures_file, result_file, store_measures, store_result

pytestmark = pytest.mark.browser

say = speaker("th")

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "![x](http://example.invalid/p.png)",
    "[x](javascript:alert(1))",
    "$latex$ และ $x^2$",
    ":red[x] :material/home: :smile:",
]
FORMULA = "=cmd|' /C calc'!A0"


def assert_harmless(visitor: Visitor) -> None:
    """Nothing on the page came of markup; requests, dialogs and errors are looked at when the visitor leaves."""
    made = visitor.page.evaluate(
        """() => [...document.querySelectorAll("[data-testid=stMain] *, #portal *")].filter(element =>
            element.matches("img[src=x], img[src*=invalid], a[href^=javascript], a[href*=invalid], .katex"))
            .map(element => element.outerHTML)"""
    )
    assert made == []
    assert "😄" not in visitor.text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_of_markup_is_shown_as_it_is_written_on_its_way_through(name: str, visitor: Visitor) -> None:
    visitor.open("/upload")
    visitor.hand_in(result_file(name), f"{name.replace('/', '')}.xlsx")
    expect(visitor.page.get_by_test_id("stMain").get_by_text(name).filter(visible=True).first).to_be_visible()
    assert_harmless(visitor)
    visitor.press("upload.confirm")
    expect(visitor.control("overview.bars").locator(".main-svg").first).to_be_visible()
    expect(visitor.control("frame.agency").locator("input")).to_have_value(name)
    assert_harmless(visitor)
    visitor.control("frame.agency").locator("input").click()
    expect(visitor.page.get_by_role("option").first).to_have_text(name)
    assert_harmless(visitor)


def hostile_result_file() -> bytes:
    """A result of whose sheet name, names, scores and level each is markup, with many names that fit no indicator."""
    workbook = openpyxl.load_workbook(io.BytesIO(result_file(total=80.84, level=" ".join(HOSTILE))))
    sheet = workbook.worksheets[0]
    sheet.title = "!(x) $x$ <b>=red www.e.co"
    for cells in sheet.iter_rows(min_col=2, max_col=3):
        if "การใช้อำนาจ" in str(cells[0].value):
            cells[1].value = HOSTILE[1]
        if "คุณภาพการดำเนินงาน" in str(cells[0].value):
            cells[0].value = HOSTILE[0]
    last = sheet.max_row
    for number, text in enumerate(HOSTILE * 3, start=1):
        for column, value in enumerate(("OIT", f"{text} {number}", 50), start=1):
            sheet.cell(last + number, column, value)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def test_every_other_text_of_a_result_is_shown_as_it_is_written(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open("/upload")
    visitor.hand_in(hostile_result_file(), "![x](http:__example.invalid_p) $x$ :smile:.xlsx")
    meant = visitor.control("upload.names_meant")
    meant.locator("input").first.click()
    visitor.page.get_by_role("option").filter(has_text=HOSTILE[0]).first.click()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_test_id("stExpander").first).to_contain_text(HOSTILE[1])
    expect(visitor.control("upload.name.1")).to_contain_text(HOSTILE[0])
    assert_harmless(visitor)
    visitor.pick("upload.name.1", "6. คุณภาพการดำเนินงาน")
    visitor.settle()
    paper = docx.Document(io.BytesIO(visitor.download("upload.check_sheet", tmp_path)))
    printed = " ".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert HOSTILE[1] in printed
    assert not [part for part in paper.part.rels.values() if part.is_external]
    copy = openpyxl.load_workbook(io.BytesIO(visitor.download("upload.marked_copy", tmp_path)))
    values = [cell for sheet in copy for cells in sheet.iter_rows() for cell in cells]
    assert not [cell.value for cell in values if cell.data_type == "f"]
    visitor.switch("upload.names_rest")
    expect(visitor.control("upload.confirm").get_by_role("button").first).to_be_enabled()
    visitor.press("upload.confirm")
    expect(visitor.title).to_contain_text("80.84")
    for page in ("indicators", "measures", ""):
        assert_harmless(visitor)
        visitor.go(page)
    assert_harmless(visitor)


def test_texts_of_measures_are_shown_as_they_are_written(visitor: Visitor, store: Store, tmp_path: Path) -> None:
    agency = HOSTILE[1]
    agency_id = store_result(store, result_file(agency))
    measures = [
        {
            "title": f"{number}. {text}",
            "steps": text,
            "responsible": text,
            "period": text,
            "result_text": text,
            "suggestion": FORMULA,
        }
        for number, text in enumerate(HOSTILE, start=1)
    ]
    visitor.open("/upload")
    visitor.hand_in(measures_file(*measures, agency=agency), "มาตรการ.xlsx")
    visitor.press("upload.confirm")
    shown = Grid.of(visitor, "measures.editor")
    expect(shown.rows).to_have_count(len(HOSTILE))
    assert_harmless(visitor)
    assert shown.column(say("column.responsible")) == HOSTILE
    titles = store.measures(agency_id, 2564)["title"].tolist()
    visitor.go("indicators")
    for row, title in enumerate(titles):
        Grid.of(visitor, "indicators.table").mark(row)
        expect(visitor.page.get_by_test_id("stMain").get_by_text(title).filter(visible=True).first).to_be_visible()
        assert_harmless(visitor)
    visitor.go("measures")
    content = visitor.download("measures.csv", tmp_path)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {row[say("column.suggestion")] for row in rows} == {f"'{FORMULA}"}
    assert [row[say("column.steps")] for row in rows] == HOSTILE


def test_deleting_and_contradicting_measures_of_markup_shows_them_as_text(visitor: Visitor, store: Store) -> None:
    agency_id = store_result(store, result_file())
    text = " ".join(HOSTILE)
    measure_id, _ = store_measures(
        store, agency_id, 2564, measures_file({"title": f"4. {text}"}, {"title": "5. การแก้ไขปัญหาการทุจริต - แผน"})
    )
    visitor.open("/measures")
    shown = Grid.of(visitor, "measures.editor")
    shown.await_rows(2)
    stored = store.measures(agency_id, 2564).set_index("measure_id").loc[measure_id]
    shown.select_row(0)
    expect(visitor.page.get_by_role("listitem").filter(has_text=stored["title"])).to_be_visible()
    assert_harmless(visitor)
    visitor.press("measures.delete_cancel")
    expect(visitor.control("measures.delete_cancel")).to_have_count(0)
    shown.await_rows(2)
    store.change_measure(measure_id, 1, {"steps": text})
    shown.edit(say("column.title"), 0, HOSTILE[1])
    expect(visitor.control("measures.stale_stored.0")).to_be_visible()
    expect(visitor.page.get_by_text(stored["title"]).filter(visible=True).first).to_be_visible()
    expect(visitor.page.get_by_text(f"{say('column.title')}: {HOSTILE[1]}").first).to_be_visible()
    assert_harmless(visitor)


EVERYWHERE = f"{FORMULA} {' '.join(HOSTILE)} <b>b</b> http://example.invalid"
"""One text of every kind of markup, for every field that a person can fill."""
PLACES = (
    "/", "/indicators", "/compare", "/measures", "/measures?view=board", "/path", "/documents", "/rules", "/privacy",
)  # fmt: skip


def fill_every_field(store: Store) -> int:
    """A year whose agency, measures, their history, notes and last meeting all say EVERYWHERE; the id of the agency."""
    for year in (2563, 2564):
        agency_id = store_result(store, result_file(EVERYWHERE, year), f"{EVERYWHERE}.xlsx")
    fields = ("title", "steps", "responsible", "period_text", "result", "suggestion", "evidence")
    texts = dict.fromkeys(fields, EVERYWHERE)
    rows = [texts | {"indicator": number, "title": f"{number} {EVERYWHERE}"} for number in (2, 4, 10)]
    for year in (2563, 2564):
        store.add_measures(agency_id, year, rows, by=EVERYWHERE)
    close_meeting(store, agency_id)
    moved, gone, _ = store.measures(agency_id, 2564)["measure_id"].tolist()
    store.change_measure(moved, 1, {"status": "completed"}, by=EVERYWHERE)
    store.delete_measure(gone, 1, by=EVERYWHERE)
    for slide in slides(briefing_of(store, agency_id), say, "th"):
        store.write_slide_note(agency_id, 2564, slide.key, EVERYWHERE)
    return agency_id


def briefing_of(store: Store, agency_id: int) -> Briefing:
    briefing = assemble(store, agency_id, 2564, dt.date.today())
    assert briefing is not None
    return briefing


def close_meeting(store: Store, agency_id: int) -> None:
    before = briefing_of(store, agency_id)
    on = dt.date.today() - dt.timedelta(days=30)
    store.close_meeting(agency_id, 2564, meetings.closed(on, before.assessment, before.measures))


def test_on_every_page_what_was_typed_into_any_field_is_shown_as_it_is_written(visitor: Visitor, store: Store) -> None:
    fill_every_field(store)
    for place in PLACES:
        visitor.open(place)
        expect(visitor.control("frame.agency").locator("input")).to_have_value(EVERYWHERE)
        visitor.page.wait_for_timeout(300)
        assert_harmless(visitor)
        if "measures" in place:
            assert EVERYWHERE in visitor.text


def test_on_every_slide_of_the_meeting_what_was_typed_is_shown_as_it_is_written(visitor: Visitor, store: Store) -> None:
    agency_id = fill_every_field(store)
    every = slides(briefing_of(store, agency_id), say, "th")
    visitor.open("/meeting")
    expect(visitor.control("meeting.note").get_by_role("button")).to_be_visible()
    visitor.page.wait_for_timeout(SETTLING_MS)  # until it listens
    visitor.press("meeting.note")
    for number, slide in enumerate(every, start=1):
        expect(visitor.control("meeting.bar")).to_contain_text(f"{number} / {len(every)}")
        expect(visitor.control("meeting.noting").locator("textarea")).to_have_value(slide.note)
        assert slide.note == EVERYWHERE
        assert_harmless(visitor)
        expect(visitor.page.locator(".ita-slide")).to_contain_text(EVERYWHERE)
        if number < len(every):
            visitor.press("meeting.next")
