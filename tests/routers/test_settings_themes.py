from sqlmodel import select

from app.models.field_note.table import Tagging
from app.models.tag.table import Tag
from tests.cast import Cast
from tests.looking import look
from tests.makers_note import interview, running_safari
from tests.makers_safari import note, safari, suggestion

PARKING = {"name_nl": "Parkeren", "about_nl": "Plek voor de auto.", "words": "parkeer*\r\nparkeren\r\n"}
SAID = "Ik reed een rondje van tien straten met de auto en parkeren lukte nergens."


def theme(slug: str) -> Tag:
    return look(select(Tag).where(Tag.slug == slug))[0]


def recorded_at(client, safari_id: str, note_id: str) -> list[str]:
    """The slugs that a note gets on arrival."""
    draft = interview(safari_id, answers={"story": {"value": SAID, "literal": True}})
    assert client.put(f"/api/v1/field-notes/{note_id}", json=draft).status_code in (200, 201)
    found = select(Tag.slug).join(Tagging, Tagging.tag_id == Tag.id).where(Tagging.note_id == note_id)  # type: ignore[arg-type]
    return sorted(look(found))


def test_anna_adds_a_theme_and_the_next_note_gets_it(as_user, cast: Cast, db):
    outing = running_safari(db, cast.town_hall, cast.bas).id
    db.commit()
    bas, anna = as_user(cast.bas), as_user(cast.anna)
    assert "parkeren" not in recorded_at(bas, outing, "0190a000-0000-7000-8000-0000000000a1")
    assert anna.post("/settings/themes", data=PARKING).status_code == 303
    assert theme("parkeren").words == ["parkeer*", "parkeren"]
    assert "parkeren" in recorded_at(bas, outing, "0190a000-0000-7000-8000-0000000000a2")
    anna.post(f"/settings/themes/{theme('parkeren').id}/closure")
    assert "parkeren" not in recorded_at(bas, outing, "0190a000-0000-7000-8000-0000000000a3")


def test_a_broken_pattern_is_told_at_the_field_and_what_was_typed_is_kept(as_user, cast: Cast):
    bas = as_user(cast.bas)
    wrong = bas.post("/settings/themes", data=PARKING | {"words": "parkeren\n(plek|ruimte"})
    assert wrong.status_code == 422
    assert "Regel 2 klopt niet: ‘(plek|ruimte’." in wrong.text
    assert "(plek|ruimte</textarea>" in wrong.text
    assert bas.post("/settings/themes", data=PARKING | {"words": ""}).status_code == 422
    bas.post("/settings/themes", data=PARKING)
    again = bas.post("/settings/themes", data=PARKING)
    assert "Deze naam bestaat al." in again.text
    changed = bas.post(f"/settings/themes/{theme('parkeren').id}", data=PARKING | {"words": "*"})
    assert changed.status_code == 422
    assert theme("parkeren").words == ["parkeer*", "parkeren"]


def test_a_theme_is_called_otherwise_and_gets_another_place(as_user, cast: Cast):
    bas, kosten = as_user(cast.bas), theme("kosten")
    told = {"name_nl": "Geld", "name_en": "Money", "about_nl": "Wat het kost.", "place": "1"}
    for _ in range(2):
        assert bas.post(f"/settings/themes/{kosten.id}", data=told).status_code == 303
    assert (theme("kosten").name, theme("kosten").position) == ({"nl": "Geld", "en": "Money"}, 1)
    page = bas.get("/settings/themes").text
    assert page.index("Geld") < page.index("Wachten en snelheid")
    edit = bas.get(f"/settings/themes/{kosten.id}").text
    assert '<option value="1" selected>Bovenaan</option>' in edit


def test_a_theme_goes_into_another_and_can_come_back(as_user, cast: Cast):
    bas, one, other = as_user(cast.bas), theme("kosten"), theme("regels")
    refused = bas.post(f"/settings/themes/{one.id}/merger", data={"into_id": one.id})
    assert refused.status_code == 422
    assert "Een thema past niet in zichzelf. Kies een ander." in refused.text
    assert 'value="Kosten en tarieven"' in refused.text
    assert bas.post(f"/settings/themes/{one.id}/merger", data={"into_id": other.id}).status_code == 303
    assert "Uit, samengevoegd met Regels en procedures" in bas.get("/settings/themes").text
    circle = bas.post(f"/settings/themes/{other.id}/merger", data={"into_id": one.id})
    assert "Dat thema ging al in dit thema op." in circle.text
    for _ in range(2):
        assert bas.post(f"/settings/themes/{one.id}/reopening").status_code == 303
    assert (theme("kosten").active, theme("kosten").merged_into_id) == (True, None)


def test_a_sentence_is_tried_and_kept_nowhere(as_user, cast: Cast):
    text = "Ik moest een half uur wachten. <b>Ja</b>"
    tried = as_user(cast.anna).post("/settings/themes/trial", data={"text": text}).text
    assert "<mark>Ik moest een half uur wachten</mark>. &lt;b&gt;Ja&lt;/b&gt;</p>" in tried
    assert "Wachten en snelheid" in tried
    nothing = as_user(cast.anna).post("/settings/themes/trial", data={"text": "Blauw."})
    assert "Bij deze zin stelt Klantsafari niets voor." in nothing.text
    assert as_user(cast.anna).post("/settings/themes/trial", data={"text": " "}).status_code == 422


def test_anna_sees_how_often_and_never_what_was_said(as_user, cast: Cast, db):
    said = note(db, safari(db), headline=SAID, answers={"story": {"value": SAID, "literal": True}})
    tagging = suggestion(db, said, spans=[{"field": "story", "start": 0, "end": 20, "sentiment": "neutral"}])
    db.commit()
    anna = as_user(cast.anna)
    for path in ("/settings/themes", f"/settings/themes/{tagging.tag_id}"):
        page = anna.get(path).text
        assert "0 keer ja, 0 keer nee, 1 nog na te kijken" in page
        assert "rondje" not in page


def test_carla_and_eva_leave_the_themes_alone(as_user, cast: Cast):
    for who in (cast.carla, cast.eva):
        assert as_user(who).get("/settings/themes").status_code == 403
        assert as_user(who).post("/settings/themes", data=PARKING).status_code == 403
    assert as_user(cast.bas).get("/settings/themes/onbekend").status_code == 404
