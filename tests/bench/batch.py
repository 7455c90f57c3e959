"""(e) Notes fifty at a time against one by one and against raw SQLite, and a manifest of 1,000 ids."""

import hashlib
import http.client
import json
import time
from pathlib import Path
from typing import Any

from sqlmodel import Session

from app.clock import new_id
from tests.bench.figures import median, spread
from tests.bench.ingest import interview, raw, send
from tests.bench.server import Served, served
from tests.cast import Cast
from tests.makers_note import running_safari

RUNS = 3
BATCH, BATCHES = 50, 7
IDS = 1_000


def measure(folder: Path) -> dict[str, Any]:
    """Notes a second by one phone; the manifest in milliseconds, for ids that are all new and for ids all known."""
    safaris: list[str] = []

    def fill(db: Session) -> None:
        safaris.append(running_safari(db, Cast.town_hall, Cast.bas).id)

    with served(folder, fill) as server:
        send(server, safaris[0], 1, 40)
        single, batch, limits, known = [], [], [raw(folder)], []
        for _ in range(RUNS):
            single.append(send(server, safaris[0], 1, BATCH * 3).rate)
            rate, sent = _in_batches(server, safaris[0])
            batch.append(rate)
            known += sent
            limits.append(raw(folder))
        fresh = [_manifest(server, [(new_id(), "0" * 64) for _ in range(IDS)]) for _ in range(RUNS)]
        resumed = [_manifest(server, known[:IDS]) for _ in range(RUNS)]
    return {
        "single_per_second": median(single),
        "batch_per_second": median(batch),
        "batch_spread": spread(batch),
        "batch_over_single": round(median(batch) / median(single), 2),
        "batch_of_raw": round(median(batch) / median(limits), 4),
        "manifest_1000_new_ms": median(fresh),
        "manifest_1000_known_ms": median(resumed),
    }


def _in_batches(server: Served, safari_id: str) -> tuple[float, list[tuple[str, str]]]:
    body, sent = interview(safari_id).decode(), []
    digest = hashlib.sha256(body.encode()).hexdigest()
    began = time.perf_counter()
    for _ in range(BATCHES):
        ids = [new_id() for _ in range(BATCH)]
        sent += [(note_id, digest) for note_id in ids]
        notes = [{"id": note_id, "revision": 1, "bytes": body} for note_id in ids]
        answer = _post(server, "/api/v1/sync", {"notes": notes})
        refused = [result for result in answer["results"] if result["status"] != 201]
        if refused:
            raise RuntimeError(f"{len(refused)} refused: {refused[0]}")
    return BATCH * BATCHES / (time.perf_counter() - began), sent


def _manifest(server: Served, ids: list[tuple[str, str]]) -> float:
    entries = [{"id": note_id, "revision": 1, "sha256": digest, "attachments": []} for note_id, digest in ids]
    began = time.perf_counter()
    _post(server, "/api/v1/manifest", entries)
    return (time.perf_counter() - began) * 1000


def _post(server: Served, path: str, body: Any) -> Any:
    phone = http.client.HTTPConnection("localhost", server.port, timeout=60)
    headers = server.headers | {"Content-Type": "application/json", "Klantsafari-Device": new_id()}
    phone.request("POST", path, json.dumps(body), headers)
    answer = phone.getresponse()
    read = json.loads(answer.read())
    phone.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {read}")
    return read
