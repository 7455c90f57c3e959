"""Interview and observation as pages and as plain forms, for whoever has no script."""

import io
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from PIL import Image
from sqlmodel import Session, select

from app.database import database
from app.models.attachment import accepting
from app.models.attachment.table import Attachment, AttachmentKind
from app.models.field_note.table import Contact, FieldNote, NoteKind
from app.models.safari.table import Safari, SafariState
from tests.cast import Cast
from tests.makers_note import running_safari

As = Callable[[str], TestClient]
NOTE_ID = "0190a000-0000-7000-8000-0000000000aa"
TALK = {
    "note_id": NOTE_ID,
    "consent": "yes",
    "held_at": "2026-11-24T10:41:00+01:00",
    "answers.story": "Ik moest wachten.",
}


@pytest.fixture
def safari(db: Session, cast: Cast) -> Safari:
    safari = running_safari(db, cast.town_hall, cast.bas)
    db.commit()
    return safari


def notes(db: Session) -> list[FieldNote]:
    db.expire_all()
    return list(db.exec(select(FieldNote)))


def photo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), "orange").save(written, "JPEG")
    return written.getvalue()


def post(browser: TestClient, safari: Safari, kind: str, data: Mapping[str, Any], **files: bytes) -> Response:
    sent = [(name, (f"{name}.jpg", content, "image/jpeg")) for name, content in files.items()]
    return browser.post(f"/safaris/{safari.id}/{kind}", data=data, files=sent or [("photos", ("", b""))])


def test_bas_sees_every_question_of_the_guide_in_one_form(as_user: As, cast: Cast, safari: Safari):
    shown = as_user(cast.bas).get(f"/safaris/{safari.id}/interviews/new")
    assert shown.status_code == 200
    assert shown.text.count('data-screen="question"') == 8
    assert re.search(r'name="note_id" value="[0-9a-f-]{36}"', shown.text)
    assert shown.text.count('name="answers.nps"') == 12


def test_the_form_carries_no_script_or_style_of_its_own(as_user: As, cast: Cast, safari: Safari):
    for kind in ("interviews", "observations"):
        text = as_user(cast.bas).get(f"/safaris/{safari.id}/{kind}/new").text
        assert not re.search(r"\son\w+=|\sstyle=|<style|hx-", text)
        assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_a_safari_that_is_not_running_leads_back_to_its_page(
    db: Session, as_user: As, cast: Cast, safari: Safari
):
    safari.state = SafariState.CLOSED
    db.add(safari)
    db.commit()
    answer = as_user(cast.bas).get(f"/safaris/{safari.id}/interviews/new")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/safaris/{safari.id}?over=1")


@pytest.mark.parametrize("path", ["interviews/new", "observations/new", "refused-files?why=photo.broken"])
def test_dirk_does_not_see_that_the_safari_exists_and_eva_may_not_record(
    as_user: As, cast: Cast, safari: Safari, path: str
):
    assert as_user(cast.dirk).get(f"/safaris/{safari.id}/{path}").status_code == 404
    assert as_user(cast.eva).get(f"/safaris/{safari.id}/{path}").status_code == 403


def test_a_posted_interview_is_recorded_and_leads_to_the_field_screen(
    db: Session, as_user: As, cast: Cast, safari: Safari
):
    typed = TALK | {
        "answers.nps": "7",
        "answers.way": ["told_again", "sent_on"],
        "answers.quote-1": "Dat mag niet.",
    }
    answer = post(as_user(cast.bas), safari, "interviews", typed)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/safaris/{safari.id}?saved=1")
    (note,) = notes(db)
    assert (note.id, note.kind, note.nps, note.consent) == (NOTE_ID, NoteKind.INTERVIEW, 7, "aan-de-balie-1")
    assert note.answers["way"]["value"] == ["told_again", "sent_on"]
    assert note.headline == "Dat mag niet."


def test_the_same_form_sent_twice_is_one_note(db: Session, as_user: As, cast: Cast, safari: Safari):
    bas = as_user(cast.bas)
    for _ in range(2):
        assert post(bas, safari, "interviews", TALK, photos=photo()).status_code == 303
    assert len(notes(db)) == 1
    assert len(db.exec(select(Attachment)).all()) == 1


def test_a_changed_form_under_the_same_number_is_shown_again_with_a_number_of_its_own(
    db: Session, as_user: As, cast: Cast, safari: Safari
):
    bas = as_user(cast.bas)
    post(bas, safari, "interviews", TALK)
    again = post(bas, safari, "interviews", TALK | {"answers.story": "Ik moest lang wachten."})
    assert again.status_code == 422
    assert "Dit staat er al." in again.text
    assert "Ik moest lang wachten." in again.text
    assert NOTE_ID not in again.text
    assert [note.answers["story"]["value"] for note in notes(db)] == ["Ik moest wachten."]


def test_what_was_typed_is_kept_when_consent_is_missing(db: Session, as_user: As, cast: Cast, safari: Safari):
    typed = TALK | {
        "consent": "",
        "answers.moment": "phone",
        "answers.way": ["sent_on"],
        "literal.story": "false",
    }
    again = post(as_user(cast.bas), safari, "interviews", typed, photos=photo())
    assert again.status_code == 422
    assert "Vraag eerst of het mag." in again.text
    assert "Ik moest wachten.</textarea>" in again.text
    assert 'value="phone" checked' in again.text
    assert 'value="sent_on" checked' in again.text
    assert 'name="literal.story" value="false" checked' in again.text
    assert f'value="{NOTE_ID}"' in again.text
    assert "Kies het opnieuw." in again.text
    assert not notes(db)


def test_liever_niet_is_counted_and_nothing_else(db: Session, as_user: As, cast: Cast, safari: Safari):
    assert post(as_user(cast.bas), safari, "interviews", {"consent": "no"}).status_code == 303
    (note,) = notes(db)
    assert (note.declined, note.answers) == (True, {})


def test_a_call_back_is_sealed_apart_from_the_note(db: Session, as_user: As, cast: Cast, safari: Safari):
    wish = {"call_back": "yes", "call_back.name": "mevr. V.", "call_back.reach": "v@voorbeeld.nl"}
    assert post(as_user(cast.bas), safari, "interviews", TALK | wish).status_code == 303
    assert "voorbeeld" not in str(notes(db)[0].answers)
    assert b"voorbeeld" not in db.exec(select(Contact)).one().reach


def test_a_call_back_without_a_number_is_said_at_the_number(as_user: As, cast: Cast, safari: Safari):
    again = post(as_user(cast.bas), safari, "interviews", TALK | {"call_back": "yes"})
    assert again.status_code == 422
    assert 'id="call_back.reach-error"' in again.text


def test_an_answer_that_the_guide_does_not_know_is_said_at_its_question(
    as_user: As, cast: Cast, safari: Safari
):
    again = post(as_user(cast.bas), safari, "interviews", TALK | {"answers.moment": "moon"})
    assert again.status_code == 422
    assert 'id="answers.moment-error"' in again.text


def test_carla_records_an_observation_of_one_quick_word_with_a_photo(
    db: Session, as_user: As, cast: Cast, safari: Safari
):
    seen = {"answers.words": ["queue"], "effect": "hinders"}
    assert post(as_user(cast.carla), safari, "observations", seen, photos=photo()).status_code == 303
    (note,) = notes(db)
    assert (note.kind, note.effect, note.author_id) == (NoteKind.OBSERVATION, "hinders", cast.carla)
    assert [kept.note_id for kept in db.exec(select(Attachment))] == [note.id]


def test_an_empty_observation_asks_for_a_word(as_user: As, cast: Cast, safari: Safari):
    again = post(as_user(cast.bas), safari, "observations", {})
    assert again.status_code == 422
    assert 'id="answers.text-error"' in again.text
    assert "opnieuw" not in again.text


def test_a_wrong_file_never_costs_the_note(db: Session, as_user: As, cast: Cast, safari: Safari):
    bas = as_user(cast.bas)
    answer = post(bas, safari, "observations", {"answers.words": ["busy"]}, photos=b"no photo")
    assert answer.status_code == 303
    assert len(notes(db)) == 1
    assert notes(db)[0].announced == []
    assert "geen foto die we kennen" in bas.get(answer.headers["location"]).text


def test_a_wrong_file_and_nothing_else_is_said_at_the_files(
    db: Session, as_user: As, cast: Cast, safari: Safari
):
    again = post(as_user(cast.bas), safari, "observations", {}, photos=b"no photo")
    assert again.status_code == 422
    assert "Dit bestand kunnen we niet lezen." in again.text
    assert not notes(db)


def test_the_page_after_a_wrong_file_says_only_what_it_knows(as_user: As, cast: Cast, safari: Safari):
    shown = as_user(cast.bas).get(f"/safaris/{safari.id}/refused-files?why=forbidden&why=photo.broken")
    assert "Deze foto is stuk." in shown.text
    assert "Je rol" not in shown.text


@pytest.mark.parametrize("way", ["photo", "voice"])
def test_photo_and_voice_open_with_their_own_button_on_top(as_user: As, cast: Cast, safari: Safari, way: str):
    text = as_user(cast.bas).get(f"/safaris/{safari.id}/observations/new?with={way}").text
    assert text.index("<capture-media") < text.index("Wat zie je?")
    assert f'opens="{way}"' in text


def test_a_photo_in_a_plain_form_is_read_before_the_turn_to_write_begins(
    as_user: As, cast: Cast, safari: Safari, monkeypatch: pytest.MonkeyPatch
):
    read, held = accepting.unpacked, []

    def watched(content: bytes, kind: AttachmentKind | None = None) -> accepting.Unpacked:
        held.append(database()._writers.locked())
        return read(content, kind)

    monkeypatch.setattr(accepting, "unpacked", watched)
    seen = {"effect": "hinders"}
    assert post(as_user(cast.bas), safari, "observations", seen, photos=photo()).status_code == 303
    assert held == [False]
