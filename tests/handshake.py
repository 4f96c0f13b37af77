"""Asking for a session as a browser's page does, over whatever connection."""

from __future__ import annotations

from http.client import HTTPConnection

LET_IN, REFUSED = 101, 403


def handshake(connection: HTTPConnection, host: str, origin: str) -> int:
    """The status with which a page of `origin` is answered that asks for a session at `host`."""
    headers = {
        "Host": host,
        "Origin": origin,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Protocol": "streamlit",
    }
    connection.request("GET", "/_stcore/stream", headers=headers)
    return connection.getresponse().status
