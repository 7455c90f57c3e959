"""How the backups stand, for who looks after the machine."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.backup.table import BackupRun

FRESH = timedelta(hours=26)
"""A day, and some time for a night that took longer."""
SHOWN = 14


@dataclass(frozen=True, slots=True)
class Standing:
    """`last` was made and is whole; `proved` came back; `wrong` is the newest, when nothing came of it."""

    last: BackupRun | None
    proved: BackupRun | None
    wrong: BackupRun | None
    runs: list[BackupRun]
    at: datetime

    @property
    def is_late(self) -> bool:
        return self.last is None or self.at - _made_at(self.last) > FRESH

    @property
    def is_unproved(self) -> bool:
        return self.proved is None or self.proved.proved_at is None or self.at - self.proved.proved_at > FRESH

    def hours_since(self, moment: datetime) -> int:
        return int((self.at - moment).total_seconds() // 3600)


def _made_at(run: BackupRun) -> datetime:
    return run.finished_at or run.created_at


def standing(db: Session, actor: Actor, at: datetime) -> Standing:
    """Nothing at all for who does not look after the whole organisation."""
    if not actor.may(Permission.MANAGE_PEOPLE):
        return Standing(None, None, None, [], at)
    newest = select(BackupRun).order_by(col(BackupRun.created_at).desc(), col(BackupRun.id).desc())
    runs = list(db.exec(newest.limit(SHOWN)))
    last = db.exec(newest.where(col(BackupRun.finished_at).is_not(None), BackupRun.size > 0)).first()
    proved = db.exec(newest.where(col(BackupRun.proof).is_not(None))).first()
    wrong = runs[0] if runs and (runs[0].trouble or runs[0].proof_trouble) else None
    return Standing(last, proved, wrong, runs, at)


def has_tonights(db: Session, night: str) -> bool:
    return db.exec(select(BackupRun.id).where(BackupRun.night == night)).first() is not None
