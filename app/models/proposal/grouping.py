"""Who says the same? Sentences of one theme and one tone that are alike in words, brought together. Pure: the same
sentences always give the same groups.

Two sentences are alike when the angle between their words is small, a rare word weighing more than a common one and an
amount most of all, and when they share two words or one amount: a theme alone brings nothing together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt

from app.models.proposal.stems import boost, root, stems_of

ALIKE = 0.4
Anchor = tuple[str, str, int]
"""Which sentence: note, field, and where it begins."""
Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a note, characters start to end of its field, with what a label marked in it (counted from the
    sentence's own start). `tone` is "positive" or "critical"."""

    note_id: str
    held_at: datetime
    tag_id: str
    tone: str
    field: str
    start: int
    end: int
    text: str
    mark_start: int = 0
    mark_end: int = 0

    @property
    def anchor(self) -> Anchor:
        return self.note_id, self.field, self.start

    @property
    def pick(self) -> str:
        return f"{self.note_id}/{self.field}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Group:
    """`quotes`: of each customer the clearest sentence, the oldest first; `members`: all their sentences."""

    tag_id: str
    tone: str
    quotes: Sequence[Passage]
    members: Sequence[Passage]

    @property
    def days(self) -> int:
        """How many days lie between the first and the last, both counted."""
        return (self.quotes[-1].held_at.date() - self.quotes[0].held_at.date()).days + 1


class Words:
    """How rare each word is among these sentences, and with that the weights of any sentence."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.many = 0
        self.seen: dict[str, int] = defaultdict(int)
        for text in texts:
            self.many += 1
            for stem in stems_of(text):
                self.seen[stem] += 1

    def vector(self, text: str) -> dict[str, float]:
        """Stem -> weight, as long as 1 together."""
        weights = {stem: boost(stem) * self._rarity(stem) for stem in stems_of(text)}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {stem: weight / length for stem, weight in weights.items()}

    def _rarity(self, stem: str) -> float:
        return 1.0 + log((1 + self.many) / (1 + self.seen.get(stem, 0)))


def groups(passages: Iterable[Passage], least: int) -> list[Group]:
    """Those that at least so many customers are in, the most customers first. A sentence is in one group only."""
    ordered = sorted(passages, key=lambda p: (p.held_at, p.note_id, p.field, p.start, p.tag_id))
    words = Words({p.anchor: p.text for p in ordered}.values())
    vectors = {p.anchor: words.vector(p.text) for p in ordered}
    subjects: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in ordered:
        subjects[passage.tag_id, passage.tone].append(passage)
    found = [
        members
        for _, alike in sorted(subjects.items())
        for members in _clusters([(p, vectors[p.anchor]) for p in alike])
        if _customers(p for p, _ in members) >= least
    ]
    found.sort(key=lambda members: -_customers(p for p, _ in members))
    return _each_sentence_once(found, least)


def same(one: Vector, other: Vector) -> bool:
    """Two words or one amount in common."""
    shared = one.keys() & other.keys()
    return len({root(stem) for stem in shared}) >= 2 or any(stem[0] == "€" for stem in shared)


class _Cluster:
    def __init__(self) -> None:
        self.members: list[tuple[Passage, Vector]] = []
        self.sum: dict[str, float] = defaultdict(float)
        self.length = 1.0

    def add(self, passage: Passage, vector: Vector) -> None:
        self.members.append((passage, vector))
        for stem, weight in vector.items():
            self.sum[stem] += weight
        self.length = sqrt(sum(weight * weight for weight in self.sum.values())) or 1.0

    def likeness(self, vector: Vector) -> float:
        return sum(weight * self.sum.get(stem, 0.0) for stem, weight in vector.items()) / self.length


def _clusters(passages: Sequence[tuple[Passage, Vector]]) -> list[list[tuple[Passage, Vector]]]:
    """Each sentence joins the cluster it is most like, else it begins one; then all choose once more, now that it
    is known what the clusters are about, so that the order in which customers came matters little."""
    begun = _join(passages, [])
    again = _join(passages, [cluster for cluster in begun if len(cluster.members) > 1])
    return [cluster.members for cluster in again]


def _join(passages: Sequence[tuple[Passage, Vector]], known: Sequence[_Cluster]) -> list[_Cluster]:
    clusters, about = list(known), _Index()
    fresh = [_Cluster() for _ in clusters]
    for number, cluster in enumerate(clusters):
        about.note(number, cluster.sum)
    for passage, vector in passages:
        best = about.nearest(clusters, vector)
        if best is None:
            best = len(clusters)
            fresh.append(_Cluster())
            clusters.append(fresh[best])
        fresh[best].add(passage, vector)
        if best >= len(known):
            about.note(best, vector)
    return [cluster for cluster in fresh if cluster.members]


class _Index:
    """Which clusters know a word; a word that many know says little, and is no reason to look."""

    MANY = 60

    def __init__(self) -> None:
        self.known: dict[str, set[int]] = defaultdict(set)

    def note(self, number: int, vector: Vector) -> None:
        for stem in vector:
            self.known[stem].add(number)

    def nearest(self, clusters: Sequence[_Cluster], vector: Vector) -> int | None:
        places = [there for stem in vector if (there := self.known.get(stem))]
        rare = [there for there in places if len(there) <= self.MANY] or sorted(places, key=len)[:1]
        best, least = None, ALIKE
        for number in sorted(set().union(*rare)):
            likeness = clusters[number].likeness(vector)
            if likeness > least and same(vector, clusters[number].sum):
                best, least = number, likeness
        return best


def _customers(passages: Iterable[Passage]) -> int:
    return len({passage.note_id for passage in passages})


def _each_sentence_once(found: Sequence[list[tuple[Passage, Vector]]], least: int) -> list[Group]:
    """Two themes can rest on the same sentences; then the first has them."""
    taken: set[Anchor] = set()
    kept = []
    for members in found:
        free = [(p, vector) for p, vector in members if p.anchor not in taken]
        if _customers(p for p, _ in free) >= least:
            taken.update(p.anchor for p, _ in members)
            kept.append(_group(free))
    return kept


def _group(members: Sequence[tuple[Passage, Vector]]) -> Group:
    whole = _Cluster()
    for passage, vector in members:
        whole.add(passage, vector)
    clearest: dict[str, tuple[float, Passage]] = {}
    for passage, vector in members:
        likeness = whole.likeness(vector)
        if passage.note_id not in clearest or likeness > clearest[passage.note_id][0]:
            clearest[passage.note_id] = (likeness, passage)
    quotes = sorted((p for _, p in clearest.values()), key=lambda p: (p.held_at, p.note_id))
    first = members[0][0]
    return Group(first.tag_id, first.tone, quotes, [passage for passage, _ in members])
