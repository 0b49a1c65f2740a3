"""add shared devices"""

import sqlalchemy as sa
from alembic import op

revision = "f2c9a8b7d610"
down_revision = "e6b3d2a91c07"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("is_shared", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    # Who is signed in on a shared device is signed out: else they would stay so for hours.
    op.execute("DELETE FROM sessions WHERE is_shared")
    op.drop_column("sessions", "is_shared")
