"""PostgreSQL's own backups, made and brought back by the commands that the README names."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from ita.store import open_store
from tests.databases import POSTGRES, content
from tests.documents.briefings import store_example
from tests.lacking import lacking

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def address() -> Iterator[str]:
    """A database that nobody else works in."""
    whole = os.environ.get(POSTGRES) or lacking(f"a PostgreSQL in {POSTGRES}")
    name = f"test_{secrets.token_hex(8)}"
    server = create_engine(whole, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield make_url(whole).set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name}")
    server.dispose()


def test_a_backup_by_the_commands_of_the_readme_brings_everything_back(address: str, tmp_path: Path) -> None:
    text = " ".join(README.read_text(encoding="utf-8").split())
    dump, restore = re.findall("`(pg_(?:dump|restore) -[^`]+)`", text)
    store = open_store(address)
    agency_id = store_example(store)
    stored = content(address)
    subprocess.run(["sh", "-c", dump], env={**os.environ, "ADDRESS": address}, cwd=tmp_path, check=True)

    store.delete_measure(int(store.measures(agency_id, 2564)["measure_id"].iloc[0]), 1)
    store.close()
    assert content(address) != stored
    subprocess.run(["sh", "-c", restore], env={**os.environ, "ADDRESS": address}, cwd=tmp_path, check=True)

    assert content(address) == stored
    again = open_store(address)
    assert len(again.add_measures(agency_id, 2564, [{"title": "ใหม่"}])) == 1
    again.close()
