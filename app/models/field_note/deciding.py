"""Decisions about suggestions, in the order in which they were made: perhaps long ago, on a phone without a
connection, and perhaps for the second time. One that no longer fits holds up no other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from app.models.access import Actor
from app.models.field_note import feeling, tagging
from app.models.field_note.queries import visible_to
from app.models.field_note.schemas import Decision, Tone, Verdict
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.tag.table import Tag
from app.models.user.table import User

STATES: Mapping[Verdict, TaggingState] = {
    Verdict.ACCEPT: TaggingState.ACCEPTED,
    Verdict.REJECT: TaggingState.REJECTED,
    Verdict.OTHER: TaggingState.REJECTED,
    Verdict.UNDO: TaggingState.SUGGESTED,
}


class Outcome(StrEnum):
    """DECIDED: somebody else did, and that stays. GONE: not there any more, or not the actor's to decide."""

    DONE = "done"
    DECIDED = "decided"
    GONE = "gone"
    UNKNOWN_TAG = "unknown_tag"


@dataclass(frozen=True, slots=True)
class Result:
    """`who` decided it, when that was somebody else."""

    decision: Decision
    outcome: Outcome
    who: str = ""


def settle(db: Session, decisions: Iterable[Decision], *, by: Actor) -> list[Result]:
    return [_settle(db, decision, by) for decision in decisions]


def _settle(db: Session, decision: Decision, by: Actor) -> Result:
    found = db.exec(
        select(Tagging, FieldNote)
        .join(FieldNote, col(FieldNote.id) == col(Tagging.note_id))
        .where(
            Tagging.id == decision.tagging_id,
            col(FieldNote.id).in_(visible_to(by).with_only_columns(col(FieldNote.id))),
        )
        # Of two who decide at the same moment, the second sees what the first said.
        .with_for_update(of=Tagging)
    ).first()
    if found is None:
        return Result(decision, Outcome.GONE)
    suggestion, note = found
    if tone := decision.verdict.tone:
        return _felt(db, note, suggestion, decision, tone, by)
    if suggestion.decided_by_id not in (None, by.id):
        return Result(decision, Outcome.DECIDED, who=db.get_one(User, suggestion.decided_by_id).name)
    other = _other(db, decision)
    if decision.verdict == Verdict.OTHER and other is None:
        return Result(decision, Outcome.UNKNOWN_TAG)
    _write(db, note, suggestion, decision, other, by)
    return Result(decision, Outcome.DONE)


def _felt(
    db: Session, note: FieldNote, suggestion: Tagging, decision: Decision, tone: Tone, by: Actor
) -> Result:
    if suggestion.felt_by_id not in (None, by.id):
        return Result(decision, Outcome.DECIDED, who=db.get_one(User, suggestion.felt_by_id).name)
    feeling.say(db, note, suggestion, tone, by=by)
    return Result(decision, Outcome.DONE)


def _other(db: Session, decision: Decision) -> Tag | None:
    tag = db.get(Tag, decision.tag_id) if decision.tag_id else None
    return tag if tag and tag.active else None


def _write(
    db: Session, note: FieldNote, suggestion: Tagging, decision: Decision, other: Tag | None, by: Actor
) -> None:
    """Another theme is decided at the very moment of the rejection, so that taking that back finds both."""
    instead = other if decision.verdict == Verdict.OTHER else None
    state = STATES[decision.verdict]
    if instead and instead.id == suggestion.tag_id:
        instead, state = None, TaggingState.ACCEPTED
    if suggestion.state == state and instead is None:
        return
    if decision.verdict == Verdict.UNDO:
        for chosen in _chosen_with(db, suggestion):
            tagging.decide(db, note, chosen.tag_id, TaggingState.SUGGESTED, by=by)
    if suggestion.state != state:
        tagging.decide(db, note, suggestion.tag_id, state, by=by)
    if instead and not _accepted(db, note, instead):
        chosen = tagging.add(db, note, instead.id, by=by)
        chosen.decided_at = suggestion.decided_at
        db.flush()


def _chosen_with(db: Session, suggestion: Tagging) -> list[Tagging]:
    if suggestion.state != TaggingState.REJECTED:
        return []
    same = select(Tagging).where(
        Tagging.note_id == suggestion.note_id,
        Tagging.id != suggestion.id,
        Tagging.state == TaggingState.ACCEPTED,
        Tagging.decided_by_id == suggestion.decided_by_id,
        Tagging.decided_at == suggestion.decided_at,
    )
    return list(db.exec(same))


def _accepted(db: Session, note: FieldNote, tag: Tag) -> bool:
    there = select(Tagging.state).where(Tagging.note_id == note.id, Tagging.tag_id == tag.id)
    return db.exec(there).first() == TaggingState.ACCEPTED
