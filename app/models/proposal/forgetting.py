from sqlmodel import Session, col, delete, select

from app.models.proposal.table import AdviceSetAside, Proposal, ProposalSentence


def forget(db: Session, note_id: str) -> None:
    """After this nothing that was decided about proposals or advice points at the note. A decision that was about this
    note alone goes with its reason, in which somebody may have written what the customer said."""
    mine = select(ProposalSentence.proposal_id).where(ProposalSentence.note_id == note_id)
    touched = list(db.exec(mine.distinct()))
    db.exec(delete(ProposalSentence).where(col(ProposalSentence.note_id) == note_id))
    left = select(ProposalSentence.proposal_id)
    db.exec(delete(Proposal).where(col(Proposal.id).in_(touched), col(Proposal.id).not_in(left)))
    db.exec(delete(AdviceSetAside).where(col(AdviceSetAside.note_id) == note_id))
    db.flush()
