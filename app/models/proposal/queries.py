"""What is proposed to who asks, worked out at every look; see `table.Proposal` for why."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.field_note.queries import visible_to
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.proposal import gathering, subjects
from app.models.proposal.adjusting import rules
from app.models.proposal.grouping import groups
from app.models.proposal.likening import Subject, liken
from app.models.proposal.offering import More, Near, Offer, Offers
from app.models.proposal.shapes import Anchor, Group, Passage
from app.models.proposal.table import Proposal
from app.models.proposal.weighing import Words
from app.models.record import in_language
from app.models.tag import queries as tags

NEAREST = 3


def offers(db: Session, actor: Actor, location_id: str | None = None) -> Offers:
    """At the places where the actor may change actions; most customers first."""
    heard = gathering.heard(db, actor, location_id)
    least = rules(db).customers
    places = {one.id: one for one in db.exec(select(Location).where(col(Location.id).in_(heard.at)))}
    open_actions = subjects.open_at(db, heard.at.keys())
    names = {tag.id: (tag.slug, in_language(tag.name, actor.language)) for tag in tags.active(db)}
    found: list[Offer] = []
    more: list[More] = []
    for place_id, passages in heard.at.items():
        words, known = Words(p.text for p in passages), open_actions.get(place_id, [])
        mine = [
            _offer(places[place_id], group, names[group.tag_id], _nearest(group, known, words), heard.refused)
            for group in groups(passages, least, words)
        ]
        taken = {p.anchor for offer in mine for p in offer.group.members} | heard.refused.keys()
        rest = [p for p in passages if p.anchor not in taken]
        more += [More(places[place_id], near, p) for p, near in alike(rest, known, words)]
        found += mine
    found.sort(key=lambda offer: -len(offer.group.quotes))
    more.sort(key=lambda one: (one.near.subject.id, one.passage.held_at), reverse=True)
    return Offers([o for o in found if not o.waits], [o for o in found if o.waits], more, heard.whole)


def get(db: Session, actor: Actor, key: str) -> Offer:
    """NotFound when nobody says so any more, when it was decided, or when it is not the actor's."""
    anchor = anchor_of(key)
    place_id = place_of(db, actor, anchor[0])
    found = offers(db, actor, place_id)
    for offer in (*found.open, *found.waiting):
        if any(passage.anchor == anchor for passage in offer.group.members):
            return offer
    raise NotFound


def anchor_of(key: str) -> Anchor:
    note_id, _, rest = key.partition(".")
    name, _, start = rest.rpartition(".")
    if not (note_id and name and start.isascii() and start.isdecimal() and len(start) < 8):
        raise NotFound
    return note_id, name, int(start)


def place_of(db: Session, actor: Actor, note_id: str) -> str:
    """Where the note is, if the actor may change actions there."""
    note = db.exec(
        visible_to(actor).where(
            FieldNote.id == note_id,
            col(FieldNote.location_id).in_(ids_within(actor, Permission.CHANGE_ACTION)),
        )
    ).first()
    if note is None:
        raise NotFound
    return note.location_id


def alike(passages: Sequence[Passage], known: Sequence[Subject], words: Words) -> list[tuple[Passage, Near]]:
    """Of each customer the one sentence that fits best, with the one action it fits."""
    best: dict[str, tuple[Passage, Near]] = {}
    for passage in passages:
        for near in _near([passage], known, words):
            if passage.note_id not in best or near.likeness.score > best[passage.note_id][1].likeness.score:
                best[passage.note_id] = (passage, near)
    return list(best.values())


def _offer(
    place: Location,
    group: Group,
    theme: tuple[str, str],
    near: Sequence[Near],
    refused: Mapping[Anchor, Proposal],
) -> Offer:
    # With an action it only says that one sentence does not belong there; nobody refused the group.
    told = [p for p in group.members if p.anchor in refused and refused[p.anchor].action_id is None]
    earlier, seen = [refused[p.anchor] for p in told], {p.note_id for p in told}
    last = max(earlier, key=lambda one: one.id) if earlier else None
    fresh = len({p.note_id for p in group.members} - seen) if earlier else 0
    return Offer(place, group, *theme, near, last, fresh)


def _nearest(group: Group, known: Sequence[Subject], words: Words) -> list[Near]:
    """The actions that at least half of its customers speak about."""
    found: dict[str, list[Near]] = {}
    for quote in group.quotes:
        for near in _near([quote], known, words):
            found.setdefault(near.subject.id, []).append(near)
    often = [near for near in found.values() if len(near) * 2 >= len(group.quotes)]
    best = [max(nears, key=lambda near: near.likeness.score) for nears in often]
    return sorted(best, key=lambda near: -near.likeness.score)[:NEAREST]


def _near(passages: Sequence[Passage], known: Sequence[Subject], words: Words) -> list[Near]:
    return [
        Near(subject, likeness)
        for passage in passages
        for subject in known
        if (likeness := liken(passage, subject, words))
    ]
