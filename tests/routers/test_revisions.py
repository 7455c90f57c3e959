import json

import pytest

from app.clock import new_id
from app.models.field_note import recording, revising
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import FieldNote
from tests.looking import look
from tests.makers_note import interview, observation, recorded, running_safari


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.carla)


@pytest.fixture
def note(db, cast, actor, safari):
    made = recorded(db, actor(cast.carla), observation(safari.id, "Eén balie open", effect="hinders"))
    db.commit()
    return made


@pytest.fixture
def two(db, cast, actor, safari, note):
    """A second version of that note, from another phone of Carla."""
    draft, carla = NoteDraft.model_validate(observation(safari.id, "Drie balies open")), actor(cast.carla)
    edit = revising.keep_beside(
        db, note.id, draft, sent=recording.canonical(draft), based_on=None, by=carla, author_id=carla.id
    )
    db.commit()
    return edit


def now_there(note):
    from sqlmodel import select

    return look(select(FieldNote).where(FieldNote.id == note.id))[0]


def test_carla_changes_her_note_and_reads_what_stood_there(as_user, cast, note):
    carla, url = as_user(cast.carla), f"/field-notes/{note.id}"
    page = carla.get(f"{url}/edit").text
    assert "Eén balie open" in page
    saved = carla.post(
        f"{url}/revisions", data={"revision": "1", "answers.text": "Twee balies open", "effect": "neutral"}
    )
    assert (saved.status_code, saved.headers["location"]) == (303, url)
    assert (now_there(note).answers["text"]["value"], now_there(note).effect) == (
        "Twee balies open",
        "neutral",
    )
    read = carla.get(url).text
    assert "Versie 2" in read
    assert "Eén balie open" in read


def test_who_may_only_read_it_does_not_read_words_that_were_taken_out(as_user, cast, db, actor, safari):
    note = recorded(db, actor(cast.bas), observation(safari.id, "Mevrouw De Boer stond vooraan"))
    db.commit()
    url = f"/field-notes/{note.id}"
    as_user(cast.bas).post(f"{url}/revisions", data={"revision": "1", "answers.text": "Iemand stond vooraan"})
    assert "De Boer" not in as_user(cast.carla).get(url).text
    assert "De Boer" in as_user(cast.bas).get(url).text


def test_an_empty_form_brings_the_page_back_with_what_is_wrong(as_user, cast, note):
    carla = as_user(cast.carla)
    refused = carla.post(f"/field-notes/{note.id}/revisions", data={"revision": "1"})
    assert refused.status_code == 422
    assert "Kies een woord of typ iets." in refused.text
    unknown = carla.post(f"/field-notes/{note.id}/revisions", data={"revision": "x", "answers.text": "Nieuw"})
    assert unknown.status_code == 422
    assert "Nieuw" in unknown.text


def test_a_second_edit_of_the_same_version_leads_to_a_choice(as_user, cast, note):
    carla, url = as_user(cast.carla), f"/field-notes/{note.id}"
    for text in ("Twee balies open", "Drie balies open"):
        saved = carla.post(f"{url}/revisions", data={"revision": "1", "answers.text": text})
    to = saved.headers["location"]
    assert to.startswith(f"{url}/edits/")
    page = carla.get(to).text
    assert "Twee balies open" in page
    assert "Drie balies open" in page
    assert to in carla.get(url).text


def test_carla_must_choose_and_what_she_chooses_stays(as_user, cast, note, two):
    carla, url = as_user(cast.carla), f"/field-notes/{note.id}"
    refused = carla.post(f"{url}/edits/{two.id}/settlement", data={"revision": "1"})
    assert refused.status_code == 422
    assert "Kies wat blijft." in refused.text
    chosen = {"revision": "1", "choice.text": "both", "choice.effect": "here"}
    saved = carla.post(f"{url}/edits/{two.id}/settlement", data=chosen)
    assert saved.headers["location"] == url
    assert now_there(note).answers["text"]["value"] == "Eén balie open\n\nDrie balies open"
    assert carla.get(f"{url}/edits/{two.id}").headers["location"] == url


def test_a_choice_about_an_older_version_shows_the_newer_one_first(as_user, cast, note, two):
    carla, url = as_user(cast.carla), f"/field-notes/{note.id}"
    carla.post(f"{url}/revisions", data={"revision": "1", "answers.text": "Vier balies open"})
    stale = {"revision": "1", "choice.text": "there", "choice.effect": "here"}
    refused = carla.post(f"{url}/edits/{two.id}/settlement", data=stale)
    assert refused.status_code == 422
    assert "Iemand wijzigde dit verhaal net" in refused.text
    assert "Vier balies open" in refused.text


def test_two_versions_are_shown_to_carla_and_bas_and_not_to_dirk(as_user, cast, note, two):
    for who in (cast.carla, cast.bas):
        assert "Twee versies" in as_user(who).get("/quarantine").text
        assert "Kijk deze na" in as_user(who).get("/today").text
    assert "Twee versies" not in as_user(cast.dirk).get("/quarantine").text


def test_a_phone_learns_the_revision_from_the_etag_and_says_it_back(as_user, cast, safari, note):
    carla, url = as_user(cast.carla), f"/api/v1/field-notes/{note.id}"
    assert carla.get(url).headers["etag"] == '"1"'
    edit = json.dumps(observation(safari.id, "Twee balies open", revision=2)).encode()
    for told, status in ((None, 428), ("1", 400), ("*", 400), ('"0"', 400), ('"1"', 201), ('"1"', 200)):
        answer = carla.put(url, content=edit, headers={"if-match": told} if told else {})
        assert answer.status_code == status, told
    assert carla.get(url).headers["etag"] == '"2"'
    late = json.dumps(observation(safari.id, "Vijf balies open", revision=2)).encode()
    differs = carla.put(url, content=late, headers={"if-match": '"1"'})
    assert differs.status_code == 409
    assert differs.json()["current"]["answers"]["text"]["value"] == "Twee balies open"
    assert differs.json()["error"]["code"] == "note.differs"


def test_a_talk_keeps_its_consent_and_its_channel_when_it_is_changed(as_user, cast, db, actor, safari):
    note = recorded(db, actor(cast.carla), interview(safari.id, channel="markt"))
    db.commit()
    form = {"revision": "1", "answers.story": "Anders", "literal.story": "false", "answers.nps": "7"}
    assert as_user(cast.carla).post(f"/field-notes/{note.id}/revisions", data=form).status_code == 303
    kept = now_there(note)
    assert (kept.consent, kept.channel, kept.nps) == ("aan-de-balie-1", "markt", 7)
    assert as_user(cast.carla).get(f"/field-notes/{new_id()}/edit").status_code == 404
