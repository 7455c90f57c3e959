"""Somebody closes the laptop in the middle of a download, again and again."""

import socket
from pathlib import Path

import pytest

from tests.bench.board import get
from tests.bench.server import served
from tests.cast import Cast
from tests.makers_bulk import many_notes
from tests.makers_note import running_safari

CUT = 80


@pytest.mark.slow
def test_downloads_that_are_cut_off_leave_nothing_stuck(tmp_path: Path):
    """More of them than the pool has connections."""
    with served(
        tmp_path, lambda db: many_notes(db, running_safari(db, Cast.town_hall, Cast.bas), 3000)
    ) as server:
        token = f"Authorization: Bearer {server.token}"
        asked = f"GET /exports/field-notes.csv HTTP/1.1\r\nHost: localhost\r\n{token}\r\n\r\n"
        for _ in range(CUT):
            with socket.create_connection(("localhost", server.port), timeout=30) as laptop:
                laptop.sendall(asked.encode())
                assert laptop.recv(100).startswith(b"HTTP/1.1 200")
        content, _ = get(server.port, "/exports/field-notes.csv", server.headers, 2)
        assert content.count(b"\r\n") == 3001
