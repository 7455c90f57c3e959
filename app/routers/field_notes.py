"""Stories to read: the list with its filter, and one story with its labels, files, actions and call-back."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, from_address
from app.models.access import Actor, Permission
from app.models.attachment import hearing
from app.models.attachment import queries as attachments
from app.models.board.of_note import actions_of
from app.models.break_glass.table import Look
from app.models.field_note import contacting, editing, listing, queries, reading
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.table import FieldNote
from app.models.paging import Page
from app.models.privacy import requesting, withdrawing
from app.models.promise import settling
from app.models.rule import proposing
from app.models.rule import queries as rules
from app.models.safari import queries as safaris
from app.models.tag import queries as tags
from app.rendering import answer, asker, fragment, is_htmx, page
from app.routers.dependencies import Db, SignedIn, TheNote, in_emergency, may
from app.routers.told import around

router = APIRouter(prefix="/field-notes", include_in_schema=False)


@router.get("", dependencies=[in_emergency(Look.LIST)])
def index(request: Request, db: Db, actor: Annotated[Actor, may(Permission.READ_NOTE)]) -> Response:
    form = from_address(FieldNoteFilter, request.query_params)
    only = form.result or FieldNoteFilter()
    found = listing.rows(db, actor, only, cursor=form.value("cursor")) if form.result else Page([], None)
    more = urlencode(only.chosen | {"cursor": found.next}) if found.next else ""
    if is_htmx(request) and form.value("cursor"):
        return fragment(request, "field_notes/_rows.html", rows=found.items, more=more)
    return page(
        request,
        "field_notes/index.html",
        nav="field-notes",
        status=200 if form.result else 422,
        form=form,
        chosen=urlencode(only.chosen),
        rows=found.items,
        more=more,
        total=listing.count(db, actor, only) if form.result else 0,
        places=listing.places(db, actor),
        themes=tags.active(db),
        outing=safaris.outing(db, safaris.get(db, actor, only.safari)) if only.safari else None,
    )


@router.get("/{note_id}", dependencies=[in_emergency(Look.NOTE)])
def show(request: Request, db: Db, note: TheNote, tag: str = "") -> Response:
    """`tag`: the label whose sentences light up."""
    if is_htmx(request):
        story = reading.story(db, asker(request), note)
        return fragment(request, "field_notes/_decided.html", story=story, lit=tag, decided="")
    return note_page(request, db, blank(), note=note, lit=tag)


def note_page(
    request: Request,
    db: Session,
    form: Filled[Any],
    *,
    note: FieldNote | None = None,
    lit: str = "",
    reach: Any = None,
    voices_open: bool = False,
    link_made: Any = None,
) -> Response:
    """`reach`: name and number of who wants a call, when they were just opened; `voices_open`: so were recordings.
    `link_made`: the customer's own link, shown this once."""
    actor = asker(request)
    note = note or queries.get(db, actor, request.path_params["note_id"])
    story, files = reading.story(db, actor, note), attachments.of(db, note.id)
    here = {*(file.kind for file in files), *(["call_back"] if story.contact else [])}
    told, form = around(db, actor, note, story, form)
    return page(
        request,
        "field_notes/show.html",
        nav="field-notes",
        form=form,
        story=story,
        lit=lit,
        decided="",
        reach=reach,
        files=files,
        actions=actions_of(db, actor, note.id),
        rules=rules.of_note(db, actor, note.id),
        proposals=proposing.still_open(db, note),
        may_act=actor.may(Permission.CHANGE_ACTION, at=story.place.path),
        may_add=note.author_id == actor.id,
        voices_open=voices_open or note.author_id == actor.id,
        versions=editing.versions(db, note, story.guide, story.place, by=actor),
        told=told,
        link_made=link_made,
        may_hear=contacting.may_open(actor, note, story.place),
        agreed=withdrawing.agreed(db, note, here),
        may_withdraw=withdrawing.may_withdraw(note, actor, story.place),
        may_ask=actor.may(Permission.SETTLE_NOTE, at=story.place.path),
        code=requesting.code_of(note.id),
    )


@router.post("/{note_id}/contact", dependencies=[in_emergency(Look.CONTACT)])
def reveal(request: Request, db: Db, note: TheNote, actor: SignedIn) -> Response:
    """Shown in the answer itself and nowhere kept, so that each view is asked for and logged."""
    reach = settling.reveal_of_note(db, note, by=actor)
    if not is_htmx(request):
        return note_page(request, db, blank(), reach=reach)
    return fragment(request, "field_notes/_call_back.html", story=reading.story(db, actor, note), reach=reach)


@router.post("/{note_id}/voice", dependencies=[in_emergency(Look.VOICE)])
def hear(request: Request, db: Db, note: TheNote, actor: SignedIn) -> Response:
    """As with name and number: the players stand in the answer, so that each opening is asked for and logged."""
    hearing.open_voices(db, note, by=actor)
    return note_page(request, db, blank(), voices_open=True)


@router.post("/{note_id}/call")
def call(request: Request, db: Db, note: TheNote, actor: SignedIn) -> Response:
    settling.call(db, note, by=actor)
    return answer(
        request,
        "field_notes/_call_back.html",
        to=f"/field-notes/{note.id}#call-back",
        story=reading.story(db, actor, note),
        reach=None,
    )
