"""The worker on the phone: what it keeps, what it shows when the server does not answer, and what it leaves alone."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from app.database import database
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.bench.server import free_port, started
from tests.cast import Cast
from tests.faults import portals
from tests.faults.worker import await_worker
from tests.journeys.conftest import PHONE, sign_in
from tests.makers_note import interview, recorded, running_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]

ALL_CACHED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request)).text();
      found[new URL(request.url).pathname] = text;
    }
  }
  return found;
}"""
SECRET = "Mevrouw Jansen kwam met een pruik op"


@pytest.fixture
def safari(stage: None) -> str:
    with database().writing() as db:
        made = running_safari(db, Cast.town_hall, Cast.bas)
        draft = interview(made.id, answers={"story": {"value": SECRET, "literal": True}})
        recorded(db, actor_for(db, db.get_one(User, Cast.bas)), draft)
        return made.id


@pytest.fixture
def server(safari: str) -> Callable[[], AbstractContextManager[Any]]:
    """`with server():` the app is there; after it nobody answers at that address."""
    port = free_port()

    def serve() -> AbstractContextManager[Any]:
        return started(["app", "serve", "--port", str(port)], port, "/health/ready")

    serve.port, serve.address = port, f"http://localhost:{port}"  # type: ignore[attr-defined]
    return serve


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext], server: Any) -> Page:
    context = open_context(PHONE, service_workers="allow", base_url=server.address)
    return context.new_page()


def at_work(page: Page, safari: str) -> None:
    """Signed in, the worker in charge, and the safari's pages on the phone."""
    sign_in(page, "bas")
    page.goto(f"/safaris/{safari}")
    await_worker(page, f"/safaris/{safari}", f"/safaris/{safari}/observations/new")


def test_the_worker_keeps_what_the_field_needs_and_nothing_of_anybody(phone: Page, server: Any, safari: str):
    with server():
        at_work(phone, safari)
        for path in ("/field-notes", "/today", "/me", "/actions", "/outbox"):
            phone.goto(path)
        cached = phone.evaluate(ALL_CACHED)
    assert "/offline" in cached
    assert {"app.js", "app.css", "capture.js", "sprite.svg"} <= {
        re.sub(r"\.\w{8}\.", ".", path[13:]) for path in cached
    }
    assert [path for path in cached if path != "/offline" and not path.startswith("/static/dist/")] == []
    told = re.compile(rf"\b(Bas|bas@|{Cast.bas}|{safari}|Jansen|pruik|Stadskantoor)\b")
    assert [(path, found.group()) for path, text in cached.items() if (found := told.search(text))] == []


def test_without_a_server_bas_gets_what_was_kept_and_never_the_browsers_own_page(
    phone: Page, server: Any, safari: str
):
    with server():
        at_work(phone, safari)
    phone.goto(f"/safaris/{safari}/observations/new")
    expect(phone.get_by_text("Geen verbinding.")).to_be_visible()
    expect(phone.get_by_role("button", name="Bewaar").locator("visible=true").first).to_be_visible()
    answer = phone.goto("/actions")
    assert answer
    assert answer.from_service_worker
    expect(phone.get_by_role("heading", name="Geen internet")).to_be_visible()
    assert phone.evaluate("document.body.dataset.user") is None
    phone.goto("/go")
    expect(phone).to_have_url(f"{server.address}/safaris/{safari}")
    phone.goto("/go/observation")
    expect(phone).to_have_url(f"{server.address}/safaris/{safari}/observations/new")


def test_a_kept_page_is_under_the_same_policy(phone: Page, server: Any, safari: str):
    with server():
        at_work(phone, safari)
        given = phone.goto(f"/safaris/{safari}")
    kept = phone.goto(f"/safaris/{safari}")
    assert given
    assert kept
    assert kept.status == 200
    wanted = ("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy")
    assert {name: kept.headers[name] for name in wanted} == {name: given.headers[name] for name in wanted}
    assert kept.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("trouble", [portals.portal, portals.broken, portals.silent, portals.half])
def test_who_is_in_the_field_goes_on_whatever_answers_in_our_place(
    phone: Page, server: Any, safari: str, trouble: Callable[[int], AbstractContextManager[None]]
):
    with server():
        at_work(phone, safari)
    with trouble(server.port):
        phone.goto(f"/safaris/{safari}/observations/new")
        expect(phone.get_by_text("Geen verbinding.")).to_be_visible()
        expect(phone.locator("capture-form[mode]")).to_be_visible()
        assert phone.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_who_was_signed_out_meanwhile_keeps_the_page_and_is_told(phone: Page, server: Any, safari: str):
    with server():
        at_work(phone, safari)
        phone.context.clear_cookies()
        phone.goto(f"/safaris/{safari}")
        told = phone.get_by_text("Je bent uitgelogd. Ga gerust door, alles blijft op dit toestel.")
        expect(told).to_be_visible()
        phone.locator("shown-instead").get_by_role("link", name="Inloggen").click()
        expect(phone).to_have_url(f"{server.address}/login?next=%2Fsafaris%2F{safari}")


def test_writing_and_data_never_pass_through_the_worker(phone: Page, server: Any, safari: str):
    answers: list[Response] = []
    with server():
        at_work(phone, safari)
        phone.context.on("response", lambda answer: answers.append(answer))
        phone.goto(f"/safaris/{safari}/observations/new")
        phone.locator("[name='answers.text']").fill("Iedereen zoekt de balie.")
        phone.get_by_role("button", name="Bewaar").locator("visible=true").first.click()
        phone.wait_for_url(f"**/safaris/{safari}?saved=1")
        phone.goto("/me")
        phone.get_by_label("Naam").fill("Bas de Boer")
        phone.get_by_role("button", name="Bewaar").first.click()
        expect(phone.get_by_text("Bewaard.")).to_be_visible()
        phone.evaluate("() => fetch('/exports/field-notes.csv').then(answer => answer.text())")
    private = re.compile(r"/(api|auth|session|health|exports|attachments|bundles)(/|$)")
    alone = [
        a for a in answers if a.request.method != "GET" or private.match(a.url.removeprefix(server.address))
    ]
    assert {a.request.method for a in alone} >= {"GET", "POST"}
    assert any("/api/v1/" in a.url for a in alone)
    assert [a.url for a in alone if a.from_service_worker] == []
    assert any(a.from_service_worker for a in answers)
