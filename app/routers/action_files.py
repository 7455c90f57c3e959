"""Photos and PDFs with an action: put there, looked at and taken away."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, Response

from app import storage
from app.database import database
from app.errors import Forbidden, Invalid, NotFound, TooLarge
from app.forms import Filled
from app.models.access import Actor, Permission
from app.models.action import checking, filing, queries
from app.models.action.filing import Read
from app.models.attachment.table import FileKind
from app.recognising import asking
from app.rendering import see_other
from app.routers.actions import action_page
from app.routers.attachments import SANDBOX
from app.routers.dependencies import Db, TheAction, may
from app.routers.uploads import DECODERS

router = APIRouter(include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]
Reader = Annotated[Actor, may(Permission.READ_BOARD)]


def _beforehand(request: Request, action_id: str) -> None:
    """Asked before a body is read and without a turn to write."""
    with database().reading() as db:
        actor = asking(request, db)
        if not actor.may(Permission.CHANGE_ACTION):
            raise Forbidden
        checking.require(actor, queries.place_of(db, queries.get(db, actor, action_id)))


def _again(request: Request, db: Session, form: Any) -> Response:
    return action_page(request, db, form)


async def _chosen(request: Request, action_id: str) -> list[Read]:
    await run_sync(_beforehand, request, action_id)
    form = await request.form()
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]
    request.state.again, request.state.form = _again, Filled[Any]()
    if not files:
        raise Invalid({"file": "attachment.missing"})
    try:
        return [
            await run_sync(filing.read, await one.read(), one.filename or "", limiter=DECODERS)
            for one in files
        ]
    except TooLarge as wrong:
        raise Invalid({"file": (wrong.code, wrong.details)}) from None


@router.post("/actions/{action_id}/files")
def add(
    files: Annotated[list[Read], Depends(_chosen, scope="function")],
    db: Db,
    actor: Changer,
    action: TheAction,
) -> Response:
    for file in files:
        filing.keep(db, action, file, by=actor)
    return see_other(f"/actions/{action.id}#files")


@router.post("/actions/{action_id}/files/{file_id}/removal")
def remove(db: Db, actor: Changer, action: TheAction, file_id: str) -> Response:
    filing.remove(db, action, file_id, by=actor)
    return see_other(f"/actions/{action.id}#files")


def _out(digest: str | None, media_type: str, name: str, *, shown: bool) -> Response:
    """A PDF is handed over and never opened here: a browser would run what is in it."""
    if digest is None:
        raise NotFound
    try:
        path = storage.path_of(digest)
    except FileNotFoundError:
        raise NotFound from None
    return FileResponse(
        path,
        media_type=media_type,
        filename=name,
        content_disposition_type="inline" if shown else "attachment",
        headers={"content-security-policy": SANDBOX, "cache-control": "private, no-store"},
    )


@router.get("/attachments/actions/{file_id}")
def show(file_id: str, db: Db, actor: Reader) -> Response:
    file = filing.get(db, actor, file_id)
    is_photo = file.kind == FileKind.PHOTO
    name = f"klantsafari-foto-{file.id[-6:]}.jpg" if is_photo else f"klantsafari-document-{file.id[-6:]}.pdf"
    return _out(file.blob, file.media_type, name, shown=is_photo)


@router.get("/attachments/actions/{file_id}/thumbnail")
def thumbnail(file_id: str, db: Db, actor: Reader) -> Response:
    file = filing.get(db, actor, file_id)
    return _out(file.thumbnail, "image/jpeg", f"klantsafari-foto-{file.id[-6:]}.jpg", shown=True)
