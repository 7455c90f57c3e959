from typing import Annotated

from fastapi import Query

from app.models.access import Actor, Permission
from app.models.action.as_json import ActionOut
from app.models.action.as_json import shown as shown_actions
from app.models.proposal import deciding, queries
from app.models.proposal.as_json import ProposalOut, shown
from app.models.proposal.schemas import AcceptanceDraft, MergerDraft, RejectionDraft
from app.routers.api.shared import WRITING, PageOut, api_router
from app.routers.dependencies import Db, may

router = api_router("proposals", "actions")
Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


@router.get("", summary="What several customers at one place say alike")
def index(
    db: Db, actor: Changer, location: Annotated[str, Query(max_length=36)] = ""
) -> PageOut[ProposalOut]:
    """Where you may change actions; first what is open, most customers first, then what was refused."""
    found = queries.offers(db, actor, location or None)
    return PageOut(items=[shown(offer) for offer in (*found.open, *found.waiting)])


@router.post("/{proposal_key}/acceptance", status_code=201, summary="Make it an action", responses=WRITING)
def accept(db: Db, actor: Changer, proposal_key: str, draft: AcceptanceDraft) -> ActionOut:
    """`quotes` are the `pick` of each sentence it will rest on. The same `id` again gives the same action."""
    action = deciding.accept(db, proposal_key, draft, by=actor)
    db.flush()
    return shown_actions(db, actor, [action])[0]


@router.post("/{proposal_key}/merger", status_code=201, summary="Add it to an action", responses=WRITING)
def merge(db: Db, actor: Changer, proposal_key: str, draft: MergerDraft) -> ActionOut:
    """Without `quotes` all its sentences become evidence."""
    action = deciding.merge(db, proposal_key, draft, by=actor)
    db.flush()
    return shown_actions(db, actor, [action])[0]


@router.post("/{proposal_key}/rejection", status_code=204, summary="Not now, and why", responses=WRITING)
def refuse(db: Db, actor: Changer, proposal_key: str, draft: RejectionDraft) -> None:
    """It stays away until somebody new says it."""
    deciding.refuse(db, proposal_key, draft.reason, by=actor)
