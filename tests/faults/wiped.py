"""A phone told what it holds and was then wiped: everybody who looks for it sees which notes never arrived."""

from pathlib import Path
from typing import Any

from tests.faults.house import House, house
from tests.faults.phones import Phone, phone
from tests.faults.proxy import Proxy
from tests.faults.tapping import NUDGE, new_observation, save_many

NOTES = 4
TITLE = "Niet aangekomen"
EXPLAINED = "Een toestel meldde deze notities, maar ze zijn hier nog niet."
NEVER_CAME = "SELECT note_id FROM announcement WHERE note_id NOT IN (SELECT note_id FROM receipt)"


def _wipe(bas: Phone, at: House, number: int) -> list[str]:
    """The manifest gets through, the notes do not; then the phone has nothing any more."""
    with Proxy(at.port, fault="drop_before", share=1.0, spare=("/api/v1/manifest",)) as proxy:
        # What was wiped before took the cookie along, which is of every port.
        bas.sign_in(at.cookie, proxy.address)
        new_observation(bas, proxy.address, at.safari)
        bas.context.set_offline(True)
        kept = save_many(bas, f"Gewist {number}", NOTES)
        bas.context.set_offline(False)
        while len(set(kept) & _announced(at)) < NOTES:
            bas.page.evaluate(NUDGE)
            bas.page.wait_for_timeout(100)
        wiping = bas.context.new_cdp_session(bas.page)
        wiping.send("Storage.clearDataForOrigin", {"origin": proxy.address, "storageTypes": "all"})
        bas.page.goto("about:blank")
    return kept


def _announced(at: House) -> set[str]:
    return {str(note) for (note,) in at.rows("SELECT note_id FROM announcement")}


def figures(times: int, folder: Path) -> dict[str, Any]:
    gone: list[str] = []
    with house(folder) as at, phone(folder / "profile") as bas:
        bas.open(at.cookie, at.address)
        for number in range(times):
            gone += _wipe(bas, at, number)
        bas.sign_in(at.cookie, at.address)
        page = bas.page
        page.goto(f"{at.address}/deliveries")
        assert page.get_by_role("heading", name=TITLE).first.is_visible()
        assert page.get_by_text(EXPLAINED).is_visible()
        listed = {
            link.rpartition("/")[2]
            for link in page.locator("a.row").evaluate_all("all => all.map(a => a.href)")
        }
        never = {str(note) for (note,) in at.rows(NEVER_CAME)}
        found = {
            "phones wiped": times,
            "notes that never arrived": len(gone),
            "known to the server": len(never & set(gone)),
            "listed on the page": len(listed & set(gone)),
            "not listed": len(set(gone) - listed),
        }
    assert not found["not listed"], found
    return found
