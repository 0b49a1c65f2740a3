"""add here first"""

import sqlalchemy as sa
from alembic import op

revision = "9b0f58048f5c"
down_revision = "daab6201c6fa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.add_column(sa.Column("opens_on", sa.Date(), nullable=True))
        ideas.create_index("ix_ideas_opens_on", ["opens_on"])
        ideas.create_check_constraint("here_first_until_a_day", "audience <> 'here_first' OR opens_on IS NOT NULL")


def downgrade() -> None:
    # What not everybody could read is not opened by going back: its team keeps it as a draft.
    op.execute("UPDATE ideas SET audience = 'draft' WHERE audience = 'here_first'")
    with op.batch_alter_table("ideas") as ideas:
        ideas.drop_constraint("here_first_until_a_day", type_="check")
        ideas.drop_index("ix_ideas_opens_on")
        ideas.drop_column("opens_on")
