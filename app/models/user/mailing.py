"""Letters about accounts."""

import hmac

from sqlmodel import Session

from app.clock import day_of
from app.errors import Invalid, NotFound
from app.i18n import translator
from app.models.access import Actor
from app.models.audit.noting import note
from app.models.mail.queueing import queue
from app.models.user.actors import digest
from app.models.user.inviting import open_ones
from app.models.user.table import Invitation
from app.settings import settings


class _Newcomer:
    """The invited one, who is no user yet."""

    def __init__(self, invitation: Invitation) -> None:
        self.id = None
        self.name, self.email = invitation.name, invitation.email


def mail(db: Session, invitation_id: str, token: str, *, link: str, by: Actor, language: str) -> Invitation:
    """Sends the invited one the link; NotFound unless it is the link of this very invitation."""
    found = next((i for i in open_ones(db, by) if i.invitation.id == invitation_id), None)
    if found is None or not hmac.compare_digest(found.invitation.token_hash, digest(token)):
        raise NotFound
    _check_on()
    _ = translator(language)
    invitation = found.invitation
    subject = _("%(who)s nodigt je uit voor Klantsafari", who=by.name)
    text = _(
        "Beste %(name)s,\n\n%(who)s nodigt je uit voor Klantsafari, bij %(place)s. "
        "Daar schrijven jullie op wat klanten zeggen, en maken er verbeteringen van.\n\n"
        "Open deze link om mee te doen:\n%(link)s\n\n"
        "De link werkt één keer, tot en met %(day)s. Ken je %(who)s niet? Doe dan niets.",
        name=invitation.name,
        who=by.name,
        place=found.location.name,
        link=link,
        day=day_of(invitation.expires_at).strftime("%d-%m-%Y"),
    )
    queue(db, to=_Newcomer(invitation), subject=subject, text=text, kind="invitation")
    note(db, "invitation.mailed", "invitation", invitation.id, by=by, at=found.location.id)
    return invitation


def mail_trial(db: Session, *, by: Actor) -> None:
    _check_on()
    _ = translator(by.language)
    text = _("Beste %(name)s,\n\nDeze proefmail kwam aan. Klantsafari kan mail versturen.", name=by.name)
    queue(db, to=by, subject=_("Proefmail van Klantsafari"), text=text, kind="trial")
    note(db, "mail.tried", "user", by.id, by=by)


def _check_on() -> None:
    if not settings().has_mail:
        raise Invalid({"form": "mail.off"})
