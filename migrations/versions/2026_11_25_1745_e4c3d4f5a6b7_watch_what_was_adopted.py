"""watch what was adopted"""

import sqlalchemy as sa
from alembic import op

revision = "e4c3d4f5a6b7"
down_revision = "e4b2c3d4f5a6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("adoption", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("used", sa.String(40), nullable=True),
        sa.Column("less_bad", sa.String(40), nullable=True),
        sa.Column("note", sa.String(300), nullable=False),
        sa.CheckConstraint("months IN (3, 6, 12)", name="months"),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (used IS NULL) AND (answered_at IS NULL) = (answered_by_id IS NULL) "
            "AND (answered_at IS NULL) = (less_bad IS NULL)",
            name="answered_by_somebody",
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_watches_idea_id_ideas"),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name="fk_watches_answered_by_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
        sa.UniqueConstraint("idea_id", "adoption", "months", name="uq_watches_idea_id_adoption_months"),
    )


def downgrade() -> None:
    # What was answered stays in the history's sentences.
    op.drop_table("watches")
