from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from app.clock import new_id, within_reach
from app.masking import masked
from app.settings import settings


def _uuid(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        raise ValueError("safari.unreadable_id") from None


def _aware(value: datetime) -> datetime:
    """A date picker knows no zone: what it says is the time on the organisation's own clock."""
    return value if value.tzinfo else value.replace(tzinfo=ZoneInfo(settings().time_zone))


Words = Annotated[str, AfterValidator(masked)]


class SafariDraft(BaseModel):
    """What you choose before you go. `target` is a number of talks; with `planned_for` it waits until then."""

    id: Annotated[str, AfterValidator(_uuid)] = Field(default_factory=new_id)
    location_id: str = Field(max_length=36)
    guide_version_id: str = Field(max_length=36)
    goal: Words = Field("", max_length=200)
    target: int = Field(5, ge=1, le=30)
    back_office: bool = False
    planned_for: Annotated[datetime, AfterValidator(_aware), AfterValidator(within_reach)] | None = None


class DebriefDraft(BaseModel):
    """One minute at the end: what struck you most."""

    debrief: Words = Field("", max_length=4000)


class BegunDraft(BaseModel):
    """A safari that began on a phone without a connection. `started_at` is the phone's clock: data, no order."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    location_id: str = Field(max_length=36)
    guide_version_id: str = Field(max_length=36)
    goal: Words = Field("", max_length=200)
    target: int = Field(5, ge=1, le=30)
    back_office: bool = False
    started_at: Annotated[AwareDatetime, AfterValidator(within_reach)]


class EndedDraft(DebriefDraft):
    """That it ended, likewise."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    closed_at: Annotated[AwareDatetime, AfterValidator(within_reach)]
