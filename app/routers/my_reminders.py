"""How I want to be reminded: which messages, along which way, and when."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.push import subscribing
from app.models.push.schemas import PushEndpoint, PushSubscriptionDraft
from app.models.reminder import choosing
from app.models.reminder.choosing import ReminderChoices
from app.push import public_key
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, SignedIn
from app.settings import settings

router = APIRouter(prefix="/me", include_in_schema=False)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return page(
        request,
        "reminders/choices.html",
        nav="me",
        form=form,
        push_key=public_key() if settings().has_push else "",
        phones=subscribing.phones(db, asker(request)),
        saved="saved" in request.query_params,
    )


@router.get("/reminders")
def show(request: Request, db: Db, actor: SignedIn) -> Response:
    return form_page(request, db, blank(**choosing.choices(db, actor.id).model_dump()))


@router.post("/reminders")
def choose(
    db: Db,
    actor: SignedIn,
    form: Annotated[Filled[ReminderChoices], filled(ReminderChoices, again=form_page)],
) -> Response:
    choosing.choose(db, form.draft, by=actor)
    return see_other("/me/reminders?saved=1")


@router.post("/push-subscriptions", status_code=204)
def subscribe(db: Db, actor: SignedIn, draft: PushSubscriptionDraft) -> None:
    subscribing.subscribe(db, draft, by=actor)


@router.post("/push-subscriptions/removal", status_code=204)
def unsubscribe(db: Db, actor: SignedIn, phone: PushEndpoint) -> None:
    subscribing.unsubscribe(db, phone.endpoint, by=actor)
