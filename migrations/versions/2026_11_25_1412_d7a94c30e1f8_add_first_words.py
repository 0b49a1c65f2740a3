"""add first words"""

import sqlalchemy as sa
from alembic import op

revision = "d7a94c30e1f8"
down_revision = "1f6c0a7d93be"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.add_column(sa.Column("waits_for_id", sa.Integer(), nullable=True))
        ideas.create_index("ix_ideas_waits_for_id", ["waits_for_id"])
        ideas.create_foreign_key("fk_ideas_waits_for_id_memberships", "memberships", ["waits_for_id"], ["id"])


def downgrade() -> None:
    # What waited stays a draft of its author, who can open it.
    with op.batch_alter_table("ideas") as ideas:
        ideas.drop_constraint("fk_ideas_waits_for_id_memberships", type_="foreignkey")
        ideas.drop_index("ix_ideas_waits_for_id")
        ideas.drop_column("waits_for_id")
