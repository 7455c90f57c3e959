"""A beheerder erases what a customer asked to erase, without reading it; what stays is a certificate of counts."""

import hashlib
import json
from typing import Any

from sqlmodel import Session

from app.errors import Invalid
from app.models import erasing
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.field_note.table import FieldNote
from app.models.privacy import requesting, searching
from app.models.privacy.requesting import code_of
from app.models.privacy.table import PrivacyRequest, RequestState
from app.models.user.table import User


def erase(db: Session, request: PrivacyRequest, note_ids: list[str], *, by: Actor) -> None:
    """Every chosen note; Invalid when none was. Done twice is done once, with the first certificate."""
    if request.state == RequestState.DONE:
        return
    chosen = searching.matches(db, note_ids)
    if not chosen:
        raise Invalid({"note_ids": "privacy.nothing_chosen"})
    known_as = [term for term in [requesting.who(request)] if term]
    counts: dict[str, int] = {}
    for match in chosen:
        note = db.get_one(FieldNote, match.note_id)
        for kind, number in erasing.erase(db, note, by=by, known_as=known_as).items():
            counts[kind] = counts.get(kind, 0) + number
    requesting.close(request, RequestState.DONE, by)
    request.note_ids = [match.note_id for match in chosen]
    request.outcome = _certificate(db, request, counts, [match.place for match in chosen], by)
    request.sha256 = fingerprint(request.outcome)
    log(db, "privacy.erased", "privacy_request", request.id, by=by, at=request.location_id, notes=len(chosen))
    db.flush()


def _certificate(
    db: Session, request: PrivacyRequest, counts: dict[str, int], places: list[str], by: Actor
) -> dict[str, Any]:
    """Who, when, where and how much; nothing of the customer."""
    done_at = request.done_at.isoformat() if request.done_at else ""
    return {
        "request": request.id,
        "asked_at": request.created_at.isoformat(),
        "asked_by": db.get_one(User, request.requested_by_id).name,
        "erased_at": done_at,
        "erased_by": by.name,
        "codes": [code_of(note_id) for note_id in request.note_ids],
        "places": sorted(set(places)),
        "counts": counts,
    }


def fingerprint(outcome: dict[str, Any]) -> str:
    """Of the certificate as it stands: who has a print of it can see that the row is still the same."""
    return hashlib.sha256(json.dumps(outcome, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
