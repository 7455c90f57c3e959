import pytest
from playwright.sync_api import expect

from app.database import database
from app.models.safari.table import Safari, SafariParticipant
from tests.cast import Cast
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.makers_note import running_safari

pytestmark = pytest.mark.journey


@pytest.fixture
def safari(stage) -> Safari:
    """Bas leads, Carla walks along."""
    with database().writing() as db:
        safari = running_safari(db, Cast.town_hall, Cast.bas)
        db.add(SafariParticipant(safari_id=safari.id, user_id=Cast.carla))
    return safari


def test_carla_finishes_the_talk_she_was_in_when_bas_closed_the_safari(open_context, safari: Safari):
    phone = open_context(PHONE).new_page()
    sign_in(phone, "carla")
    phone.goto(f"/safaris/{safari.id}/interviews/new")
    phone.get_by_role("button", name="Ja, mag").click()
    phone.locator("[name='answers.story']").fill("Ze hielp me voor sluitingstijd nog even.")
    expect(phone.get_by_text("Opgeslagen op dit toestel")).to_be_visible()

    desk = open_context(DESK).new_page()
    sign_in(desk, "bas")
    desk.goto(f"/safaris/{safari.id}/closure")
    desk.get_by_role("button", name="Rond safari af").click()
    expect(desk.get_by_role("heading", name="Stadskantoor")).to_be_visible()

    phone.goto(f"/safaris/{safari.id}")
    phone.get_by_role("link", name="Ze hielp me").click()
    phone.get_by_role("button", name="Overzicht").click()
    phone.get_by_role("dialog").get_by_role("button", name="Kijk na").click()
    phone.get_by_role("button", name="Bewaar gesprek").locator("visible=true").click()
    expect(phone.get_by_role("status")).to_contain_text("Bewaard.")
    expect(phone.locator("[data-note]")).to_contain_text("Ze hielp me")
