"""The sentences of the last weeks that nobody did anything about yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import now
from app.models.access import Actor, Permission
from app.models.action.standing import STANDING
from app.models.action.table import Evidence
from app.models.field_note.queries import visible_to
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.location.queries import ids_within
from app.models.proposal.adjusting import rules
from app.models.proposal.passages import passages
from app.models.proposal.shapes import Anchor, Passage
from app.models.proposal.table import Proposal, ProposalSentence, ProposalState
from app.models.tag.table import Tag

MOST_NOTES = 2000
"""The newest so many are read: enough for a busy place in two months, and never a slow page."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The sentences of each place that labels rest on and no action does; what was decided about some; `whole` is
    False when there were more notes than are read."""

    at: Mapping[str, Sequence[Passage]]
    refused: Mapping[Anchor, Proposal]
    whole: bool = True


def heard(db: Session, actor: Actor, location_id: str | None = None, *, most: int | None = None) -> Heard:
    """Of notes within the window, at places where the actor may change actions."""
    most = most or MOST_NOTES
    notes = _notes(actor, now() - timedelta(days=rules(db).days), location_id).limit(most)
    columns = (
        col(FieldNote.id), col(FieldNote.location_id), col(FieldNote.held_at),
        col(FieldNote.answers), col(FieldNote.sentiment),
    )  # fmt: skip
    rows = db.execute(notes.with_only_columns(*columns)).all()
    labels = _labels(db, notes.with_only_columns(col(FieldNote.id)).subquery())
    decided = _decided(db, {row.location_id for row in rows})
    bound = _bound(db, {row.location_id for row in rows})
    at: dict[str, list[Passage]] = {}
    for row in rows:
        there = at.setdefault(row.location_id, [])
        for passage in passages(row, labels.get(row.id, ())):
            state = decided[passage.anchor].state if passage.anchor in decided else None
            if state in (None, ProposalState.NOT_NOW) and not _rests(passage, bound):
                there.append(passage)
    refused = {anchor: one for anchor, one in decided.items() if one.state == ProposalState.NOT_NOW}
    return Heard(at, refused, len(rows) < most)


def _notes(actor: Actor, since: datetime, location_id: str | None) -> SelectOfScalar[FieldNote]:
    found = visible_to(actor).where(
        col(FieldNote.location_id).in_(ids_within(actor, Permission.CHANGE_ACTION)),
        col(FieldNote.held_at) >= since,
        col(FieldNote.declined).is_(False),
    )
    if location_id:
        found = found.where(FieldNote.location_id == location_id)
    return found.order_by(col(FieldNote.held_at).desc(), col(FieldNote.id).desc())


def _labels(db: Session, notes: Any) -> dict[str, list[Any]]:
    """Note -> its labels that nobody rejected, of themes that are in use."""
    found = (
        select(Tagging.note_id, Tagging.tag_id, Tagging.sentiment, Tagging.spans)
        .join(Tag, col(Tag.id) == col(Tagging.tag_id))
        .where(
            col(Tagging.note_id).in_(select(notes.c.id)),
            col(Tagging.state) != TaggingState.REJECTED,
            col(Tag.active),
        )
    )
    labels: dict[str, list[Any]] = {}
    for row in db.execute(found):
        labels.setdefault(row.note_id, []).append(row)
    return labels


def _decided(db: Session, location_ids: set[str]) -> dict[Anchor, Proposal]:
    rows = db.exec(
        select(ProposalSentence, Proposal)
        .join(Proposal, col(Proposal.id) == col(ProposalSentence.proposal_id))
        .where(col(Proposal.location_id).in_(location_ids))
    )
    return {(sentence.note_id, sentence.field, sentence.start): proposal for sentence, proposal in rows}


def _bound(db: Session, location_ids: set[str]) -> dict[tuple[str, str], list[str]]:
    """Note and field -> the quotes that an action rests on already."""
    rows = db.exec(
        select(Evidence.note_id, Evidence.field, Evidence.quote)
        .join(FieldNote, STANDING)
        .where(col(FieldNote.location_id).in_(location_ids), Evidence.quote != "")
    )
    found: dict[tuple[str, str], list[str]] = {}
    for note_id, name, quote in rows:
        found.setdefault((note_id, name), []).append(quote)
    return found


def _rests(passage: Passage, bound: Mapping[tuple[str, str], Sequence[str]]) -> bool:
    quotes = bound.get((passage.note_id, passage.field), ())
    return any(passage.text in quote or quote in passage.text for quote in quotes)
