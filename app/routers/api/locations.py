from typing import Annotated

from pydantic import BaseModel, ConfigDict

from app.models.access import Actor, Permission
from app.models.location import queries
from app.models.location.table import Location, LocationKind
from app.routers.api.shared import ONE, PageOut, api_router
from app.routers.dependencies import Db, may

router = api_router("locations", "locations")
Reader = Annotated[Actor, may(Permission.READ_BOARD)]


class LocationOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: str
    parent_id: str | None
    kind: LocationKind
    name: str


@router.get("", summary="The places where you may read, parents before children")
def index(db: Db, actor: Reader) -> PageOut[LocationOut]:
    found = queries.tree(db, actor, Permission.READ_BOARD)
    return PageOut(items=[LocationOut.model_validate(place) for place in found])


@router.get("/{location_id}", summary="One place", responses=ONE, response_model=LocationOut)
def show(db: Db, actor: Reader, location_id: str) -> Location:
    return queries.get(db, actor, location_id, Permission.READ_BOARD)
