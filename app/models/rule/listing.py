"""The register as a list; as many questions for 200 rules as for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.models.access import Actor
from app.models.field_note.table import FieldNote
from app.models.location.table import Location
from app.models.rule.counting import Toll, tolls
from app.models.rule.filter import RuleFilter
from app.models.rule.queries import matching
from app.models.rule.standing import STANDING
from app.models.rule.table import Rule, RuleNote
from app.models.user.table import User

MOST = 200


@dataclass(frozen=True, slots=True)
class Row:
    rule: Rule
    place: str
    owner: str
    toll: Toll


@dataclass(frozen=True, slots=True)
class Register:
    """`again` are rules whose day to look again has come, the longest ago first; `rest` by number of customers.
    `total` counts those that do not fit on the page too."""

    again: Sequence[Row]
    rest: Sequence[Row]
    total: int


def register(db: Session, actor: Actor, only: RuleFilter, today: date) -> Register:
    customers = (
        select(RuleNote.rule_id, func.count(func.distinct(RuleNote.note_id)).label("number"))
        .join(FieldNote, STANDING)
        .group_by(col(RuleNote.rule_id))
        .subquery()
    )
    found = matching(actor, only)
    total = db.exec(select(func.count()).select_from(found.subquery())).one()
    due = col(Rule.look_again_on) <= today
    order = (
        func.coalesce(due, False).desc(),
        func.coalesce(customers.c.number, 0).desc(),
        col(Rule.title),
        col(Rule.id),
    )
    rows = rows_of(
        db,
        db.exec(
            found.outerjoin(customers, customers.c.rule_id == col(Rule.id)).order_by(*order).limit(MOST)
        ).all(),
    )
    again = [row for row in rows if row.rule.look_again_on and row.rule.look_again_on <= today]
    again.sort(key=lambda row: (row.rule.look_again_on or today, row.rule.id))
    return Register(again, [row for row in rows if row not in again], total)


def rows_of(db: Session, rules: Sequence[Rule]) -> list[Row]:
    """With names and what they cost, in the same order."""
    counted = tolls(db, [rule.id for rule in rules])
    at, by = {rule.location_id for rule in rules}, {rule.owner_id for rule in rules if rule.owner_id}
    where = dict(db.exec(select(Location.id, Location.name).where(col(Location.id).in_(at))).all())
    who = dict(db.exec(select(User.id, User.name).where(col(User.id).in_(by))).all())
    return [
        Row(rule, where[rule.location_id], who.get(rule.owner_id or "", ""), counted[rule.id])
        for rule in rules
    ]
