"""A rule in the way gets a name, and what it is can be changed."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.errors import Conflict
from app.models.access import Actor, Permission
from app.models.audit.noting import note as log
from app.models.location.arranging import chosen
from app.models.location.table import Location
from app.models.rule import checking
from app.models.rule.schemas import RuleChanges, RuleDraft
from app.models.rule.table import Rule

COLUMNS = ("title", "kind", "view", "owner_id")


def name(db: Session, draft: RuleDraft, *, by: Actor) -> Rule:
    """At a place of the actor's choice. The same draft twice makes one rule."""
    place = chosen(db, by, draft.location_id, Permission.CHANGE_ACTION)
    return name_at(db, place, draft, by=by)


def name_at(db: Session, place: Location, draft: RuleDraft, *, by: Actor) -> Rule:
    if known := db.get(Rule, draft.id):
        return _again(known, place.id, by)
    checking.require(by, place)
    checking.check_owner(db, place, draft.owner_id)
    rule = Rule(**draft.model_dump(include={"id", *COLUMNS}), location_id=place.id, created_by_id=by.id)
    try:
        with db.begin_nested():
            db.add(rule)
    except IntegrityError:
        # The other tap of a double tap was first; PostgreSQL lets both come this far.
        return _again(db.get_one(Rule, draft.id), place.id, by)
    log(db, "rule.named", "rule", rule.id, by=by, at=place.id)
    return rule


def _again(known: Rule, location_id: str, by: Actor) -> Rule:
    if (known.created_by_id, known.location_id) != (by.id, location_id):
        raise Conflict("action.id_taken")
    return known


def change(db: Session, rule: Rule, changes: RuleChanges, *, by: Actor) -> None:
    """All fields at once. Conflict when somebody changed it meanwhile to something else than this."""
    place = checking.locked(db, rule, by=by)
    changed = [name for name in COLUMNS if getattr(rule, name) != getattr(changes, name)]
    if not changed:
        return
    if rule.version != changes.version:
        raise checking.clash(db, rule)
    checking.check_owner(db, place, changes.owner_id, was=rule.owner_id)
    for column in changed:
        setattr(rule, column, getattr(changes, column))
    rule.version += 1
    log(db, "rule.changed", "rule", rule.id, by=by, at=rule.location_id, fields=changed)
    db.flush()
