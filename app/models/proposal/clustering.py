"""Brings sentences together that are alike in words. Pure; as fast for two thousand as a page needs."""

from collections import defaultdict
from collections.abc import Sequence
from math import sqrt

from app.models.proposal.shapes import Passage
from app.models.proposal.weighing import Vector, same

ALIKE = 0.4


class Cluster:
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


def clusters(passages: Sequence[tuple[Passage, Vector]]) -> list[list[tuple[Passage, Vector]]]:
    """Each sentence joins the cluster it is most like, else it begins one; then all choose once more among those that
    more than one joined, so that the order in which customers came matters little."""
    begun, about = list[Cluster](), _Index()
    for passage, vector in passages:
        best = about.nearest(begun, vector)
        if best is None:
            best = len(begun)
            begun.append(Cluster())
        begun[best].add(passage, vector)
        about.note(best, vector)
    shared = [cluster for cluster in begun if len(cluster.members) > 1]
    again, about = [Cluster() for _ in shared], _Index()
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

    def nearest(self, clusters: Sequence[Cluster], vector: Vector) -> int | None:
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
