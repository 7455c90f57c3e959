"""(d) The field screen on a phone that was never here: what comes over the wire, and in how many requests."""

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from sqlmodel import Session

from tests.bench.server import served
from tests.cast import Cast
from tests.journeys.conftest import sign_in
from tests.makers_note import running_safari

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
KINDS = {"Script": "js", "Stylesheet": "css", "Font": "fonts", "Document": "html", "Image": "images"}
AFTERWARDS = "Fetch"

SCREENS = {"field": "", "interview": "/interviews/new"}


def measure(folder: Path) -> dict[str, Any]:
    """Bytes as they travel, headers included; every screen with an empty cache. What the phone keeps for underground
    is fetched once the screen is there, and counted apart.
    """
    safaris: list[str] = []

    def fill(db: Session) -> None:
        safaris.append(running_safari(db, Cast.town_hall, Cast.bas).id)

    chromium = os.environ.get("KLANTSAFARI_TEST_BROWSER") or shutil.which("chromium")
    with served(folder, fill) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        # Without the worker: what it brings along for later is not what the screen waits for.
        page = browser.new_page(
            base_url=server.address,
            locale="nl-NL",
            viewport={"width": 390, "height": 844},
            service_workers="block",
        )
        sign_in(page, "bas")
        found = {name: _load(page, f"/safaris/{safaris[0]}{path}") for name, path in SCREENS.items()}
        browser.close()
    return found


def _load(page: Page, path: str) -> dict[str, Any]:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    wire.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    wire.detach()
    later = {request: size for request, size in sizes.items() if kinds.get(request) == AFTERWARDS}
    screen = {request: size for request, size in sizes.items() if request not in later}
    found: dict[str, Any] = {
        "requests": len(screen),
        "bytes": round(sum(screen.values())),
        "asked_afterwards": len(later),
        "bytes_afterwards": round(sum(later.values())),
    }
    for request, size in screen.items():
        kind = KINDS.get(kinds.get(request, ""), "other")
        found[kind] = found.get(kind, 0) + round(size)
    return found
