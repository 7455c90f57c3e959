"""Three customers name one fee: it becomes one rule with three voices, a decision, and an action."""

import pytest
from playwright.sync_api import Page, expect

from app.database import database
from tests.cast import Cast
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.makers_action import story

pytestmark = pytest.mark.journey

STORIES = [
    "Ik wilde iets overmaken. Daar moet ik 35 euro voor rekenen, zei ze.",
    "Dat kost u € 35, zei hij. Het uitleggen duurde tien minuten.",
    "Ze wilde wel helpen. Maar zij moest 35 euro vragen en dat duurde een kwartier.",
]
FEE = "35 euro voor een overboeking"
ACTION = "Haal het tarief weg"


@pytest.fixture
def notes(stage: None) -> list[str]:
    with database().writing() as db:
        return [story(db, Cast.town_hall, Cast.bas, text).id for text in STORIES]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_three_stories_about_one_fee_become_one_rule_and_something_is_done_about_it(
    open_context, notes: list[str], script: bool
):
    phone = open_context(PHONE, java_script_enabled=script).new_page()
    sign_in(phone, "carla")
    name_rule_from_register(phone)
    for note in notes:
        add_to_rule(phone, note)
    desk = open_context(DESK, java_script_enabled=script).new_page()
    sign_in(desk, "bas")
    read_rule(desk)
    decide(desk)
    raise_action(desk)
    expect(desk.get_by_text("Hoort bij regel")).to_be_visible()
    desk.get_by_role("link", name=FEE).click()
    expect(desk.get_by_role("link", name=ACTION)).to_be_visible()


def name_rule_from_register(page: Page) -> None:
    """The register proposes the newest story; nothing is there until Carla says so."""
    page.get_by_role("link", name="Meer", exact=True).click()
    page.get_by_role("link", name="Kapmes").locator("visible=true").click()
    expect(page.get_by_text("Nog geen regels.")).to_be_visible()
    maybe = page.get_by_role("link", name="moest 35 euro vragen")
    expect(maybe).to_be_visible()
    maybe.click()
    expect(page.get_by_label("Euro's")).to_have_value("35")
    expect(page.get_by_label("Minuten")).to_have_value("15")
    page.get_by_label("Hoe heet deze regel?").fill(FEE)
    page.get_by_label("Nee, die was er niet").check()
    page.get_by_role("button", name="Zet in het kapmes").click()
    expect(page.get_by_role("heading", name=FEE)).to_be_visible()


def add_to_rule(page: Page, note: str) -> None:
    page.goto(f"/field-notes/{note}")
    if page.get_by_role("link", name=FEE).count():
        return
    page.get_by_role("link", name="35").first.click()
    page.get_by_label("Welke regel is het?").select_option(label=FEE)
    page.get_by_role("button", name="Zet in het kapmes").click()
    expect(page.get_by_role("heading", name=FEE)).to_be_visible()


def read_rule(page: Page) -> None:
    page.get_by_role("link", name="Kapmes").locator("visible=true").click()
    expect(page.get_by_text("Misschien ook regels")).to_have_count(0)
    page.get_by_role("link", name=FEE).click()
    expect(page.get_by_text("3 klanten", exact=True).first).to_be_visible()
    expect(page.locator("blockquote mark")).to_have_count(3)
    expect(page.get_by_text("€ 105 bij 3 van 3 klanten")).to_be_visible()
    expect(page.get_by_text("15 minuten bij 1 van 3 klanten")).to_be_visible()


def decide(page: Page) -> None:
    page.get_by_label("Schrappen").check()
    page.get_by_label("Waarom?").fill("Uitleggen kost meer dan helpen.")
    page.get_by_role("button", name="Bewaar besluit").click()
    expect(page.get_by_text("Uitleggen kost meer dan helpen.").first).to_be_visible()
    expect(page.get_by_text("Besloot: schrappen")).to_be_visible()


def raise_action(page: Page) -> None:
    page.get_by_role("link", name="Maak actie van deze regel").click()
    page.get_by_label("Wat gaan jullie doen?").fill(ACTION)
    expect(page.get_by_label("Kapmes")).to_be_checked()
    page.get_by_role("button", name="Maak actie").click()
    expect(page.get_by_role("heading", name=ACTION)).to_be_visible()
    expect(page.locator("blockquote mark")).to_have_count(3)
