"""What is known of single documents, and the province of an agency."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "agency_province",
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("province", sa.Text, nullable=False),
    )
    op.create_table(
        "known_item",
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("fiscal_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("item", sa.String(20), primary_key=True),
        sa.Column("found", sa.Boolean, nullable=False),
    )
