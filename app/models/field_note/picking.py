"""What a form sends when somebody picks words of a note, or makes something new of them."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator

from app.models.field_note.quoting import PICK


def _known_shape(pick: str) -> str:
    if not PICK.fullmatch(pick):
        raise ValueError("action.quote_unknown")
    return pick


def _as_uuid(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError as unreadable:
        raise ValueError("field.other") from unreadable


Id = Annotated[str, AfterValidator(_as_uuid)]
"""Made where the thing is made, so that sending twice makes one."""
Pick = Annotated[str, AfterValidator(_known_shape)]
"""A place in a note's text, as "field:start-end" in characters."""
