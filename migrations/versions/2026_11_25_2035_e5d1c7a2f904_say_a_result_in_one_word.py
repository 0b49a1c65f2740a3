"""say a result in one word"""

import sqlalchemy as sa
from alembic import op

revision = "e5d1c7a2f904"
down_revision = "e4c3d4f5a6b7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ideas", sa.Column("stated_as", sa.String(40), nullable=True))


def downgrade() -> None:
    # The word stays in the history's sentences.
    op.drop_column("ideas", "stated_as")
