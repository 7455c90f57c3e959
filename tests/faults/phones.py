"""Chromium with a profile that stays, in a process group of its own: killed as a whole, opened again as it was."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--window-size=390,844",
    "--remote-debugging-port=0",
)
START_WITHIN = 60.0
READ_STORE = """store => new Promise((done, broken) => {
  const asked = indexedDB.open("klantsafari");
  asked.onerror = () => broken(asked.error);
  asked.onsuccess = () => {
    const db = asked.result;
    if (!db.objectStoreNames.contains(store)) { db.close(); return done([]); }
    const rows = db.transaction(store).objectStore(store).getAll();
    rows.onsuccess = () => {
      db.close();
      done(rows.result.map(({ id, key, sha256, state, last_error, tries }) =>
        ({ id: id ?? key, sha256, state, last_error, tries })));
    };
  };
})"""


class Phone:
    """One person's phone. `open()` after `kill()` finds the same profile."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self._playwright, self.profile = playwright, profile
        self._process: subprocess.Popen[bytes] | None = None
        self.context: BrowserContext
        self.page: Page

    def another(self, profile: Path) -> "Phone":
        """Kill it yourself."""
        return Phone(self._playwright, profile)

    def open(self, cookie: str = "", address: str = "") -> Page:
        """`cookie` is a Cookie header; given anew each time, as Chromium itself writes cookies down only later."""
        told = self.profile / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        program = os.environ.get("KLANTSAFARI_TEST_BROWSER") or shutil.which("chromium") or "chromium"
        self._process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self.profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        port = _port(told, self._process)
        browser = self._playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        self.context = browser.contexts[0]
        self.context.set_default_timeout(30_000)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        if cookie:
            self.sign_in(cookie, address)
        return self.page

    def sign_in(self, cookie: str, address: str) -> None:
        name, _, value = cookie.partition("=")
        # A cookie of this kind may only be given for https; Chromium sends it to localhost all the same.
        secure = address.replace("http:", "https:")
        self.context.add_cookies([{"name": name, "value": value, "url": secure, "secure": True}])

    def kill(self) -> None:
        """SIGKILL to every process of the browser in the same instant."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        if browser := self.context.browser:
            try:
                browser.close()
            except Error:
                return

    def rows(self, store: str) -> list[dict[str, Any]]:
        """What lies in a store of IndexedDB; never the words themselves. The page must be one of ours."""
        return self.page.evaluate(READ_STORE, store)

    def unsent(self) -> set[str]:
        """Ids in the outbox that have no proof of arrival yet."""
        return {row["id"] for row in self.rows("outbox") if row["state"] != "sent"}


def _port(told: Path, process: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if told.exists() and (lines := told.read_text().splitlines()):
            return int(lines[0])
        time.sleep(0.02)
    raise RuntimeError("Chromium did not start")


@contextmanager
def phone(profile: Path) -> Iterator[Phone]:
    """Not opened yet; whatever of it is still running afterwards is killed."""
    with sync_playwright() as playwright:
        made = Phone(playwright, profile)
        try:
            yield made
        finally:
            made.kill()
