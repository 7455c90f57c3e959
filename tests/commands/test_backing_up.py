"""A backup made by one command comes back by another, whole, elsewhere."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from app import sealing, storage
from app.settings import settings
from tests.conftest import POSTGRES, in_postgres
from tests.house.examples import examples
from tests.test_cli import run

QUESTIONS = ("SELECT id FROM field_note", "SELECT sha256 FROM attachment", "SELECT email FROM users")


@pytest.fixture
def elsewhere(dialect: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of a place where nothing is yet."""
    folder = tmp_path / "elsewhere"
    if dialect == "sqlite":
        yield {"KLANTSAFARI_DATA": str(folder), "KLANTSAFARI_DATABASE_URL": ""}
        return
    name = f"restored_{uuid4().hex[:8]}"
    in_postgres(f"CREATE DATABASE {name}")
    yield {
        "KLANTSAFARI_DATA": str(folder),
        "KLANTSAFARI_DATABASE_URL": POSTGRES.replace("/postgres?", f"/{name}?"),
    }
    in_postgres(f"DROP DATABASE {name} WITH (FORCE)")


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
    file, folder = tmp_path / "backup.tar", Path(elsewhere["KLANTSAFARI_DATA"])
    made = run("backup", str(file))
    assert made.returncode == 0, made.stderr
    assert "secret.key" in made.stdout
    assert file.stat().st_mode & 0o077 == 0
    folder.mkdir()
    (folder / "secret.key").write_bytes((settings().data / "secret.key").read_bytes())
    back = run("restore", str(file), **elsewhere)
    assert (back.returncode, back.stderr) == (0, "")
    url = elsewhere["KLANTSAFARI_DATABASE_URL"] or f"sqlite:///{folder / 'klantsafari.db'}"
    assert rows(url) == rows(settings().database)
    for name in (path.name for path in (settings().data / "blobs").glob("??/*")):
        assert (folder / "blobs" / name[:2] / name).read_bytes() == storage.path_of(name).read_bytes()
    assert run("migrate", **elsewhere).returncode == 0


def test_the_key_is_not_in_the_backup_and_a_restore_says_that_it_is_missing(stage, elsewhere, tmp_path: Path):
    file = tmp_path / "backup.tar"
    run("backup", str(file))
    with tarfile.open(file) as tar:
        assert set(tar.getnames()) == {"klantsafari.json", "database"}
    assert (settings().data / "secret.key").read_bytes() not in file.read_bytes()
    back = run("restore", str(file), **elsewhere)
    assert (back.returncode, "no secret key" in back.stderr) == (0, True)
    assert not (Path(elsewhere["KLANTSAFARI_DATA"]) / "secret.key").exists()


def test_another_key_is_noticed(stage, elsewhere, tmp_path: Path):
    file, folder = tmp_path / "backup.tar", Path(elsewhere["KLANTSAFARI_DATA"])
    run("backup", str(file))
    folder.mkdir()
    (folder / "secret.key").write_bytes(os.urandom(32))
    assert "another one" in run("restore", str(file), **elsewhere).stderr


def test_nothing_is_written_over(stage, tmp_path: Path):
    file = tmp_path / "backup.tar"
    file.write_bytes(b"of last week")
    refused = run("backup", str(file))
    assert (refused.returncode, "already" in refused.stderr) == (1, True)
    assert file.read_bytes() == b"of last week"
    file.unlink()
    run("backup", str(file))
    before = rows(settings().database)
    refused = run("restore", str(file))
    assert (refused.returncode, "already" in refused.stderr) == (1, True)
    assert rows(settings().database) == before


def test_a_file_that_is_no_backup_or_is_damaged_restores_nothing(db, elsewhere, tmp_path: Path):
    examples(db)
    db.commit()
    file, folder = tmp_path / "backup.tar", Path(elsewhere["KLANTSAFARI_DATA"])
    file.write_bytes(b"holiday.jpg")
    assert run("restore", str(file), **elsewhere).returncode == 1
    file.unlink()
    run("backup", str(file))
    content = file.read_bytes()
    file.write_bytes(content.replace(b"as good as a photo", b"as good as a fhoto"))
    refused = run("restore", str(file), **elsewhere)
    assert (refused.returncode, "damaged" in refused.stderr) == (1, True)
    file.write_bytes(content[: len(content) // 2])
    assert run("restore", str(file), **elsewhere).returncode == 1
    assert not (folder / "klantsafari.db").exists()


def test_without_the_programs_of_postgresql_it_says_so(stage, dialect: str, tmp_path: Path):
    if dialect == "sqlite":
        pytest.skip("SQLite needs none")
    refused = run("backup", str(tmp_path / "backup.tar"), PATH="/nowhere")
    assert (refused.returncode, "pg_dump is not installed" in refused.stderr) == (1, True)
    assert "Traceback" not in refused.stderr
    assert list(tmp_path.glob("*.tar")) == []
