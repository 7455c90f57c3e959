"""The server's disk is full while Carla has a note waiting: her phone says whose trouble it is, and lets nothing go."""

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.models.field_note.table import FieldNote
from app.models.safari.table import Safari
from tests.faults.test_full_disk import FULL, filled_up, mounts, small_disk
from tests.journeys.conftest import PHONE, sign_in
from tests.journeys.unsent import back_online, carlas_safari, cut_off, observe
from tests.looking import look

pytestmark = [pytest.mark.journey, pytest.mark.phone, mounts]
__all__ = ["small_disk"]


@pytest.fixture
def stage(small_disk):
    """The cast on a file system of six megabytes."""
    return small_disk


@pytest.fixture
def safari(stage) -> Safari:
    return carlas_safari()


@pytest.fixture
def away(open_context) -> Page:
    page = open_context(PHONE).new_page()
    sign_in(page, "carla")
    cut_off(page)
    return page


def test_carla_reads_that_the_server_is_full_and_later_it_goes_by_itself(away: Page, safari: Safari, stage):
    observe(away, safari, text="Rij tot aan de deur. " * 900)
    away.goto("/outbox")
    stopper = filled_up(stage)
    back_online(away)
    away.get_by_role("button", name="Probeer nu").click()
    expect(away.get_by_text(FULL)).to_be_visible()
    expect(away.locator("[data-unsent]")).to_contain_text("Op dit toestel")
    assert look(select(FieldNote.id)) == []
    stopper.unlink()
    away.get_by_role("button", name="Probeer nu").click()
    expect(away.get_by_text("Alles is verzonden.")).to_be_visible()
    expect(away.get_by_text(FULL)).to_be_hidden()
    assert len(look(select(FieldNote.id))) == 1
