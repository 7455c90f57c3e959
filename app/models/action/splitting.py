"""One action that turns out to be two: chosen words go to a new one, the rest stays."""

from sqlmodel import Session, col, select

from app.errors import Invalid
from app.models.access import Actor
from app.models.action import checking, queries, raising
from app.models.action.schemas import ActionDraft, SplitDraft
from app.models.action.table import Evidence, ImprovementAction
from app.models.audit.noting import note as log


def split(db: Session, action: ImprovementAction, draft: SplitDraft, *, by: Actor) -> ImprovementAction:
    """The new action, on top of Nieuw. Something must go and something must stay. The same draft twice splits once."""
    if known := db.get(ImprovementAction, draft.id):
        return raising.same(known, action.location_id, by)
    place = checking.hold(db, action, by=by)
    grounds = {ground.evidence.id for ground in queries.evidence_of(db, action.id)}
    chosen = set(draft.evidence_ids)
    if not chosen or not chosen <= grounds:
        raise Invalid({"evidence_ids": "action.split_nothing"})
    if chosen == grounds:
        raise Invalid({"evidence_ids": "action.split_all"})
    teams = [team.id for team in queries.teams_of(db, action.id)]
    fields = {"id": draft.id, "title": draft.title, "kind": draft.kind or action.kind, "team_ids": teams}
    made = raising.put_on_board(db, ActionDraft.model_validate(fields), place, by=by)
    if made is None:
        return raising.same(db.get_one(ImprovementAction, draft.id), action.location_id, by)
    for one in db.exec(select(Evidence).where(col(Evidence.id).in_(chosen))):
        one.action_id = made.id
    action.version += 1
    log(db, "action.split", "action", action.id, by=by, at=place.id, into=made.id, quotes=len(chosen))
    log(db, "action.split_off", "action", made.id, by=by, at=place.id, action=action.id, quotes=len(chosen))
    db.flush()
    return made
