"""Every page runs, in both languages, on whatever is stored; what breaks is told in a sentence."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ita import comparing, log, sentences
from ita.rulebooks import latest
from ita.store import Store
from ita.text import LANGUAGES, speaker
from ita.ui import cache, server
from tests.browser.workbooks import BUA, GOOD_SCORES, SEED_SCORES, result_file, store_result, store_samples

PAGES = ("overview", "indicators", "compare", "measures", "path", "upload", "history", "rules", "privacy")
PATIENCE = 30

say = speaker("th")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the pages see, empty."""
    monkeypatch.setenv("ITA_DATABASE_URL", f"sqlite:///{tmp_path / 'ita.sqlite3'}")
    st.cache_resource.clear()
    st.cache_data.clear()
    opened = cache.store()
    yield opened
    opened.close()
    st.cache_resource.clear()


def shown(page: str = "overview", **query: str) -> AppTest:
    """A page as a visitor with this address sees it."""
    app = AppTest.from_file(server.SCRIPT, default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(f"../../pages/{page}.py").run()
    return app


def words(app: AppTest) -> str:
    """All texts on the page, one a line."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.warning, app.error, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def said(text: str) -> str:
    """A text without the marks that keep Markdown from reading it."""
    return re.sub(r"\\(.)", r"\1", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_any_result_tells_how_to_begin(page: str, language: str, store: Store) -> None:
    app = shown(page, language=language)
    assert not app.exception
    assert not app.error
    say = speaker(language)
    if page == "rules":  # which need no result
        assert said(app.title[0].value) == sentences.rules_title(latest(), say)
        return
    own = {"overview": "overview.empty_title", "upload": "upload.title"}
    own["privacy"] = "privacy.title"
    key = own.get(page, "frame.nothing_title")
    assert app.title[0].value == say(key)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_results_and_measures_runs(page: str, language: str, store: Store) -> None:
    store_samples(store)
    app = shown(page, language=language)
    assert not app.exception
    assert not app.error
    if page == "overview":
        told = {"th": "80.84 คะแนน ระดับ B ยังไม่ผ่าน", "en": "80.84 points, level B: not passed"}
        assert told[language] in said(app.title[0].value)


@pytest.mark.parametrize("page", PAGES)
def test_an_indicator_without_a_score_leaves_the_total_open(page: str, store: Store) -> None:
    store_result(store, result_file(scores=(*SEED_SCORES[:4], None, *SEED_SCORES[5:])))
    app = shown(page)
    assert not app.exception
    assert not app.error
    if page == "overview":
        assert said(app.title[0].value) == say("sentence.no_total", missing=5)
        assert say("sentence.instrument_missing", count=5) in said(words(app))


def test_a_passing_result_is_called_passed(store: Store) -> None:
    store_result(store, result_file(scores=GOOD_SCORES))
    for page in PAGES:
        app = shown(page)
        assert not app.exception
    app = shown()
    assert say("sentence.all_reached", count=10) in said(words(app))
    assert say("sentence.passed", total="97.72", level="AA") == said(app.title[0].value)


@pytest.mark.parametrize(
    ("scores", "sentence", "total", "level"),
    [
        (GOOD_SCORES, "passed", "97.72", {"th": "ผ่านดีเยี่ยม", "en": "Excellent pass"}),
        ((90.0,) * 10, "passed", "90.00", {"th": "ผ่านดี", "en": "Good pass"}),
        ((*(99.0,) * 8, 80.0, 80.0), "passed", "91.40", {"th": "ผ่าน", "en": "Pass"}),
        ((75.0,) * 10, "not_passed", "75.00", {"th": "ต้องปรับปรุง", "en": "Needs improvement"}),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_2566_on_levels_are_words(
    language: str, scores: tuple[float, ...], sentence: str, total: str, level: dict[str, str], store: Store
) -> None:
    store_result(store, result_file(fiscal_year=2566, scores=scores))
    verdict = speaker(language)(f"sentence.{sentence}", total=total, level=level[language], gap="10.00")
    assert said(shown(language=language).title[0].value) == verdict


def test_a_printed_total_that_is_not_the_sum_is_shown_with_a_warning(store: Store) -> None:
    store_result(store, result_file(total=85.50, level="A"))
    app = shown()
    assert "85.50" in said(app.title[0].value)
    [warning] = app.warning
    assert said(warning.value) == say("sentence.disagreement", printed="85.50", computed="80.84")


def test_a_printed_total_that_is_the_sum_is_shown_without(store: Store) -> None:
    store_result(store, result_file(total=80.84, level="B"))
    assert not shown().warning


def test_the_example_is_loaded_and_said_to_be_one(store: Store) -> None:
    app = shown()
    app.button(key="overview.sample").click().run()
    assert not app.exception
    assert "80.84" in said(app.title[0].value)
    assert say("frame.example") in words(app)
    assert store.has_examples()


def test_an_uploaded_file_is_stored_when_it_is_confirmed(store: Store) -> None:
    app = shown("upload")
    app.file_uploader(key="upload.file").set_value(("ผลคะแนน.xlsx", result_file(), "application/octet-stream")).run()
    assert not app.exception
    assert store.agency_count() == 0
    app.button(key="upload.confirm").click().run()
    assert not app.exception
    assert store.agencies(BUA)["newest_year"].tolist() == [2564]


def test_an_edit_in_the_table_of_measures_is_stored(store: Store) -> None:
    agency_id = store_samples(store)
    app = shown("measures")
    edits = {"3": {"title": "ทำทะเบียนใหม่", "status": "completed", "period_text": "ต.ค. 65 – มี.ค. 66"}}
    app.session_state["measures.editor"] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    app.run()
    assert not app.exception
    stored = store.measures(agency_id, 2564).iloc[3]
    assert (stored["title"], stored["status"], stored["version"]) == ("ทำทะเบียนใหม่", "completed", 2)
    assert str(stored["period_end"].date()) == "2023-03-31"


def test_what_the_browser_still_tells_of_a_table_that_was_put_away_is_nothing_new(store: Store) -> None:
    agency_id = store_samples(store)
    app = shown("measures")
    before = store.measures(agency_id, 2564)
    del app.session_state["measures.drawn"]
    edits = {"3": {"title": "ทำทะเบียนใหม่", "status": "completed"}}
    app.session_state["measures.editor"] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    app.run()
    assert not app.exception
    pd.testing.assert_frame_equal(store.measures(agency_id, 2564), before)


def test_an_agency_and_a_year_that_are_gone_give_way_to_those_there_are(store: Store) -> None:
    agency_id = store_samples(store)
    app = shown(agency=str(agency_id), year="2563")
    assert "79.20" in said(app.title[0].value)
    app = shown(agency="4711", year="2599")
    assert "80.84" in said(app.title[0].value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_breaks_in_a_page_is_told_in_a_sentence_with_a_code(
    language: str, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """The server gives every error of a script to `tell_error`; here a script does so itself."""
    app = AppTest.from_function(_broken, default_timeout=PATIENCE)
    app.query_params["language"] = language
    with caplog.at_level(logging.ERROR, logger="ita"):
        app.run()
    assert not app.exception
    [told] = app.error
    [record] = [record for record in caplog.records if record.name == "ita"]
    line = json.loads(log.handler().format(record))
    assert re.fullmatch("[0-9A-F]{6}", line["code"])
    assert told.value == speaker(language)("error.page", code=line["code"])
    assert "RuntimeError" in line["error"]
    assert "Traceback" not in told.value
    assert "secret" not in told.value


def _broken() -> None:
    from ita.ui.server import tell_error

    tell_error(RuntimeError("secret"))


def test_two_clerks_who_confirm_documents_side_by_side_keep_what_both_know(store: Store) -> None:
    store_samples(store)
    agency_id = store.newest_agency_id()
    assert agency_id is not None
    one, other = shown("path", year="2564"), shown("path", year="2564")
    one.multiselect(key="path.failed").select("o42").run()
    other.multiselect(key="path.published").select("o34").run()
    assert store.known_items(agency_id, 2564) == {"o34": True, "o42": False}
    other.multiselect(key="path.published").set_value(["o34", "o42"]).run()
    assert store.known_items(agency_id, 2564) == {"o34": True, "o42": True}
    assert other.multiselect(key="path.failed").value == []
    other.multiselect(key="path.published").set_value(["o42"]).run()
    assert store.known_items(agency_id, 2564) == {"o42": True}


def test_a_measure_without_an_indicator_is_among_those_of_last_year(store: Store) -> None:
    agency_id = store_samples(store)
    before = store.measures(agency_id, 2564)
    store.add_measures(agency_id, 2564, [{"indicator": None, "title": "อบรม", "status": "completed"}])
    store_result(store, result_file(fiscal_year=2565))
    app = shown("compare", year="2565", agency=str(agency_id))
    assert not app.exception
    table = next(frame.value for frame in app.dataframe if "effect" in frame.value)
    assert len(table) == len(before) + 1
    [row] = table[table["title"] == "อบรม"].itertuples()
    assert (row.indicator, row.effect) == (say("check_sheet.no_indicator"), comparing.effect_word("cannot_tell", say))


def test_a_measure_made_from_the_way_names_the_unit_that_was_in_charge_last_year(store: Store) -> None:
    agency_id = store_samples(store)
    store_result(store, result_file(fiscal_year=2565))
    app = shown("path", year="2565", agency=str(agency_id))
    app.button(key="path.documents_measure.0").click().run()
    assert not app.exception
    [made] = store.measures(agency_id, 2565).itertuples()
    before = store.measures(agency_id, 2564)
    assert made.responsible == before.loc[before["indicator"] == 10, "responsible"].iloc[0] != ""
    assert "O42" in made.title
    assert made.period_text
