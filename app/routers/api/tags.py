from pydantic import BaseModel, ConfigDict

from app.models.record import Words
from app.models.tag import queries
from app.models.tag.table import Tag, TagKind
from app.routers.api.shared import ONE, PageOut, api_router
from app.routers.dependencies import Db, SignedIn

router = api_router("tags", "tags")


class TagOut(BaseModel):
    """`slug` never changes. One that is not `active` is suggested no more, and old notes still carry it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    slug: str
    kind: TagKind
    name: Words
    about: Words
    active: bool


@router.get("", summary="Every theme and value, in the order in which people choose from them")
def index(db: Db, actor: SignedIn) -> PageOut[TagOut]:
    return PageOut(items=[TagOut.model_validate(tag) for tag in queries.every(db)])


@router.get("/{tag_id}", summary="One tag", responses=ONE, response_model=TagOut)
def show(db: Db, actor: SignedIn, tag_id: str) -> Tag:
    return queries.get(db, tag_id)
