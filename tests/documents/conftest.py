from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ita.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'ita.sqlite3'}")
    yield store
    store.close()
