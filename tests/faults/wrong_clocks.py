"""Phones whose clock is ten years off, and the night in which the clock goes back: nothing refused, same order."""

from pathlib import Path
from typing import Any

from tests.faults.house import House, house
from tests.faults.phones import Phone, phone
from tests.faults.tapping import new_observation, save_many, send_all

CLOCKS = {
    "ten years behind": "2016-11-23T10:00:00Z",
    "ten years ahead": "2036-11-23T10:00:00Z",
    "before the clock goes back": "2026-10-25T00:59:58Z",
    "after the clock went back": "2026-10-25T01:00:01Z",
    "before the clock goes forward": "2027-03-28T00:59:58Z",
}
NOTES = 5
IN_ORDER = "SELECT note_id FROM receipt ORDER BY seq"


def _with_clock(bas: Phone, at: House, name: str) -> list[str]:
    """Ids in the order in which they were saved."""
    zone = bas.context.new_cdp_session(bas.page)
    zone.send("Emulation.setTimezoneOverride", {"timezoneId": "Europe/Amsterdam"})
    bas.page.clock.install(time=CLOCKS[name])
    new_observation(bas, at.address, at.safari)
    bas.context.set_offline(True)
    kept = save_many(bas, f"Klok: {name}", NOTES)
    bas.context.set_offline(False)
    send_all(bas, at.address, f"/safaris/{at.safari}")
    return kept


def figures(times: int, folder: Path) -> dict[str, Any]:
    told: list[list[str]] = []
    for number in range(times):
        place = folder / str(number)
        place.mkdir()
        with house(place) as at:
            for name in CLOCKS:
                with phone(place / name.replace(" ", "-")) as bas:
                    bas.open(at.cookie, at.address)
                    told.append(_with_clock(bas, at, name))
            order = [str(note) for (note,) in at.rows(IN_ORDER)]
            mine = [one for kept in told[-len(CLOCKS) :] for one in kept]
            years = {str(held)[:4] for (held,) in at.rows("SELECT held_at FROM field_note")}
            assert {"2016", "2036"} <= years, "the clocks were not off"
            quarantined = len(at.rows("SELECT id FROM quarantine"))
            assert not set(mine) - set(order), f"refused or lost: {set(mine) - set(order)}"
            assert not quarantined
            for kept in told[-len(CLOCKS) :]:
                assert [note for note in order if note in kept] == kept, "another order"
    return {"clocks": len(CLOCKS), "notes": sum(len(kept) for kept in told), "refused": 0, "out of order": 0}
