"""The way from every released layout of the tables to the present one, by Alembic; loaded only where there is one."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def migrate(connection: Connection, found: str) -> None:
    """Bring a database that is at the revision `found` to the newest, in the transaction of the connection."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.attributes["connection"] = connection
    # A database from before Alembic kept the number of its layout elsewhere.
    command.stamp(settings, found)
    command.upgrade(settings, "head")
