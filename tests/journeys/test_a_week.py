"""A week of the team at the counter: from the stand-up on Monday to a customer who is told."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.database import database
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.makers_action import raised, story
from tests.makers_promise import reachable

pytestmark = [pytest.mark.journey, pytest.mark.phone]

WALL = {"viewport": {"width": 1920, "height": 1080}}
TITLE = "Bel zelf even terug"
OTHER = "Zet er een bord neer"
MAY_I = "De klant zijn parkeerkosten teruggeven."


@pytest.fixture
def stage(stage: None) -> None:
    """Two cards in Nieuw; the customer of the second wants to hear back."""
    with database().writing() as db:
        bas = actor_for(db, db.get_one(User, Cast.bas))
        raised(db, bas, reachable(db, Cast.town_hall, Cast.carla), title=TITLE)
        raised(db, bas, story(db, Cast.town_hall, Cast.bas), title=OTHER)


def column(page: Page, name: str):
    return page.locator("section.col").filter(has=page.get_by_role("heading", name=name))


def signed_in(context: BrowserContext, name: str, path: str) -> Page:
    page = context.new_page()
    sign_in(page, name)
    page.goto(path)
    return page


def move(page: Page, step: str) -> None:
    page.get_by_role("link", name="Verplaats").first.click()
    page.get_by_role("dialog").get_by_role("button", name=step).click()


def test_a_week_of_the_team_from_the_stand_up_to_a_customer_who_is_told(open_context):
    wall = signed_in(open_context(WALL), "bas", "/actions/wall")
    monday_at_the_wall(wall)
    carla = signed_in(open_context(PHONE), "carla", "/actions")
    carla_takes_it(carla)
    expect(column(wall, "Gekozen").locator(".who")).to_contain_text("Carla")

    carla_asks_for_room(carla)
    expect(wall.locator("#current .mandate")).to_contain_text("Wacht op ruimte van Bas de Wit")
    bas = signed_in(open_context(PHONE), "bas", "/today")
    bas_gives_it(bas)
    expect(wall.locator("#current")).not_to_contain_text("Wacht op ruimte")

    carla_finishes_and_says_what_should_move(carla)
    expect(column(wall, "Gedaan").locator(".card")).to_contain_text("Vertel het nog aan 1 klant")
    carla_tells_the_customer(carla)
    expect(wall.locator("#col-told")).to_contain_text("1")
    # The card left the board on the wall: the team stands at the one that is left, and not at what is gone.
    expect(wall.locator("#current .t")).to_have_text(OTHER)


def monday_at_the_wall(wall: Page) -> None:
    expect(wall.locator("live-board[live]")).to_be_visible()
    expect(wall.locator("#current .t")).to_have_text(OTHER)
    wall.keyboard.press("ArrowDown")
    expect(wall.locator("#current .t")).to_have_text(TITLE)
    wall.keyboard.press("v")
    expect(wall.get_by_role("dialog")).to_be_visible()
    wall.keyboard.press("2")
    expect(column(wall, "Gekozen").locator(".card")).to_contain_text(TITLE)


def carla_takes_it(page: Page) -> None:
    page.get_by_role("link", name="Gekozen").click()
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_role("button", name="Dat doe ik").click()
    expect(page.locator(".facts")).to_contain_text("Carla Smit")
    page.get_by_label("Nieuwe stap").fill("Vraag het nummer op")
    page.locator("#steps").get_by_role("button", name="Zet erbij").click()
    page.get_by_role("button", name="Klaar: Vraag het nummer op").click()
    expect(page.locator("#steps")).to_contain_text("1 van 1 klaar")
    page.get_by_label("Schrijf iets").fill("@Bas ik bel morgen.")
    page.locator("#history").get_by_role("button", name="Zet erbij").click()
    expect(page.locator("#history")).to_contain_text("ik bel morgen.")


def carla_asks_for_room(page: Page) -> None:
    page.get_by_role("link", name="Vraag ruimte").click()
    page.get_by_label("Bas de Wit").check()
    page.get_by_label("Wat wil je mogen?").fill(MAY_I)
    page.get_by_role("button", name="Vraag het").click()
    expect(page.locator("#room")).to_contain_text("Wacht op ruimte van Bas de Wit, sinds vandaag")


def bas_gives_it(page: Page) -> None:
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_text("Carla Smit noemde je hier.")).to_be_visible()
    expect(page.locator("#room")).to_contain_text(MAY_I)
    page.get_by_role("button", name="Ja, dat mag").click()
    expect(page.locator("#room")).to_contain_text("Bas de Wit zei ja.")


def carla_finishes_and_says_what_should_move(page: Page) -> None:
    page.goto("/reminders")
    page.get_by_role("link", name="Antwoord op je vraag om ruimte").click()
    expect(page.locator("#room")).to_contain_text("Bas de Wit zei ja.")
    move(page, "Gedaan")
    page.get_by_role("link", name="Kies wat klanten moeten merken").click()
    page.get_by_label("Waaraan merken klanten het?").select_option(label="Afspraken nakomen")
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_role("button", name="Begin met tellen").click()
    expect(page.locator("#helped")).to_contain_text("Minder klanten noemen")
    expect(page.locator("#history")).to_contain_text("Koos wat klanten moeten merken")


def carla_tells_the_customer(page: Page) -> None:
    page.locator("#told").get_by_role("button", name="Verteld").click()
    expect(page.locator("#told")).to_contain_text("Verteld op")
    page.get_by_role("button", name="Zet de kaart op Verteld").click()
    expect(page.locator(".facts b")).to_have_text("Verteld")
