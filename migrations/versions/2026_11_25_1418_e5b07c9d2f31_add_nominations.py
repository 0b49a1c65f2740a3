"""add nominations"""

import sqlalchemy as sa
from alembic import op

revision = "e5b07c9d2f31"
down_revision = "d8f2b6a41c07"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitations") as batch:
        batch.add_column(sa.Column("only_asks", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("invitations") as batch:
        batch.alter_column("only_asks", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    # A link that only asks must not come to give a role.
    op.execute(sa.text("DELETE FROM invitations WHERE only_asks"))
    with op.batch_alter_table("invitations") as batch:
        batch.drop_column("only_asks")
