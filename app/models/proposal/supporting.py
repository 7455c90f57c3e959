"""More customers for an action that is already there: "Past hier misschien ook bij"."""

from sqlmodel import Session, col, update

from app.models.access import Actor, Permission
from app.models.action import merging
from app.models.action.table import ImprovementAction
from app.models.location.table import Location
from app.models.proposal import gathering, subjects
from app.models.proposal.offering import More
from app.models.proposal.queries import alike
from app.models.proposal.table import Proposal
from app.models.proposal.weighing import Words

MOST_NOTES = 500
SHOWN = 5


def more_for(db: Session, actor: Actor, action: ImprovementAction, place: Location) -> list[More]:
    """The newest first; nothing for who may not change it, or when it takes no more stories."""
    if not actor.may(Permission.CHANGE_ACTION, at=place.path):
        return []
    known = subjects.open_at(db, [place.id], action.id).get(place.id, [])
    if not known:
        return []
    heard = gathering.heard(db, actor, place.id, most=MOST_NOTES)
    passages = [p for p in heard.at.get(place.id, ()) if p.anchor not in heard.refused]
    words = Words(p.text for p in passages)
    found = [More(place, near, passage) for passage, near in alike(passages, known, words)]
    found.sort(key=lambda one: (one.passage.held_at, one.passage.note_id), reverse=True)
    return found[:SHOWN]


def follow(db: Session, old: str, new: str) -> None:
    """What was decided about an action holds for the one that it went into."""
    db.exec(update(Proposal).where(col(Proposal.action_id) == old).values(action_id=new))


merging.ALSO.append(follow)
