"""A customer takes a yes back: on the page of the note, by whom they told it to."""

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from app.database import database
from app.models.consent.table import Purpose
from app.models.privacy import withdrawing
from app.rendering import see_other
from app.routers.dependencies import Db, SignedIn, TheNote

router = APIRouter(include_in_schema=False)


@router.post("/field-notes/{note_id}/consents/{purpose}/withdrawal")
def withdraw(db: Db, note: TheNote, actor: SignedIn, purpose: Purpose) -> Response:
    withdrawing.withdraw(db, note, purpose, by=actor)
    return and_no_trace(see_other(f"/field-notes/{note.id}#consents"))


def and_no_trace(response: Response) -> Response:
    """Once it is committed and the answer is out, the log beside the database lets go of it too."""
    response.background = BackgroundTask(database().checkpoint)
    return response
