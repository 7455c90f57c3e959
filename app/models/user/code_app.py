"""The second step after a password: a code from an app, or a spare one from paper."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import pyotp
from sqlmodel import Session, col, delete, select, update

from app.clock import now
from app.errors import Conflict, Invalid
from app.models.access import Actor
from app.models.audit.noting import note
from app.models.user import tickets
from app.models.user.forcing import check_may_lose, strengthen
from app.models.user.proof_table import CodeApp, SpareCode
from app.models.user.schemas import CodeAppDraft
from app.models.user.table import User
from app.sealing import derived, seal, unseal

SPARE_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike on paper."""
TO_SET_UP = timedelta(minutes=30)
DRIFT = (0, -1, 1)
"""Half minutes that a phone's clock may be off."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret that counts once its first code was typed; `sealed` goes along in the form."""

    sealed: str
    secret: str
    address: str
    spare_codes: list[str]


def offer(*, by: Actor) -> Offer:
    secret = pyotp.random_base32()
    codes = [_spare_code() for _ in range(SPARE_CODES)]
    held = {"secret": secret, "codes": " ".join(codes)}
    return _shown(tickets.issue(_purpose(by), by.id, held, valid_for=TO_SET_UP), held, by)


def offered(sealed: str, *, by: Actor) -> Offer | None:
    """The same offer once more; None when it is not theirs, or of too long ago."""
    held = tickets.read(sealed, _purpose(by), by.id)
    return _shown(sealed, held, by) if held else None


def is_on(db: Session, user_id: str) -> bool:
    return db.exec(select(CodeApp.id).where(CodeApp.user_id == user_id)).first() is not None


def turn_on(db: Session, draft: CodeAppDraft, *, by: Actor) -> list[str]:
    """The spare codes, to be shown once. The same form sent twice gets the same ones."""
    given = offered(draft.sealed, by=by)
    if given is None:
        raise Invalid({"code": "code_app.stale"})
    there = db.exec(select(CodeApp).where(CodeApp.user_id == by.id)).first()
    if there:
        if _secret(there) != given.secret:
            raise Conflict("code_app.on_already")
        return given.spare_codes
    step = _step_of(given.secret, draft.code, after=0)
    if step is None:
        raise Invalid({"code": "code_app.wrong"})
    sealed = seal(given.secret, place=_place(by.id))
    db.add(CodeApp(user_id=by.id, sealed_secret=sealed, last_step=step))
    db.add_all(SpareCode(user_id=by.id, code_hash=_hashed(by.id, code)) for code in given.spare_codes)
    strengthen(db, by=by)
    note(db, "code_app.on", "user", by.id, by=by)
    return given.spare_codes


def use(db: Session, user: User, typed: str, *, by: Actor) -> bool:
    """Whether the code fits; then neither it nor an older one fits again."""
    code = "".join(typed.lower().split()).replace("-", "")
    if not (code.isascii() and code.isdecimal()):
        return _use_spare(db, user, code, by)
    app = db.exec(select(CodeApp).where(CodeApp.user_id == user.id)).first()
    step = _step_of(_secret(app), code, after=app.last_step) if app else None
    if step is None:
        return False
    mine = (col(CodeApp.user_id) == user.id) & (col(CodeApp.last_step) < step)
    return db.exec(update(CodeApp).where(mine).values(last_step=step)).rowcount == 1


def _use_spare(db: Session, user: User, code: str, by: Actor) -> bool:
    gone = delete(SpareCode).where(
        col(SpareCode.user_id) == user.id, col(SpareCode.code_hash) == _hashed(user.id, code)
    )
    if db.exec(gone).rowcount != 1:
        return False
    note(db, "spare_code.used", "user", user.id, by=by, left=spare_codes_left(db, user.id))
    return True


def spare_codes_left(db: Session, user_id: str) -> int:
    return len(db.exec(select(SpareCode.id).where(SpareCode.user_id == user_id)).all())


def turn_off(db: Session, *, by: Actor) -> None:
    """Sent twice, the second finds nothing to turn off."""
    if not is_on(db, by.id):
        return
    check_may_lose(db, by=by, field="code_app")
    if forget(db, by.id):
        note(db, "code_app.off", "user", by.id, by=by)


def forget(db: Session, user_id: str) -> bool:
    """Whether there was one."""
    db.exec(delete(SpareCode).where(col(SpareCode.user_id) == user_id))
    return db.exec(delete(CodeApp).where(col(CodeApp.user_id) == user_id)).rowcount > 0


def _step_of(secret: str, code: str, *, after: int) -> int | None:
    """The half minute of this code, later than `after`."""
    totp = pyotp.TOTP(secret)
    this = totp.timecode(now())
    fitting = (this + drift for drift in DRIFT if hmac.compare_digest(totp.generate_otp(this + drift), code))
    return next((step for step in fitting if step > after), None)


def _shown(sealed: str, held: dict[str, str], by: Actor) -> Offer:
    address = pyotp.TOTP(held["secret"]).provisioning_uri(name=by.email, issuer_name="Klantsafari")
    return Offer(sealed, held["secret"], address, held["codes"].split())


def _spare_code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _hashed(user_id: str, code: str) -> str:
    """Keyed: these codes are short enough to be typed, so too short for a bare hash."""
    plain = f"{user_id} {code.replace('-', '')}"
    return hmac.new(derived("spare codes"), plain.encode(), sha256).hexdigest()


def _secret(app: CodeApp) -> str:
    return unseal(app.sealed_secret, place=_place(app.user_id))


def _place(user_id: str) -> str:
    return f"code_app/{user_id}/secret"


def _purpose(by: Actor) -> str:
    return f"code app/{by.id}"
