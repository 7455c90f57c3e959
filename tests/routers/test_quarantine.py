import json

import pytest
from sqlmodel import select

from app.clock import new_id
from app.models.audit.table import AuditEntry
from app.models.delivery.table import Quarantine
from app.models.field_note.table import Contact, FieldNote, Tombstone
from tests.looking import look
from tests.makers_note import interview, running_safari

HEARD = "Niemand belde mij terug."


@pytest.fixture
def safari(db, cast):
    made = running_safari(db, cast.town_hall, cast.carla)
    db.commit()
    return made


@pytest.fixture
def send(as_user, cast):
    """send(draft) as Carla's phone does; gives the answer and the page of what was set apart."""

    def sent(draft, note_id=None):
        url = f"/api/v1/field-notes/{note_id or new_id()}"
        answer = as_user(cast.carla).put(url, content=json.dumps(draft).encode())
        row = look(select(Quarantine).where(Quarantine.sha256 == answer.json()["receipt"]["sha256"]))[0]
        return answer, f"/quarantine/{row.id}"

    return sent


def misfit(safari, **fields):
    answers = {"roddel": {"value": HEARD}, "nps": {"value": 12}}
    return interview(safari.id, answers=answers, call_back={"reach": "06 12345678"}) | fields


def test_a_misfit_is_answered_by_field_with_a_receipt(safari, send):
    answer, _ = send(misfit(safari))
    assert answer.status_code == 422
    assert set(answer.json()["error"]["fields"]) == {"answers.roddel", "answers.nps"}
    assert answer.json()["receipt"]["state"] == "quarantined"
    assert "06 12345678" not in answer.text


def test_bas_reads_what_came_in_and_what_is_wrong_with_it_and_never_the_number(as_user, cast, safari, send):
    _, page = send(misfit(safari))
    bas = as_user(cast.bas)
    assert page in bas.get("/quarantine").text
    read = bas.get(page).text
    assert HEARD in read
    assert "Dit antwoord past niet bij de vraag." in read
    assert "Carla Smit" in read
    assert "06 12345678" not in read


def test_bas_mends_it_and_it_becomes_a_story_of_carla(as_user, cast, safari, send):
    note_id = new_id()
    _, page = send(misfit(safari), note_id)
    form = {"safari_id": safari.id, "kind": "interview", "consent": "yes", "answers.hindrance": HEARD}
    saved = as_user(cast.bas).post(f"{page}/repair", data=form)
    assert saved.headers["location"] == f"/field-notes/{note_id}"
    [note] = look(select(FieldNote))
    assert (note.author_id, note.answers["hindrance"]["value"]) == (cast.carla, HEARD)
    assert as_user(cast.bas).get(page).status_code == 404


def test_what_still_does_not_fit_comes_back_as_typed(as_user, cast, safari, send):
    _, page = send(misfit(safari))
    form = {"safari_id": safari.id, "kind": "interview", "answers.hindrance": "Getypt door Bas"}
    refused = as_user(cast.bas).post(f"{page}/repair", data=form)
    assert refused.status_code == 422
    assert "Getypt door Bas" in refused.text
    assert "Vraag eerst of het mag." in refused.text


def test_bas_throws_it_away_with_a_reason(as_user, cast, safari, send):
    note_id = new_id()
    _, page = send(misfit(safari), note_id)
    bas = as_user(cast.bas)
    assert bas.post(f"{page}/removal", data={"reason": ""}).status_code == 422
    assert bas.post(f"{page}/removal", data={"reason": "Dubbel"}).headers["location"] == "/quarantine"
    assert look(select(Tombstone.note_id)) == [note_id]
    url = f"/api/v1/field-notes/{note_id}"
    assert as_user(cast.carla).put(url, json=misfit(safari)).status_code == 410
    assert as_user(cast.carla).put(url, json=interview(safari.id)).status_code == 410


def test_without_a_safari_bas_first_says_where_it_belongs(as_user, cast, safari, send):
    _, page = send({"schema": 9, "tekst": HEARD})
    bas = as_user(cast.bas)
    first = bas.get(page).text
    assert HEARD in first
    assert "Bij welke safari hoort dit?" in first
    assert "Bewaar als verhaal" in bas.get(page, params={"safari": safari.id, "kind": "observation"}).text


def test_carla_sees_her_own_and_cannot_throw_it_away(as_user, cast, safari, send):
    _, page = send(misfit(safari))
    carla = as_user(cast.carla)
    assert "past niet" in carla.get("/today").text
    assert "Gooi deze notitie weg" not in carla.get(page).text
    assert carla.post(f"{page}/removal", data={"reason": "Weg ermee"}).status_code == 403


@pytest.mark.parametrize(
    "odd",
    [
        {"answers": [1, {"a": "b"}]},
        {"answers": {"story": None, "nps": {"value": {"x": 1}}}},
        {"kind": 5, "effect": 3, "consent": [], "attachments": {"a": 1}},
        {"answers": {"quote-99": {"value": "a"}, "quote-x": "b", "story": {"literal": "ja", "value": True}}},
        {"call_back": "bel mij", "held_at": 10**40, "revision": "twee"},
    ],
)
def test_however_odd_it_is_it_can_be_looked_at(as_user, cast, safari, send, odd):
    _, page = send(misfit(safari) | odd)
    for address in ("/quarantine", page, f"{page}?kind=observation", f"{page}?kind=interview"):
        assert as_user(cast.bas).get(address).status_code == 200
    given = {"safari_id": safari.id, "kind": "interview", "consent": "yes", "call_back.reach": ""}
    as_user(cast.bas).post(f"{page}/repair", data=given)
    assert len(look(select(FieldNote))) == 1


WRONG = {"name": "Mevrouw Jansen", "reach": "06 1234"}


def views() -> list[tuple[str, str | None, str | None]]:
    seen = look(select(AuditEntry).where(AuditEntry.verb == "contact.viewed"))
    return [(entry.subject_kind, entry.actor_id, entry.location_id) for entry in seen]


def test_a_number_that_does_not_fit_is_opened_by_a_tap_that_is_written_down(as_user, cast, safari, send):
    _, page = send(misfit(safari, call_back=WRONG))
    bas = as_user(cast.bas)
    shut = bas.get(page).text
    assert "Toon naam en nummer" in shut
    assert not any(secret in shut for secret in WRONG.values())
    form = {"safari_id": safari.id, "kind": "interview", "consent": "yes", "answers.hindrance": HEARD}
    refused = bas.post(f"{page}/repair", data=form)
    assert (refused.status_code, "Toon ze eerst" in refused.text) == (422, True)
    assert views() == []
    opened = bas.post(f"{page}/contact").text
    assert all(f'value="{secret}"' in opened for secret in WRONG.values())
    assert views() == [("quarantine", cast.bas, cast.town_hall)]
    right = {"call_back.name": "Mevrouw Jansen", "call_back.reach": "06 12345678"}
    assert bas.post(f"{page}/repair", data=form | right).status_code == 303
    assert len(look(select(Contact.note_id))) == 1
    assert as_user(cast.dirk).post(f"{page}/contact").status_code == 404


def test_a_number_in_a_box_that_no_guide_has_is_covered_too_and_a_bsn_always(as_user, cast, safari, send):
    odd = {"answers": {"telefoon": {"value": "bel 06-12345678"}, "hindrance": {"value": "BSN 111222333"}}}
    _, page = send(misfit(safari) | odd | {"mail": "klant@voorbeeld.example", "schema": 9})
    bas = as_user(cast.bas)
    for shown in (bas.get(page).text, bas.get("/quarantine").text):
        assert not any(said in shown for said in ("12345678", "klant@voorbeeld", "111222333"))
    opened = bas.post(f"{page}/contact").text
    assert "bel 06-12345678" in opened
    assert "klant@voorbeeld.example" in opened
    assert "111222333" not in opened
