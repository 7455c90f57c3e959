"""Chromium dies with all its processes up to half a second after the screen said that a note is saved."""

import random
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from tests.faults.house import House, house
from tests.faults.phones import Phone, phone
from tests.faults.tapping import SAVE_FAST, new_observation, saving, send_all

SAVES = 50
"""A round of the proof; 200 rounds are 10,000 notes. A handful of rounds makes do with fewer."""
FEW = 10
LONGEST = 0.5


def _save_and_die(bas: Phone, at: House, number: int, saves: int, delay: float) -> list[str]:
    """Ids of what the screen called saved. `delay` seconds after the last that counts it dies, and saves until then."""
    said: list[str] = []
    bas.page.expose_function("screenSaid", lambda note_id: said.append(note_id))
    new_observation(bas, at.address, at.safari)
    bas.context.set_offline(True)
    bas.page.evaluate(
        f"argument => {{ ({SAVE_FAST})(argument); }}", saving(f"Ronde {number}, nummer", 10 * saves)
    )
    while len(said) < saves:
        bas.page.wait_for_timeout(5)
    until = time.monotonic() + delay
    while time.monotonic() < until:
        bas.page.wait_for_timeout(5)
    bas.kill()
    return said


def _die_while_sending(bas: Phone, at: House, chance: random.Random) -> None:
    bas.open(at.cookie, at.address)
    try:
        bas.page.goto(f"{at.address}/safaris/{at.safari}")
        bas.page.wait_for_timeout(chance.uniform(0, 1000 * LONGEST))
    except Error:
        pass
    bas.kill()


def figures(times: int, folder: Path) -> dict[str, Any]:
    """Every fourth round dies once more while it sends; everything is on the server before the next begins."""
    chance, said, again = random.Random(times), [], 0
    saves = SAVES if times > FEW else FEW
    with house(folder) as at, phone(folder / "profile") as bas:
        for number in range(times):
            bas.open(at.cookie, at.address)
            send_all(bas, at.address, f"/safaris/{at.safari}")
            said += _save_and_die(bas, at, number, saves, chance.uniform(0, LONGEST))
            if number % 4 == 3:
                _die_while_sending(bas, at, chance)
                again += 1
        bas.open(at.cookie, at.address)
        send_all(bas, at.address, f"/safaris/{at.safari}")
        here = at.receipts()
        found = {
            "kills after a save": times,
            "kills while sending": again,
            "notes called saved": len(said),
            "notes on the server": len(here),
            "lost": len(set(said) - set(here)),
            "doubled": at.doubled(),
        }
    assert len(set(said)) == len(said), found
    assert not found["lost"], found
    assert not found["doubled"], found
    return found
