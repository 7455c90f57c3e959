"""To the organisation's own sign-in and back: to come in, or to show again that it is you.

A link leads there, not a form: browsers hold a form's whole way, redirects too, against our own policy.
"""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.clock import now
from app.database import database
from app.errors import Conflict, NotFound
from app.logs import log
from app.models.user import confirming, identifying, signing_in
from app.models.user.identifying import Entrance
from app.models.user.table import Way
from app.oidc import flow as flows
from app.oidc.assurance import is_strong
from app.oidc.exchanging import claims_for
from app.oidc.flow import Flow
from app.oidc.id_tokens import Claims
from app.oidc.provider import provider
from app.oidc.refusing import SsoRefused
from app.recognising import asking
from app.rendering import language_of, page, see_other
from app.routers import sealed_cookies
from app.routers.browsers import address_of, own_path, public_address, with_session
from app.routers.dependencies import ALWAYS, ConfirmedSelf, Glance, Public, SignedIn
from app.routers.entering import enter, enter_or_ask_code
from app.settings import settings

router = APIRouter(prefix="/session/sso", include_in_schema=False)
STATUS = {"sso.down": 503, "sso.untrusted": 502, "sso.refused": 502, "sso.lost": 400, "sso.stopped": 400}


@router.get("")
async def begin(request: Request, actor: Glance, next: str = "") -> Response:
    if actor:
        return see_other(own_path(next))
    return await _leave(request, flows.begin("sign_in", next=own_path(next)))


@router.get("/confirmation", dependencies=[ALWAYS])
async def confirm(request: Request, actor: SignedIn, next: str = "") -> Response:
    begun = flows.begin("confirm", next=own_path(next), session_id=actor.session_id or "")
    return await _leave(request, begun)


@router.get("/link")
async def link(request: Request, actor: ConfirmedSelf) -> Response:
    return await _leave(request, flows.begin("link", next="/me", session_id=actor.session_id or ""))


@router.get("/answer", dependencies=[Public, ALWAYS])
async def answer(
    request: Request, state: str = "", code: str = "", error: str = "", iss: str | None = None
) -> Response:
    try:
        flow = flows.returned(sealed_cookies.got(request, "sso"), state)
        claims = await _claims(request, flow, code, error, iss)
        async with database().writing_in_turn() as db:
            came = await run_in_threadpool(_arrive, request, db, flow, claims)
    except SsoRefused as refused:
        came = await _refused(request, refused)
    sealed_cookies.drop(came, "sso")
    return came


async def _leave(request: Request, flow: Flow) -> Response:
    if not settings().has_sso:
        raise NotFound
    try:
        address = flows.address_of(flow, await provider(), _back(request))
    except SsoRefused as refused:
        return await _refused(request, refused)
    left = RedirectResponse(address, 303)
    sealed_cookies.put(left, "sso", flows.sealed(flow), seconds=flows.LASTS)
    return left


async def _claims(request: Request, flow: Flow, code: str, error: str, iss: str | None) -> Claims:
    """The state is spent first, whatever follows: nothing that comes back is looked at twice."""
    async with database().writing_in_turn() as db:
        first = await run_in_threadpool(identifying.spend, db, flow.state)
    if not first:
        raise SsoRefused("sso.lost")
    there = await provider()
    if iss is not None and iss != there.issuer:
        raise SsoRefused("sso.untrusted", "iss of answer")
    if error or not code:
        raise SsoRefused("sso.stopped")
    return await claims_for(flow, there, code=code, back=_back(request))


def _arrive(request: Request, db: Session, flow: Flow, claims: Claims) -> Response:
    if flow.purpose == "sign_in":
        return _admit(request, db, flow, claims)
    actor = asking(request, db)
    if actor.session_id != flow.session_id:
        raise SsoRefused("sso.lost")
    if flow.purpose == "link":
        try:
            identifying.link(db, claims, by=actor)
        except Conflict as taken:
            raise SsoRefused(taken.code) from None
        return see_other("/me?saved=linked")
    if not identifying.is_own(db, claims, by=actor):
        raise SsoRefused("sso.somebody_else")
    token = confirming.confirm(db, by=actor, address=address_of(request), strong=is_strong(claims.all))
    return with_session(see_other(flow.next), token)


def _admit(request: Request, db: Session, flow: Flow, claims: Claims) -> Response:
    """A refusal is an answer here, not an error: roles that were taken back stay taken back."""
    came: Entrance = identifying.enter(db, claims, language=language_of(request))
    if came.user is None:
        return _refusal(request, came.refusal, 403)
    proven_at = claims.auth_time or now() - signing_in.LONG_AGO
    if is_strong(claims.all):
        return enter(request, db, came.user, flow.next, Way.SSO, proven_at=proven_at, strong=True)
    return enter_or_ask_code(request, db, came.user, flow.next, Way.SSO, proven_at=proven_at)


async def _refused(request: Request, refused: SsoRefused) -> Response:
    if refused.why:
        log.warning("sso", code=refused.code, error=refused.why)
        async with database().writing_in_turn() as db:
            await run_in_threadpool(identifying.note_trouble, db, f"{refused.code} {refused.why}")
    return await run_in_threadpool(_refusal, request, refused.code, STATUS.get(refused.code, 403))


def _refusal(request: Request, code: str, status: int) -> Response:
    fault = (code, {"name": settings().oidc_name})
    return page(request, "session/sso_refused.html", status=status, fault=fault)


def _back(request: Request) -> str:
    return f"{public_address(request)}/session/sso/answer"
