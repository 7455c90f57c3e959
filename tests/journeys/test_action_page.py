"""Everything around one action: by keyboard alone under a goal, by thumb, and without script."""

import pytest
from playwright.sync_api import Page, expect

from app.database import database
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.cast import Cast
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.journeys.keyboard import press, reach, write
from tests.makers_action import raised, story

pytestmark = [pytest.mark.journey, pytest.mark.phone]

TITLE = "Bel zelf even terug"
FAR = "Iedereen in één keer geholpen"
NEAR = "Dit jaar één formulier"


@pytest.fixture
def action(stage: None) -> str:
    with database().writing() as db:
        bas = actor_for(db, db.get_one(User, Cast.bas))
        return raised(db, bas, story(db, Cast.town_hall, Cast.bas), title=TITLE).id


def test_bas_grows_the_tree_of_goals_by_keyboard_alone_and_hangs_an_action_in_it(open_context, action: str):
    page = open_context(DESK).new_page()
    sign_in(page, "bas")
    page.goto("/goals")
    press(page, page.locator(".page-head").get_by_role("link", name="Doel erbij"))
    save_goal(page, FAR)
    press(page, page.get_by_role("link", name="Doel hieronder"))
    save_goal(page, NEAR)
    expect(page.locator(".goal-tree ul h2")).to_have_text(NEAR)

    page.goto(f"/actions/{action}/edit")
    reach(page, page.get_by_label("Bij welk doel hoort dit?"))
    page.keyboard.type(NEAR)
    press(page, page.get_by_role("button", name="Bewaar"))
    page.goto("/goals")
    press(page, page.get_by_role("link", name=NEAR, exact=True))
    press(page, page.get_by_role("link", name=TITLE))
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def save_goal(page: Page, title: str) -> None:
    write(page, page.get_by_label("Wat willen jullie bereiken?"), title)
    page.keyboard.press("Enter")
    page.wait_for_url("**/goals#*")


def test_carla_follows_an_action_with_her_thumb_and_ticks_its_steps_by_keyboard(open_context, action: str):
    phone = open_context(PHONE).new_page()
    sign_in(phone, "carla")
    phone.goto(f"/actions/{action}")
    for words in ("Zoek het nummer", "Bel"):
        write(phone, phone.get_by_label("Nieuwe stap"), words)
        phone.keyboard.press("Enter")
        expect(phone.locator("#steps li").last).to_contain_text(words)
    press(phone, phone.get_by_role("button", name="Klaar: Zoek het nummer"), "Space")
    # Where the keyboard was, it stays: the box that was ticked is the one to untick.
    expect(phone.get_by_role("button", name="Toch niet klaar: Zoek het nummer")).to_be_focused()
    phone.get_by_label("Meer bij: Bel").tap()
    phone.get_by_role("button", name="Omhoog").tap()
    expect(phone.locator("#steps li").first).to_contain_text("Bel")
    phone.get_by_label("Schrijf iets").fill("Wat vind jij, ")
    phone.keyboard.type("@b")
    expect(phone.get_by_role("option")).to_have_text("Bas de Wit")
    phone.get_by_role("option", name="Bas de Wit").tap()
    phone.keyboard.type("@x")
    expect(phone.get_by_role("listbox")).to_be_hidden()
    phone.keyboard.press("Backspace")
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("Schrijf iets")).to_have_value("Wat vind jij, @Bas de Wit @Bas de Wit ")
    phone.locator("#history").get_by_role("button", name="Zet erbij").tap()
    expect(phone.locator(".trace")).to_contain_text("@Bas de Wit")
    phone.locator("#watchers").get_by_role("button").first.tap()
    expect(phone.locator("#watchers")).to_contain_text("Carla Smit")


def test_without_script_an_action_is_made_finished_and_closed(open_context, action: str):
    page = open_context(PHONE, java_script_enabled=False).new_page()
    sign_in(page, "carla")
    page.goto("/actions")
    page.get_by_role("link", name="Maak actie").first.click()
    page.get_by_role("link", name="Ik wilde juist iemand spreken").click()
    page.get_by_label("Wat gaan jullie doen?").fill("Zet een stoel neer")
    page.locator("input[name=kind][value=improve]").check()
    page.get_by_role("button", name="Maak actie").click()
    page.get_by_role("link", name="Verplaats").first.click()
    page.get_by_role("button", name="Gedaan").click()
    page.get_by_role("link", name="Kies wat klanten moeten merken").click()
    page.get_by_label("Waaraan merken klanten het?").select_option(label="Afspraken nakomen")
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_role("button", name="Begin met tellen").click()
    expect(page.locator("#helped")).to_contain_text("Minder klanten noemen")
    page.goto(f"/actions/{action}")
    page.get_by_role("link", name="Verplaats").first.click()
    page.get_by_text("Nu niet").first.click()
    page.get_by_label("Waarom niet?").fill("Eerst de stoelen.")
    page.get_by_role("button", name="Zet op Nu niet").click()
    expect(page.get_by_text("Waarom nu niet: Eerst de stoelen.")).to_be_visible()
