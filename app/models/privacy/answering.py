"""Answers an access request: one zip for the person, made while it goes out and never kept here."""

import json
import zipfile
from collections.abc import Sequence
from typing import IO

from sqlmodel import Session

from app import storage
from app.errors import Invalid
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.privacy import requesting, searching
from app.models.privacy.gathering import Told, as_json, name_of
from app.models.privacy.table import PrivacyRequest, RequestState


def answer(db: Session, request: PrivacyRequest, note_ids: list[str], *, by: Actor) -> list[str]:
    """The notes that go in it. Asked again, when a download failed, it is about the same ones; each time is logged."""
    if request.state == RequestState.OPEN:
        chosen = [match.note_id for match in searching.matches(db, note_ids)]
        if not chosen:
            raise Invalid({"note_ids": "privacy.nothing_chosen"})
        requesting.close(request, RequestState.DONE, by)
        request.note_ids, request.outcome = chosen, {"notes": len(chosen)}
    log(
        db,
        "privacy.answered",
        "privacy_request",
        request.id,
        by=by,
        at=request.location_id,
        notes=len(request.note_ids),
    )
    db.flush()
    return request.note_ids


def pack(into: IO[bytes], told: Sequence[Told], readable: str) -> None:
    """`readable` is the page to read; beside it the same as JSON, and a folder a note with its photos and voice."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("lees-mij.html", readable)
        content = json.dumps([as_json(one) for one in told], ensure_ascii=False, indent=2)
        out.writestr("gegevens.json", content)
        for one in told:
            for number, file in enumerate(one.files, 1):
                try:
                    out.write(storage.path_of(file.blob), f"{one.code}/{name_of(file, number)}")
                except FileNotFoundError:
                    continue
