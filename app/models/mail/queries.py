"""How the mail goes, for who runs it: numbers and moments, no addresses and no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from app.models.access import Actor, Permission
from app.models.mail.table import Mail, MailState

SHOWN = 20


@dataclass(frozen=True, slots=True)
class MailReport:
    waiting: int
    last_sent: datetime | None
    trouble: str
    given_up: Sequence[Mail]


def report(db: Session, actor: Actor) -> MailReport:
    """Empty for who does not manage people: it is about everybody's mail."""
    if not actor.may(Permission.MANAGE_PEOPLE):
        return MailReport(0, None, "", ())
    waiting = db.exec(select(func.count()).where(Mail.state == MailState.QUEUED)).one()
    last = db.exec(select(func.max(Mail.settled_at)).where(Mail.state == MailState.SENT)).one()
    stuck = select(Mail.trouble).where(Mail.state == MailState.QUEUED, Mail.trouble != "")
    trouble = db.exec(stuck.order_by(col(Mail.created_at).desc()).limit(1)).first()
    lost = select(Mail).where(Mail.state == MailState.GIVEN_UP).order_by(col(Mail.settled_at).desc())
    return MailReport(waiting, last, trouble or "", list(db.exec(lost.limit(SHOWN))))
