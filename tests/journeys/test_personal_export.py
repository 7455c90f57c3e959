"""Bas takes names and numbers along to call people back: he shows again that it is him, and says why."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app.database import database
from app.models.user.actors import actor_for
from app.models.user.table import User, UserSession
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.makers_note import interview, recorded, running_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]


@pytest.fixture
def stage(stage: None) -> None:
    with database().writing() as db:
        bas = actor_for(db, db.get_one(User, Cast.bas))
        safari = running_safari(db, Cast.town_hall, Cast.bas)
        recorded(db, bas, interview(safari.id, call_back={"name": "Jan van Dam", "reach": "06 12345678"}))


def test_bas_shows_again_that_it_is_him_says_why_and_gets_the_file(open_context):
    page = open_context(PHONE).new_page()
    sign_in(page, "bas")
    long_ago()
    page.goto("/exports")
    page.get_by_role("link", name="Met naam en nummer").click()
    expect(page).to_have_url(re.compile("/session/confirmation"))
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Bevestig").click()
    why = page.get_by_label("Waarom heb je namen en nummers nodig?")
    why.fill("bellen")
    page.get_by_role("button", name="Haal op met naam en nummer").click()
    expect(page.get_by_text("Schrijf in minstens vier woorden")).to_be_visible()
    expect(why).to_have_value("bellen")
    why.fill("Wij bellen deze week iedereen terug")
    with page.expect_download() as download:
        page.get_by_role("button", name="Haal op met naam en nummer").click()
    assert "Jan van Dam" in Path(download.value.path()).read_text(encoding="utf-8-sig")


def long_ago() -> None:
    """It is a while since he showed it."""
    with database().writing() as db:
        for session in db.exec(select(UserSession)):
            session.confirmed_at = None
