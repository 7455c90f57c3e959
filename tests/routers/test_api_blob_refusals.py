"""What no note named, or is not what it named, is not kept; and it is said plainly."""

import pytest
from sqlmodel import delete

from app.models.attachment import receiving
from app.models.user.table import Membership
from tests import makers_file as files
from tests.makers_parts import (
    LIES,
    NONSENSE,
    PHOTO,
    address,
    digest,
    here,
    note_with_photos,
    offset,
    parts,
    send,
)


@pytest.fixture
def note(db, cast, actor):
    return note_with_photos(db, cast, actor)


def test_parts_that_do_not_make_the_photo_are_thrown_away_and_it_can_begin_again(as_user, cast, note):
    bas = as_user(cast.bas)
    send(bas, note, 0, 1000)
    receiving._place(note.id, digest(PHOTO)).write_bytes(bytes(1000))
    refused = send(bas, note, 1000, None)
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"]["sha256"] == {
        "code": "blob.wrong_hash",
        "message": "Het bestand kwam niet heel aan. Het wordt opnieuw verstuurd.",
    }
    assert (offset(bas, note), here(), parts()) == (0, [], [])
    assert send(bas, note, 0, None).status_code == 201


def test_more_than_the_note_announced_is_refused_and_nothing_of_it_is_kept(as_user, cast, note):
    bas = as_user(cast.bas)
    whole = bas.put(address(note, LIES), content=LIES)
    send(bas, note, 0, 100, LIES)
    in_parts = send(bas, note, 100, None, LIES)
    behind = bas.put(address(note), content=PHOTO + b"\0", headers={"upload-offset": "0"})
    for refused in (whole, in_parts, behind):
        assert refused.status_code == 422
        assert refused.json()["error"]["fields"]["size"] == {
            "code": "blob.larger",
            "message": "Dit bestand is groter dan je telefoon zei. Je notitie is bewaard.",
        }
    assert (here(), parts()) == ([], [])


def test_who_may_no_longer_record_is_told_so_and_does_not_try_for_ever(as_user, cast, db, note):
    db.exec(delete(Membership).where(Membership.user_id == cast.bas))
    db.commit()
    refused = as_user(cast.bas).put(address(note), content=PHOTO)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "forbidden")


def test_a_file_that_the_note_never_named_is_refused_before_it_is_read(as_user, cast, note):
    refused = send(as_user(cast.bas), note, 0, None, files.png())
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"]["sha256"] == {
        "code": "blob.not_announced",
        "message": "Dit bestand hoort niet bij deze notitie. Je notitie is bewaard.",
    }
    assert (here(), parts()) == ([], [])


def test_a_sound_under_the_name_of_a_photo_is_other_than_announced(as_user, cast, note):
    refused = send(as_user(cast.bas), note, 0, None, files.webm())
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"]["photo"]["code"] == "photo.wrong_kind"
    assert (here(), parts()) == ([], [])


def test_what_turns_out_to_be_no_photo_leaves_no_part_behind(as_user, cast, note):
    bas, nonsense = as_user(cast.bas), NONSENSE
    assert send(bas, note, 0, 400, nonsense).status_code == 202
    assert send(bas, note, 400, None, nonsense).status_code == 422
    assert (here(), parts()) == ([], [])


@pytest.mark.parametrize("said", ["-1", "half", "1.5", "9" * 30])
def test_an_offset_that_is_none_is_refused(as_user, cast, note, said):
    refused = as_user(cast.bas).put(address(note), content=PHOTO[:10], headers={"upload-offset": said})
    assert refused.status_code in (409, 422)
    assert parts() == []


def test_only_who_made_the_note_sends_a_part_of_it(as_user, visitor, cast, note):
    for who in (cast.carla, cast.dirk, cast.eva, cast.anna):
        assert send(as_user(who), note, 0, 100).status_code in (403, 404)
    assert send(visitor, note, 0, 100).status_code == 401
    assert parts() == []
