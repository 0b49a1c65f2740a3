"""put the answer to a watch right"""

import sqlalchemy as sa
from alembic import op

revision = "e7a2b3c4d5e6"
down_revision = "e6f1a2b3c4d5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("watches") as watches:
        watches.add_column(sa.Column("changed_by_id", sa.Integer(), nullable=True))
        watches.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        watches.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        watches.create_foreign_key("fk_watches_changed_by_id_people", "people", ["changed_by_id"], ["id"])
    op.execute("UPDATE watches SET version = 1 WHERE answered_at IS NOT NULL")


def downgrade() -> None:
    # What was said before stays in the history's sentences.
    with op.batch_alter_table("watches") as watches:
        watches.drop_constraint("fk_watches_changed_by_id_people", type_="foreignkey")
        for name in ("version", "changed_at", "changed_by_id"):
            watches.drop_column(name)
