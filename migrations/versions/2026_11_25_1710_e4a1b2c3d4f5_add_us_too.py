"""add us too"""

import sqlalchemy as sa
from alembic import op

revision = "e4a1b2c3d4f5"
down_revision = "b7c3e90d41fa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "us_toos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("job", sa.String(120), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(job) > 0", name="comes_from_a_job"),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_us_toos_idea_id_ideas"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_us_toos_person_id_people"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_us_toos_organisation_id_organisations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_us_toos"),
        sa.UniqueConstraint("idea_id", "person_id", name="uq_us_toos_idea_id_person_id"),
    )
    op.create_index("ix_us_toos_person_id", "us_toos", ["person_id"])
    op.add_column("ideas", sa.Column("us_too_count", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    # Who said it is gone then: nothing else keeps it.
    op.drop_column("ideas", "us_too_count")
    op.drop_table("us_toos")
