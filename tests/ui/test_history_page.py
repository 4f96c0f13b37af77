"""The history: what was handed in and how it differs, what was done to measures, what was backed up."""

from __future__ import annotations

import datetime as dt

import pytest

from ita.store import Store, open_store
from ita.text import speaker
from tests.browser.workbooks import BUA, store_samples
from tests.store.file_frames import Line, file_of
from tests.test_pages import said, shown

say = speaker("th")


@pytest.fixture
def agency_id(store: Store) -> int:
    return store_samples(store)


def test_each_version_says_what_it_has_otherwise_and_which_one_is_in_use(store: Store, agency_id: int) -> None:
    line = Line().but(3, 90.0)
    file_of(line, name="แก้ไข 1.xlsx").save(store, replace=[(BUA, 2564)])
    file_of(line.but(5, 80.0), name="แก้ไข 2.xlsx").save(store, replace=[(BUA, 2564)])
    app = shown("history")
    assert not app.exception
    assert "3 ฉบับ" in said(app.title[0].value)
    [table] = [frame.value for frame in app.dataframe]
    assert table["file"].tolist() == ["แก้ไข 2.xlsx", "แก้ไข 1.xlsx", "ita_result_2564_example.xlsx"]
    assert table["state"].tolist() == [say("history.current"), *[say("history.replaced")] * 2]
    assert table["changed"].tolist() == [
        "ตัวชี้วัดที่ 5: 84.96 → 80.00",
        "IIT: 86.27 → – · EIT: 97.53 → – · OIT: 64.25 → – · ตัวชี้วัดที่ 3: 86.13 → 90.00",
        say("history.first"),
    ]


def test_many_differences_are_counted(store: Store, agency_id: int) -> None:
    file_of(Line(scores=[1.0] * 10)).save(store, replace=[(BUA, 2564)])
    [table] = [frame.value for frame in shown("history").dataframe]
    assert table["changed"][0].endswith(f"{say('history.indicator', number=1)}: 92.13 → 1.00 · และอีก 9 รายการ")


def test_the_log_of_measures_says_what_was_which_and_became_what(store: Store, agency_id: int) -> None:
    changes = {"status": "cancelled", "indicator": 3, "period_end": dt.date(2022, 9, 30), "evidence": "ประกาศ.pdf"}
    changes |= {"percent": 35, "budget": 0.0}
    store.change_measure(4, 1, changes, by="สำนักปลัด")
    app = shown("history", view="measures")
    assert not app.exception
    [table] = [frame.value for frame in app.dataframe]
    assert len(table) == 6 + 10, "of each measure that was added one line"
    assert table["who"].tolist() == ["สำนักปลัด"] * 6 + ["–"] * 10
    first = table.head(6).set_index("part")
    assert set(first["what"]) == {say("history.kind_changed")}
    assert "ยกเลิก" in first.loc[say("column.status"), "after"]
    assert first.loc[say("column.ends"), "after"] == "30 ก.ย. 2565"
    assert first.loc[say("column.evidence"), ["before", "after"]].tolist() == ["–", "ประกาศ.pdf"]
    assert first.loc[say("column.indicator"), "after"].startswith("3")
    assert first.loc[say("column.progress"), "after"] == "35%"
    assert first.loc[say("column.cost"), "after"] == say("sentence.budget_none")


def test_a_removed_measure_is_brought_back_as_it_was(store: Store, agency_id: int) -> None:
    before = store.measures(agency_id, 2564)
    store.delete_measure(4, 1)
    app = shown("history", view="measures")
    assert app.expander[0].label == say("history.removed", count=1)
    app.button(key="history.restore_measure.4").click().run()
    assert not app.exception
    assert store.measures(agency_id, 2564)["title"].tolist() == before["title"].tolist()
    assert not app.expander
    [table] = [frame.value for frame in app.dataframe]
    assert table["what"].tolist()[:2] == [say("history.kind_restored"), say("history.kind_removed")]


def test_a_backup_is_made_when_asked_for_and_listed(store: Store, agency_id: int) -> None:
    app = shown("history", view="backups")
    assert not app.dataframe
    app.button(key="history.back_up").click().run()
    assert not app.exception
    [table] = [frame.value for frame in app.dataframe]
    assert table["why"].tolist() == [say("history.reason_asked")]
    assert table["state"].tolist() == [say("history.readable")]
    assert store.backups is not None
    [made] = store.backups.listed()["name"]
    assert open_store(f"sqlite:///{store.backups.path(made)}").years(agency_id) == [2564, 2563]


def test_backups_are_there_also_when_nothing_is_stored(store: Store) -> None:
    store.back_up("asked")
    app = shown("history")
    assert app.title[0].value == say("frame.nothing_title")
    assert app.button(key="history.restore").disabled is False


def test_where_the_database_is_on_a_server_the_page_names_its_own_way(
    store: Store, agency_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "backups", None)
    app = shown("history", view="backups")
    assert not app.exception
    assert "pg_dump" in app.info[0].value
    assert not app.dataframe
