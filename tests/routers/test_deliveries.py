import pytest
from sqlmodel import select

from app.clock import new_id, now
from app.models.audit.table import AuditEntry
from app.models.delivery.table import Announcement, Quarantine
from app.models.field_note.table import Receipt, Tombstone
from tests.cast import Cast
from tests.counting import counted_queries
from tests.looking import look
from tests.makers_announced import PHONE, announced, phone
from tests.makers_delivery import waiting
from tests.makers_note import running_safari

EMPTY = "Alles wat toestellen meldden, is hier."


@pytest.fixture
def safari_id(db, cast: Cast) -> str:
    made = running_safari(db, cast.town_hall, cast.bas)
    db.commit()
    return made.id


def test_bas_sees_what_carlas_phone_never_brought_and_dirk_does_not(as_user, cast: Cast, safari_id, db):
    phone(db, cast.carla)
    note_id = announced(db, cast.carla, safari_id)
    db.commit()
    seen = as_user(cast.bas).get("/deliveries").text
    for words in ("Carla Smit", "Chrome, Android", "Gesprek", "di 24 nov", "11.41", "Stadskantoor"):
        assert words in seen
    assert "Van jou" in as_user(cast.carla).get("/deliveries").text
    for other in (cast.dirk, cast.eva, cast.anna):
        assert EMPTY in as_user(other).get("/deliveries").text
        assert as_user(other).get(f"/deliveries/{note_id}").status_code == 404
        settled = as_user(other).post(f"/deliveries/{note_id}/settlement", data={"why": "lost"})
        assert settled.status_code == 404


def test_what_was_made_elsewhere_or_on_a_safari_that_is_not_here_goes_by_place(as_user, cast: Cast, db):
    elsewhere = running_safari(db, cast.branch, cast.dirk)
    of_branch = announced(db, cast.carla, elsewhere.id)
    offline = announced(db, cast.carla, new_id())
    of_dirk = announced(db, cast.dirk, None)
    db.commit()
    shown = {who: as_user(who).get("/deliveries").text for who in (cast.bas, cast.dirk, cast.carla)}
    found = {who: {n for n in (of_branch, offline, of_dirk) if n in text} for who, text in shown.items()}
    assert found == {cast.bas: {offline}, cast.dirk: {of_branch, of_dirk}, cast.carla: {of_branch, offline}}


def test_a_note_that_arrives_late_settles_itself(as_user, cast: Cast, safari_id):
    bas, note = as_user(cast.bas), waiting(safari_id)
    bas.post("/api/v1/manifest", json=[note.announced], headers={"Klantsafari-Device": PHONE})
    assert note.id in bas.get("/deliveries").text
    assert note.id in bas.get("/deliveries", params={"safari": safari_id}).text
    sent = bas.post("/api/v1/sync", json={"notes": [note.enveloped]})
    assert sent.json()["results"][0]["status"] == 201
    assert EMPTY in bas.get("/deliveries").text
    assert bas.get(f"/deliveries/{note.id}").status_code == 404


def test_what_came_in_another_way_is_not_missed(as_user, cast: Cast, safari_id, db):
    ids = [announced(db, cast.bas, safari_id) for _ in range(3)]
    db.add(Receipt(note_id=ids[0], revision=1, sha256="1" * 64))
    db.add(Tombstone(note_id=ids[1]))
    db.add(Quarantine(note_id=ids[2], sha256="1" * 64, sealed=b"", user_id=cast.bas))
    db.commit()
    assert EMPTY in as_user(cast.bas).get("/deliveries").text


def test_somebody_says_that_it_comes_no_more_and_it_comes_after_all(as_user, cast: Cast, safari_id, db):
    note = waiting(safari_id)
    announced(db, cast.carla, safari_id, note_id=note.id)
    db.commit()
    bas, url = as_user(cast.bas), f"/deliveries/{note.id}/settlement"
    for data in ({}, {"why": "zomaar"}, {"why": "other"}):
        assert bas.post(url, data=data).status_code == 422
    assert "Schrijf kort op waarom deze niet meer komt." in bas.post(url, data={"why": "other"}).text
    assert bas.post(url, data={"why": "wiped", "words": "In het water."}).headers["location"] == "/deliveries"
    (settled,) = look(select(Announcement))
    assert (settled.settled_by_id, settled.reason) == (cast.bas, "wiped: In het water.")
    assert EMPTY in bas.get("/deliveries").text
    (told,) = look(select(AuditEntry).where(AuditEntry.verb == "note.given_up"))
    assert (told.subject_id, told.detail) == (note.id, {"why": "wiped"})
    carla = as_user(cast.carla)
    carla.post("/api/v1/manifest", json=[note.announced], headers={"Klantsafari-Device": PHONE})
    assert note.id in bas.get("/deliveries").text
    assert carla.post("/api/v1/sync", json={"notes": [note.enveloped]}).json()["results"][0]["status"] == 201


def test_a_long_list_asks_as_much_as_a_short_one(as_user, cast: Cast, safari_id, db):
    announced(db, cast.carla, safari_id)
    db.commit()
    bas = as_user(cast.bas)
    with counted_queries() as few:
        bas.get("/deliveries")
    for _ in range(250):
        announced(db, cast.carla, safari_id, announced_at=now())
    db.commit()
    with counted_queries() as many:
        seen = bas.get("/deliveries").text
    assert len(many) == len(few)
    assert "Dit zijn de oudste 200 van 251." in seen
