"""A letter is put in the queue in the same transaction as what it tells; a sender takes it from there."""

import json
from datetime import timedelta
from typing import Protocol

from sqlmodel import Session

from app.clock import new_id, now
from app.models.mail.table import Mail
from app.sealing import seal
from app.settings import settings

PATIENCE = timedelta(days=3)


class Reader(Protocol):
    """Whom a letter is for: a user, an actor, or somebody who was only invited (without an id)."""

    @property
    def id(self) -> str | None: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


def place_of(mail_id: str) -> str:
    return f"mail.{mail_id}.sealed"


def queue(
    db: Session, *, to: Reader, subject: str, text: str, kind: str = "letter", patience: timedelta = PATIENCE
) -> Mail | None:
    """Nothing where no mail server is set. `text` is plain, with an empty line between paragraphs, in the reader's
    own language; no customer's words, for mail lies in the open. Given up when it is not sent within `patience`."""
    if not settings().has_mail:
        return None
    mail_id = new_id()
    letter = {"to": to.email, "name": to.name, "subject": subject, "text": text}
    mail = Mail(
        id=mail_id,
        user_id=to.id,
        kind=kind,
        sealed=seal(json.dumps(letter), place=place_of(mail_id)),
        give_up_at=now() + patience,
    )
    db.add(mail)
    db.flush()
    return mail
