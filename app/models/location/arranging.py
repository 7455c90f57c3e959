"""The tree of places: what is added below what, what it is called, and when it may go."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from app.clock import new_id
from app.errors import Invalid, NotFound
from app.models.access import Actor, Permission
from app.models.audit.noting import note
from app.models.location import queries
from app.models.location.schemas import LocationChanges, LocationDraft
from app.models.location.table import Location, LocationKind


def place(db: Session, name: str, kind: LocationKind, *, below: Location | None) -> Location:
    """A new node, without asking who: for the first start and for commands."""
    own = new_id()
    made = Location(
        id=own,
        parent_id=below.id if below else None,
        kind=kind,
        name=name,
        path=f"{below.path if below else '/'}{own}/",
    )
    db.add(made)
    db.flush()
    return made


def add(db: Session, draft: LocationDraft, *, by: Actor) -> Location:
    parent = chosen(db, by, draft.parent_id, Permission.MANAGE_PEOPLE, field="parent_id")
    if parent.kind == LocationKind.LOCATION:
        raise Invalid({"parent_id": "location.no_parent"})
    if draft.kind == LocationKind.ORGANISATION:
        raise Invalid({"kind": "field.unknown_choice"})
    _check_name(db, draft.name, parent.id)
    made = place(db, draft.name, draft.kind, below=parent)
    note(db, "location.added", "location", made.id, by=by, at=made.id)
    return made


def rename(db: Session, location: Location, changes: LocationChanges, *, by: Actor) -> None:
    _check_name(db, changes.name, location.parent_id, besides=location.id)
    location.name = changes.name
    note(db, "location.renamed", "location", location.id, by=by, at=location.id)


def remove(db: Session, location: Location, *, by: Actor) -> None:
    """Invalid while anything hangs below it: the foreign keys know what, also of concepts above this one."""
    if location.parent_id is None:
        raise Invalid({"form": "location.root"})
    try:
        with db.begin_nested():
            db.delete(location)
            db.flush()
    except IntegrityError as used:
        raise Invalid({"form": "location.not_empty"}) from used
    note(db, "location.removed", "location", location.id, by=by, at=location.parent_id)


def chosen(
    db: Session, actor: Actor, location_id: str, permission: Permission, *, field: str = "location_id"
) -> Location:
    """A place picked in a form; when it is not there or not the actor's, the field says so."""
    try:
        return queries.get(db, actor, location_id, permission)
    except NotFound:
        raise Invalid({field: "field.unknown_choice"}) from None


def _check_name(db: Session, name: str, parent_id: str | None, besides: str = "") -> None:
    same = select(Location.id).where(
        col(Location.parent_id) == parent_id,
        func.lower(Location.name) == name.lower(),
        Location.id != besides,
    )
    if db.exec(same).first():
        raise Invalid({"name": "location.name_taken"})
