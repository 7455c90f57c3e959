"""Carla's organisation asks a second step while a note waits on her phone: the note arrives, and she gets in."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.clock import now
from app.database import database
from app.models.access import Role
from app.models.field_note.table import FieldNote
from app.models.user.forced_table import ForcedRole
from app.models.user.table import Membership
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.journeys.looking import with_axe
from tests.journeys.test_every_page import on_every_screen
from tests.journeys.test_passkeys import with_finger_reader
from tests.journeys.unsent import back_online, carlas_safari, cut_off, observe
from tests.looking import look
from tests.makers_second_factor import code, set_up_app

pytestmark = [pytest.mark.journey, pytest.mark.phone]


def ask_of_carla(since: timedelta) -> None:
    with database().writing() as db:
        db.add(ForcedRole(role=Role.MEMBER, since=now() + since))


def test_a_note_that_waits_is_sent_and_a_finger_opens_the_rest(open_context):
    phone = open_context(PHONE).new_page()
    safari = carlas_safari()
    with_finger_reader(phone)
    sign_in(phone, "carla")
    cut_off(phone)
    observe(phone, safari)
    ask_of_carla(timedelta())
    phone.goto("/field-notes")
    expect(phone.get_by_text("Dat wordt gewoon verzonden")).to_be_visible()
    assert look(select(FieldNote.id)) == []
    back_online(phone)
    with phone.expect_response(lambda answer: answer.url.endswith("/api/v1/sync")):
        phone.reload()
    assert len(look(select(FieldNote.id))) == 1
    phone.get_by_role("link", name="Maak toegangssleutel").click()
    phone.get_by_role("button", name="Maak toegangssleutel").click()
    phone.wait_for_url("**/today")


def test_the_pages_on_the_way_are_readable_for_everybody(open_context, as_user):
    context = open_context({"has_touch": True}, bypass_csp=True)
    with_axe(context)
    page: Page = context.new_page()
    secret = ""
    ask_of_carla(-timedelta(hours=1))
    with database().writing() as db:
        mine = select(Membership).where(Membership.user_id == Cast.carla)
        db.exec(mine).one().created_at = now() - timedelta(hours=2)
    type_password(page)
    wrong = []
    for path in ("/second-factor", "/me/passkeys/new", "/me/code-app/new"):
        page.goto(path)
        wrong += [f"{path}: {problem}" for problem in on_every_screen(page)]
    secret = set_up_app(as_user(Cast.carla))
    page.goto("/today")
    wrong += [f"show: {problem}" for problem in on_every_screen(page)]
    assert not wrong, "\n".join(wrong)
    page.get_by_label("Code van 6 cijfers").fill(code(secret))
    page.get_by_role("button", name="Ga verder").click()
    page.wait_for_url("**/today")


def type_password(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("E-mailadres").fill("carla@klantsafari.example")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url("**/second-factor**")
