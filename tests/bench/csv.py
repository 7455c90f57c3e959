"""(c) Rows of CSV over HTTP against the sqlite3 command line that dumps the same rows, and memory meanwhile."""

import csv
import http.client
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

from sqlmodel import Session

from tests.bench.figures import median, spread
from tests.bench.server import Served, served
from tests.cast import Cast
from tests.makers_bulk import many_notes
from tests.makers_note import running_safari

ROWS = 30_000
RUNS = 5
DUMP = "SELECT * FROM field_note"


def download(server: Served) -> dict[str, float]:
    connection = http.client.HTTPConnection("localhost", server.port, timeout=600)
    idle = peak = server.rss()
    began = time.perf_counter()
    path = "/exports/field-notes.csv?dialect=rfc4180"
    connection.request("GET", path, headers=server.headers | {"Accept-Encoding": "identity"})
    answer = connection.getresponse()
    first, size, chunk = 0.0, 0, b"-"
    while chunk:
        chunk = answer.read(1 << 20)
        first = first or time.perf_counter() - began
        size += len(chunk)
        peak = max(peak, server.rss())
    took = time.perf_counter() - began
    return {"rate": ROWS / took, "first_ms": first * 1000, "grown": peak - idle, "mb": size / 1e6}


def dump(database: Path, out: Path) -> float:
    began = time.perf_counter()
    if shutil.which("sqlite3"):
        with out.open("wb") as file:
            subprocess.run(["sqlite3", "-csv", "-header", database, DUMP], stdout=file, check=True)
    else:
        with out.open("w", newline="") as file, sqlite3.connect(database) as db:
            csv.writer(file).writerows(db.execute(DUMP))
    return ROWS / (time.perf_counter() - began)


def measure(folder: Path) -> dict[str, Any]:
    def fill(db: Session) -> None:
        many_notes(db, running_safari(db, Cast.town_hall, Cast.bas), ROWS)

    ours, peer = [], []
    with served(folder, fill) as server:
        download(server)
        for _ in range(RUNS):
            peer.append(dump(folder / "klantsafari.db", folder / "dump.csv"))
            ours.append(download(server))
    rates = [run["rate"] for run in ours]
    return {
        "rows": ROWS,
        "rows_per_second": median(rates),
        "spread": spread(rates),
        "peer": "sqlite3 -csv" if shutil.which("sqlite3") else "python sqlite3 and csv",
        "peer_rows_per_second": median(peer),
        "peer_spread": spread(peer),
        "of_peer": round(median(rates) / median(peer), 3),
        "first_byte_ms": median([run["first_ms"] for run in ours]),
        "memory_growth_mib": median([run["grown"] for run in ours]),
        "megabytes": median([run["mb"] for run in ours]),
    }
