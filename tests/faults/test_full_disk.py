"""A disk that is full, or may not be written: said plainly, nothing half, and what was acknowledged is still there."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlmodel import select

from app.clock import new_id
from app.database import database
from app.migrating import migrate
from app.models.attachment.table import Attachment
from app.models.field_note.table import FieldNote
from app.models.safari.table import Safari
from app.no_room import storage_trouble
from tests.cast import Cast, gather
from tests.conftest import browser, use
from tests.looking import look
from tests.makers import session_cookie
from tests.makers_delivery import Waiting, photo_of, waiting
from tests.makers_file import jpeg
from tests.makers_note import running_safari

SIZE = 6_000_000
JSON = {"content-type": "application/json"}
FULL = "De opslag van de server is vol. Wat je al bewaarde, is veilig. Vertel het je beheerder."
READ_ONLY = "De server kan nu niets bewaren. Wat je al bewaarde, is veilig. Probeer het later."
mounts = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("mount"),
    reason="only root can mount a file system of a few megabytes",
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of six megabytes of its own, with the cast on SQLite."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no size-limited file system here: {mounted.stderr.strip()}")
    try:
        use(f"sqlite:///{place / 'klantsafari.db'}", place)
        migrate()
        with database().writing() as db:
            gather(db)
        yield place
    finally:
        database().engine.dispose()
        subprocess.run(["umount", "-l", str(place)], check=False)


@pytest.fixture
def bas(small_disk: Path):
    with database().writing() as db:
        running_safari(db, Cast.town_hall, Cast.bas)
        return browser(session_cookie(db, Cast.bas))


def filled_up(place: Path, leaving: int = 0) -> Path:
    """A file that takes all the room but `leaving` bytes."""
    stopper = place / "stopper"
    with stopper.open("wb") as file:
        free = os.statvfs(place)
        file.write(b"\0" * max(0, free.f_bavail * free.f_frsize - leaving))
    return stopper


def long_note() -> Waiting:
    (safari_id,) = look(select(Safari.id))
    said = "Ik moest een half uur wachten. " * 600
    return waiting(safari_id, answers={"story": {"value": said, "literal": True}})


def put(phone, note: Waiting):
    return phone.put(f"/api/v1/field-notes/{note.id}", content=note.sent, headers=JSON)


def said_full(answer) -> None:
    assert answer.status_code == 507, answer.text
    assert answer.headers["retry-after"] == "120"
    assert answer.json()["error"]["message"] == FULL


def said_read_only(answer) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["retry-after"] == "60"
    assert answer.json()["error"]["message"] == READ_ONLY


@mounts
def test_notes_on_a_full_disk_are_refused_plainly_and_arrive_when_there_is_room(bas, small_disk: Path):
    stopper, accepted = filled_up(small_disk, leaving=400_000), []
    for _ in range(60):
        note = long_note()
        answer = put(bas, note)
        if answer.status_code != 201:
            break
        accepted.append(note.id)
    said_full(answer)
    assert accepted
    assert set(look(select(FieldNote.id))) == set(accepted)
    stopper.unlink()
    assert put(bas, note).status_code == 201
    with database().reading() as db:
        assert db.execute(text("PRAGMA integrity_check")).scalar() == "ok"


@mounts
def test_a_batch_on_a_full_disk_acknowledges_nothing_and_keeps_nothing(bas, small_disk: Path):
    stopper = filled_up(small_disk, leaving=300_000)
    notes = [long_note() for _ in range(50)]
    sent = {"notes": [note.enveloped for note in notes]}
    said_full(bas.post("/api/v1/sync", json=sent))
    assert look(select(FieldNote.id)) == []
    stopper.unlink()
    results = bas.post("/api/v1/sync", json=sent).json()["results"]
    assert {one["status"] for one in results} == {201}


@mounts
def test_a_photo_that_does_not_fit_leaves_nothing_half_and_comes_later(bas, small_disk: Path):
    content = jpeg(size=(1200, 900))
    photo = photo_of(content)
    (safari_id,) = look(select(Safari.id))
    note = waiting(safari_id, attachments=[photo])
    assert put(bas, note).status_code == 201
    url = f"/api/v1/field-notes/{note.id}/blobs/{photo['sha256']}"
    stopper = filled_up(small_disk)
    said_full(bas.put(url, content=content))
    assert [file for file in (small_disk / "blobs").rglob("*") if file.is_file()] == []
    assert look(select(Attachment)) == []
    stopper.unlink()
    assert bas.put(url, content=content).status_code == 201


@mounts
def test_a_page_says_it_too_and_reading_goes_on(bas, small_disk: Path):
    stopper = filled_up(small_disk)
    (safari_id,) = look(select(Safari.id))
    refused = None
    for _ in range(40):
        refused = bas.post(f"/safaris/{safari_id}/closure", data={"debrief": "Veel gehoord. " * 280})
        if refused.status_code == 507:
            break
    assert refused is not None
    assert refused.status_code == 507
    assert "De opslag is vol" in refused.text
    assert FULL in refused.text
    assert bas.get("/today").status_code == 200
    stopper.unlink()
    assert bas.post(f"/safaris/{safari_id}/closure", data={"debrief": "Veel."}).status_code == 303


@mounts
def test_a_disk_that_may_not_be_written_asks_for_patience(bas, small_disk: Path):
    note = long_note()
    database().engine.dispose()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    try:
        answer = put(bas, note)
    finally:
        database().engine.dispose()
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    said_read_only(answer)
    assert put(bas, note).status_code == 201


def test_a_database_that_may_not_be_written_asks_for_patience(as_user, cast: Cast, db, dialect: str):
    safari = running_safari(db, cast.town_hall, cast.bas)
    db.commit()
    bas, note = as_user(cast.bas), waiting(safari.id)
    engine = database().engine
    if dialect == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
    else:
        with database().writing() as writer:
            name = engine.url.database
            writer.connection().execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    engine.dispose()
    said_read_only(put(bas, note))
    assert bas.get("/today").status_code == 200


def test_what_is_too_large_says_not_to_try_again_soon(as_user, cast: Cast, db):
    bas = as_user(cast.bas)
    large = bas.put(f"/api/v1/field-notes/{new_id()}", content=b" " * 31_000_000, headers=JSON)
    assert (large.status_code, large.headers["retry-after"]) == (413, "3600")


def test_trouble_is_found_behind_the_error_that_followed_it():
    late = KeyError("savepoint")
    late.__context__ = OSError(28, "No space left on device")
    assert storage_trouble(late) == "full"
    assert storage_trouble(OSError(5, "I/O error")) is None
    assert storage_trouble(ValueError()) is None
