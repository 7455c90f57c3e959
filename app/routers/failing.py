"""A proof that was wrong: an answer and not an error, so that the log keeps it."""

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Invalid
from app.forms import Again
from app.models.access import Actor
from app.models.user import failing
from app.models.user.table import Way
from app.routers.browsers import address_of, browser_of


def note_failed(
    request: Request, db: Session, way: Way, *, email: str, kind: str = "", by: Actor | None = None
) -> None:
    here = {"address": address_of(request), "browser": browser_of(request)}
    failing.note_failed(db, way, email=email, kind=kind, by=by, **here)


def refuse(
    request: Request,
    db: Session,
    again: Again,
    wrong: Invalid,
    way: Way,
    *,
    email: str,
    kind: str = "",
    by: Actor | None = None,
) -> Response:
    """The same page once more, with what is wrong."""
    note_failed(request, db, way, email=email, kind=kind, by=by)
    answer = again(request, db, request.state.form.refused(wrong.fields))
    answer.status_code = 422
    return answer
