"""keep what readings were"""

import sqlalchemy as sa
from alembic import op

revision = "47dd3269cb4b"
down_revision = "e5c3a9f41d70"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("was_on", sa.Date(), nullable=False),
        sa.Column("was_value", sa.Double(), nullable=False),
        sa.Column("became_on", sa.Date(), nullable=True),
        sa.Column("became_value", sa.Double(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(became_on IS NULL) = (became_value IS NULL)", name=op.f("ck_corrections_becomes_whole")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_corrections_by_id_people")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_corrections_measure_id_measures")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_measure_id"), "corrections", ["measure_id"])


def downgrade() -> None:
    # The history keeps what was corrected, in words.
    op.drop_table("corrections")
