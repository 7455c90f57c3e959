from datetime import datetime
from typing import Annotated, Self

from fastapi import Query
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.models.access import Actor, Permission
from app.models.safari import closing, listing, opening, queries
from app.models.safari.listing import SafariFilter
from app.models.safari.queries import Outing
from app.models.safari.schemas import DebriefDraft, SafariDraft
from app.models.safari.table import Safari, SafariState
from app.routers.api.shared import ONE, WRITING, Cursor, Limit, PageOut, api_router
from app.routers.dependencies import Db, TheSafari, may

router = api_router("safaris", "safaris")
Recorder = Annotated[Actor, may(Permission.RECORD_NOTE)]
Leader = Annotated[Actor, may(Permission.LEAD_SAFARI)]


class SafariQuery(BaseModel):
    location: str = Field("", max_length=36, description="Id of a place.")
    state: SafariState | None = None
    mine: bool = Field(False, description="Only those you lead or joined.")
    limit: Limit = 50
    cursor: Cursor = ""


class SafariOut(BaseModel):
    id: str
    location_id: str
    location: str
    guide_version_id: str
    leader_id: str
    leader: str
    goal: str
    target: int
    back_office: bool
    state: SafariState
    planned_for: datetime | None
    started_at: datetime | None
    closed_at: datetime | None
    debrief: str

    @classmethod
    def of(cls, outing: Outing) -> Self:
        stored = outing.safari.model_dump(exclude={"join_code", "created_at"})
        return cls(location=outing.place.name, leader=outing.leader.name, **stored)


def _out(db: Session, safari: Safari) -> SafariOut:
    return SafariOut.of(queries.outing(db, safari))


@router.get("", summary="Safaris you may see, the newest first")
def index(db: Db, actor: Recorder, asked: Annotated[SafariQuery, Query()]) -> PageOut[SafariOut]:
    only = SafariFilter(location_id=asked.location, state=asked.state, mine=asked.mine)
    found = listing.page(db, actor, only, cursor=asked.cursor, limit=asked.limit)
    return PageOut(items=[SafariOut.of(outing) for outing in found.items], next=found.next)


@router.post("", status_code=201, summary="Begin or plan a safari", responses=WRITING)
def create(db: Db, actor: Leader, draft: SafariDraft) -> SafariOut:
    """The same `id` again gives the same safari, so that retrying is safe."""
    return _out(db, opening.open_safari(db, draft, by=actor))


@router.get("/{safari_id}", summary="One safari", responses=ONE)
def show(db: Db, actor: Recorder, safari: TheSafari) -> SafariOut:
    return _out(db, safari)


@router.post("/{safari_id}/opening", summary="Begin a planned safari", responses=WRITING)
def begin(db: Db, actor: Leader, safari: TheSafari) -> SafariOut:
    opening.begin(db, safari, by=actor)
    return _out(db, safari)


@router.post("/{safari_id}/closure", summary="Close a safari", responses=WRITING)
def close(db: Db, actor: Leader, safari: TheSafari, draft: DebriefDraft) -> SafariOut:
    """Notes that were recorded before may still arrive afterwards."""
    closing.close(db, safari, draft, by=actor)
    return _out(db, safari)
