"""What helped: cards to celebrate, and what worked at other places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.action import outcomes, queries
from app.models.action.outcomes import Told
from app.models.action.table import Evidence, ImprovementAction
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.helping import judging
from app.models.helping.judging import Outcome
from app.models.helping.table import Yardstick
from app.models.helping.verdict import Verdict
from app.models.location.table import Location
from app.models.record import Words
from app.models.tag.table import Tag
from app.models.team.table import Team
from app.models.user.table import User

MOST = 60


@dataclass(frozen=True, slots=True)
class Cheer:
    """An action that helped, who did it, and the words before; those after are in `told`."""

    action: ImprovementAction
    place: Location
    owner: str
    teams: Sequence[Team]
    before: Evidence | None
    told: Told


def cheers(db: Session, actor: Actor) -> list[Cheer]:
    """At the places whose board the actor reads, the newest first; words for who may read stories there."""
    found = queries.visible_to(actor).where(col(ImprovementAction.id).in_(select(Yardstick.action_id)))
    actions = db.exec(found.order_by(col(ImprovementAction.moved_at).desc()).limit(MOST)).all()
    helped = {action_id for action_id, _ in _helped(db, [action.id for action in actions])}
    told = [(action, outcomes.told(db, actor, action)) for action in actions if action.id in helped]
    return [_cheer(db, actor, action, words) for action, words in told if words]


def _helped(db: Session, action_ids: Iterable[str]) -> list[tuple[str, Outcome]]:
    found = judging.outcomes(db, action_ids)
    return [(key, one) for key, one in found.items() if one.verdict == Verdict.BETTER]


def _cheer(db: Session, actor: Actor, action: ImprovementAction, told: Told) -> Cheer:
    place = queries.place_of(db, action)
    grounds = queries.evidence_of(db, action.id) if actor.may(Permission.READ_NOTE, at=place.path) else []
    owner = db.get(User, action.owner_id) if action.owner_id else None
    words = next((ground.evidence for ground in grounds if ground.evidence.quote), None)
    return Cheer(action, place, owner.name if owner else "", queries.teams_of(db, action.id), words, told)


@dataclass(frozen=True, slots=True)
class Worked:
    """What helped somewhere: a title, a place and counts, never words. `visible`: the actor may open it."""

    action: ImprovementAction
    place: str
    outcome: Outcome
    visible: bool


@dataclass(frozen=True, slots=True)
class Digest:
    theme: Words
    worked: Sequence[Worked]


def elsewhere(
    db: Session, actor: Actor, tag_ids: Iterable[str] | None = None, *, besides: str = ""
) -> list[Digest]:
    """By theme, over all places of the organisation but those whose cards the actor has already. `tag_ids`: only
    about those themes, and then at the actor's other places too."""
    themed = (
        select(ImprovementAction, Location, Tag)
        .join(Yardstick, col(Yardstick.action_id) == col(ImprovementAction.id))
        .join(Location, col(Location.id) == col(Yardstick.location_id))
        .join(Tag, col(Tag.id) == col(Yardstick.tag_id))
        .order_by(col(Tag.position), col(Tag.slug), col(ImprovementAction.moved_at).desc())
    )
    if tag_ids is not None:
        themed = themed.where(col(Tag.id).in_(list(tag_ids)))
    if besides:
        themed = themed.where(Location.id != besides)
    rows = db.exec(themed.limit(MOST)).all()
    helped = dict(_helped(db, [action.id for action, _, _ in rows]))
    themes: dict[str, Words] = {}
    worked: dict[str, list[Worked]] = {}
    for action, place, tag in rows:
        visible = actor.may(Permission.READ_BOARD, at=place.path)
        if action.id in helped and (tag_ids is not None or not visible):
            themes[tag.id] = tag.name
            worked.setdefault(tag.id, []).append(Worked(action, place.name, helped[action.id], visible))
    return [Digest(themes[key], found) for key, found in worked.items()]


def like_note(db: Session, actor: Actor, note: FieldNote) -> list[Digest]:
    """What helped about the themes of one story: a beginning for whoever raises an action from it."""
    tagged = select(Tagging.tag_id).where(Tagging.note_id == note.id, Tagging.state != TaggingState.REJECTED)
    ids = list(db.exec(tagged))
    return elsewhere(db, actor, ids, besides=note.location_id) if ids else []
