"""An answer is a promise: what was acknowledged is there after the power went out."""

import http.client
import sqlite3
from pathlib import Path

import pytest

from app.clock import new_id
from tests.bench.ingest import interview
from tests.bench.server import free_port, prepare, started
from tests.cast import Cast
from tests.makers_note import running_safari

KILLS = 10
KEPT = "SELECT field_note.id FROM field_note JOIN receipt ON receipt.note_id = field_note.id"


@pytest.mark.slow
def test_a_note_that_was_acknowledged_survives_a_kill_right_after_the_answer(tmp_path: Path):
    safaris: list[str] = []
    token, _ = prepare(tmp_path, lambda db: safaris.append(running_safari(db, Cast.town_hall, Cast.bas).id))
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    acknowledged = []
    for _ in range(KILLS):
        note_id, port = new_id(), free_port()
        with started(["app", "serve", "--port", str(port)], port, "/health/ready") as server:
            phone = http.client.HTTPConnection("localhost", port, timeout=30)
            phone.request("PUT", f"/api/v1/field-notes/{note_id}", interview(safaris[0]), headers)
            answer = phone.getresponse()
            server.kill()
            assert answer.status == 201
            acknowledged.append(note_id)
    with sqlite3.connect(tmp_path / "klantsafari.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = {row[0] for row in db.execute(KEPT)}
    assert set(acknowledged) == kept
