"""(i) Signing in is slow on purpose: however many knock, it goes no faster, and others are answered meanwhile."""

import http.client
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench.figures import median, percentile, spread
from tests.bench.server import Served, served
from tests.cast import PASSWORD

RUNS = 3
SIGN_INS = 16
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def measure(folder: Path) -> dict[str, Any]:
    """Sign-ins a second by 1, 2 and 8 at once; and how much slower an answer is while 8 knock."""
    with served(folder) as server:
        _sign_ins(server, 2, 4)
        rates: dict[int, list[float]] = {1: [], 2: [], 8: []}
        quiet, busy = [], []
        for _ in range(RUNS):
            quiet += _pages(server, lambda: False, least=30)
            for clients, found in rates.items():
                if clients < 8:
                    found.append(_sign_ins(server, clients))
            rate, waited = _rush(server)
            rates[8].append(rate)
            busy += waited
    alone = median(rates[1])
    return {
        "sign_ins_per_second": alone,
        "spread": spread(rates[1]),
        "two_at_once_over_one": round(median(rates[2]) / alone, 2),
        "eight_at_once_over_one": round(median(rates[8]) / alone, 2),
        "answer_p50_during_over_quiet": round(percentile(busy, 0.5) / percentile(quiet, 0.5), 2),
    }


def _sign_ins(server: Served, clients: int, number: int = SIGN_INS) -> float:
    """A second."""

    def client() -> None:
        for _ in range(number // clients):
            line = http.client.HTTPConnection("localhost", server.port, timeout=120)
            given = {"email": "bas@klantsafari.example", "password": PASSWORD}
            line.request("POST", "/login", urlencode(given), FORM)
            assert line.getresponse().status == 303
            line.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (number // clients) * clients / (time.perf_counter() - began)


def _rush(server: Served) -> tuple[float, list[float]]:
    rates: list[float] = []
    crowd = threading.Thread(target=lambda: rates.append(_sign_ins(server, 8, SIGN_INS)))
    crowd.start()
    waited = _pages(server, crowd.is_alive)
    crowd.join()
    return rates[0], waited


def _pages(server: Served, goes_on: Any, least: int = 1) -> list[float]:
    """Milliseconds for Bas to hear who he is, one answer after the other."""
    waited: list[float] = []
    line = http.client.HTTPConnection("localhost", server.port, timeout=120)
    while goes_on() or len(waited) < least:
        began = time.perf_counter()
        line.request("GET", "/api/v1/me", headers=server.headers)
        line.getresponse().read()
        waited.append((time.perf_counter() - began) * 1000)
    line.close()
    return waited
