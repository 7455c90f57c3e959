"""What customers answered through their own link: that an action helped them, or that it did not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_
from sqlmodel import Session, col, select

from app.models.action.table import ImprovementAction
from app.models.consent.table import Consent, Purpose
from app.models.field_note.table import FieldNote
from app.models.promise.publishing import AGREED
from app.models.promise.table import CustomerAnswer
from app.models.promise.visiting import FINISHED


@dataclass(slots=True)
class Thanks:
    """How many said the one and how many the other; `words` of the first, who agreed to be quoted, newest first."""

    helped: int = 0
    not_helped: int = 0
    words: list[str] = field(default_factory=list)

    @property
    def more_helped(self) -> bool:
        return self.helped > self.not_helped


def thanks(db: Session, action_ids: Iterable[str]) -> dict[str, Thanks]:
    """Action -> what its customers said; none for an action about which nobody did."""
    quotable = and_(*AGREED)  # type: ignore[arg-type]
    said = _said(CustomerAnswer, quotable).where(col(CustomerAnswer.action_id).in_(list(action_ids)))
    found: dict[str, Thanks] = {}
    for answer, agreed in db.execute(said.order_by(col(CustomerAnswer.changed_at).desc())):
        about = found.setdefault(answer.action_id, Thanks())
        about.helped += answer.helped
        about.not_helped += not answer.helped
        if answer.helped and answer.word and agreed:
            about.words.append(answer.word)
    return found


def thanked() -> Select[Any]:
    """Ids of actions of which a customer said that it helped."""
    return _said(CustomerAnswer.action_id).where(col(CustomerAnswer.helped).is_(True))


def _said(*what: object) -> Select[Any]:
    """Answers about what is done, of customers who took nothing back."""
    gone = select(Consent.note_id).where(
        Consent.purpose == Purpose.LINK, col(Consent.withdrawn_at).is_not(None)
    )
    return (
        select(*what)  # type: ignore[call-overload]
        .select_from(CustomerAnswer)
        .join(FieldNote, col(FieldNote.id) == col(CustomerAnswer.note_id))
        .join(ImprovementAction, col(ImprovementAction.id) == col(CustomerAnswer.action_id))
        .where(
            col(CustomerAnswer.helped).is_not(None),
            col(ImprovementAction.step).in_(FINISHED),
            col(FieldNote.erased_at).is_(None),
            col(FieldNote.id).not_in(gone),
        )
    )
