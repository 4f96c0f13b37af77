"""Empty databases of each kind that the store works with. PostgreSQL's address comes from `.ci/postgres`."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, delete, make_url, select, update

from ita.store.tables import alembic_version, meta, metadata
from tests.lacking import lacking

KINDS = ("sqlite", "postgresql")
POSTGRES = "ITA_TEST_POSTGRES"

on_both_databases = pytest.mark.parametrize("kind", KINDS, scope="module")
"""For a file of browser tests: its server runs once on each kind."""


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of a database of this kind without a table in it: a file in `folder`, or a schema, gone in the end.

    Skips where there is no PostgreSQL.
    """
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'ita.sqlite3'}"
        return
    whole = os.environ.get(POSTGRES) or lacking(f"a PostgreSQL in {POSTGRES}")
    schema = f"test_{secrets.token_hex(8)}"
    with talking_to(whole) as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    address = make_url(whole).update_query_dict({"options": f"-csearch_path={schema}"})
    yield address.render_as_string(hide_password=False)
    with talking_to(whole) as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")


@contextmanager
def talking_to(url: str) -> Iterator[Connection]:
    """A transaction beside the store, as another program would have it."""
    engine = create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def content(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of every table, as Python sees them."""
    with talking_to(url) as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
            if table not in (meta, alembic_version)
        }


def forget_everything(url: str) -> None:
    """Empty a store as if nobody had been here; its users notice by the revision."""
    with talking_to(url) as connection:
        for table in reversed(metadata.sorted_tables):
            if table not in (meta, alembic_version):
                connection.execute(delete(table))
        connection.execute(update(meta).where(meta.c.key == "revision").values(value=meta.c.value + 1))
