"""`klantsafari check` finds each weakness that we know of, and says nothing of a good set-up."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import now
from app.commands.checking import weaknesses
from app.models.access import Role
from app.models.audit import chaining, checking
from app.models.backup.table import BackupRun
from app.models.user.forced_table import ForcedRole
from app.models.user.table import User
from app.seeds import PASSWORD
from app.settings import settings


@pytest.fixture
def sound(db, tmp_path, monkeypatch):
    """As it should be: https, own files, an ordinary user, a backup of today."""
    db.add(BackupRun(proved_at=now()))
    db.add(ForcedRole(role=Role.ADMIN))
    db.commit()
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(settings(), "base_url", "https://safari.example")
    monkeypatch.setattr("shutil.disk_usage", lambda _: _Disk())
    tmp_path.chmod(0o700)
    for path in tmp_path.glob("*.db*"):
        path.chmod(0o600)
    monkeypatch.setattr("app.commands.weaknesses.records._postgres", lambda db: iter(()))
    # Without the half second that a real look at five passwords takes.
    monkeypatch.setattr(
        "app.commands.weaknesses.records.matches", lambda given, kept: kept == f"hash of {given}"
    )
    return tmp_path


class _Disk:
    total, free = 100_000_000_000, 50_000_000_000


def test_a_good_set_up_gives_no_remark(sound):
    assert list(weaknesses()) == []


def test_beheerders_who_come_in_by_a_password_alone_are_named(sound, db):
    db.delete(db.get_one(ForcedRole, Role.ADMIN))
    db.commit()
    (said,) = weaknesses()
    assert "alleen een wachtwoord" in said


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("base_url", "", "KLANTSAFARI_BASE_URL is leeg"),
        ("base_url", "http://safari.example", "zonder https"),
        ("proxies", "127.0.0.1,*", "gelooft iedereen"),
        ("proxies", "0.0.0.0/0", "gelooft iedereen"),
        ("session_days", 400, "te lang ingelogd"),
        ("log_level", "DEBUG", "DEBUG"),
    ],
)
def test_a_weak_setting_is_named(sound, monkeypatch, name, value, words):
    monkeypatch.setattr(settings(), name, value)
    (said,) = weaknesses()
    assert words in said


def test_a_key_and_a_folder_that_others_can_read_are_named(sound):
    (sound / "secret.key").write_bytes(b"x" * 32)
    (sound / "secret.key").chmod(0o644)
    sound.chmod(0o755)
    assert [words for words in weaknesses() if "chmod 700" in words or "secret.key" in words]
    assert len(list(weaknesses())) == 2


def test_root_a_full_disk_and_many_processes_are_named(sound, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(_Disk, "free", 1_000_000)
    monkeypatch.setenv("WEB_CONCURRENCY", "4")
    found = " ".join(weaknesses())
    assert "root" in found
    assert "bijna vol" in found
    assert ("WEB_CONCURRENCY" in found) == settings().database.startswith("sqlite")


def test_people_of_the_demo_with_its_password_are_named(sound, cast, db):
    db.get_one(User, cast.eva).password_hash = f"hash of {PASSWORD}"
    db.commit()
    (said,) = weaknesses()
    assert "demoverhaal" in said


def test_no_beheerder_and_a_broken_log_are_named(sound, cast, db, actor, monkeypatch):
    db.get_one(User, cast.anna).disabled_at = db.get_one(User, cast.anna).created_at
    chaining.lengthen(db)
    checking.record(db, checking.Verdict(trouble="changed", broken_seq=3))
    db.commit()
    found = list(weaknesses())
    assert [words[:20] for words in found] == ["Er is geen beheerder", "In het logboek klopt"]


def test_a_backup_that_nobody_saw_come_back_lately_is_named(sound, db):
    for run in db.exec(select(BackupRun)):
        run.proved_at = now() - timedelta(days=4)
    db.commit()
    (said,) = weaknesses()
    assert "reservekopie" in said


def test_a_database_of_before_is_named(empty_stage, monkeypatch):
    from alembic import command

    from app.migrating import configuration

    command.downgrade(configuration(), "0006")
    assert "De database is niet bij. Doe: klantsafari migrate." in list(weaknesses())
