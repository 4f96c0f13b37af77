"""The store that pages see, and pages as a visitor sees them, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from ita.store import Store
from ita.ui import cache


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    return tmp_path / "ita.sqlite3"


@pytest.fixture
def store(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the pages see, empty."""
    monkeypatch.setenv("ITA_DATABASE_URL", f"sqlite:///{database_file}")
    st.cache_resource.clear()
    opened = cache.store()
    yield opened
    opened.close()
    st.cache_resource.clear()
