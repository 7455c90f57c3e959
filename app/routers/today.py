from fastapi import APIRouter, Request
from starlette.responses import Response

from app.clock import now
from app.formats import local_day
from app.models.access import Permission
from app.models.action import mentioning
from app.models.board import harvest, today
from app.models.board.cards import days_waiting
from app.models.break_glass import queries as break_glass
from app.models.compliment import queries as compliments
from app.models.delivery import apart
from app.models.promise import listing as promises
from app.models.rhythm import queries as rhythms
from app.models.safari import listing, queries
from app.models.safari.listing import SafariFilter
from app.models.user import telling
from app.rendering import page
from app.routers.dependencies import Db, SignedIn

router = APIRouter(include_in_schema=False)

SOONEST = 3


@router.get("/today")
def show(request: Request, db: Db, actor: SignedIn) -> Response:
    """What this person may not see is simply not in these lists: each asks by permission."""
    day = local_day(now())
    safari = request.state.open_safari
    return page(
        request,
        "today/show.html",
        nav="today",
        outing=queries.outing(db, safari) if safari else None,
        tally=harvest.tally(db, safari.id) if safari else None,
        planned=listing.planned(db, actor, SafariFilter(), limit=SOONEST),
        turns=rhythms.mine(db, actor)[:2],
        day=day,
        due=today.due(db, actor, day),
        named=mentioning.unseen(db, actor),
        waiting=today.waiting(db, actor),
        days_waiting=days_waiting,
        promises=promises.waiting(db, actor, day),
        told=break_glass.to_tell(db, actor),
        apart=apart.count(db, actor),
        mine=compliments.mine(db, actor, limit=SOONEST),
        labels=today.labels_to_check(db, actor),
        words=today.fresh_words(db, actor),
        notices=telling.unread(db, actor),
        moved=[] if actor.may(Permission.RECORD_NOTE) else today.moved(db, actor),
    )
