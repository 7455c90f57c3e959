"""(a) Notes over HTTP, one PUT each, against raw SQLite commits (WAL, FULL) on the same file system."""

import http.client
import json
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from app.clock import new_id
from tests.bench.figures import median, percentile, spread
from tests.bench.server import Served, served
from tests.cast import Cast
from tests.makers_bulk import SENTENCE
from tests.makers_note import HELD_AT, running_safari

TEXT = (SENTENCE * 14)[:1200]
RUNS = 3
NOTES = 320


@dataclass(slots=True)
class Load:
    """Latencies in milliseconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: int = 0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def at(self, share: float) -> float:
        return percentile(self.latencies, share)


def interview(safari_id: str) -> bytes:
    answers: dict[str, Any] = {
        "story": {"value": TEXT, "literal": True},
        "moment": {"value": "counter"},
        "hindrance": {"value": "Niemand belde terug.", "literal": False},
        "first_time_right": {"value": False},
        "way": {"value": ["sent_on", "told_again"]},
        "nps": {"value": 6},
        "quote-1": {"value": "Dat is niet mijn afdeling.", "literal": True},
    }
    note = {"schema": 1, "safari_id": safari_id, "kind": "interview", "held_at": HELD_AT.isoformat()}
    return json.dumps(note | {"consent": "aan-de-balie-1", "answers": answers}).encode()


def send(server: Served, safari_id: str, clients: int, notes: int = NOTES) -> Load:
    """A fixed number of notes, so that none is cut off at the end."""
    load, body = Load(), interview(safari_id)
    headers = server.headers | {"Content-Type": "application/json"}

    def client() -> None:
        connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
        for _ in range(notes // clients):
            began = time.perf_counter()
            connection.request("PUT", f"/api/v1/field-notes/{new_id()}", body, headers)
            answer = connection.getresponse()
            answer.read()
            load.latencies.append((time.perf_counter() - began) * 1000)
            load.errors += answer.status != 201
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - began
    return load


def raw(folder: Path, seconds: float = 1.0) -> float:
    """Rows a second, one row a commit."""
    db = sqlite3.connect(folder / f"raw-{uuid4().hex}.db", isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE note (id TEXT PRIMARY KEY, held_at REAL, answers TEXT)")
    answers, rows, until = interview("").decode(), 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        db.execute("INSERT INTO note VALUES (?, ?, ?)", (str(uuid4()), time.time(), answers))
        rows += 1
    db.close()
    return rows / seconds


def measure(folder: Path) -> dict[str, Any]:
    safaris: list[str] = []

    def fill(db: Session) -> None:
        safaris.append(running_safari(db, Cast.town_hall, Cast.bas).id)

    with served(folder, fill) as server:
        send(server, safaris[0], 8, 80)
        limits, loads = [raw(folder)], {1: [], 8: [], 32: []}  # type: ignore[var-annotated]
        for _ in range(RUNS):
            for clients in loads:
                loads[clients].append(send(server, safaris[0], clients))
            limits.append(raw(folder))
    limit = median(limits)
    found: dict[str, Any] = {"raw_commits_per_second": limit, "raw_spread": spread(limits)}
    for clients, runs in loads.items():
        rates = [run.rate for run in runs]
        found[f"c{clients}"] = {
            "notes_per_second": median(rates),
            "spread": spread(rates),
            "of_raw": round(median(rates) / limit, 4),
            "p95_ms": median([run.at(0.95) for run in runs]),
            "p99_ms": median([run.at(0.99) for run in runs]),
            "errors": sum(run.errors for run in runs),
        }
    found["c32_p99_over_c8_p99"] = round(found["c32"]["p99_ms"] / found["c8"]["p99_ms"], 2)
    return found
