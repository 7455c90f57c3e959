"""Rules in the way as a table: one row a rule, with what it costs as told and for how many that is known."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import String, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.access import Actor, Permission
from app.models.export.cells import Form, Kind
from app.models.export.table import Batch, Lines, as_file, batches, stored
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.rule.counting import Toll, tolls
from app.models.rule.standing import STANDING
from app.models.rule.table import Rule, RuleNote
from app.models.user.table import User

COSTS = ("customers", "minutes", "minutes_known", "euros", "euros_known", "room_used", "room_lacking")
COLUMNS = [
    *map(stored, ("id", "location_id")),
    stored("location", Kind.TEXT),
    stored("title", Kind.TEXT),
    stored("kind"),
    *(stored(name, Kind.DECIMAL if name == "euros" else Kind.PLAIN) for name in COSTS),
    stored("quotes", Kind.LIST),
    stored("view", Kind.TEXT),
    stored("owner_id"),
    stored("owner", Kind.TEXT),
    stored("decision"),
    stored("reason", Kind.TEXT),
    stored("decided_at", Kind.MOMENT),
    stored("look_again_on", Kind.MIXED),
    stored("created_by_id"),
    stored("created_by", Kind.TEXT),
    stored("created_at", Kind.MOMENT),
]


def write(db: Session, rules: SelectOfScalar[Rule], form: Form, *, by: Actor) -> Lines:
    """A table of those rules that are at a place whose data this person may take along, oldest first."""
    rows = _rows(exportable(rules, by).order_by(col(Rule.created_at), col(Rule.id)))
    return as_file(COLUMNS, _with_more(db, batches(db, rows)), form)


def exportable(rules: SelectOfScalar[Rule], by: Actor) -> SelectOfScalar[Rule]:
    return rules.where(col(Rule.location_id).in_(ids_within(by, Permission.EXPORT)))


def _rows(rules: SelectOfScalar[Rule]) -> Any:
    rule, maker = Rule, aliased(User)
    ids = (rule.id, rule.location_id, rule.owner_id, rule.created_by_id, rule.created_at)
    said = (rule.title, rule.view, rule.reason, rule.decided_at, rule.look_again_on)
    return (
        rules.with_only_columns(
            *map(col, (*ids, *said)),
            *(type_coerce(getattr(rule, name), String).label(name) for name in ("kind", "decision")),
            col(Location.name).label("location"),
            col(User.name).label("owner"),
            col(maker.name).label("created_by"),
            maintain_column_froms=True,
        )
        .join(Location, col(Location.id) == col(rule.location_id))
        .outerjoin(User, col(User.id) == col(rule.owner_id))
        .outerjoin(maker, col(maker.id) == col(rule.created_by_id))
    )


def _with_more(db: Session, found: Iterable[dict[str, Sequence[Any]]]) -> Iterator[Batch]:
    for batch in found:
        ids = batch["id"]
        counted, quotes = tolls(db, ids), _quotes_of(db, ids)
        costs = [_costs(counted[one]) for one in ids]
        batch |= {name: [cost[name] for cost in costs] for name in COSTS}
        batch["quotes"] = [quotes.get(one) for one in ids]
        yield batch


def _costs(toll: Toll) -> dict[str, Any]:
    """Nothing known is an empty cell, since 0 would say that it was free."""
    return {
        "customers": toll.customers,
        "minutes": toll.minutes if toll.minutes_known else None,
        "minutes_known": toll.minutes_known,
        "euros": Decimal(toll.cents) / 100 if toll.cents_known else None,
        "euros_known": toll.cents_known,
        "room_used": toll.used,
        "room_lacking": toll.lacking,
    }


def _quotes_of(db: Session, rule_ids: Sequence[str]) -> dict[str, list[str]]:
    said = select(RuleNote.rule_id, RuleNote.quote).join(FieldNote, STANDING)
    there = said.where(col(RuleNote.rule_id).in_(rule_ids), RuleNote.quote != "")
    found: dict[str, list[str]] = {}
    for rule_id, quote in db.exec(there.order_by(col(RuleNote.id))):
        found.setdefault(rule_id, []).append(quote)
    return found
