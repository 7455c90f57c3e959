"""The open actions of a place, as far as they say what they are about."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from app.models.action.queries import OPEN
from app.models.action.standing import STANDING
from app.models.action.table import Evidence, ImprovementAction
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.proposal.likening import Subject, tone_of


def open_at(
    db: Session, location_ids: Collection[str], action_id: str | None = None
) -> dict[str, list[Subject]]:
    """Place -> its open actions, the newest first; one of them if asked. As many questions for any number."""
    wanted = select(ImprovementAction).where(
        col(ImprovementAction.location_id).in_(location_ids),
        col(ImprovementAction.step).in_(OPEN),
        col(ImprovementAction.merged_into_id).is_(None),
    )
    if action_id:
        wanted = wanted.where(ImprovementAction.id == action_id)
    actions = db.exec(wanted.order_by(col(ImprovementAction.id).desc())).all()
    ids = [action.id for action in actions]
    quotes: dict[str, list[str]] = {}
    for key, quote in db.exec(
        select(Evidence.action_id, Evidence.quote)
        .join(FieldNote, STANDING)
        .where(col(Evidence.action_id).in_(ids), Evidence.quote != "")
        .order_by(col(Evidence.id))
    ):
        quotes.setdefault(key, []).append(quote)
    themes = _themes(db, ids)
    found: dict[str, list[Subject]] = {}
    for action in actions:
        texts = [action.title, *quotes.get(action.id, ())]
        subject = Subject(action.id, action.title, tone_of(action.kind), themes.get(action.id, set()), texts)
        found.setdefault(action.location_id, []).append(subject)
    return found


def _themes(db: Session, action_ids: Collection[str]) -> dict[str, set[str]]:
    """Action -> the themes of the notes that it rests on."""
    rows = db.exec(
        select(Evidence.action_id, Tagging.tag_id)
        .join(FieldNote, STANDING)
        .join(Tagging, col(Tagging.note_id) == col(Evidence.note_id))
        .where(col(Evidence.action_id).in_(action_ids), col(Tagging.state) != TaggingState.REJECTED)
        .distinct()
    )
    themes: dict[str, set[str]] = {}
    for action_id, tag_id in rows:
        themes.setdefault(action_id, set()).add(tag_id)
    return themes
