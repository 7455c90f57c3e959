"""(b) The board of 1,000 and of 10,000 actions against a bare page of the same bytes."""

import gzip
import http.client
import time
from pathlib import Path
from typing import Any

from sqlmodel import Session

from tests.bench.figures import median, percentile, spread
from tests.bench.server import free_port, served, started
from tests.cast import Cast
from tests.makers_action import many, story

SIZES = (1_000, 10_000)
RUNS = 3
PAGES = 40


def get(port: int, path: str, headers: dict[str, str], pages: int = PAGES) -> tuple[bytes, list[float]]:
    """The page, and how many milliseconds each time."""
    connection, took, content = http.client.HTTPConnection("localhost", port, timeout=60), [], b""
    for _ in range(pages):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "identity"} | headers)
        answer = connection.getresponse()
        content = answer.read()
        took.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    connection.close()
    return content, took


def _one(folder: Path, number: int) -> dict[str, Any]:
    def fill(db: Session) -> None:
        many(db, Cast.town_hall, number, quoting=story(db, Cast.town_hall, Cast.bas))

    with served(folder, fill) as server:
        cookie = {"Cookie": server.cookie}
        content, _ = get(server.port, "/actions", cookie, 5)
        page = folder / "board.html"
        page.write_bytes(content)
        port = free_port()
        ours, bare = [], []
        with started(["tests.bench.bare", str(page), str(port)], port, "/"):
            get(port, "/", {}, 5)
            for _ in range(RUNS):
                bare.append(get(port, "/", {})[1])
                ours.append(get(server.port, "/actions", cookie)[1])
    middles = [percentile(run, 0.5) for run in ours]
    return {
        "p50_ms": median(middles),
        "spread": spread(middles),
        "p95_ms": median([percentile(run, 0.95) for run in ours]),
        "bare_p50_ms": median([percentile(run, 0.5) for run in bare]),
        "bare_p95_ms": median([percentile(run, 0.95) for run in bare]),
        "over_bare": round(median(middles) / median([percentile(run, 0.5) for run in bare]), 1),
        "bytes": len(content),
        "gz_bytes": len(gzip.compress(content, 5)),
    }


def measure(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number in SIZES:
        place = folder / str(number)
        place.mkdir()
        found[str(number)] = _one(place, number)
    small, large = (found[str(number)] for number in SIZES)
    found["growth"] = {key: round(large[key] / small[key], 2) for key in ("p50_ms", "p95_ms", "gz_bytes")}
    return found
