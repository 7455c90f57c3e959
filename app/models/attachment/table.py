from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.record import Record, one_of


class AttachmentKind(StrEnum):
    PHOTO = "photo"
    VOICE = "voice"


class Attachment(Record, table=True):
    """A photo or spoken note. `sha256` is of the bytes as sent; `blob` and `thumbnail` of what we keep."""

    __table_args__ = (UniqueConstraint("note_id", "sha256"),)

    note_id: str = Field(foreign_key="field_note.id", max_length=36)
    kind: AttachmentKind = Field(sa_type=one_of(AttachmentKind))
    sha256: str = Field(max_length=64)
    media_type: str = Field(max_length=60)
    size: int
    blob: str = Field(max_length=64)
    thumbnail: str | None = Field(default=None, max_length=64)
    width: int | None = None
    height: int | None = None


class FileKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


class ActionFile(Record, table=True):
    """A photo or a PDF with an action. `sha256` is of the bytes as sent; `blob` and `thumbnail` of what we keep."""

    __tablename__ = "action_file"
    __table_args__ = (UniqueConstraint("action_id", "sha256"),)

    action_id: str = Field(foreign_key="improvement_action.id", index=True, max_length=36)
    kind: FileKind = Field(sa_type=one_of(FileKind))
    name: str = Field(max_length=160)
    sha256: str = Field(max_length=64)
    media_type: str = Field(max_length=60)
    size: int
    blob: str = Field(index=True, max_length=64)
    thumbnail: str | None = Field(default=None, index=True, max_length=64)
    added_by_id: str = Field(foreign_key="users.id", max_length=36)
