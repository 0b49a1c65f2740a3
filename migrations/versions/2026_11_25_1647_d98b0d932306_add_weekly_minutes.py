"""add weekly minutes"""

import sqlalchemy as sa
from alembic import op

revision = "d98b0d932306"
down_revision = "e1a4c7d20b93"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "weekly_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("week_starts_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_skipped", sa.Boolean(), nullable=False),
        sa.Column("worse", sa.Text(), nullable=False),
        sa.CheckConstraint("NOT is_skipped OR worse = ''", name="skipped_says_nothing"),
        sa.CheckConstraint("(changed_at IS NULL) = (changed_by_id IS NULL)", name="changed_by_somebody"),
        sa.CheckConstraint("number > 0", name="number"),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name="fk_weekly_minutes_answered_by_id_people"),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name="fk_weekly_minutes_changed_by_id_people"),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_weekly_minutes_idea_id_ideas"),
        sa.PrimaryKeyConstraint("id", name="pk_weekly_minutes"),
        sa.UniqueConstraint("idea_id", "week_starts_on", name="uq_weekly_minutes_idea_id_week_starts_on"),
    )
    op.create_table(
        "barriers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("weekly_minute_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text) > 0", name="said"),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_barriers_idea_id_ideas"),
        sa.ForeignKeyConstraint(["raised_by_id"], ["people.id"], name="fk_barriers_raised_by_id_people"),
        sa.ForeignKeyConstraint(
            ["weekly_minute_id"], ["weekly_minutes.id"], name="fk_barriers_weekly_minute_id_weekly_minutes"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_barriers"),
        sa.UniqueConstraint("weekly_minute_id", name="uq_barriers_weekly_minute_id"),
    )
    op.create_index("ix_barriers_idea_id", "barriers", ["idea_id"])
    op.create_table(
        "pledge_weeks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weekly_minute_id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("kept", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name="fk_pledge_weeks_pledge_id_pledges"),
        sa.ForeignKeyConstraint(
            ["weekly_minute_id"], ["weekly_minutes.id"], name="fk_pledge_weeks_weekly_minute_id_weekly_minutes"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pledge_weeks"),
        sa.UniqueConstraint("weekly_minute_id", "pledge_id", name="uq_pledge_weeks_weekly_minute_id_pledge_id"),
    )
    op.create_index("ix_pledge_weeks_pledge_id", "pledge_weeks", ["pledge_id"])
    with op.batch_alter_table("readings") as readings:
        readings.add_column(sa.Column("weekly_minute_id", sa.Integer(), nullable=True))
        readings.create_index("ix_readings_weekly_minute_id", ["weekly_minute_id"])
        readings.create_foreign_key(
            "fk_readings_weekly_minute_id_weekly_minutes", "weekly_minutes", ["weekly_minute_id"], ["id"]
        )


def downgrade() -> None:
    # The numbers stay as readings; what was in the way and what was worse stays in the history's sentences.
    with op.batch_alter_table("readings") as readings:
        readings.drop_constraint("fk_readings_weekly_minute_id_weekly_minutes", type_="foreignkey")
        readings.drop_index("ix_readings_weekly_minute_id")
        readings.drop_column("weekly_minute_id")
    op.drop_table("pledge_weeks")
    op.drop_table("barriers")
    op.drop_table("weekly_minutes")
