"""A rule as JSON, with what it costs as told and the words of who met it."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within
from app.models.paging import Page, cursor_of, moment_and_id
from app.models.rule import queries
from app.models.rule.counting import tolls
from app.models.rule.filter import RuleFilter
from app.models.rule.standing import STANDING
from app.models.rule.table import Decision, RoomTold, Rule, RuleKind, RuleNote


class MetOut(BaseModel):
    """One customer: characters `mark_start` up to `mark_end` of `quote` name the rule."""

    model_config = ConfigDict(from_attributes=True)

    note_id: str
    field: str
    quote: str
    mark_start: int
    mark_end: int
    minutes: int | None
    cents: int | None
    room: RoomTold | None


class TollOut(BaseModel):
    """Sums of what customers told, each with for how many of the `customers` it is known."""

    model_config = ConfigDict(from_attributes=True)

    customers: int
    minutes: int
    minutes_known: int
    cents: int
    cents_known: int
    used: int
    lacking: int


class RuleOut(BaseModel):
    """`version` grows with every change: send the one you saw. `met` is empty for who may not read notes there.
    `merged_into_id`: it turned out to be the same as that rule."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    location_id: str
    title: str
    kind: RuleKind
    view: str
    owner_id: str | None
    decision: Decision
    reason: str
    look_again_on: date | None
    decided_at: datetime | None
    decided_by_id: str | None
    merged_into_id: str | None
    version: int
    created_by_id: str | None
    created_at: datetime
    toll: TollOut
    met: list[MetOut]


def page(db: Session, actor: Actor, only: RuleFilter, *, limit: int, cursor: str = "") -> Page[RuleOut]:
    """The newest first."""
    made, own = col(Rule.created_at), col(Rule.id)
    found = queries.matching(actor, only)
    if cursor:
        at, last_id = moment_and_id(cursor)
        found = found.where(or_(made < at, and_(made == at, own < last_id)))
    rows = db.exec(found.order_by(made.desc(), own.desc()).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    following = cursor_of(last.created_at.isoformat(), last.id) if last else None
    return Page(shown(db, actor, rows[:limit]), following)


def shown(db: Session, actor: Actor, rules: Sequence[Rule]) -> list[RuleOut]:
    """All of them, in two questions whatever their number."""
    ids = [rule.id for rule in rules]
    counted, met = tolls(db, ids), _met(db, actor, ids)
    return [
        RuleOut.model_validate(
            rule.model_dump()
            | {"toll": TollOut.model_validate(counted[rule.id]), "met": met.get(rule.id, [])}
        )
        for rule in rules
    ]


def _met(db: Session, actor: Actor, rule_ids: Sequence[str]) -> dict[str, list[MetOut]]:
    found: dict[str, list[MetOut]] = {}
    read = col(FieldNote.location_id).in_(ids_within(actor, Permission.READ_NOTE))
    links = select(RuleNote).join(FieldNote, STANDING).where(col(RuleNote.rule_id).in_(rule_ids), read)
    for link in db.exec(links.order_by(col(RuleNote.id))):
        found.setdefault(link.rule_id, []).append(MetOut.model_validate(link))
    return found
