"""read the board by index"""

import sqlalchemy as sa
from alembic import op

revision = "1f6c0a7d93be"
down_revision = "c4d81e7a2b90"
branch_labels = None
depends_on = None

HAS_A_DAY = sa.text("due_on IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.add_column(sa.Column("stamp", sa.BigInteger(), nullable=False, server_default="0"))
        ideas.add_column(sa.Column("sponsor_count", sa.Integer(), nullable=False, server_default="0"))
        ideas.create_check_constraint("sponsor_count", "sponsor_count >= 0")
        ideas.drop_index("ix_ideas_board")
    op.execute(
        "UPDATE ideas SET sponsor_count = "
        "(SELECT count(*) FROM sponsorships WHERE sponsorships.idea_id = ideas.id AND sponsorships.accepted)"
    )
    with op.batch_alter_table("ideas") as ideas:
        ideas.alter_column("stamp", existing_type=sa.BigInteger(), server_default=None)
        ideas.alter_column("sponsor_count", existing_type=sa.Integer(), server_default=None)
        ideas.create_index("ix_ideas_board", ["stage", "due_on", "stage_since", "id", "audience", "sponsor_count"])
        ideas.create_index("ix_ideas_newest", ["stage_since", "id", "audience", "stage"])
        ideas.create_index("ix_ideas_due_on", ["due_on"], sqlite_where=HAS_A_DAY, postgresql_where=HAS_A_DAY)


def downgrade() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.drop_index("ix_ideas_due_on")
        ideas.drop_index("ix_ideas_newest")
        ideas.drop_index("ix_ideas_board")
        ideas.drop_constraint("sponsor_count", type_="check")
        ideas.drop_column("sponsor_count")
        ideas.drop_column("stamp")
        ideas.create_index("ix_ideas_board", ["stage", "due_on", "stage_since"])
