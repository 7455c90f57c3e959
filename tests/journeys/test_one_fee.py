"""Three customers name one fee: one proposal, one action, one rule; a fourth says it in other words."""

import pytest
from playwright.sync_api import Page, expect

from app.database import database
from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.journeys.test_kapmes import FEE as RULE
from tests.journeys.test_proposals import add_fourth, make_action
from tests.makers_proposal import OTHERWISE, said, the_fee

pytestmark = pytest.mark.journey


@pytest.fixture
def notes(stage: None, cast: Cast) -> list[str]:
    with database().writing() as db:
        return [note.id for note in the_fee(db, cast.town_hall, cast.bas)]


def test_one_fee_becomes_one_action_and_one_rule_and_a_fourth_customer_joins(
    open_context, cast: Cast, notes: list[str]
):
    phone = open_context(PHONE).new_page()
    sign_in(phone, "bas")
    phone.goto("/proposals")
    expect(phone.get_by_role("article")).to_have_count(1)
    make_action(phone)
    expect(phone.locator("blockquote mark")).to_have_count(3)
    for note in notes:
        put_in_register(phone, note)
    phone.goto("/rules")
    expect(phone.get_by_role("link", name=RULE)).to_have_count(1)
    phone.get_by_role("link", name=RULE).click()
    expect(phone.get_by_text("3 klanten", exact=True).first).to_be_visible()
    with database().writing() as db:
        said(db, cast.town_hall, cast.bas, OTHERWISE)
    add_fourth(phone)
    phone.goto("/proposals")
    expect(phone.get_by_role("article")).to_have_count(0)


def put_in_register(page: Page, note: str) -> None:
    """The first story gives the rule its name, the next ones are put with it."""
    page.goto(f"/field-notes/{note}")
    page.get_by_role("region", name="Regels in de weg").get_by_role("link").last.click()
    known = page.get_by_label("Welke regel is het?")
    if known.count():
        known.select_option(label=RULE)
    else:
        page.get_by_label("Hoe heet deze regel?").fill(RULE)
    page.get_by_role("button", name="Zet in het kapmes").click()
    expect(page.get_by_role("heading", name=RULE)).to_be_visible()
