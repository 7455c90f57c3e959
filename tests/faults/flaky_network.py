"""The real phone sends what waits over a connection that breaks in six ways; half of its requests are hurt."""

import random
from pathlib import Path
from typing import Any

from tests.faults.filling import fill, models, send_filled, set_timeout
from tests.faults.house import House, house
from tests.faults.phones import Phone, phone
from tests.faults.proxy import FAULTS, Proxy

WAITING = (1, 2, 5, 10, 60)
"""Notes that wait at once; a batch takes up to fifty."""
PHOTO_EVERY = 10
PATIENCE = 1.0
"""Seconds that the phone waits for an answer. A stalled request is held for up to twice as long."""


def _through(bas: Phone, at: House, fault: str, times: int, folder: Path) -> dict[str, Any]:
    """Everything goes through a proxy of its own, which for the phone is a site of its own."""
    chance = random.Random(fault)
    with Proxy(at.port, seed=len(fault), stall=PATIENCE) as proxy:
        model_ids = models(bas, proxy.address, at.safari, folder)
        bas.page.goto(f"{proxy.address}/safaris/{at.safari}")
        set_timeout(bas, int(PATIENCE * 1000))
        sent: list[dict[str, Any]] = []
        proxy.fault = fault
        while len(sent) < times:
            wanted = min(chance.choice(WAITING), times - len(sent))
            sent += fill(bas, fault, len(sent), wanted, PHOTO_EVERY)
            send_filled(bas)
        bas.page.goto("about:blank")
        hurt = proxy.counts[fault]
    here, photos = at.receipts(), {digest for (digest,) in at.rows("SELECT sha256 FROM attachment")}
    return {
        "notes": len(sent) + len(model_ids),
        "requests hurt": hurt,
        "lost": sum(here.get(one["id"]) != one["sha256"] for one in sent) + len(set(model_ids) - set(here)),
        "photos": sum(len(one["photos"]) for one in sent) + 1,
        "photos lost": len({digest for one in sent for digest in one["photos"]} - photos),
    }


def figures(times: int, folder: Path) -> dict[str, Any]:
    """`times` notes for each of the six faults."""
    with house(folder) as at, phone(folder / "profile") as bas:
        bas.open(at.cookie, at.address)
        each = {fault: _through(bas, at, fault, times, folder) for fault in FAULTS}
        expected = sum(one["notes"] for one in each.values())
        found: dict[str, Any] = {
            "faults": len(each),
            "notes": expected,
            "requests hurt": {fault: one["requests hurt"] for fault, one in each.items()},
            "photos": sum(one["photos"] for one in each.values()),
            "lost": sum(one["lost"] for one in each.values()),
            "photos lost": sum(one["photos lost"] for one in each.values()),
            "photos broken": at.broken_blobs(),
            "doubled": at.doubled() + len(at.receipts()) - expected,
        }
    assert all(one["requests hurt"] for one in each.values()), found
    assert not any(found[what] for what in ("lost", "photos lost", "photos broken", "doubled")), found
    return found
