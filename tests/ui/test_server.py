"""What stands around the script: the connection, the first page, the headers."""

from __future__ import annotations

import asyncio
import io
import socket
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import config
from streamlit.web import skills

from ita.access import BadAccess
from ita.text import LANGUAGES
from ita.ui import gate, server, sign_in
from ita.ui.first_page import OUR_FONT, FirstPage, changed
from ita.ui.server import HEADERS, BackToAsked, PromptMessages, SecurityHeaders

PAGE = b"""<!DOCTYPE html><html lang="en"><head>
<link rel="shortcut icon" href="./favicon.png" />
<link
  rel="preload"
  href="./static/media/SourceSansVF-Upright.ttf.abc.woff2"
  as="font"
/>
<title>Streamlit</title></head><body></body></html>"""


@dataclass
class Protocol:
    """What uvicorn's receive belongs to: a thing with a transport that knows its socket."""

    connection: socket.socket

    @property
    def transport(self) -> Protocol:
        return self

    def get_extra_info(self, name: str) -> socket.socket | None:
        return self.connection if name == "socket" else None

    async def receive(self) -> Message:
        return {"type": "websocket.connect"}


@pytest.fixture
def connection() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as mine:
        theirs, _ = listener.accept()
        with theirs:
            assert mine.fileno() != theirs.fileno()
            yield theirs


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread of its own: the browser tests keep a loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, coroutine).result()


def answer_of(app: Any, scope: Scope) -> list[Message]:
    """What an app sends to one request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    run(app(scope, receive, send))
    return sent


def served(body: bytes, content_type: bytes = b"text/html") -> Any:
    """An app that answers everything with this body, and notes what it was asked."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        app.asked = scope
        headers = [(b"content-type", content_type), (b"etag", b'"1"'), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


def asked(path: str, accept: str = "text/html,*/*") -> Scope:
    headers = [(b"accept", accept.encode()), (b"accept-encoding", b"br"), (b"if-none-match", b'"1"')]
    return {"type": "http", "path": path, "raw_path": path.encode(), "headers": headers}


def test_a_session_does_not_wait_for_acknowledgements(connection: socket.socket) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None: ...

    assert not connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    run(PromptMessages(app)({"type": "websocket"}, Protocol(connection).receive, None))  # type: ignore[arg-type]
    assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_server_that_hides_its_connection_serves_all_the_same() -> None:
    assert len(answer_of(PromptMessages(served(b"x")), {"type": "websocket", "path": "/"})) == 2


def test_the_first_page_is_thai_and_ours() -> None:
    page = changed(PAGE).decode()
    assert '<html lang="th">' in page
    assert "<title>ผลประเมิน ITA</title>" in page
    assert 'href="./app/static/icon.png"' in page
    assert "window.__streamlit = {BACKEND_BASE_URL:" in page
    assert OUR_FONT in page
    assert "SourceSans" not in page


def test_the_changed_page_is_as_long_as_it_says_and_keeps_no_mark_of_the_old_one() -> None:
    start, body = answer_of(FirstPage(served(PAGE)), asked("/indicators"))
    headers = dict(start["headers"])
    assert int(headers[b"content-length"]) == len(body["body"])
    assert b"etag" not in headers
    assert "ผลประเมิน ITA" in body["body"].decode()


def test_the_page_behind_is_asked_for_whole_and_plain() -> None:
    app = served(PAGE)
    answer_of(FirstPage(app), asked("/"))
    assert [name for name, _ in app.asked["headers"]] == [b"accept"]


def test_what_is_no_page_goes_through_untouched() -> None:
    script = b'const page = "<title>Streamlit</title>"'
    assert (
        answer_of(FirstPage(served(script, b"text/javascript")), asked("/static/js/index.js", "*/*"))[1]["body"]
        == script
    )
    assert answer_of(FirstPage(served(script, b"text/javascript")), asked("/static/js/index.js"))[1]["body"] == script


def test_whoever_asks_for_streamlits_font_gets_ours() -> None:
    app = served(b"font", b"font/woff2")
    answer_of(FirstPage(app), asked("/static/media/SourceSansVF-Upright.ttf.abc.woff2", "*/*"))
    assert app.asked["path"] == f"/{OUR_FONT}"


def test_every_answer_carries_the_security_headers() -> None:
    start, _ = answer_of(SecurityHeaders(served(b"x")), asked("/health"))
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    assert {name.lower(): value for name, value in HEADERS.items()}.items() <= headers.items()


def answer_to_who_comes_back(asked_for: str | None, path: str = "/oauth2callback") -> dict[bytes, list[bytes]]:
    """The headers that a browser gets which comes back from the provider and has this in its cookie."""

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"location", b"/"), (b"set-cookie", b"_streamlit_user=x")]
        await send({"type": "http.response.start", "status": 302, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    cookies = [] if asked_for is None else [(b"cookie", f"{gate.ASKED}={quote(asked_for, safe='')}".encode())]
    start, _ = answer_of(BackToAsked(streamlit), {"type": "http", "path": path, "headers": cookies})
    found: dict[bytes, list[bytes]] = {}
    for name, value in start["headers"]:
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("address", ["/measures?year=2564&status=completed,cancelled", "/", "/ita/path?target=level"])
def test_who_comes_back_from_signing_in_goes_to_what_they_had_asked_for(address: str) -> None:
    headers = answer_to_who_comes_back(address)
    assert headers[b"location"] == [address.encode()]
    user, asked = headers[b"set-cookie"]
    assert user == b"_streamlit_user=x"
    assert asked.startswith(f"{gate.ASKED}=; ".encode())


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "//example.org",
        "/\\example.org",
        "https://example.org",
        "measures",
        "/\n/x",
        "/a\r\nSet-Cookie: x=y",
        "/ x",
    ],
)
def test_nobody_is_sent_to_another_host_by_a_cookie(address: str | None) -> None:
    headers = answer_to_who_comes_back(address)
    assert headers[b"location"] == [b"/"]
    assert len(headers[b"set-cookie"]) == 1


def test_only_who_comes_back_from_signing_in_is_sent_on() -> None:
    assert answer_to_who_comes_back("/measures", path="/auth/logout")[b"location"] == [b"/"]


@pytest.mark.parametrize("wrong", [True, False])
def test_what_is_wrong_with_sign_in_is_told_at_the_start(
    wrong: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def access() -> None:
        if wrong:
            raise BadAccess("no_access")

    monkeypatch.setattr(sign_in, "access", access)
    server._tell_mistake()
    assert capsys.readouterr().out.splitlines() == (
        [BadAccess("no_access").message(language) for language in LANGUAGES] if wrong else []
    )


def test_nothing_for_programmers_is_shown_over_the_page_on_an_office_pc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skills, "agent_harness_present", lambda: True)
    monkeypatch.setattr(skills, "detect_installed_skills", lambda *_: [])
    ours = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: name != "server.headless" and ours(name))
    assert skills.nudge_suppression_reason() == "welcome_hidden"


def test_the_window_that_the_dashboard_is_started_from_says_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    server._tell_address()
    assert "http://localhost:8501" in capsys.readouterr().out


def test_a_window_without_thai_letters_still_says_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    window = io.TextIOWrapper(io.BytesIO(), encoding="cp437")
    monkeypatch.setattr("sys.stdout", window)
    server._tell_address()
    assert b"http://localhost:8501" in window.buffer.getvalue()
