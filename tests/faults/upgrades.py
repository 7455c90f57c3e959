"""A new version is put in place while notes wait on the phone, again and again."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Request, Response

from tests.faults.house import House
from tests.faults.phones import Phone, phone
from tests.faults.releases import Releases
from tests.faults.tapping import new_observation, save_many, send_all
from tests.faults.worker import await_worker

NOTES = 2
VERSIONS = """() => {
  const root = document.documentElement;
  return [root.dataset.release, getComputedStyle(root).getPropertyValue("--release").replaceAll('"', "").trim()];
}"""


class Missing:
    """Every built file that a page asked for and did not get."""

    def __init__(self, bas: Phone) -> None:
        self.found: list[str] = []
        bas.context.on("response", lambda answer: self._answered(answer))
        bas.context.on("requestfailed", lambda request: self._failed(request))

    def _answered(self, answer: Response) -> None:
        if "/static/" in answer.url and answer.status >= 400:
            self.found.append(answer.url)

    def _failed(self, request: Request) -> None:
        # A page that is left asks for nothing any more.
        if "/static/" in request.url and "ERR_ABORTED" not in (request.failure or ""):
            self.found.append(request.url)


def _mixed(page: Page) -> bool:
    """Script and style of two versions on one page."""
    script, style = page.evaluate(VERSIONS)
    return script != style


def _renew(page: Page, paths: tuple[str, str]) -> None:
    with page.expect_event("load"):
        page.get_by_role("button", name="Ververs").click()
    await_worker(page, *paths)


def figures(times: int, folder: Path) -> dict[str, Any]:
    """Each round: no server, notes on the phone; another build takes the place of the one that the phone has."""
    home = folder / "house"
    home.mkdir()
    at, releases = House(home), Releases(folder / "app")
    paths = (f"/safaris/{at.safari}", f"/safaris/{at.safari}/observations/new")
    said: list[str] = []
    renewed = mixed = 0
    try:
        releases.release(0)
        with phone(folder / "profile") as bas:
            bas.open(at.cookie, at.address)
            missing = Missing(bas)
            with releases.serving(at.port):
                bas.page.goto(f"{at.address}{paths[0]}")
                await_worker(bas.page, *paths)
            for number in range(1, times + 1):
                new_observation(bas, at.address, at.safari)
                said += save_many(bas, f"Versie {number}, nummer", NOTES)
                releases.release(number)
                # The files of the page that is kept are on no server any more.
                bas.page.reload()
                mixed += _mixed(bas.page)
                with releases.serving(at.port):
                    send_all(bas, at.address, paths[0])
                    _renew(bas.page, paths)
                    renewed += 1
                    mixed += _mixed(bas.page)
            here = at.receipts()
    finally:
        at.end()
    found = {
        "versions put in place with notes waiting": renewed,
        "notes": len(said),
        "lost": len(set(said) - set(here)),
        "doubled": at.doubled(),
        "missing files": len(missing.found),
        "pages of two versions": mixed,
    }
    assert renewed == times, found
    assert not found["lost"] + found["doubled"] + found["missing files"] + mixed, found
    return found
