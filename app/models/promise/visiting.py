"""What a customer finds behind their own link: their words, what they were told, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from app.clock import now
from app.errors import NotFound
from app.models.action.table import Evidence, ImprovementAction, Step
from app.models.field_note.table import FieldNote
from app.models.field_note.wording import texts_of
from app.models.location.table import Location
from app.models.promise import queries
from app.models.promise.schemas import AnswerDraft
from app.models.promise.table import CustomerAnswer, CustomerLink, Promise, Reply
from app.models.user.actors import digest

FINISHED = (Step.DONE, Step.TOLD)
BEGUN = {Step.NEW: "waiting", Step.CHOSEN: "waiting", Step.DOING: "doing", Step.NOT_NOW: "cannot"}


@dataclass(frozen=True, slots=True)
class Deed:
    """One action as its customer may see it: `how_far` is waiting, doing, done or cannot; `text` is meant for them."""

    action: ImprovementAction
    text: str
    answer: CustomerAnswer | None

    @property
    def how_far(self) -> str:
        return BEGUN.get(self.action.step, "done")


@dataclass(frozen=True, slots=True)
class Visit:
    note: FieldNote
    place: Location
    said: Sequence[str]
    promises: Sequence[Promise]
    deeds: Sequence[Deed]
    answer: CustomerAnswer | None


def by_token(db: Session, token: str, *, lock: bool = False) -> FieldNote:
    """The same NotFound for a link that was guessed, ran out, was revoked, or whose customer took all of it back.
    `lock`: what this link does waits for each other."""
    wanted = (
        select(CustomerLink, FieldNote)
        .join(FieldNote, col(FieldNote.id) == col(CustomerLink.note_id))
        .where(
            CustomerLink.token_hash == digest(token),
            col(CustomerLink.revoked_at).is_(None),
            col(CustomerLink.expires_at) > now(),
            col(FieldNote.erased_at).is_(None),
        )
    )
    found = db.exec(wanted.with_for_update(of=CustomerLink) if lock else wanted).first()
    if found is None:
        raise NotFound("link.gone")
    return found[1]


def visit(db: Session, token: str) -> Visit:
    note = by_token(db, token)
    answers = {
        answer.action_id: answer
        for answer in db.exec(select(CustomerAnswer).where(CustomerAnswer.note_id == note.id))
    }
    return Visit(
        note,
        db.get_one(Location, note.location_id),
        own_words(note),
        queries.of_note(db, note.id),
        [Deed(action, text or "", answers.get(action.id)) for action, text in _actions(db, note.id)],
        answers.get(None),
    )


def own_words(note: FieldNote) -> list[str]:
    """Only what the customer said themselves, word for word."""
    return [
        text for name, text in texts_of(note.answers).items() if note.answers[name].get("literal") is True
    ]


def answer(db: Session, token: str, action_id: str | None, draft: AnswerDraft) -> None:
    """The last answer counts. NotFound for an action that this customer has nothing to do with, or is not done."""
    note = by_token(db, token, lock=True)
    done = {action.id for action, _ in _actions(db, note.id) if action.step in FINISHED}
    if action_id is not None and action_id not in done:
        raise NotFound("link.gone")
    known = db.exec(
        select(CustomerAnswer).where(
            CustomerAnswer.note_id == note.id, col(CustomerAnswer.action_id) == action_id
        )
    ).first()
    given = known or CustomerAnswer(note_id=note.id, action_id=action_id, changed_at=now())
    given.word, given.changed_at = draft.word, now()
    if action_id is not None:
        given.helped = None if draft.helped is None else draft.helped == "yes"
    db.add(given)
    db.flush()


def _actions(db: Session, note_id: str) -> Sequence[tuple[ImprovementAction, str | None]]:
    rests = select(Evidence.action_id).where(Evidence.note_id == note_id)
    told = select(Promise.action_id).where(Promise.note_id == note_id, col(Promise.action_id).is_not(None))
    return db.exec(
        select(ImprovementAction, Reply.text)
        .outerjoin(Reply, col(Reply.action_id) == col(ImprovementAction.id))
        .where(or_(col(ImprovementAction.id).in_(rests), col(ImprovementAction.id).in_(told)))
        .order_by(col(ImprovementAction.id))
    ).all()
