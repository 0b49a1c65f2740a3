"""add ideas without a name"""

import sqlalchemy as sa
from alembic import op

revision = "b2a6d936292b"
down_revision = "a26fc0e50bfb"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.add_column(sa.Column("claim_hash", sa.String(length=64), nullable=True))
        ideas.create_unique_constraint("uq_ideas_claim_hash", ["claim_hash"])
        ideas.create_check_constraint("without_name_has_no_author", "claim_hash IS NULL OR author_id IS NULL")
        ideas.create_check_constraint("without_name_is_no_draft", "claim_hash IS NULL OR audience <> 'draft'")


def downgrade() -> None:
    # The ideas stay, with nobody's name; their six words open nothing from then on.
    with op.batch_alter_table("ideas") as ideas:
        ideas.drop_constraint("without_name_is_no_draft", type_="check")
        ideas.drop_constraint("without_name_has_no_author", type_="check")
        ideas.drop_constraint("uq_ideas_claim_hash", type_="unique")
        ideas.drop_column("claim_hash")
