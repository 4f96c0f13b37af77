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
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware

from ita.access import BadAccess, NotAdmitted
from ita.text import LANGUAGES, speaker
from ita.ui import gate, sign_in
from ita.ui.address import language
from ita.ui.first_page import FirstPage

if TYPE_CHECKING:
    from ita.store import Store

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
            "connect-src 'self' ws: wss: data: blob:",
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

# A path of this server: a browser takes two slashes, or one and a backslash, for the start of another's name.
_OWN_ADDRESS = re.compile(r"/(?![/\\])[^\\\s]*")

_log = logging.getLogger("ita")

# Until everything is imported nothing is garbage, and looking for some takes a tenth of the start.
gc.disable()


class SecurityHeaders:
    """Adds HEADERS to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


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
    """Outermost first: headers on everything, compression (a cold page falls to a quarter), the first page."""
    compression = Middleware(CompressMiddleware, minimum_size=1000, zstd=False, brotli_quality=5, gzip_level=6)
    return [
        Middleware(PromptMessages),
        Middleware(SecurityHeaders),
        Middleware(BackToAsked),
        compression,
        Middleware(FirstPage),
    ]


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Prepare the database and import what every page needs, then keep it all out of the garbage collector's rounds."""
    _store().revision()
    _import_for_pages()
    gc.freeze()
    gc.enable()
    _tell_address()
    _tell_mistake()
    yield


async def health(_request: Request) -> JSONResponse:
    """Whether the database answers."""
    _store().revision()
    return JSONResponse({"status": "ok"})


def tell_error(error: Exception) -> bool:
    """A sentence with a code for the visitor; the traceback goes to the log under the same code.

    What a dialog was refused comes here, too: the script around its page does not run for it.
    """
    if isinstance(error, (sign_in.Refused, NotAdmitted)):
        st.warning(language().say("access.refused"), icon=":material/block:")
        return True
    code = secrets.token_hex(3).upper()
    _log.error("Error %s in a page", code, exc_info=error)
    say = language().say
    st.error(say("error.page", code=code), icon=":material/error:")
    return True


def _tell_address() -> None:
    """Where the dashboard is, in the window that it was started from: Streamlit's own greeting is switched off."""
    host, port = st.get_option("server.address") or "localhost", st.get_option("server.port")
    told = " · ".join(speaker(code)("frame.started", address=f"http://{host}:{port}") for code in LANGUAGES)
    encoding = sys.stdout.encoding or "utf-8"
    print(told.encode(encoding, "replace").decode(encoding), flush=True)


def _tell_mistake() -> None:
    """What is wrong with the configuration of sign-in, in the log: visitors only read that something is."""
    try:
        sign_in.access()
    except BadAccess as mistake:
        for code in LANGUAGES:
            _log.error(mistake.message(code))


def _store() -> Store:
    # Imported when the server runs: Streamlit's caches warn where they are declared before it does.
    from ita.ui.cache import store

    return store()


def _import_for_pages() -> None:
    for module in ("ita.charts", "ita.reading.files", "ita.ui.measure_editor", "ita.ui.preview"):
        import_module(module)
