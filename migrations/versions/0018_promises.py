"""Promises, the customer's own link with what they answered, who was told, and the public page of a place."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0015"

ID = sa.String(length=36)
MOMENT = sa.DateTime(timezone=True)


def _key(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"])


def upgrade() -> None:
    op.create_table(
        "promise",
        sa.Column("id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("location_id", ID, nullable=False),
        sa.Column("action_id", ID, nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", ID, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("created_by_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("note_id", "field_note"),
        _key("location_id", "location"),
        _key("action_id", "improvement_action"),
        _key("owner_id", "users"),
        _key("changed_by_id", "users"),
        _key("created_by_id", "users"),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("note_id", "location_id", "action_id", "owner_id"):
        op.create_index(f"ix_promise_{column}", "promise", [column])
    op.create_table(
        "customer_link",
        sa.Column("id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("created_by_id", ID, nullable=True),
        _key("note_id", "field_note"),
        _key("created_by_id", "users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_customer_link_note_id", "customer_link", ["note_id"])
    op.create_table(
        "customer_answer",
        sa.Column("id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("action_id", ID, nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _key("note_id", "field_note"),
        _key("action_id", "improvement_action"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("note_id", "action_id"),
    )
    op.create_index("ix_customer_answer_note_id", "customer_answer", ["note_id"])
    op.create_index("ix_customer_answer_action_id", "customer_answer", ["action_id"])
    op.create_table(
        "telling",
        sa.Column("action_id", ID, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("told_by_id", ID, nullable=True),
        _key("action_id", "improvement_action"),
        _key("note_id", "field_note"),
        _key("told_by_id", "users"),
        sa.PrimaryKeyConstraint("action_id", "note_id"),
    )
    op.create_index("ix_telling_note_id", "telling", ["note_id"])
    op.create_table(
        "reply",
        sa.Column("action_id", ID, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("evidence_id", ID, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("changed_by_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("action_id", "improvement_action"),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], ondelete="SET NULL"),
        _key("changed_by_id", "users"),
        sa.PrimaryKeyConstraint("action_id"),
    )
    op.create_index("ix_reply_evidence_id", "reply", ["evidence_id"])
    op.create_table(
        "public_place",
        sa.Column("location_id", ID, nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        _key("location_id", "location"),
        sa.PrimaryKeyConstraint("location_id"),
        sa.UniqueConstraint("slug"),
    )


def downgrade() -> None:
    for table in ("public_place", "reply", "telling", "customer_answer", "customer_link", "promise"):
        op.drop_table(table)
