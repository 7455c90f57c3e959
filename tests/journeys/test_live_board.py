"""Two browsers on one board; a stand-up by keyboard alone; and a board without script."""

import time

import pytest
from playwright.sync_api import Page, expect

from app.database import database
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.cast import Cast
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.makers_action import raised, story

pytestmark = [pytest.mark.journey, pytest.mark.phone]

TITLES = ["Zet er een bord neer", "Bel zelf even terug", "Schaf het formulier af"]
WALL = {"viewport": {"width": 1920, "height": 1080}}


@pytest.fixture
def stage(stage: None) -> None:
    """Three cards in Nieuw."""
    with database().writing() as db:
        bas = actor_for(db, db.get_one(User, Cast.bas))
        note = story(db, Cast.town_hall, Cast.bas)
        for title in reversed(TITLES):
            raised(db, bas, note, title=title)


def column(page: Page, name: str):
    return page.locator("section.col").filter(has=page.get_by_role("heading", name=name))


def move(page: Page, title: str, step: str) -> None:
    page.get_by_role("link", name=f"Verplaats: {title}").click()
    page.get_by_role("dialog").get_by_role("button", name=step).click()


def board(page: Page, name: str, path: str = "/actions") -> None:
    sign_in(page, name)
    page.goto(path)
    expect(page.locator("live-board[live]")).to_be_visible()


def test_two_people_look_at_one_board_and_the_second_to_move_is_told(open_context):
    bas, carla = open_context(DESK).new_page(), open_context(DESK).new_page()
    board(bas, "bas")
    board(carla, "carla")
    bas.get_by_role("link", name=f"Verplaats: {TITLES[1]}").focus()
    bas.evaluate("document.querySelector('.card').theSame = true")
    move(carla, TITLES[2], "Mee bezig")
    expect(column(carla, "Mee bezig").locator(".card")).to_contain_text(TITLES[2])
    began = time.monotonic()
    expect(column(bas, "Mee bezig").locator(".card")).to_contain_text(TITLES[2])
    assert time.monotonic() - began < 2.0
    expect(column(bas, "Nieuw").locator("header b")).to_have_text("2")
    # The cards that did not move are the very same, and so is where Bas was.
    assert bas.evaluate("document.querySelector('.card').theSame")
    expect(bas.get_by_role("link", name=f"Verplaats: {TITLES[1]}")).to_be_focused()

    bas.keyboard.press("Enter")
    expect(bas.get_by_role("dialog")).to_be_visible()
    move(carla, TITLES[1], "Gekozen")
    expect(column(bas, "Gekozen").locator(".card")).to_contain_text(TITLES[1])
    bas.keyboard.press("3")
    expect(bas.locator("#said")).to_contain_text("Carla verplaatste dit net.")
    expect(column(bas, "Gekozen").locator(".card")).to_contain_text(TITLES[1])


def test_a_stand_up_by_keyboard_alone(open_context):
    wall = open_context(WALL).new_page()
    board(wall, "bas", "/actions/wall")
    large = wall.locator("#current .t")
    expect(large).to_have_text(TITLES[0])
    wall.keyboard.press("ArrowDown")
    expect(large).to_have_text(TITLES[1])
    expect(wall.locator("#current .q")).to_contain_text("Ik wilde juist iemand spreken.")
    size = "e => parseFloat(getComputedStyle(document.querySelector(e)).fontSize)"
    assert wall.evaluate(size, ".wall .card h3") >= 24
    assert wall.evaluate(size, "#current .t") >= 40
    # Four keys at most: to the card, V, and the step.
    wall.keyboard.press("v")
    expect(wall.get_by_role("dialog")).to_be_visible()
    wall.keyboard.press("2")
    expect(column(wall, "Gekozen").locator(".card")).to_contain_text(TITLES[1])
    expect(wall.get_by_role("dialog")).to_be_hidden()
    expect(large).to_have_text(TITLES[1])
    wall.keyboard.press("ArrowLeft")
    expect(large).to_have_text(TITLES[0])
    wall.keyboard.press("Enter")
    expect(wall.get_by_role("heading", name=TITLES[0])).to_be_visible()


def test_without_script_cards_are_moved_ordered_chosen_together_and_written_at(open_context):
    page = open_context(PHONE, java_script_enabled=False).new_page()
    sign_in(page, "carla")
    page.goto("/actions")
    page.get_by_role("link", name=f"Verplaats: {TITLES[0]}").click()
    page.get_by_role("button", name="Lager").click()
    expect(page.locator(".col.show h3").first).to_have_text(TITLES[1])
    page.get_by_role("link", name=f"Verplaats: {TITLES[0]}").click()
    page.get_by_role("button", name="Gekozen").click()
    expect(page.locator(".col.show .card")).to_contain_text(TITLES[0])

    page.goto("/actions?step=new&pick=1")
    for title in TITLES[1:]:
        page.get_by_label(f"Kies: {title}").check()
    page.get_by_label("Naar welke stap?").select_option(label="Mee bezig")
    page.get_by_label("Wie pakt dit op?").select_option(label="Carla Smit")
    page.get_by_role("button", name="Doe dit met de gekozen kaarten").click()
    expect(page.locator(".col.show h3")).to_have_text(TITLES[1:])

    page.get_by_role("link", name=TITLES[1], exact=True).click()
    page.get_by_label("Schrijf iets").fill("Morgen bel ik.")
    page.locator("#history").get_by_role("button", name="Zet erbij").click()
    expect(page.get_by_text("Morgen bel ik.")).to_be_visible()
