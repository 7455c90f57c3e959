"""A message reaches the phone that asked for it, encrypted; a phone that is gone is forgotten."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlmodel import Session, func, select

from app.clock import now
from app.database import database
from app.errors import Forbidden, Invalid, NotFound
from app.models.access import Actor
from app.models.push import queueing, subscribing
from app.models.push.schemas import PushSubscriptionDraft
from app.models.push.table import Push, PushSubscription
from app.models.user.actors import actor_for
from app.models.user.table import User, UserSession
from app.public_hosts import NotPublic, address_of
from app.push import is_allowed, public_key
from app.settings import settings
from tests.cast import Cast
from tests.makers import session_cookie
from tests.push_service import PushService, push_everything, push_service


@pytest.fixture
def service(stage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with push_service(monkeypatch) as made:
        yield made


def signed_in(db: Session, user_id: str) -> Actor:
    session_cookie(db, user_id)
    db.flush()
    session = db.exec(select(UserSession).order_by(UserSession.id.desc())).first()  # type: ignore[attr-defined]
    return actor_for(db, db.get_one(User, user_id), session=session)


def subscribed(service: PushService, path: str = "/phone") -> None:
    with database().writing() as db:
        draft = PushSubscriptionDraft.model_validate(service.phone(path))
        bas = signed_in(db, Cast.bas)
        subscribing.subscribe(db, draft, by=bas)
        subscribing.subscribe(db, draft, by=bas)


def tell(text: str = "2 acties zijn te laat") -> int:
    with database().writing() as db:
        return queueing.queue(
            db, Cast.bas, title="Klantsafari", text=text, to="/reminders", patience=timedelta(hours=4)
        )


def left() -> tuple[int, int]:
    """Phones and messages that are still there."""
    with database().reading() as db:
        return tuple(db.exec(select(func.count()).select_from(one)).one() for one in (PushSubscription, Push))  # type: ignore[return-value]


def test_bas_gets_it_on_his_phone_and_only_his_phone_can_read_it(service: PushService):
    subscribed(service)
    assert tell() == 1
    assert push_everything() == 1
    assert push_everything() == 0
    headers, body = service.asked[0]
    assert b"te laat" not in body
    assert service.messages() == [
        {"title": "Klantsafari", "text": "2 acties zijn te laat", "to": "/reminders"}
    ]
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["authorization"].startswith("vapid t=")
    assert headers["authorization"].endswith(f",k={public_key()}")
    assert int(headers["ttl"]) > 14000
    assert left() == (1, 0)


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_is_gone_is_forgotten_with_all_that_waits_for_it(service: PushService, status: int):
    subscribed(service)
    tell()
    tell()
    service.says = status
    assert push_everything() == 0
    assert len(service.asked) == 1
    assert left() == (0, 0)


def test_a_push_service_that_is_busy_is_asked_again_until_it_is_too_late(service: PushService):
    subscribed(service)
    tell()
    service.says = 503
    push_everything()
    assert left() == (1, 1)
    with time_machine.travel(now() + timedelta(minutes=1), tick=False):
        service.says = 201
        assert push_everything() == 1
    tell()
    service.says = 503
    with time_machine.travel(now() + timedelta(hours=5), tick=False):
        push_everything()
    assert left() == (1, 0)


def test_a_redirect_is_not_followed(service: PushService):
    subscribed(service)
    tell()
    service.says = 307
    assert push_everything() == 0
    assert len(service.asked) == 1
    assert left() == (1, 0)


def test_who_signs_out_is_silent_at_once(service: PushService):
    subscribed(service)
    tell()
    with database().writing() as db:
        for session in db.exec(select(UserSession)):
            db.delete(session)
    assert left() == (0, 0)


def test_a_sign_in_that_ran_out_is_silent_too(service: PushService):
    subscribed(service)
    with time_machine.travel(now() + timedelta(days=91), tick=False):
        tell()
        assert push_everything() == 0
        assert left() == (0, 0)
    assert service.asked == []


def test_inside_our_own_network_nothing_is_sent(service: PushService, monkeypatch: pytest.MonkeyPatch):
    subscribed(service)
    tell()
    monkeypatch.setenv("KLANTSAFARI_PUSH_TO_THIS_MACHINE", "false")
    settings.cache_clear()
    assert push_everything() == 0
    assert service.asked == []
    assert left() == (1, 0)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.8", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.8",
     "0.0.0.1", "224.0.0.1", "2002:7f00:1::", "100.64.0.1"],
)  # fmt: skip
def test_no_name_leads_inside(host: str):
    with pytest.raises(NotPublic):
        address_of(host, 443)


def test_only_https_is_taken(stage: None):
    assert is_allowed("https://push.example/abc")
    for wrong in (
        "http://push.example/a",
        "https://a:b@push.example/",
        "ftp://x",
        "https://",
        "https://x:y/",
    ):
        assert not is_allowed(wrong)


def test_without_a_setting_or_a_sign_in_there_is_no_push(stage: None, monkeypatch: pytest.MonkeyPatch):
    phone = PushSubscriptionDraft.model_validate(PushService().phone())
    with database().writing() as db:
        with pytest.raises(NotFound):
            subscribing.subscribe(db, phone, by=signed_in(db, Cast.bas))
        monkeypatch.setenv("KLANTSAFARI_PUSH_CONTACT", "mailto:beheer@klantsafari.example")
        settings.cache_clear()
        with pytest.raises(Invalid):
            subscribing.subscribe(db, phone, by=signed_in(db, Cast.bas))
        with pytest.raises(Forbidden):
            subscribing.subscribe(db, phone, by=actor_for(db, db.get_one(User, Cast.bas)))
    settings.cache_clear()
