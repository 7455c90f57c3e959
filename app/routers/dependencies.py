"""Who asks, what they may, and the session that answers. Every route declares `may(...)`, `SignedIn` or `public`."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from app.clock import now
from app.database import database
from app.errors import Forbidden, NotConfirmed, NotSignedIn, SecondFactorDue
from app.models.access import Actor, Permission
from app.models.action import queries as actions
from app.models.action.table import ImprovementAction
from app.models.break_glass import looking
from app.models.break_glass import queries as glasses
from app.models.break_glass.table import Look
from app.models.field_note import queries as field_notes
from app.models.field_note.table import FieldNote
from app.models.goal import queries as goals
from app.models.goal.table import Goal
from app.models.rule import queries as rules
from app.models.rule.table import Rule
from app.models.safari import queries as safaris
from app.models.safari.table import Safari
from app.models.user import actors
from app.recognising import Open, is_whole, recognised
from app.routers.browsers import address_of

NO_BARS = ("/api/", "/exports/", "/attachments/")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PAGE_WAITS, FORM_WAITS = timedelta(minutes=10), timedelta(minutes=40)


async def get_db(request: Request) -> AsyncIterator[Session]:
    """Reads on GET. Otherwise waits its turn, writes, and commits before the answer leaves."""
    if request.method in SAFE:
        async with database().reading_in_turn() as db:
            yield db
        return
    await _read_whole(request)
    async with database().writing_in_turn() as db:
        yield db


async def _read_whole(request: Request) -> None:
    """The body is in before the turn begins, so that a slow phone never keeps other writers waiting."""
    if getattr(request.state, "body_is_read", False):
        return
    kind = request.headers.get("content-type", "")
    if kind.startswith(("multipart/", "application/x-www-form-urlencoded")):
        await request.form()
    else:
        await request.body()


Db = Annotated[Session, Depends(get_db, scope="function")]


async def signed_in(request: Request, db: Db) -> Actor:
    actor = await _identify(request, db)
    if actor is None:
        raise NotSignedIn
    if not is_whole(request, actor):
        raise SecondFactorDue
    return actor


signed_in.permission = "signed in"  # type: ignore[attr-defined]


async def _identify(request: Request, db: Session) -> Actor | None:
    actor, seen_at = await run_in_threadpool(_introduced, request, db)
    if actor and actor.broken and request.state.look:
        await _write_down(request, db, actor)
    if actor and actor.session_id and seen_at and seen_at + actors.SEEN_EVERY < now():
        await _touch(request, db, actor.session_id)
    return actor


def _introduced(request: Request, db: Session) -> tuple[Actor | None, datetime | None]:
    """Who asks, known to the rest of the request; for a page with bars also the safari that still runs."""
    actor, seen_at = recognised(request, db)
    if actor and actor.holds(Permission.BREAK_GLASS):
        request.state.broken = glasses.running(db, actor)
        if hasattr(request.state, "look"):
            actor = replace(actor, broken=request.state.broken)
    request.state.actor = actor
    if actor and request.method in SAFE and not request.url.path.startswith(NO_BARS):
        request.state.open_safari = safaris.running_for(db, actor)
    return actor, seen_at


def while_due(open_to: Open) -> Any:
    """On the few routes that answer while a second factor is due; all others do not."""

    async def mark(request: Request) -> None:
        request.state.open = open_to

    mark.while_due = open_to  # type: ignore[attr-defined]
    return Depends(mark)


ALWAYS, TO_SET_UP, TO_SEND = (while_due(one) for one in (Open.ALWAYS, Open.TO_SET_UP, Open.TO_SEND))


def in_emergency(what: Look | None) -> Any:
    """On the few routes that are open to emergency access; all others know nothing of it. Each look is written down,
    but for what came along with another."""

    async def mark(request: Request) -> None:
        request.state.look = what

    mark.in_emergency = True  # type: ignore[attr-defined]
    return Depends(mark)


async def _write_down(request: Request, db: Session, actor: Actor) -> None:
    """Before anything is shown, and kept also when the showing fails."""
    named = {key: value for key, value in request.path_params.items() if key in ("note_id", "attachment_id")}
    if request.method not in SAFE:
        await run_in_threadpool(looking.write_down, db, request.state.look, by=actor, **named)
        return
    async with database().writing_in_turn() as writer:
        await run_in_threadpool(looking.write_down, writer, request.state.look, by=actor, **named)


async def _touch(request: Request, db: Session, session_id: str) -> None:
    if request.method not in SAFE:
        await run_in_threadpool(actors.touch, db, session_id, address_of(request))
        return
    async with database().writing_in_turn() as writer:
        await run_in_threadpool(actors.touch, writer, session_id, address_of(request))


async def glance(request: Request, db: Db) -> Actor | None:
    """Who is signed in, if anybody: for pages that anyone may open. Who owes a second factor only looks."""
    actor = await _identify(request, db)
    return actor if actor is None or request.method in SAFE or is_whole(request, actor) else None


async def public() -> None:
    """Says that anyone may ask this."""


public.permission = "public"  # type: ignore[attr-defined]
glance.permission = "public"  # type: ignore[attr-defined]

SignedIn = Annotated[Actor, Depends(signed_in, scope="function")]
Glance = Annotated[Actor | None, Depends(glance, scope="function")]
Public = Depends(public)


def may(permission: Permission, *, confirmed: bool = False) -> Any:
    """The actor, when the permission holds somewhere; the query or the verb then asks at which place.

    `confirmed`: only shortly after they showed again that it is them (step-up). A page asks it anew, a form on it
    has longer, so that nothing typed is lost; a token cannot.
    """

    async def guard(request: Request, actor: SignedIn) -> Actor:
        if not actor.may(permission):
            raise Forbidden
        if confirmed and not just_confirmed(request, actor):
            raise NotConfirmed
        return actor

    guard.permission = permission.value  # type: ignore[attr-defined]
    guard.confirmed = confirmed  # type: ignore[attr-defined]
    return Depends(guard, scope="function")


def just_confirmed(request: Request, actor: Actor) -> bool:
    within = PAGE_WAITS if request.method in SAFE else FORM_WAITS
    return actor.confirmed_at is not None and actor.confirmed_at + within > now()


async def confirmed_self(request: Request, actor: SignedIn) -> Actor:
    """Somebody who just showed that it is them, for what concerns their own account alone."""
    if not just_confirmed(request, actor):
        raise NotConfirmed
    return actor


confirmed_self.permission = "signed in"  # type: ignore[attr-defined]
confirmed_self.confirmed = True  # type: ignore[attr-defined]
ConfirmedSelf = Annotated[Actor, Depends(confirmed_self, scope="function")]


def the_safari(safari_id: str, db: Db, actor: SignedIn) -> Safari:
    return safaris.get(db, actor, safari_id)


TheSafari = Annotated[Safari, Depends(the_safari, scope="function")]


def the_note(note_id: str, db: Db, actor: Annotated[Actor, may(Permission.READ_NOTE)]) -> FieldNote:
    return field_notes.get(db, actor, note_id)


TheNote = Annotated[FieldNote, Depends(the_note, scope="function")]


def the_action(request: Request, action_id: str, db: Db, actor: SignedIn) -> ImprovementAction:
    """One that went into another may still be looked up, not changed."""
    return actions.get(db, actor, action_id, merged=request.method in SAFE)


def the_action_ever(action_id: str, db: Db, actor: SignedIn) -> ImprovementAction:
    return actions.get(db, actor, action_id, merged=True)


TheActionEver = Annotated[ImprovementAction, Depends(the_action_ever, scope="function")]
TheAction = Annotated[ImprovementAction, Depends(the_action, scope="function")]


def the_goal(goal_id: str, db: Db, actor: SignedIn) -> Goal:
    return goals.get(db, actor, goal_id)


TheGoal = Annotated[Goal, Depends(the_goal, scope="function")]


def the_rule(rule_id: str, db: Db, actor: SignedIn) -> Rule:
    return rules.get(db, actor, rule_id)


TheRule = Annotated[Rule, Depends(the_rule, scope="function")]
