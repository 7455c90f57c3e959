"""In by a real OpenID provider: its own pages, its own keys, and back."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.oidc import provider as known
from app.settings import settings
from tests.journeys.conftest import DESK
from tests.post_office import free_port

pytestmark = [pytest.mark.journey, pytest.mark.phone]

ROOT = Path(__file__).parents[2]
ROLES = "groups:balie=teamlid@Stadskantoor;groups:ict=beheerder@Waterrijk"


@pytest.fixture
def elsewhere(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The provider's address, while it runs."""
    port = str(free_port())
    node = subprocess.run([".ci/machine", "node"], cwd=ROOT, capture_output=True, text=True, check=True)
    command = [f"{node.stdout.strip()}/node", "tests/providers/oidc.mjs", port, address]
    running = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert running.stdout is not None
    while (line := running.stdout.readline().strip()) != "listening":
        assert line or running.poll() is None, "the provider did not start"
    issuer = f"http://localhost:{port}"
    own = {"ISSUER": issuer, "CLIENT_ID": "klantsafari", "CLIENT_SECRET": "a secret of tests only"}
    for name, value in (own | {"NAME": "Buiten", "ROLES": ROLES}).items():
        monkeypatch.setitem(os.environ, f"KLANTSAFARI_OIDC_{name}", value)
    settings.cache_clear()
    yield issuer
    running.terminate()
    running.wait()
    running.stdout.close()
    settings.cache_clear()
    known.forget()


def abroad(open_context) -> Page:
    """Its own pages ask for a typeface from afar, which a test does not wait for."""
    page = open_context(DESK).new_page()
    page.route(lambda url: "//localhost" not in url, lambda route: route.abort())
    return page


def show_who(page: Page, name: str) -> None:
    page.get_by_placeholder("Enter any login").fill(name)
    page.get_by_placeholder("and password").fill("anything")
    page.get_by_role("button", name="Sign-in").click()


def test_hans_comes_in_gets_his_role_and_shows_again_that_it_is_him(open_context, elsewhere: str):
    page = abroad(open_context)
    page.goto("/settings/sign-in")
    page.get_by_role("link", name="Inloggen met Buiten").click()
    show_who(page, "hans")
    # Its answer did not say when he showed who he is, so what touches others asks for that first.
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig dat jij het bent")
    page.get_by_role("link", name="Bevestig met Buiten").click()
    show_who(page, "hans")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen en mail")
    expect(page.get_by_text(elsewhere, exact=True)).to_be_visible()
    page.goto("/me")
    expect(page.get_by_label("Naam")).to_have_value("Hans van Buiten")


def test_somebody_without_a_role_hears_so(open_context, elsewhere: str):
    page = abroad(open_context)
    page.goto("/login")
    page.get_by_role("link", name="Inloggen met Buiten").click()
    show_who(page, "greet")
    expect(page.get_by_text("Je bent bekend bij Buiten, maar hebt hier nog geen rol.")).to_be_visible()
