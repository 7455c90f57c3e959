"""What people decide about the labels of one story."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlmodel import Session
from starlette.responses import Response

from app.models.access import Actor
from app.models.field_note import feeling, reading, tagging
from app.models.field_note.schemas import Feeling
from app.models.field_note.table import FieldNote, TaggingState
from app.rendering import answer
from app.routers.dependencies import Db, SignedIn, TheNote

router = APIRouter(prefix="/field-notes/{note_id}/taggings", include_in_schema=False)


@router.post("")
def add(
    request: Request, db: Db, note: TheNote, actor: SignedIn, tag_id: Annotated[str, Form(max_length=36)]
) -> Response:
    tagging.add(db, note, tag_id, by=actor)
    return _decided(request, db, note, actor, tag_id)


@router.post("/{tag_id}/acceptance")
def accept(request: Request, db: Db, note: TheNote, actor: SignedIn, tag_id: str) -> Response:
    tagging.decide(db, note, tag_id, TaggingState.ACCEPTED, by=actor)
    return _decided(request, db, note, actor, tag_id)


@router.post("/{tag_id}/rejection")
def reject(request: Request, db: Db, note: TheNote, actor: SignedIn, tag_id: str) -> Response:
    tagging.decide(db, note, tag_id, TaggingState.REJECTED, by=actor)
    return _decided(request, db, note, actor, tag_id)


@router.post("/{tag_id}/reconsideration")
def reconsider(request: Request, db: Db, note: TheNote, actor: SignedIn, tag_id: str) -> Response:
    tagging.decide(db, note, tag_id, TaggingState.SUGGESTED, by=actor)
    return _decided(request, db, note, actor, tag_id)


@router.post("/{tag_id}/feeling")
def feel(
    request: Request, db: Db, note: TheNote, actor: SignedIn, tag_id: str, sent: Annotated[Feeling, Form()]
) -> Response:
    """The focus stays where it was: the buttons are the same."""
    feeling.say_of(db, note, tag_id, sent.sentiment, by=actor)
    return _decided(request, db, note, actor, "")


def _decided(request: Request, db: Session, note: FieldNote, actor: Actor, tag_id: str) -> Response:
    return answer(
        request,
        "field_notes/_decided.html",
        to=f"/field-notes/{note.id}#labels",
        story=reading.story(db, actor, note),
        lit="",
        decided=tag_id,
    )
