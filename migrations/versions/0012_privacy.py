"""Privacy: a yes for each purpose, how long what is kept, requests of customers, breaches, and work for once a day."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0008"

# Until now one yes was for all that a note holds.
FROM_NOTES = """
INSERT INTO consent (note_id, purpose, version, channel, given_at, given_to_id)
SELECT id, 'quote', consent, 'spoken', held_at, author_id FROM field_note
WHERE consent <> '' AND NOT declined AND erased_at IS NULL
"""
FROM_CONTACTS = """
INSERT INTO consent (note_id, purpose, version, channel, given_at, given_to_id)
SELECT id, 'call_back', consent, 'spoken', held_at, author_id FROM field_note
WHERE id IN (SELECT note_id FROM contact)
"""
FROM_FILES = """
INSERT INTO consent (note_id, purpose, version, channel, given_at, given_to_id)
SELECT DISTINCT n.id, a.kind, n.consent, 'spoken', n.held_at, n.author_id FROM field_note n
JOIN attachment a ON a.note_id = n.id WHERE n.kind = 'interview'
"""


def upgrade() -> None:
    op.create_table(
        "chore",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("held_by", sa.String(length=36), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "breach",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("measures", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why_not", sa.String(), nullable=False),
        sa.Column("written_by_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["users.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "privacy_officer",
        sa.Column("location_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["location.id"],
        ),
        sa.PrimaryKeyConstraint("location_id"),
    )
    op.create_table(
        "retention_term",
        sa.Column("location_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["location.id"],
        ),
        sa.PrimaryKeyConstraint("location_id", "kind"),
    )
    op.create_table(
        "consent",
        sa.Column("note_id", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_to_id", sa.String(length=36), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["given_to_id"],
            ["users.id"],
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["field_note.id"],
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"],
            ["users.id"],
        ),
        sa.PrimaryKeyConstraint("note_id", "purpose"),
    )
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("location_id", sa.String(length=36), nullable=False),
        sa.Column("note_id", sa.String(length=36), nullable=True),
        sa.Column("who", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("requested_by_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.String(length=36), nullable=True),
        sa.Column("note_ids", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["done_by_id"],
            ["users.id"],
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["location.id"],
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["field_note.id"],
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"],
            ["users.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_privacy_request_location_id"), ["location_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_privacy_request_note_id"), ["note_id"], unique=False)

    with op.batch_alter_table("field_note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True))

    for told in (FROM_NOTES, FROM_CONTACTS, FROM_FILES):
        op.execute(told)


def downgrade() -> None:
    with op.batch_alter_table("field_note", schema=None) as batch_op:
        batch_op.drop_column("emptied_at")

    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_privacy_request_note_id"))
        batch_op.drop_index(batch_op.f("ix_privacy_request_location_id"))

    op.drop_table("privacy_request")
    op.drop_table("consent")
    op.drop_table("retention_term")
    op.drop_table("privacy_officer")
    op.drop_table("breach")
    op.drop_table("chore")
