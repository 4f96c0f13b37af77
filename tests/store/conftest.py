from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ita.store import Store, open_store
from tests.databases import KINDS, empty_database


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    """Where a store in a file may be, for what is so only of SQLite."""
    return tmp_path / "ita.sqlite3"


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of each kind."""
    with empty_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    yield store
    store.close()
