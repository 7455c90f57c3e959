"""Carla lost her phone with a note on it. She signs it out from her laptop; it is found again, and nothing is gone."""

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.database import database
from app.errors import TooMany
from app.models.delivery import receiving
from app.models.field_note.table import FieldNote
from app.models.safari.table import SafariParticipant
from tests.cast import Cast
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.makers_note import running_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]

SAW = "Mevrouw stond een kwartier in de regen."


def test_a_phone_that_is_signed_out_from_elsewhere_keeps_its_notes_until_carla_is_back(
    open_context, monkeypatch
):
    with database().writing() as db:
        safari = running_safari(db, Cast.town_hall, Cast.bas)
        db.add(SafariParticipant(safari_id=safari.id, user_id=Cast.carla))
    phone = open_context(PHONE, service_workers="allow").new_page()
    sign_in(phone, "carla")
    with monkeypatch.context() as busy:
        busy.setattr(receiving, "_taken_in", not_now)
        observe(phone, f"/safaris/{safari.id}/observations/new")
        laptop = open_context(DESK).new_page()
        sign_in(laptop, "carla")
        laptop.goto("/me")
        laptop.get_by_role("button", name="Log overal uit, behalve hier").click()
        expect(laptop.get_by_text("Overal uitgelogd, behalve hier.")).to_be_visible()
    phone.goto("/outbox")
    phone.get_by_role("button", name="Probeer nu").click()
    expect(phone.get_by_text("Je bent uitgelogd. Wat je opschreef is niet weg.")).to_be_visible()
    expect(phone.locator("[data-unsent]")).to_contain_text("Op dit toestel")
    with database().reading() as db:
        assert db.exec(select(FieldNote)).all() == []
    sign_in(phone, "carla")
    phone.goto("/outbox")
    expect(phone.get_by_text("Alles is verzonden.")).to_be_visible()
    with database().reading() as db:
        assert db.exec(select(FieldNote.headline)).all() == [SAW]


def not_now(*_: object) -> None:
    raise TooMany("busy", seconds=1)


def observe(page: Page, path: str) -> None:
    page.goto(path)
    page.locator("[name='answers.text']").fill(SAW)
    page.get_by_role("button", name="Bewaar", exact=True).locator("visible=true").click()
    expect(page.get_by_text("Opgeslagen op dit toestel").first).to_be_visible()
