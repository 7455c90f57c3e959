"""Two actions that are one, one action that is two, and one that comes again."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import checking, merging, queries, repeating, splitting
from app.models.action.schemas import MergerDraft, RepetitionDraft, SplitDraft
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheAction, TheActionEver, may

router = APIRouter(prefix="/actions/{action_id}", include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


def _page(request: Request, db: Session, name: str, form: Filled[Any]) -> Response:
    actor = asker(request)
    action = queries.get(db, actor, request.path_params["action_id"])
    checking.require(actor, queries.place_of(db, action))
    return page(
        request,
        f"actions/{name}.html",
        nav="actions",
        form=form,
        action=action,
        others=merging.to_merge_into(db, action),
        grounds=queries.evidence_of(db, action.id),
        repetition=repeating.repetition_of(db, action.id),
        fresh_id=form.value("id") or new_id(),
    )


def merger_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return _page(request, db, "merger", form)


def split_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return _page(request, db, "split", form)


def repetition_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return _page(request, db, "repetition", form)


@router.get("/merger")
def choose_other(request: Request, db: Db, actor: Changer, action: TheAction) -> Response:
    return merger_page(request, db, blank())


@router.post("/merger")
def merge(
    db: Db,
    actor: Changer,
    action: TheActionEver,
    form: Annotated[Filled[MergerDraft], filled(MergerDraft, again=merger_page)],
) -> Response:
    into = queries.get(db, actor, form.draft.into_id, merged=True)
    merging.merge(db, action, into, by=actor)
    return see_other(f"/actions/{into.id}")


@router.get("/split")
def choose_words(request: Request, db: Db, actor: Changer, action: TheAction) -> Response:
    return split_page(request, db, blank(kind=action.kind))


@router.post("/split")
def split(
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[SplitDraft], filled(SplitDraft, again=split_page)],
) -> Response:
    made = splitting.split(db, action, form.draft, by=actor)
    return see_other(f"/actions/{made.id}")


@router.get("/repetition")
def choose_rhythm(request: Request, db: Db, actor: Changer, action: TheAction) -> Response:
    now = repeating.repetition_of(db, action.id)
    known = now.model_dump(include={"every", "unit", "counted"}) if now else {}
    return repetition_page(request, db, blank(**({"every": 4, "unit": "week", "counted": "closing"} | known)))


@router.post("/repetition")
def repeat(
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[RepetitionDraft], filled(RepetitionDraft, again=repetition_page)],
) -> Response:
    repeating.repeat(db, action, form.draft, by=actor)
    return see_other(f"/actions/{action.id}")


@router.post("/repetition/ending")
def stop(db: Db, actor: Changer, action: TheAction) -> Response:
    repeating.stop(db, action, by=actor)
    return see_other(f"/actions/{action.id}")
