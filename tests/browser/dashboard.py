"""The dashboard as a server of its own on an empty database, and its store as seen from beside it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from ita.store import Store, open_store
from tests import databases
from tests.benchmarks.server import PATIENCE, POLL, App, Server, serving

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Site:
    """The running dashboard, and its store as seen from beside it."""

    address: str
    store: Store
    database_url: str
    server: Server

    def forget_everything(self) -> None:
        """Empty the store as if nobody had been here; the server notices by the revision."""
        databases.forget_everything(self.database_url)

    @property
    def log(self) -> str:
        return self.server.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running(
    scratch: Path, *, database_url: str | None = None, unbroken: bool = True, bound_to: str = "127.0.0.1"
) -> Iterator[Site]:
    """A freshly started dashboard that nobody has visited, on an empty database: a file in `scratch` unless said.

    While it is to stay `unbroken`, its log must be without a traceback in the end.
    """
    database_url = database_url or f"sqlite:///{scratch / 'ita.sqlite3'}"
    app = App(PROJECT / "app.py", PROJECT, {"ITA_DATABASE_URL": database_url}, bound_to)
    with serving(app, scratch) as server:
        address = f"http://127.0.0.1:{server.port}"
        wait_until_healthy(address, server)
        store = open_store(database_url)
        site = Site(address, store, database_url, server)
        yield site
        store.close()
        assert not (unbroken and "Traceback" in site.log), site.log


def wait_until_healthy(address: str, server: Server) -> None:
    while True:
        try:
            with urlopen(f"{address}/health"):
                return
        except URLError:
            assert server.process.poll() is None, server.log.read_text(encoding="utf-8")
            assert time.perf_counter() - server.started < PATIENCE
            time.sleep(POLL)
