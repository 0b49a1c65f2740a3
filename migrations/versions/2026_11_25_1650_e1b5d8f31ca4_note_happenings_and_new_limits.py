"""note happenings and new limits"""

import sqlalchemy as sa
from alembic import op

revision = "e1b5d8f31ca4"
down_revision = "d98b0d932306"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "happenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(120), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_happenings_says_something")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_happenings_idea_id_ideas")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_happenings_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_happenings")),
    )
    op.create_index(op.f("ix_happenings_idea_id"), "happenings", ["idea_id"])
    op.create_table(
        "rebases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_rebases_has_a_reason")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_rebases_measure_id_measures")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_rebases_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rebases")),
        sa.UniqueConstraint("measure_id", "starts_on", name=op.f("uq_rebases_measure_id_starts_on")),
    )


def downgrade() -> None:
    # The history keeps what was noted, and why new limits began.
    op.drop_table("rebases")
    op.drop_table("happenings")
