"""A manager writes down what a customer asks: to see, or to erase. Nothing happens yet; a beheerder carries it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app import sealing
from app.clock import new_id, now
from app.errors import Conflict, Invalid, NotFound
from app.models.access import Actor, Permission
from app.models.audit.noting import note as log
from app.models.field_note.schemas import without_nul
from app.models.field_note.table import FieldNote
from app.models.location import queries as locations
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.privacy.table import PrivacyRequest, RequestKind, RequestState
from app.models.record import put_new
from app.models.user.table import User

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(without_nul)]


class RequestDraft(BaseModel):
    """`who`: name, number or e-mail address to look for. `id` is made with the form, so that twice is once."""

    id: str = Field(default_factory=new_id, max_length=36)
    kind: RequestKind
    location_id: str | None = Field(default=None, max_length=36)
    who: Text = ""
    reason: Text = ""


class RefusalDraft(BaseModel):
    reason: Annotated[Text, StringConstraints(min_length=3)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what may be told of it to whoever carries it out: never a customer's words."""

    request: PrivacyRequest
    place: Location
    asker: User
    note: FieldNote | None


def code_of(note_id: str) -> str:
    """What a customer can be given, to ask by later: the last eight signs of the note's id."""
    return f"{note_id[-8:-4]}-{note_id[-4:]}".upper()


def ask(db: Session, draft: RequestDraft, *, by: Actor, note: FieldNote | None = None) -> PrivacyRequest:
    """About one note, or about whoever can be found by name or number at a place. To erase takes the note itself."""
    place_id = note.location_id if note else draft.location_id
    if place_id is None or not _asks_at(db, by, place_id):
        raise Invalid({"location_id": "field.unknown_choice"})
    if note is None and not draft.who:
        raise Invalid({"who": "privacy.who_missing"})
    row = {
        "id": draft.id,
        "created_at": now(),
        "kind": draft.kind,
        "location_id": place_id,
        "note_id": note.id if note else None,
        "who": sealing.seal(draft.who, place=_place(draft.id)) if draft.who else None,
        "reason": draft.reason,
        "requested_by_id": by.id,
        "state": RequestState.OPEN,
        "note_ids": [],
        "outcome": {},
        "sha256": "",
    }
    known = db.get(PrivacyRequest, draft.id)
    if known is None:
        put_new(db, PrivacyRequest, [row])
        log(db, f"privacy.{draft.kind}_asked", "privacy_request", draft.id, by=by, at=place_id)
        db.flush()
    return db.get_one(PrivacyRequest, draft.id)


def _asks_at(db: Session, by: Actor, place_id: str) -> bool:
    there = ids_within(by, Permission.READ_NOTE).where(Location.id == place_id)
    return db.exec(there).first() is not None


def places(db: Session, actor: Actor) -> list[Location]:
    return locations.places(db, actor, Permission.READ_NOTE)


def visible_to(actor: Actor) -> SelectOfScalar[PrivacyRequest]:
    there = col(PrivacyRequest.location_id).in_(ids_within(actor, Permission.ASK_PRIVACY))
    return select(PrivacyRequest).where(there)


def get(db: Session, actor: Actor, request_id: str) -> PrivacyRequest:
    found = db.exec(visible_to(actor).where(PrivacyRequest.id == request_id)).first()
    if found is None:
        raise NotFound
    return found


def to_carry_out(
    db: Session, actor: Actor, request_id: str, kind: RequestKind | None = None
) -> PrivacyRequest:
    """For one who may do it at that place; nobody else meanwhile. Conflict when it was refused."""
    there = col(PrivacyRequest.location_id).in_(ids_within(actor, Permission.MANAGE_PRIVACY))
    found = db.exec(
        select(PrivacyRequest).where(PrivacyRequest.id == request_id, there).with_for_update()
    ).first()
    if found is None or kind not in (None, found.kind):
        raise NotFound
    if found.state == RequestState.REFUSED:
        raise Conflict("privacy.refused")
    return found


def listed(db: Session, actor: Actor, limit: int = 200) -> list[Asked]:
    """Open ones first, then the newest."""
    newest = visible_to(actor).order_by(
        col(PrivacyRequest.done_at).is_not(None), col(PrivacyRequest.created_at).desc()
    )
    return _with_names(db, db.exec(newest.limit(limit)).all())


def shown(db: Session, request: PrivacyRequest) -> Asked:
    return _with_names(db, [request])[0]


def of_note(db: Session, note_id: str) -> Sequence[PrivacyRequest]:
    open_ = PrivacyRequest.note_id == note_id, PrivacyRequest.state == RequestState.OPEN
    return db.exec(select(PrivacyRequest).where(*open_)).all()


def refuse(db: Session, request: PrivacyRequest, draft: RefusalDraft, *, by: Actor) -> None:
    if request.state == RequestState.OPEN:
        close(request, RequestState.REFUSED, by)
        request.outcome = {"why": draft.reason}
        log(db, "privacy.refused", "privacy_request", request.id, by=by, at=request.location_id)
        db.flush()


def close(request: PrivacyRequest, state: RequestState, by: Actor) -> None:
    """Whom it was about is not needed any more."""
    request.state, request.done_at, request.done_by_id, request.who = state, now(), by.id, None


def who(request: PrivacyRequest) -> str:
    return sealing.unseal(request.who, place=_place(request.id)) if request.who else ""


def _with_names(db: Session, found: Sequence[PrivacyRequest]) -> list[Asked]:
    places = {one.id: one for one in db.exec(select(Location).where(_in(Location, found, "location_id")))}
    people = {one.id: one for one in db.exec(select(User).where(_in(User, found, "requested_by_id")))}
    about = {one.id: one for one in db.exec(select(FieldNote).where(_in(FieldNote, found, "note_id")))}
    return [
        Asked(one, places[one.location_id], people[one.requested_by_id], about.get(one.note_id or ""))
        for one in found
    ]


def _in(table: type[Location] | type[User] | type[FieldNote], found: Sequence[PrivacyRequest], name: str):  # type: ignore[no-untyped-def]
    return col(table.id).in_([value for one in found if (value := getattr(one, name))])


def _place(request_id: str) -> str:
    return f"privacy_request/{request_id}/who"
