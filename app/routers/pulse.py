"""How a team works with its customers: six questions a quarter, without names."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.pulse import answering, queries
from app.models.pulse.questions import ANSWERS, QUESTIONS
from app.models.pulse.schemas import PulseDraft
from app.models.team.table import Team
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, SignedIn

router = APIRouter(prefix="/pulse", include_in_schema=False)


def the_team(team_id: str, db: Db, actor: SignedIn) -> Team:
    return queries.get(db, actor, team_id)


TheTeam = Annotated[Team, Depends(the_team, scope="function")]


@router.get("")
def index(request: Request, db: Db, actor: SignedIn) -> Response:
    asking = {team.id for team in answering.unanswered(db, actor)}
    return page(request, "pulse/index.html", nav="rhythm", teams=queries.teams(db, actor), asking=asking)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    team = queries.get(db, actor, request.path_params["team_id"])
    asks = answering.is_member(db, actor, team) and not answering.has_answered(db, actor, team)
    return page(
        request,
        "pulse/show.html",
        nav="rhythm",
        form=form,
        team=team,
        asks=asks,
        pulses=queries.pulses(db, team),
        questions=QUESTIONS,
        answers=ANSWERS,
        saved="saved" in request.query_params,
    )


@router.get("/{team_id}")
def show(request: Request, db: Db, actor: SignedIn, team: TheTeam) -> Response:
    return form_page(request, db, blank())


@router.post("/{team_id}")
def answer(
    db: Db,
    actor: SignedIn,
    team: TheTeam,
    form: Annotated[Filled[PulseDraft], filled(PulseDraft, again=form_page)],
) -> Response:
    answering.answer(db, team, form.draft, by=actor)
    return see_other(f"/pulse/{team.id}?saved=1")
