"""What every part of the JSON API has in common: pages, and errors that are in its description too."""

from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.error_pages import as_json
from app.errors import Invalid, Problem
from app.models.paging import MOST

T = TypeVar("T")
Limit = Annotated[int, Field(ge=1, le=MOST, description="How many at most.")]
Cursor = Annotated[
    str, Field(max_length=400, description="`next` of the page before; empty for the first page.")
]


class PageOut(BaseModel, Generic[T]):
    """`next` is the cursor of the page after this one, or null when this is the last."""

    items: list[T]
    next: str | None = None


class FaultOut(BaseModel):
    code: str
    message: str = Field(description="In the language of who asks.")


class ProblemOut(FaultOut):
    fields: dict[str, FaultOut] = Field(description="What is wrong in which field.")


class ErrorOut(BaseModel):
    error: ProblemOut


def _told(description: str) -> dict[str, Any]:
    return {"model": ErrorOut, "description": description}


BUSY: dict[int | str, dict[str, Any]] = {
    503: _told("Busy, or nothing can be written now: nothing was kept, try after `Retry-After` seconds."),
}
READING = BUSY | {
    401: _told("Not signed in, or the token is not (or no longer) valid."),
    403: _told("Your role does not allow this."),
    422: _told("Something in the question is not right; `fields` says what."),
}
ONE: dict[int | str, dict[str, Any]] = {404: _told("It is not there, or not yours to see.")}
FAILING: dict[int | str, dict[str, Any]] = BUSY | {
    413: _told("Too large; not before `Retry-After` seconds."),
    429: _told("Too often; not before `Retry-After` seconds."),
    507: _told("The disk is full: nothing was kept, try after `Retry-After` seconds."),
}
WRITING = ONE | FAILING | {409: _told("Somebody or something got there first.")}


def problem_out(problem: Problem, language: str) -> ProblemOut:
    """One refusal among answers that went well."""
    fields = problem.fields if isinstance(problem, Invalid) else {}
    return ProblemOut.model_validate(as_json((problem.code, problem.details), fields, language))


def api_router(noun: str, tag: str) -> APIRouter:
    return APIRouter(prefix=f"/api/v1/{noun}", tags=[tag], responses=READING)
