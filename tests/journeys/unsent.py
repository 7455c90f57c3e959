"""What Carla does on her phone before anything of it reaches us, and a server that says no."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

from app.database import database
from app.models.safari.table import Safari, SafariParticipant
from tests.cast import Cast
from tests.makers_note import running_safari

SAW = "Rij tot aan de deur, één balie open."


def carlas_safari() -> Safari:
    """Bas leads, Carla walks along."""
    with database().writing() as db:
        safari = running_safari(db, Cast.town_hall, Cast.bas)
        db.add(SafariParticipant(safari_id=safari.id, user_id=Cast.carla))
    return safari


def cut_off(page: Page) -> None:
    """Nothing that the phone says to our server about notes gets through."""
    page.context.route("**/api/v1/**", lambda route: route.abort())


def back_online(page: Page) -> None:
    page.context.unroute("**/api/v1/**")


def observe(page: Page, safari: Safari, *, text: str = SAW, photo: Path | None = None) -> None:
    page.goto(f"/safaris/{safari.id}/observations/new")
    page.locator("[name='answers.text']").fill(text)
    if photo:
        page.locator("input[type=file]").first.set_input_files(photo)
        expect(page.locator("capture-media li img")).to_be_visible()
    page.get_by_role("button", name="Bewaar", exact=True).locator("visible=true").click()
    # The draft says the same before it: only this part shows that the note itself is kept.
    expect(page.locator("[data-done]")).to_be_visible()
    expect(page.get_by_text("Opgeslagen op dit toestel").first).to_be_visible()


def refusing(context: BrowserContext, status: int, code: str, message: str) -> None:
    """The server's own no, whichever way a note is offered."""

    def answer(route: Route) -> None:
        error = {"code": code, "message": message, "fields": {}}
        asked: Any = route.request.post_data_json
        if route.request.url.endswith("/sync"):
            notes = asked["notes"]
            results = [{"id": n["id"], "status": status, "receipt": None, "error": error} for n in notes]
            route.fulfill(json={"results": results})
        elif route.request.url.endswith("/manifest"):
            said = [{"id": n["id"], "state": "unknown", "missing": [], "receipt": None} for n in asked]
            route.fulfill(json={"notes": said})
        else:
            route.fulfill(status=status, json={"error": error})

    context.unroute("**/api/v1/**")
    for address in ("**/api/v1/sync", "**/api/v1/manifest", "**/api/v1/field-notes/**"):
        context.route(address, answer)
