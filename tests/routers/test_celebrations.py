"""What helped is celebrated, kind words reach who they are about, and other places read what worked."""

from sqlmodel import select

from app.models.compliment.table import Compliment
from app.models.erasing import erase
from app.models.field_note.table import Tagging
from app.models.helping.table import Yardstick
from tests.makers_action import story
from tests.makers_helping import done, talks, theme, yardstick

KIND = "Carla hielp mij meteen. Wat een fijn gesprek."


def helped(db, by, place):
    action = done(db, by, place, title="Eén formulier is genoeg", owner_id=by.id)
    yardstick(db, action)
    talks(db, place, by.id, [1] * 14 + [0] * 6, days_ago=40)
    talks(db, place, by.id, [1] + [0] * 15, days_ago=20)
    return action


def test_what_helped_hangs_on_the_wall_and_other_places_read_the_title(as_user, cast, db, actor):
    action_id = helped(db, actor(cast.bas), cast.town_hall).id
    quiet = done(db, actor(cast.bas), cast.town_hall, title="Nog niets bekend")
    yardstick(db, quiet, tag_id=db.exec(select(Yardstick.tag_id)).first(), location_id=cast.branch)
    there = story(db, cast.branch, cast.dirk)
    db.add(Tagging(note_id=there.id, tag_id=theme(db).id, origin="lexicon"))
    db.commit()
    wall = as_user(cast.bas).get("/celebrations").text
    assert "Eén formulier is genoeg" in wall
    assert "Nog niets bekend" not in wall
    assert "14 van 20" in wall
    assert "Bas de Wit" in wall
    assert "Ik wilde juist iemand spreken" in wall
    seen = as_user(cast.eva).get("/celebrations").text
    assert "Eén formulier is genoeg" in seen
    assert "juist iemand spreken" not in seen
    dirk = as_user(cast.dirk)
    for page in ("/celebrations", f"/field-notes/{there.id}/actions/new"):
        found = dirk.get(page).text
        assert "Eén formulier is genoeg" in found
        assert f"/actions/{action_id}" not in found
    assert dirk.get(f"/actions/{action_id}").status_code == 404


def test_carla_reads_what_a_customer_said_of_her(as_user, cast, db, actor):
    note = story(db, cast.town_hall, cast.bas, KIND, sentiment="positive", consent="aan-de-balie-1")
    db.commit()
    bas = as_user(cast.bas)
    page = bas.get("/celebrations").text
    assert "Stuur door aan Carla Smit" in page
    sent = {"to_id": cast.carla, "quote": "story:0-23"}
    refused = bas.post(f"/field-notes/{note.id}/compliments", data=sent)
    assert refused.status_code == 422
    assert "Vink aan" in refused.text
    for _ in range(2):
        assert (
            bas.post(f"/field-notes/{note.id}/compliments", data=sent | {"agreed": "true"}).status_code == 303
        )
    assert "Stuur door aan Carla" not in bas.get("/celebrations").text
    assert "Carla hielp mij meteen." in as_user(cast.carla).get("/today").text
    assert as_user(cast.carla).post(f"/field-notes/{note.id}/compliments", data=sent).status_code == 403
    assert len(db.exec(select(Compliment)).all()) == 1


def test_what_does_not_fit_is_refused_and_erasing_takes_it_away(as_user, cast, db, actor):
    note = story(db, cast.town_hall, cast.bas, KIND, sentiment="positive", consent="aan-de-balie-1")
    db.commit()
    bas, wrong = as_user(cast.bas), {"to_id": cast.carla, "quote": "story:0-23", "agreed": "true"}
    for other in ({"to_id": cast.dirk}, {"quote": "story:0-999"}, {"quote": "roddel"}):
        assert bas.post(f"/field-notes/{note.id}/compliments", data=wrong | other).status_code == 422
    bas.post(f"/field-notes/{note.id}/compliments", data=wrong)
    erase(db, db.merge(note), by=actor(cast.anna))
    db.commit()
    assert "Carla hielp mij" not in as_user(cast.carla).get("/today").text
