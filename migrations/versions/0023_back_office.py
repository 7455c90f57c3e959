"""Whether a safari listens behind the scenes."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0019"


def upgrade() -> None:
    with op.batch_alter_table("safari", schema=None) as batch_op:
        batch_op.add_column(sa.Column("back_office", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("safari", schema=None) as batch_op:
        batch_op.drop_column("back_office")
