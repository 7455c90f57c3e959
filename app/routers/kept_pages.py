"""Pages as a phone keeps them to open without a connection: the ordinary templates, never a customer's words."""

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from sqlmodel import Session

from app.clock import now
from app.forms import blank
from app.models.access import Actor, Permission
from app.models.action.outcomes import listen_for
from app.models.board import harvest
from app.models.board.harvest import Tally
from app.models.field_note.table import FieldNote, NoteKind
from app.models.guide import queries as guides
from app.models.guide.queries import Outline
from app.models.location.table import Location, LocationKind
from app.models.safari.queries import Outing
from app.models.safari.table import Safari, SafariState
from app.models.user.table import User
from app.rendering import kept
from app.routers import capture, opening, safaris

PATHS = {
    "field": "",
    "interview": "/interviews/new",
    "observation": "/observations/new",
    "closure": "/closure",
}


def of_phone(request: Request, db: Session, actor: Actor) -> dict[str, str]:
    """The pages of no safari, by path."""
    pages = {"/offline": kept(request, "offline/show.html"), "/outbox": kept(request, "outbox/show.html")}
    if actor.may(Permission.LEAD_SAFARI):
        pages["/safaris/new"] = kept(request, "safaris/new.html", **opening.form_of(db, actor, blank()))
    return pages


def of_safari(request: Request, db: Session, actor: Actor, safari: Safari) -> dict[str, str]:
    """By path; none unless it runs: before and after there is nothing to record."""
    if safari.state != SafariState.RUNNING:
        return {}
    about = safaris.about(db, actor, safari) | {"listen_for": listen_for(db, safari.location_id)}
    screens = _screens(request, about, harvest.own_notes(db, actor, safari.id))
    return {f"/safaris/{safari.id}{PATHS[name]}": html for name, html in screens.items()}


def of_guides(request: Request, db: Session, actor: Actor) -> dict[str, dict[str, str]]:
    """Version id -> screen -> page, for safaris that begin without a connection: `__safari__`, `__place__`,
    `__goal__`, `__target__`, `__dots__`, `__day__` and `__time__` are for the phone to fill in."""
    if not actor.may(Permission.LEAD_SAFARI):
        return {}
    outlines = guides.with_questions(db, guides.newest_for(db, actor))
    return {outline.version.id: _screens(request, _some_safari(actor, outline), []) for outline in outlines}


def _some_safari(actor: Actor, outline: Outline) -> dict[str, Any]:
    safari = Safari(
        id="__safari__",
        location_id="",
        guide_version_id=outline.version.id,
        leader_id=actor.id,
        goal="__goal__",
        state=SafariState.RUNNING,
        started_at=now(),
        join_code="",
    )
    place = Location(name="__place__", path="", kind=LocationKind.LOCATION)
    leader = User(id=actor.id, name=actor.name, email=actor.email)
    fill_in = {"day": "__day__", "time": "__time__", "target": "__target__", "dots": "__dots__"}
    about = {"outing": Outing(safari, place, leader), "outline": outline, "participants": [], "leads": True}
    return about | {"fill_in": fill_in}


def _screens(request: Request, about: dict[str, Any], own: Sequence[FieldNote]) -> dict[str, str]:
    outing, outline = about["outing"], about["outline"]
    talks = sum(note.kind == NoteKind.INTERVIEW and not note.declined for note in own)
    found: dict[str, Any] = {"tally": Tally(talks), "total": 0, "finds": [], "own": own}
    ask = capture.form_of(outing.safari, outing.place, outline, blank()) | {"opens_with": ""}
    screens = {
        "field": kept(request, "safaris/field.html", **about, **found),
        "interview": kept(request, "capture/interview.html", **ask),
        "observation": kept(request, "capture/observation.html", **ask),
    }
    if about["leads"]:
        screens["closure"] = kept(
            request, "safaris/closure.html", form=blank(), outing=outing, tally=found["tally"]
        )
    return screens
