from sqlalchemy import or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.location.queries import ids_within
from app.models.safari.table import Safari, SafariParticipant, SafariState


def joined_by(actor: Actor) -> SelectOfScalar[str]:
    return select(SafariParticipant.safari_id).where(SafariParticipant.user_id == actor.id)


def visible_to(actor: Actor) -> SelectOfScalar[Safari]:
    """Safaris at the actor's own locations, and those the actor leads or joined."""
    return select(Safari).where(
        or_(
            col(Safari.location_id).in_(ids_within(actor, Permission.READ_NOTE)),
            col(Safari.leader_id) == actor.id,
            col(Safari.id).in_(joined_by(actor)),
        )
    )


def get(db: Session, actor: Actor, safari_id: str) -> Safari:
    found = db.exec(visible_to(actor).where(Safari.id == safari_id)).first()
    if found is None:
        raise NotFound
    return found


def running_for(db: Session, actor: Actor) -> Safari | None:
    """The running safari that the actor leads or joined; the newest when there are more."""
    mine = or_(col(Safari.leader_id) == actor.id, col(Safari.id).in_(joined_by(actor)))
    running = select(Safari).where(mine, Safari.state == SafariState.RUNNING)
    return db.exec(running.order_by(col(Safari.started_at).desc()).limit(1)).first()
