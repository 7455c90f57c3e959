"""One note, however often it is handed in: a double tap, the same draft in two tabs, one outbox on two phones."""

import shutil
from pathlib import Path
from typing import Any

from tests.faults.house import House, house
from tests.faults.phones import Phone, phone
from tests.faults.tapping import SAVED, new_observation, save_many, send_all

TAP_TWICE = "for (let n = 0; n < 5; n += 1) document.querySelector('[data-keep][data-primary]').click()"
TEXT = "[name='answers.text']"


def _said_saved(page: Any) -> None:
    page.locator("[data-done-state]", has_text=SAVED).wait_for()


def _double_tap(bas: Phone, at: House, number: int) -> str:
    new_observation(bas, at.address, at.safari)
    bas.context.set_offline(True)
    bas.page.locator(TEXT).fill(f"Vijf keer getikt {number}")
    note = bas.page.locator("form#answer [name=note_id]").input_value()
    bas.page.evaluate(TAP_TWICE)
    _said_saved(bas.page)
    bas.context.set_offline(False)
    return note


def _two_tabs(bas: Phone, at: House, number: int) -> str:
    """Both show the same draft, and both are asked to keep it."""
    new_observation(bas, at.address, at.safari)
    bas.page.locator(TEXT).fill(f"Twee tabbladen {number}")
    note = bas.page.locator("form#answer [name=note_id]").input_value()
    bas.page.locator("[data-state]", has_text=SAVED).wait_for()
    other = bas.context.new_page()
    other.goto(bas.page.url)
    other.locator("[data-state]", has_text=SAVED).wait_for()
    bas.context.set_offline(True)
    for page in (bas.page, other):
        page.evaluate(TAP_TWICE)
    for page in (bas.page, other):
        _said_saved(page)
    bas.context.set_offline(False)
    other.close()
    return note


def _two_phones(bas: Phone, other: Phone, at: House, number: int) -> list[str]:
    """A phone is put back from a copy: two now have the same outbox, and both send."""
    new_observation(bas, at.address, at.safari)
    bas.context.set_offline(True)
    notes = save_many(bas, f"Twee toestellen {number}", 5)
    bas.kill()
    shutil.rmtree(other.profile, ignore_errors=True)
    shutil.copytree(bas.profile, other.profile, symlinks=True)
    (other.profile / "SingletonLock").unlink(missing_ok=True)
    for one in (bas, other):
        one.open(at.cookie, at.address)
        one.page.goto(f"{at.address}/safaris/{at.safari}", wait_until="commit")
    for one in (bas, other):
        send_all(one, at.address, f"/safaris/{at.safari}")
    other.kill()
    return notes


def figures(times: int, folder: Path) -> dict[str, Any]:
    notes: list[str] = []
    with house(folder) as at, phone(folder / "profile") as bas:
        other = bas.another(folder / "other")
        bas.open(at.cookie, at.address)
        for number in range(times):
            notes += [_double_tap(bas, at, number), _two_tabs(bas, at, number)]
            send_all(bas, at.address, f"/safaris/{at.safari}")
            notes += _two_phones(bas, other, at, number)
        other.kill()
        here = at.receipts()
        found = {
            "times each": times,
            "notes": len(notes),
            "notes on the server": len(here),
            "lost": len(set(notes) - set(here)),
            "doubled": at.doubled() + len(here) - len(notes),
        }
    assert not found["lost"], found
    assert not found["doubled"], found
    return found
