"""(g) One board for many: a move against a raw update of one row, and from the commit to the last of 200 listeners."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import Session, select

from app.database import database
from app.models.access import Role
from app.models.action.table import ImprovementAction, Step
from app.models.user.table import Membership, User
from tests.bench.board import get
from tests.bench.figures import median, percentile, spread
from tests.bench.server import served
from tests.cast import Cast
from tests.makers import session_cookie
from tests.makers_action import many, story

TOUCHED = "/actions/columns?touched=new&touched=chosen"
"""What a browser fetches after one card moved: both columns, 50 cards each."""
CARDS, MOVES, RUNS = 1_000, 60, 3
LISTENERS, CHANGES = 200, 10
CROWD = 50
"""Listeners are people, and one person listens to a few boards only: so many people, each four times."""


def measure(folder: Path) -> dict[str, Any]:
    def fill(db: Session) -> None:
        many(db, Cast.town_hall, CARDS, quoting=story(db, Cast.town_hall, Cast.bas))
        cookies.extend(_crowd(db))

    cookies: list[str] = []
    with served(folder, fill) as server:
        return {
            "move": _moves(server.address, server.cookie, folder / "klantsafari.db"),
            "columns_p50_ms": median(get(server.port, TOUCHED, {"Cookie": server.cookie})[1]),
            "live": asyncio.run(_live(server.address, server.cookie, cookies)),
            "rss_mib": round(server.rss(), 1),
        }


def _crowd(db: Session) -> list[str]:
    made = []
    for number in range(CROWD):
        user = User(name=f"Collega {number}", email=f"collega{number}@klantsafari.example")
        db.add(user)
        db.flush()
        db.add(Membership(user_id=user.id, role=Role.MEMBER, location_id=Cast.town_hall))
        made.append(session_cookie(db, user.id))
    return made


def _ids() -> list[tuple[str, int]]:
    with database().reading() as db:
        found = select(ImprovementAction.id, ImprovementAction.version).where(
            ImprovementAction.step == Step.NEW
        )
        return [(key, version) for key, version in db.exec(found).all()]


def _moves(address: str, cookie: str, file: Path) -> dict[str, Any]:
    """Over HTTP, answered after its commit; and the same row with plain SQL, committed as safely."""
    headers = {"cookie": cookie, "sec-fetch-site": "same-origin"}
    ours, raw = [], []
    with httpx.Client(base_url=address, headers=headers) as client, closing(sqlite3.connect(file)) as plain:
        plain.execute("PRAGMA synchronous=FULL")
        cards = iter(_ids())
        for _ in range(RUNS):
            took = []
            for _ in range(MOVES // RUNS):
                key, version = next(cards)
                began = time.perf_counter()
                answer = client.post(
                    f"/actions/{key}/placement", data={"step": "chosen", "version": str(version)}
                )
                took.append((time.perf_counter() - began) * 1000)
                if answer.status_code != 303:
                    raise RuntimeError(f"a move answered {answer.status_code}")
            ours.append(percentile(took, 0.5))
            took = []
            for _ in range(MOVES // RUNS):
                began = time.perf_counter()
                plain.execute("UPDATE improvement_action SET step = 'chosen' WHERE id = ?", (key,))
                plain.commit()
                took.append((time.perf_counter() - began) * 1000)
            raw.append(percentile(took, 0.5))
    return {
        "p50_ms": median(ours),
        "spread": spread(ours),
        "raw_p50_ms": median(raw),
        "over_raw": round(median(ours) / median(raw), 1),
    }


async def _live(address: str, cookie: str, cookies: list[str]) -> dict[str, Any]:
    """Milliseconds from the answer of a move, which comes after its commit, until the last of all has heard."""
    ready, heard = asyncio.Semaphore(0), asyncio.Queue[float]()
    limits = httpx.Limits(max_connections=LISTENERS + 5)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=60) as client:
        tasks = [
            asyncio.create_task(_listen(client, cookies[n % CROWD], ready, heard)) for n in range(LISTENERS)
        ]
        for _ in tasks:
            await ready.acquire()
        await asyncio.sleep(1)
        while not heard.empty():
            heard.get_nowait()
        lasts, firsts = [], []
        for key, version in _ids()[:CHANGES]:
            done = await asyncio.to_thread(_move_once, address, cookie, key, version)
            times = [await asyncio.wait_for(heard.get(), 20) for _ in range(LISTENERS)]
            firsts.append((min(times) - done) * 1000)
            lasts.append((max(times) - done) * 1000)
            await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return {
        "listeners": LISTENERS,
        "first_ms": median(firsts),
        "last_ms": median(lasts),
        "last_spread": spread(lasts),
    }


def _move_once(address: str, cookie: str, key: str, version: int) -> float:
    headers = {"cookie": cookie, "sec-fetch-site": "same-origin"}
    data = {"step": "doing", "version": str(version)}
    httpx.post(f"{address}/actions/{key}/placement", data=data, headers=headers)
    return time.perf_counter()


async def _listen(
    client: httpx.AsyncClient, cookie: str, ready: asyncio.Semaphore, heard: "asyncio.Queue[float]"
) -> None:
    url = "/actions/live?seconds=300"
    async with client.stream("GET", url, headers={"cookie": cookie}) as answer:
        async for line in answer.aiter_lines():
            if line == "event: ready":
                ready.release()
            if line == "event: changed":
                heard.put_nowait(time.perf_counter())
