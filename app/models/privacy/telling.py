"""What a customer may know without asking: what is asked, why, how long it stays, and whom to write to."""

from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from app.errors import NotFound
from app.models.consent.table import Purpose
from app.models.consent.texts import TEXTS
from app.models.guide.table import Guide, GuideVersion
from app.models.location.table import Location
from app.models.privacy import organising
from app.models.privacy.table import Kept, PrivacyOfficer
from app.models.privacy.terms import days_at, rows
from app.models.record import Words


@dataclass(frozen=True, slots=True)
class Page:
    """`asked` are the texts that are read aloud before a talk, `other` those before a photo, a voice or a number."""

    organisation: Location
    place: Location
    days: dict[Kept, int]
    asked: list[Words]
    other: dict[Purpose, Words]
    officer: PrivacyOfficer


def page(db: Session, code: str = "") -> Page:
    """Of the whole organisation, or of the place with that code; NotFound when no place has it."""
    top = organising.top(db)
    place = _by_code(db, code) if code else top
    said = rows(db)
    return Page(
        organisation=top,
        place=place,
        days={kind: days_at(place.path, kind, said) for kind in Kept},
        asked=_intros(db, place),
        other={purpose: words for purpose, (_, words) in TEXTS.items()},
        officer=organising.officer(db),
    )


def code_of(place: Location) -> str:
    """Short enough for a QR that a phone reads from a distance."""
    return place.id[-8:]


def _by_code(db: Session, code: str) -> Location:
    if len(code) != 8:
        raise NotFound
    found = db.exec(select(Location).where(col(Location.id).endswith(code, autoescape=True))).first()
    if found is None:
        raise NotFound
    return found


def _intros(db: Session, place: Location) -> list[Words]:
    """Of the newest version of every guide that is used there, each text once."""
    steps = place.path.strip("/").split("/")
    versions = db.exec(
        select(GuideVersion)
        .join(Guide, col(Guide.id) == col(GuideVersion.guide_id))
        .where(
            col(GuideVersion.published_at).is_not(None),
            or_(col(Guide.location_id).is_(None), col(Guide.location_id).in_(steps)),
        )
        .order_by(col(GuideVersion.number))
    )
    newest = {version.guide_id: version.intro for version in versions}
    return list({str(intro): intro for intro in newest.values()}.values())
