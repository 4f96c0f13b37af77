"""Sign-in as a server under test is told of it, and the cookie of somebody who has already been at the provider."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

from streamlit.web.server.server_util import AUTH_COOKIE_NAME
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

COOKIE_SECRET = "a secret of nobody, for tests only"


def auth(provider: str) -> dict[str, str]:
    """What `[auth]` of the secrets says for a provider at that address."""
    return {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": COOKIE_SECRET,
        "client_id": "ita",
        "client_secret": "not needed here",
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    }


def write_secrets(scratch: Path, secrets: Mapping[str, Mapping[str, object]]) -> None:
    """The secrets of a server whose home is `scratch`. A value in JSON is one in TOML too, but for a table."""
    lines = []
    for section, values in secrets.items():
        tables = {name: value for name, value in values.items() if isinstance(value, Mapping)}
        lines += [f"[{section}]", *(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in values.items() if k not in tables)]
        for name, table in tables.items():
            lines += [f"[{section}.{name}]", *(f"{json.dumps(k)} = {_toml_text(v)}" for k, v in table.items())]
    folder = scratch / ".streamlit"
    folder.mkdir(exist_ok=True)
    (folder / "secrets.toml").write_text("\n".join(lines), encoding="utf-8")


def cookie_of(email: str, address: str) -> str:
    """The cookie that a browser sends to the server at that address once this person has signed in, just now."""
    told = {"email": email, "email_verified": True, "name": email.split("@")[0], "iat": int(time.time())}
    content = json.dumps({**told, "origin": address, "is_logged_in": True})
    return f"{AUTH_COOKIE_NAME}={create_signed_value(COOKIE_SECRET, AUTH_COOKIE_NAME, content).decode()}"


def _toml_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
