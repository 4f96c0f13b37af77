from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ita.store import Store, open_store


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    return tmp_path / "ita.sqlite3"


@pytest.fixture
def store(database_file: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{database_file}")
    yield store
    store.close()
