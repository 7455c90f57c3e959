from typing import Annotated

from pydantic import BaseModel, StringConstraints

from app.models.location.table import LocationKind

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class LocationDraft(BaseModel):
    name: Name
    kind: LocationKind = LocationKind.LOCATION
    parent_id: str


class LocationChanges(BaseModel):
    name: Name


class Nothing(BaseModel):
    """A button without fields, whose refusal is still shown on the page it stands on."""
