"""Steps, mentions, followers, files and repetition of an action, where it was merged, and the room of a team."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0018"

MOMENT = sa.DateTime(timezone=True)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(36), nullable=nullable)


def _to(name: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{table}.id"])


def _record(name: str, *columns: sa.schema.SchemaItem) -> None:
    own = (_id("id"), sa.Column("created_at", MOMENT, nullable=False), sa.PrimaryKeyConstraint("id"))
    op.create_table(name, *own, *columns)


def upgrade() -> None:
    with op.batch_alter_table("improvement_action", schema=None) as batch_op:
        batch_op.add_column(_id("room_from_id", nullable=True))
        batch_op.add_column(sa.Column("amount_cents", sa.Integer(), nullable=True))
        batch_op.add_column(_id("merged_into_id", nullable=True))
        batch_op.create_foreign_key("fk_action_room_from", "users", ["room_from_id"], ["id"])
        batch_op.create_foreign_key("fk_action_merged", "improvement_action", ["merged_into_id"], ["id"])
        batch_op.create_index("ix_improvement_action_merged_into_id", ["merged_into_id"])
    _of_action()
    _room()


def _of_action() -> None:
    _record(
        "sub_step",
        _id("action_id"),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("position", sa.Float(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        _id("done_by_id", nullable=True),
        _to("action_id", "improvement_action"),
        _to("done_by_id", "users"),
    )
    op.create_table(
        "mention",
        _id("comment_id"),
        _id("user_id"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        _to("comment_id", "comment"),
        _to("user_id", "users"),
        sa.PrimaryKeyConstraint("comment_id", "user_id"),
    )
    op.create_table(
        "watcher",
        _id("action_id"),
        _id("user_id"),
        _to("action_id", "improvement_action"),
        _to("user_id", "users"),
        sa.PrimaryKeyConstraint("action_id", "user_id"),
    )
    op.create_table(
        "repetition",
        _id("action_id"),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("counted", sa.String(20), nullable=False),
        sa.Column("month_day", sa.Integer(), nullable=True),
        _id("next_id", nullable=True),
        _to("action_id", "improvement_action"),
        _to("next_id", "improvement_action"),
        sa.PrimaryKeyConstraint("action_id"),
        sa.UniqueConstraint("next_id"),
    )
    _record(
        "action_file",
        _id("action_id"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(64), nullable=False),
        sa.Column("thumbnail", sa.String(64), nullable=True),
        _id("added_by_id"),
        _to("action_id", "improvement_action"),
        _to("added_by_id", "users"),
        sa.UniqueConstraint("action_id", "sha256"),
    )
    for table, column in (
        ("sub_step", "action_id"),
        ("mention", "user_id"),
        ("watcher", "user_id"),
        ("action_file", "action_id"),
        ("action_file", "blob"),
        ("action_file", "thumbnail"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _room() -> None:
    _record(
        "team_room",
        _id("team_id"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.String(600), nullable=False),
        sa.Column("up_to_cents", sa.Integer(), nullable=True),
        _to("team_id", "team"),
        sa.UniqueConstraint("team_id", "kind"),
    )
    _record(
        "room_use",
        _id("action_id"),
        _id("team_id", nullable=True),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("words", sa.String(600), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        _id("by_id"),
        _id("of_id", nullable=True),
        sa.Column("answer", sa.String(600), nullable=False),
        _id("answered_by_id", nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        _to("action_id", "improvement_action"),
        _to("team_id", "team"),
        *(_to(name, "users") for name in ("by_id", "of_id", "answered_by_id")),
    )
    for column in ("action_id", "team_id"):
        op.create_index(f"ix_room_use_{column}", "room_use", [column])


def downgrade() -> None:
    for table in ("room_use", "team_room", "action_file", "repetition", "watcher", "mention", "sub_step"):
        op.drop_table(table)
    with op.batch_alter_table("improvement_action", schema=None) as batch_op:
        batch_op.drop_index("ix_improvement_action_merged_into_id")
        batch_op.drop_constraint("fk_action_merged", type_="foreignkey")
        batch_op.drop_constraint("fk_action_room_from", type_="foreignkey")
        for column in ("merged_into_id", "amount_cents", "room_from_id"):
            batch_op.drop_column(column)
