"""Boards that people keep: their own, and those shared with a place."""

from collections.abc import Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.models.access import Actor, Permission
from app.models.action.filter import ActionFilter
from app.models.action.queries import teams_to_choose
from app.models.audit.noting import note as log
from app.models.board.schemas import BoardDraft
from app.models.board.table import Board
from app.models.location.queries import ids_within, places, within
from app.models.location.table import Location
from app.models.record import put_new

MOST = 30


def visible_to(actor: Actor) -> SelectOfScalar[Board]:
    shared = col(Board.shared_at_id).in_(ids_within(actor, Permission.READ_BOARD))
    return select(Board).where(or_(col(Board.owner_id) == actor.id, shared))


def boards(db: Session, actor: Actor) -> Sequence[Board]:
    """By name."""
    return db.exec(visible_to(actor).order_by(col(Board.name), col(Board.id)).limit(MOST)).all()


def get(db: Session, actor: Actor, board_id: str) -> Board:
    found = db.exec(visible_to(actor).where(Board.id == board_id)).first()
    if found is None:
        raise NotFound
    return found


def shareable(db: Session, actor: Actor) -> list[Location]:
    """The places whose team the actor can keep a board for."""
    return places(db, actor, Permission.CHANGE_ACTION)


def keep(db: Session, draft: BoardDraft, only: ActionFilter, *, by: Actor) -> Board:
    """Invalid for a place or team that is not the actor's. The same draft twice keeps one."""
    if known := db.get(Board, draft.id):
        return _same(known, by)
    _check(db, draft, only, by)
    values = {
        "id": draft.id,
        "name": draft.name,
        "owner_id": by.id,
        "shared_at_id": draft.shared_at_id,
        "location_id": only.location,
        "team_id": only.team,
        "kind": only.kind,
        "signal": only.signal,
        "words": only.q or "",
    }
    put_new(db, Board, [values])
    kept = _same(db.get_one(Board, draft.id), by)
    log(db, "board.kept", "board", kept.id, by=by, at=kept.shared_at_id)
    return kept


def _check(db: Session, draft: BoardDraft, only: ActionFilter, by: Actor) -> None:
    if draft.shared_at_id and draft.shared_at_id not in {place.id for place in shareable(db, by)}:
        raise Invalid({"shared_at_id": "field.unknown_choice"})
    readable = within(by, Permission.READ_BOARD).where(Location.id == only.location)
    if only.location and db.exec(readable).first() is None:
        raise Invalid({"back": "field.unknown_choice"})
    if only.team and only.team not in {team.id for team in teams_to_choose(db, by)}:
        raise Invalid({"back": "field.unknown_choice"})


def _same(known: Board, by: Actor) -> Board:
    if known.owner_id != by.id:
        raise Conflict("action.id_taken")
    return known


def removable(db: Session, board: Board, actor: Actor) -> bool:
    """Its owner's; a shared one also the manager's there."""
    if board.owner_id == actor.id:
        return True
    shared = within(actor, Permission.LEAD_SAFARI).where(Location.id == board.shared_at_id)
    return db.exec(shared).first() is not None


def remove(db: Session, board: Board, *, by: Actor) -> None:
    if not removable(db, board, by):
        raise Forbidden
    log(db, "board.removed", "board", board.id, by=by, at=board.shared_at_id)
    db.delete(board)
    db.flush()
