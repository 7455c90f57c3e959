"""`klantsafari import` of what a phone saved as a file."""

import hashlib
import json
import subprocess
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlmodel import select

from app.cli import main
from app.clock import new_id
from app.errors import Problem
from app.models.attachment.table import Attachment
from app.models.delivery import exported
from app.models.delivery.table import Quarantine
from app.models.field_note.table import FieldNote, Receipt
from app.models.guide.table import GuideVersion
from app.models.safari.table import Safari, SafariState
from tests.cast import Cast
from tests.looking import look
from tests.makers_delivery import Waiting, photo_of, waiting
from tests.makers_file import jpeg
from tests.makers_note import running_safari
from tests.test_cli import run

PHOTO = jpeg()


@pytest.fixture
def safari_id(db, cast: Cast) -> str:
    made = running_safari(db, cast.town_hall, cast.bas)
    db.commit()
    return made.id


def listed(note: Waiting) -> dict[str, Any]:
    about = {"id": note.id, "revision": 1, "sha256": note.sha256, "kind": "interview"}
    return about | {"attachments": note.draft.get("attachments", [])}


class Phone:
    """Packs notes, files and errands as the phone does, and lets the command bring them in."""

    def __init__(self, folder: Path, user_id: str) -> None:
        self.path = folder / "klantsafari.zip"
        self.index: dict[str, Any] = {"user_id": user_id, "device": new_id(), "notes": [], "safaris": []}
        self.entries: dict[str, bytes] = {}

    def holds(self, *notes: Waiting) -> None:
        for note in notes:
            self.index["notes"].append(listed(note))
            self.entries[f"outbox/{note.id}.json"] = note.sent
            for file in note.draft.get("attachments", []):
                self.entries[f"blobs/{note.id}/{file['sha256']}"] = PHOTO

    def errand(self, safari_id: str, kind: str, said: dict[str, Any]) -> None:
        row = {"id": new_id(), "safari_id": safari_id, "kind": kind, "bytes": json.dumps(said)}
        self.index["safaris"].append(row)

    def brought(self, user: str = "bas@klantsafari.example"):
        """As typed, but in this process: a new one takes two seconds."""
        self.packed()
        arguments = ["klantsafari", "import", str(self.path), "--as", user]
        said, complained, code = StringIO(), StringIO(), 0
        with patch("sys.argv", arguments), redirect_stdout(said), redirect_stderr(complained):
            try:
                main()
            except SystemExit as end:
                code = int(end.code or 0)
        return subprocess.CompletedProcess(arguments, code, said.getvalue(), complained.getvalue())

    def packed(self) -> None:
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("index.json", json.dumps(self.index))
            for name, content in self.entries.items():
                packed.writestr(name, content)


@pytest.fixture
def phone(tmp_path: Path, cast: Cast, safari_id: str) -> Phone:
    return Phone(tmp_path, cast.bas)


def test_notes_and_photos_come_in_once_with_the_phones_own_hashes(phone, cast: Cast, safari_id):
    with_photo, without = waiting(safari_id, attachments=[photo_of(PHOTO)]), waiting(safari_id)
    phone.holds(with_photo, without)
    first = phone.brought()
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == "2 new, 0 already there, 0 kept apart, 1 files, 0 refused\n"
    again = run("import", str(phone.path), "--as", "bas@klantsafari.example")
    assert again.stdout == "0 new, 2 already there, 0 kept apart, 0 files, 0 refused\n"
    proven = {receipt.note_id: receipt.sha256 for receipt in look(select(Receipt))}
    assert proven == {note.id: note.sha256 for note in (with_photo, without)}
    assert look(select(Attachment.sha256)) == [hashlib.sha256(PHOTO).hexdigest()]
    assert set(look(select(FieldNote.author_id))) == {cast.bas}


def test_what_the_phone_sent_itself_meanwhile_is_there_already(phone, as_user, cast: Cast, safari_id):
    note = waiting(safari_id)
    phone.holds(note)
    assert as_user(cast.bas).post("/api/v1/sync", json={"notes": [note.enveloped]}).status_code == 200
    assert phone.brought().stdout.startswith("0 new, 1 already there")


def test_a_safari_of_before_and_after_comes_along(phone, cast: Cast, db):
    version = db.exec(select(GuideVersion.id)).one()
    db.commit()
    offline = new_id()
    began = {"location_id": cast.town_hall, "guide_version_id": version, "started_at": "2026-11-22T09:00:00Z"}
    phone.errand(offline, "closure", {"debrief": "Veel.", "closed_at": "2026-11-22T10:00:00Z"})
    phone.errand(offline, "opening", began)
    phone.holds(waiting(offline))
    for said in ("1 new, 0 already there", "0 new, 1 already there"):
        done = phone.brought()
        assert (done.stderr, done.stdout[: len(said)]) == ("", said)
    safari = next(one for one in look(select(Safari)) if one.id == offline)
    assert (safari.state, safari.debrief, safari.leader_id) == (SafariState.CLOSED, "Veel.", cast.bas)


def test_a_damaged_note_or_photo_is_refused_and_its_neighbours_come_in(phone, safari_id):
    damaged, lost, good = (waiting(safari_id, attachments=[photo_of(PHOTO)]) for _ in range(3))
    phone.holds(damaged, lost, good)
    phone.entries[f"outbox/{damaged.id}.json"] += b" "
    del phone.entries[f"blobs/{lost.id}/{photo_of(PHOTO)['sha256']}"]
    phone.entries[f"blobs/{good.id}/{photo_of(PHOTO)['sha256']}"] = PHOTO[:-1]
    done = phone.brought()
    assert done.stdout == "2 new, 0 already there, 0 kept apart, 0 files, 3 refused\n"
    assert f"{damaged.id}: Dit kwam niet heel uit het bestand." in done.stderr
    assert "Dit staat wel in de lijst, maar niet in het bestand." in done.stderr
    assert damaged.id not in look(select(FieldNote.id))
    assert look(select(Attachment)) == []


def test_a_photo_of_a_note_that_does_not_fit_comes_in_after_its_repair(phone, as_user, cast: Cast, safari_id):
    misfit = waiting(safari_id, attachments=[photo_of(PHOTO)], schema=7)
    phone.holds(misfit)
    first = phone.brought()
    assert first.stdout == "0 new, 0 already there, 1 kept apart, 0 files, 1 refused\n"
    assert f"{misfit.id}: Bewaar dit bestand." in first.stderr
    form = {"safari_id": safari_id, "kind": "interview", "consent": "yes", "answers.hindrance": "Ik wachtte."}
    [apart] = look(select(Quarantine.id))
    assert as_user(cast.bas).post(f"/quarantine/{apart}/repair", data=form).status_code == 303
    again = phone.brought()
    assert (again.stderr, again.stdout) == ("", "0 new, 1 already there, 0 kept apart, 1 files, 0 refused\n")
    assert look(select(Attachment.sha256)) == [photo_of(PHOTO)["sha256"]]


def test_dirk_cannot_bring_in_what_bas_recorded(phone, cast: Cast, safari_id):
    phone.holds(waiting(safari_id))
    refused = phone.brought("dirk@klantsafari.example")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "Iemand anders maakte dit bestand. Kies diegene bij --as.\n"
    phone.index["user_id"] = cast.dirk
    phone.holds(waiting(safari_id, author_id=cast.bas))
    phone.brought("dirk@klantsafari.example")
    assert look(select(FieldNote)) == []


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/weg", "/etc/passwd", "blobs\\..\\x", "C:/x", "outbox/../x.json", ".ssh/x"]
)
def test_a_name_that_leads_elsewhere_refuses_the_whole_file(phone, safari_id, name: str):
    phone.holds(waiting(safari_id))
    phone.entries[name] = b"boe"
    refused = phone.brought()
    assert refused.returncode == 1
    assert refused.stderr.startswith("In dit bestand staan namen die er niet horen.")
    assert look(select(FieldNote)) == []


def test_what_unpacks_to_far_too_much_is_refused(phone, safari_id, monkeypatch):
    bomb = waiting(safari_id)
    phone.holds(bomb)
    phone.entries[f"outbox/{bomb.id}.json"] = b" " * 60_000_000
    assert "uitgepakt te groot" in phone.brought().stderr
    monkeypatch.setattr(exported, "MOST_FILES", 1)
    with pytest.raises(Problem) as refused:
        exported.Export.opened(phone.path)
    assert refused.value.code == "export.too_large"


def test_what_is_no_export_is_refused_plainly(tmp_path: Path, phone, safari_id):
    (tmp_path / "klantsafari.zip").write_bytes(b"PK\x03\x04 zomaar iets")
    refused = run("import", str(phone.path), "--as", "bas@klantsafari.example")
    assert refused.stderr == "Dit is geen zip-bestand, of het is niet heel.\n"
    indexes: list[Any] = [{}, [], {"user_id": 7}, {"user_id": "x", "notes": [{"id": "../x", "sha256": "y"}]}]
    indexes.append({"user_id": "x", "safaris": [{"id": "../x", "kind": "opening", "bytes": "{}"}]})
    for index in indexes:
        phone.index = index
        done = phone.brought()
        assert (done.returncode, done.stderr) == (
            1,
            "Dit is geen bestand dat Klantsafari op een telefoon maakte.\n",
        )


def test_lines_still_need_to_know_where_they_go(tmp_path: Path, stage: None):
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"text": "Ik moest wachten."}\n')
    asked = run("import", str(lines), "--as", "bas@klantsafari.example")
    assert asked.returncode == 2
    assert "lines need a safari to go to" in asked.stderr
