"""What helped: cards to celebrate, and what worked at other places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, or_, select

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
from app.models.promise import thanking
from app.models.promise.thanking import Thanks
from app.models.record import Words
from app.models.tag.table import Tag
from app.models.team.table import Team
from app.models.user.table import User

MOST = 60


@dataclass(frozen=True, slots=True)
class Cheer:
    """An action that helped, who did it, and the words before; those after are in `told` and `thanks`.

    `told`: when the talks before and after show it; `thanks`: what its own customers answered, if they did.
    """

    action: ImprovementAction
    place: Location
    owner: str
    teams: Sequence[Team]
    before: Evidence | None
    told: Told | None
    thanks: Thanks | None


def cheers(db: Session, actor: Actor) -> list[Cheer]:
    """At the places whose board the actor reads, the newest first; words for who may read stories there.

    Talks decide before the answers of a few: what they call worse is no card, whoever it helped.
    """
    key = col(ImprovementAction.id)
    found = queries.visible_to(actor).where(
        or_(key.in_(select(Yardstick.action_id)), key.in_(thanking.thanked()))
    )
    actions = db.exec(found.order_by(col(ImprovementAction.moved_at).desc()).limit(MOST)).all()
    ids = [action.id for action in actions]
    judged, thanks = judging.outcomes(db, ids), thanking.thanks(db, ids)
    cards = []
    for action in actions:
        verdict = judged[action.id].verdict if action.id in judged else Verdict.TOO_LITTLE
        said = thanks.get(action.id)
        glad = said is not None and said.more_helped and verdict != Verdict.WORSE
        if verdict == Verdict.BETTER or glad:
            cards.append(_cheer(db, actor, action, verdict == Verdict.BETTER, said))
    return cards


def _helped(db: Session, action_ids: Iterable[str]) -> list[tuple[str, Outcome]]:
    found = judging.outcomes(db, action_ids)
    return [(key, one) for key, one in found.items() if one.verdict == Verdict.BETTER]


def _cheer(db: Session, actor: Actor, action: ImprovementAction, better: bool, said: Thanks | None) -> Cheer:
    place = queries.place_of(db, action)
    reads = actor.may(Permission.READ_NOTE, at=place.path)
    owner = db.get(User, action.owner_id) if action.owner_id else None
    return Cheer(
        action,
        place,
        owner.name if owner else "",
        queries.teams_of(db, action.id),
        _words(db, action) if reads else None,
        outcomes.told(db, actor, action) if better else None,
        said if said is None or reads else replace(said, words=[]),
    )


def _words(db: Session, action: ImprovementAction) -> Evidence | None:
    grounds = queries.evidence_of(db, action.id)
    return next((ground.evidence for ground in grounds if ground.evidence.quote), None)


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
