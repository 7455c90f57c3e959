"""The board: how many cards each step has, and the first of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, literal, tuple_
from sqlmodel import Session, col

from app.errors import Invalid
from app.models.access import Actor
from app.models.action import queries
from app.models.action.filter import ActionFilter
from app.models.action.table import ImprovementAction, Step
from app.models.board.archive import archived
from app.models.board.cards import Card, first_cards
from app.models.paging import cursor_of, keys_of

MOST = 50
STEPS = (Step.NEW, Step.CHOSEN, Step.DOING, Step.DONE)
QUIET = (Step.TOLD, Step.NOT_NOW)


@dataclass(frozen=True, slots=True)
class Column:
    """`next` is the cursor of what comes below, if anything does. A folded column shows its count only."""

    step: Step
    count: int
    cards: Sequence[Card]
    next: str | None
    folded: bool = False


def board(
    db: Session, actor: Actor, only: ActionFilter, *, opened: Iterable[Step | None] = ()
) -> list[Column]:
    """All six steps in their order; the two quiet ones folded unless opened."""
    return touched(db, actor, only, [*STEPS, *QUIET], opened=opened)


def touched(
    db: Session,
    actor: Actor,
    only: ActionFilter,
    steps: Iterable[Step],
    *,
    opened: Iterable[Step | None] = (),
) -> list[Column]:
    """Some columns of the board."""
    wanted = [step for step in (*STEPS, *QUIET) if step in set(steps)]
    unfolded = [step for step in wanted if step in STEPS or step in set(opened)]
    counts = count(db, actor, only)
    cards = first_cards(db, actor, only, unfolded, MOST + 1) if unfolded else []
    return [
        _column(step, counts.get(step, 0), [c for c in cards if c.action.step == step], step not in unfolded)
        for step in wanted
    ]


def more(db: Session, actor: Actor, only: ActionFilter, step: Step, after: str) -> Column:
    """The cards of one step below a cursor."""
    position, last = keys_of(after, 2)
    edge = tuple_(literal(_number(position)), literal(last))
    below = tuple_(col(ImprovementAction.position), col(ImprovementAction.id)) > edge
    cards = first_cards(db, actor, only, [step], MOST + 1, below)
    return _column(step, count(db, actor, only).get(step, 0), cards)


def steps_of(db: Session, actor: Actor, action_ids: Collection[str]) -> set[Step]:
    """The steps in which these lie, as far as the actor may read those boards."""
    if not action_ids:
        return set()
    there = queries.visible_to(actor).where(col(ImprovementAction.id).in_(action_ids))
    return set(db.scalars(there.with_only_columns(col(ImprovementAction.step)).distinct()))


def count(db: Session, actor: Actor, only: ActionFilter) -> dict[Step, int]:
    """Step -> how many, for all that the filter lets through."""
    matching = queries.matching(actor, only).with_only_columns(col(ImprovementAction.step), func.count())
    matching = matching.where(~archived())
    rows = db.execute(matching.group_by(col(ImprovementAction.step))).all()
    return {row[0]: row[1] for row in rows}


def _column(step: Step, total: int, cards: Sequence[Card], folded: bool = False) -> Column:
    shown = cards[:MOST]
    last = shown[-1].action if len(cards) > MOST else None
    cursor = cursor_of(repr(last.position), last.id) if last else None
    return Column(step, total, shown, cursor, folded)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as unreadable:
        raise Invalid({"cursor": "cursor.unreadable"}) from unreadable
