"""Adding a passkey, coming in with one, and removing it."""

import json
from typing import Any

from sqlmodel import Session, col, select
from webauthn.helpers import bytes_to_base64url

from app.clock import new_id, now
from app.errors import Invalid, NotFound
from app.models.access import Actor
from app.models.audit.noting import note
from app.models.user.actors import actor_for, digest
from app.models.user.forcing import check_may_lose, strengthen
from app.models.user.identity_table import UserIdentity
from app.models.user.passkeys import Holder, Site, ask, ask_for_new, asked, made, proven
from app.models.user.proof_table import Passkey
from app.models.user.schemas import NewPasskey, PasskeyProof
from app.models.user.table import User
from app.models.user.tickets import spend

REFUSED = {"passkey": "passkey.refused"}


def of(db: Session, user_id: str) -> list[Passkey]:
    return list(db.exec(select(Passkey).where(Passkey.user_id == user_id).order_by(col(Passkey.created_at))))


def question_for_new(db: Session, site: Site, *, by: Actor) -> dict[str, Any]:
    return ask_for_new(site, _adding(by), Holder(by.id, by.email, by.name), of(db, by.id))


def question_for_invited(site: Site, token: str, *, email: str, name: str) -> dict[str, Any]:
    """Whoever was invited has no account yet; the id that it will have goes along in the ticket."""
    return ask_for_new(site, _joining(token), Holder(new_id(), email, name))


def question(db: Session, site: Site, *, by: Actor | None) -> dict[str, Any]:
    """To sign in, or to show again that it is `by`."""
    return ask(site, _proving(by), of(db, by.id) if by else ())


def add(db: Session, given: NewPasskey, site: Site, *, by: Actor) -> None:
    """Sent twice, it is added once: the second time it is there already."""
    _keep(db, given, site, _adding(by), db.get_one(User, by.id))
    strengthen(db, by=by)


def promised_id(given: NewPasskey, site: Site, token: str) -> str:
    return asked(given.ticket, site, _joining(token))["holder"]


def add_for_invited(db: Session, given: NewPasskey, site: Site, token: str, user: User) -> None:
    _keep(db, given, site, _joining(token), user)


def _keep(db: Session, given: NewPasskey, site: Site, purpose: str, user: User) -> None:
    held = asked(given.ticket, site, purpose)
    if held["holder"] != user.id:
        raise Invalid(REFUSED)
    new = made(given.credential, site, held["challenge"])
    key_id = bytes_to_base64url(new.credential_id)
    if db.exec(select(Passkey.id).where(Passkey.key_id == key_id)).first():
        raise Invalid({"passkey": "passkey.there"})
    if not spend(db, held["challenge"]):
        raise Invalid({"passkey": "passkey.stale"})
    key = Passkey(
        user_id=user.id,
        key_id=key_id,
        public_key=new.credential_public_key,
        site=site.domain,
        used=new.sign_count,
        name=given.key_name,
    )
    db.add(key)
    db.flush()
    note(db, "passkey.added", "user", user.id, by=actor_for(db, user))


def judge(db: Session, given: PasskeyProof, site: Site, *, by: Actor | None) -> User:
    """Whose it is. Invalid, always in the same words, when it proves nothing, or nothing about `by`."""
    held = asked(given.ticket, site, _proving(by))
    key, user = _named(db, given.credential)
    if user.disabled_at or (by and user.id != by.id):
        raise Invalid(REFUSED)
    shown = proven(given.credential, site, held["challenge"], key)
    if not spend(db, held["challenge"]):
        raise Invalid({"passkey": "passkey.stale"})
    key.used, key.last_used_at = shown.new_sign_count, now()
    return user


def _named(db: Session, credential: str) -> tuple[Passkey, User]:
    try:
        answer = json.loads(credential)
        key_id, handle = answer["id"], answer["response"].get("userHandle")
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Invalid(REFUSED) from wrong
    found = db.exec(
        select(Passkey, User)
        .join(User, col(User.id) == col(Passkey.user_id))
        .where(Passkey.key_id == str(key_id))
        .with_for_update(of=Passkey)
    ).first()
    if found is None or (handle and handle != bytes_to_base64url(found[1].id.encode())):
        raise Invalid(REFUSED)
    return found


def remove(db: Session, passkey_id: str, *, by: Actor) -> None:
    keys = of(db, by.id)
    key = next((key for key in keys if key.id == passkey_id), None)
    if key is None:
        raise NotFound
    linked = db.exec(select(UserIdentity.id).where(UserIdentity.user_id == by.id)).first()
    if len(keys) == 1 and not linked and db.get_one(User, by.id).password_hash is None:
        raise Invalid({"passkey": "passkey.last"})
    check_may_lose(db, by=by, field="passkey")
    db.delete(key)
    note(db, "passkey.removed", "user", by.id, by=by)


def _adding(by: Actor) -> str:
    return f"new passkey/{by.id}"


def _joining(token: str) -> str:
    return f"joining/{digest(token)}"


def _proving(by: Actor | None) -> str:
    return f"proof/{by.id if by else ''}"
