"""May this person change the rule, and does what was filled in fit the place?"""

from sqlmodel import Session, col, select

from app.errors import Conflict, Forbidden, Invalid
from app.models.access import Actor, Permission
from app.models.audit.table import AuditEntry
from app.models.location.table import Location
from app.models.rule import queries
from app.models.rule.table import Rule
from app.models.user.working import people_at


def require(actor: Actor, place: Location) -> None:
    """Forbidden for who may see the rules there and not change them."""
    if not actor.may(Permission.CHANGE_ACTION, at=place.path):
        raise Forbidden


def locked(db: Session, rule: Rule, *, by: Actor) -> Location:
    """The rule as it is now, nobody else changing it meanwhile, and its place. Conflict when it was merged away."""
    place = queries.place_of(db, rule)
    require(by, place)
    db.refresh(rule, with_for_update=True)
    if rule.merged_into_id:
        raise Conflict("rule.merged_away")
    return place


def check_owner(db: Session, place: Location, owner_id: str | None, *, was: str | None = None) -> None:
    """Who was already asked may have left meanwhile."""
    if owner_id and owner_id != was and owner_id not in {one.id for one in people_at(db, place)}:
        raise Invalid({"owner_id": "field.unknown_choice"})


def clash(db: Session, rule: Rule) -> Conflict:
    """The Conflict that names who changed it last."""
    mine = select(AuditEntry).where(AuditEntry.subject_kind == "rule", AuditEntry.subject_id == rule.id)
    last = db.exec(mine.order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc()).limit(1)).first()
    if last is None:
        return Conflict("action.somebody_was_first")
    return Conflict("action.changed_meanwhile", who=last.actor_name.split(" ")[0])
