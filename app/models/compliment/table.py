from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.record import Record


class Compliment(Record, table=True):
    """A customer's kind words, sent on to the colleague they are about. The customer agreed, and is not named."""

    __table_args__ = (UniqueConstraint("note_id", "to_id"),)

    note_id: str = Field(foreign_key="field_note.id", max_length=36)
    to_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    field: str = Field(max_length=60)
    quote: str
    sent_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
