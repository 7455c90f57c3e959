"""A theme in the organisation's own words: typed, tried, wrong once, and then it works."""

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.models.tag.table import Tag
from tests.journeys.conftest import sign_in
from tests.looking import look

pytestmark = [pytest.mark.journey, pytest.mark.phone]


def test_anna_adds_a_value_tries_it_and_switches_it_off(desk: Page):
    sign_in(desk, "anna")
    desk.goto("/settings")
    desk.get_by_role("link", name="Thema's en waarden").click()
    desk.get_by_role("link", name="Nieuwe waarde").click()
    desk.get_by_label("Naam", exact=True).fill("Gastvrij")
    desk.get_by_label("Eigen woorden").fill("gastvrij*\n(kopje koffie")
    desk.get_by_role("button", name="Bewaar").click()
    expect(desk.get_by_text("Regel 2 klopt niet: ‘(kopje koffie’.")).to_be_visible()
    desk.get_by_label("Eigen woorden").fill("gastvrij*\nkopje (koffie|thee)")
    desk.get_by_role("button", name="Bewaar").click()
    desk.get_by_role("link", name="Probeer een zin").click()
    desk.get_by_label("Wat zegt de klant?").fill("Ik kreeg meteen een kopje thee.")
    desk.get_by_role("button", name="Probeer").click()
    expect(desk.get_by_role("heading", name="Gastvrij")).to_be_visible()
    expect(desk.locator("mark").first).to_have_text("Ik kreeg meteen een kopje thee")
    desk.get_by_role("link", name="Gastvrij").click()
    desk.get_by_role("button", name="Zet uit").click()
    expect(desk.get_by_text("Dit staat uit.")).to_be_visible()
    [value] = look(select(Tag).where(Tag.slug == "gastvrij"))
    assert (value.kind, value.active) == ("value", False)
