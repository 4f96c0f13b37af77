"""Around the script: start-up, security headers, compression, /health, and what is read when something breaks."""

from __future__ import annotations

import gc
import logging
import re
import secrets
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import streamlit as st
import streamlit.logger
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware

from ita import log
from ita.access import BadAccess, NotAdmitted
from ita.store import Trouble
from ita.store.trouble import BROKEN
from ita.text import LANGUAGES, speaker
from ita.ui import gate, sign_in
from ita.ui.address import language
from ita.ui.first_page import FirstPage

SCRIPT = Path(__file__).with_name("main.py")

HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "style-src 'self' 'unsafe-inline'",
            # Streamlit's page starts with an inline script, and its charts compile their drawing code.
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "worker-src 'self' blob:",
            "connect-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

TLS_HEADERS = {"Strict-Transport-Security": "max-age=31536000"}
POLICY_VIOLATION = 1008
# A path of this server: a browser takes two slashes, or one and a backslash, for the start of another's name.
_OWN_ADDRESS = re.compile(r"/(?![/\\])[^\\\s]*")

# Until everything is imported nothing is garbage, and looking for some takes a tenth of the start.
gc.disable()


class SecurityHeaders:
    """Adds HEADERS to every HTTP answer; behind TLS also that it stays so, and that cookies are never sent without."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope.get("scheme") == "https":
                    headers.update(TLS_HEADERS)
                    message["headers"] = [(name, _secure(name, value)) for name, value in headers.raw]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class SameOrigin:
    """Lets only the dashboard's own pages open a session.

    Streamlit would let pages of every server on this machine, and asks a host outside for the machine's address to
    judge of others.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc != headers.get("host"):
                log.tell("foreign_origin_refused")
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})
                return
        await self._app(scope, receive, send)


class BackToAsked:
    """Sends whoever comes back from signing in to the address that they had asked for, as `gate` keeps it in a cookie.

    Streamlit sends everybody to the first page.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        coming_back = scope["type"] == "http" and scope["path"].endswith("/oauth2callback")
        asked = unquote(Request(scope).cookies.get(gate.ASKED, "")) if coming_back else ""

        async def send_back(message: Message) -> None:
            if message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                headers = MutableHeaders(scope=message)
                headers["location"] = quote(asked, safe="/?=&%,.~-")
                headers.append("set-cookie", f"{gate.ASKED}=; Path=/; Max-Age=0; SameSite=Lax")
            await send(message)

        await self._app(scope, receive, send_back if _OWN_ADDRESS.fullmatch(asked) else send)


class PromptMessages:
    """Sends a session's messages as they come.

    Streamlit's socket holds a small message back until the one before it is acknowledged, which a browser puts off:
    some 40 ms of every click. uvicorn hands its connection to nobody, but the callables it gives belong to it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        connection = transport.get_extra_info("socket") if scope["type"] == "websocket" and transport else None
        if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self._app(scope, receive, send)


def middleware() -> list[Middleware]:
    """Outermost first: who may ask, headers on all, compression (a cold page falls to a quarter), the first page."""
    compression = Middleware(CompressMiddleware, minimum_size=1000, zstd=False, brotli_quality=5, gzip_level=6)
    ours = (PromptMessages, SameOrigin, SecurityHeaders, BackToAsked)
    return [*(Middleware(one) for one in ours), compression, Middleware(FirstPage)]


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Prepare the database and import what every page needs, then keep it all out of the garbage collector's rounds.

    With a database in trouble the server starts all the same: its pages say what to do.
    """
    _begin_log()
    try:
        if (trouble := _trouble()) is not None:
            log.warn("database_trouble", trouble=trouble.code)
        _import_for_pages()
    except Exception as error:
        log.tell_error("start_failed", error)
        raise
    gc.freeze()
    gc.enable()
    _tell_address()
    _tell_mistake()
    log.tell("started")
    yield
    log.tell("ended")


async def health(_request: Request) -> JSONResponse:
    """Whether the database answers and at what layout it is; 503 where it is in trouble, or its tables are gone."""
    try:
        kind, layout = await run_in_threadpool(_database)
    except Trouble as trouble:
        log.warn("database_trouble", trouble=trouble.code)
        return JSONResponse({"status": "trouble", "trouble": trouble.code}, status_code=503)
    if layout is None:
        return JSONResponse({"status": "trouble", "trouble": BROKEN}, status_code=503)
    return JSONResponse({"status": "ok", "database": kind, "layout": layout})


def tell_error(error: Exception) -> bool:
    """A sentence for the visitor: the trouble of the database, else a code under which the log has the traceback.

    What a dialog was refused comes here, too: the script around its page does not run for it.
    """
    if isinstance(error, (sign_in.Refused, NotAdmitted)):
        st.warning(language().say("access.refused"), icon=":material/block:")
        return True
    if isinstance(error, Trouble):
        from ita.ui.trouble import show

        show(error, language().say)
        return True
    code = secrets.token_hex(3).upper()
    log.tell_error("page_error", error, code=code)
    say = language().say
    st.error(say("error.page", code=code), icon=":material/error:")
    return True


def _tell_address() -> None:
    """Where the dashboard is, in the window that it was started from: Streamlit's own greeting is switched off."""
    host, port = st.get_option("server.address") or "localhost", st.get_option("server.port")
    _tell_window(" · ".join(speaker(code)("frame.started", address=f"http://{host}:{port}") for code in LANGUAGES))


def _tell_window(told: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    print(told.encode(encoding, "replace").decode(encoding), flush=True)


def _tell_mistake() -> None:
    """What is wrong with the configuration of sign-in, in the same window: visitors only read that something is."""
    try:
        sign_in.access()
    except BadAccess as mistake:
        log.warn("sign_in_misconfigured", mistake=mistake.code)
        for code in LANGUAGES:
            _tell_window(mistake.message(code))


def _trouble() -> Trouble | None:
    """What is the matter with the database; None while it answers."""
    # Imported when the server runs: Streamlit's caches warn where they are declared before it does.
    from ita.ui.cache import store

    try:
        store().revision()
    except Trouble as trouble:
        return trouble
    return None


def _secure(name: bytes, value: bytes) -> bytes:
    """A header's value; of a cookie with the word that it belongs to TLS only."""
    return value if name.lower() != b"set-cookie" or b"; secure" in value.lower() else value + b"; Secure"


def _database() -> tuple[str, str | None]:
    """Its kind and its layout."""
    # Imported when the server runs: Streamlit's caches warn where they are declared before it does.
    from ita.ui.cache import store

    return store().kind, store().layout()


def _begin_log() -> None:
    """One log for all: Streamlit gives each of its loggers a hand of its own, which would quote what an error says."""
    writing = log.handler()
    log.begin(writing)

    def share(logger: logging.Logger) -> None:
        logger.handlers = [writing]

    streamlit.logger.setup_formatter = share
    streamlit.logger.update_formatter()


def _import_for_pages() -> None:
    for module in ("ita.charts", "ita.reading.files", "ita.ui.measure_editor", "ita.ui.preview"):
        import_module(module)
