"""Bas has an app on his phone that makes codes."""

from datetime import timedelta

import pyotp
import pytest
from sqlmodel import Session, select

from app.clock import now
from app.errors import Conflict, Invalid
from app.models.audit.table import AuditEntry
from app.models.user import code_app, half_in, minding, queries, telling
from app.models.user.proof_table import CodeApp, SpareCode
from app.models.user.schemas import CodeAppDraft
from app.models.user.table import User, Way
from tests.cast import Cast


@pytest.fixture
def bas(db: Session, cast: Cast, actor):
    return actor(cast.bas)


def code(secret: str, *, halves: int = 0) -> str:
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=30 * halves))


def set_up(db: Session, by) -> code_app.Offer:
    """With the code of a moment ago, so that the one of now is still to be used."""
    offer = code_app.offer(by=by)
    draft = CodeAppDraft(sealed=offer.sealed, code=code(offer.secret, halves=-1))
    assert code_app.turn_on(db, draft, by=by) == offer.spare_codes
    db.flush()
    return offer


def fits(db: Session, by, typed: str) -> bool:
    return half_in.fits(db, db.get_one(User, by.id), typed)


def test_one_right_code_turns_it_on_and_the_same_form_twice_shows_the_same_codes(
    db: Session, cast, bas, actor
):
    offer = code_app.offer(by=bas)
    with pytest.raises(Invalid):
        code_app.turn_on(db, CodeAppDraft(sealed=offer.sealed, code="000000"), by=bas)
    draft = CodeAppDraft(sealed=offer.sealed, code=code(offer.secret))
    with pytest.raises(Invalid):
        code_app.turn_on(db, draft, by=actor(cast.carla))
    first = code_app.turn_on(db, draft, by=bas)
    db.flush()
    assert code_app.turn_on(db, draft, by=bas) == first
    assert len(set(first)) == 10
    other = code_app.offer(by=bas)
    with pytest.raises(Conflict):
        code_app.turn_on(db, CodeAppDraft(sealed=other.sealed, code=code(other.secret)), by=bas)


def test_nothing_readable_is_kept_of_the_secret_or_the_spare_codes(db: Session, bas):
    offer = set_up(db, bas)
    assert offer.secret.encode() not in db.exec(select(CodeApp.sealed_secret)).one()
    hashes = db.exec(select(SpareCode.code_hash)).all()
    assert all(len(one) == 64 for one in hashes)
    assert not set(hashes) & set(offer.spare_codes)


def test_a_code_works_once_and_a_clock_may_be_half_a_minute_off(db: Session, bas):
    secret = set_up(db, bas).secret
    assert not fits(db, bas, code(secret, halves=-3))
    assert not fits(db, bas, code(secret, halves=3))
    assert fits(db, bas, " ".join(code(secret)))
    assert not fits(db, bas, code(secret))
    assert fits(db, bas, code(secret, halves=1))
    assert not fits(db, bas, code(secret))
    assert not fits(db, bas, "٠١٢٣٤٥")


def test_a_spare_code_works_once_for_its_owner_only(db: Session, cast: Cast, bas, actor):
    spare = set_up(db, bas).spare_codes[0]
    assert not fits(db, actor(cast.carla), spare)
    assert fits(db, bas, spare.upper().replace("-", " "))
    assert not fits(db, bas, spare)
    assert code_app.spare_codes_left(db, bas.id) == 9


def test_half_in_ends_with_the_browser_the_password_and_the_account(db: Session, cast: Cast, bas):
    user = db.get_one(User, cast.bas)
    assert half_in.ticket_for(db, user, "browser", "/me", Way.PASSWORD) is None
    set_up(db, bas)
    ticket = half_in.ticket_for(db, user, "browser", "/me", Way.PASSWORD)
    assert ticket is not None
    assert half_in.who(db, ticket, "browser") == half_in.HalfIn(user, "/me", Way.PASSWORD)
    assert half_in.who(db, ticket, "elsewhere") is None
    assert half_in.who(db, ticket[:-4] + "AAAA", "browser") is None
    kept, user.password_hash = user.password_hash, "iets anders"
    assert half_in.who(db, ticket, "browser") is None
    user.password_hash, user.disabled_at = kept, now()
    assert half_in.who(db, ticket, "browser") is None


def test_a_beheerder_resets_it_in_the_log_and_bas_is_told(db: Session, cast: Cast, bas, actor):
    set_up(db, bas)
    anna = actor(cast.anna)
    minding.reset_code_app(db, queries.get(db, anna, cast.bas), by=anna)
    minding.reset_code_app(db, queries.get(db, anna, cast.bas), by=anna)
    db.flush()
    assert not code_app.is_on(db, cast.bas)
    entry = db.exec(select(AuditEntry).where(AuditEntry.verb == "code_app.reset")).one()
    assert (entry.actor_id, entry.subject_id) == (cast.anna, cast.bas)
    assert [told.kind for told in telling.unread(db, bas)] == ["code_app_reset"]
