"""The two lists that the law asks for: what is done with data, and what went wrong. To read, print and take along."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import day_of, new_id, today
from app.database import database
from app.forms import Filled, blank, filled
from app.i18n import translator
from app.models.access import Actor, Permission
from app.models.audit.noting import note as log
from app.models.export.cells import EXCEL, Kind
from app.models.export.table import as_csv, stored
from app.models.privacy import organising, terms
from app.models.privacy.organising import BreachDraft
from app.models.privacy.registering import REGISTER
from app.rendering import language_of, page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/settings/privacy", include_in_schema=False)
Keeper = Annotated[Actor, may(Permission.MANAGE_PRIVACY)]
BREACHES = "/settings/privacy/breaches"
Rows = Sequence[dict[str, Any]]


def _register(db: Session, language: str) -> Rows:
    _ = translator(language)
    top, said = organising.top(db), terms.rows(db)
    texts = ("purpose", "ground", "people", "data", "receivers", "security")
    return [
        {name: _(getattr(one, name)) for name in texts}
        | {"days": ", ".join(str(terms.days_at(top.path, kind, said)) for kind in one.kept)}
        for one in REGISTER
    ]


@router.get("/register")
def register(request: Request, db: Db, actor: Keeper) -> Response:
    return page(
        request,
        "settings/privacy/register.html",
        nav="settings",
        organisation=organising.top(db),
        officer=organising.officer(db),
        rows=_register(db, language_of(request)),
    )


@router.get("/register.csv")
async def register_csv(request: Request, db: Db, actor: Keeper) -> Response:
    return await _csv("verwerkingsregister", _register(db, language_of(request)), actor)


@router.get("/breaches")
def breaches(request: Request, db: Db, actor: Keeper) -> Response:
    found = organising.breaches(db)
    late = {one.id for one in found if organising.late(one)}
    return page(request, "settings/privacy/breaches.html", nav="settings", rows=found, late=late)


@router.get("/breaches.csv")
async def breaches_csv(db: Db, actor: Keeper) -> Response:
    names = ("found_on", "what", "whose", "measures", "told", "reported_at", "why_not")
    rows = [{name: str(getattr(one, name) or "") for name in names} for one in organising.breaches(db)]
    return await _csv("datalekken", rows, actor)


def breach_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    breach_id = request.path_params.get("breach_id")
    known = organising.breach(db, breach_id) if breach_id else None
    if known and not form.values:
        there = {name: str(value or "") for name, value in known.model_dump().items()}
        reported_on = day_of(known.reported_at).isoformat() if known.reported_at else ""
        form = blank(**there | {"reported_on": reported_on})
    return page(request, "settings/privacy/breach.html", nav="settings", form=form, known=known)


Written = Annotated[Filled[BreachDraft], filled(BreachDraft, again=breach_page)]


@router.get("/breaches/new")
def new_breach(request: Request, db: Db, actor: Keeper) -> Response:
    return breach_page(request, db, blank(id=new_id(), found_on=today().isoformat()))


@router.post("/breaches")
def write_breach(db: Db, actor: Keeper, form: Written) -> Response:
    organising.write_down(db, form.draft, by=actor)
    return see_other(BREACHES)


@router.get("/breaches/{breach_id}")
def edit_breach(request: Request, db: Db, actor: Keeper, breach_id: str) -> Response:
    return breach_page(request, db, blank())


@router.post("/breaches/{breach_id}")
def change_breach(db: Db, actor: Keeper, breach_id: str, form: Written) -> Response:
    organising.write_down(db, form.draft, by=actor, known=organising.breach(db, breach_id))
    return see_other(BREACHES)


async def _csv(name: str, rows: Rows, by: Actor) -> Response:
    """As every other table: who takes it along is written down first."""
    async with database().writing_in_turn() as db:
        log(db, "export.taken", "export", name, by=by)
    columns = [stored(key, Kind.TEXT) for key in (rows[0] if rows else {})]
    batch = {column.key: [row[column.key] for row in rows] for column in columns}
    content = b"".join(as_csv(columns, [batch] if rows else [], EXCEL))
    disposition = f'attachment; filename="klantsafari-{name}-{today()}.csv"'
    return Response(
        content,
        media_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": disposition},
    )
