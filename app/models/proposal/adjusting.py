"""How many customers, in how much time: the organisation's own numbers."""

from sqlmodel import Session, col, select

from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.location.table import Location
from app.models.proposal.schemas import ProposalRules
from app.models.proposal.table import ProposalSetting
from app.models.record import put_new


def rules(db: Session) -> ProposalRules:
    found = db.exec(select(ProposalSetting)).first()
    return ProposalRules.model_validate(found) if found else ProposalRules()


def adjust(db: Session, to: ProposalRules, *, by: Actor) -> None:
    top = db.exec(select(Location.id).where(col(Location.parent_id).is_(None))).one()
    was = rules(db)
    put_new(db, ProposalSetting, [{"location_id": top, **was.model_dump()}])
    row = db.get_one(ProposalSetting, top)
    row.customers, row.days = to.customers, to.days
    if was != to:
        log(db, "proposal.rules_changed", "location", top, by=by, at=top, **to.model_dump())
    db.flush()
