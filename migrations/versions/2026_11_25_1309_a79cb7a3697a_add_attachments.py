"""add attachments"""

import sqlalchemy as sa
from alembic import op

revision = "a79cb7a3697a"
down_revision = "bb978fe2f4f0"
branch_labels = None
depends_on = None

ON_THE_PLAN = sa.text("removed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_evidence", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "NOT is_evidence OR removed_at IS NOT NULL", name=op.f("ck_attachments_evidence_is_removed")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_attachments_sha256")),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachments_not_empty")),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_attachments_added_by_id_people")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_attachments_idea_id_ideas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachments_added_at"), ["added_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_sha256"), ["sha256"], unique=False)
        for column in ("name", "sha256"):
            batch_op.create_index(
                f"uq_attachments_{column}",
                ["idea_id", column],
                unique=True,
                sqlite_where=ON_THE_PLAN,
                postgresql_where=ON_THE_PLAN,
            )


def downgrade() -> None:
    # The files themselves stay in their folder until somebody deletes it.
    op.drop_table("attachments")
