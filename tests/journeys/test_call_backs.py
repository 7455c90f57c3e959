"""Terugbellen on a phone: what is late is on top, the number opens when asked, and two taps say how it went."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.clock import today
from app.database import database
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.makers_promise import NUMBER, TOLD, promised, reachable

pytestmark = pytest.mark.journey


@pytest.fixture
def late(stage: None, cast: Cast) -> None:
    with database().writing() as db:
        carla = actor_for(db, db.get_one(User, cast.carla))
        note = reachable(db, cast.town_hall, cast.carla)
        promised(db, note, carla, due=today() - timedelta(days=2))
        reachable(db, cast.town_hall, cast.carla)


def test_carla_calls_back_in_two_taps(open_context, late: None):
    phone = open_context(PHONE).new_page()
    sign_in(phone, "carla")
    phone.goto("/more")
    phone.get_by_role("link", name="Terugbellen").click()
    rows = phone.get_by_role("region", name="Van jou").get_by_role("link")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("2 dagen te laat")
    rows.first.click()
    expect(phone.get_by_text(NUMBER)).to_have_count(0)
    phone.get_by_role("button", name="Toon naam en nummer").click()
    expect(phone.get_by_role("link", name=NUMBER)).to_be_visible()
    phone.get_by_role("button", name="Niet bereikt, later opnieuw").click()
    expect(rows.first).to_contain_text("1 keer niet bereikt")
    phone.get_by_role("link", name=TOLD).click()
    phone.get_by_role("button", name="Gebeld").click()
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Bel de klant terug")
