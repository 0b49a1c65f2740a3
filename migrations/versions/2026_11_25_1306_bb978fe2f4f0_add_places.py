"""add places"""

import sqlalchemy as sa
from alembic import op

revision = "bb978fe2f4f0"
down_revision = "9b0f58048f5c"
branch_labels = None
depends_on = None

OPEN = sa.text("retired_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "workplaces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_workplaces_named")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_workplaces_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplaces")),
        sa.UniqueConstraint("code", name=op.f("uq_workplaces_code")),
    )
    op.create_index(
        "uq_workplaces_open",
        "workplaces",
        ["organisation_id", "name"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    # The posters on the walls lead nowhere then: their codes are not kept.
    op.drop_table("workplaces")
