"""How often a team solved it on the spot, had to ask, and was not allowed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.models.action.room_table import ASKED, Outcome, RoomUse


@dataclass(slots=True)
class Counts:
    on_the_spot: int = 0
    asked: int = 0
    refused: int = 0


def counts_of(db: Session, team_ids: Sequence[str]) -> dict[str, Counts]:
    """Team -> its counts; `refused` are also among `asked`."""
    rows = db.exec(
        select(RoomUse.team_id, RoomUse.outcome, func.count())
        .where(col(RoomUse.team_id).in_(team_ids))
        .group_by(col(RoomUse.team_id), col(RoomUse.outcome))
    )
    found = {team_id: Counts() for team_id in team_ids}
    for team_id, outcome, number in rows:
        counts = found[team_id or ""]
        if outcome == Outcome.ON_THE_SPOT:
            counts.on_the_spot += number
        if outcome in ASKED:
            counts.asked += number
        if outcome == Outcome.REFUSED:
            counts.refused += number
    return found
