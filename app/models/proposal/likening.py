"""Is this sentence about what that action is about? Pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from app.models.action.table import ActionKind
from app.models.proposal.shapes import Passage
from app.models.proposal.stems import root, stems_of
from app.models.proposal.weighing import Vector, Words, same

CLOSE, COVERED, ABOUT = 0.4, 0.6, 0.45


@dataclass(frozen=True)
class Subject:
    """An action in words: its title and its quotes. `core` are the words that return in at least two of those,
    `amounts` the ones among them that are money."""

    id: str
    title: str
    tone: str
    tag_ids: Collection[str]
    texts: Sequence[str]
    known: frozenset[str] = field(init=False)
    core: frozenset[str] = field(init=False)
    amounts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        returning = Counter(stem for text in self.texts for stem in stems_of(text))
        object.__setattr__(self, "known", frozenset(returning))
        core = frozenset(stem for stem, many in returning.items() if many > 1)
        object.__setattr__(self, "core", core)
        object.__setattr__(self, "amounts", frozenset(stem for stem in core if stem[0] == "€"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """0..1, and the words in which they meet, as the customer said them."""

    score: float
    words: Sequence[str]


def tone_of(kind: ActionKind) -> str:
    return "positive" if kind == ActionKind.KEEP else "critical"


def liken(passage: Passage, subject: Subject, words: Words) -> Likeness | None:
    """None when it is about something else: another tone, another theme (unless they name one amount), too few words
    in common."""
    same_theme = passage.tag_id in subject.tag_ids
    if passage.tone != subject.tone or not (same_theme or subject.amounts):
        return None
    vector = words.vector(passage.text)
    shared = vector.keys() & subject.known
    if not shared:
        return None
    heart = shared & subject.core
    one_amount = not subject.amounts.isdisjoint(heart)
    if not (same_theme or one_amount):
        return None
    covered = sum(vector[stem] ** 2 for stem in shared)
    closest = max(_cosine(vector, words.vector(text)) for text in subject.texts)
    about = one_amount or (heart and sum(vector[stem] ** 2 for stem in heart) >= ABOUT)
    meets = same(vector, dict.fromkeys(subject.known, 1.0)) and (closest >= CLOSE or covered >= COVERED)
    if not (about or meets):
        return None
    met = {root(stem) for stem in shared}
    said = {root(stem): word for stem, word in stems_of(passage.text).items() if root(stem) in met}
    return Likeness(round(max(closest, covered), 3), list(said.values())[:4])


def _cosine(one: Vector, other: Vector) -> float:
    return sum(weight * other.get(stem, 0.0) for stem, weight in one.items())
