"""The log as people read it: a beheerder line by line, a manager how often at the own places, and not by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import tuple_
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.access import Actor, Permission
from app.models.audit.table import AuditEntry, AuditLink
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.log.filter import LogFilter
from app.models.paging import Page, cursor_of, moment_and_id
from app.models.user.table import User


@dataclass(frozen=True, slots=True)
class Line:
    """`seq` is its place in the chain, None as long as it waits; `place` is empty when it is of no place."""

    entry: AuditEntry
    place: str
    seq: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    verb: str
    times: int
    last: datetime


def visible_to(actor: Actor, permission: Permission = Permission.READ_LOG) -> SelectOfScalar[AuditEntry]:
    """Who reads the log of the whole organisation also reads what is of no place, such as signing in."""
    found = select(AuditEntry)
    if permission == Permission.READ_LOG and any(path.count("/") == 2 for path in actor.paths(permission)):
        return found
    return found.where(col(AuditEntry.location_id).in_(ids_within(actor, permission)))


def matching(actor: Actor, only: LogFilter) -> SelectOfScalar[AuditEntry]:
    return only.narrow(visible_to(actor))


def page(db: Session, actor: Actor, only: LogFilter, *, limit: int = 50, cursor: str = "") -> Page[Line]:
    """The newest first."""
    at, key = col(AuditEntry.at), col(AuditEntry.id)
    found = matching(actor, only)
    if cursor:
        found = found.where(tuple_(at, key) < tuple_(*moment_and_id(cursor)))
    rows = (
        found.add_columns(col(Location.name), col(AuditLink.seq))
        .outerjoin(Location, col(Location.id) == col(AuditEntry.location_id))
        .outerjoin(AuditLink, col(AuditLink.entry_id) == key)
        .order_by(at.desc(), key.desc())
        .limit(limit + 1)
    )
    lines = [Line(entry, place or "", seq) for entry, place, seq in db.execute(rows)]
    if len(lines) <= limit:
        return Page(lines, None)
    last = lines[limit - 1].entry
    return Page(lines[:limit], cursor_of(last.at.isoformat(), last.id))


def summary(db: Session, actor: Actor, only: LogFilter) -> Sequence[Tally]:
    """What happened most, first."""
    times = func.count()
    lines = only.narrow(visible_to(actor, Permission.SUM_UP_LOG))
    counted = (
        lines.with_only_columns(col(AuditEntry.verb), times, func.max(AuditEntry.at))
        .group_by(col(AuditEntry.verb))
        .order_by(times.desc(), col(AuditEntry.verb))
    )
    return [Tally(*row) for row in db.execute(counted)]


def people(db: Session) -> Sequence[tuple[str, str]]:
    """Everybody who can stand in the log, by name."""
    return db.exec(select(User.id, User.name).order_by(func.lower(User.name))).all()
