"""What a phone's queue asks first on each connection, and how it sends many notes at once."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request
from pydantic import BaseModel, Field, WithJsonSchema

from app.models.access import Actor, Permission
from app.models.delivery import announcing, devices, syncing
from app.models.delivery.receiving import Received
from app.models.delivery.schemas import (
    MOST_ANNOUNCED,
    MOST_SENT,
    ManifestEntry,
    ManifestOut,
    SyncedNote,
)
from app.models.delivery.syncing import Parcel
from app.models.field_note.schemas import ReceiptOut
from app.rendering import language_of
from app.routers.api.shared import FAILING, READING, ProblemOut, problem_out
from app.routers.dependencies import TO_SEND, Db, SignedIn, may
from app.routers.phones import AskingPhone

router = APIRouter(prefix="/api/v1", tags=["field notes"], responses=READING | FAILING)


@router.post("/manifest", summary="Say what a phone holds", dependencies=[TO_SEND])
def announce(
    entries: Annotated[list[ManifestEntry], Body(max_length=MOST_ANNOUNCED)],
    phone: AskingPhone,
    db: Db,
    actor: SignedIn,
) -> ManifestOut:
    """An answer for each, in order; notes that are not here yet are listed to people until they come.

    `unknown`: send it. `have`: it is here, as the receipt proves. `differs`: other bytes came in under this id.
    `deleted`: erased on purpose. `quarantined`: kept as it was sent, until somebody repairs it.
    """
    states = announcing.announce(db, entries, phone_id=phone.id, device=phone.name, by=actor)
    return ManifestOut(notes=states)


class SyncDraft(BaseModel):
    """Each of the notes is read by itself, so that a broken one is refused alone."""

    notes: Annotated[
        list[Annotated[Any, WithJsonSchema(SyncedNote.model_json_schema())]], Field(max_length=MOST_SENT)
    ]


class SyncedOut(BaseModel):
    """`status` is what a PUT of this note alone would have answered."""

    id: str
    status: int
    receipt: ReceiptOut | None
    error: ProblemOut | None


class SyncOut(BaseModel):
    results: list[SyncedOut]


def _parcels(draft: SyncDraft) -> list[Parcel]:
    return syncing.opened(draft.notes)


@router.post("/sync", summary="Record up to fifty notes", dependencies=[TO_SEND])
def sync(
    request: Request,
    parcels: Annotated[list[Parcel], Depends(_parcels)],
    phone: AskingPhone,
    db: Db,
    actor: Annotated[Actor, may(Permission.RECORD_NOTE)],
) -> SyncOut:
    """An answer for each, in order: a refused note never keeps its neighbours. All of it is on disk by then."""
    if phone.id:
        devices.meet(db, phone.id, name=phone.name, by=actor)
    received = syncing.sync(db, parcels, by=actor)
    language = language_of(request)
    return SyncOut(
        results=[_out(parcel, one, language) for parcel, one in zip(parcels, received, strict=True)]
    )


def _out(parcel: Parcel, received: Received, language: str) -> SyncedOut:
    fault = received.fault
    return SyncedOut(
        id=parcel.id,
        status=received.status,
        receipt=received.receipt,
        error=problem_out(fault, language) if fault else None,
    )
