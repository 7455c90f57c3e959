"""Somebody speaks, and the phone dies: what was said until then is there, plays, and arrives as it was."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.faults import phones
from tests.faults.house import house
from tests.faults.phones import Phone
from tests.faults.tapping import new_observation, send_all
from tests.journeys.conftest import FAKE_MICROPHONE
from tests.journeys.recordings import hashes, seconds_of_voice, slices, wait_for_slices

pytestmark = [pytest.mark.journey, pytest.mark.phone]

SPOKEN = 3
"""Slices of two seconds before the kill."""


@pytest.fixture
def bas(playwright: Playwright, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Phone]:
    monkeypatch.setattr(phones, "FLAGS", (*phones.FLAGS, *FAKE_MICROPHONE))
    made = Phone(playwright, tmp_path / "profile")
    yield made
    made.kill()


@pytest.mark.slow
def test_what_was_said_until_the_browser_was_killed_is_found_again_and_sent(tmp_path: Path, bas: Phone):
    with house(tmp_path) as at:
        bas.open(at.cookie, at.address)
        new_observation(bas, at.address, at.safari)
        bas.page.get_by_role("button", name="Spreek in").click()
        wait_for_slices(bas.page, SPOKEN)
        draft = bas.page.url
        bas.kill()
        page = bas.open(at.cookie, at.address)
        page.goto(draft)
        expect(page.locator("[data-found]")).to_have_text(
            "Opname teruggevonden. Luister even of alles erop staat."
        )
        expect(page.locator("[data-kept] audio")).to_have_count(1)
        assert slices(page) == 0
        assert seconds_of_voice(page) > 2 * SPOKEN - 1
        [kept] = hashes(page)
        page.locator("[data-keep][data-primary]").click()
        page.wait_for_url("**/safaris/*saved=1")
        send_all(bas, at.address, f"/safaris/{at.safari}")
        on_disk = [blob.read_bytes() for blob in (tmp_path / "blobs").glob("*/*")]
    assert [hashlib.sha256(blob).hexdigest() for blob in on_disk] == [kept]
