"""count readings"""

import sqlalchemy as sa
from alembic import op

revision = "e1d7fab53ec6"
down_revision = "b3a1d6c9e458"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measures", sa.Column("reading_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("measures", sa.Column("last_taken_on", sa.Date(), nullable=True))
    of_it = "FROM readings WHERE readings.measure_id = measures.id"
    op.execute(
        f"UPDATE measures SET reading_count = (SELECT count(*) {of_it}), "  # noqa: S608 - our own words
        f"last_taken_on = (SELECT max(taken_on) {of_it})"
    )


def downgrade() -> None:
    # Both are counted anew.
    op.drop_column("measures", "last_taken_on")
    op.drop_column("measures", "reading_count")
