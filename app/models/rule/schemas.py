"""What comes in about rules: from a form and from JSON alike."""

import re
from datetime import date
from decimal import Decimal as Amount
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from app.clock import new_id
from app.models.field_note.picking import Id, Pick
from app.models.field_note.schemas import without_nul
from app.models.rule.table import Decision, RoomTold, RuleKind

AMOUNT = re.compile(r"(\d{1,6}|\d{1,3}(?:\.\d{3})+)(?:[.,](\d{1,2}|-))?")
DAY = 24 * 60
MOST_EUROS = 100_000


def _amount(value: object) -> object:
    """As people type it: 35, 12,50, € 1.250,00 or 35,-."""
    if not isinstance(value, str):
        return value
    found = AMOUNT.fullmatch(value.replace("€", "").replace("EUR", "").strip())
    if found is None:
        raise ValueError("rule.euros_unreadable")
    return Amount(found[1].replace(".", "") + "." + (found[2] or "0").replace("-", "0"))


Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=160), AfterValidator(without_nul)
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), AfterValidator(without_nul)]
Euros = Annotated[Amount, BeforeValidator(_amount), Field(ge=0, le=MOST_EUROS, decimal_places=2)]


class RuleFields(BaseModel):
    """What a person can say about a rule. `view`: what employees think of it."""

    title: Title
    kind: RuleKind = RuleKind.RULE
    view: Text = ""
    owner_id: str | None = Field(default=None, max_length=36)


class RuleDraft(RuleFields):
    """`id` is made where the rule is made, so that sending twice makes one."""

    id: Id = Field(default_factory=new_id)
    location_id: str = Field(max_length=36)


class RuleChanges(RuleFields):
    """All fields as they should become; `version` is the one that was on the screen."""

    version: int


class DecisionDraft(BaseModel):
    """What is to be done with a rule, why, and when to look at it again. Keeping it needs a reason."""

    decision: Decision
    reason: Text = ""
    look_again_on: date | None = None
    version: int


class MeetingDraft(BaseModel):
    """How one customer met a rule: `quote` is a place in the note, "field:start-end" in characters; `minutes` and
    `euros` are what it cost, as that customer told it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    quote: Pick | None = None
    minutes: int | None = Field(default=None, ge=0, le=DAY)
    euros: Euros | None = None
    room: RoomTold | None = None

    @property
    def cents(self) -> int | None:
        return None if self.euros is None else int(self.euros * 100)


class Dismissal(BaseModel):
    """`quote` is the pick of the sentence; `from_register` where the person said it, to lead back there."""

    quote: str = Field(max_length=90)
    from_register: bool = False


class NamedRule(MeetingDraft):
    """From a note: a rule of the same place that is there, by `rule_id`, else a new one with this name."""

    id: Id = Field(default_factory=new_id)
    rule_id: str | None = Field(default=None, max_length=36)
    title: Title | None = None
    kind: RuleKind = RuleKind.RULE
    view: Text = ""


class MergerDraft(BaseModel):
    into_id: str = Field(max_length=36)


class LinkDraft(BaseModel):
    action_id: str = Field(max_length=36)
