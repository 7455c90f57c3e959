"""Several customers say the same: it becomes one action, a fourth joins it, and another one is not for now."""

import pytest
from playwright.sync_api import Page, expect

from app.database import database
from tests.journeys.conftest import PHONE, sign_in
from tests.makers_proposal import FEE, OTHERWISE, said, the_fee

pytestmark = pytest.mark.journey

QUEUE = (
    "Ik stond een half uur in de rij.",
    "Een half uur in de rij voor één formulier.",
    "De rij duurde een half uur.",
)


@pytest.fixture(autouse=True)
def heard(stage, cast):
    with database().writing() as db:
        the_fee(db, cast.town_hall, cast.bas)
        for text in QUEUE:
            said(db, cast.town_hall, cast.bas, text, label={"slug": "wachttijd"})


def test_bas_makes_one_action_of_three_customers_and_a_fourth_joins_without_script(open_context, cast):
    phone = open_context(PHONE, java_script_enabled=False).new_page()
    sign_in(phone, "bas")
    phone.goto("/more")
    phone.get_by_role("main").get_by_role("link", name="Voorstellen").click()
    make_action(phone)
    with database().writing() as db:
        said(db, cast.town_hall, cast.bas, OTHERWISE)
    add_fourth(phone)
    say_not_now(phone)


def make_action(page: Page) -> None:
    card = page.get_by_role("article", name="Kosten en tarieven: € 35, overboeking")
    expect(card).to_contain_text("3 klanten zeggen dit op Stadskantoor, in 7 dagen")
    card.get_by_role("link", name="Maak actie").click()
    title = page.get_by_label("Wat gaan jullie doen?")
    expect(title).to_have_value("Kosten en tarieven: € 35, overboeking")
    title.fill("Help zonder € 35")
    page.get_by_role("button", name="Maak actie").click()
    expect(page.get_by_role("heading", name="Help zonder € 35")).to_be_visible()
    for text in FEE:
        expect(page.get_by_text(text)).to_be_visible()


def add_fourth(page: Page) -> None:
    page.goto("/proposals")
    expect(page.get_by_text("Past bij een actie die al loopt")).to_be_visible()
    page.get_by_role("link", name="Lees het verhaal").last.scroll_into_view_if_needed()
    page.get_by_role("button", name="Voeg toe aan ‘Help zonder € 35’").click()
    expect(page.get_by_role("heading", name="Waarom 4 klanten")).to_be_visible()
    expect(page.get_by_text(OTHERWISE)).to_be_visible()


def say_not_now(page: Page) -> None:
    page.goto("/proposals")
    card = page.get_by_role("article", name="Wachten en snelheid")
    card.locator("summary").click()
    card.get_by_label("Waarom nu niet?").fill("Volgende week komt er een balie bij.")
    card.get_by_role("button", name="Nu niet").click()
    expect(page.get_by_role("article")).to_have_count(0)
    page.get_by_text("1 voorstel staat op ‘nu niet’").click()
    expect(page.get_by_text("Volgende week komt er een balie bij.")).to_be_visible()
