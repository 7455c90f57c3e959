"""Solved on the spot by who has room for it; and whose room an action falls under."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.clock import now
from app.errors import Conflict, Invalid
from app.models.access import Actor
from app.models.action import checking, queries, room_writing
from app.models.action.heights import top_of
from app.models.action.room_table import Outcome, RoomUse, TeamRoom
from app.models.action.schemas import SpotDraft
from app.models.action.table import ImprovementAction, Room, Step
from app.models.audit.noting import note as log
from app.models.location.table import Location
from app.models.team.table import Team, TeamMember


@dataclass(frozen=True, slots=True)
class Held:
    """What one team may decide itself about this action; `enough`: also for what it costs."""

    team: Team
    room: TeamRoom
    enough: bool


def rooms_for(db: Session, action: ImprovementAction, place: Location) -> list[Held]:
    """Of the action's own teams, or of every team there when it has none."""
    teams = queries.teams_of(db, action.id) or queries.teams_at(db, place)
    rooms = room_writing.room_of(db, [team.id for team in teams])
    found = [(team, rooms.get((team.id, action.kind))) for team in teams]
    return [Held(team, room, within(room, action.amount_cents)) for team, room in found if room]


def within(room: TeamRoom, cents: int | None) -> bool:
    return room.up_to_cents is None or cents is None or cents <= room.up_to_cents


def uses_of(db: Session, action_id: str) -> Sequence[RoomUse]:
    """The oldest first."""
    used = select(RoomUse).where(RoomUse.action_id == action_id)
    return db.exec(used.order_by(col(RoomUse.created_at), col(RoomUse.id))).all()


def team_for(db: Session, action: ImprovementAction, place: Location, by: Actor) -> str | None:
    """For whom it counts: the team of the action that this person is in, else the action's first, else their own."""
    mine = set(db.exec(select(TeamMember.team_id).where(TeamMember.user_id == by.id)))
    own = [team.id for team in queries.teams_of(db, action.id)]
    there = own or [team.id for team in queries.teams_at(db, place) if team.id in mine]
    return next((one for one in there if one in mine), there[0] if there else None)


def solve(db: Session, action: ImprovementAction, draft: SpotDraft, *, by: Actor) -> None:
    """Solved and done, within what a team may decide itself. Invalid without such room, or for more than it goes up
    to. The same draft twice counts once."""
    place = checking.hold(db, action, by=by)
    if known := db.get(RoomUse, draft.id):
        if (known.action_id, known.by_id) != (action.id, by.id):
            raise Conflict("action.id_taken")
        return
    if action.step in (Step.DONE, Step.TOLD):
        raise Conflict("room.done_already")
    cents = action.amount_cents if draft.euros is None else draft.cents
    held = rooms_for(db, action, place)
    if not held:
        raise Invalid({"words": "room.none"})
    fitting = [one for one in held if within(one.room, cents)]
    if not fitting:
        most = max(one.room.up_to_cents or 0 for one in held)
        raise Invalid({"euros": ("room.too_much", {"most": f"{most / 100:.0f}"})})
    team = team_for(db, action, place, by)
    chosen = next((one for one in fitting if one.team.id == team), fitting[0])
    close_questions(db, action.id)
    db.add(
        RoomUse(
            id=draft.id,
            action_id=action.id,
            team_id=chosen.team.id,
            outcome=Outcome.ON_THE_SPOT,
            words=draft.words or chosen.room.text,
            amount_cents=cents,
            by_id=by.id,
        )
    )
    action.position = top_of(db, Step.DONE)
    action.step, action.moved_at, action.moved_by_id, action.reason = Step.DONE, now(), by.id, ""
    action.room, action.room_from, action.room_from_id, action.room_since = Room.OWN, "", None, None
    action.amount_cents, action.owner_id = cents, action.owner_id or by.id
    action.version += 1
    log(db, "action.solved_on_the_spot", "action", action.id, by=by, at=place.id, team=chosen.team.id)
    db.flush()


def close_questions(db: Session, action_id: str) -> None:
    """Nobody waits for an answer any more."""
    waiting = select(RoomUse).where(RoomUse.action_id == action_id, RoomUse.outcome == Outcome.WAITING)
    for use in db.exec(waiting):
        use.outcome = Outcome.WITHDRAWN
