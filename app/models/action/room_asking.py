"""Asking for room: one named person is asked, and says yes or no."""

from sqlmodel import Session, col, select

from app.clock import new_id, now
from app.errors import Conflict, Forbidden, Invalid
from app.models.access import Actor, Permission
from app.models.action import checking
from app.models.action.room_table import Outcome, RoomUse
from app.models.action.room_using import close_questions, team_for
from app.models.action.schemas import AnswerDraft, QuestionDraft
from app.models.action.table import ImprovementAction, Room, Step
from app.models.audit.noting import note as log
from app.models.location.table import Location
from app.models.user.working import givers_at


def open_question(db: Session, action_id: str) -> RoomUse | None:
    waiting = select(RoomUse).where(RoomUse.action_id == action_id, RoomUse.outcome == Outcome.WAITING)
    return db.exec(waiting.order_by(col(RoomUse.id).desc())).first()


def ask(db: Session, action: ImprovementAction, draft: QuestionDraft, *, by: Actor) -> None:
    """The action waits for that person. The same draft twice asks once."""
    place = checking.hold(db, action, by=by)
    if known := db.get(RoomUse, draft.id):
        if (known.action_id, known.by_id) != (action.id, by.id):
            raise Conflict("action.id_taken")
        return
    if action.step in (Step.DONE, Step.TOLD):
        raise Conflict("room.done_already")
    asked = next((one for one in givers_at(db, place) if one.id == draft.of_id), None)
    if asked is None:
        raise Invalid({"of_id": "field.unknown_choice"})
    close_questions(db, action.id)
    action.room, action.room_since = Room.WAITING, now()
    action.room_from, action.room_from_id = asked.name, asked.id
    if draft.euros is not None:
        action.amount_cents = draft.cents
    action.version += 1
    waiting(db, action, place, by=by, key=draft.id, words=draft.words)
    log(db, "action.room_asked", "action", action.id, by=by, at=place.id, of=asked.id)
    db.flush()


def follow(db: Session, action: ImprovementAction, place: Location, *, by: Actor) -> None:
    """The questions after a form said whom the action waits for, or that it waits no longer."""
    close_questions(db, action.id)
    if action.room == Room.WAITING:
        waiting(db, action, place, by=by, key=new_id())
        db.flush()


def waiting(
    db: Session, action: ImprovementAction, place: Location, *, by: Actor, key: str, words: str = ""
) -> None:
    db.add(
        RoomUse(
            id=key,
            action_id=action.id,
            team_id=team_for(db, action, place, by),
            outcome=Outcome.WAITING,
            words=words,
            amount_cents=action.amount_cents,
            by_id=by.id,
            of_id=action.room_from_id,
        )
    )


def may_answer(db: Session, action: ImprovementAction, place: Location, by: Actor) -> bool:
    """The named person; any manager there when nobody is named by id, or the named one cannot give it any more."""
    if action.room != Room.WAITING:
        return False
    able = {one.id for one in givers_at(db, place)}
    if action.room_from_id in able:
        return by.id == action.room_from_id
    return by.may(Permission.LEAD_SAFARI, at=place.path)


def answer(db: Session, action: ImprovementAction, draft: AnswerDraft, *, by: Actor) -> None:
    """Yes: the team decides itself. No: it may not, and the words say why. Twice is once."""
    place = checking.hold(db, action, by=by)
    use = db.get(RoomUse, draft.use_id) if draft.use_id else None
    if use and use.answered_by_id == by.id:
        return
    if action.room != Room.WAITING or (use and use.outcome != Outcome.WAITING):
        raise Conflict("room.answered_meanwhile")
    if not may_answer(db, action, place, by):
        raise Forbidden
    if not draft.allowed and not draft.words:
        raise Invalid({"words": "room.why_not"})
    if use is None or use.action_id != action.id:
        team = team_for(db, action, place, by)
        use = RoomUse(action_id=action.id, team_id=team, by_id=by.id, outcome=Outcome.WAITING)
        use.of_id = action.room_from_id
        db.add(use)
    use.outcome = Outcome.ALLOWED if draft.allowed else Outcome.REFUSED
    use.answer, use.answered_by_id, use.answered_at = draft.words, by.id, now()
    action.room = Room.OWN if draft.allowed else Room.REFUSED
    action.room_from, action.room_from_id, action.room_since = "", None, None
    action.version += 1
    verb = "action.room_given" if draft.allowed else "action.room_refused"
    log(db, verb, "action", action.id, by=by, at=place.id)
    db.flush()
