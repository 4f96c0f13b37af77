"""A file on its way in: shown, settled, confirmed, and only then stored; what is no workbook is turned away kindly."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from ita.reading.results import read_results
from ita.store import Store
from ita.text import speaker

from .visitor import Grid, Visitor, expect
from .workbooks import (
    BELOW_THE_MARK,
    BUA,
    SEED_SCORES,
    measures_file,
    nameless_result_file,
    result_file,
    sample,
    store_measures,
    store_result,
    store_samples,
)

pytestmark = pytest.mark.browser

say = speaker("th")
NAME = "ita_result_2564_example.xlsx"
CHANGED_SCORES = (*SEED_SCORES[:9], 75.0)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def stored_score(store: Store, agency: str, indicator: int, fiscal_year: int = 2564) -> float:
    agency_id = int(store.agencies(agency)["agency_id"].iloc[0])
    result = store.result(agency_id, fiscal_year)
    assert result is not None
    return float(result.scores.set_index("indicator").at[indicator, "score"])


def test_a_result_is_seen_confirmed_drawn_and_taken_home_as_csv(visitor: Visitor, store: Store, tmp_path: Path) -> None:
    visitor.open("/upload")
    visitor.hand_in(sample(NAME), NAME)
    expect(visitor.control("upload.confirm")).to_be_visible()
    preview = Grid(visitor, visitor.page.get_by_test_id("stDataFrame").first)
    expect(preview.rows).to_have_count(10)
    assert [float(score) for score in preview.column(say("column.score"))] == list(SEED_SCORES)
    expect(visitor.page.get_by_text(BUA).first).to_be_visible()
    expect(visitor.page.get_by_text("2564").first).to_be_visible()
    expect(visitor.page.get_by_role("heading", level=3).first).to_have_text(
        f"พบผลคะแนนของ {BUA} ปี 2564 ครบ 10 ตัวชี้วัด คะแนนรวม 80.84 {say('found.clean')}"
    )
    assert store.agency_count() == 0, "nothing is stored before it is confirmed"
    visitor.press("upload.confirm")
    expect(visitor.title).to_contain_text("80.84")
    expect(visitor.control("overview.bars").locator(".main-svg").first).to_be_visible()
    assert store.agency_count() == 1
    visitor.go("indicators")
    content = visitor.download("indicators.csv", tmp_path)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = rows_of(content)
    assert [row[say("column.score")] for row in rows] == [f"{score:.2f}" for score in SEED_SCORES]
    assert {row[say("column.agency")] for row in rows} == {BUA}
    visitor.switch("indicators.below")
    expect(Grid.of(visitor, "indicators.table").rows).to_have_count(len(BELOW_THE_MARK))
    weak = rows_of(visitor.download("indicators.csv", tmp_path))
    assert [int(row[say("column.number")]) for row in weak] == BELOW_THE_MARK


def test_a_cancelled_file_stores_nothing(visitor: Visitor, store: Store) -> None:
    visitor.open("/upload")
    visitor.hand_in(sample(NAME), NAME)
    visitor.press("upload.cancel")
    expect(visitor.page.get_by_text(say("upload.cancelled"))).to_be_visible()
    expect(visitor.control("upload.confirm")).to_have_count(0)
    assert store.agency_count() == 0


def test_the_same_file_again_is_known_and_changes_nothing(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    before = store.revision()
    visitor.open("/upload")
    visitor.hand_in(sample(NAME), "อีกชื่อหนึ่ง.xlsx")
    expect(visitor.page.get_by_test_id("stAlert").filter(has_text=NAME)).to_be_visible()
    visitor.press("upload.confirm")
    expect(visitor.title).to_contain_text("80.84")
    assert store.revision() == before


@pytest.mark.parametrize(("answer", "kept"), [("keep", 37.50), ("replace", 75.0)])
def test_other_figures_for_a_stored_year_are_asked_about(
    answer: str, kept: float, visitor: Visitor, store: Store
) -> None:
    agency_id = store_result(store, result_file(), "เดิม.xlsx")
    visitor.open("/upload")
    visitor.hand_in(result_file(scores=CHANGED_SCORES), "ใหม่.xlsx")
    confirm = visitor.control("upload.confirm").get_by_role("button").first
    expect(confirm).to_be_disabled()
    assert stored_score(store, BUA, 10) == 37.50
    visitor.control("upload.replace").get_by_text(say(f"upload.{answer}")).click()
    expect(confirm).to_be_enabled()
    visitor.press("upload.confirm")
    expect(visitor.title).to_be_visible()
    expect(visitor.control("overview.bars").locator(".main-svg").first).to_be_visible()
    assert stored_score(store, BUA, 10) == kept
    assert len(store.history(agency_id, 2564)) == (2 if answer == "replace" else 1)


def test_a_file_that_does_not_say_whose_or_which_year_asks_for_both(visitor: Visitor, store: Store) -> None:
    visitor.open("/upload")
    visitor.hand_in(nameless_result_file(), "ผล ITA ปี 2565.xlsx")
    confirm = visitor.control("upload.confirm").get_by_role("button").first
    expect(confirm).to_be_disabled()
    # The file's name may say the year, but only whoever brings the file in decides.
    year = visitor.control("upload.year").locator("input").first
    expect(year).to_have_attribute("placeholder", say("upload.year_in_name", year=2565))
    visitor.control("upload.agency").locator("input").fill("เทศบาลตำบลไม่มีชื่อ")
    visitor.page.keyboard.press("Enter")
    expect(confirm).to_be_disabled()
    visitor.pick("upload.year", "2565")
    expect(confirm).to_be_enabled()
    assert store.agency_count() == 0
    visitor.press("upload.confirm")
    expect(visitor.control("overview.bars").locator(".main-svg").first).to_be_visible()
    visitor.await_query(year="2565")
    assert stored_score(store, "เทศบาลตำบลไม่มีชื่อ", 10, 2565) == 37.50


def test_the_agency_shown_is_offered_for_a_nameless_file_but_not_taken(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open("/upload")
    visitor.hand_in(nameless_result_file())
    visitor.pick("upload.year", "2565")
    visitor.settle()
    expect(visitor.control("upload.agency").locator("input").first).to_have_value("")
    confirm = visitor.control("upload.confirm").get_by_role("button").first
    expect(confirm).to_be_disabled()
    visitor.pick("upload.agency", BUA)
    expect(confirm).to_be_enabled()


def test_measures_are_stored_beside_the_result_they_answer(visitor: Visitor, store: Store) -> None:
    name = "ita_measures_2565_example.xlsx"
    store_result(store, sample("ita_result_2563_example.xlsx"))
    agency_id = store_result(store, sample(NAME))
    visitor.open("/upload")
    visitor.hand_in(sample(name), name)
    expect(visitor.control("upload.measures_year").locator("input")).to_have_value("2564")
    assert store.measures(agency_id, 2564).empty
    visitor.press("upload.confirm")
    expect(Grid.of(visitor, "measures.editor").rows).to_have_count(10)
    stored = store.measures(agency_id, 2564)
    assert stored["status"].value_counts().to_dict() == {
        "completed": 6,
        "in_progress": 2,
        "not_stated": 1,
        "not_started": 1,
    }
    assert store.measures(agency_id, 2563).empty


def test_measures_before_any_result_wait_for_it(visitor: Visitor, store: Store) -> None:
    visitor.open("/upload")
    visitor.hand_in(measures_file({"title": "4. การใช้ทรัพย์สินของราชการ - ทำทะเบียน"}))
    expect(visitor.page.get_by_text(say("upload.measures_need_result"))).to_be_visible()
    expect(visitor.control("upload.confirm").get_by_role("button").first).to_be_disabled()
    assert store.agency_count() == 0


def test_the_template_comes_back_as_a_result(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open("/upload")
    content = visitor.download("upload.template", tmp_path)
    assert len(read_results(content).scores) == 10
    visitor.hand_in(content, say("upload.template_file"))
    expect(visitor.control("upload.confirm").get_by_role("button").first).to_be_enabled()


def misspelt_result_file() -> bytes:
    """A result whose second name lacks a letter, and one of whose scores cannot be."""
    workbook = openpyxl.load_workbook(io.BytesIO(result_file(scores=(92.13, 84.55, 137.5, *SEED_SCORES[3:]))))
    for cells in workbook.worksheets[0].iter_rows():
        for cell in cells:
            if isinstance(cell.value, str) and "การใช้งบประมาณ" in cell.value:
                cell.value = "การใช้งปประมาณ"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def test_a_misspelt_name_is_asked_about_and_used_once_it_is_confirmed(visitor: Visitor, store: Store) -> None:
    visitor.open("/upload")
    visitor.hand_in(misspelt_result_file())
    confirm = visitor.control("upload.confirm").get_by_role("button").first
    expect(confirm).to_be_disabled()
    expect(visitor.control("upload.name.1")).to_contain_text("การใช้งปประมาณ")
    visitor.pick("upload.name.1", "2. การใช้งบประมาณ")
    expect(confirm).to_be_enabled()
    visitor.press("upload.confirm")
    expect(visitor.title).to_be_visible()
    expect(visitor.control("overview.bars").locator(".main-svg").first).to_be_visible()
    assert stored_score(store, BUA, 2) == 84.55


def test_an_answer_stays_with_its_file_whatever_the_language(visitor: Visitor, store: Store) -> None:
    visitor.open("/upload")
    visitor.hand_in(misspelt_result_file())
    visitor.pick("upload.name.1", "2. การใช้งบประมาณ")
    confirm = visitor.control("upload.confirm").get_by_role("button").first
    expect(confirm).to_be_enabled()
    visitor.speak("en")
    expect(visitor.control("upload.name.1").locator("input")).to_have_value("2. Use of budget")
    expect(confirm).to_be_enabled()
    visitor.hand_in(misspelt_result_file(), "อีกไฟล์.xlsx")
    expect(visitor.control("upload.name.1").locator("input")).to_have_value("")
    expect(confirm).to_be_disabled()


def test_the_check_sheet_and_the_marked_copy_name_the_cell_that_is_wrong(visitor: Visitor, tmp_path: Path) -> None:
    content = misspelt_result_file()
    (wrong,) = (problem for problem in read_results(content).problems if problem.code == "ITA-S03")
    assert wrong.cell is not None
    visitor.open("/upload")
    visitor.hand_in(content)
    paper = docx.Document(io.BytesIO(visitor.download("upload.check_sheet", tmp_path)))
    printed = " ".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert wrong.cell in printed
    assert "137.5" in printed
    copy = openpyxl.load_workbook(io.BytesIO(visitor.download("upload.marked_copy", tmp_path)))
    note = copy[str(wrong.sheet)][wrong.cell].comment
    assert note is not None
    assert wrong.told("th") in note.text


def pictures() -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(100)


def empty_package() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("จดหมาย.txt", "ไม่ใช่ตาราง")
    return file.getvalue()


WRONG = [
    ("ITA-F04", "ผลคะแนน.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
    ("ITA-F06", "ผลคะแนน.xls", "<html><table><tr><td>คะแนน</td></tr></table></html>".encode()),
    ("ITA-F01", "ว่าง.xlsx", b""),
    ("ITA-F09", "ขาด.xlsx", result_file()[:2000]),
    ("ITA-F05", "ภาพ.png", pictures()),
    ("ITA-F10", "รวม.zip", empty_package()),
]


def test_what_is_no_workbook_is_told_in_a_sentence_and_the_page_goes_on(visitor: Visitor, store: Store) -> None:
    visitor.open("/upload")
    for code, name, content in WRONG:
        visitor.hand_in(content, name)
        alert = visitor.page.get_by_test_id("stAlert")
        expect(alert).to_contain_text(say(f"problem.{code}.title"))
        expect(alert).to_contain_text(say(f"problem.{code}.advice"))
        assert "Traceback" not in visitor.text
        expect(visitor.control("upload.confirm")).to_have_count(0)
    visitor.hand_in(result_file())
    expect(visitor.control("upload.confirm").get_by_role("button").first).to_be_enabled()
    assert store.agency_count() == 0


def test_what_a_file_of_measures_changes_is_shown_before_it_is_saved_and_may_be_left_out(
    visitor: Visitor, store: Store
) -> None:
    agency_id = store_result(store, sample(NAME))
    kept = {"title": "4. การใช้ทรัพย์สินของราชการ - ทำทะเบียน", "responsible": "กองคลัง", "result_text": "ร่างแล้ว"}
    store_measures(store, agency_id, 2564, measures_file(kept))
    visitor.open("/upload")
    fresh = {"title": "10. การป้องกันการทุจริต - เผยแพร่", "responsible": "สำนักปลัด"}
    visitor.hand_in(measures_file({**kept, "result_text": "ประกาศแล้ว", "budget": "ไม่ใช้งบประมาณ"}, fresh))
    expect(visitor.control("upload.compared")).to_contain_text("เพิ่ม 1 · เปลี่ยน 1")
    changes = Grid.of(visitor, "upload.merge")
    changes.await_rows(2)
    assert changes.column(say("upload.merge_before")) == ["ร่างแล้ว", "–"]
    assert changes.column(say("upload.merge_after")) == ["ประกาศแล้ว", say("sentence.budget_none")]
    changes.stand_on(say("upload.merge_take"), 0)
    visitor.page.keyboard.press("Space")
    expect(visitor.control("upload.compared")).to_contain_text(say("upload.merge_left", count=1))
    visitor.press("upload.confirm")
    expect(Grid.of(visitor, "measures.editor").rows).to_have_count(2)
    first = store.measures(agency_id, 2564).iloc[0]
    assert (first["result"], first["budget"], first["version"]) == ("ร่างแล้ว", 0, 2)
