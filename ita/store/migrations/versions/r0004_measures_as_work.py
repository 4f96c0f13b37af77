"""Measures as work: how far, what it costs, where it was carried from, and every change with its date and its hand."""

import sqlalchemy as sa
from alembic import op

from ita.store.tables import LAST_NUMBERED, Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("upload", sa.Column("uploaded_by", sa.Text, nullable=False, server_default=""))
    op.add_column("measure", sa.Column("percent", sa.Integer))
    op.add_column("measure", sa.Column("budget", sa.Double))
    op.add_column("measure", sa.Column("carried_from", sa.Integer, sa.ForeignKey("measure.id")), inline_references=True)
    op.create_table(
        "measure_change",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("measure_id", sa.Integer, sa.ForeignKey("measure.id"), nullable=False, index=True),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("changed", sa.Text, nullable=False),
    )
    _tell_what_is_known()
    _lay_indexes_anew()
    op.execute(f"UPDATE meta SET value = {LAST_NUMBERED} WHERE key = 'schema'")


def _tell_what_is_known() -> None:
    """Of changes made before they were kept: when a measure was added and removed."""
    for kind, moment in (("added", "created_at"), ("removed", "deleted_at")):
        op.execute(
            "INSERT INTO measure_change (measure_id, changed_at, changed_by, kind, changed)"
            f" SELECT id, {moment}, '', '{kind}', '{{}}' FROM measure WHERE {moment} IS NOT NULL ORDER BY {moment}, id"
        )


def _lay_indexes_anew() -> None:
    """The first layout had two indexes where one is enough; a later one may have it already."""
    there = {index["name"] for index in sa.inspect(op.get_bind()).get_indexes("result")}
    for name in ("ix_result_year", "ix_result_versions"):
        if name in there:
            op.drop_index(name, "result")
    op.create_index("ix_result_versions", "result", ["fiscal_year", "agency_id"])
