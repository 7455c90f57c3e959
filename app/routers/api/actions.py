from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field, ValidationError
from sqlmodel import Session

from app.errors import Invalid
from app.forms import faults_of
from app.models.access import Actor, Permission
from app.models.action import arranging, changing, commenting, queries, raising
from app.models.action.as_json import ActionOut, CommentOut, comments, page, shown
from app.models.action.filter import ActionFilter
from app.models.action.schemas import ActionChanges, ActionDraft, CommentDraft, Picks, Placement
from app.models.action.table import ActionKind, ImprovementAction, Room
from app.models.action.under_goals import goal_ids
from app.models.field_note import queries as notes
from app.models.rule.schemas import Euros
from app.routers.api.shared import ONE, WRITING, Cursor, Limit, PageOut, api_router
from app.routers.dependencies import Db, TheAction, may

router = api_router("actions", "actions")
Reader = Annotated[Actor, may(Permission.READ_BOARD)]
Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


class ActionQuery(ActionFilter):
    limit: Limit = 50
    cursor: Cursor = ""


class RaisedAction(ActionDraft):
    """`note_id`: the story it rests on; `quotes` are places in its answers, each "field:start-end"."""

    note_id: str = Field(max_length=36)


class ActionPatch(BaseModel):
    """What is not named stays as it is. `version` is the one you saw."""

    version: int
    title: str | None = None
    description: str | None = None
    kind: ActionKind | None = None
    owner_id: str | None = None
    team_ids: list[str] | None = None
    goal_id: str | None = None
    due_on: date | None = None
    room: Room | None = None
    room_from: str | None = None
    room_from_id: str | None = None
    euros: Euros | None = None


class EvidenceMore(BaseModel):
    note_id: str = Field(max_length=36)
    quotes: Picks = []


def _one(db: Session, actor: Actor, action: ImprovementAction) -> ActionOut:
    db.flush()
    return shown(db, actor, [action])[0]


@router.get("", summary="Actions you may see, the newest first")
def index(db: Db, actor: Reader, asked: Annotated[ActionQuery, Query()]) -> PageOut[ActionOut]:
    found = page(db, actor, asked, limit=asked.limit, cursor=asked.cursor)
    return PageOut(items=list(found.items), next=found.next)


@router.post("", status_code=201, summary="Raise an action from a story", responses=WRITING)
def create(db: Db, actor: Changer, draft: RaisedAction) -> ActionOut:
    """The same `id` again gives the same action, so that retrying is safe."""
    note = notes.get(db, actor, draft.note_id)
    return _one(db, actor, raising.raise_from(db, note, draft, by=actor))


@router.get("/{action_id}", summary="One action", responses=ONE)
def show(db: Db, actor: Reader, action: TheAction) -> ActionOut:
    return _one(db, actor, action)


@router.patch("/{action_id}", summary="Change what an action says", responses=WRITING)
def change(db: Db, actor: Changer, action: TheAction, patch: ActionPatch) -> ActionOut:
    changing.change(db, action, _merged(db, action, patch), by=actor)
    return _one(db, actor, action)


def _merged(db: Session, action: ImprovementAction, patch: ActionPatch) -> ActionChanges:
    now: dict[str, Any] = action.model_dump(include=set(ActionChanges.model_fields))
    now |= {
        "room": action.room or Room.OWN,
        "euros": None if action.amount_cents is None else Decimal(action.amount_cents) / 100,
        "team_ids": [team.id for team in queries.teams_of(db, action.id)],
        "goal_id": goal_ids(db, [action.id]).get(action.id),
    }
    try:
        return ActionChanges.model_validate(now | patch.model_dump(exclude_unset=True))
    except ValidationError as wrong:
        raise Invalid(faults_of(wrong.errors(include_input=False, include_url=False))) from None


@router.post("/{action_id}/placement", summary="Move an action over the board", responses=WRITING)
def place(db: Db, actor: Changer, action: TheAction, to: Placement) -> ActionOut:
    """To the top of a step, or just `before` or `after` another action there; "not_now" needs a `reason`."""
    arranging.place(db, action, to, by=actor)
    return _one(db, actor, action)


@router.post("/{action_id}/evidence", status_code=201, summary="Add another story", responses=WRITING)
def add_evidence(db: Db, actor: Changer, action: TheAction, draft: EvidenceMore) -> ActionOut:
    note = notes.get(db, actor, draft.note_id)
    raising.add_evidence(db, action, note, draft.quotes, by=actor)
    return _one(db, actor, action)


@router.get("/{action_id}/comments", summary="What people wrote about it, the oldest first", responses=ONE)
def index_comments(db: Db, actor: Reader, action: TheAction) -> PageOut[CommentOut]:
    return PageOut(items=comments(db, action))


@router.post("/{action_id}/comments", status_code=201, summary="Write something about it", responses=WRITING)
def comment(db: Db, actor: Changer, action: TheAction, draft: CommentDraft) -> CommentOut:
    return CommentOut.model_validate(commenting.comment(db, action, draft, by=actor))
