"""What people decide about a proposal. Nothing comes to be without this."""

from collections.abc import Iterable

from sqlalchemy import tuple_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from app.errors import Conflict, Invalid, NotFound
from app.models.access import Actor
from app.models.action import queries as actions
from app.models.action import raising
from app.models.action.schemas import ActionDraft
from app.models.action.table import ImprovementAction
from app.models.audit.noting import note as log
from app.models.field_note import queries as notes
from app.models.proposal import queries
from app.models.proposal.offering import Offer
from app.models.proposal.schemas import AcceptanceDraft, MergerDraft
from app.models.proposal.shapes import Anchor
from app.models.proposal.table import Proposal, ProposalSentence, ProposalState


def accept(db: Session, key: str, draft: AcceptanceDraft, *, by: Actor) -> ImprovementAction:
    """One action that rests on all the chosen sentences. The same draft twice makes one action."""
    place_id = queries.place_of(db, by, queries.anchor_of(key)[0])
    known = db.get(ImprovementAction, draft.id)
    if known:
        if known.created_by_id != by.id or known.location_id != place_id:
            raise Conflict("action.id_taken")
        return known
    offer = _offer(db, key, by)
    (first, quotes), *others = _chosen(offer, draft.quotes)
    fields = draft.model_dump(exclude={"quotes"}) | {"quotes": quotes}
    action = raising.raise_from(db, notes.get(db, by, first), ActionDraft.model_validate(fields), by=by)
    for note_id, more in others:
        raising.add_evidence(db, action, notes.get(db, by, note_id), more, by=by)
    _decide(db, offer, ProposalState.ACCEPTED, by=by, action=action)
    return action


def merge(db: Session, key: str, draft: MergerDraft, *, by: Actor) -> ImprovementAction:
    """The sentences become evidence of an action of the same place; sent twice they are added once."""
    action = actions.get(db, by, draft.action_id)
    done = _decided(db, key, by)
    if done and (done.state, done.action_id) == (ProposalState.MERGED, action.id):
        return action
    offer = _offer(db, key, by)
    for note_id, quotes in _chosen(offer, draft.quotes or offer.picks):
        raising.add_evidence(db, action, notes.get(db, by, note_id), quotes, by=by)
    _decide(db, offer, ProposalState.MERGED, by=by, action=action)
    return action


def refuse(db: Session, key: str, reason: str, *, by: Actor) -> None:
    """Not now, and why. It stays away until somebody new says it."""
    offer = _offer(db, key, by)
    if not offer.waits:
        _decide(db, offer, ProposalState.NOT_NOW, by=by, reason=reason)


def exclude(db: Session, key: str, action_id: str, *, by: Actor) -> ImprovementAction:
    """This one sentence does not belong to that action, and is offered to none any more. Twice is once."""
    action = actions.get(db, by, action_id)
    note_id, name, start = queries.anchor_of(key)
    if queries.place_of(db, by, note_id) != action.location_id:
        raise NotFound
    if _decided(db, key, by) is None:
        made = Proposal(location_id=action.location_id, state=ProposalState.NOT_NOW, decided_by_id=by.id)
        made.action_id = action.id
        _keep(db, made, [(note_id, name, start)])
        log(db, "proposal.excluded", "proposal", made.id, by=by, at=action.location_id, action=action.id)
    return action


def reconsider(db: Session, key: str, *, by: Actor) -> None:
    """Back among the open ones. Twice is once."""
    offer = queries.get(db, by, key)
    if offer.refused:
        _free(db, offer)
        log(db, "proposal.reconsidered", "proposal", offer.refused.id, by=by, at=offer.place.id)


def _offer(db: Session, key: str, by: Actor) -> Offer:
    """Conflict when somebody decided on it just before."""
    try:
        return queries.get(db, by, key)
    except NotFound:
        if _decided(db, key, by):
            raise Conflict("proposal.decided_meanwhile") from None
        raise


def _decided(db: Session, key: str, by: Actor) -> Proposal | None:
    note_id, name, start = queries.anchor_of(key)
    queries.place_of(db, by, note_id)
    sentence = db.get(ProposalSentence, (note_id, name, start))
    return db.get(Proposal, sentence.proposal_id) if sentence else None


def _chosen(offer: Offer, picks: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Note -> its chosen sentences, in the order of the proposal; Invalid without any, or with others than it has."""
    asked = set(picks)
    if not asked:
        raise Invalid({"quotes": "action.quote_missing"})
    if not asked <= set(offer.picks):
        raise Invalid({"quotes": "action.quote_unknown"})
    return [
        (quote.note_id, [quote.pick.partition("/")[2]]) for quote in offer.group.quotes if quote.pick in asked
    ]


def _decide(
    db: Session,
    offer: Offer,
    state: ProposalState,
    *,
    by: Actor,
    reason: str = "",
    action: ImprovementAction | None = None,
) -> None:
    _free(db, offer)
    made = Proposal(location_id=offer.place.id, state=state, reason=reason, decided_by_id=by.id)
    made.action_id = action.id if action else None
    _keep(db, made, sorted({passage.anchor for passage in offer.group.members}))
    detail = {"action": made.action_id} if action else {}
    log(db, f"proposal.{state}", "proposal", made.id, by=by, at=offer.place.id, **detail)


def _keep(db: Session, made: Proposal, anchors: Iterable[Anchor]) -> None:
    try:
        with db.begin_nested():
            db.add(made)
            db.flush()
            db.add_all(
                ProposalSentence(note_id=note, field=name, start=start, proposal_id=made.id)
                for note, name, start in anchors
            )
    except IntegrityError:
        # Somebody decided at the same moment; PostgreSQL lets both come this far.
        raise Conflict("proposal.decided_meanwhile") from None


def _free(db: Session, offer: Offer) -> None:
    """Takes back what was decided about these sentences before."""
    anchors = [passage.anchor for passage in offer.group.members]
    key = tuple_(col(ProposalSentence.note_id), col(ProposalSentence.field), col(ProposalSentence.start))
    db.exec(delete(ProposalSentence).where(key.in_(anchors)))
    left = select(ProposalSentence.proposal_id)
    db.exec(
        delete(Proposal).where(col(Proposal.location_id) == offer.place.id, col(Proposal.id).not_in(left))
    )
    db.flush()
