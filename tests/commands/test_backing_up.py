"""A backup made by one command comes back by another, whole, elsewhere."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import select
from typer.testing import CliRunner

from app import cli, sealing, storage
from app.backing_up_by_itself import is_due
from app.clock import today
from app.commands.copying import is_empty
from app.models.backup.table import BackupRun, Trouble
from app.settings import settings
from tests.conftest import POSTGRES, in_postgres, use
from tests.house.examples import examples
from tests.looking import look

QUESTIONS = ("SELECT id FROM field_note", "SELECT sha256 FROM attachment", "SELECT email FROM users")


@pytest.fixture
def elsewhere(dialect: str, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Database and folder of a place where nothing is yet; use(*elsewhere) goes there."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if dialect == "sqlite":
        yield f"sqlite:///{folder / 'klantsafari.db'}", folder
        return
    name = f"restored_{uuid4().hex[:8]}"
    in_postgres(f"CREATE DATABASE {name}")
    yield POSTGRES.replace("/postgres?", f"/{name}?"), folder
    in_postgres(f"DROP DATABASE {name} WITH (FORCE)")


def run(*arguments: str | Path) -> Any:
    """The command in this process."""
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def rows(url: str) -> list[set[str]]:
    engine = create_engine(url)
    with engine.connect() as db:
        found = [set(db.execute(text(question)).scalars()) for question in QUESTIONS]
    engine.dispose()
    return found


def test_what_was_there_is_there_again_elsewhere_with_its_files(db, elsewhere, tmp_path: Path):
    examples(db)
    db.commit()
    sealing.ready()
    file, home, (url, folder) = tmp_path / "backup.tar", settings(), elsewhere
    made = run("backup", file)
    assert made.exit_code == 0, made.stderr
    assert "secret.key" in made.stdout
    assert file.stat().st_mode & 0o077 == 0
    (folder / "secret.key").write_bytes((home.data / "secret.key").read_bytes())
    before, files = rows(home.database), [path.name for path in (home.data / "blobs").glob("??/*")]
    kept = {name: storage.path_of(name).read_bytes() for name in files}
    use(*elsewhere)
    back = run("restore", file)
    assert (back.exit_code, back.stderr) == (0, "")
    assert rows(url) == before
    assert kept
    assert {name: storage.path_of(name).read_bytes() for name in kept} == kept
    assert run("migrate").exit_code == 0


def test_the_key_is_not_in_the_backup_and_a_restore_says_that_it_is_missing(stage, elsewhere, tmp_path: Path):
    file = tmp_path / "backup.tar"
    run("backup", file)
    with tarfile.open(file) as tar:
        assert set(tar.getnames()) == {"klantsafari.json", "database"}
    assert (settings().data / "secret.key").read_bytes() not in file.read_bytes()
    use(*elsewhere)
    back = run("restore", file)
    assert (back.exit_code, "no secret key" in back.stderr) == (0, True)
    assert not (settings().data / "secret.key").exists()


def test_another_key_is_noticed(stage, elsewhere, tmp_path: Path):
    file = tmp_path / "backup.tar"
    run("backup", file)
    use(*elsewhere)
    (settings().data / "secret.key").write_bytes(os.urandom(32))
    assert "another one" in run("restore", file).stderr


def test_nothing_is_written_over(stage, tmp_path: Path):
    file = tmp_path / "backup.tar"
    file.write_bytes(b"of last week")
    refused = run("backup", file)
    assert (refused.exit_code, "already" in refused.stderr) == (1, True)
    assert file.read_bytes() == b"of last week"
    file.unlink()
    run("backup", file)
    before = rows(settings().database)
    refused = run("restore", file)
    assert (refused.exit_code, "already" in refused.stderr) == (1, True)
    assert rows(settings().database) == before


def test_a_file_that_is_no_backup_or_is_damaged_restores_nothing(db, elsewhere, tmp_path: Path):
    examples(db)
    db.commit()
    file = tmp_path / "backup.tar"
    run("backup", file)
    content = file.read_bytes()
    use(*elsewhere)
    damaged = content.replace(b"as good as a photo", b"as good as a fhoto")
    for wrong in (b"holiday.jpg", damaged, content[: len(content) // 2]):
        file.write_bytes(wrong)
        refused = run("restore", file)
        assert (refused.exit_code, "Nothing was restored" in refused.stderr) == (1, True)
        assert is_empty()


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, tuple[list[str], list[str]]]:
    """{kind: (what locks, what opens)}, each with its file."""
    made = run("create-backup-key", tmp_path / "key.txt")
    public = made.stdout.strip().rpartition("=")[2]
    (tmp_path / "words.txt").write_text("vier losse woorden samen\n")
    words = ["--passphrase-file", str(tmp_path / "words.txt")]
    opens = ["--identity-file", str(tmp_path / "key.txt")]
    return {"public key": (["--recipient", public], opens), "passphrase": (words, words)}


def test_what_was_encrypted_comes_back_with_the_key_and_is_nothing_without(
    db, elsewhere, tmp_path: Path, keys
):
    examples(db)
    db.commit()
    sealing.ready()
    file, (locks, opens) = tmp_path / "backup.tar.age", keys["public key"]
    made = run("backup", file, *locks, "--prove")
    assert (made.exit_code, made.stderr, "It comes back" in made.stdout) == (0, "", True)
    assert b"drie keer hetzelfde" not in file.read_bytes()
    assert list(tmp_path.glob(".backup-*")) == list(tmp_path.glob("*.part")) == []
    assert run("prove-backup", file, *opens).exit_code == 0
    before = rows(settings().database)
    wrong = tmp_path / "wrong.txt"
    run("create-backup-key", wrong)
    use(*elsewhere)
    for without in ([], [opens[0], str(wrong)]):
        refused = run("restore", file, *without)
        assert (refused.exit_code, "Nothing was restored" in refused.stderr) == (1, True)
        assert is_empty()
    content = file.read_bytes()
    for damaged in (content[:-3000], content[:3000] + bytes([content[3000] ^ 1]) + content[3001:]):
        (tmp_path / "damaged").write_bytes(damaged)
        assert run("restore", tmp_path / "damaged", *opens).exit_code == 1
        assert is_empty()
    back = run("restore", file, *opens)
    assert back.exit_code == 0, back.stderr
    assert rows(elsewhere[0]) == before


@pytest.mark.phone
def test_a_passphrase_opens_what_it_locked(stage, elsewhere, tmp_path: Path, keys):
    """Once is enough: stretching a passphrase takes seconds, and sees no database."""
    file, (locks, opens) = tmp_path / "backup.tar.age", keys["passphrase"]
    assert run("backup", file, *locks).exit_code == 0
    before = rows(settings().database)
    use(*elsewhere)
    (tmp_path / "wrong.txt").write_text("vijf losse woorden samen\n")
    refused = run("restore", file, "--passphrase-file", tmp_path / "wrong.txt")
    assert (refused.exit_code, "not that of this backup" in refused.stderr, is_empty()) == (1, True, True)
    assert run("restore", file, *opens).exit_code == 0
    assert rows(elsewhere[0]) == before


def test_who_did_not_encrypt_is_told_so(stage, elsewhere, tmp_path: Path):
    made = run("backup", tmp_path / "backup.tar", "--prove")
    assert (made.exit_code, "not encrypted" in made.stderr) == (0, True)
    assert "not encrypted" in run("prove-backup", tmp_path / "backup.tar").stderr
    wrong = run("backup", tmp_path / "other.tar", "--recipient", "age1foo")
    assert (wrong.exit_code, "public key such as age1" in wrong.stderr) == (1, True)


def test_a_proof_sees_a_photo_that_is_missing(db, tmp_path: Path):
    ids = examples(db)
    db.commit()
    storage.delete(ids["sha256"])
    made = run("backup", tmp_path / "backup.tar", "--prove")
    assert (made.exit_code, "1 photos or recordings are not in it" in made.stderr) == (1, True)
    run_row = look(select(BackupRun))[0]
    assert (run_row.proof, run_row.proof_trouble) == (None, Trouble.INCOMPLETE)


def test_a_night_has_one_backup_whoever_makes_it_and_old_ones_go(db, tmp_path: Path, monkeypatch, keys):
    folder, public = tmp_path / "nights", keys["public key"][0][1]
    monkeypatch.setenv("KLANTSAFARI_BACKUP_FOLDER", str(folder))
    monkeypatch.setenv("KLANTSAFARI_BACKUP_RECIPIENT", public)
    monkeypatch.setenv("KLANTSAFARI_BACKUP_KEEP", "2")
    monkeypatch.setenv("KLANTSAFARI_BACKUP_HOUR", "0")
    settings.cache_clear()
    folder.mkdir()
    for old in ("klantsafari-2020-01-01.tar", "klantsafari-2020-01-02.tar", "holiday.tar"):
        (folder / old).write_bytes(b"old")
    assert is_due()
    for _ in range(2):
        assert run("nightly-backup").exit_code == 0
    tonight = f"klantsafari-{today().isoformat()}.tar.age"
    kept = {"holiday.tar", "klantsafari-2020-01-02.tar", tonight}
    assert {path.name for path in folder.iterdir()} == kept
    (night,) = look(select(BackupRun))
    assert (night.file, night.encrypted, night.proof, night.counts["users"]) == (tonight, True, "restored", 5)
    assert not is_due()


def test_without_the_programs_of_postgresql_it_says_so(stage, dialect: str, tmp_path: Path, monkeypatch):
    if dialect == "sqlite":
        pytest.skip("SQLite needs none")
    monkeypatch.setenv("PATH", "/nowhere")
    refused = run("backup", tmp_path / "backup.tar")
    assert (refused.exit_code, "pg_dump is not installed" in refused.stderr) == (1, True)
    assert list(tmp_path.glob("*.tar")) == []
