"""know which reading was put right or taken out"""

import sqlalchemy as sa
from alembic import op

revision = "e8b3c4d5e6f7"
down_revision = "e7a2b3c4d5e6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("corrections", sa.Column("reading_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_corrections_reading_id"), "corrections", ["reading_id"])
    # No number is given twice from now on: who still corrects what was taken out must not meet another reading.
    # PostgreSQL never did.
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("readings", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass


def downgrade() -> None:
    # What a reading was, when and by whom stays; only which row it was goes. Numbers are still not given twice.
    op.drop_index(op.f("ix_corrections_reading_id"), "corrections")
    op.drop_column("corrections", "reading_id")
