from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.record import Record, moment, one_of


class RuleKind(StrEnum):
    RULE = "rule"
    FEE = "fee"
    SCRIPT = "script"


class Decision(StrEnum):
    UNDECIDED = "undecided"
    KEEP = "keep"
    EXPLAIN = "explain"
    WIDEN = "widen"
    SCRAP = "scrap"


class RoomTold(StrEnum):
    """The room of the employee, as this customer met it."""

    USED = "used"
    LACKING = "lacking"


class Rule(Record, table=True):
    """What stands in the way at one place. `version` grows with every change, so that clashes show.

    `merged_into_id`: another rule turned out to be the same; what was here hangs there now.
    """

    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    title: str = Field(max_length=160, description="How it is called.")
    kind: RuleKind = Field(sa_type=one_of(RuleKind))
    view: str = Field(default="", description="What employees think of it.")
    owner_id: str | None = Field(default=None, foreign_key="users.id", index=True, max_length=36)
    decision: Decision = Field(default=Decision.UNDECIDED, sa_type=one_of(Decision))
    reason: str = ""
    look_again_on: date | None = None
    decided_at: datetime | None = moment(default=None)
    decided_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    merged_into_id: str | None = Field(default=None, foreign_key="rule.id", index=True, max_length=36)
    version: int = 1
    created_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)


class RuleNote(Record, table=True):
    """One customer who met the rule: `quote` as it stands in the note's field, marked from mark_start to mark_end.

    `minutes` and `cents` are what it cost, as this customer told it; empty when nothing was said about that.
    """

    __tablename__ = "rule_note"
    __table_args__ = (UniqueConstraint("rule_id", "note_id"),)

    rule_id: str = Field(foreign_key="rule.id", max_length=36)
    note_id: str = Field(foreign_key="field_note.id", index=True, max_length=36)
    field: str = Field(default="", max_length=60)
    quote: str = ""
    mark_start: int = 0
    mark_end: int = 0
    minutes: int | None = None
    cents: int | None = None
    room: RoomTold | None = Field(default=None, sa_type=one_of(RoomTold))
    added_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)


class NoRule(Record, table=True):
    """A sentence that sounds like a rule, of which a person said that it is none: `pick` is its "field:start-end"."""

    __tablename__ = "no_rule"
    __table_args__ = (UniqueConstraint("note_id", "pick"),)

    note_id: str = Field(foreign_key="field_note.id", max_length=36)
    pick: str = Field(max_length=90)
    by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
