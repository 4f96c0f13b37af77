"""Measures edited in their table: what was typed is kept, what is deleted is asked about, nobody's words are lost."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import make_url

from ita.store import Store
from ita.store.database import PATIENCE
from ita.text import speaker

from .dashboard import Site
from .visitor import Grid, Visitor, expect
from .workbooks import store_samples

pytestmark = pytest.mark.browser

say = speaker("th")

NAMES = ("title", "status", "percent", "period", "ends")
TITLE, STATUS, PERCENT, PERIOD, ENDS = (say(f"column.{name}") for name in NAMES)
FOURTH = 3
"""The row of indicator 4 in the whole table."""


@pytest.fixture
def agency(store: Store) -> int:
    """An agency whose result of 2564 is answered by ten measures, one for each indicator."""
    return store_samples(store)


@pytest.fixture
def table(visitor: Visitor, agency: int) -> Grid:
    """The measures on the screen."""
    visitor.open("/measures")
    shown = Grid.of(visitor, "measures.editor")
    shown.await_rows(10)
    return shown


def of_indicator(store: Store, agency: int, number: int) -> pd.Series[object]:
    measures = store.measures(agency, 2564)
    return measures[measures["indicator"] == number].iloc[0]


def test_a_title_and_a_status_typed_into_the_table_are_there_after_a_reload(
    visitor: Visitor, table: Grid, store: Store, agency: int
) -> None:
    table.edit_by_mouse(TITLE, FOURTH, "จัดทำทะเบียนการยืมทุกกอง")
    expect(table.cell(TITLE, FOURTH)).to_have_text("จัดทำทะเบียนการยืมทุกกอง")
    expect(visitor.page.get_by_test_id("stToast").first).to_contain_text(say("measures.saved"))
    table.edit(STATUS, FOURTH, say("state.completed"))
    expect(table.cell(STATUS, FOURTH)).to_have_text("completed")
    expect(visitor.title).to_contain_text(f"{say('state.completed')} 7")
    visitor.reload()
    expect(table.rows).to_have_count(10)
    expect(table.cell(TITLE, FOURTH)).to_have_text("จัดทำทะเบียนการยืมทุกกอง")
    expect(table.cell(STATUS, FOURTH)).to_have_text("completed")
    stored = of_indicator(store, agency, 4)
    assert (stored["title"], stored["status"], stored["version"]) == ("จัดทำทะเบียนการยืมทุกกอง", "completed", 3)


def test_typing_down_a_column_as_in_excel_saves_every_row_once(
    visitor: Visitor, table: Grid, store: Store, agency: int
) -> None:
    titles = [f"Title {number}" for number in range(1, 5)]
    table.stand_on(TITLE, 0)
    for row, title in enumerate(titles):
        # A busy machine swallows keys while the cell opens: who types sees that the text is not there, and types again.
        for _ in range(3):
            visitor.page.keyboard.type(title, delay=60)
            visitor.page.keyboard.press("Enter")
            visitor.page.wait_for_timeout(200)
            if table.cell(TITLE, row).text_content() == title:
                break
            table.stand_on(TITLE, row)
        expect(table.cell(TITLE, row)).to_have_text(title)
    visitor.await_that(lambda: store.measures(agency, 2564)["title"].head(4).tolist() == titles)
    visitor.reload()
    expect(table.rows).to_have_count(10)
    measures = store.measures(agency, 2564)
    assert measures["title"].head(4).tolist() == titles
    assert measures["version"].tolist() == [2, 2, 2, 2, 1, 1, 1, 1, 1, 1]


def test_a_status_for_every_row_one_after_the_other(table: Grid, store: Store, agency: int) -> None:
    for row in range(3):
        table.edit(STATUS, row, say("state.cancelled"))
    # The grid shows an edit at once and sends it a sixth of a second later.
    table.visitor.await_that(lambda: store.measures(agency, 2564)["status"].head(3).eq("cancelled").all())
    table.visitor.reload()
    expect(table.rows).to_have_count(10)
    measures = store.measures(agency, 2564)
    assert measures["status"].head(3).tolist() == ["cancelled"] * 3
    assert measures["version"].head(4).tolist() == [2, 2, 2, 1]


def test_a_period_typed_as_usual_gives_the_last_day(table: Grid, store: Store, agency: int) -> None:
    table.edit(PERIOD, FOURTH, "ต.ค. 65 – มี.ค. 66")
    expect(table.cell(ENDS, FOURTH)).to_contain_text("31 มี.ค. 2566")
    stored = of_indicator(store, agency, 4)
    assert stored["period_start"] == pd.Timestamp(dt.date(2022, 10, 1))
    assert stored["period_end"] == pd.Timestamp(dt.date(2023, 3, 31))


def test_a_filtered_table_saves_to_the_measure_it_shows(visitor: Visitor, store: Store, agency: int) -> None:
    visitor.open("/measures?indicator=10")
    shown = Grid.of(visitor, "measures.editor")
    shown.await_rows(1)
    shown.edit(TITLE, 0, "เผยแพร่ทุกเดือน")
    expect(shown.cell(TITLE, 0)).to_have_text("เผยแพร่ทุกเดือน")
    visitor.await_that(lambda: of_indicator(store, agency, 10)["title"] == "เผยแพร่ทุกเดือน")
    assert (store.measures(agency, 2564)["version"] > 1).sum() == 1


def test_an_edit_that_takes_its_row_out_of_the_filter_is_saved(visitor: Visitor, store: Store, agency: int) -> None:
    visitor.open("/measures?status=in_progress")
    shown = Grid.of(visitor, "measures.editor")
    shown.await_rows(2)
    shown.edit(STATUS, 0, say("state.cancelled"))
    shown.await_rows(1)
    shown.edit(STATUS, 0, say("state.completed"))
    expect(visitor.page.get_by_text(say("measures.none_left"))).to_be_visible()
    assert of_indicator(store, agency, 4)["status"] == "cancelled"
    assert of_indicator(store, agency, 5)["status"] == "completed"
    assert (store.measures(agency, 2564)["version"] > 1).sum() == 2


def test_a_measure_is_added_through_the_form(visitor: Visitor, table: Grid, store: Store, agency: int) -> None:
    visitor.press("measures.add")
    visitor.control("measures.new_save").get_by_role("button").click()
    expect(visitor.page.get_by_text(say("measures.title_missing"))).to_be_visible()
    visitor.type_in("measures.new_title", "เผยแพร่ประกาศทุกไตรมาส")
    visitor.type_in("measures.new_responsible", "กองช่าง")
    visitor.type_in("measures.new_period", "ไตรมาส 1 - 2")
    visitor.control("measures.new_save").get_by_role("button").click()
    expect(table.rows).to_have_count(11)
    stored = store.measures(agency, 2564)
    added = stored[stored["title"] == "เผยแพร่ประกาศทุกไตรมาส"].iloc[0]
    assert added["indicator"] == 10, "the one that holds the result back most is offered first"
    assert (added["responsible"], added["status"]) == ("กองช่าง", "not_started")
    assert added["period_end"] == pd.Timestamp(dt.date(2022, 3, 31))


def test_ticked_measures_are_named_and_left_alone_when_told_to(
    visitor: Visitor, table: Grid, store: Store, agency: int
) -> None:
    table.select_row(0)
    panel = visitor.control("measures.selection")
    expect(panel).to_contain_text(say("measures.selected", count=1))
    expect(panel).to_contain_text(str(of_indicator(store, agency, 1)["title"]))
    visitor.press("measures.delete_cancel")
    expect(panel).to_have_count(0)
    table.await_rows(10)
    assert len(store.measures(agency, 2564)) == 10
    table.edit(TITLE, 0, "ยังแก้ไขต่อได้")
    expect(table.cell(TITLE, 0)).to_have_text("ยังแก้ไขต่อได้")
    visitor.await_that(lambda: of_indicator(store, agency, 1)["title"] == "ยังแก้ไขต่อได้")


def test_deleting_a_ticked_measure_removes_just_that_one_for_good(
    visitor: Visitor, table: Grid, store: Store, agency: int
) -> None:
    table.select_row(FOURTH)
    visitor.press("measures.delete_confirm")
    expect(table.rows).to_have_count(9)
    expect(visitor.control("measures.delete_confirm")).to_have_count(0)
    assert 4 not in store.measures(agency, 2564)["indicator"].tolist()
    visitor.reload()
    expect(table.rows).to_have_count(9)
    assert store.measure_changes(agency, 2564)["kind"].tolist()[0] == "removed"


def test_several_measures_are_changed_together(visitor: Visitor, table: Grid, store: Store, agency: int) -> None:
    for row in (1, FOURTH):
        table.select_row(row)
    expect(visitor.control("measures.selection")).to_contain_text(say("measures.selected", count=2))
    visitor.pick("measures.bulk_status", say("state.in_progress"))
    visitor.type_in("measures.bulk_percent", "40")
    visitor.press("measures.bulk_save")
    expect(visitor.control("measures.selection")).to_have_count(0)
    expect(table.cell(PERCENT, FOURTH)).to_have_text("40")
    measures = store.measures(agency, 2564)
    changed = measures[measures["version"] > 1]
    assert changed["indicator"].tolist() == [2, 4]
    assert changed["percent"].tolist() == [40, 40]
    assert changed["status"].tolist() == ["in_progress"] * 2
    assert changed["responsible"].ne("").all(), "what was left as it is stays"


def test_closing_a_measure_asks_for_its_evidence(visitor: Visitor, table: Grid, store: Store, agency: int) -> None:
    table.edit(STATUS, FOURTH, say("state.completed"))
    measure_id = of_indicator(store, agency, 4)["measure_id"]
    visitor.type_in(f"measures.evidence.{measure_id}", "บันทึกข้อความ 12-2565.pdf")
    visitor.press("measures.evidence_save")
    expect(visitor.control("measures.evidence_save")).to_have_count(0)
    stored = of_indicator(store, agency, 4)
    assert (stored["status"], stored["evidence"]) == ("completed", "บันทึกข้อความ 12-2565.pdf")


def test_a_card_on_the_board_is_moved_and_opened(visitor: Visitor, store: Store, agency: int) -> None:
    visitor.open("/measures?view=board")
    measure_id = of_indicator(store, agency, 4)["measure_id"]
    visitor.press(f"measures.move.{measure_id}")
    visitor.page.get_by_role("menuitem").filter(has_text=say("state.cancelled")).click()
    visitor.await_that(lambda: of_indicator(store, agency, 4)["status"] == "cancelled")
    visitor.settle()
    visitor.press(f"measures.open.{measure_id}")
    visitor.type_in("measures.sheet_budget", "12500")
    visitor.type_in("measures.sheet_evidence", "https://example.go.th/o42")
    visitor.press("measures.sheet_save")
    expect(visitor.control("measures.sheet_save")).to_have_count(0)
    stored = of_indicator(store, agency, 4)
    assert (stored["budget"], stored["evidence"], stored["version"]) == (12500, "https://example.go.th/o42", 3)
    card = visitor.control(f"measures.card.{measure_id}")
    expect(card).to_contain_text("https://example.go.th/o42")
    expect(card).to_contain_text(f"{say('column.cost')} 12,500 บาท")
    visitor.press(f"measures.open.{measure_id}")
    visitor.control("measures.sheet_history").get_by_text(say("measures.sheet_history", count=3)).click()
    history = visitor.control("measures.sheet_history")
    expect(history).to_contain_text(say("history.kind_added"))
    expect(history).to_contain_text(f"{say('column.cost')}: 3,000 บาท → 12,500 บาท")
    expect(history).to_contain_text(f"→ ✕ {say('state.cancelled')}")


def test_a_day_in_the_address_shows_how_it_stood_then(visitor: Visitor, agency: int) -> None:
    visitor.open("/measures?as_of=2022-03-10")
    expect(visitor.title).not_to_contain_text(say("state.overdue"))
    year = visitor.page.locator(".ita-year")
    expect(year.locator("li")).to_have_count(12)
    expect(year.locator("li.now")).to_contain_text("10 มี.ค.")
    visitor.open("/measures?as_of=2022-04-01")
    expect(visitor.title).to_contain_text(f"{say('state.overdue')} 3")
    expect(year.locator("li", has_text="มี.ค.").locator(".late")).to_have_text("!\u202f3")


def test_a_form_stays_as_it_was_typed_while_another_program_holds_the_database(
    visitor: Visitor, site: Site, store: Store, agency: int
) -> None:
    visitor.open("/measures")
    visitor.press("measures.add")
    visitor.type_in("measures.new_title", "พิมพ์ไว้แล้ว")
    file = str(make_url(site.database_url).database)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        visitor.press("measures.new_save")
        sentence = visitor.page.get_by_role("dialog").get_by_text(say("trouble.locked", where=file))
        expect(sentence).to_be_visible(timeout=2_000 * PATIENCE)
        other.execute("ROLLBACK")
    expect(visitor.control("measures.new_title").locator("input")).to_have_value("พิมพ์ไว้แล้ว")
    assert len(store.measures(agency, 2564)) == 10
    visitor.press("measures.new_save")
    expect(visitor.control("measures.new_save")).to_have_count(0)
    assert "พิมพ์ไว้แล้ว" in set(store.measures(agency, 2564)["title"])


def test_last_years_measures_are_carried_over_on_request(visitor: Visitor, store: Store, agency: int) -> None:
    store.add_measures(agency, 2563, [{"title": "ค้างจากปีก่อน", "indicator": 9, "status": "in_progress"}])
    store.add_measures(agency, 2563, [{"title": "เสร็จแล้ว", "status": "completed"}])
    visitor.open("/measures")
    visitor.press("measures.carry")
    visitor.press("measures.carry_save")
    expect(visitor.control("measures.carry_save")).to_have_count(0)
    visitor.await_that(lambda: len(store.measures(agency, 2564)) == 11)
    carried = store.measures(agency, 2564).dropna(subset="carried_from").iloc[0]
    assert (carried["title"], carried["indicator"], carried["status"]) == ("ค้างจากปีก่อน", 9, "not_started")


@pytest.mark.parametrize(("answer", "title"), [("yours", "ของฉัน"), ("stored", "ของคนอื่น")])
def test_an_edit_of_what_somebody_else_changed_is_shown_beside_theirs(
    answer: str, title: str, visitor: Visitor, table: Grid, store: Store, agency: int
) -> None:
    measure = of_indicator(store, agency, 4)
    store.change_measure(int(measure["measure_id"]), int(measure["version"]), {"title": "ของคนอื่น"})
    table.edit(TITLE, FOURTH, "ของฉัน")
    choice = visitor.control(f"measures.stale_{answer}.0")
    expect(choice).to_be_visible()
    expect(visitor.page.get_by_text(f"{TITLE}: ของฉัน")).to_be_visible()
    expect(visitor.page.get_by_text(f"{TITLE}: ของคนอื่น")).to_be_visible()
    assert of_indicator(store, agency, 4)["title"] == "ของคนอื่น"
    choice.get_by_role("button").click()
    expect(choice).to_have_count(0)
    expect(table.cell(TITLE, FOURTH)).to_have_text(title)
    assert of_indicator(store, agency, 4)["title"] == title


def test_an_edit_of_a_measure_that_somebody_deleted_is_not_lost_silently(
    visitor: Visitor, table: Grid, store: Store, agency: int
) -> None:
    measure = of_indicator(store, agency, 4)
    store.delete_measure(int(measure["measure_id"]), int(measure["version"]))
    table.edit(TITLE, FOURTH, "ของฉัน")
    expect(visitor.page.get_by_text(say("measures.stale_deleted"))).to_be_visible()
    expect(visitor.page.get_by_text(f"{TITLE}: ของฉัน")).to_be_visible()
    visitor.press("measures.stale_stored.0")
    expect(visitor.page.get_by_text(say("measures.stale_deleted"))).to_have_count(0)
    expect(table.rows).to_have_count(9)


def test_filters_narrow_the_table_and_the_csv_alike(visitor: Visitor, table: Grid, tmp_path: Path) -> None:
    visitor.pick("measures.unit", "กองช่าง")
    expect(table.rows).to_have_count(3)
    visitor.control("measures.status").get_by_text(say("state.completed")).click()
    expect(table.rows).to_have_count(2)
    expect(visitor.page.get_by_text(say("measures.shown", count=2, all=10))).to_be_visible()
    content = visitor.download("measures.csv", tmp_path)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[say("column.number")] for row in rows] == ["1", "8"]
    assert all("กองช่าง" in row[say("column.responsible")] for row in rows)
    assert {row[STATUS] for row in rows} == {say("state.completed")}
    assert rows[0][ENDS] == "2022-03-31"
