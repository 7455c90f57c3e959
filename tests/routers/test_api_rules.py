import pytest

from app.clock import new_id
from app.models.rule.table import Decision
from tests.makers_action import story
from tests.makers_rule import FEE, PICK, named

SAID = "moet ik 35 euro voor rekenen"


@pytest.fixture
def note(db, cast):
    made = story(db, cast.town_hall, cast.bas, FEE)
    db.commit()
    return made


def test_the_api_names_changes_and_decides(as_user, cast, note):
    bas, sent = (
        as_user(cast.bas),
        {"id": new_id(), "location_id": cast.town_hall, "title": "Tarief", "kind": "fee"},
    )
    made = [bas.post("/api/v1/rules", json=sent) for _ in range(2)]
    assert [a.status_code for a in made] == [201, 201]
    assert made[0].json() == made[1].json()
    url = f"/api/v1/rules/{sent['id']}"
    heard = bas.post(
        f"{url}/notes", json={"note_id": note.id, "quote": PICK, "euros": 12.5, "room": "lacking"}
    )
    assert heard.json()["toll"] == {
        "customers": 1, "minutes": 0, "minutes_known": 0, "cents": 1250, "cents_known": 1, "used": 0, "lacking": 1,
    }  # fmt: skip
    (one,) = heard.json()["met"]
    assert one["quote"][one["mark_start"] : one["mark_end"]] == SAID
    changed = bas.patch(url, json={"version": 1, "title": "Hulptarief"}).json()
    assert (changed["title"], changed["kind"], changed["version"]) == ("Hulptarief", "fee", 2)
    assert bas.patch(url, json={"version": 1, "title": "Iets anders"}).status_code == 409
    refused = bas.post(f"{url}/decision", json={"decision": "keep", "version": 2})
    assert refused.json()["error"]["fields"]["reason"]["code"] == "rule.reason_missing"
    assert (
        bas.post(f"{url}/decision", json={"decision": "scrap", "version": 2}).json()["decision"]
        == Decision.SCRAP
    )
    assert as_user(cast.dirk).get(url).status_code == 404


def test_the_api_goes_through_all_rules_page_by_page(as_user, cast, db, actor):
    ids = [named(db, actor(cast.bas), cast.town_hall, f"Regel {n}").id for n in range(5)]
    db.commit()
    bas, found, cursor = as_user(cast.bas), [], ""
    while cursor is not None:
        page = bas.get("/api/v1/rules", params={"limit": 2, "cursor": cursor}).json()
        found += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert sorted(found) == sorted(ids)
