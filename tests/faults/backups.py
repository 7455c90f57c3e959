"""Backups by the command itself while eight phones send and a thousand rows a second are written beside them.

Every second one is encrypted to a key that is not on the server, and proven at once.
"""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from tests.faults.house import House, house
from tests.faults.notes import TROUBLE, ask, connect, fresh

CLIENTS = 8
RATE = 1000
"""Commits a second that the writer beside the app aims at."""
BESIDE = "CREATE TABLE beside (number INTEGER PRIMARY KEY, words TEXT NOT NULL)"


class Load:
    """Two lists that only grow: what was acknowledged over HTTP, and what was committed beside it."""

    def __init__(self, at: House) -> None:
        self.at, self.notes, self.rows = at, list[str](), list[int]()
        self.over = threading.Event()
        with sqlite3.connect(at.folder / "klantsafari.db") as db:
            db.execute(BESIDE)
        works = [self._phone] * CLIENTS + [self._writer]
        self.threads = [threading.Thread(target=work, daemon=True) for work in works]

    def __enter__(self) -> "Load":
        self.began = time.monotonic()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()
        self.seconds = time.monotonic() - self.began

    def _phone(self) -> None:
        line = connect(self.at.port, 60)
        while not self.over.is_set():
            note = fresh(self.at.safari)
            try:
                status, _ = ask(line, "PUT", note.address, note.sent, self.at.headers)
            except TROUBLE:
                line.close()
                continue
            if status == 201:
                self.notes.append(note.id)

    def _writer(self) -> None:
        db = sqlite3.connect(self.at.folder / "klantsafari.db", timeout=60, isolation_level=None)
        db.execute("PRAGMA synchronous=FULL")
        began, number = time.monotonic(), 0
        while not self.over.is_set():
            if number > (time.monotonic() - began) * RATE:
                time.sleep(0.001)
                continue
            number += 1
            db.execute("INSERT INTO beside VALUES (?, ?)", (number, "x" * 200))
            self.rows.append(number)
        db.close()


def _command(*arguments: str, data: Path) -> str:
    """As an operator types it; what it said."""
    place = {"KLANTSAFARI_DATA": str(data), "KLANTSAFARI_DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", "app", *arguments], env=os.environ | place, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def _lost(folder: Path, notes: list[str], rows: list[int]) -> int:
    with sqlite3.connect(folder / "klantsafari.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        ids = {row[0] for row in db.execute("SELECT id FROM field_note")}
        numbers = {row[0] for row in db.execute("SELECT number FROM beside")}
    return len(set(notes) - ids) + len(set(rows) - numbers)


def figures(times: int, folder: Path) -> dict[str, Any]:
    home = folder / "home"
    home.mkdir()
    lost = checked = locked = 0
    key = folder / "key.txt"
    public = _command("create-backup-key", str(key), data=home).strip().rpartition("=")[2]
    with house(home) as at, Load(at) as load:
        while len(load.notes) < CLIENTS:
            time.sleep(0.05)
        for number in range(times):
            notes, rows = list(load.notes), list(load.rows)
            file, place = folder / f"{number}.tar", folder / f"restored-{number}"
            locks = ["--recipient", public, "--prove"] if number % 2 else []
            _command("backup", str(file), *locks, data=home)
            place.mkdir()
            (place / "secret.key").write_bytes((home / "secret.key").read_bytes())
            _command("restore", str(file), *(["--identity-file", str(key)] if locks else []), data=place)
            locked += bool(locks)
            lost += _lost(place, notes, rows)
            checked += len(notes) + len(rows)
            file.unlink()
    found = {
        "backups under way": times,
        "restored": times,
        "of which encrypted and proven at once": locked,
        "commits a second meanwhile": round((len(load.rows) + len(load.notes)) / load.seconds),
        "of which notes over HTTP": round(len(load.notes) / load.seconds),
        "ids looked for": checked,
        "lost": lost,
    }
    assert not lost, found
    return found
