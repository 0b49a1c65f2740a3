"""keep the verdict with the idea"""

import sqlalchemy as sa
from alembic import op

revision = "e1c6e9a42db5"
down_revision = "e1b5d8f31ca4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ideas", sa.Column("verdict", sa.String(40), nullable=True))
    op.add_column("ideas", sa.Column("verdict_words", sa.Text(), nullable=False, server_default=""))
    op.add_column("ideas", sa.Column("has_worse", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("ideas", sa.Column("spark", sa.String(120), nullable=False, server_default=""))
    op.add_column("ideas", sa.Column("judged_by", sa.Integer(), nullable=False, server_default="1"))
    op.create_index(op.f("ix_ideas_verdict"), "ideas", ["verdict"])
    op.create_index(op.f("ix_ideas_judged_by"), "ideas", ["judged_by"])
    # What was counted before is judged by the worker, a few at a time.
    op.execute("UPDATE ideas SET judged_by = 0 WHERE id IN (SELECT idea_id FROM measures)")


def downgrade() -> None:
    # All of it is made anew from the readings.
    op.drop_index(op.f("ix_ideas_judged_by"), "ideas")
    op.drop_index(op.f("ix_ideas_verdict"), "ideas")
    for name in ("judged_by", "spark", "has_worse", "verdict_words", "verdict"):
        op.drop_column("ideas", name)
