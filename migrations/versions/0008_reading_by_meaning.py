"""Notes that have yet to be read by their meaning, and what was learned to read them with."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "pending_reading",
        sa.Column("note_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["field_note.id"],
        ),
        sa.PrimaryKeyConstraint("note_id"),
    )
    with op.batch_alter_table("learned_model", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meaning", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("learned_model", schema=None) as batch_op:
        batch_op.drop_column("meaning")

    op.drop_table("pending_reading")
