"""Bas gets a rhythm, plans his safari from Vandaag, and hears on his phone of what waits for him."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from app.database import database
from app.models.push.queueing import queue
from app.models.safari.table import Safari, SafariState
from tests.cast import Cast
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.push_service import PushService, push_everything, push_service

pytestmark = [pytest.mark.journey, pytest.mark.phone]

# A browser in a test has no push service of its own: what it would be given, it is given here.
AFTERNOON = re.compile(r"\d{4}-\d\d-\d\dT14:00")
GIVEN = "PushManager.prototype.subscribe = async () => ({ toJSON: () => (%s) });"


@pytest.fixture
def service(stage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with push_service(monkeypatch) as made:
        yield made


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_bas_plans_the_safari_that_it_is_time_for(open_context, script: bool):
    page = open_context(DESK, java_script_enabled=script).new_page()
    sign_in(page, "bas")
    page.goto("/rhythm")
    page.get_by_role("link", name="Ritme erbij").click()
    page.get_by_label("Hoe vaak?").select_option("4")
    page.get_by_label("Welk deel van de dag?").select_option("afternoon")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Deze week")).to_be_visible()
    page.goto("/today")
    page.get_by_role("link", name="Plan hem").click()
    expect(page.get_by_label("Wanneer ga je?")).to_have_value(AFTERNOON)
    page.get_by_role("button", name="Begin safari").click()
    page.wait_for_url("**/safaris/0*")
    with database().reading() as db:
        assert db.exec(select(Safari)).one().state == SafariState.PLANNED
    page.goto("/rhythm")
    expect(page.get_by_text("Gepland:")).to_be_visible()


def test_his_phone_asks_at_a_tap_and_shows_the_message(open_context, service: PushService):
    context: BrowserContext = open_context(PHONE, service_workers="allow", permissions=["notifications"])
    context.add_init_script(GIVEN % json.dumps(service.phone()))
    page = context.new_page()
    sign_in(page, "bas")
    page.goto("/me/reminders")
    page.get_by_role("button", name="Stuur berichten naar deze telefoon").click()
    expect(page.get_by_text("Deze telefoon krijgt je dagelijkse bericht.")).to_be_visible()
    with database().writing() as db:
        words = {"title": "Klantsafari", "text": "2 acties zijn te laat", "to": "/reminders"}
        queue(db, Cast.bas, patience=timedelta(hours=1), **words)
    assert push_everything() == 1
    (message,) = service.messages()
    deliver(page, json.dumps(message))
    expect_shown(page, "2 acties zijn te laat")


def deliver(page: Page, message: str) -> None:
    """As the browser does when its push service calls."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.wait_for_timeout(200)
    origin = page.evaluate("location.origin")
    push = {"origin": origin, "registrationId": found[-1], "data": message}
    session.send("ServiceWorker.deliverPushMessage", push)


def expect_shown(page: Page, words: str) -> None:
    page.wait_for_function(
        """async (words) => {
          const worker = await navigator.serviceWorker.ready;
          return (await worker.getNotifications()).some((one) => one.body === words);
        }""",
        arg=words,
    )
