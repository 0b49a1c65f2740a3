"""add cycles"""

import sqlalchemy as sa
from alembic import op

revision = "e5c3a9f41d70"
down_revision = "e1c6e9a42db5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cycles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("prediction", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("foresight", sa.String(40), nullable=True),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("ended_as", sa.String(40), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.CheckConstraint("length(attempt) > 0 AND length(prediction) > 0", name=op.f("ck_cycles_is_planned")),
        sa.CheckConstraint("happened = '' OR started_on IS NOT NULL", name=op.f("ck_cycles_begins_before_it_happens")),
        sa.CheckConstraint("foresight IS NULL OR happened <> ''", name=op.f("ck_cycles_happens_before_it_teaches")),
        sa.CheckConstraint("(foresight IS NULL) = (learned = '')", name=op.f("ck_cycles_teaches_something")),
        sa.CheckConstraint("ended_as IS NULL OR foresight IS NOT NULL", name=op.f("ck_cycles_teaches_before_it_ends")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_cycles_idea_id_ideas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycles")),
        sa.UniqueConstraint("idea_id", "number", name=op.f("uq_cycles_idea_id_number")),
    )
    still_open = sa.text("ended_as IS NULL")
    op.create_index(
        "uq_cycles_open", "cycles", ["idea_id"], unique=True, sqlite_where=still_open, postgresql_where=still_open
    )


def downgrade() -> None:
    # The history keeps what was planned, what happened and what was learned.
    op.drop_table("cycles")
