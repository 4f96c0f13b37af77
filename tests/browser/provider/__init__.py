"""A real provider of sign-in, on this machine: `npm ci` in this folder installs what `serve.mjs` needs."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.benchmarks.server import PATIENCE, POLL, free_port
from tests.signed_in import auth

from ..visitor import Visitor, expect, lacking

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Provider:
    """The running provider; whoever signs in at it is the person it was last told to expect."""

    address: str
    claims: Path

    def expect(self, email: str, *, verified: bool = True, hours_ago: float = 0.0) -> None:
        """Let the next who signs in be the owner of this e-mail, as if that had been some hours ago."""
        told = {"email": email, "email_verified": verified, "name": email.split("@")[0]}
        self.claims.write_text(json.dumps(told | {"iat": int(time.time() - hours_ago * 3600)}), encoding="utf-8")

    def settings(self) -> dict[str, str]:
        """What `[auth]` of the secrets says for it."""
        return auth(self.address)


@contextmanager
def providing(scratch: Path) -> Iterator[Provider]:
    """A running provider; without node and its package the test is skipped, or fails where CI=true."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules").is_dir():
        lacking("node, or the package that `npm ci` installs in tests/browser/provider,")
    port, claims = free_port(), scratch / "claims.json"
    provider = Provider(f"http://localhost:{port}", claims)
    process = subprocess.Popen([str(node), str(HERE / "serve.mjs"), str(port), str(claims)])
    try:
        _wait_until_up(provider, process)
        yield provider
    finally:
        process.kill()
        process.wait()


def sign_in(visitor: Visitor, provider: Provider, email: str, **how: object) -> None:
    """Press the button at the gate, and wait for what is behind it."""
    provider.expect(email, **how)  # type: ignore[arg-type]
    gate = visitor.control("gate.sign_in.default")
    expect(gate).to_be_visible()
    with visitor.page.expect_navigation(url=f"{visitor.address}/**"):
        visitor.press("gate.sign_in.default")
    expect(gate).to_have_count(0)
    visitor.settle()


def _wait_until_up(provider: Provider, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(provider.settings()["server_metadata_url"]):
                return
        except URLError:
            assert process.poll() is None, "the provider of sign-in ended"
            assert time.monotonic() < until, "the provider of sign-in did not start"
            time.sleep(POLL)
