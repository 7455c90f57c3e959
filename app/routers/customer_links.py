"""The customer's own link, made by who spoke with them and shown this once."""

from dataclasses import dataclass
from typing import Annotated

import segno
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.promise import linking
from app.models.promise.schemas import LinkDraft
from app.rendering import see_other
from app.routers.dependencies import Db, TheNote, may
from app.routers.field_notes import note_page
from app.settings import settings

router = APIRouter(prefix="/field-notes/{note_id}/links", include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_NOTE)]


@dataclass(frozen=True, slots=True)
class Made:
    """`code` is the address as a picture, in the page itself: nowhere else is it kept."""

    address: str
    code: str


def drawn(address: str) -> str:
    """White around it in the dark too: a camera needs the contrast and the quiet edge."""
    return segno.make(address, error="m", micro=False).svg_data_uri(
        border=4, dark="#000", light="#fff", scale=8
    )


def base_of(request: Request) -> str:
    return (settings().base_url or str(request.base_url)).rstrip("/")


@router.post("")
def make(
    request: Request,
    db: Db,
    actor: Reader,
    note: TheNote,
    form: Annotated[Filled[LinkDraft], filled(LinkDraft, again=note_page)],
) -> Response:
    address = f"{base_of(request)}/u/{linking.make(db, note, form.draft, by=actor)}"
    return note_page(request, db, blank(), note=note, link_made=Made(address, drawn(address)))


@router.post("/revocation")
def revoke(db: Db, actor: Reader, note: TheNote) -> Response:
    linking.revoke(db, note, by=actor)
    return see_other(f"/field-notes/{note.id}#link")
