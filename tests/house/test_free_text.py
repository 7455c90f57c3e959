"""Every box in which somebody types is one that an erasure looks in, or one that no customer has a place in."""

from sqlalchemy import String
from sqlmodel import SQLModel

from app.models import everything
from app.models.erasing import ROWS
from app.models.privacy.scrubbing import TYPED

LONG = 121
# Own words of the organisation, and what is made by us: a customer has no place there, and their words neither.
NOT_ABOUT_CUSTOMERS = {
    "audit_entry.actor_name", "audit_entry.subject_kind", "audit_entry.verb", "breach.measures", "breach.told",
    "breach.what", "breach.whose", "breach.why_not", "device.name", "invitation.email", "location.path",
    "privacy_officer.email", "push.text", "push.to", "team_room.text", "user_session.device", "users.email",
    "users.password_hash",
}  # fmt: skip


def test_no_free_text_is_out_of_reach_of_an_erasure():
    scrubbed = {f"{table.__tablename__}.{name}" for table, names in TYPED.items() for name in names}
    deleted = {table.__tablename__ for table in ROWS.values()} | {"field_note", "rule_note", "attachment"}
    free = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and (column.type.length or LONG) >= LONG
        if not (column.foreign_keys or column.type.length == 36)
    }
    assert everything.__all__
    left = {name for name in free if name.split(".")[0] not in deleted} - scrubbed - NOT_ABOUT_CUSTOMERS
    assert left == set(), "add it to privacy/scrubbing.py: TYPED, or here when no customer has a place in it"
