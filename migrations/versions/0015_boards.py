"""Saved boards, and when an action was last stirred: what lies still is asked about."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "board",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("shared_at_id", sa.String(length=36), nullable=True),
        sa.Column("location_id", sa.String(length=36), nullable=True),
        sa.Column("team_id", sa.String(length=36), nullable=True),
        sa.Column("goal_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("signal", sa.String(length=20), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"]),
        sa.ForeignKeyConstraint(["shared_at_id"], ["location.id"]),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"]),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_board_shared_at_id"), ["shared_at_id"], unique=False)

    with op.batch_alter_table("improvement_action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stirred_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE improvement_action SET stirred_at = moved_at")
    with op.batch_alter_table("improvement_action", schema=None) as batch_op:
        batch_op.alter_column("stirred_at", existing_type=sa.DateTime(timezone=True), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("improvement_action", schema=None) as batch_op:
        batch_op.drop_column("asked_at")
        batch_op.drop_column("stirred_at")
    op.drop_table("board")
