"""The HTML page that starts the app, changed on its way out: Streamlit has no setting for what is in it."""

from __future__ import annotations

import re

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ita.charts import DARK, LIGHT
from ita.text import REFERENCE, speaker
from ita.ui import paper

OUR_FONT = "app/static/fonts/sarabun-thai-400-normal.woff2"
OUR_ICON = "app/static/icon.png"

# Streamlit writes white on the primary colour, which in the dark is a light blue: too weak to be read from afar.
_STYLE = f"""
[data-testid="stBaseButton-primary"]:not(:disabled), [data-testid="stBaseButton-primaryFormSubmit"]:not(:disabled) {{
  color: light-dark({LIGHT.surface}, {DARK.surface}) !important;
}}
"""

_OTHER_FONT = re.compile(rb'<link\s+rel="preload"\s+href="[^"]*\.woff2"[^>]*>')
_OTHER_FONT_FILE = re.compile(r"/static/media/SourceSans[^/]*\.woff2$")
_CONDITIONS = (b"if-none-match", b"if-modified-since")


class FirstPage:
    """Gives the page its language, name and icon, our font, its style on paper, and the server's address.

    Streamlit's own font is loaded although nothing is drawn in it: whoever asks for it gets ours, a tenth of its size.
    Without the address a deep link first asks for the server below the page's own path, and logs two errors.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (other_font := _OTHER_FONT_FILE.search(scope["path"])):
            path = f"{scope['path'][: other_font.start()]}/{OUR_FONT}"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def send_changed(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    page = changed(body)
                    headers = MutableHeaders(scope=start)
                    headers["content-length"] = str(len(page))
                    # They speak of the unchanged page.
                    del headers["etag"], headers["last-modified"]
                    await send(start)
                    await send({"type": "http.response.body", "body": page})

        # Streamlit compresses by itself, and only a whole, plain page can be changed.
        dropped = (b"accept-encoding", *_CONDITIONS)
        plain = [(name, value) for name, value in scope["headers"] if name not in dropped]
        await self._app({**scope, "headers": plain}, receive, send_changed)


def changed(page: bytes) -> bytes:
    """The page as it is sent."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    server = f'window.__streamlit = {{BACKEND_BASE_URL: window.location.origin + "/{base}"}}'
    page = page.replace(b'<html lang="en">', f'<html lang="{REFERENCE}">'.encode(), 1)
    page = page.replace(
        b"<title>Streamlit</title>", f"<title>{speaker(REFERENCE)('frame.product')}</title>".encode(), 1
    )
    page = page.replace(b'href="./favicon.png"', f'href="./{OUR_ICON}"'.encode(), 1)
    page = page.replace(b"<head>", f"<head><script>{server}{paper.SCRIPT}</script>".encode(), 1)
    page = page.replace(b"</head>", f"<style>{_STYLE}{paper.style()}</style></head>".encode(), 1)
    preload = f'<link rel="preload" href="./{OUR_FONT}" as="font" crossorigin />'
    return _OTHER_FONT.sub(preload.encode(), page, count=1)


def _is_html(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")
