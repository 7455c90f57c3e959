"""Answering a team's six questions: once a quarter, and without a trace of who answered what."""

from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from app.clock import today
from app.errors import NotFound
from app.models.access import Actor
from app.models.pulse.schemas import PulseDraft
from app.models.pulse.table import PulseCount, PulseTaken
from app.models.record import put_new
from app.models.team.table import Team, TeamMember


def period_of(day: date) -> str:
    return f"{day.year}-K{(day.month + 2) // 3}"


def is_member(db: Session, actor: Actor, team: Team) -> bool:
    return db.get(TeamMember, (team.id, actor.id)) is not None


def has_answered(db: Session, actor: Actor, team: Team) -> bool:
    return db.get(PulseTaken, (team.id, period_of(today()), actor.id)) is not None


def answer(db: Session, team: Team, draft: PulseDraft, *, by: Actor) -> None:
    """Only counters go up. A second time counts for nothing. The log hears nothing: it knows who and when."""
    if not is_member(db, by, team):
        raise NotFound
    period = period_of(today())
    try:
        with db.begin_nested():
            db.add(PulseTaken(team_id=team.id, period=period, user_id=by.id))
    except IntegrityError:
        return
    cells = [(number, given) for number, given in enumerate(draft.answers, start=1)]
    own = {"team_id": team.id, "period": period, "count": 0}
    put_new(db, PulseCount, [own | {"question": number, "answer": given} for number, given in cells])
    for number, given in cells:
        cell = update(PulseCount).where(
            col(PulseCount.team_id) == team.id,
            col(PulseCount.period) == period,
            col(PulseCount.question) == number,
            col(PulseCount.answer) == given,
        )
        db.exec(cell.values(count=col(PulseCount.count) + 1))


def unanswered(db: Session, actor: Actor) -> list[Team]:
    """The actor's own teams that still ask, by name."""
    given = select(PulseTaken.team_id).where(
        PulseTaken.user_id == actor.id, PulseTaken.period == period_of(today())
    )
    own = select(Team).join(TeamMember, col(TeamMember.team_id) == col(Team.id))
    asking = own.where(TeamMember.user_id == actor.id, col(Team.id).not_in(given))
    return list(db.exec(asking.order_by(col(Team.name))))
