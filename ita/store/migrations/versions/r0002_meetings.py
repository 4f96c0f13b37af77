"""Closed meetings and the notes of their slides."""

import sqlalchemy as sa
from alembic import op

from ita.store.tables import Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agency.id"), nullable=False),
        sa.Column("fiscal_year", sa.Integer, nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("kept", sa.Text, nullable=False),
        sa.Column("closed_at", Moment, nullable=False),
    )
    op.create_index("ix_meeting_of", "meeting", ["agency_id", "fiscal_year"])
    op.create_table(
        "slide_note",
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("fiscal_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("slide", sa.String(20), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
