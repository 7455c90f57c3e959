from typing import Annotated

from fastapi import Query
from pydantic import Field

from app.models.access import Actor, Permission
from app.models.field_note import queries as notes
from app.models.promise import making, queries, settling
from app.models.promise.as_json import PromiseOut, page
from app.models.promise.filter import PromiseFilter
from app.models.promise.schemas import HandOver, OutcomeDraft, PromiseDraft
from app.routers.api.shared import ONE, WRITING, Cursor, Limit, PageOut, api_router
from app.routers.dependencies import Db, may

router = api_router("promises", "promises")
Reader = Annotated[Actor, may(Permission.READ_NOTE)]


class PromiseQuery(PromiseFilter):
    limit: Limit = 50
    cursor: Cursor = ""


class PromiseAbout(PromiseDraft):
    note_id: str = Field(max_length=36)


@router.get("", summary="What customers were told, the newest first")
def index(db: Db, actor: Reader, asked: Annotated[PromiseQuery, Query()]) -> PageOut[PromiseOut]:
    """A call that a customer asked for is in here once somebody tried it; before that, by its note's id."""
    found = page(db, actor, asked, limit=asked.limit, cursor=asked.cursor)
    return PageOut(items=list(found.items), next=found.next)


@router.post("", status_code=201, summary="Write down what a customer was told", responses=WRITING)
def create(db: Db, actor: Reader, draft: PromiseAbout) -> PromiseOut:
    """The same `id` again gives the same promise, so that retrying is safe."""
    note = notes.get(db, actor, draft.note_id)
    wanted = PromiseDraft.model_validate(draft.model_dump(exclude={"note_id"}))
    return PromiseOut.model_validate(making.make(db, note, wanted, by=actor))


@router.get("/{promise_id}", summary="One promise", responses=ONE)
def show(db: Db, actor: Reader, promise_id: str) -> PromiseOut:
    return PromiseOut.model_validate(queries.get(db, actor, promise_id))


@router.post("/{promise_id}/outcome", summary="How it went", responses=WRITING)
def settle(db: Db, actor: Reader, promise_id: str, draft: OutcomeDraft) -> PromiseOut:
    """ "broken" needs a `word`; "not_reached" leaves it open until `again_on`, else until tomorrow."""
    found = queries.get(db, actor, promise_id)
    return PromiseOut.model_validate(settling.settle(db, found, draft, by=actor))


@router.post("/{promise_id}/owner", summary="Hand it to somebody else", responses=WRITING)
def hand_over(db: Db, actor: Reader, promise_id: str, draft: HandOver) -> PromiseOut:
    found = queries.get(db, actor, promise_id)
    return PromiseOut.model_validate(settling.hand_over(db, found, draft, by=actor))
