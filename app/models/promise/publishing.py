"""The page of a place that anybody may read: what customers said there, and what was done with it."""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.errors import Forbidden, NotFound
from app.models.access import Actor, Permission
from app.models.action.table import Evidence, ImprovementAction, Step
from app.models.audit.noting import note as log
from app.models.consent.table import Consent, Purpose
from app.models.field_note.table import FieldNote, NoteKind
from app.models.location import queries as locations
from app.models.location.table import Location
from app.models.promise.table import PublicPlace, Reply
from app.models.record import put_new

SHOWN = (Step.DONE, Step.TOLD, Step.NOT_NOW)
FEWEST = 5
"""Below so many talks, who said it could be worked out from where and when."""


AGREED = (
    FieldNote.consent != "",
    col(FieldNote.erased_at).is_(None),
    col(FieldNote.declined).is_(False),
    FieldNote.kind == NoteKind.INTERVIEW,
    col(FieldNote.id).not_in(
        select(Consent.note_id).where(
            Consent.purpose == Purpose.QUOTE, col(Consent.withdrawn_at).is_not(None)
        )
    ),
)
"""Whom we may quote: in a talk, after they said yes to it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`said` is empty where no customer agreed to be quoted. `cannot`: we cannot do this, and `text` says why."""

    said: str
    text: str
    cannot: bool


@dataclass(frozen=True, slots=True)
class PublicPage:
    """`place` is None where so few customers were heard that it says too much about who."""

    slug: str
    place: Location | None
    pairs: Sequence[Pair]
    updated_at: datetime | None


def require_manager(by: Actor, place: Location) -> None:
    if not by.may(Permission.PUBLISH, at=place.path):
        raise Forbidden("reply.managers_only")


def open_page(db: Session, place: Location, *, by: Actor) -> PublicPlace:
    """Its address is the place's name, unless so few were heard there that it would give them away."""
    require_manager(by, place)
    if known := db.get(PublicPlace, place.id):
        return known
    slug = _slug(place.name) if talks(db, place.id) >= FEWEST else ""
    taken = slug and db.exec(select(PublicPlace.slug).where(PublicPlace.slug == slug)).first()
    if not slug or taken:
        slug = "-".join(part for part in (slug, secrets.token_hex(4)) if part)
    put_new(db, PublicPlace, [{"location_id": place.id, "slug": slug}])
    log(db, "place.page_opened", "location", place.id, by=by, at=place.id)
    return db.get_one(PublicPlace, place.id)


def open_page_at(db: Session, location_id: str, *, by: Actor) -> PublicPlace:
    return open_page(db, locations.get(db, by, location_id, Permission.PUBLISH), by=by)


def talks(db: Session, location_id: str) -> int:
    there = select(func.count()).select_from(FieldNote)
    return db.exec(there.where(FieldNote.location_id == location_id, *AGREED)).one()


def public_page(db: Session, slug: str) -> PublicPage:
    found = db.exec(
        select(PublicPlace, Location)
        .join(Location, col(Location.id) == col(PublicPlace.location_id))
        .where(PublicPlace.slug == slug)
    ).first()
    if found is None:
        raise NotFound("link.gone")
    place = found[1]
    rows = _published(db, place.id)
    pairs = [Pair(said or "", reply.text, action.step == Step.NOT_NOW) for reply, action, said in rows]
    named = place if talks(db, place.id) >= FEWEST else None
    latest = max((reply.published_at for reply, _, _ in rows if reply.published_at), default=None)
    return PublicPage(slug, named, pairs, latest)


def _published(db: Session, location_id: str) -> Sequence[tuple[Reply, ImprovementAction, str | None]]:
    agreed = select(FieldNote.id).where(*AGREED)
    return db.exec(
        select(Reply, ImprovementAction, Evidence.quote)
        .join(ImprovementAction, col(ImprovementAction.id) == col(Reply.action_id))
        .outerjoin(Evidence, (col(Evidence.id) == col(Reply.evidence_id)) & col(Evidence.note_id).in_(agreed))
        .where(
            ImprovementAction.location_id == location_id,
            col(ImprovementAction.step).in_(SHOWN),
            col(Reply.published_at).is_not(None),
            Reply.text != "",
        )
        .order_by(col(Reply.published_at).desc(), col(Reply.action_id))
    ).all()


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]


@dataclass(frozen=True, slots=True)
class Page:
    """`slug` is empty as long as the place has no page."""

    place: Location
    slug: str
    pairs: int


def pages(db: Session, actor: Actor) -> list[Page]:
    """Every place where the actor may publish, with its page if it has one."""
    slugs = dict(db.exec(select(PublicPlace.location_id, PublicPlace.slug)).all())
    return [
        Page(place, slugs.get(place.id, ""), len(_published(db, place.id)))
        for place in locations.places(db, actor, Permission.PUBLISH)
    ]
