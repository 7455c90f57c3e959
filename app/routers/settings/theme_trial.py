"""Probeer een zin: which themes would a sentence get, and why. The sentence is read and forgotten."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.tag.schemas import Sentence
from app.models.tag.trying import Trial, try_sentence
from app.rendering import page
from app.routers.dependencies import Db
from app.routers.settings.themes import Keeper

router = APIRouter(prefix="/settings/themes/trial", include_in_schema=False)


def trial_page(
    request: Request, db: Session, form: Filled[Any], trials: list[Trial] | None = None
) -> Response:
    return page(request, "settings/themes/trial.html", nav="settings", form=form, trials=trials)


@router.get("")
def ask(request: Request, db: Db, actor: Keeper) -> Response:
    return trial_page(request, db, blank())


@router.post("")
def answer(
    request: Request,
    db: Db,
    actor: Keeper,
    form: Annotated[Filled[Sentence], filled(Sentence, again=trial_page)],
) -> Response:
    """A page and no redirect: a sentence of a customer belongs in no address."""
    return trial_page(request, db, form, try_sentence(db, form.draft.text))
