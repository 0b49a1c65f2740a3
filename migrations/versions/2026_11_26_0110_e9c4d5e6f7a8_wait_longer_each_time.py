"""wait longer each time that somebody goes on guessing"""

import sqlalchemy as sa
from alembic import op

revision = "e9c4d5e6f7a8"
down_revision = "e8b3c4d5e6f7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("throttles", sa.Column("level", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("throttles", "level")
