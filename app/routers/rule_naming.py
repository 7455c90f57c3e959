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
from app.models.field_note.wording import texts_of
from app.models.rule import dismissing, meeting, proposing, queries
from app.models.rule.schemas import Dismissal, NamedRule
from app.models.rule.table import RuleNote
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
        told=request.query_params.get("rule", ""),
        fresh_id=form.value("id") or new_id(),
    )


@router.get("/new")
def new(request: Request, db: Db, actor: Changer, note: TheNote, quote: str = "", rule: str = "") -> Response:
    """`quote`: the sentence to begin with, else the first that sounds like a rule. `rule`: what was told about it."""
    told = queries.told_at(db, rule, note.id) if rule else None
    return name_page(request, db, _as_told(note, told) if told else _begin(note, quote))


def _begin(note: FieldNote, pick: str) -> Filled[Any]:
    found = proposing.proposals(note.answers)
    first = next((one for one in found if one.quote.pick == pick), None if pick else next(iter(found), None))
    if first is None:
        said = sentences(note.answers, ())
        return blank(quote=pick or (said[0].pick if len(said) == 1 else ""), kind="rule")
    spot = first.spot
    return blank(quote=first.quote.pick, kind=spot.kind.value, **_cost(spot.minutes, spot.cents))


def _as_told(note: FieldNote, told: RuleNote) -> Filled[Any]:
    start = texts_of(note.answers).get(told.field, "").find(told.quote)
    pick = f"{told.field}:{start}-{start + len(told.quote)}" if told.quote and start >= 0 else ""
    room = told.room.value if told.room else ""
    return blank(quote=pick, kind="rule", rule_id=told.rule_id, room=room, **_cost(told.minutes, told.cents))


def _cost(minutes: int | None, cents: int | None) -> dict[str, str]:
    """As people type it; empty when nothing was told."""
    euros = "" if cents is None else f"{cents / 100:.2f}".replace(".", ",").removesuffix(",00")
    return {"minutes": "" if minutes is None else str(minutes), "euros": euros}


@router.post("")
def create(
    db: Db,
    actor: Changer,
    note: TheNote,
    form: Annotated[Filled[NamedRule], filled(NamedRule, again=name_page)],
) -> Response:
    rule = meeting.meet_by_name(db, note, form.draft, by=actor)
    return see_other(f"/rules/{rule.id}")


@router.post("/dismissal")
def dismiss(
    db: Db,
    actor: Changer,
    note: TheNote,
    form: Annotated[Filled[Dismissal], filled(Dismissal, again=name_page)],
) -> Response:
    dismissing.dismiss(db, note, form.draft.quote, by=actor)
    return see_other("/rules#maybe" if form.draft.from_register else f"/field-notes/{note.id}#rules-title")
