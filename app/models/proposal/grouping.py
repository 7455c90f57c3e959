"""Who says the same? Sentences of one theme and one tone that are alike in words, brought together. Pure: the same
sentences always give the same groups.

Two sentences are alike when the angle between their words is small, a rare word weighing more than a common one and an
amount most of all, and when they share two words or one amount: a theme alone brings nothing together.
"""

from collections import Counter, defaultdict
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
        self._stems = {text: stems_of(text) for text in texts}
        self._seen = Counter(stem for stems in self._stems.values() for stem in stems)
        self._vectors: dict[str, Vector] = {}

    def vector(self, text: str) -> Vector:
        """Stem -> weight, as long as 1 together."""
        known = self._vectors.get(text)
        if known is None:
            known = self._vectors[text] = self._weighed(self._stems.get(text) or stems_of(text))
        return known

    def _weighed(self, stems: Iterable[str]) -> Vector:
        weights = {stem: boost(stem) * self._rarity(stem) for stem in stems}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {stem: weight / length for stem, weight in weights.items()}

    def _rarity(self, stem: str) -> float:
        return 1.0 + log((1 + len(self._stems)) / (1 + self._seen[stem]))


def groups(passages: Iterable[Passage], least: int, words: Words | None = None) -> list[Group]:
    """Those that at least so many customers are in, the most customers first. A sentence is in one group only."""
    ordered = sorted(passages, key=lambda p: (p.held_at, p.note_id, p.field, p.start, p.tag_id))
    words = words or Words(p.text for p in ordered)
    subjects: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in ordered:
        subjects[passage.tag_id, passage.tone].append(passage)
    found = [
        members
        for _, alike in sorted(subjects.items())
        for members in _clusters([(p, words.vector(p.text)) for p in alike])
        if _customers(p for p, _ in members) >= least
    ]
    found.sort(key=lambda members: -_customers(p for p, _ in members))
    return _each_sentence_once(found, least)


def same(one: Vector, other: Vector) -> bool:
    """Two words or one amount in common."""
    shared = [stem for stem in one if stem in other]
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
        known = self.sum
        return sum([weight * known[stem] for stem, weight in vector.items() if stem in known]) / self.length


def _clusters(passages: Sequence[tuple[Passage, Vector]]) -> list[list[tuple[Passage, Vector]]]:
    """Each sentence joins the cluster it is most like, else it begins one; then all choose once more among those that
    more than one joined, so that the order in which customers came matters little."""
    begun, about = list[_Cluster](), _Index()
    for passage, vector in passages:
        best = about.nearest(begun, vector)
        if best is None:
            best = len(begun)
            begun.append(_Cluster())
        begun[best].add(passage, vector)
        about.note(best, vector)
    shared = [cluster for cluster in begun if len(cluster.members) > 1]
    again, about = [_Cluster() for _ in shared], _Index()
    for number, cluster in enumerate(shared):
        about.note(number, cluster.sum)
    for passage, vector in passages:
        chosen = about.nearest(shared, vector)
        if chosen is not None:
            again[chosen].add(passage, vector)
    return [cluster.members for cluster in again]


class _Index:
    """Which clusters know a word, and how much. A word that many know says little: alone it is no reason to look, and
    neither are clusters that share too little of the others."""

    MANY = 50

    def __init__(self) -> None:
        self.known: dict[str, dict[int, float]] = defaultdict(dict)

    def note(self, number: int, vector: Vector) -> None:
        for stem, weight in vector.items():
            there = self.known[stem]
            there[number] = there.get(number, 0.0) + weight

    def nearest(self, clusters: Sequence[_Cluster], vector: Vector) -> int | None:
        best, least = None, ALIKE
        for number, partly in sorted(self._likely(vector).items()):
            cluster = clusters[number]
            if partly < ALIKE / 2 * cluster.length:
                continue
            likeness = cluster.likeness(vector)
            if likeness > least and same(vector, cluster.sum):
                best, least = number, likeness
        return best

    def _likely(self, vector: Vector) -> dict[int, float]:
        places = [(there, weight) for stem, weight in vector.items() if (there := self.known.get(stem))]
        rare = [place for place in places if len(place[0]) <= self.MANY]
        score: dict[int, float] = defaultdict(float)
        for there, weight in rare or sorted(places, key=lambda place: len(place[0]))[:1]:
            for number, known in there.items():
                score[number] += weight * known
        return score


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
