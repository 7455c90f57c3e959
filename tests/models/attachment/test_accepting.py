import hashlib

import pytest
from sqlmodel import select

from app import errors, storage
from app.models.attachment import accepting, queries
from app.models.attachment.table import Attachment, AttachmentKind
from app.models.audit.table import AuditEntry
from app.settings import settings
from tests import makers_file as files
from tests.makers_note import interview, recorded, running_safari


@pytest.fixture
def note(db, cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    return recorded(db, actor(cast.bas), interview(safari.id))


def test_a_photo_and_a_spoken_note_are_told_apart_by_looking(db, cast, actor, note):
    bas = actor(cast.bas)
    photo, _ = accepting.accept(db, note, files.jpeg(), by=bas)
    voice, _ = accepting.accept(db, note, files.webm(), by=bas)
    assert (photo.kind, photo.media_type) == (AttachmentKind.PHOTO, "image/jpeg")
    assert (voice.kind, voice.media_type) == (AttachmentKind.VOICE, "audio/webm")


def test_the_same_photo_five_times_is_one_file_one_row_and_one_line_in_the_log(db, cast, actor, note):
    kept = [accepting.accept(db, note, files.jpeg(), by=actor(cast.bas)) for _ in range(5)]
    assert [is_new for _, is_new in kept] == [True, False, False, False, False]
    assert len(db.exec(select(Attachment)).all()) == 1
    assert len(db.exec(select(AuditEntry).where(AuditEntry.verb == "photo.added")).all()) == 1


def test_what_is_kept_goes_by_its_own_hash_and_what_was_sent_by_its_own(db, cast, actor, note):
    sent = files.phone_photo()
    photo, _ = accepting.accept(db, note, sent, by=actor(cast.bas))
    kept = storage.path_of(photo.blob).read_bytes()
    assert photo.sha256 == hashlib.sha256(sent).hexdigest() != photo.blob
    assert photo.blob == hashlib.sha256(kept).hexdigest()
    assert photo.size == len(kept)


def test_bytes_that_are_not_what_the_phone_says_are_refused_and_not_kept(db, cast, actor, note):
    with pytest.raises(errors.Invalid) as refused:
        accepting.accept(db, note, files.jpeg(), sha256="0" * 64, by=actor(cast.bas))
    assert refused.value.fields["sha256"][0] == "blob.wrong_hash"
    assert db.exec(select(Attachment)).all() == []


def test_only_who_made_the_note_adds_to_it(db, cast, actor, note):
    for other in (cast.carla, cast.dirk, cast.eva, cast.anna):
        with pytest.raises(errors.NotFound):
            accepting.accept(db, note, files.jpeg(), by=actor(other))


def test_a_file_over_the_limit_is_refused_unread(db, cast, actor, note, monkeypatch):
    monkeypatch.setattr(settings(), "photo_limit", 100)
    with pytest.raises(errors.TooLarge):
        accepting.accept(db, note, files.jpeg(), by=actor(cast.bas))


def test_a_note_holds_so_many_files_and_no_more(db, cast, actor, note, monkeypatch):
    monkeypatch.setattr(accepting, "MOST", 2)
    bas = actor(cast.bas)
    for red in range(2):
        accepting.accept(db, note, files.jpeg(colour=(red * 99, 0, 0)), by=bas)
    with pytest.raises(errors.Invalid):
        accepting.accept(db, note, files.wav(), by=bas)


def test_a_file_is_seen_by_who_may_see_its_note_and_by_nobody_else(db, cast, actor, note):
    photo, _ = accepting.accept(db, note, files.jpeg(), by=actor(cast.bas))
    for reader in (cast.bas, cast.carla):
        assert queries.get(db, actor(reader), photo.id).id == photo.id
    for other in (cast.dirk, cast.eva, cast.anna):
        with pytest.raises(errors.NotFound):
            queries.get(db, actor(other), photo.id)
