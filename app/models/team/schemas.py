from pydantic import BaseModel

from app.models.location.schemas import Name


class TeamDraft(BaseModel):
    name: Name
    location_id: str
    members: list[str] = []


class TeamChanges(BaseModel):
    name: Name
    members: list[str] = []
