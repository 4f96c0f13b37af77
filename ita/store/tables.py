"""The tables of the store, for SQLite and PostgreSQL alike.

A result is one agency's figures of one fiscal year, taken from one upload. Its figures never change: a later result
closes it (`replaced_at`) and stands beside it. A measure is changed in place, each change counted in `version` and kept
in `measure_change`; a removed one is marked (`deleted_at`).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.types import TypeDecorator

from ita.measures import STATUSES

NEWEST = "0004"
"""The revision of the tables below. Raised with every change of what they hold, by a script in `ita/store/migrations/`
that brings older databases to it; one from a later program is not opened.

How a database lays them out may differ without: `sqlite_with_rowid`.
"""
LAST_NUMBERED = 4
"""Programs from before the migrations look for a number in `meta`, and refuse this one."""


class Moment(TypeDecorator[dt.datetime]):
    """A point in time: aware UTC in Python, whatever the database keeps. SQLite would drop the zone silently."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value}")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


# Constraints carry names so that a later migration can speak of them on either database.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Integer, nullable=False),
)

# Alembic's own table, under its name: which revision the database is at.
alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

agency = Table(
    "agency",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("key", Text, nullable=False, unique=True),
)

# As a list of agencies stated it: the file of a single agency seldom does.
agency_province = Table(
    "agency_province",
    metadata,
    Column("agency_id", ForeignKey("agency.id"), primary_key=True),
    Column("province", Text, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("agencies", Integer, nullable=False),
    Column("uploaded_by", Text, nullable=False, server_default=""),
)

result = Table(
    "result",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agency_id", ForeignKey("agency.id"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("upload_id", ForeignKey("upload.id"), nullable=False, index=True),
    Column("iit", Double),
    Column("eit", Double),
    Column("oit", Double),
    Column("total", Double),
    Column("level", Text),
    Column("replaced_at", Moment),
)
# SQLite and PostgreSQL understand these words alike; as an Index they would load the dialects of both at every start.
_ONE_CURRENT_RESULT = (
    "CREATE UNIQUE INDEX uq_result_current ON result (agency_id, fiscal_year) WHERE replaced_at IS NULL"
)
event.listen(result, "after_create", DDL(_ONE_CURRENT_RESULT))  # type: ignore[no-untyped-call]
# By agency the index above finds the current results, by year this one finds all: no third has to be written.
Index("ix_result_versions", result.c.fiscal_year, result.c.agency_id)

# Without row numbers SQLite keeps the scores of a result side by side under their key, not once more in an index.
score = Table(
    "score",
    metadata,
    Column("result_id", ForeignKey("result.id"), primary_key=True),
    Column("indicator", Integer, primary_key=True, autoincrement=False),
    Column("score", Double),
    sqlite_with_rowid=False,
)

item_score = Table(
    "item_score",
    metadata,
    Column("result_id", ForeignKey("result.id"), primary_key=True),
    Column("item", String(20), primary_key=True),
    Column("score", Double),
    sqlite_with_rowid=False,
)

measure = Table(
    "measure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agency_id", ForeignKey("agency.id"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("upload_id", ForeignKey("upload.id")),
    Column("indicator", Integer),
    Column("title", Text, nullable=False),
    Column("steps", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    Column("period_text", Text, nullable=False),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("result", Text, nullable=False),
    Column("suggestion", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("percent", Integer),
    Column("budget", Double),
    Column("carried_from", ForeignKey("measure.id")),
    CheckConstraint("status in ({})".format(", ".join(f"'{status}'" for status in STATUSES)), name="status"),
    Index("ix_measure_of", "agency_id", "fiscal_year"),
)

# What was done to a measure, when and by whom: `changed` holds as JSON each column's value before and after.
measure_change = Table(
    "measure_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("measure_id", ForeignKey("measure.id"), nullable=False, index=True),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("changed", Text, nullable=False),
)

# What was on the screen when a meeting was closed: kept whole, as JSON, because it is only ever read whole.
meeting = Table(
    "meeting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agency_id", ForeignKey("agency.id"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("kept", Text, nullable=False),
    Column("closed_at", Moment, nullable=False),
    Index("ix_meeting_of", "agency_id", "fiscal_year"),
)

slide_note = Table(
    "slide_note",
    metadata,
    Column("agency_id", ForeignKey("agency.id"), primary_key=True),
    Column("fiscal_year", Integer, primary_key=True, autoincrement=False),
    Column("slide", String(20), primary_key=True),
    Column("text", Text, nullable=False),
)

# What a clerk knows of single documents from the commission's remarks, where no file lists the items.
known_item = Table(
    "known_item",
    metadata,
    Column("agency_id", ForeignKey("agency.id"), primary_key=True),
    Column("fiscal_year", Integer, primary_key=True, autoincrement=False),
    Column("item", String(20), primary_key=True),
    Column("found", Boolean, nullable=False),
)
