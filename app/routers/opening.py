"""Helm op: choosing where, with which guide and how many talks, and going."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.guide import queries as guides
from app.models.guide.table import Guide, GuideVersion
from app.models.location import queries as locations
from app.models.location.table import Location
from app.models.safari import opening, queries
from app.models.safari.schemas import SafariDraft
from app.models.safari.table import Safari
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheSafari, may

router = APIRouter(prefix="/safaris", include_in_schema=False)

Leader = Annotated[Actor, may(Permission.LEAD_SAFARI)]


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return page(request, "safaris/new.html", **form_of(db, asker(request), form))


def form_of(db: Session, actor: Actor, form: Filled[Any]) -> dict[str, Any]:
    """Where to, with which guide: the likely answers are there already."""
    places = locations.places(db, actor, Permission.LEAD_SAFARI)
    offered = guides.newest_for(db, actor)
    last = queries.last_led_by(db, actor)
    places.sort(key=lambda place: not last or place.id != last.location_id)
    if not form.values:
        form = blank(**_likely(db, last, places, offered))
    counts = guides.question_counts(db, (version.id for _, version in offered))
    return {"form": form, "places": places, "guides": offered, "counts": counts}


def _likely(
    db: Session, last: Safari | None, places: list[Location], offered: list[tuple[Guide, GuideVersion]]
) -> dict[str, Any]:
    """What was chosen last time, so that most days two taps are enough."""
    used = db.get(GuideVersion, last.guide_version_id) if last else None
    versions = {guide.id: version.id for guide, version in offered}
    first = next(iter(versions.values()), "")
    return {
        "id": new_id(),
        "location_id": places[0].id if places else "",
        "guide_version_id": versions.get(used.guide_id, first) if used else first,
        "target": 5,
    }


@router.get("/new")
def new(request: Request, db: Db, actor: Leader, location: str = "", planned_for: str = "") -> Response:
    """A link may have chosen the place and the moment; what is not there is not chosen."""
    asked = form_of(db, actor, blank())
    if location in {place.id for place in asked["places"]}:
        wanted = {"location_id": location, "planned_for": planned_for[:16]}
        asked["form"] = blank(**asked["form"].values | wanted)
        asked["places"].sort(key=lambda place: place.id != location)
    return page(request, "safaris/new.html", **asked)


@router.post("")
def create(
    db: Db, actor: Leader, form: Annotated[Filled[SafariDraft], filled(SafariDraft, again=form_page)]
) -> Response:
    safari = opening.open_safari(db, form.draft, by=actor)
    return see_other(f"/safaris/{safari.id}")


@router.post("/{safari_id}/opening")
def begin(db: Db, actor: Leader, safari: TheSafari) -> Response:
    opening.begin(db, safari, by=actor)
    return see_other(f"/safaris/{safari.id}")
