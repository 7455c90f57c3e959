import base64
import hashlib
from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import new_id, now
from app.models.guide.table import GuideVersion
from app.models.safari.table import Safari, SafariState
from tests.cast import Cast
from tests.looking import look
from tests.makers_note import interview

BEGAN = "2026-11-22T09:12:34.567Z"
ENDED = "2026-11-22T10:30:00.000Z"


@pytest.fixture
def began(db, cast: Cast):
    """What Bas's phone says of a safari that it began without a connection."""
    version = db.exec(select(GuideVersion.id)).one()
    db.commit()
    said = {"schema": 1, "location_id": cast.town_hall, "guide_version_id": version}
    return said | {"target": 4, "goal": "Wat kost de aanvraag?", "started_at": BEGAN}


def test_a_safari_that_began_offline_arrives_once_with_the_phones_time(as_user, cast: Cast, began):
    bas, safari_id = as_user(cast.bas), new_id()
    url = f"/api/v1/safaris/{safari_id}"
    first, again = bas.put(url, json=began), bas.put(url, json=began)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    receipt = first.json()
    assert receipt["sha256"] == hashlib.sha256(first.request.content).hexdigest()
    assert (receipt["id"], receipt["revision"], receipt["server_seq"]) == (safari_id, 1, 0)
    assert (receipt["state"], receipt["attachments"]) == ("recorded", [])
    (safari,) = look(select(Safari))
    assert safari.started_at.isoformat() == "2026-11-22T09:12:34.567000+00:00"
    assert (safari.leader_id, safari.state, safari.goal) == (cast.bas, "running", "Wat kost de aanvraag?")
    assert now() - safari.created_at < timedelta(minutes=1)
    assert bas.put(f"/api/v1/field-notes/{new_id()}", json=interview(safari_id)).status_code == 201


def test_other_content_under_that_id_is_refused_and_somebody_elses_is_not_there(as_user, cast: Cast, began):
    bas, url = as_user(cast.bas), f"/api/v1/safaris/{new_id()}"
    assert bas.put(url, json=began).status_code == 201
    for change in ({"target": 5}, {"goal": "Anders"}, {"back_office": True}, {"location_id": cast.branch}):
        refused = bas.put(url, json=began | change)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "safari.differs")
    at_branch = began | {"location_id": cast.branch}
    dirk = as_user(cast.dirk)
    assert dirk.put(url, json=at_branch).status_code == 404
    assert dirk.put(f"{url}/closure", json={"closed_at": ENDED}).status_code == 404
    assert as_user(cast.carla).put(url, json=began).status_code == 403
    assert bas.put(f"/api/v1/safaris/{new_id()}", json=at_branch).status_code == 404
    assert len(look(select(Safari))) == 1


def test_it_ends_once_with_the_phones_time_and_notes_still_arrive(as_user, cast: Cast, began):
    bas, safari_id = as_user(cast.bas), new_id()
    url = f"/api/v1/safaris/{safari_id}"
    ended = {"schema": 1, "debrief": "Veel gehoord.", "closed_at": ENDED}
    assert bas.put(f"{url}/closure", json=ended).status_code == 404
    bas.put(url, json=began)
    first, again = bas.put(f"{url}/closure", json=ended), bas.put(f"{url}/closure", json=ended)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["sha256"] == hashlib.sha256(first.request.content).hexdigest()
    assert (first.json()["id"], first.json()["server_seq"]) == (safari_id, 0)
    assert bas.put(f"{url}/closure", json=ended | {"debrief": "Anders."}).status_code == 409
    assert bas.put(url, json=began).status_code == 200
    (safari,) = look(select(Safari))
    assert (safari.state, safari.debrief) == (SafariState.CLOSED, "Veel gehoord.")
    assert safari.closed_at.isoformat() == "2026-11-22T10:30:00+00:00"
    assert bas.put(f"/api/v1/field-notes/{new_id()}", json=interview(safari_id)).status_code == 201


@pytest.mark.parametrize("year", [2016, 2036])
def test_a_clock_ten_years_off_is_taken_as_it_is_and_never_in_the_future(as_user, cast: Cast, began, year):
    bas, url = as_user(cast.bas), f"/api/v1/safaris/{new_id()}"
    off = began | {"started_at": f"{year}-11-22T09:12:34Z"}
    assert [bas.put(url, json=off).status_code for _ in range(2)] == [201, 200]
    ended = {"closed_at": f"{year}-11-22T09:00:00Z"}
    assert [bas.put(f"{url}/closure", json=ended).status_code for _ in range(2)] == [201, 200]
    (safari,) = look(select(Safari))
    assert safari.started_at <= safari.closed_at <= now()
    assert safari.started_at.year == min(year, now().year)


def test_a_guide_that_was_renewed_meanwhile_is_still_good(as_user, cast: Cast, began, db):
    old = db.exec(select(GuideVersion)).one()
    renewed = old.model_dump(exclude={"id", "created_at", "number"})
    db.add(GuideVersion(**renewed, number=old.number + 1))
    db.commit()
    bas = as_user(cast.bas)
    assert bas.put(f"/api/v1/safaris/{new_id()}", json=began).status_code == 201
    unknown = bas.put(f"/api/v1/safaris/{new_id()}", json=began | {"guide_version_id": new_id()})
    assert list(unknown.json()["error"]["fields"]) == ["guide_version_id"]


def test_what_is_no_safari_is_refused_in_plain_words(as_user, cast: Cast, began):
    bas = as_user(cast.bas)
    wrong = ({"started_at": "gisteren"}, {"started_at": "0001-01-01T00:00:00Z"}, {"target": 0}, {"schema": 2})
    for change in wrong:
        refused = bas.put(f"/api/v1/safaris/{new_id()}", json=began | change)
        assert refused.status_code == 422
        assert refused.json()["error"]["message"] == "Er klopt iets niet. Bij elk veld staat wat."
    assert bas.put("/api/v1/safaris/geen-id", json=began).status_code == 422
    assert look(select(Safari)) == []


def test_everybody_has_a_key_of_their_own_and_always_the_same(as_user, visitor, cast: Cast):
    first, again = (as_user(cast.bas).get("/api/v1/me/phone-key") for _ in range(2))
    of_dirk = as_user(cast.dirk).get("/api/v1/me/phone-key").json()["key"]
    assert first.json() == again.json()
    assert first.headers["cache-control"] == "no-store"
    assert len(base64.b64decode(first.json()["key"])) == 32
    assert first.json()["key"] != of_dirk
    assert visitor.get("/api/v1/me/phone-key").status_code == 401
