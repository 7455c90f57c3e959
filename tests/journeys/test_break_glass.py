"""Anna reads along in an emergency; Bas is told, sees what she opened, and says when he knows."""

import pytest
from playwright.sync_api import Page, expect

from app.database import database
from tests.cast import Cast
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.makers_safari import note, safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]

SAID = "Ze noemden mijn naam hardop door de hele hal."
REASON = "Een klant belde dat haar naam in een verhaal staat"


def test_anna_breaks_the_glass_and_bas_is_told(open_context):
    with database().writing() as db:
        note(db, safari(db), answers={"story": {"value": SAID, "literal": True}}, headline=SAID)
    anna: Page = open_context(DESK).new_page()
    sign_in(anna, "anna")
    anna.goto("/break-glass")
    anna.get_by_role("link", name="Vraag noodtoegang").click()
    anna.get_by_label("Locatie").select_option(Cast.town_hall)
    anna.get_by_label("Waarom is dit nodig?").fill(REASON)
    anna.get_by_role("button", name="Open voor een uur").click()
    expect(anna.get_by_text("Noodtoegang: Stadskantoor.")).to_be_visible()
    anna.get_by_role("link", name=SAID).click()
    expect(anna.locator("#story")).to_contain_text("mijn naam")
    expect(anna.get_by_role("link", name="Maak actie van dit verhaal")).to_have_count(0)

    bas: Page = open_context(PHONE).new_page()
    sign_in(bas, "bas")
    expect(bas.get_by_text("Anna Bakker leest nu in nood mee bij Stadskantoor")).to_be_visible()
    expect(bas.get_by_text(REASON)).to_be_visible()

    anna.get_by_role("button", name="Stop nu").click()
    expect(anna.get_by_text("Noodtoegang: Stadskantoor.")).to_have_count(0)

    bas.get_by_role("link", name="Bekijk wat er geopend is").click()
    expect(bas.get_by_text("Een verhaal gelezen")).to_be_visible()
    bas.get_by_role("button", name="Ik heb dit gezien").click()
    bas.wait_for_url("**/today")
    expect(bas.get_by_text(REASON)).to_have_count(0)
