"""The log, found and read by somebody who answers for it."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.phone]


def test_anna_finds_in_the_log_that_she_just_signed_in(desk: Page):
    sign_in(desk, "anna")
    desk.goto("/settings")
    desk.get_by_role("link", name="Logboek").click()
    expect(desk.get_by_text("Nog niet nagekeken.")).to_be_visible()
    desk.get_by_label("Alles wat gedaan is").select_option("session.opened")
    desk.wait_for_url("**verb=session.opened**")
    row = desk.locator(".rec").first
    expect(row).to_contain_text("Ingelogd")
    expect(row).to_contain_text("Anna Bakker")
    row.get_by_text("Meer").click()
    expect(row.get_by_text("127.0.0.1")).to_be_visible()
