from datetime import timedelta

from app.clock import now
from app.models.backup.queries import standing
from app.models.backup.table import BackupRun, Proof, Trouble
from tests.cast import Cast


def test_anna_sees_that_there_is_none_and_how_to_set_it_up(as_user, cast: Cast, db):
    page = as_user(cast.anna).get("/settings/backups").text
    assert "Er is nog geen reservekopie." in page
    assert "KLANTSAFARI_BACKUP_FOLDER" in page
    assert "/settings/backups" in as_user(cast.anna).get("/settings").text
    assert "/settings/backups" not in as_user(cast.bas).get("/settings").text


def run(hours: float, **known) -> BackupRun:
    at = now() - timedelta(hours=hours)
    return BackupRun(created_at=at, finished_at=at, file="a.tar.age", size=2_400_000, files=3, **known)


def test_anna_sees_how_old_the_last_is_what_came_back_and_what_went_wrong(as_user, cast: Cast, db):
    counts = {"field_note": 12, "improvement_action": 1, "users": 5, "files": 3}
    good = run(30, encrypted=True, proved_at=now() - timedelta(hours=30), proof=Proof.RESTORED, counts=counts)
    db.add_all([good, BackupRun(trouble=Trouble.NO_ROOM, finished_at=now())])
    db.commit()
    page = as_user(cast.anna).get("/settings/backups").text
    for words in (
        "ouder dan een dag",
        "30 uur geleden",
        "2,4 MB",
        "12 verhalen, 1 actie, 5 personen",
        "geen ruimte",
    ):
        assert words in page


def test_who_reads_stories_learns_nothing_of_the_machine(db, actor, cast: Cast):
    db.add(run(1))
    db.flush()
    assert standing(db, actor(cast.bas), now()).last is None
    fresh = standing(db, actor(cast.anna), now())
    assert (fresh.is_late, fresh.is_unproved, fresh.hours_since(now() - timedelta(minutes=59))) == (
        False,
        True,
        0,
    )
