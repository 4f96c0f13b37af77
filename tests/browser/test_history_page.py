"""Backups taken away and brought back by hand, and a database that goes and comes back while people look on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ita.store import Store
from ita.store.backups import RESTORE
from ita.text import speaker

from .dashboard import Site, running
from .visitor import Grid, Visitor, expect
from .workbooks import result_file, store_result, store_samples

pytestmark = pytest.mark.browser

say = speaker("th")


def test_a_backup_is_restored_after_a_question_and_everybody_goes_on(
    site: Site, visitor: Visitor, arrive: Callable[..., Visitor], store: Store, tmp_path: Path
) -> None:
    agency_id = store_samples(store)
    visitor.open("/history?view=backups")
    visitor.press("history.back_up")
    expect(visitor.control("history.restore")).to_be_visible()
    store.change_measure(4, 1, {"title": "พิมพ์หลังสำรอง"})
    store_result(store, result_file(fiscal_year=2565))
    other = arrive(site)
    other.open("/measures?year=2564")

    visitor.press("history.restore")
    expect(visitor.control("restore.confirm")).to_be_visible()
    visitor.press("restore.cancel")
    expect(visitor.control("restore.confirm")).to_have_count(0)
    assert store.years(agency_id) == [2565, 2564, 2563]
    visitor.press("history.restore")
    visitor.press("restore.confirm")
    visitor.await_that(lambda: store.years(agency_id) == [2564, 2563])
    expect(visitor.control("restore.confirm")).to_have_count(0)
    assert "พิมพ์หลังสำรอง" not in store.measures(agency_id, 2564)["title"].tolist()

    table = Grid.of(other, "measures.editor")
    table.await_rows(10)
    table.edit(say("column.title"), 3, "พิมพ์หลังกู้คืน")
    expect(other.control("measures.stale_yours.0")).to_be_visible()  # what it was typed onto is no longer there
    other.press("measures.stale_yours.0")
    other.await_that(lambda: "พิมพ์หลังกู้คืน" in store.measures(agency_id, 2564)["title"].tolist())

    assert store.backups is not None
    assert store.backups.listed()["reason"].tolist()[0] == RESTORE
    visitor.pick("history.backup", say("history.reason_restore"))
    visitor.settle()
    taken = tmp_path / "taken.sqlite3"
    taken.write_bytes(visitor.download("history.download", tmp_path))
    with closing(sqlite3.connect(taken)) as connection:
        assert connection.execute("select count(*) from measure where title = 'พิมพ์หลังสำรอง'").fetchone() == (1,)


def test_a_database_that_is_gone_is_told_and_the_page_comes_back_by_itself(
    tmp_path: Path, arrive: Callable[..., Visitor]
) -> None:
    with running(tmp_path) as site:
        store_samples(site.store)
        site.store.close()
        visitor = arrive(site)
        visitor.open("/indicators")
        away = tmp_path / "away"
        away.mkdir()
        for file in list(tmp_path.glob("ita.sqlite3*")):
            file.rename(away / file.name)
        visitor.page.reload()
        alert = visitor.page.get_by_test_id("stAlert")
        expect(alert).to_contain_text(say("trouble.gone", where=tmp_path / "ita.sqlite3"))
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text(say("trouble.title"))
        for file in list(away.iterdir()):
            file.rename(tmp_path / file.name)
        visitor.settle()  # nobody touched the page
        expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("10")
        expect(alert).to_have_count(0)
        visitor.leave()
