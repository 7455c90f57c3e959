"""What should be heard differently once an action is done: chosen beforehand, so that nobody picks what suits them."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, select

from app.clock import begin_of, now, today
from app.errors import Conflict, Fault, Invalid
from app.models.access import Actor, Permission
from app.models.action import checking, queries
from app.models.action.table import ImprovementAction, Step
from app.models.action.yardstick_draft import YardstickDraft
from app.models.audit.noting import note as log
from app.models.audit.table import AuditEntry
from app.models.guide.table import LocalQuestion, Question, QuestionKind
from app.models.helping import judging
from app.models.helping.table import OF_THEME, Hope, Yardstick
from app.models.location.queries import places
from app.models.tag.table import Tag

FINISHED = (Step.DONE, Step.TOLD)
ASKED_FOR = timedelta(weeks=26)
LATEST = timedelta(weeks=26)


def yardstick_of(db: Session, action: ImprovementAction) -> Yardstick | None:
    return db.exec(select(Yardstick).where(Yardstick.action_id == action.id)).first()


def measure(db: Session, action: ImprovementAction, draft: YardstickDraft, *, by: Actor) -> None:
    """Talks count from today or later on. The same again changes nothing; another one is a Conflict once talks
    were counted."""
    checking.require(by, queries.place_of(db, action))
    db.refresh(action, with_for_update=True)
    if action.step not in FINISHED:
        raise Conflict("helping.not_done_yet")
    wanted = _checked(db, draft, by)
    known = yardstick_of(db, action)
    if known and all(getattr(known, name) == value for name, value in wanted.items()):
        return
    if known and judging.outcomes(db, [action.id])[action.id].heard.after:
        raise Conflict("helping.already_counting")
    if draft.counts_from < today():
        raise Invalid({"counts_from": "action.due_in_the_past"})
    _forget(db, action)
    begins = now() if draft.counts_from == today() else begin_of(draft.counts_from)
    before = min(closed_at(db, action), begins)
    one = Yardstick(**wanted, action_id=action.id, before_until=before, counts_from=begins, set_by_id=by.id)
    db.add(one)
    if one.question_id:
        until = draft.counts_from + ASKED_FOR
        asked = {"location_id": one.location_id, "question_id": one.question_id, "asked_for": action.id}
        db.add(LocalQuestion.model_validate(asked | {"until": until}))
    log(db, "action.yardstick_set", "action", action.id, by=by, at=action.location_id, hope=one.hope.value)
    db.flush()


def stop(db: Session, action: ImprovementAction, *, by: Actor) -> None:
    """Nothing is measured any more, and safaris there ask nothing extra. Twice is once."""
    checking.require(by, queries.place_of(db, action))
    if yardstick_of(db, action):
        _forget(db, action)
        log(db, "action.yardstick_removed", "action", action.id, by=by, at=action.location_id)


def closed_at(db: Session, action: ImprovementAction) -> datetime:
    """When it was done last, by the log; being told afterwards does not count as done again."""
    moves = select(AuditEntry).where(AuditEntry.subject_id == action.id, AuditEntry.verb == "action.moved")
    for entry in db.exec(moves.order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())):
        if entry.detail.get("to") in FINISHED and entry.detail.get("from") not in FINISHED:
            return entry.at
    return action.moved_at


def _forget(db: Session, action: ImprovementAction) -> None:
    db.exec(delete(Yardstick).where(col(Yardstick.action_id) == action.id))
    db.exec(delete(LocalQuestion).where(col(LocalQuestion.asked_for) == action.id))
    db.flush()


def _checked(db: Session, draft: YardstickDraft, by: Actor) -> dict[str, Any]:
    """The columns; Invalid with a code for each field that does not fit."""
    faults: dict[str, Fault] = {}
    if draft.location_id not in {place.id for place in places(db, by, Permission.CHANGE_ACTION)}:
        faults["location_id"] = ("field.unknown_choice", {})
    if draft.counts_from > today() + LATEST:
        faults["counts_from"] = ("helping.too_late", {})
    hope, choices = draft.hope, list[str]()
    if draft.tag_id:
        if db.get(Tag, draft.tag_id) is None:
            faults["moves"] = ("field.unknown_choice", {})
        if hope not in OF_THEME:
            faults["hope"] = ("field.missing", {})
    else:
        question = db.get(Question, draft.question_id)
        hope, choices = _hoped(question, draft, faults)
    if faults:
        raise Invalid(dict(faults))
    ids = {"tag_id": draft.tag_id, "question_id": draft.question_id, "location_id": draft.location_id}
    return {**ids, "hope": hope, "choices": choices}


def _hoped(
    question: Question | None, draft: YardstickDraft, faults: dict[str, Fault]
) -> tuple[Hope, list[str]]:
    if question is None or question.kind in (QuestionKind.OPEN, QuestionKind.NUMBER):
        faults["moves"] = ("field.unknown_choice", {})
        return Hope.HIGHER, []
    if question.kind == QuestionKind.SCALE:
        return Hope.HIGHER, []
    known = keys_of(question)
    chosen = [key for key in known if key in draft.choices]
    if not chosen or len(chosen) == len(known) or set(draft.choices) - set(known):
        faults["choices"] = ("helping.choices", {})
    return Hope.MORE_CHOSEN, chosen


def keys_of(question: Question) -> list[str]:
    if question.kind == QuestionKind.YES_NO:
        return ["true", "false"]
    return [choice["key"] for choice in question.choices]
