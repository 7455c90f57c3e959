"""Voor jou, its settings, and a phone that asks for messages."""

from collections.abc import Iterator

import pytest

from app.push import public_key
from tests.makers_reminder import action
from tests.push_service import PushService, push_service


@pytest.fixture
def service(stage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with push_service(monkeypatch) as made:
        yield made


def test_bas_sees_what_is_new_and_says_that_he_saw_it(db, cast, as_user):
    late = action(db)
    db.commit()
    bas = as_user(cast.bas)
    assert "1 nieuw voor jou" in bas.get("/reminders/bell").text
    page = bas.get("/reminders").text
    assert "Eén nummer" in page
    assert "Had klaar moeten zijn op" in page
    key = f"late:{late.id}:{late.due_on}"
    assert f'value="{key}"' in page
    assert bas.post("/reminders/seen", data={"key": [key, "late:other:"]}).headers["location"] == "/reminders"
    assert "Al gezien, nog niet klaar" in bas.get("/reminders").text
    assert "nieuw" not in bas.get("/reminders/bell").text
    assert "Er wacht niets op jou." in as_user(cast.dirk).get("/reminders").text


def test_carla_chooses_what_about_and_a_quiet_hour_is_refused(cast, as_user):
    carla = as_user(cast.carla)
    assert "Telefoon</th>" not in carla.get("/me/reminders").text
    chosen = {"app": ["late", "room"], "hour": 9, "quiet_from": 20, "quiet_to": 7}
    assert carla.post("/me/reminders", data=chosen).status_code == 303
    page = carla.get("/me/reminders?saved=1").text
    assert page.count(" checked") == 2
    assert carla.post("/me/reminders", data=chosen | {"hour": 23}).status_code == 422
    assert carla.post("/me/reminders", data=chosen | {"hour": "laat"}).status_code == 422
    assert carla.post("/me/reminders", data=chosen | {"app": ["iets"]}).status_code == 422


def test_with_mail_there_is_an_hour_to_choose(office, cast, as_user):
    carla = as_user(cast.carla)
    page = carla.get("/me/reminders").text
    assert "Mail</th>" in page
    assert '<option value="8" selected>8.00 uur' in page
    refused = carla.post("/me/reminders", data={"hour": 22, "quiet_from": 20, "quiet_to": 7})
    assert "Dan is het stil" in refused.text


def test_a_phone_subscribes_twice_and_stops(service, cast, as_user):
    bas = as_user(cast.bas)
    assert public_key() in bas.get("/me/reminders").text
    for _ in range(2):
        assert bas.post("/me/push-subscriptions", json=service.phone()).status_code == 204
    wrong = service.phone() | {"keys": {"p256dh": "AAAA", "auth": "AAAA"}}
    assert bas.post("/me/push-subscriptions", json=wrong).status_code == 422
    inside = service.phone() | {"endpoint": "ftp://localhost/x"}
    assert bas.post("/me/push-subscriptions", json=inside).status_code == 422
    stop = {"endpoint": service.phone()["endpoint"]}
    for _ in range(2):
        assert bas.post("/me/push-subscriptions/removal", json=stop).status_code == 204
