"""add asked of us"""

import sqlalchemy as sa
from alembic import op

revision = "c3a1d7e90b52"
down_revision = "b2a6d936292b"
branch_labels = None
depends_on = None

OPEN = sa.text("answered_at IS NULL")


def upgrade() -> None:
    # Nobody was asked before, and nobody owes an answer that they were never asked for.
    op.create_table(
        "home_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("passed_to_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by_id IS NULL)",
            name=op.f("ck_home_asks_answered"),
        ),
        sa.CheckConstraint(
            "answer = 'not_ours' OR (passed_to_id IS NULL AND reason = '')",
            name=op.f("ck_home_asks_takes_it_as_it_is"),
        ),
        sa.CheckConstraint(
            "answer <> 'not_ours' OR passed_to_id IS NOT NULL OR length(reason) > 0",
            name=op.f("ck_home_asks_not_ours_says_whose_or_why"),
        ),
        sa.CheckConstraint(
            "passed_to_id IS NULL OR passed_to_id <> organisation_id", name=op.f("ck_home_asks_passed_to_another")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_home_asks_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_home_asks_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_home_asks_asked_by_id_people")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_home_asks_answered_by_id_people")),
        sa.ForeignKeyConstraint(
            ["passed_to_id"], ["organisations.id"], name=op.f("fk_home_asks_passed_to_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_asks")),
    )
    op.create_index(op.f("ix_home_asks_idea_id"), "home_asks", ["idea_id"])
    op.create_index(op.f("ix_home_asks_organisation_id"), "home_asks", ["organisation_id"])
    op.create_index(
        "uq_home_asks_open", "home_asks", ["idea_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    # What was answered stays in the history of each idea.
    op.drop_table("home_asks")
