"""A customer's requests, a data breach, and an emergency that is over."""

from datetime import timedelta

from sqlmodel import Session

from app.clock import new_id, now
from app.models.break_glass.table import BreakGlass
from app.models.field_note.table import FieldNote
from app.models.privacy.table import Breach, PrivacyRequest, RequestKind, RequestState
from tests.cast import Cast


def of_privacy(db: Session, note: FieldNote) -> dict[str, str]:
    """One erasure that was carried out, and one of each kind that waits."""
    done, erasure, access = (
        PrivacyRequest(
            kind=RequestKind(kind),
            state=RequestState(state),
            location_id=note.location_id,
            note_id=note.id,
            requested_by_id=Cast.bas,
        )
        for kind, state in (("erasure", "done"), ("erasure", "open"), ("access", "open"))
    )
    done.done_at = now()
    done.outcome = {"erased_by": "Anna", "asked_by": "Bas", "places": [], "codes": [], "counts": {"notes": 1}}
    breach = Breach(found_on=now().date(), what="Een telefoon bleef in de trein.")
    db.add_all([done, erasure, access, breach])
    return {
        "request_id": done.id,
        "open_erasure_id": erasure.id,
        "open_access_id": access.id,
        "breach_id": breach.id,
        "purpose": "quote",
        "place_code": Cast.town_hall[-8:],
    }


def of_emergency(db: Session) -> str:
    """Of Anna, yesterday."""
    glass = BreakGlass(
        user_id=Cast.anna,
        location_id=Cast.town_hall,
        session_id=new_id(),
        reason="Een klant vroeg erom",
        ends_at=now() - timedelta(days=1),
    )
    db.add(glass)
    db.flush()
    return glass.id
