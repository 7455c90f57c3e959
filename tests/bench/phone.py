"""(f) A slow phone: from the tap to saved, and the time to send what waited against the same bytes by plain fetch."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.figures import median, percentile
from tests.bench.server import free_port
from tests.faults.filling import fill, models
from tests.faults.house import House, house
from tests.faults.phones import Phone, phone
from tests.faults.tapping import NUDGE, new_observation, saving

SLOWER = 4
TAPS = 40
NOTES, PHOTO_EVERY = 200, 4
WIDE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
"""Slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back."""
TAP = """async ({ words, most, saved }) => {
  const find = (what) => document.querySelector(what), took = [];
  const until = (is) => new Promise((done) => {
    const look = () => (is() ? done() : requestAnimationFrame(look));
    look();
  });
  for (let number = 0; number < most; number += 1) {
    const text = find("[name='answers.text']"), id = find("form#answer [name=note_id]").value;
    text.value = `${words} ${number}`;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => setTimeout(done, 600));
    const began = performance.now();
    const said = new Promise((done) => {
      new MutationObserver((_, seen) => {
        if (find("[data-done]").hidden || !find("[data-done-state]").textContent.includes(saved)) return;
        seen.disconnect();
        done(performance.now());
      }).observe(find("[data-done]"), { attributes: true, childList: true, subtree: true, characterData: true });
    });
    find("[data-keep][data-primary]").click();
    took.push((await said) - began);
    find("[data-again]").click();
    await until(() => find("[data-done]").hidden && find("form#answer [name=note_id]").value !== id);
  }
  return took;
}"""
PLAIN = """async ({ small, large, notes, photos }) => {
  const began = performance.now();
  for (let n = 0; n < notes; n += 1) await (await fetch("/", { method: "POST", body: new Uint8Array(small) })).text();
  for (let n = 0; n < photos; n += 1) await (await fetch("/", { method: "POST", body: new Uint8Array(large) })).text();
  return performance.now() - began;
}"""
SIZES = """() => new Promise((done) => {
  const asked = indexedDB.open("klantsafari");
  asked.onsuccess = () => {
    const tx = asked.result.transaction(["outbox", "blobs"]), rows = {};
    for (const name of ["outbox", "blobs"]) {
      tx.objectStore(name).getAll().onsuccess = (found) => { rows[name] = found.target.result; };
    }
    tx.oncomplete = () => {
      asked.result.close();
      const waiting = rows.outbox.filter((row) => row.state === "waiting");
      done({ notes: waiting.reduce((sum, row) => sum + row.bytes.byteLength, 0), waiting: waiting.length,
             files: rows.blobs.reduce((sum, row) => sum + row.bytes.byteLength, 0), photos: rows.blobs.length });
    };
  };
})"""


def measure(folder: Path) -> dict[str, Any]:
    """Milliseconds for taps, with the processor four times slower; seconds for sending."""
    with house(folder) as at, phone(folder / "profile") as bas:
        bas.open(at.cookie, at.address)
        return {"tap_to_saved": _taps(bas, at), "drain": _drain(bas, at, folder)}


def _taps(bas: Phone, at: House) -> dict[str, Any]:
    new_observation(bas, at.address, at.safari)
    bas.context.set_offline(True)
    wire = bas.context.new_cdp_session(bas.page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    took = bas.page.evaluate(TAP, saving("Tik", TAPS))
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    wire.detach()
    bas.context.set_offline(False)
    return {
        "cpu_slowdown": SLOWER,
        "taps": TAPS,
        "p50_ms": median(took),
        "p95_ms": round(percentile(took, 0.95), 1),
    }


def _drain(bas: Phone, at: House, folder: Path) -> dict[str, Any]:
    models(bas, at.address, at.safari, folder)
    bas.page.goto(f"{at.address}/health/ready")
    fill(bas, "Rij", 0, NOTES, PHOTO_EVERY)
    load = bas.page.evaluate(SIZES)
    with _narrow(bas), _clock(bas) as clock:
        bas.page.goto(f"{at.address}/safaris/{at.safari}")
        began = clock()
        bas.page.evaluate(NUDGE)
        while bas.unsent():
            bas.page.wait_for_timeout(250)
        ours = (clock() - began) / 1000
    size = {"small": load["notes"] // load["waiting"], "large": load["files"] // load["photos"]}
    with _sink() as port, _narrow(bas):
        bas.page.goto(f"http://localhost:{port}/")
        plain = bas.page.evaluate(PLAIN, size | {"notes": load["waiting"], "photos": load["photos"]}) / 1000
    return {
        "notes": load["waiting"],
        "photos": load["photos"],
        "bytes": load["notes"] + load["files"],
        "seconds": round(ours, 1),
        "plain_fetch_seconds": round(plain, 1),
        "of_plain_fetch": round(ours / plain, 2),
    }


@contextmanager
def _clock(bas: Phone) -> Iterator[Any]:
    yield lambda: bas.page.evaluate("performance.timeOrigin + performance.now()")


@contextmanager
def _narrow(bas: Phone) -> Iterator[None]:
    wire = bas.context.new_cdp_session(bas.page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", WIDE)
    yield
    wire.send(
        "Network.emulateNetworkConditions",
        WIDE | {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
    )
    wire.detach()


@contextmanager
def _sink() -> Iterator[int]:
    """A server that reads what it gets and says two letters: as fast as fetch can be."""
    port, loop, ready = free_port(), asyncio.new_event_loop(), threading.Event()

    async def serve() -> None:
        await asyncio.start_server(_swallow, "127.0.0.1", port)
        ready.set()

    def run() -> None:
        loop.create_task(serve())
        loop.run_forever()

    threading.Thread(target=run, daemon=True).start()
    ready.wait()
    yield port
    loop.call_soon_threadsafe(loop.stop)


async def _swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.lower().split(b"\r\n")
            length = next(
                (int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0
            )
            await reader.readexactly(length)
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\nok")
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
