"""Several cards at once: moved, given to somebody, or both, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from sqlmodel import Session, col

from app.clock import now
from app.errors import Conflict, Fault, Forbidden, Invalid
from app.models.access import Actor
from app.models.action import arranging, checking, queries
from app.models.action.clashing import clash
from app.models.action.schemas import Placement
from app.models.action.table import ImprovementAction, Step
from app.models.audit.noting import note as log

Picked = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{1,36}:\d{1,9}$")]
"""A card as it was on the screen: "id:version"."""


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class ManyDraft(BaseModel):
    """What happens to all of them: a step, an owner, or both."""

    model_config = ConfigDict(str_strip_whitespace=True)

    cards: Annotated[list[Picked], Field(min_length=1, max_length=100), BeforeValidator(_as_list)]
    step: Step | None = None
    owner_id: str | None = Field(default=None, max_length=36)
    reason: Annotated[str, Field(max_length=500)] = ""

    @model_validator(mode="after")
    def does_something(self) -> "ManyDraft":
        if not self.step and not self.owner_id:
            raise ValueError("action.nothing_chosen")
        return self


@dataclass(frozen=True, slots=True)
class Refusal:
    """A card that stayed as it was, and why."""

    action: ImprovementAction
    fault: Fault


@dataclass(frozen=True, slots=True)
class Outcome:
    done: Sequence[ImprovementAction]
    refused: Sequence[Refusal]
    gone: int = 0
    """Cards that are not there, or not this person's to see."""


def arrange(db: Session, draft: ManyDraft, *, by: Actor) -> Outcome:
    """All that can be done is done, and of each card that could not it is told why. Invalid for "not now" without a
    reason. The cards keep their order; the same form twice does it once."""
    if draft.step == Step.NOT_NOW and not draft.reason:
        raise Invalid({"reason": "action.reason_missing"})
    done: dict[str, ImprovementAction] = {}
    refused: list[Refusal] = []
    picked = dict(_parsed(draft.cards))
    there = _locked(db, picked, by)
    for action_id, version in reversed(picked.items()):
        if not (action := there.get(action_id)):
            continue
        try:
            with db.begin_nested():
                _arrange(db, action, version, draft, by)
        except (Conflict, Forbidden) as problem:
            refused.append(Refusal(action, (problem.code, problem.details)))
        except Invalid as problem:
            refused.append(Refusal(action, next(iter(problem.fields.values()))))
        else:
            done[action.id] = action
    return Outcome([done[key] for key in picked if key in done], refused[::-1], len(picked) - len(there))


def _locked(db: Session, action_ids: Iterable[str], by: Actor) -> dict[str, ImprovementAction]:
    """In the order of their ids, so that two of these at once never wait for each other."""
    wanted = queries.visible_to(by).where(col(ImprovementAction.id).in_(list(action_ids)))
    found = db.exec(wanted.order_by(col(ImprovementAction.id)).with_for_update())
    return {action.id: action for action in found}


def _parsed(cards: Iterable[str]) -> Iterable[tuple[str, int]]:
    for card in cards:
        action_id, _, version = card.partition(":")
        yield action_id, int(version)


def _arrange(db: Session, action: ImprovementAction, version: int, draft: ManyDraft, by: Actor) -> None:
    if draft.step and draft.step != action.step:
        arranging.place(db, action, Placement(step=draft.step, version=version, reason=draft.reason), by=by)
        version = action.version
    if draft.owner_id and draft.owner_id != action.owner_id:
        _give(db, action, version, draft.owner_id, by)


def _give(db: Session, action: ImprovementAction, version: int, owner_id: str, by: Actor) -> None:
    """Conflict when the card changed meanwhile; Invalid when that person does not work there."""
    place = queries.place_of(db, action)
    checking.require(by, place)
    if action.version != version:
        raise clash(db, action)
    if owner_id not in {person.id for person in queries.people_at(db, place)}:
        raise Invalid({"owner_id": "action.owner_elsewhere"})
    action.owner_id = owner_id
    action.version += 1
    action.stirred_at = now()
    log(db, "action.changed", "action", action.id, by=by, at=action.location_id, fields=["owner_id"])
    db.flush()
