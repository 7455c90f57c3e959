"""From a story to a rule in the way: "Zet in het kapmes"."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action.stories import place_for
from app.models.field_note import queries as field_notes
from app.models.field_note.quoting import sentences
from app.models.field_note.table import FieldNote
from app.models.rule import meeting, proposing, queries
from app.models.rule.schemas import NamedRule
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheNote, may

router = APIRouter(prefix="/field-notes/{note_id}/rules", include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


def name_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    note = field_notes.get(db, actor, request.path_params["note_id"])
    place = place_for(db, actor, note)
    return page(
        request,
        "rules/name.html",
        nav="rules",
        form=form,
        note=note,
        spot=place,
        sentences=sentences(note.answers, proposing.marks_in(note.answers)),
        rules=queries.at(db, place.id),
        fresh_id=form.value("id") or new_id(),
    )


@router.get("/new")
def new(request: Request, db: Db, actor: Changer, note: TheNote, quote: str = "", rule: str = "") -> Response:
    """`quote`: the sentence to begin with, else the first that sounds like a rule."""
    return name_page(request, db, _begin(note, quote, rule))


def _begin(note: FieldNote, pick: str, rule_id: str) -> Filled[Any]:
    found = proposing.proposals(note.answers)
    first = next((one for one in found if one.quote.pick == pick), None if pick else next(iter(found), None))
    if first is None:
        return blank(quote=pick, kind="rule", rule_id=rule_id)
    cents = "" if first.spot.cents is None else f"{first.spot.cents / 100:.2f}".replace(".", ",")
    return blank(
        quote=first.quote.pick,
        kind=first.spot.kind.value,
        rule_id=rule_id,
        minutes="" if first.spot.minutes is None else first.spot.minutes,
        euros=cents.removesuffix(",00"),
    )


@router.post("")
def create(
    db: Db,
    actor: Changer,
    note: TheNote,
    form: Annotated[Filled[NamedRule], filled(NamedRule, again=name_page)],
) -> Response:
    rule = meeting.meet_by_name(db, note, form.draft, by=actor)
    return see_other(f"/rules/{rule.id}")
