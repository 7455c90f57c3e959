from sqlmodel import col, select

from app.models.audit.table import AuditEntry
from app.models.location.table import Location, LocationKind
from tests.cast import Cast
from tests.looking import look


def test_anna_adds_renames_and_removes_a_place(as_user, cast: Cast, db):
    anna = as_user(cast.anna)
    new = {"name": "Wijkpunt Noord", "kind": "location", "parent_id": cast.city}
    assert anna.post("/settings/locations", data=new).headers["location"] == "/settings/locations"
    made = look(select(Location).where(Location.name == "Wijkpunt Noord"))[0]
    assert made.path == f"/{cast.waterrijk}/{cast.city}/{made.id}/"
    page = anna.get("/settings/locations").text
    assert page.index("Gemeente") < page.index("Stadskantoor") < page.index("Wijkpunt Noord")
    anna.post(f"/settings/locations/{made.id}", data={"name": "Wijkpunt Zuid"})
    assert "Wijkpunt Zuid" in anna.get("/settings/locations").text
    assert anna.post(f"/settings/locations/{made.id}/removal").status_code == 303
    assert "Wijkpunt Zuid" not in anna.get("/settings/locations").text
    verbs = look(select(AuditEntry.verb).where(AuditEntry.subject_id == made.id).order_by(col(AuditEntry.at)))
    assert verbs == ["location.added", "location.renamed", "location.removed"]


def test_a_place_in_use_stays_and_the_page_says_why(as_user, cast: Cast, db):
    anna = as_user(cast.anna)
    for place in (cast.town_hall, cast.city):
        answer = anna.post(f"/settings/locations/{place}/removal")
        assert answer.status_code == 422
        assert "nog in gebruik" in answer.text
    assert "kan niet weg" in anna.post(f"/settings/locations/{cast.waterrijk}/removal").text
    assert len(look(select(Location))) == 5


def test_wrong_places_are_refused_at_their_field(as_user, cast: Cast, db):
    anna = as_user(cast.anna)
    same = anna.post("/settings/locations", data={"name": "stadskantoor", "parent_id": cast.city})
    assert same.status_code == 422
    assert "Deze naam bestaat hier al." in same.text
    assert "stadskantoor" in same.text
    below_leaf = anna.post("/settings/locations", data={"name": "Kelder", "parent_id": cast.town_hall})
    assert "Onder een locatie past niets meer" in below_leaf.text
    nowhere = anna.post("/settings/locations", data={"name": "Kelder", "parent_id": "x"})
    assert (nowhere.status_code, "Kies iets uit de lijst." in nowhere.text) == (422, True)
    top = anna.post("/settings/locations", data={"name": "B", "kind": "organisation", "parent_id": cast.city})
    assert top.status_code == 422
    tops = look(select(Location).where(Location.kind == LocationKind.ORGANISATION))
    assert len(tops) == 1
    assert anna.get("/settings/locations/onbekend").status_code == 404
