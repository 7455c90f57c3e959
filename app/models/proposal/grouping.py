"""Who says the same? Sentences of one theme and one tone that are alike in words, brought together. Pure: the same
sentences always give the same groups.

Two sentences are alike when the angle between their words is small, and when they share two words or one amount: a
theme alone brings nothing together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.models.proposal.clustering import Cluster, clusters
from app.models.proposal.shapes import Anchor, Group, Passage
from app.models.proposal.weighing import Vector, Words


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
        for members in clusters([(p, words.vector(p.text)) for p in alike])
        if _customers(p for p, _ in members) >= least
    ]
    found.sort(key=lambda members: -_customers(p for p, _ in members))
    return _each_sentence_once(found, least)


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
    whole = Cluster()
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
