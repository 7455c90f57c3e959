"""What a rule costs, as customers told it: sums with for how many they are known, never an average."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from app.models.field_note.table import FieldNote
from app.models.rule.standing import STANDING
from app.models.rule.table import RoomTold, RuleNote


@dataclass(frozen=True, slots=True)
class Toll:
    """`customers`: different notes. `minutes` and `cents` are sums over the `_known` of them who told it.
    `used` and `lacking`: at how many the employee used room, or had none."""

    customers: int = 0
    minutes: int = 0
    minutes_known: int = 0
    cents: int = 0
    cents_known: int = 0
    used: int = 0
    lacking: int = 0


def tolls(db: Session, rule_ids: Sequence[str]) -> dict[str, Toll]:
    """Every id asked for is in the answer."""
    minutes, cents, room = col(RuleNote.minutes), col(RuleNote.cents), col(RuleNote.room)
    rows = db.execute(
        select(RuleNote.rule_id)
        .add_columns(
            func.count(func.distinct(col(RuleNote.note_id))),
            func.coalesce(func.sum(minutes), 0),
            func.count(minutes),
            func.coalesce(func.sum(cents), 0),
            func.count(cents),
            *(func.sum(case((room == told, 1), else_=0)) for told in (RoomTold.USED, RoomTold.LACKING)),
        )
        .join(FieldNote, STANDING)
        .where(col(RuleNote.rule_id).in_(rule_ids))
        .group_by(col(RuleNote.rule_id))
    ).all()
    return dict.fromkeys(rule_ids, Toll()) | {row[0]: Toll(*map(int, row[1:])) for row in rows}
