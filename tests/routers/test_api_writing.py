import json

import pytest
from sqlmodel import select

from app.clock import new_id
from app.models.guide.table import GuideVersion
from tests.cast import Cast
from tests.makers_note import STORY, interview, recorded, running_safari

WAITED = "Ik moest een half uur wachten."


@pytest.fixture
def note(db, cast: Cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    made = recorded(db, actor(cast.bas), interview(safari.id))
    db.commit()
    return made


@pytest.fixture
def action(as_user, cast: Cast, note):
    draft = {"note_id": note.id, "title": "Bel eerder", "kind": "improve", "quotes": ["story:0-30"]}
    answer = as_user(cast.bas).post("/api/v1/actions", json=draft)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_note_sent_twice_is_one_note_and_other_bytes_are_refused(as_user, cast: Cast, note):
    bas, url = as_user(cast.bas), f"/api/v1/field-notes/{new_id()}"
    sent = interview(note.safari_id)
    first, again = bas.put(url, json=sent), bas.put(url, json=sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert bas.put(url, json=sent | {"consent": "andere"}).status_code == 409
    assert bas.get(url).json()["answers"]["story"]["value"] == STORY
    assert bas.put("/api/v1/field-notes/geen-id", json=sent).status_code == 422


def test_a_tag_is_added_rejected_and_accepted(as_user, cast: Cast, note):
    bas = as_user(cast.bas)
    has = {tagging["tag_id"] for tagging in bas.get(f"/api/v1/field-notes/{note.id}").json()["taggings"]}
    tags = bas.get("/api/v1/tags").json()["items"]
    fresh = next(tag["id"] for tag in tags if tag["id"] not in has)
    url = f"/api/v1/field-notes/{note.id}/taggings"
    added = bas.post(url, json={"tag_id": fresh})
    assert (added.status_code, added.json()["state"], added.json()["origin"]) == (201, "accepted", "person")
    assert bas.post(f"{url}/{fresh}/rejection").json()["state"] == "rejected"
    assert bas.post(f"{url}/{fresh}/acceptance").json()["decided_by_id"] == cast.bas
    assert bas.post(url, json={"tag_id": new_id()}).status_code == 422
    assert bas.post(f"{url}/{new_id()}/rejection").status_code == 404
    assert as_user(cast.dirk).post(f"{url}/{fresh}/rejection").status_code == 404


def test_a_safari_is_opened_once_and_closed(as_user, cast: Cast, db):
    bas = as_user(cast.bas)
    version = db.exec(select(GuideVersion.id)).first()
    db.commit()
    draft = {"id": new_id(), "location_id": cast.town_hall, "guide_version_id": version, "target": 3}
    made = bas.post("/api/v1/safaris", json=draft)
    assert (made.status_code, made.json()["state"], made.json()["leader"]) == (201, "running", "Bas de Wit")
    assert bas.post("/api/v1/safaris", json=draft).json() == made.json()
    url = f"/api/v1/safaris/{draft['id']}"
    assert bas.get(url).json() == made.json()
    assert as_user(cast.dirk).get(url).status_code == 404
    assert as_user(cast.carla).post(f"{url}/closure", json={}).status_code == 403
    closed = bas.post(f"{url}/closure", json={"debrief": "Veel gehoord."})
    assert (closed.json()["state"], closed.json()["debrief"]) == ("closed", "Veel gehoord.")
    assert bas.post(f"{url}/closure", json={"debrief": "Iets anders."}).status_code == 409
    assert "join_code" not in closed.text
    states = [s["state"] for s in bas.get("/api/v1/safaris?state=closed").json()["items"]]
    assert states == ["closed"]
    assert bas.get("/api/v1/safaris?state=running&mine=true").json() == {"items": [], "next": None}


def test_an_action_rests_on_the_words_of_a_note(action, as_user, cast: Cast, note):
    assert [quote["quote"] for quote in action["evidence"]] == [WAITED]
    assert (action["step"], action["version"], action["customers"]) == ("new", 1, 1)
    bas = as_user(cast.bas)
    assert bas.get(f"/api/v1/actions/{action['id']}").json() == action
    assert bas.get("/api/v1/actions", params={"kind": "improve", "step": "new"}).json()["items"] == [action]
    assert bas.get("/api/v1/actions", params={"owner": cast.carla}).json()["items"] == []
    assert as_user(cast.eva).get(f"/api/v1/actions/{action['id']}").status_code == 200
    assert as_user(cast.dirk).get(f"/api/v1/actions/{action['id']}").status_code == 404


def test_an_action_cannot_be_raised_from_anothers_note_or_invented_words(as_user, cast: Cast, note):
    draft = {"note_id": note.id, "title": "Bel eerder", "kind": "improve", "quotes": ["story:0-9000"]}
    refused = as_user(cast.bas).post("/api/v1/actions", json=draft)
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["quotes"])
    assert as_user(cast.dirk).post("/api/v1/actions", json=draft).status_code == 404
    assert as_user(cast.eva).post("/api/v1/actions", json=draft).status_code == 403


def test_a_change_leaves_what_is_not_named_and_a_stale_one_is_refused(as_user, cast: Cast, action):
    bas, url = as_user(cast.bas), f"/api/v1/actions/{action['id']}"
    changed = bas.patch(url, json={"version": 1, "owner_id": cast.carla, "team_ids": [cast.counter_team]})
    assert changed.status_code == 200, changed.text
    assert changed.json() | {"version": 1, "owner_id": None, "team_ids": []} == action
    stale = bas.patch(url, json={"version": 1, "title": "Iets anders"})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "action.changed_meanwhile")
    wrong = bas.patch(url, json={"version": 2, "room": "waiting"})
    assert list(wrong.json()["error"]["fields"]) == ["room_from"]
    assert as_user(cast.eva).patch(url, json={"version": 2}).status_code == 403


def test_a_move_is_made_once_and_not_now_needs_a_reason(as_user, cast: Cast, action):
    bas, url = as_user(cast.bas), f"/api/v1/actions/{action['id']}/placement"
    to = {"step": "doing", "version": action["version"]}
    moved = bas.post(url, json=to).json()
    assert (moved["step"], moved["version"]) == ("doing", 2)
    assert bas.post(url, json=to).json() == moved
    assert as_user(cast.carla).post(url, json=to | {"step": "done"}).status_code == 409
    asked = bas.post(url, json={"step": "not_now", "version": 2})
    assert list(asked.json()["error"]["fields"]) == ["reason"]


def test_a_comment_is_placed_once(as_user, cast: Cast, action):
    bas, url = as_user(cast.bas), f"/api/v1/actions/{action['id']}/comments"
    said = {"id": new_id(), "text": "Dinsdag besproken."}
    assert bas.post(url, json=said).status_code == 201
    bas.post(url, json=said)
    items = bas.get(url).json()["items"]
    assert [(item["text"], item["author_id"]) for item in items] == [("Dinsdag besproken.", cast.bas)]


def test_another_sites_script_cannot_write_with_a_cookie(as_user, cast: Cast, note):
    answer = as_user(cast.bas).put(
        f"/api/v1/field-notes/{new_id()}",
        content=json.dumps(interview(note.safari_id)),
        headers={"sec-fetch-site": "cross-site", "content-type": "application/json"},
    )
    assert answer.status_code == 403


def test_a_character_that_no_database_keeps_does_not_cost_the_note(as_user, cast: Cast, note):
    url = f"/api/v1/field-notes/{new_id()}"
    sent = interview(note.safari_id, answers={"story": {"value": "Ik wacht\0te nog.", "literal": True}})
    assert as_user(cast.bas).put(url, json=sent).status_code == 201
    assert as_user(cast.bas).get(url).json()["answers"]["story"]["value"] == "Ik wachtte nog."
