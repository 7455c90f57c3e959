"""What is put before people: a proposal, or words that an open action could also rest on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.models.action.table import ActionKind
from app.models.location.table import Location
from app.models.proposal import naming
from app.models.proposal.likening import Likeness, Subject
from app.models.proposal.shapes import Group, Passage
from app.models.proposal.table import Proposal


@dataclass(frozen=True, slots=True)
class Near:
    """An open action that is about the same, and how that shows."""

    subject: Subject
    likeness: Likeness


@dataclass(frozen=True)
class Offer:
    """A proposal: several customers say the same. `slug` and `theme` are the theme's; `refused`: the decision that it
    waited on, and `fresh` how many customers joined since."""

    place: Location
    group: Group
    slug: str
    theme: str
    near: Sequence[Near]
    refused: Proposal | None = None
    fresh: int = 0

    @property
    def key(self) -> str:
        """Its address: its first sentence. It stays when more customers join."""
        return ".".join(map(str, self.group.members[0].anchor))

    @cached_property
    def title(self) -> str:
        return naming.title_of(self.theme, self.group.quotes)

    @cached_property
    def kind(self) -> ActionKind:
        return naming.kind_of(self.slug, self.group.tone, [quote.text for quote in self.group.quotes])

    @property
    def picks(self) -> list[str]:
        return [quote.pick for quote in self.group.quotes]

    @property
    def waits(self) -> bool:
        """Somebody said "not now", and nobody new has said it."""
        return self.refused is not None and not self.fresh


@dataclass(frozen=True, slots=True)
class More:
    """Words of one customer that an open action could also rest on."""

    place: Location
    near: Near
    passage: Passage

    @property
    def key(self) -> str:
        return ".".join(map(str, self.passage.anchor))


@dataclass(frozen=True, slots=True)
class Offers:
    """`whole` is False when there were more notes in the window than are read."""

    open: Sequence[Offer] = ()
    waiting: Sequence[Offer] = ()
    more: Sequence[More] = field(default_factory=list)
    whole: bool = True
