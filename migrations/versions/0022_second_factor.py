"""Of which roles a second factor is asked, and in which sessions one was shown."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "forced_role",
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("role"),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("strong", sa.Boolean(), server_default=sa.false(), nullable=False))
    ways = "way IN ('password_code', 'passkey')"
    op.execute(f"UPDATE user_session SET strong = {_true()} WHERE {ways}")  # noqa: S608 - no word from outside


def _true() -> str:
    return "TRUE" if op.get_bind().dialect.name == "postgresql" else "1"


def downgrade() -> None:
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_column("strong")
    op.drop_table("forced_role")
