"""A customer without account or script: reads what came of their story, says that it helped, and has it all erased."""

import pytest
from playwright.sync_api import Page, expect

from app.database import database
from app.models.access import Actor
from app.models.action.table import Step
from app.models.promise import replying
from app.models.promise.schemas import ReplyDraft
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.cast import Cast
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.makers_action import raised
from tests.makers_promise import promised, reachable

pytestmark = pytest.mark.journey

SAID = "Ik wilde juist iemand spreken."


@pytest.fixture
def ids(stage: None, cast: Cast) -> tuple[str, str]:
    """A note of Bas with a promise, and the action that rests on it, which is done and on the page of the place."""
    with database().writing() as db:
        bas: Actor = actor_for(db, db.get_one(User, cast.bas))
        note = reachable(db, cast.town_hall, cast.bas)
        action = raised(db, bas, note)
        action.step = Step.DONE
        promised(db, note, bas)
        (quote,) = replying.quotable(db, action.id)
        text = "Er staat nu altijd iemand aan de balie."
        replying.reply(db, action, ReplyDraft(text=text, evidence_id=quote.id, publish=True), by=bas)
        return note.id, action.id


def test_a_customer_reads_answers_and_withdraws_by_their_own_link(open_context, ids: tuple[str, str]):
    note, action = ids
    desk = open_context(DESK).new_page()
    sign_in(desk, "bas")
    link, public = make_link(desk, note), open_public_page(desk)
    expect(desk.get_by_text(SAID)).to_be_visible()

    customer = open_context(PHONE, java_script_enabled=False).new_page()
    customer.goto(link)
    for words in (SAID, "over de tekening", "altijd iemand aan de balie"):
        expect(customer.get_by_text(words).first).to_be_visible()
    customer.get_by_label("Dit hielp", exact=True).check()
    customer.get_by_label("Wilt u er iets bij zeggen?").fill("Fijn gesprek.")
    customer.get_by_role("button", name="Verstuur").first.click()
    expect(customer.get_by_text("Uw antwoord is bewaard.")).to_be_visible()
    assert customer.context.cookies() == []
    desk.goto(f"/actions/{action}")
    expect(desk.get_by_text("Fijn gesprek.")).to_be_visible()
    expect(desk.get_by_text("1 klant").first).to_be_visible()

    customer.get_by_role("link", name="Wis alles van mij").click()
    customer.get_by_role("button", name="Ja, wis alles").click()
    expect(customer.get_by_role("heading", name="Alles is gewist")).to_be_visible()
    nothing_is_left(desk, action, public)
    customer.goto(link)
    expect(customer.get_by_text("Deze link werkt niet meer.")).to_be_visible()


def make_link(page: Page, note: str) -> str:
    page.goto(f"/field-notes/{note}")
    page.get_by_text("Maak een link voor deze klant").click()
    page.get_by_label("De klant zei ja").check()
    page.get_by_role("button", name="Maak de link").click()
    expect(page.get_by_alt_text("QR-code met de link voor deze klant")).to_be_visible()
    return page.get_by_label("Link voor deze klant").input_value()


def open_public_page(page: Page) -> str:
    page.goto("/public-pages")
    page.get_by_role("link", name="Bekijk").click()
    expect(page.get_by_role("heading", name="U zei, wij deden")).to_be_visible()
    return page.url


def nothing_is_left(page: Page, action: str, public: str) -> None:
    for path in (f"/actions/{action}", "/actions", "/field-notes", "/call-backs", "/today", public):
        page.goto(path)
        for words in (SAID, "Fijn gesprek.", "over de tekening"):
            expect(page.get_by_text(words)).to_have_count(0)
    page.goto(f"/actions/{action}")
    expect(page.get_by_text("Nog geen verhaal").first).to_be_visible()
