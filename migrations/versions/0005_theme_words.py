"""Themes of the organisation's own: the words that suggest one, and the theme it was merged into."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("tag", schema=None) as batch_op:
        batch_op.add_column(sa.Column("words", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("merged_into_id", sa.String(length=36), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("tag", schema=None) as batch_op:
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("words")
