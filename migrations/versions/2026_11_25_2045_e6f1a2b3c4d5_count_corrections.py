"""count the corrections of a reading"""

import sqlalchemy as sa
from alembic import op

revision = "e6f1a2b3c4d5"
down_revision = "e5d1c7a2f904"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("readings", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("readings", "version")
