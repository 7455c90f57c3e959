"""What should move once an action is done, the goals that actions hang under, and kind words sent on."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0021"


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=36), nullable=nullable)


def _record() -> list[sa.Column[Any]]:
    return [_id("id"), sa.Column("created_at", sa.DateTime(timezone=True), nullable=False)]


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "local_question",
        *_record(),
        _id("location_id"),
        _id("question_id"),
        _id("asked_for"),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"]),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("asked_for"),
    )
    op.create_index(op.f("ix_local_question_location_id"), "local_question", ["location_id"])
    op.create_table(
        "yardstick",
        *_record(),
        _id("action_id"),
        _id("location_id"),
        sa.Column("hope", sa.String(length=20), nullable=False),
        _id("tag_id", nullable=True),
        _id("question_id", nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        _moment("before_until"),
        _moment("counts_from"),
        _id("set_by_id", nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["improvement_action.id"]),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"]),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"]),
        sa.ForeignKeyConstraint(["set_by_id"], ["users.id"]),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("action_id"),
    )
    op.create_index(op.f("ix_yardstick_location_id"), "yardstick", ["location_id"])
    op.create_table(
        "goal",
        *_record(),
        _id("location_id"),
        _id("parent_id", nullable=True),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        _id("owner_id", nullable=True),
        _moment("closed_at", nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _id("created_by_id", nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"]),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"]),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"]),
        sa.ForeignKeyConstraint(["parent_id"], ["goal.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("location_id", "parent_id"):
        op.create_index(op.f(f"ix_goal_{column}"), "goal", [column])
    op.create_table(
        "goal_theme",
        _id("goal_id"),
        _id("tag_id"),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"]),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"]),
        sa.PrimaryKeyConstraint("goal_id", "tag_id"),
    )
    op.create_index(op.f("ix_goal_theme_tag_id"), "goal_theme", ["tag_id"])
    op.create_table(
        "goal_action",
        _id("action_id"),
        _id("goal_id"),
        sa.ForeignKeyConstraint(["action_id"], ["improvement_action.id"]),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"]),
        sa.PrimaryKeyConstraint("action_id"),
    )
    op.create_index(op.f("ix_goal_action_goal_id"), "goal_action", ["goal_id"])
    op.create_table(
        "value_strategy",
        _id("location_id"),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"]),
        sa.PrimaryKeyConstraint("location_id"),
    )
    op.create_table(
        "compliment",
        *_record(),
        _id("note_id"),
        _id("to_id"),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        _id("sent_by_id", nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["field_note.id"]),
        sa.ForeignKeyConstraint(["sent_by_id"], ["users.id"]),
        sa.ForeignKeyConstraint(["to_id"], ["users.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("note_id", "to_id"),
    )
    op.create_index(op.f("ix_compliment_to_id"), "compliment", ["to_id"])


def downgrade() -> None:
    for table in (
        "compliment", "value_strategy", "goal_action", "goal_theme", "goal", "yardstick", "local_question",
    ):  # fmt: skip
        op.drop_table(table)
