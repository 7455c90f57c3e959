"""The log: from where, the chain over its lines, and a database that refuses to change them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
GUARDED = ("audit_entry", "audit_link", "audit_check")
REFUSED = "the log is only ever added to"


def upgrade() -> None:
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address", sa.String(length=50), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("device", sa.String(length=60), nullable=False, server_default=""))

    op.create_table(
        "audit_link",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("entry_id"),
    )
    op.create_table(
        "audit_check",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("trouble", sa.String(length=20), nullable=True),
        sa.Column("broken_seq", sa.Integer(), nullable=True),
        sa.Column("broken_id", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    guard(op.get_bind().dialect.name)


def guard(dialect: str) -> None:
    if dialect == "sqlite":
        for table in GUARDED:
            for event in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    for table in GUARDED:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            for event in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{event}")
    else:
        for table in GUARDED:
            op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
        op.execute("DROP FUNCTION refuse_log_change()")
    op.drop_table("audit_check")
    op.drop_table("audit_link")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_column("device")
        batch_op.drop_column("address")
