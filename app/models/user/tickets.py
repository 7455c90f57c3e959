"""What we said to a browser a moment ago, sealed and given along: nothing is kept of it until it comes back."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete

from app.clock import now
from app.models.user.actors import digest
from app.models.user.proof_table import SpentTicket
from app.sealing import seal, unseal

VALID_FOR = timedelta(minutes=5)


def issue(purpose: str, browser: str, held: dict[str, str], *, valid_for: timedelta = VALID_FOR) -> str:
    """Opens for the same purpose in the same browser only."""
    text = json.dumps(held | {"until": (now() + valid_for).isoformat()})
    return urlsafe_b64encode(seal(text, place=_place(purpose, browser))).decode()


def read(ticket: str, purpose: str, browser: str) -> dict[str, str] | None:
    """None when it is not ours, of another browser or purpose, or too old."""
    try:
        held = json.loads(unseal(urlsafe_b64decode(ticket), place=_place(purpose, browser)))
    except (InvalidTag, ValueError, binascii.Error):
        return None
    return held if browser and datetime.fromisoformat(held["until"]) > now() else None


def spend(db: Session, secret: str) -> bool:
    """Whether this is the first time. `secret` is what the ticket held: a ticket can be written in two ways."""
    db.exec(delete(SpentTicket).where(col(SpentTicket.expires_at) < now()))
    try:
        with db.begin_nested():
            db.add(SpentTicket(ticket_hash=digest(secret), expires_at=now() + VALID_FOR))
    except IntegrityError:
        return False
    return True


def _place(purpose: str, browser: str) -> str:
    return f"ticket/{purpose}/{browser}"
