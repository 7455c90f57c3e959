"""How often people go on safari, who went when, and what was not heard yet."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import today
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.location.table import Location
from app.models.rhythm import hearing, planning, queries, setting
from app.models.rhythm.schemas import RhythmDraft
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, SignedIn, may

router = APIRouter(prefix="/rhythm", include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_BOARD)]
Leader = Annotated[Actor, may(Permission.LEAD_SAFARI)]
PERIODS = (30, 90, 365)


def the_place(location_id: str, db: Db, actor: SignedIn) -> Location:
    return setting.place(db, actor, location_id)


ThePlace = Annotated[Location, Depends(the_place, scope="function")]


@router.get("")
def index(request: Request, db: Db, actor: Reader) -> Response:
    """Names only for who leads safaris there; others see numbers."""
    leads = actor.may(Permission.LEAD_SAFARI)
    return page(
        request,
        "rhythm/index.html",
        nav="rhythm",
        turns=queries.turns(db, actor) if leads else [],
        went=queries.went(db, actor) if leads else [],
        places=queries.places(db, actor),
        led=[place.id for place in setting.places(db, actor)],
        this_week=planning.monday_of(today()),
    )


@router.get("/heard")
def heard(
    request: Request,
    db: Db,
    actor: Reader,
    location: str = "",
    days: Annotated[int, Query(ge=1, le=3660)] = 90,
) -> Response:
    found = hearing.the_map(db, actor, days=days)
    chosen = next((one for one in found.heard if location in {place.id for place in one.places}), None)
    return page(
        request,
        "rhythm/heard.html",
        nav="rhythm",
        found=found,
        chosen=chosen,
        days=days,
        periods=sorted({*PERIODS, days}),
        parts=hearing.PARTS,
    )


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    place = setting.place(db, asker(request), request.path_params["location_id"])
    return page(
        request,
        "rhythm/plan.html",
        nav="rhythm",
        form=form,
        there=place,
        people=setting.leaders_at(db, place),
    )


@router.get("/places/{location_id}")
def plan(request: Request, db: Db, actor: Leader, place: ThePlace, who: str = "") -> Response:
    """Somebody's rhythm there as it is now; else a new one, for oneself."""
    now_there = setting.of(db, place, who or actor.id)
    kept = now_there.model_dump() if now_there else {"user_id": who or actor.id, "every_weeks": 4}
    return form_page(request, db, blank(**{name: value for name, value in kept.items() if value is not None}))


@router.post("/places/{location_id}")
def set_plan(
    db: Db,
    actor: Leader,
    place: ThePlace,
    form: Annotated[Filled[RhythmDraft], filled(RhythmDraft, again=form_page)],
) -> Response:
    setting.set_rhythm(db, place, form.draft, by=actor)
    return see_other("/rhythm")


@router.post("/{rhythm_id}/removal")
def stop(rhythm_id: str, db: Db, actor: Leader) -> Response:
    setting.stop(db, rhythm_id, by=actor)
    return see_other("/rhythm")
