"""Every request goes out five times at the same instant, as a phone without patience would do."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.faults.house import House, house
from tests.faults.notes import Note, ask, connect, fresh
from tests.makers_file import jpeg

AT_ONCE = 5
BUSY = 503
PHOTO_EVERY = 10
COUNTS = """
SELECT (SELECT count(*) FROM field_note), (SELECT count(*) FROM receipt), (SELECT count(*) FROM attachment)
"""


def _until_taken(
    at: House, method: str, path: str, body: bytes, kind: str = "application/json"
) -> tuple[int, Any]:
    """A server that is busy says so, and is asked again; as a phone does."""
    while True:
        line = connect(at.port, 60)
        status, answer = ask(line, method, path, body, at.headers | {"Content-Type": kind})
        line.close()
        if status != BUSY:
            return status, answer
        time.sleep(0.05)


def _together(pool: ThreadPoolExecutor, asked: list[tuple[Any, ...]]) -> list[tuple[int, Any]]:
    start = threading.Barrier(len(asked))

    def one(arguments: tuple[Any, ...]) -> tuple[int, Any]:
        start.wait()
        return _until_taken(*arguments)

    return list(pool.map(one, asked))


def _note(pool: ThreadPoolExecutor, at: House, number: int) -> Note:
    """As a PUT five times, or three times with two batches between them; a tenth with a photo five times."""
    photo = jpeg(colour=(number % 256, number // 256 % 256, 99)) if number % PHOTO_EVERY == 0 else b""
    digest = sha256(photo).hexdigest()
    announced = {"sha256": digest, "kind": "photo", "size": len(photo), "media_type": "image/jpeg"}
    note = fresh(at.safari, **({"attachments": [announced]} if photo else {}))
    put = (at, "PUT", note.address, note.sent)
    batch = (at, "POST", "/api/v1/sync", json.dumps({"notes": [note.in_a_batch]}).encode())
    answers = _together(pool, [put] * AT_ONCE if number % 2 else [put, batch, put, batch, put])
    receipts = [body["results"][0]["receipt"] if "results" in body else body for _, body in answers]
    assert all((r["id"], r["sha256"]) == (note.id, note.sha256) for r in receipts), answers
    assert len({r["server_seq"] for r in receipts}) == 1, answers
    if photo:
        blob = (at, "PUT", f"{note.address}/blobs/{digest}", photo, "image/jpeg")
        assert {status for status, _ in _together(pool, [blob] * AT_ONCE)} <= {200, 201}
    return note


def figures(times: int, folder: Path) -> dict[str, Any]:
    with house(folder) as at, ThreadPoolExecutor(AT_ONCE) as pool:
        sent = {note.id: note.sha256 for note in (_note(pool, at, number) for number in range(times))}
        ((notes, receipts, photos),) = at.rows(COUNTS)
        here = at.receipts()
        found = {
            "requests, five times each": times,
            "rows": int(notes),
            "receipts": int(receipts),
            "photos, five times each": -(-times // PHOTO_EVERY),
            "photo rows": int(photos),
            "lost": sum(here.get(note) != digest for note, digest in sent.items()),
            "doubled": at.doubled(),
        }
    assert found["rows"] == found["receipts"] == times, found
    assert found["photo rows"] == found["photos, five times each"], found
    assert not found["lost"], found
    assert not found["doubled"], found
    return found
