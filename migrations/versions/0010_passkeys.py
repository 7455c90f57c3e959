"""Passkeys, a second step, browsers that are known, and how and where a session began."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0012"

MOMENT = sa.DateTime(timezone=True)


def _record(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id"),
    )


def _of_user(*more: sa.schema.SchemaItem) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"]),
        *more,
    ]


def upgrade() -> None:
    _record(
        "passkey",
        *_of_user(
            sa.Column("key_id", sa.String(1400), nullable=False),
            sa.Column("public_key", sa.LargeBinary(), nullable=False),
            sa.Column("site", sa.String(253), nullable=False),
            sa.Column("used", sa.Integer(), nullable=False),
            sa.Column("name", sa.String(120), nullable=False),
            sa.Column("last_used_at", MOMENT, nullable=True),
            sa.UniqueConstraint("key_id"),
        ),
    )
    _record(
        "code_app",
        *_of_user(
            sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
            sa.Column("last_step", sa.Integer(), nullable=False),
            sa.UniqueConstraint("user_id"),
        ),
    )
    _record(
        "spare_code",
        *_of_user(
            sa.Column("code_hash", sa.String(64), nullable=False),
            sa.UniqueConstraint("code_hash"),
        ),
    )
    _record(
        "spent_ticket",
        sa.Column("ticket_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.UniqueConstraint("ticket_hash"),
    )
    _record(
        "known_browser",
        *_of_user(
            sa.Column("browser_hash", sa.String(64), nullable=False),
            sa.Column("seen_at", MOMENT, nullable=False),
            sa.UniqueConstraint("user_id", "browser_hash"),
        ),
    )
    _record(
        "notice",
        *_of_user(
            sa.Column("kind", sa.String(30), nullable=False),
            sa.Column("read_at", MOMENT, nullable=True),
            sa.UniqueConstraint("user_id", "kind"),
        ),
    )
    for table in ("passkey", "spare_code", "known_browser", "notice"):
        op.create_index(f"ix_{table}_user_id", table, ["user_id"])
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(20), nullable=False, server_default="password"))
        batch_op.add_column(sa.Column("network", sa.String(45), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_column("network")
        batch_op.drop_column("way")
    for table in ("notice", "known_browser", "spent_ticket", "spare_code", "code_app", "passkey"):
        op.drop_table(table)
