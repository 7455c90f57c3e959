"""For how many days what is kept: said at a place, else above it, else as shipped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field
from sqlmodel import Session, col, delete, select

from app.errors import Invalid
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.location.table import Location
from app.models.privacy.table import Kept, RetentionTerm

SHIPPED: dict[Kept, int] = {
    Kept.VOICE: 30,
    Kept.CONTACT: 30,
    Kept.CONTACT_OPEN: 90,
    Kept.PHOTO: 180,
    Kept.QUARANTINE: 90,
    Kept.NOTE: 730,
    Kept.SESSION: 30,
}
"""What says most of who somebody is goes first: the voice, then name and number, then the photo."""
OF_THE_WHOLE = frozenset({Kept.SESSION})
OF_A_PLACE = tuple(kind for kind in Kept if kind not in OF_THE_WHOLE)
Days = Annotated[int, Field(ge=1, le=3650)]


class TermsDraft(BaseModel):
    """Days by kind; a box that is left empty follows the place above."""

    voice: Days | None = None
    contact: Days | None = None
    contact_open: Days | None = None
    photo: Days | None = None
    quarantine: Days | None = None
    note: Days | None = None
    session: Days | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """`days` hold here; `own` when this place says so itself; `above` is what holds without that."""

    kind: Kept
    days: int
    own: bool
    above: int


Rows = Mapping[tuple[str, Kept], int]


def rows(db: Session) -> Rows:
    return {(row.location_id, Kept(row.kind)): row.days for row in db.exec(select(RetentionTerm))}


def days_at(path: str, kind: Kept, said: Rows) -> int:
    """`path` is the location's; the nearest place that says anything decides."""
    steps = path.strip("/").split("/")
    found = (said[step, kind] for step in reversed(steps) if (step, kind) in said)
    return next(found, SHIPPED[kind])


def terms(db: Session, place: Location) -> list[Term]:
    said = rows(db)
    above = place.path.removesuffix(f"{place.id}/")
    kinds: Iterable[Kept] = Kept if place.parent_id is None else OF_A_PLACE
    return [
        Term(kind, days_at(place.path, kind, said), (place.id, kind) in said, days_at(above, kind, said))
        for kind in kinds
    ]


def adjust(db: Session, place: Location, draft: TermsDraft, *, by: Actor) -> None:
    """Invalid when a voice, a photo or what was set apart would outlive the words it belongs to."""
    was = {term.kind: term for term in terms(db, place)}
    wanted = {Kept(name): days for name, days in draft.model_dump().items() if Kept(name) in was}
    holds = {kind: days or was[kind].above for kind, days in wanted.items()}
    longer = [kind for kind in (Kept.VOICE, Kept.PHOTO, Kept.QUARANTINE) if holds[kind] > holds[Kept.NOTE]]
    if longer:
        raise Invalid(dict.fromkeys(map(str, longer), "retention.longer_than_note"))
    db.exec(delete(RetentionTerm).where(col(RetentionTerm.location_id) == place.id))
    db.add_all(
        RetentionTerm(location_id=place.id, kind=kind, days=days) for kind, days in wanted.items() if days
    )
    if changed := {str(kind): days for kind, days in holds.items() if days != was[kind].days}:
        log(db, "retention.changed", "location", place.id, by=by, at=place.id, **changed)
    db.flush()
