"""say whether a team had time"""

import sqlalchemy as sa
from alembic import op

revision = "b7c3e90d41fa"
down_revision = "47dd3269cb4b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("weekly_minutes") as minutes:
        minutes.add_column(sa.Column("had_time", sa.String(length=40), nullable=True))
        minutes.drop_constraint("skipped_says_nothing", type_="check")
        minutes.create_check_constraint("skipped_says_nothing", "NOT is_skipped OR (worse = '' AND had_time IS NULL)")


def downgrade() -> None:
    # Whether they had it stays in the history's sentences.
    with op.batch_alter_table("weekly_minutes") as minutes:
        minutes.drop_constraint("skipped_says_nothing", type_="check")
        minutes.create_check_constraint("skipped_says_nothing", "NOT is_skipped OR worse = ''")
        minutes.drop_column("had_time")
