"""How a person says that a label was meant, beside how it was read."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"


def upgrade() -> None:
    with op.batch_alter_table("tagging") as tagging:
        tagging.add_column(sa.Column("read_sentiment", sa.String(length=10), nullable=True))
        tagging.add_column(sa.Column("felt_by_id", sa.String(length=36), nullable=True))
        tagging.add_column(sa.Column("felt_at", sa.DateTime(timezone=True), nullable=True))
        tagging.create_foreign_key("fk_tagging_felt_by_id", "users", ["felt_by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("tagging") as tagging:
        tagging.drop_constraint("fk_tagging_felt_by_id", type_="foreignkey")
        for column in ("felt_at", "felt_by_id", "read_sentiment"):
            tagging.drop_column(column)
