"""ask whether it is less bad"""

import sqlalchemy as sa
from alembic import op

revision = "e4b2c3d4f5a6"
down_revision = "e1d7fab53ec6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "felt_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(40), nullable=False),
        sa.Column("trial", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("less_bad", sa.Integer(), nullable=True),
        sa.Column("same", sa.Integer(), nullable=True),
        sa.Column("worse", sa.Integer(), nullable=True),
        sa.CheckConstraint("asked > 0", name="somebody_is_asked"),
        sa.CheckConstraint("(closed_at IS NULL) = (answered IS NULL)", name="counted_when_closed"),
        sa.CheckConstraint(
            "(less_bad IS NULL AND same IS NULL AND worse IS NULL) OR "
            "(answered >= 5 AND less_bad + same + worse = answered)",
            name="five_or_nothing",
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_felt_rounds_idea_id_ideas"),
        sa.PrimaryKeyConstraint("id", name="pk_felt_rounds"),
        sa.UniqueConstraint("idea_id", "moment", "trial", name="uq_felt_rounds_idea_id_moment_trial"),
    )
    op.create_index("ix_felt_rounds_closes_on", "felt_rounds", ["closes_on"])
    op.create_table(
        "felt_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["felt_rounds.id"], name="fk_felt_asks_round_id_felt_rounds"),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_felt_asks_idea_id_ideas"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_felt_asks_person_id_people"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_felt_asks_organisation_id_organisations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_felt_asks"),
        sa.UniqueConstraint("round_id", "person_id", name="uq_felt_asks_round_id_person_id"),
    )
    op.create_index("ix_felt_asks_idea_id", "felt_asks", ["idea_id"])
    op.create_index("ix_felt_asks_person_id", "felt_asks", ["person_id"])


def downgrade() -> None:
    # What those it touched said is in the history's sentences, where five or more answered.
    op.drop_table("felt_asks")
    op.drop_table("felt_rounds")
