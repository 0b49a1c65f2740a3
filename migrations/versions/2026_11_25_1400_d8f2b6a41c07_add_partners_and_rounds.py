"""add partners and rounds"""

import sqlalchemy as sa
from alembic import op

revision = "d8f2b6a41c07"
down_revision = "d7a94c30e1f8"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("organisations") as batch:
        batch.add_column(sa.Column("partner_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("sponsor_may_decide", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_foreign_key(
            batch.f("fk_organisations_partner_id_organisations"), "organisations", ["partner_id"], ["id"]
        )
        batch.create_check_constraint(batch.f("ck_organisations_partner_is_another"), "partner_id <> id")
    with op.batch_alter_table("sign_offs") as batch:
        batch.add_column(sa.Column("asked_organisation_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("beside_id", sa.Integer(), nullable=True))
    # Until now the organisation that answered was the one that was asked.
    op.execute("UPDATE sign_offs SET asked_organisation_id = organisation_id")
    with op.batch_alter_table("sign_offs") as batch:
        batch.alter_column("asked_organisation_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(
            batch.f("fk_sign_offs_asked_organisation_id_organisations"),
            "organisations",
            ["asked_organisation_id"],
            ["id"],
        )
        batch.create_foreign_key(batch.f("fk_sign_offs_beside_id_sign_offs"), "sign_offs", ["beside_id"], ["id"])
        batch.drop_index("uq_sign_offs_open")
        batch.create_index(batch.f("ix_sign_offs_asked_organisation_id"), ["asked_organisation_id"])
        batch.create_index(
            "uq_sign_offs_open",
            ["idea_id", "asked_organisation_id"],
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )
    with op.batch_alter_table("decisions") as batch:
        batch.add_column(sa.Column("decided_by_sponsor", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("sponsor_may_decide", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_check_constraint(
            batch.f("ck_decisions_sponsor_only_where_allowed"), "NOT decided_by_sponsor OR sponsor_may_decide"
        )
    for table, column in (
        ("organisations", "sponsor_may_decide"),
        ("decisions", "decided_by_sponsor"),
        ("decisions", "sponsor_may_decide"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    # Who answered and what stays; whose answer it was, where a partner gave it, is told by the history.
    with op.batch_alter_table("decisions") as batch:
        batch.drop_constraint(batch.f("ck_decisions_sponsor_only_where_allowed"), type_="check")
        batch.drop_column("decided_by_sponsor")
        batch.drop_column("sponsor_may_decide")
    with op.batch_alter_table("sign_offs") as batch:
        batch.drop_index("uq_sign_offs_open")
        batch.drop_index(batch.f("ix_sign_offs_asked_organisation_id"))
        batch.drop_constraint(batch.f("fk_sign_offs_beside_id_sign_offs"), type_="foreignkey")
        batch.drop_constraint(batch.f("fk_sign_offs_asked_organisation_id_organisations"), type_="foreignkey")
        batch.drop_column("beside_id")
        batch.drop_column("asked_organisation_id")
    op.create_index(
        "uq_sign_offs_open",
        "sign_offs",
        ["idea_id", "organisation_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    with op.batch_alter_table("organisations") as batch:
        batch.drop_constraint(batch.f("ck_organisations_partner_is_another"), type_="check")
        batch.drop_constraint(batch.f("fk_organisations_partner_id_organisations"), type_="foreignkey")
        batch.drop_column("partner_id")
        batch.drop_column("sponsor_may_decide")
