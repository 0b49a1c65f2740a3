"""count everything by an index of its own"""

from alembic import op

revision = "b3a1d6c9e458"
down_revision = "e4a1b2c3d4f5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_ideas_audience", table_name="ideas")
    op.create_index("ix_ideas_counts", "ideas", ["audience", "stage", "sponsor_count"])


def downgrade() -> None:
    op.drop_index("ix_ideas_counts", table_name="ideas")
    op.create_index("ix_ideas_audience", "ideas", ["audience"])
