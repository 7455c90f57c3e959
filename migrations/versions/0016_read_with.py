"""What each note was last read with, instead of how far a model came."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("field_note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("read_with", sa.String(length=16), nullable=True))
    with op.batch_alter_table("learned_model", schema=None) as batch_op:
        batch_op.drop_column("retagged_at")
        batch_op.drop_column("retagged_to")


def downgrade() -> None:
    with op.batch_alter_table("learned_model", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retagged_to", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("retagged_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("field_note", schema=None) as batch_op:
        batch_op.drop_column("read_with")
