"""The first released layout: uploads, agencies, results with scores and items, measures.

Written out as it was, so that it stays so whatever becomes of `ita.store.tables`.
"""

import sqlalchemy as sa
from alembic import op

from ita.store.tables import Moment

revision = "0001"
down_revision = None

STATUSES = ("not_stated", "not_started", "in_progress", "completed", "cancelled")


def upgrade() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
    )
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("uploaded_at", Moment, nullable=False),
        sa.Column("example", sa.Boolean, nullable=False),
        sa.Column("agencies", sa.Integer, nullable=False),
    )
    op.create_table(
        "result",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agency.id"), nullable=False),
        sa.Column("fiscal_year", sa.Integer, nullable=False),
        sa.Column("upload_id", sa.Integer, sa.ForeignKey("upload.id"), nullable=False, index=True),
        *(sa.Column(printed, sa.Double) for printed in ("iit", "eit", "oit", "total")),
        sa.Column("level", sa.Text),
        sa.Column("replaced_at", Moment),
    )
    op.execute("CREATE UNIQUE INDEX uq_result_current ON result (agency_id, fiscal_year) WHERE replaced_at IS NULL")
    op.create_index("ix_result_versions", "result", ["agency_id", "fiscal_year"])
    op.create_index("ix_result_year", "result", ["fiscal_year"])
    op.create_table(
        "score",
        sa.Column("result_id", sa.Integer, sa.ForeignKey("result.id"), primary_key=True),
        sa.Column("indicator", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("score", sa.Double),
    )
    op.create_table(
        "item_score",
        sa.Column("result_id", sa.Integer, sa.ForeignKey("result.id"), primary_key=True),
        sa.Column("item", sa.String(20), primary_key=True),
        sa.Column("score", sa.Double),
    )
    texts = ("title", "steps", "responsible", "period_text")
    more = ("result", "suggestion")
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agency.id"), nullable=False),
        sa.Column("fiscal_year", sa.Integer, nullable=False),
        sa.Column("upload_id", sa.Integer, sa.ForeignKey("upload.id")),
        sa.Column("indicator", sa.Integer),
        *(sa.Column(text, sa.Text, nullable=False) for text in texts),
        sa.Column("period_start", sa.Date),
        sa.Column("period_end", sa.Date),
        *(sa.Column(text, sa.Text, nullable=False) for text in more),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Column("deleted_at", Moment),
        sa.CheckConstraint("status in ({})".format(", ".join(f"'{status}'" for status in STATUSES)), name="status"),
    )
    op.create_index("ix_measure_of", "measure", ["agency_id", "fiscal_year"])
