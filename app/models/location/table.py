from enum import StrEnum

from sqlmodel import Field

from app.models.record import Record, one_of


class LocationKind(StrEnum):
    ORGANISATION = "organisation"
    REGION = "region"
    LOCATION = "location"


class Location(Record, table=True):
    """A node of the tree organisation > region > location. `path` is "/id/id/.../" down to itself."""

    parent_id: str | None = Field(default=None, foreign_key="location.id", index=True, max_length=36)
    kind: LocationKind = Field(sa_type=one_of(LocationKind))
    name: str = Field(max_length=120)
    path: str = Field(index=True)
