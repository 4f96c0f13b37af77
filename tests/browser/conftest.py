"""A server for each file of tests, emptied before each test; visitors who complain at the end if there was anything."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from sqlalchemy import create_engine, delete, update

from ita.store import Store, open_store
from ita.store.tables import meta, metadata
from tests.benchmarks.server import PATIENCE, POLL, App, Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .visitor import Visitor

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
        engine = create_engine(self.database_url)
        with engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                if table is not meta:
                    connection.execute(delete(table))
            connection.execute(update(meta).where(meta.c.key == "revision").values(value=meta.c.value + 1))
        engine.dispose()

    @property
    def log(self) -> str:
        return self.server.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running(scratch: Path) -> Iterator[Site]:
    """A freshly started dashboard that nobody has visited, on an empty database; its log must stay without traceback."""
    database_url = f"sqlite:///{scratch / 'ita.sqlite3'}"
    with serving(App(PROJECT / "app.py", PROJECT, {"ITA_DATABASE_URL": database_url}), scratch) as server:
        address = f"http://127.0.0.1:{server.port}"
        wait_until_healthy(address, server)
        store = open_store(database_url)
        site = Site(address, store, database_url, server)
        yield site
        store.close()
        assert "Traceback" not in site.log, site.log


def wait_until_healthy(address: str, server: Server) -> None:
    while True:
        try:
            with urlopen(f"{address}/health"):
                return
        except URLError:
            assert server.process.poll() is None, server.log.read_text(encoding="utf-8")
            assert time.perf_counter() - server.started < PATIENCE
            time.sleep(POLL)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    from .visitor import FLAGS, chromium_path

    executable = chromium_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def _module_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(_module_site: Site) -> Iterator[Site]:
    """This file's server with nothing stored yet."""
    _module_site.forget_everything()
    said_before = len(_module_site.log)
    yield _module_site
    assert "Traceback" not in _module_site.log[said_before:]


@pytest.fixture
def store(site: Site) -> Store:
    """The store of this test's server, to fill it beforehand and to look whether something arrived."""
    return site.store


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Call it with a site (and options of a browser context) for one more visitor."""
    from .visitor import Visitor

    visitors: list[Visitor] = []

    def arriving(site: Site, **profile: object) -> Visitor:
        visitors.append(Visitor.arriving(browser, site.address, **profile))
        return visitors[-1]

    yield arriving
    for visitor in visitors:
        visitor.leave()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture
def visitor(site: Site, arrive: Callable[..., Visitor]) -> Visitor:
    """A visitor of this test's server, at an office PC, who has not opened a page yet."""
    return arrive(site)
