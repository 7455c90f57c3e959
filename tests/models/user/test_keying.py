"""Bas has a passkey on his phone. What another device, place or moment signs, lets nobody in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from app.clock import now
from app.errors import Invalid, NotFound
from app.models.user import keying, tickets
from app.models.user.passkeys import Site
from app.models.user.schemas import NewPasskey, PasskeyProof
from app.models.user.table import User
from tests.authenticator import ORIGIN, Authenticator
from tests.cast import Cast

SITE = Site(ORIGIN, "testserver", "the browser of Bas")


@pytest.fixture
def phone(db: Session, cast: Cast, actor) -> Authenticator:
    return with_key(db, actor(cast.bas))


def with_key(db: Session, by, site: Site = SITE) -> Authenticator:
    phone = Authenticator(origin=site.origin, domain=site.domain)
    sent = phone.makes(keying.question_for_new(db, site, by=by), key_name="Mijn telefoon")
    keying.add(db, NewPasskey(**sent), site, by=by)
    db.flush()
    return phone


def judged(db: Session, phone: Authenticator, *, site: Site = SITE, by=None, question=None) -> User:
    question = question or keying.question(db, SITE, by=by)
    return keying.judge(db, PasskeyProof(**phone.proves(question)), site, by=by)


def refused(db: Session, phone: Authenticator, **how) -> str:
    with pytest.raises(Invalid) as wrong:
        judged(db, phone, **how)
    return wrong.value.fields["passkey"][0]


def test_bas_comes_in_and_the_key_knows_when(db: Session, cast: Cast, phone):
    assert judged(db, phone).id == cast.bas
    (key,) = keying.of(db, cast.bas)
    assert (key.name, key.used, key.site) == ("Mijn telefoon", 1, "testserver")
    assert key.last_used_at is not None
    assert judged(db, phone).id == cast.bas


def test_what_was_signed_on_another_site_is_refused(db: Session, phone):
    phone.origin = "https://testserver.evil.example"
    assert refused(db, phone) == "passkey.refused"
    phone.origin, phone.domain = ORIGIN, "evil.example"
    assert refused(db, phone) == "passkey.refused"


def test_a_made_up_host_does_not_make_a_key_of_another_domain_fit(db: Session, cast: Cast, phone):
    evil = Site("https://evil.example", "evil.example", SITE.browser)
    phone.origin, phone.domain = evil.origin, evil.domain
    assert refused(db, phone, site=evil, question=keying.question(db, evil, by=None)) == "passkey.refused"


def test_another_challenge_is_refused(db: Session, phone):
    asked, other = keying.question(db, SITE, by=None), keying.question(db, SITE, by=None)
    asked["publicKey"] = other["publicKey"]
    assert refused(db, phone, question=asked) == "passkey.refused"


def test_a_challenge_counts_once_in_one_browser_and_not_for_long(db: Session, phone, monkeypatch):
    asked = keying.question(db, SITE, by=None)
    judged(db, phone, question=asked)
    assert refused(db, phone, question=asked) == "passkey.stale"
    asked = keying.question(db, SITE, by=None)
    respelled = asked | {"ticket": asked["ticket"] + "\n"}
    judged(db, phone, question=asked)
    assert refused(db, phone, question=respelled) == "passkey.stale"
    elsewhere = replace(SITE, browser="another browser")
    assert refused(db, phone, site=elsewhere) == "passkey.stale"
    late = keying.question(db, SITE, by=None)
    monkeypatch.setattr(tickets, "now", lambda: now() + timedelta(minutes=6))
    assert refused(db, phone, question=late) == "passkey.stale"


def test_a_counter_that_goes_back_is_a_copy_of_the_key(db: Session, phone):
    phone.counter = 7
    judged(db, phone)
    phone.counter = 5
    assert refused(db, phone) == "passkey.refused"


def test_without_a_finger_or_code_on_the_device_it_proves_nothing(db: Session, cast: Cast, phone, actor):
    phone.verifies = False
    assert refused(db, phone) == "passkey.refused"
    careless = Authenticator(verifies=False)
    sent = careless.makes(keying.question_for_new(db, SITE, by=actor(cast.carla)), key_name="Los")
    with pytest.raises(Invalid):
        keying.add(db, NewPasskey(**sent), SITE, by=actor(cast.carla))


def test_the_key_of_bas_is_neither_carlas_nor_a_proof_for_her(db: Session, cast: Cast, phone, actor):
    assert refused(db, phone, by=actor(cast.carla)) == "passkey.refused"
    stranger = Authenticator(handle=cast.bas.encode())
    assert refused(db, stranger) == "passkey.refused"
    forger = Authenticator(key_id=phone.key_id, handle=cast.bas.encode())
    assert refused(db, forger) == "passkey.refused"
    phone.handle = cast.carla.encode()
    assert refused(db, phone) == "passkey.refused"


def test_who_is_disabled_stays_out(db: Session, cast: Cast, phone):
    db.get_one(User, cast.bas).disabled_at = now()
    db.flush()
    assert refused(db, phone) == "passkey.refused"


def test_nonsense_is_refused_as_calmly_as_a_wrong_key(db: Session, phone):
    ticket = keying.question(db, SITE, by=None)["ticket"]
    for nonsense in ("", "x", "[]", "{}", '{"id": 1, "response": {}}', '{"id": "a", "response": []}'):
        with pytest.raises(Invalid):
            keying.judge(db, PasskeyProof(credential=nonsense, ticket=ticket), SITE, by=None)
    with pytest.raises(Invalid):
        keying.judge(db, PasskeyProof(credential="{}", ticket="geen kaartje"), SITE, by=None)


def test_the_last_way_in_cannot_be_removed(db: Session, cast: Cast, phone, actor):
    bas = actor(cast.bas)
    (key,) = keying.of(db, cast.bas)
    with pytest.raises(NotFound):
        keying.remove(db, key.id, by=actor(cast.carla))
    kept, db.get_one(User, cast.bas).password_hash = db.get_one(User, cast.bas).password_hash, None
    with pytest.raises(Invalid):
        keying.remove(db, key.id, by=bas)
    db.get_one(User, cast.bas).password_hash = kept
    keying.remove(db, key.id, by=bas)
    db.flush()
    assert keying.of(db, cast.bas) == []
