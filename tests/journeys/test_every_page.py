"""Every page of the demo, on phones and a desk, light and dark: readable for everybody, and never sideways."""

import pytest
from playwright.sync_api import Page, ViewportSize
from sqlmodel import Session, col, select

from app import seeds
from app.clock import new_id, now
from app.database import database
from app.migrating import migrate
from app.models.action.table import Evidence, ImprovementAction
from app.models.break_glass.opening import LASTS
from app.models.break_glass.table import BreakGlass
from app.models.field_note.table import FieldNote
from app.models.location.table import Location, LocationKind
from app.models.privacy.table import PrivacyRequest, RequestKind, RequestState
from app.models.promise.table import Promise, PublicPlace, Reply
from app.models.proposal.queries import offers
from app.models.rule.table import Rule
from app.models.safari.table import Safari
from app.models.tag.table import Tag
from app.models.team.table import Team
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.conftest import use
from tests.journeys.looking import COLOURS, axe, sideways_scroll, small_targets, with_axe
from tests.makers_promise import linked

pytestmark = pytest.mark.journey

# What fits on the narrowest phone fits on a wider one. Taller than a phone, so that nothing lies half under the sticky
# bar when axe measures it.
WIDTHS: dict[str, ViewportSize] = {
    "narrow phone": {"width": 320, "height": 2600},
    "desk": {"width": 1440, "height": 900},
}
PAGES = {
    "bas": [
        "/today", "/safaris", "/safaris/new", "/safaris/{running}", "/safaris/{running}/closure",
        "/safaris/{running}/invitation", "/safaris/{running}/interviews/new", "/safaris/{running}/observations/new",
        "/safaris/{closed}", "/safaris/{closed}?over=1", "/safaris/{planned}", "/join/{join_code}",
        "/field-notes", "/field-notes?q=zzz", "/field-notes?tagging=suggested",
        "/field-notes/{note}", "/field-notes/{note}/actions/new", "/actions", "/actions?step=told",
        "/actions/new", "/actions/{action}",
        "/goals", "/goals/new/years", "/value-strategy", "/celebrations",
        "/actions?pick=1", "/actions?signal=late", "/actions/mine",
        "/actions/still", "/actions/archive", "/actions/wall", "/actions/boards",
        "/actions/boards/new?back=kind%3Droom",
        "/rules", "/rules?decision=keep", "/rules?decision=widen", "/rules/new", "/rules/{rule}", "/rules/{rule}/edit",
        "/rules/{rule}/actions/new", "/field-notes/{note}/rules/new",
        "/actions/{action}/edit", "/actions/{action}/placement", "/exports", "/more", "/me", "/outbox", "/not-a-page",
        "/field-notes/{note}/edit", "/me/devices", "/deliveries", "/quarantine", "/offline",
        "/exports/personal", "/break-glass", "/break-glass/{glass}",
        "/tags/review", "/tags/review?tag=niets", "/settings/themes", "/settings/themes/new", "/settings/themes/trial",
        "/call-backs", "/promises/{promise}", "/actions/{done}/reply", "/public-pages", "/p/{slug}", "/p/{slug}/poster",
        "/u/{link}", "/u/{link}/withdrawal",
        "/settings/themes/{theme}", "/proposals", "/proposals/{proposal}", "/advice", "/settings/proposals",
        "/reminders", "/me/reminders", "/me/calendar", "/rhythm", "/rhythm/heard", "/rhythm/places/{place}",
        "/pulse", "/pulse/{own_team}",
        "/log", "/safaris/{running}/privacy", "/privacy-requests",
        "/privacy-requests/new?note={note}&kind=erasure", "/me/passkeys/new", "/me/code-app/new",
        "/session/confirmation", "/actions/{action}/merger", "/actions/{action}/split", "/actions/{action}/repetition",
        "/actions/{action}/room/solution", "/actions/{action}/room/question", "/teams", "/teams/{counter}/room",
        "/teams/{counter}/room/edit",
    ],
    "anna": [
        "/privacy", "/privacy?lang=en", "/privacy-requests", "/settings/privacy", "/settings/privacy/officer",
        "/settings/privacy/retention", "/settings/privacy/retention/{location}", "/settings/privacy/register",
        "/settings/privacy/breaches", "/settings/privacy/breaches/new", "/privacy-requests/{request}",
        "/privacy-requests/{request}/execution", "/privacy-requests/{erased}/certificate",
        "/today", "/settings", "/settings/locations", "/settings/locations/new", "/settings/locations/{location}",
        "/settings/teams", "/settings/teams/new", "/settings/teams/{team}", "/settings/users",
        "/settings/users/{user}", "/settings/invitations/new", "/settings/sign-in", "/settings/backups",
        "/log", "/log?verb=note.erased", "/settings/users/{user}/sign-in", "/break-glass", "/break-glass/new",
        "/break-glass/{glass}",
    ],
    "carla": [
        "/today", "/call-backs", "/safaris", "/safaris/{running}", "/join/{join_code}", "/field-notes/{note}", "/more",
        "/proposals",
    ],
    "eva": [
        "/today", "/goals", "/celebrations", "/rhythm", "/rhythm/heard", "/rules", "/rules/{rule}", "/actions",
        "/actions/{action}", "/more",
    ],
}  # fmt: skip


# Every way in is on the pages. Nobody answers at these addresses, and nobody is asked.
OUTSIDE = {
    "KLANTSAFARI_OIDC_ISSUER": "https://login.klantsafari.example",
    "KLANTSAFARI_OIDC_CLIENT_ID": "klantsafari",
    "KLANTSAFARI_OIDC_NAME": "Gemeente Elzenmeer",
    "KLANTSAFARI_OIDC_ROLES": "groups:balie=lezer@Nergens",
    "KLANTSAFARI_SMTP_URL": "smtp://localhost:9",
    "KLANTSAFARI_MAIL_FROM": "safari@klantsafari.example",
    "KLANTSAFARI_PUSH_CONTACT": "mailto:safari@klantsafari.example",
}


@pytest.fixture
def stage(tmp_path, monkeypatch):
    """The demo story instead of the cast; on SQLite only, since no page looks different on another database."""
    for name, value in OUTSIDE.items():
        monkeypatch.setenv(name, value)
    use(f"sqlite:///{tmp_path / 'klantsafari.db'}", tmp_path)
    migrate()
    with database().writing() as db:
        seeds.seed(db)
        anna = db.exec(select(User.id).where(col(User.email).startswith("anna"))).one()
        place = db.exec(select(Location.id).where(Location.kind == LocationKind.LOCATION)).first() or ""
        given = {"user_id": anna, "location_id": place, "session_id": new_id()}
        db.add(BreakGlass(**given, reason="Een klant belde over haar naam", ends_at=now() + LASTS))  # type: ignore[arg-type]
    yield
    database().engine.dispose()


def examples(db: Session) -> dict[str, str]:
    states = dict(db.exec(select(Safari.state, Safari.id).order_by(col(Safari.created_at))).all())
    running = db.get_one(Safari, states["running"])
    note = db.exec(select(FieldNote.id).where(FieldNote.safari_id == running.id)).first()
    there = select(ImprovementAction.id).where(ImprovementAction.location_id == running.location_id)
    action = db.exec(there.where(ImprovementAction.step == "doing")).first()
    bas = db.exec(select(User).where(col(User.email).startswith("bas"))).one()
    done = there.join(Reply, col(Reply.action_id) == col(ImprovementAction.id))
    told = select(Evidence.note_id).join(Reply, col(Reply.evidence_id) == col(Evidence.id))
    asked = [
        PrivacyRequest(
            kind=RequestKind.ERASURE,
            state=RequestState(state),
            location_id=running.location_id,
            note_id=note,
            requested_by_id=bas.id,
        )
        for state in ("open", "done")
    ]
    asked[1].done_at = now()
    asked[1].outcome = {
        "erased_by": "Anna",
        "asked_by": "Bas",
        "places": ["Stadskantoor"],
        "codes": ["64BB-9CCF"],
    }
    asked[1].outcome["counts"] = {"notes": 1, "typed": 2}
    db.add_all(asked)
    db.flush()
    (proposal,) = offers(db, actor_for(db, bas)).open
    return {
        "proposal": proposal.key,
        "request": asked[0].id,
        "erased": asked[1].id,
        "promise": db.exec(select(Promise.id)).first() or "",
        "done": db.exec(done.where(ImprovementAction.step == "done")).first() or "",
        "told": db.exec(told).first() or "",
        "slug": db.exec(select(PublicPlace.slug)).first() or "",
        "glass": db.exec(select(BreakGlass.id)).first() or "",
        **{str(state): found for state, found in states.items()},
        "location": db.exec(select(Location.id)).first() or "",
        "team": db.exec(select(Team.id)).first() or "",
        "counter": db.exec(select(Team.id).where(Team.location_id == running.location_id)).first() or "",
        "user": db.exec(select(User.id)).first() or "",
        "place": running.location_id,
        "own_team": db.exec(select(Team.id).where(Team.location_id == running.location_id)).first() or "",
        "join_code": running.join_code or "",
        "theme": db.exec(select(Tag.id)).first() or "",
        "note": note or "",
        "action": action or "",
        "rule": db.exec(select(Rule.id).where(Rule.location_id == running.location_id)).first() or "",
    }


def sign_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.get_by_label("E-mailadres").fill(f"{name}@klantsafari.example")
    page.get_by_label("Wachtwoord").fill(seeds.PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url("**/today")


@pytest.mark.timeout(400)
@pytest.mark.parametrize("who", [*PAGES, "signed out"])
def test_every_page_is_readable_for_everybody(open_context, who):
    context = open_context({"has_touch": True}, bypass_csp=True)
    with_axe(context)
    page = context.new_page()
    if who == "signed out":
        wrong = [f"{path}: {problem}" for path, problem in signed_out(page)]
    else:
        ids = with_examples()
        sign_in(page, who)
        wrong = [f"{path}: {found}" for path in PAGES[who] for found in problems(page, path.format(**ids))]
    assert not wrong, "\n".join(wrong)


def with_examples() -> dict[str, str]:
    with database().writing() as db:
        ids = examples(db)
    with database().writing() as db:
        bas = db.exec(select(User).where(col(User.email).startswith("bas"))).one()
        told = db.get_one(FieldNote, ids["told"])
        return ids | {"link": linked(db, told, actor_for(db, bas))}


def signed_out(page: Page) -> list[tuple[str, str]]:
    """The way in, and the links that others send: a wrong password and a dead invitation included."""
    found = [("/login", problem) for problem in problems(page, "/login")]
    page.get_by_label("E-mailadres").fill("bas@klantsafari.example")
    page.get_by_label("Wachtwoord").fill("niet dit wachtwoord")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_text("klopt niet").wait_for()
    found += [("/login refused", problem) for problem in on_every_screen(page)]
    found += [("/u/x", problem) for problem in problems(page, "/u/x", status=404)]
    for path, status in (("/invitations/x", 404), ("/session/sso/answer", 400), ("/session/code/new", 200)):
        found += [(path, problem) for problem in problems(page, path, status=status)]
    page.get_by_label("E-mailadres").fill("nobody@klantsafari.example")
    page.get_by_role("button", name="Stuur mij een code").click()
    page.wait_for_url("**/session/code")
    found += [("/session/code", problem) for problem in on_every_screen(page)]
    return found


def problems(page: Page, path: str, status: int = 200) -> list[str]:
    answer = page.goto(path)
    found = on_every_screen(page)
    if answer and answer.status != (404 if path == "/not-a-page" else status):
        found.append(f"status {answer.status}")
    return found


def on_every_screen(page: Page) -> list[str]:
    """One page, narrow and wide: what differs between a phone and a desk hangs on the width alone."""
    return [f"{name}: {problem}" for name, width in WIDTHS.items() for problem in at_width(page, width)]


def at_width(page: Page, width: ViewportSize) -> list[str]:
    page.set_viewport_size(width)
    found = [*by_day_and_night(page), *small_targets(page)]
    if (wider := sideways_scroll(page)) > 0:
        found.append(f"{wider} px too wide")
    return found


def by_day_and_night(page: Page) -> list[str]:
    """The same page in both sets of colours; nothing but colours differs between them."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    by_day = axe(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return by_day + [f"dark: {problem}" for problem in axe(page, COLOURS)]
