"""The running server as a program asks it, not a browser: who is let in, what every answer carries, what is logged."""

from __future__ import annotations

import json
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

import pytest

from ita.store.tables import NEWEST
from tests.benchmarks.websocket import TOKEN
from tests.browser.dashboard import Site, running
from tests.browser.workbooks import measures_file, result_file, store_result
from tests.handshake import LET_IN, REFUSED, handshake

PERSON = "นางสมมติ ใจงาม"
TITLE = "เผยแพร่แผนจัดซื้อจัดจ้างบนเว็บไซต์"
AGENCY = "เทศบาลตำบลทดสอบบันทึก"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("site"), unbroken=False) as site:
        yield site


def ask(site: Site, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(site.address + path, data=body, method=method, headers=named)
    try:
        with urllib.request.urlopen(request) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as refusal:
        return Answer(refusal.code, refusal.headers, refusal.read())


def session(site: Site, origin: str, host: str | None = None) -> int:
    """The status with which a page of `origin` is answered that asks for a session."""
    address = site.address.removeprefix("http://")
    with closing(HTTPConnection(address, timeout=10)) as connection:
        return handshake(connection, host or address, origin)


# Headers and cookies


@pytest.mark.parametrize("path", ["/", "/indicators", "/health", "/_stcore/health", "/app/static/icon.png", "/no/such"])
def test_every_answer_says_what_a_browser_may_do_with_it(site: Site, path: str) -> None:
    headers = ask(site, path, Accept="text/html").headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["form-action"] == policy["base-uri"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["connect-src"] == "'self' data: blob:"
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["strict-transport-security"] is None


def test_the_cookie_against_forged_requests_goes_to_no_other_site_and_behind_tls_never_without(site: Site) -> None:
    plain = ask(site, "/_stcore/health").headers["set-cookie"]
    assert "SameSite=Strict" in plain
    assert "Secure" not in plain
    behind_tls = ask(site, "/_stcore/health", X_Forwarded_Proto="https").headers
    assert behind_tls["set-cookie"].endswith("; Secure")
    assert behind_tls["strict-transport-security"] == "max-age=31536000"


# Who is let in


def test_a_session_is_opened_from_our_own_page_only(site: Site) -> None:
    host = site.address.removeprefix("http://")
    assert session(site, f"http://{host}") == LET_IN
    assert session(site, "http://elsewhere.example") == REFUSED
    assert session(site, "http://localhost:3000") == REFUSED
    assert session(site, "null") == REFUSED


def test_a_site_whose_name_points_here_is_turned_away(site: Site) -> None:
    assert session(site, "http://rebound.example", host="rebound.example") == REFUSED


@pytest.mark.parametrize(
    "headers", [{}, {"X_Xsrftoken": TOKEN}, {"Cookie": f"_streamlit_xsrf={TOKEN}"}], ids=["neither", "header", "cookie"]
)
def test_a_file_sent_without_the_token_in_both_places_is_refused(site: Site, headers: dict[str, str]) -> None:
    path = "/_stcore/upload_file/nobody/1"
    assert ask(site, path, "PUT", b"x", **headers).status == 403
    assert ask(site, path, "DELETE", **headers).status == 403


def test_a_file_over_the_limit_is_refused(site: Site) -> None:
    with site.server.welcome() as visitor:
        visitor.visit("upload")
        path = visitor.place_for("a.xlsx").upload_url
        token = {"X_Xsrftoken": TOKEN, "Cookie": f"_streamlit_xsrf={TOKEN}"}
        # Told before a byte of it is taken.
        assert ask(site, path, "PUT", Content_Length=str(20 * 2**20 + 1), **token).status == 413


# Health


def test_health_says_that_the_database_answers_and_its_layout_and_nothing_else(site: Site) -> None:
    answer = ask(site, "/health")
    assert answer.status == 200
    assert json.loads(answer.body) == {"status": "ok", "database": "sqlite", "layout": NEWEST}


def test_health_is_503_while_the_database_is_gone_and_well_again_after(tmp_path: Path) -> None:
    with running(tmp_path, unbroken=False) as site:
        file, away = tmp_path / "ita.sqlite3", tmp_path / "away.sqlite3"
        file.rename(away)
        answer = ask(site, "/health")
        assert answer.status == 503
        assert json.loads(answer.body) == {"status": "database unreachable"}
        away.rename(file)
        assert ask(site, "/health").status == 200


# The log


def logged(site: Site, event: str) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in site.log.splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == event]


def test_a_file_is_logged_with_size_time_and_outcome_and_nothing_that_it_says(site: Site) -> None:
    store_result(site.store, result_file(AGENCY))
    measures = measures_file({"title": TITLE, "responsible": PERSON}, agency=AGENCY)
    broken = b"no workbook"
    with site.server.welcome() as visitor:
        visitor.visit("upload")
        visitor.upload("upload.file", f"{PERSON}.xlsx", measures)
        visitor.press("upload.confirm")
    with site.server.welcome() as visitor:
        visitor.visit("upload")
        visitor.upload("upload.file", f"{PERSON}.xlsx", broken)
    assert site.store.measures(1, 2564)["responsible"].tolist() == [PERSON]
    understood, refused = logged(site, "file_read")
    assert (understood["size"], understood["outcome"]) == (len(measures), "measures")
    assert (refused["size"], refused["outcome"]) == (len(broken), "ITA-F30")
    assert isinstance(understood["ms"], int)
    [saved] = logged(site, "file_saved")
    assert (saved["file"], saved["measures"]) == (understood["file"], 1)
    for text in (PERSON, TITLE, AGENCY):
        assert text not in site.log
        assert json.dumps(text)[1:-1] not in site.log


def test_a_page_that_breaks_over_a_text_logs_its_code_and_way_and_not_the_text(site: Site) -> None:
    """A status that no version knows, as a hand in the database leaves it."""
    agency_id = store_result(site.store, result_file(AGENCY))
    site.store.add_measures(agency_id, 2564, [{"title": TITLE, "responsible": PERSON}])
    with sqlite3.connect(site.database_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE measure SET period_start = ?", (f"{PERSON}",))
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
    connection.close()
    with site.server.welcome() as visitor:
        run = visitor.visit("measures")
    alerts = [element.alert.body for element in run.elements if element.WhichOneof("type") == "alert"]
    [error] = logged(site, "page_error")
    assert any(str(error["code"]) in alert for alert in alerts)
    assert "Traceback" in str(error["error"])
    assert "measures.py" in str(error["error"])
    for text in (PERSON, TITLE):
        assert text not in site.log


def test_the_log_can_be_read_line_by_line(site: Site) -> None:
    ours = [line for line in site.log.splitlines() if not line.startswith(("{", "เปิดที่"))]
    assert ours == []
