"""What a team answered together, from five answers on; never a mean."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import today
from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.location.queries import ids_within
from app.models.pulse.answering import period_of
from app.models.pulse.questions import ANSWERS, QUESTIONS
from app.models.pulse.table import PulseCount, PulseTaken
from app.models.team.table import Team, TeamMember

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Pulse:
    """`rows` has for each question how often each answer was given; empty while too few answered."""

    period: str
    answered: int
    rows: Sequence[Sequence[int]]


def visible_to(actor: Actor) -> SelectOfScalar[Team]:
    """The actor's own teams, and those where the actor leads safaris."""
    own = select(TeamMember.team_id).where(TeamMember.user_id == actor.id)
    led = ids_within(actor, Permission.LEAD_SAFARI)
    return select(Team).where(or_(col(Team.id).in_(own), col(Team.location_id).in_(led)))


def teams(db: Session, actor: Actor) -> list[Team]:
    return list(db.exec(visible_to(actor).order_by(col(Team.name))))


def get(db: Session, actor: Actor, team_id: str) -> Team:
    found = db.exec(visible_to(actor).where(Team.id == team_id)).first()
    if found is None:
        raise NotFound
    return found


def pulses(db: Session, team: Team) -> list[Pulse]:
    """This quarter and those before it in which anybody answered, the newest first. For a team from `get`."""
    took = (
        select(PulseTaken.period, func.count())
        .where(PulseTaken.team_id == team.id)
        .group_by(col(PulseTaken.period))
    )
    answered = {period_of(today()): 0} | dict(db.exec(took).all())
    counts: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for cell in db.exec(select(PulseCount).where(PulseCount.team_id == team.id)):
        counts[cell.period][cell.question, cell.answer] = cell.count
    return [_pulse(period, answered[period], counts[period]) for period in sorted(answered, reverse=True)]


def _pulse(period: str, answered: int, counts: dict[tuple[int, int], int]) -> Pulse:
    if answered < FEWEST:
        return Pulse(period, answered, ())
    rows = [
        [counts.get((number, given), 0) for given in range(1, len(ANSWERS) + 1)]
        for number in range(1, len(QUESTIONS) + 1)
    ]
    return Pulse(period, answered, rows)
