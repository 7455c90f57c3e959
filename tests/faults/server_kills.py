"""The server is killed under eight clients, again and again, and in the instant in which it answers."""

import json
import random
import threading
import time
from pathlib import Path
from typing import Any

from tests.faults.house import House, house
from tests.faults.notes import TROUBLE, Note, ask, connect, fresh

CLIENTS = 8
BATCH = 10
LONGEST = 0.5
"""Seconds between the start of a server and its death."""


class Client(threading.Thread):
    """Sends a note, or ten at once, until it is acknowledged, and then the next."""

    def __init__(self, at: House, seed: int, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.at, self.over, self.random = at, over, random.Random(seed)
        self.acknowledged: dict[str, str] = {}
        self.broken = 0

    def run(self) -> None:
        while not self.over.is_set():
            batch = [fresh(self.at.safari) for _ in range(self.random.choice((1, 1, BATCH)))]
            while batch and not self.over.is_set():
                try:
                    batch = self._sent(batch)
                except TROUBLE:
                    self.broken += 1
                    self.over.wait(0.1)

    def _sent(self, batch: list[Note]) -> list[Note]:
        """Those that are still to be sent."""
        line = connect(self.at.port)
        try:
            if len(batch) == 1:
                status, body = ask(line, "PUT", batch[0].address, batch[0].sent, self.at.headers)
                self._believe(status, body)
            else:
                sent = json.dumps({"notes": [note.in_a_batch for note in batch]}).encode()
                _, body = ask(line, "POST", "/api/v1/sync", sent, self.at.headers)
                for result in body["results"]:
                    self._believe(result["status"], result["receipt"])
        finally:
            line.close()
        return [note for note in batch if self.acknowledged.get(note.id) != note.sha256]

    def _believe(self, status: int, receipt: Any) -> None:
        if status in (200, 201):
            self.acknowledged[receipt["id"]] = receipt["sha256"]


def _under_load(at: House, times: int) -> tuple[dict[str, str], int]:
    """What the clients were told is kept, and how many of their requests broke."""
    over, chance = threading.Event(), random.Random(times)
    clients = [Client(at, seed, over) for seed in range(CLIENTS)]
    for client in clients:
        client.start()
    for _ in range(times):
        time.sleep(chance.uniform(0.05, LONGEST))
        at.kill()
        at.start()
    over.set()
    for client in clients:
        client.join()
    told = {note: digest for client in clients for note, digest in client.acknowledged.items()}
    return told, sum(client.broken for client in clients)


def _at_the_answer(at: House, times: int) -> dict[str, str]:
    """Dead before the phone has read more than the status."""
    told = {}
    for _ in range(times):
        note, line = fresh(at.safari), connect(at.port)
        line.request("PUT", note.address, note.sent, at.headers)
        answer = line.getresponse()
        at.kill()
        assert answer.status == 201
        told[note.id] = note.sha256
        line.close()
        at.start()
    return told


def figures(times: int, folder: Path) -> dict[str, Any]:
    with house(folder) as at:
        told, broken = _under_load(at, times)
        told |= _at_the_answer(at, times // 2)
        at.kill()
        here = at.receipts()
        found = {
            "kills under 8 clients": times,
            "kills in the instant of the 200": times // 2,
            "requests cut off": broken,
            "acknowledged": len(told),
            "lost": sum(here.get(note) != digest for note, digest in told.items()),
            "doubled": at.doubled(),
            "database whole": at.whole(),
        }
    assert not found["lost"], found
    assert not found["doubled"], found
    assert found["database whole"], found
    return found
