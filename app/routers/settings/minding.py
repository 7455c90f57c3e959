"""How somebody else comes in: for the beheerder who ends a lost phone's session or resets a lost code app."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.models.user import minding as minded
from app.rendering import page, see_other
from app.routers.dependencies import Db
from app.routers.settings.users import Manager, person_here

router = APIRouter(prefix="/settings/users/{user_id}/sign-in", include_in_schema=False)


@router.get("")
def show(request: Request, db: Db, actor: Manager) -> Response:
    person = person_here(request, db)
    return page(
        request,
        "settings/users/sign_in.html",
        nav="settings",
        person=person,
        ways=minded.ways_of(db, person.user.id),
        devices=minded.sessions_of(db, person, by=actor),
    )


@router.post("/sessions/closure")
def end_all(request: Request, db: Db, actor: Manager, user_id: str) -> Response:
    minded.end_sessions(db, person_here(request, db), by=actor)
    return see_other(f"/settings/users/{user_id}/sign-in")


@router.post("/sessions/{session_id}/closure")
def end(request: Request, db: Db, actor: Manager, user_id: str, session_id: str) -> Response:
    minded.end_session(db, person_here(request, db), session_id, by=actor)
    return see_other(f"/settings/users/{user_id}/sign-in")


@router.post("/code-app/removal")
def reset_code_app(request: Request, db: Db, actor: Manager, user_id: str) -> Response:
    minded.reset_code_app(db, person_here(request, db), by=actor)
    return see_other(f"/settings/users/{user_id}/sign-in")


@router.post("/passkeys/removal")
def reset_passkeys(request: Request, db: Db, actor: Manager, user_id: str) -> Response:
    minded.reset_passkeys(db, person_here(request, db), by=actor)
    return see_other(f"/settings/users/{user_id}/sign-in")
