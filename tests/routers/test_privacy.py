"""What a customer reads without signing in, and what a beheerder sets, asks and answers."""

import io
import json
import zipfile

import pytest
from sqlmodel import Session, select

from app.database import database
from app.models.audit.table import AuditEntry
from app.models.consent.table import Consent
from app.models.field_note.table import Contact, FieldNote
from app.models.privacy.table import Breach, PrivacyRequest
from tests.cast import Cast
from tests.makers_file import jpeg
from tests.makers_note import STORY, interview, recorded, running_safari

CALL = {"name": "Jan van Dam", "reach": "06-12345678"}


@pytest.fixture
def note(db: Session, cast: Cast, actor) -> FieldNote:
    safari = running_safari(db, cast.town_hall, cast.bas)
    note = recorded(db, actor(cast.bas), interview(safari.id, call_back=CALL))
    db.commit()
    return note


def verbs() -> list[str]:
    with database().reading() as db:
        return [one.verb for one in db.exec(select(AuditEntry).order_by(AuditEntry.id))]


def asked(kind: str) -> PrivacyRequest:
    with database().reading() as db:
        return db.exec(select(PrivacyRequest).where(PrivacyRequest.kind == kind)).one()


def test_anybody_reads_what_happens_to_answers_in_dutch_or_english_and_gets_no_cookie(visitor, as_user, cast):
    as_user(cast.anna).post("/settings/privacy/officer", data={"email": "privacy@waterrijk.example"})
    as_user(cast.anna).post(f"/settings/privacy/retention/{cast.town_hall}", data={"voice": "9"})
    answer = visitor.get("/privacy", headers={"accept-language": "nl"})
    assert (answer.status_code, answer.headers.get("set-cookie")) == (200, None)
    assert "Mag ik u 4 minuten iets vragen?" in answer.text
    assert "privacy@waterrijk.example" in answer.text
    assert "30 dagen" in answer.text
    assert "9 dagen" in visitor.get(f"/privacy/{cast.town_hall[-8:]}?lang=nl").text
    assert "What do we do with your answers?" in visitor.get("/privacy?lang=en").text
    assert visitor.get("/privacy/00000000").status_code == 404
    assert visitor.get(f"/privacy/{cast.town_hall[-8:]}/code.svg").headers["content-type"] == "image/svg+xml"


def test_a_yes_is_kept_for_each_purpose_and_taken_back_on_the_page(db, as_user, cast: Cast, note):
    assert {one.purpose for one in db.exec(select(Consent))} == {"quote", "call_back"}
    db.commit()
    bas = as_user(cast.bas)
    page = bas.get(f"/field-notes/{note.id}").text
    assert "Toestemming" in page
    for _ in range(2):
        answer = bas.post(f"/field-notes/{note.id}/consents/call_back/withdrawal")
        assert answer.headers["location"] == f"/field-notes/{note.id}#consents"
    with database().reading() as fresh:
        assert fresh.get(Contact, note.id) is None
    assert verbs().count("consent.withdrawn") == 1
    assert STORY[:20] in bas.get(f"/field-notes/{note.id}").text
    bas.post(f"/field-notes/{note.id}/consents/quote/withdrawal")
    for path in (
        f"/field-notes/{note.id}",
        "/field-notes",
        f"/api/v1/field-notes/{note.id}",
        "/exports/field-notes.csv",
    ):
        answer = bas.get(path)
        assert answer.status_code == 200
        assert STORY[:20] not in answer.text


def test_a_photo_of_a_customer_who_took_that_back_is_not_kept_any_more(as_user, cast: Cast, note):
    bas, files = as_user(cast.bas), {"photo": ("foto.jpg", jpeg(), "image/jpeg")}
    assert (
        bas.post(f"/field-notes/{note.id}/attachments", files=files, data={"agreed": "true"}).status_code
        == 303
    )
    with database().reading() as fresh:
        assert fresh.get(Consent, (note.id, "photo")).version == "foto-1"  # type: ignore[union-attr]
    bas.post(f"/field-notes/{note.id}/consents/photo/withdrawal")
    assert bas.post(f"/field-notes/{note.id}/attachments", files=files).status_code == 410


def test_bas_asks_and_anna_answers_with_one_zip_that_stays_nowhere(as_user, cast: Cast, note, tmp_path):
    form = {"kind": "access", "location_id": cast.town_hall, "who": "Jan van Dam", "id": "a-1"}
    for _ in range(2):
        assert as_user(cast.bas).post("/privacy-requests", data=form).status_code == 303
    request, anna = asked("access"), as_user(cast.anna)
    assert b"van Dam" not in (request.who or b"")
    nobody = anna.post(f"/privacy-requests/{request.id}/search", data={"wanted": "Piet Jansen"})
    assert "Niets gevonden" in nobody.text
    for wanted in ("van dam", "+31 6 12345678", note.id[-8:].upper()):
        found = anna.post(f"/privacy-requests/{request.id}/search", data={"wanted": wanted})
        assert note.id in found.text
        assert STORY[:20] not in found.text
    assert "Kies minstens" in anna.post(f"/privacy-requests/{request.id}/dossier").text
    for _ in range(2):
        answer = anna.post(f"/privacy-requests/{request.id}/dossier", data={"note_ids": note.id})
        with zipfile.ZipFile(io.BytesIO(answer.content)) as zipped:
            assert STORY[:20] in zipped.read("lees-mij.html").decode()
            assert json.loads(zipped.read("gegevens.json"))[0]["contact"]["name"] == "Jan van Dam"
    assert asked("access").who is None
    assert verbs().count("privacy.searched") == 4
    assert verbs().count("privacy.answered") == 2
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".zip"]


def test_bas_asks_and_anna_erases_without_reading_a_word(as_user, cast: Cast, note):
    bas, anna = as_user(cast.bas), as_user(cast.anna)
    bas.post(
        f"/privacy-requests?note={note.id}", data={"kind": "erasure", "reason": "Wil er niet meer in staan"}
    )
    request = asked("erasure")
    shown = anna.get(f"/privacy-requests/{request.id}/execution").text
    assert "Wil er niet meer in staan" in shown
    assert STORY[:20] not in shown
    answer = anna.post(f"/privacy-requests/{request.id}/erasure", data={"note_ids": note.id})
    certificate = bas.get(answer.headers["location"])
    assert "Bewijs van wissen" in certificate.text
    assert asked("erasure").sha256 in certificate.text
    assert bas.get(f"/field-notes/{note.id}").status_code == 404
    assert as_user(cast.dirk).get(f"/privacy-requests/{request.id}").status_code == 404


def test_a_refused_request_erases_nothing(as_user, cast: Cast, note):
    as_user(cast.bas).post(f"/privacy-requests?note={note.id}", data={"kind": "erasure"})
    request, anna = asked("erasure"), as_user(cast.anna)
    anna.post(f"/privacy-requests/{request.id}/refusal", data={"reason": "Niet zeker wie het is"})
    assert anna.post(f"/privacy-requests/{request.id}/erasure", data={"note_ids": note.id}).status_code == 409
    assert as_user(cast.bas).get(f"/field-notes/{note.id}").status_code == 200


def test_the_register_follows_the_settings_and_a_breach_is_written_once(as_user, cast: Cast):
    anna = as_user(cast.anna)
    anna.post(f"/settings/privacy/retention/{cast.waterrijk}", data={"voice": "12"})
    assert "12 dagen" in anna.get("/settings/privacy/register").text
    assert '"12"' in anna.get("/settings/privacy/register.csv").text
    form = {"id": "b-1", "found_on": "2026-01-05", "what": "=Telefoon kwijt"}
    for _ in range(2):
        assert anna.post("/settings/privacy/breaches", data=form).status_code == 303
    with database().reading() as db:
        assert len(db.exec(select(Breach)).all()) == 1
    assert "Langer dan 72 uur niet gemeld" in anna.get("/settings/privacy/breaches").text
    assert "'=Telefoon kwijt" in anna.get("/settings/privacy/breaches.csv").text
    later = form | {"why_not": "Er stond niets op"}
    anna.post("/settings/privacy/breaches/b-1", data=later)
    assert "Niet gemeld, met een reden" in anna.get("/settings/privacy/breaches").text
    assert anna.post("/settings/privacy/breaches", data=form | {"found_on": "2090-01-01"}).status_code == 422
