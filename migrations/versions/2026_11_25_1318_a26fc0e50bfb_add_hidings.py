"""add hidings"""

import sqlalchemy as sa
from alembic import op

revision = "a26fc0e50bfb"
down_revision = "a79cb7a3697a"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "hidings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("was", sa.String(length=40), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        sa.CheckConstraint("length(reason) > 0", name="has_its_reason"),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_hidings_by_id_people"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["people.id"], name="fk_hidings_ended_by_id_people"),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_hidings_idea_id_ideas"),
        sa.PrimaryKeyConstraint("id", name="pk_hidings"),
    )
    op.create_index("ix_hidings_idea_id", "hidings", ["idea_id"])
    op.create_index("uq_hidings_open", "hidings", ["idea_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    with op.batch_alter_table("ideas") as ideas:
        ideas.create_check_constraint(
            "withdrawn_is_nobodys", "audience <> 'withdrawn' OR (author_id IS NULL AND owner_id IS NULL)"
        )


def downgrade() -> None:
    # What was hidden or withdrawn is not shown by going back: it is kept as a draft, which its team alone reads.
    op.execute("UPDATE ideas SET audience = 'draft' WHERE audience IN ('hidden', 'withdrawn')")
    with op.batch_alter_table("ideas") as ideas:
        ideas.drop_constraint("withdrawn_is_nobodys", type_="check")
    op.drop_table("hidings")
