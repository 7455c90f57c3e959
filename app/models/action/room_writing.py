"""What a team may decide itself, as its manager writes it down."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.errors import Forbidden
from app.models.access import Actor, Permission
from app.models.action.room_table import TeamRoom
from app.models.action.schemas import RoomDraft
from app.models.action.table import ActionKind
from app.models.audit.noting import note as log
from app.models.location.table import Location
from app.models.record import put_new
from app.models.team import queries as teams
from app.models.team.table import Team


def get_team(db: Session, actor: Actor, team_id: str) -> Team:
    """NotFound when it does not live where the actor may see the board."""
    return teams.get(db, actor, team_id, Permission.READ_BOARD)


def may_write(db: Session, actor: Actor, team: Team) -> bool:
    place = db.get_one(Location, team.location_id)
    return actor.may(Permission.LEAD_SAFARI, at=place.path)


def room_of(db: Session, team_ids: Sequence[str]) -> dict[tuple[str, ActionKind], TeamRoom]:
    """(team, kind) -> its room; nothing where nobody wrote it down."""
    found = db.exec(select(TeamRoom).where(col(TeamRoom.team_id).in_(team_ids)))
    return {(room.team_id, room.kind): room for room in found}


def write(db: Session, team: Team, draft: RoomDraft, *, by: Actor) -> None:
    """All kinds at once; an empty text takes the room away. Twice is once."""
    if not may_write(db, by, team):
        raise Forbidden
    changed = []
    for kind in ActionKind:
        text, cents = draft.of(kind)
        changed += [kind] if _write(db, team.id, kind, text, cents) else []
    if changed:
        detail = {"kinds": [kind.value for kind in changed]}
        log(db, "team.room_written", "team", team.id, by=by, at=team.location_id, **detail)
    db.flush()


def _write(db: Session, team_id: str, kind: ActionKind, text: str, cents: int | None) -> bool:
    wanted = select(TeamRoom).where(TeamRoom.team_id == team_id, TeamRoom.kind == kind)
    room = db.exec(wanted.with_for_update()).first()
    if room and not text:
        db.delete(room)
        return True
    if not text or (room and (room.text, room.up_to_cents) == (text, cents)):
        return False
    if room is None:
        put_new(
            db, TeamRoom, [TeamRoom(team_id=team_id, kind=kind, text=text, up_to_cents=cents).model_dump()]
        )
        room = db.exec(wanted).one()
    room.text, room.up_to_cents = text, cents
    return True


def all_of(db: Session, actor: Actor) -> list[Team]:
    """The teams whose room the actor may read, by name."""
    return teams.choices(db, actor, Permission.READ_BOARD)
