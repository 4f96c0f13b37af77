"""Who is taken to sit at the server itself, and what a write that is not somebody's comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ita.access import Access, BadAccess, NotAdmitted, Person
from ita.reading.results import read_results
from ita.store import MeasureChange, Store, Upload
from ita.text import speaker
from ita.ui import cache, measure_editor, server, sign_in, writing
from tests.browser.workbooks import BUA, GOOD_SCORES, result_file, store_result, store_samples

say = speaker("th")
OTHER = "เทศบาลเมืองใหม่"
READER, CLERK, OF_OTHER, CHIEF = "reader@example.org", "clerk@example.org", "mai@example.org", "chief@example.org"
SECTION = dict.fromkeys(("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url"), "x")
ACCESS = {
    "viewers": [READER],
    "editors": [CLERK, OF_OTHER],
    "admins": [CHIEF],
    "agencies": {OF_OTHER: [OTHER]},
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("ITA_DATABASE_URL", f"sqlite:///{tmp_path / 'ita.sqlite3'}")
    st.cache_resource.clear()
    opened = cache.store()
    yield opened
    opened.close()
    st.cache_resource.clear()


@pytest.fixture
def be(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Call it with an e-mail to be signed in as that; sign-in is configured from then on."""

    def being(email: str, *, hours_ago: float = 0) -> None:
        issued = dt.datetime.now(dt.UTC).timestamp() - hours_ago * 3600
        told = {"email": email, "email_verified": True, "iat": issued}
        configured = Access.of({"auth": SECTION, "access": ACCESS})
        monkeypatch.setattr(sign_in, "access", lambda: configured)
        monkeypatch.setattr(sign_in, "claims", lambda: told if email else {})

    return being


# At the server


@pytest.mark.parametrize(
    ("bound_to", "headers", "local"),
    [
        ("localhost", {"Host": "localhost:8501", "Origin": "http://localhost:8501"}, True),
        ("127.0.0.1", {"Host": "127.0.0.1:8501"}, True),
        ("::1", {"Host": "[::1]:8501", "Origin": "http://[::1]:8501"}, True),
        ("localhost", {}, True),
        ("0.0.0.0", {"Host": "localhost:8501"}, False),
        (None, {"Host": "localhost:8501"}, False),
        ("192.168.1.20", {"Host": "192.168.1.20:8501"}, False),
        ("localhost", {"Host": "ita.example.org"}, False),
        ("localhost", {"Host": "localhost.example.org"}, False),
        ("localhost", {"Host": "localhost:8501", "Origin": "https://ita.example.org"}, False),
        ("localhost", {"Host": "localhost:8501", "Origin": "null"}, False),
        ("localhost", {"Host": "[broken"}, False),
        ("localhost", {"Host": "localhost:8501", "X-Forwarded-For": "203.0.113.5"}, False),
        ("localhost", {"Host": "localhost:8501", "Forwarded": "for=127.0.0.1"}, False),
        ("localhost", {"Host": "localhost:8501", "X-Real-IP": "127.0.0.1"}, False),
    ],
)
def test_only_who_sits_at_the_server_need_not_sign_in(
    bound_to: str | None, headers: dict[str, str], local: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "access", lambda: None)
    context = SimpleNamespace(headers=headers)
    options = {"server.address": bound_to}
    monkeypatch.setattr(sign_in, "st", SimpleNamespace(context=context, get_option=options.get))
    assert sign_in.is_at_the_server() is local
    assert sign_in.person().role == ("admin" if local else "viewer")


def test_secrets_that_cannot_be_read_open_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secrets.toml"
    secrets = SimpleNamespace(load_if_toml_exists=lambda: False)
    monkeypatch.setattr(sign_in, "st", SimpleNamespace(secrets=secrets, get_option=lambda _: [str(file)]))
    sign_in.access.cache_clear()
    assert sign_in.access() is None
    file.write_text("[access\n")
    sign_in.access.cache_clear()
    with pytest.raises(BadAccess, match="unreadable"):
        sign_in.access()
    sign_in.access.cache_clear()


# Writing


def writes(agency_id: int, measure_id: int) -> list[Callable[[], Any]]:
    """Every way of writing, aimed at an agency and a measure of it."""
    content = result_file(BUA, fiscal_year=2565)
    reading, upload = read_results(content), Upload.of(content, "ผล.xlsx")
    frame = pd.DataFrame([{"title": "ใหม่"}])
    preview = cache.store().preview_measures(agency_id, 2564, frame)
    return [
        lambda: writing.save_results(reading, upload),
        lambda: writing.add_measures(agency_id, 2564, [{"title": "ใหม่"}]),
        lambda: writing.apply_measures([MeasureChange(measure_id, 1, {"title": "ใหม่"})]),
        lambda: writing.merge_measures(agency_id, 2564, frame, preview, upload),
        lambda: writing.save_known_items(agency_id, 2564, {"o1": True}),
        lambda: writing.write_slide_note(agency_id, 2564, "verdict", "ใหม่"),
        lambda: writing.close_meeting(agency_id, 2564, None),  # type: ignore[arg-type]
        lambda: writing.restore_measure(measure_id),
        writing.remove_examples,
        lambda: writing.forget_person(CLERK, "–"),
        writing.back_up,
        writing.renew_backups,
        lambda: writing.restore_backup(None, "ita.sqlite3"),  # type: ignore[arg-type]
    ]


def test_every_way_of_writing_is_tried_below(store: Store) -> None:
    public = {name for name, one in vars(writing).items() if getattr(one, "__module__", "") == writing.__name__}
    tried = {name for way in writes(store_samples(store), 1) for name in (*way.__code__.co_names, way.__name__)}
    assert {name for name in public if not name.startswith("_")} <= tried
    assert "apply_measures" in public


@pytest.mark.parametrize(
    ("email", "hours_ago", "refused"),
    [(READER, 0, sign_in.Refused), (OF_OTHER, 0, sign_in.Refused), (CHIEF, 13, NotAdmitted), ("", 0, NotAdmitted)],
)
def test_what_is_not_theirs_is_refused_at_the_moment_of_writing(
    email: str, hours_ago: float, refused: type[Exception], store: Store, be: Callable[..., None]
) -> None:
    agency_id = store_samples(store)
    store_result(store, result_file(OTHER, scores=GOOD_SCORES))
    measure_id = int(store.measures(agency_id, 2564)["measure_id"].iloc[0])
    revision = store.revision()
    be(email, hours_ago=hours_ago)
    for write in writes(agency_id, measure_id):
        with pytest.raises(refused):
            write()
    assert store.revision() == revision


def test_what_is_theirs_is_written_under_their_email(store: Store, be: Callable[..., None]) -> None:
    agency_id = store_samples(store)
    be(CLERK)
    measure_id = int(store.measures(agency_id, 2564)["measure_id"].iloc[0])
    assert writing.apply_measures([MeasureChange(measure_id, 1, {"title": "ใหม่"})]) == []
    content = result_file(BUA, fiscal_year=2565)
    writing.save_results(read_results(content), Upload.of(content, "ผล.xlsx"))
    assert store.measure_changes(agency_id, 2564)["changed_by"].iloc[0] == CLERK
    assert store.history(agency_id, 2565)["uploaded_by"].tolist() == [CLERK]
    with pytest.raises(sign_in.Refused):
        writing.remove_examples()


# The pages


def shown(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(server.SCRIPT, default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(f"../../pages/{page}.py").run()


def drawn(app: AppTest) -> str:
    """All that a page sends to the browser, words of tables and charts among it."""
    sent = (node.proto for node in app.main if getattr(node, "proto", None) is not None)
    return "".join(proto.SerializeToString().decode("utf-8", "replace") for proto in sent)


def without_marks(text: str) -> str:
    """A text without what keeps Markdown from reading it."""
    return text.replace("\\", "").replace(":gray[]", "")


def test_an_edit_that_a_reader_posts_into_the_session_is_refused_and_said_to_be(
    store: Store, be: Callable[..., None]
) -> None:
    agency_id = store_samples(store)
    be(CLERK)
    app = shown("measures")
    be(READER)
    edits = {"3": {"title": "ทำทะเบียนใหม่", "status": "completed"}}
    app.session_state[measure_editor.KEY] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    revision = store.revision()
    app.run()
    assert not app.exception
    assert say("access.refused") in [warning.value for warning in app.warning]
    assert store.revision() == revision
    assert "ทำทะเบียนใหม่" not in set(store.measures(agency_id, 2564)["title"])
    app.run()
    assert not app.warning


def test_what_a_dialog_was_refused_is_told_without_a_code() -> None:
    app = AppTest.from_function(_refused).run()
    assert [warning.value for warning in app.warning] == [say("access.refused")]
    assert not app.error


def _refused() -> None:
    from ita.ui import server, sign_in

    server.tell_error(sign_in.Refused())


def test_a_button_that_was_drawn_while_one_might_still_edit_writes_nothing(
    store: Store, be: Callable[..., None]
) -> None:
    store_samples(store)
    be(CLERK)
    app = shown("path", year="2564")
    revision = store.revision()
    be(READER)
    app.button(key="path.documents_measure.0").click().run()
    assert not app.exception
    assert say("access.refused") in [warning.value for warning in app.warning]
    assert store.revision() == revision


@pytest.mark.parametrize("page", ["overview", "indicators", "compare", "measures", "path", "documents", "meeting"])
def test_an_agency_in_the_address_that_is_not_theirs_gives_way_to_one_that_is(
    page: str, store: Store, be: Callable[..., None]
) -> None:
    bua = store_samples(store)
    be(CHIEF)
    before = drawn(shown(page, agency=str(bua)))  # and what it shows is kept for whoever comes next
    assert BUA in before
    store_result(store, result_file(OTHER, scores=GOOD_SCORES))
    be(OF_OTHER)
    app = shown(page, agency=str(bua), year="2564")
    assert not app.exception
    assert BUA not in drawn(app)
    assert "80.84" not in drawn(app)
    assert app.selectbox(key="frame.agency").options == [OTHER]


def _asking() -> None:
    """A page that asks for an agency whatever the address says."""
    import streamlit as st

    from ita.ui import cache, sign_in

    agency_id = int(st.query_params["agency"])
    cache.look()
    asking = [(ask, agency_id) for ask in (cache.years, cache.agency_name)]
    of_year = (cache.result, cache.assessment, cache.measures, cache.measures_by_indicator)
    for ask, *what in asking + [(ask, agency_id, 2564) for ask in of_year]:
        try:
            ask(*what)
            st.text("told")
        except sign_in.Refused:
            st.text("refused")
    st.text(len(cache.peers(2564).agencies))


def test_what_is_kept_of_another_agency_is_not_handed_out(store: Store, be: Callable[..., None]) -> None:
    bua = store_samples(store)

    told = {}
    for email in (CHIEF, OF_OTHER):
        be(email)
        app = AppTest.from_function(_asking)
        app.query_params["agency"] = str(bua)
        told[email] = [text.value for text in app.run().text]
    assert told == {CHIEF: ["told"] * 6 + ["1"], OF_OTHER: ["refused"] * 6 + ["0"]}


def test_nobody_is_let_in_while_the_configuration_is_wrong(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store_samples(store)

    def wrong() -> Access:
        raise BadAccess("no_role", email=CLERK, lists="viewers")

    monkeypatch.setattr(sign_in, "access", wrong)
    app = shown("measures")
    assert app.title[0].value == say("access.closed_title")
    assert BUA not in drawn(app)
    assert CLERK in without_marks(drawn(app))
    monkeypatch.setattr(sign_in, "is_at_the_server", lambda: False)
    app = shown("measures")
    assert say("access.closed_text") in [text.value for text in app.markdown]
    assert CLERK not in without_marks(drawn(app))


def test_a_person_is_who_the_configuration_says(be: Callable[..., None]) -> None:
    be(OF_OTHER)
    who = sign_in.person()
    assert isinstance(who, Person)
    assert (who.role, who.may_see(OTHER), who.may_see(BUA)) == ("editor", True, False)
