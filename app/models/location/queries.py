from sqlalchemy import false, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.location.table import Location, LocationKind


def within(actor: Actor, permission: Permission) -> SelectOfScalar[Location]:
    """The locations where the actor may do this, as a statement to compose."""
    tops = [col(Location.path).startswith(path) for path in actor.paths(permission)]
    return select(Location).where(or_(*tops) if tops else false())


def ids_within(actor: Actor, permission: Permission) -> SelectOfScalar[str]:
    tops = [col(Location.path).startswith(path) for path in actor.paths(permission)]
    return select(Location.id).where(or_(*tops) if tops else false())


def places(db: Session, actor: Actor, permission: Permission) -> list[Location]:
    """The leaves: where a safari can be held or an action can live, by name."""
    only = within(actor, permission).where(Location.kind == LocationKind.LOCATION)
    return list(db.exec(only.order_by(col(Location.name))))


def tree(db: Session, actor: Actor, permission: Permission) -> list[Location]:
    """All nodes below the actor's tops, parents before children, children by name."""
    found = list(db.exec(within(actor, permission)))
    names = {node.id: node.name.lower() for node in found}
    return sorted(found, key=lambda node: [names.get(step, "") for step in node.path.strip("/").split("/")])


def get(db: Session, actor: Actor, location_id: str, permission: Permission) -> Location:
    """NotFound when it is not there, or not the actor's."""
    found = db.exec(within(actor, permission).where(Location.id == location_id)).first()
    if found is None:
        raise NotFound
    return found
