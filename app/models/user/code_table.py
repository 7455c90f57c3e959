from datetime import datetime

from sqlmodel import Field

from app.models.record import Record, moment


class MailedCode(Record, table=True):
    """Six digits, sealed to the browser that asked. With `session_id` it confirms that session, else it signs in.

    Nobody's code (`user_id` empty) is for an address that we do not know: it fits nothing.
    """

    __tablename__ = "mailed_code"

    user_id: str | None = Field(default=None, foreign_key="users.id", index=True, max_length=36)
    session_id: str | None = Field(default=None, max_length=36)
    browser_hash: str = Field(unique=True, max_length=64)
    code_hash: str = Field(max_length=64)
    tries: int = 0
    spent: bool = False
    expires_at: datetime = moment()
