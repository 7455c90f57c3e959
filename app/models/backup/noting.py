"""What became of a backup, written where the settings page reads it."""

from math import ceil

from sqlmodel import Session, col, select

from app.clock import new_id, now
from app.models.backup.table import BackupRun, Proof, Trouble
from app.models.record import put_new


def begin(db: Session, night: str | None = None) -> str | None:
    """Its id; None when another worker makes this night's already."""
    run = {"id": new_id(), "created_at": now(), "night": night, "file": "", "size": 0, "files": 0}
    rest = {"encrypted": False, "seconds": 0, "proof_seconds": 0, "counts": {}}
    put_new(db, BackupRun, [run | rest])
    return db.exec(select(BackupRun.id).where(BackupRun.id == run["id"])).first()


def made(
    db: Session, run_id: str, *, file: str, size: int, files: int, encrypted: bool, seconds: float
) -> None:
    run = db.get_one(BackupRun, run_id)
    run.file, run.size, run.files, run.encrypted = file, size, files, encrypted
    run.seconds, run.finished_at = ceil(seconds), now()
    db.add(run)


def failed(db: Session, run_id: str, trouble: Trouble) -> None:
    run = db.get_one(BackupRun, run_id)
    run.trouble, run.finished_at = trouble, now()
    db.add(run)


def proved(
    db: Session,
    run_id: str,
    *,
    proof: Proof | None,
    seconds: float,
    counts: dict[str, int],
    trouble: Trouble | None = None,
) -> None:
    """Without `proof`, `trouble` says why not."""
    run = db.get_one(BackupRun, run_id)
    run.proof, run.proof_trouble, run.counts = proof, trouble, counts
    run.proof_seconds, run.proved_at = ceil(seconds), now()
    db.add(run)


def of_file(db: Session, file: str, size: int) -> str:
    """The id of the run that made the file; a new one when it was made elsewhere."""
    newest = select(BackupRun).where(BackupRun.file == file, BackupRun.size == size)
    found = db.exec(newest.order_by(col(BackupRun.created_at).desc())).first()
    if found is None:
        found = BackupRun(file=file, size=size)
        db.add(found)
        db.flush()
    return found.id
