"""Rules in the way and customers who met them, for tests about them."""

from typing import Any

from sqlmodel import Session

from app.models.access import Actor
from app.models.field_note.quoting import bounds
from app.models.field_note.table import FieldNote
from app.models.rule import deciding, meeting, naming
from app.models.rule.schemas import DecisionDraft, MeetingDraft, RuleDraft
from app.models.rule.table import Rule
from tests.cast import Cast
from tests.makers_action import story

FEE = "Ik wilde iets overmaken. Daar moet ik 35 euro voor rekenen, zei ze. Dat duurde tien minuten."
PICK = "story:25-67"


def named(db: Session, by: Actor, place: str, title: str = "35 euro voor hulp", **fields: Any) -> Rule:
    return naming.name(
        db, RuleDraft.model_validate({"location_id": place, "title": title, "kind": "fee"} | fields), by=by
    )


def met(db: Session, by: Actor, rule: Rule, note: FieldNote, pick: str | None = PICK, **told: Any) -> None:
    meeting.meet(db, rule, note, MeetingDraft.model_validate({"quote": pick} | told), by=by)


def met_thrice(db: Session, by: Actor, note: FieldNote) -> Rule:
    """Of three customers two say how long it took, and one of those what it cost and that there was no room."""
    rule = named(db, by, note.location_id, view="We schamen ons.", owner_id=Cast.carla)
    met(db, by, rule, note, minutes=10, euros="35", room="lacking")
    met(db, by, rule, story(db, note.location_id, note.author_id, FEE), minutes=15)
    met(db, by, rule, story(db, note.location_id, note.author_id, FEE))
    return rule


def decided(db: Session, by: Actor, rule: Rule, decision: str, **fields: Any) -> None:
    draft = DecisionDraft.model_validate({"decision": decision, "version": rule.version} | fields)
    deciding.decide(db, rule, draft, by=by)


def pick_of(text: str, number: int) -> str:
    """The sentence with that number, as a form sends it."""
    start, end = bounds(text)[number]
    return f"story:{start}-{end}"
