"""A database in trouble is a sentence: what, where, what to do. When it is over, the page is there again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st
from starlette.responses import JSONResponse
from streamlit.testing.v1 import AppTest

from ita.sentences import moment
from ita.store import Store, Trouble
from ita.store.trouble import BROKEN, CODES, FULL
from ita.text import LANGUAGES, speaker
from ita.ui import measure_changes, measure_editor, server
from ita.ui.escape import plain
from tests.browser.workbooks import store_samples
from tests.test_pages import said, shown

PAGES = ("overview", "indicators", "compare", "measures", "path", "meeting", "documents", "upload", "history", "rules")
WHERE = "data/ita.sqlite3"

say = speaker("th")


def health() -> JSONResponse:
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, server.health(None)).result()  # type: ignore[arg-type]


async def start_and_stop() -> None:
    async with server.lifespan(None):
        pass


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_each_trouble_says_what_where_and_what_to_do_until_it_is_over(
    code: str, language: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    say = speaker(language)
    store_samples(store)

    def fail() -> int:
        raise Trouble(code, WHERE)

    with monkeypatch.context() as trouble:
        trouble.setattr(store, "revision", fail)
        app = shown(language=language)
        assert not app.exception
        assert app.title[0].value == say("trouble.title")
        assert [said(one.value) for one in app.error] == [say(f"trouble.{code}", where=WHERE)]
        told = [one.value for one in app.markdown]
        assert say(f"trouble.{code}_advice") in told
        assert any(say("trouble.waiting", seconds=5) in one for one in told)
    app.run()
    assert not app.exception
    assert not app.error
    assert "80.84" in said(app.title[0].value)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_anything_else_while_the_database_is_gone(page: str, store: Store, database_file: Path) -> None:
    store_samples(store)
    app = shown(page)
    store.close()
    database_file.rename(f"{database_file}.away")
    app.run()
    assert not app.exception
    assert [said(one.value) for one in app.error] == [say("trouble.gone", where=database_file)]
    Path(f"{database_file}.away").rename(database_file)
    app.run()
    assert not app.exception
    assert not app.error


def test_an_edit_that_could_not_be_saved_is_saved_when_the_trouble_is_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency_id = store_samples(store)
    app = shown("measures")
    edits = {"3": {"title": "พิมพ์ไว้แล้ว"}}

    def fail(*_: object, **__: object) -> list[object]:
        raise Trouble(FULL, WHERE)

    with monkeypatch.context() as trouble:
        trouble.setattr(store, "apply_measures", fail)
        app.session_state["measures.editor"] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
        app.run()
        assert not app.exception
        assert [said(one.value) for one in app.error] == [say("trouble.full", where=WHERE)]
        assert store.measures(agency_id, 2564)["version"].tolist() == [1] * 10
        app.button(key="trouble.retry").click().run()
        assert len(app.error) == 1
    app.button(key="trouble.retry").click().run()
    assert not app.exception
    assert not app.error
    stored = store.measures(agency_id, 2564)
    assert (stored["title"].iloc[3], stored["version"].tolist()) == ("พิมพ์ไว้แล้ว", [1, 1, 1, 2, 1, 1, 1, 1, 1, 1])


@contextmanager
def full(store: Store, monkeypatch: pytest.MonkeyPatch, method: str) -> Iterator[None]:
    """While the disk is full for one way of writing."""

    def fail(*_: object, **__: object) -> None:
        raise Trouble(FULL, WHERE)

    with monkeypatch.context() as trouble:
        trouble.setattr(store, method, fail)
        yield


def told_to_wait(app: AppTest) -> bool:
    return [said(one.value) for one in app.error] == [say("trouble.full", where=WHERE)] and not app.exception


def test_a_measure_asked_for_while_the_disk_is_full_is_made_afterwards(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency_id = store_samples(store)
    app = shown("path")
    before = app.title[0].value
    with full(store, monkeypatch, "add_measures"):
        app.button(key="path.documents_measure.0").click().run()
        assert told_to_wait(app)
        assert say("trouble.kept") in [one.value for one in app.markdown]
        assert app.title[0].value == before
        assert len(store.measures(agency_id, 2564)) == 10
        app.button(key="trouble.write").click().run()
        assert told_to_wait(app)
    app.button(key="trouble.write").click().run()
    assert not app.error
    assert say("trouble.written") in [one.value for one in app.toast]
    assert len(store.measures(agency_id, 2564)) == 11
    app.run()
    assert len(store.measures(agency_id, 2564)) == 11


def test_a_note_typed_while_the_disk_is_full_is_kept_from_slide_to_slide(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency_id = store_samples(store)
    app = shown("meeting")
    app.button(key="meeting.note").click().run()
    with full(store, monkeypatch, "write_slide_note"):
        (note,) = app.text_area
        note.set_value("ถามกองคลัง").run()
        assert told_to_wait(app)
        app.button(key="meeting.next").click().run()
        assert told_to_wait(app)
        assert store.slide_notes(agency_id, 2564) == {}
    app.button(key="meeting.previous").click().run()
    assert not app.error
    assert list(store.slide_notes(agency_id, 2564).values()) == ["ถามกองคลัง"]
    assert app.text_area[0].value == "ถามกองคลัง"


def test_what_waits_keeps_its_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    agency_id = store_samples(store)
    app = shown("meeting")
    app.button(key="meeting.note").click().run()
    with full(store, monkeypatch, "write_slide_note"):
        app.text_area[0].set_value("แรก").run()
    with full(store, monkeypatch, "revision"):
        app.text_area[0].set_value("หลัง").run()
    app.run()
    assert not app.error
    assert list(store.slide_notes(agency_id, 2564).values()) == ["หลัง"]


def test_measures_removed_while_the_disk_is_full_are_removed_afterwards(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency_id = store_samples(store)
    app = shown("measures")
    first, second, *others = store.measures(agency_id, 2564)["measure_id"].tolist()
    app.session_state["measures.ticked"] = {first, second}
    app.run()
    with full(store, monkeypatch, "apply_measures"):
        app.button(key="measures.delete_confirm").click().run()
        assert told_to_wait(app)
        assert len(store.measures(agency_id, 2564)) == 10
    app.button(key="trouble.retry").click().run()
    assert not app.exception
    assert not app.error
    assert store.measures(agency_id, 2564)["measure_id"].tolist() == others


def test_two_edits_of_one_measure_that_had_to_wait_are_no_edits_of_two_people(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency_id = store_samples(store)
    app = shown("measures")
    with full(store, monkeypatch, "apply_measures"):
        for edit in ({"title": "พิมพ์ไว้แล้ว"}, {"title": "พิมพ์ไว้แล้ว", "suggestion": "ต่อเนื่อง"}):
            app.session_state["measures.editor"] = {"edited_rows": {"3": edit}, "added_rows": [], "deleted_rows": []}
            app.run()
    app.button(key="trouble.retry").click().run()
    assert not app.exception
    assert not app.error
    assert not any("measures.stale" in str(button.key) for button in app.button)
    stored = store.measures(agency_id, 2564).iloc[3]
    assert (stored["title"], stored["suggestion"], stored["version"]) == ("พิมพ์ไว้แล้ว", "ต่อเนื่อง", 2)


def test_an_edit_is_saved_although_the_run_that_found_it_was_cut_short(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who types on fast asks for the next run before this one has come to saving."""
    agency_id = store_samples(store)
    app = shown("measures")
    save, cuts = measure_changes.save, []

    def cut_short(*given: object, **named: object) -> None:
        if not cuts:
            cuts.append(given)
            raise RuntimeError("cut short")
        save(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(measure_editor, "save", cut_short)
    edits = {"3": {"title": "พิมพ์ไว้แล้ว"}}
    for _ in range(2):
        app.session_state["measures.editor"] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
        app.run()
    assert cuts
    assert store.measures(agency_id, 2564)["title"].iloc[3] == "พิมพ์ไว้แล้ว"


def test_a_broken_file_is_named_with_the_newest_backup_that_can_be_read(store: Store, database_file: Path) -> None:
    store_samples(store)
    assert store.backups is not None
    for _ in range(2):
        store.back_up("asked")
    newest, older = store.backups.listed().itertuples()
    store.backups.path(newest.name).write_bytes(b"broken too")
    store.close()
    database_file.write_bytes(b"no database" * 1000)
    app = shown("measures")
    assert not app.exception
    assert [said(one.value) for one in app.error] == [say("trouble.broken", where=database_file)]
    offered = say("trouble.broken_backup", when=moment(older.made_at, say))
    assert plain(offered) in [one.value for one in app.markdown]
    assert app.button(key="trouble.restore").label == say("trouble.restore")


def test_a_server_starts_on_a_broken_file_and_its_health_says_so(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITA_DATABASE_URL", f"sqlite:///{database_file}")
    st.cache_resource.clear()
    database_file.write_bytes(b"no database" * 1000)
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, start_and_stop()).result()
    answer = health()
    assert (answer.status_code, json.loads(answer.body)) == (503, {"status": "trouble", "trouble": BROKEN})
    database_file.unlink()
    assert (health().status_code, json.loads(health().body)["status"]) == (200, "ok")
    st.cache_resource.clear()
