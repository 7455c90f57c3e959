"""Decisions about suggested tags that a phone made, perhaps without a connection, in their order."""

from typing import Annotated

from fastapi import Request
from pydantic import BaseModel, Field

from app.error_words import said
from app.models.access import Actor, Permission
from app.models.field_note import deciding, reviewing
from app.models.field_note.deciding import Outcome, Result
from app.models.field_note.schemas import Decision
from app.rendering import language_of
from app.routers.api.shared import api_router
from app.routers.dependencies import Db, may

router = api_router("tags/review", "tags")
Reader = Annotated[Actor, may(Permission.READ_NOTE)]
MOST = 100


class DecisionsIn(BaseModel):
    decisions: list[Decision] = Field(max_length=MOST, description="In the order in which they were made.")


class ResultOut(BaseModel):
    """`decided`: somebody else did, which stays. `gone`: not there any more, or not yours. Neither is worth a retry."""

    tagging_id: str
    outcome: Outcome
    message: str = Field(description="What to tell the person; empty when it was done.")


class DecisionsOut(BaseModel):
    results: list[ResultOut] = Field(description="One for each decision, in the same order.")
    left: int = Field(description="Suggestions that nobody decided yet, everywhere you may.")


@router.post("/decisions", summary="Accept, reject or replace suggested tags, or take that back")
def settle(request: Request, db: Db, actor: Reader, sent: DecisionsIn) -> DecisionsOut:
    """Sent twice they say the same. One that no longer fits is answered so, and holds up no other."""
    results = deciding.settle(db, sent.decisions, by=actor)
    language = language_of(request)
    return DecisionsOut(
        results=[_told(result, language) for result in results], left=reviewing.count(db, actor)
    )


def _told(result: Result, language: str) -> ResultOut:
    done = result.outcome == Outcome.DONE
    message = "" if done else said((f"decision.{result.outcome}", {"who": result.who}), language)
    return ResultOut(tagging_id=result.decision.tagging_id, outcome=result.outcome, message=message)
