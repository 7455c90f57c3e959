import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.journey


def test_bas_signs_in_on_his_phone_and_sees_his_day(phone: Page):
    sign_in(phone, "bas")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Bas")


def test_a_wrong_password_keeps_the_address_that_was_typed(phone: Page):
    phone.goto("/login")
    phone.get_by_label("E-mailadres").fill("bas@klantsafari.example")
    phone.get_by_label("Wachtwoord").fill("niet-het-wachtwoord")
    phone.get_by_role("button", name="Inloggen", exact=True).click()
    expect(phone.get_by_label("E-mailadres")).to_have_value("bas@klantsafari.example")
