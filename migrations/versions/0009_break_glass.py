"""Emergency access of a beheerder: who, where, why, what was looked at, and which manager knows of it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "break_glass",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.String(36), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("location_id", sa.String(36), sa.ForeignKey("location.id"), nullable=False),
        sa.Column("session_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_break_glass_user_id", "break_glass", ["user_id"])
    op.create_index("ix_break_glass_location_id", "break_glass", ["location_id"])
    op.create_table(
        "glass_look",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("break_glass_id", sa.String(36), sa.ForeignKey("break_glass.id"), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("note_id", sa.String(36), sa.ForeignKey("field_note.id"), nullable=True),
    )
    op.create_index("ix_glass_look_break_glass_id", "glass_look", ["break_glass_id"])
    op.create_table(
        "glass_seen",
        sa.Column("break_glass_id", sa.String(36), sa.ForeignKey("break_glass.id"), primary_key=True),
        sa.Column("user_id", sa.String(36), sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    for table in ("glass_seen", "glass_look", "break_glass"):
        op.drop_table(table)
