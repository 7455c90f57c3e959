import io

import pytest
from PIL import Image
from sqlmodel import select

from app.database import database
from app.models.attachment import accepting
from app.models.attachment.table import Attachment
from app.models.audit.table import AuditEntry
from app.settings import settings
from tests import makers_file as files
from tests.makers_note import interview, recorded, running_safari


@pytest.fixture
def note(db, cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    made = recorded(db, actor(cast.bas), interview(safari.id))
    db.commit()
    return made


@pytest.fixture
def photo(db, cast, actor, note):
    kept, _ = accepting.accept(db, note, files.phone_photo(), by=actor(cast.bas))
    db.commit()
    return kept


@pytest.fixture
def voice(db, cast, actor, note):
    kept, _ = accepting.accept(db, note, files.wav(2), by=actor(cast.bas))
    db.commit()
    return kept


def here():
    with database().reading() as db:
        return db.exec(select(Attachment)).all()


def opened():
    with database().reading() as db:
        return db.exec(select(AuditEntry).where(AuditEntry.verb == "voice.opened")).all()


def add(browser, note, *uploads):
    sent = [("photo", (name, content, media_type)) for name, content, media_type in uploads]
    return browser.post(f"/field-notes/{note.id}/attachments", files=sent)


def test_a_photo_goes_out_as_a_picture_that_can_do_nothing_else(as_user, cast, photo):
    for path in (f"/attachments/{photo.id}", f"/attachments/{photo.id}/thumbnail"):
        served = as_user(cast.bas).get(path)
        assert served.headers["content-type"] == "image/jpeg"
        assert served.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in served.headers["content-security-policy"]
        assert "default-src 'none'" in served.headers["content-security-policy"]
        assert served.headers["content-disposition"].startswith("inline; filename=")
        assert served.headers["cache-control"] == "private, no-store"
        assert served.headers["cross-origin-resource-policy"] == "same-origin"
        assert Image.open(io.BytesIO(served.content)).format == "JPEG"


def test_sound_can_be_wound_on(as_user, cast, voice):
    bas = as_user(cast.bas)
    whole = bas.get(f"/attachments/{voice.id}").content
    part = bas.get(f"/attachments/{voice.id}", headers={"range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.content == whole[100:200]
    assert "sandbox" in part.headers["content-security-policy"]


def test_sound_has_no_thumbnail(as_user, cast, voice):
    assert as_user(cast.bas).get(f"/attachments/{voice.id}/thumbnail").status_code == 404


def test_a_file_is_there_for_who_reads_its_story_and_for_nobody_else(as_user, visitor, cast, photo):
    for path in (f"/attachments/{photo.id}", f"/attachments/{photo.id}/thumbnail"):
        assert as_user(cast.carla).get(path).status_code == 200
        for who, refusal in ((cast.dirk, 404), (cast.eva, 403), (cast.anna, 403)):
            assert as_user(who).get(path).status_code == refusal
        assert visitor.get(path).status_code == 303


def test_a_file_is_not_found_by_the_hash_of_its_bytes(as_user, cast, photo):
    for guess in (photo.blob, photo.sha256, photo.blob[:2] + "/" + photo.blob, "..%2f..%2fsecret.key"):
        assert as_user(cast.bas).get(f"/attachments/{guess}").status_code == 404


def test_photo_and_sound_are_added_by_a_plain_form_and_stand_on_the_story(as_user, cast, note):
    bas = as_user(cast.bas)
    added = add(
        bas, note, ("a.jpg", files.jpeg(), "image/jpeg"), ("b.webm", files.webm(), "application/octet-stream")
    )
    assert added.status_code == 303
    assert added.headers["location"] == f"/field-notes/{note.id}#files"
    photo, voice = here()
    shown = bas.get(f"/field-notes/{note.id}").text
    assert f'src="/attachments/{photo.id}/thumbnail"' in shown
    assert f'src="/attachments/{voice.id}"' in shown


def test_bas_hears_the_recording_he_made_at_once_and_nothing_is_noted(as_user, cast, note, voice):
    shown = as_user(cast.bas).get(f"/field-notes/{note.id}").text
    assert f'src="/attachments/{voice.id}"' in shown
    assert f"/field-notes/{note.id}/voice" not in shown
    assert as_user(cast.bas).post(f"/field-notes/{note.id}/voice").status_code == 200
    assert opened() == []


def test_carla_reads_that_there_is_a_recording_and_hears_nothing_of_it(as_user, cast, note, voice):
    carla = as_user(cast.carla)
    shown = carla.get(f"/field-notes/{note.id}").text
    assert "Bij dit verhaal hoort een opname. Die hoort alleen wie het opnam, of de manager." in shown
    assert "<audio" not in shown
    assert f"/field-notes/{note.id}/voice" not in shown
    refused = carla.post(f"/field-notes/{note.id}/voice")
    assert (refused.status_code, voice.id in refused.text) == (403, False)
    for wound in ({}, {"range": "bytes=0-99"}):
        assert carla.get(f"/attachments/{voice.id}", headers=wound).status_code == 404
    assert opened() == []


def test_the_manager_hears_a_recording_of_carla_when_he_asks_and_it_is_noted_once(
    as_user, db, cast, note, voice
):
    note.author_id = cast.carla
    db.add(note)
    db.commit()
    bas = as_user(cast.bas)
    closed = bas.get(f"/field-notes/{note.id}").text
    assert "<audio" not in closed
    assert f'action="/field-notes/{note.id}/voice"' in closed
    assert opened() == []
    asked = bas.post(f"/field-notes/{note.id}/voice")
    assert asked.status_code == 200
    assert f'src="/attachments/{voice.id}"' in asked.text
    for _ in range(2):
        assert bas.get(f"/attachments/{voice.id}", headers={"range": "bytes=0-99"}).status_code == 206
    assert [(entry.actor_id, entry.subject_id) for entry in opened()] == [(cast.bas, note.id)]
    assert as_user(cast.carla).get(f"/attachments/{voice.id}").status_code == 200


def test_a_recording_of_another_place_and_one_that_never_was_are_not_there(as_user, cast, note, photo):
    assert as_user(cast.dirk).post(f"/field-notes/{note.id}/voice").status_code == 404
    assert as_user(cast.bas).post(f"/field-notes/{note.id}/voice").status_code == 404


HOSTILE = {
    "svg": ("foto.svg", files.svg(), "image/svg+xml"),
    "svg named jpg": ("foto.jpg", files.svg(), "image/jpeg"),
    "html named jpg": ("foto.jpg", files.html(), "image/jpeg"),
    "html behind a jpeg's first bytes": ("foto.jpg", files.html_behind_jpeg_magic(), "image/jpeg"),
    "bomb": ("foto.png", files.bomb(), "image/png"),
    "half a photo": ("foto.jpg", files.truncated(), "image/jpeg"),
    "html named mp3": ("stem.mp3", files.html(), "audio/mpeg"),
    "nothing": ("foto.jpg", b"", "image/jpeg"),
}


@pytest.mark.parametrize("upload", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_at_the_field_and_nothing_of_it_is_kept(as_user, cast, note, upload):
    refused = add(as_user(cast.bas), note, upload)
    assert refused.status_code == 422
    assert 'id="photo-error"' in refused.text
    assert "Je notitie is bewaard." in refused.text
    assert here() == []
    blobs = settings().data / "blobs"
    assert not blobs.exists() or not [found for found in blobs.rglob("*") if found.is_file()]


def test_a_photo_that_is_also_a_page_is_kept_without_the_page(as_user, cast, note):
    bas = as_user(cast.bas)
    assert add(bas, note, ("foto.jpg", files.polyglot(), "image/jpeg")).status_code == 303
    for found in (settings().data / "blobs").rglob("*"):
        assert found.is_dir() or files.SCRIPT not in found.read_bytes()


def test_where_a_photo_was_taken_is_in_no_file_that_we_keep(as_user, cast, note):
    add(as_user(cast.bas), note, ("foto.jpg", files.phone_photo(), "image/jpeg"))
    kept = [found for found in (settings().data / "blobs").rglob("*") if found.is_file()]
    assert kept
    for found in kept:
        image = Image.open(found)
        assert not image.getexif().get_ifd(0x8825)
        assert b"KANARIE" not in found.read_bytes()
        assert image.height > image.width


def test_a_file_that_is_too_large_says_how_large_it_may_be(as_user, cast, note, monkeypatch):
    monkeypatch.setattr(settings(), "photo_limit", 1_000_000)
    refused = add(as_user(cast.bas), note, ("foto.jpg", b"\xff" * 1_000_001, "image/jpeg"))
    assert refused.status_code == 422
    assert "Dit is groter dan 1 MB." in refused.text


def test_a_form_without_a_file_asks_for_one(as_user, cast, note):
    refused = as_user(cast.bas).post(f"/field-notes/{note.id}/attachments", data={"other": "x"})
    assert refused.status_code == 422
    assert "Kies eerst een foto of een geluid." in refused.text


def test_only_who_made_the_story_adds_to_it(as_user, visitor, cast, note):
    upload = ("foto.jpg", files.jpeg(), "image/jpeg")
    for who in (cast.carla, cast.dirk, cast.eva, cast.anna):
        assert add(as_user(who), note, upload).status_code == 404
    assert "foto of geluid erbij" not in as_user(cast.carla).get(f"/field-notes/{note.id}").text.lower()
    assert add(visitor, note, upload).headers["location"].startswith("/login")
    assert here() == []
