"""say what a measure is"""

import sqlalchemy as sa
from alembic import op

revision = "e1a4c7d20b93"
down_revision = "f2c9a8b7d610"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measures", sa.Column("kind", sa.String(40), nullable=False, server_default="outcome"))
    op.add_column("measures", sa.Column("definition", sa.Text(), nullable=False, server_default=""))
    op.add_column("measures", sa.Column("target", sa.Double(), nullable=True))
    op.add_column("measures", sa.Column("place", sa.String(120), nullable=False, server_default=""))
    op.add_column("measures", sa.Column("rhythm", sa.String(40), nullable=False, server_default="week"))
    op.add_column("measures", sa.Column("own_changed_because", sa.Text(), nullable=False, server_default=""))
    op.execute("ALTER TABLE measures RENAME COLUMN changed_on TO own_changed_on")


def downgrade() -> None:
    # Kind, definition, target, place, rhythm and reasons are lost: what came before cannot show them.
    op.execute("ALTER TABLE measures RENAME COLUMN own_changed_on TO changed_on")
    for name in ("own_changed_because", "rhythm", "place", "target", "definition", "kind"):
        op.drop_column("measures", name)
