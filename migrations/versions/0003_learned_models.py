"""What an organisation's decisions taught the tagger."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "learned_model",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("retagged_to", sa.String(length=36), nullable=True),
        sa.Column("retagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("learned_model", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learned_model_in_use"), ["in_use"], unique=False)
        batch_op.create_index(batch_op.f("ix_learned_model_version"), ["version"], unique=False)


def downgrade() -> None:
    op.drop_table("learned_model")
