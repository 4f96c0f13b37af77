"""A server for each file of tests, emptied before each test; visitors who complain at the end if there was anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from ita.store import Store
from tests.databases import empty_database

from .dashboard import Site, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .visitor import Visitor


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
def kind() -> str:
    """The kind of database behind this file's server, unless its tests run `on_both_databases`."""
    return "sqlite"


@pytest.fixture(scope="module")
def _module_site(browser: Browser, kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    scratch = tmp_path_factory.mktemp("site")
    with empty_database(kind, scratch) as database_url, running(scratch, database_url=database_url) as site:
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
