"""A real server and a real browser: on a phone and at a desk, with and without script."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast import PASSWORD
from tests.conftest import served

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
DESK = {"viewport": {"width": 1440, "height": 900}}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FAKE_MICROPHONE = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = os.environ.get("KLANTSAFARI_TEST_BROWSER") or shutil.which("chromium")
    return {"executable_path": path, "args": FLAGS + FAKE_MICROPHONE}


@pytest.fixture
def address(stage: None) -> Iterator[str]:
    """Where the app is served, on a database with the cast."""
    server = _Server(uvicorn.Config(served(), port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    server.listening.wait()
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://localhost:{port}"
    server.should_exit = True
    thread.join()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.listening.set()


@pytest.fixture
def open_context(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """open_context(PHONE, java_script_enabled=False): a browser of its own, closed after the test. A journey that is
    about the worker says service_workers="allow"."""
    opened: list[BrowserContext] = []

    def open_one(device: dict[str, Any], **options: Any) -> BrowserContext:
        asked = {"base_url": address, "locale": "nl-NL", "service_workers": "block", **device, **options}
        context = browser.new_context(**asked)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def phone(open_context) -> Page:
    return open_context(PHONE).new_page()


@pytest.fixture
def desk(open_context) -> Page:
    return open_context(DESK).new_page()


def sign_in(page: Page, name: str) -> None:
    """As a person does it: "bas" types his address and password."""
    page.goto("/login")
    page.get_by_label("E-mailadres").fill(f"{name}@klantsafari.example")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url("**/today")
