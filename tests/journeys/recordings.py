"""What a test of photos and spoken notes asks of the phone itself."""

from typing import Any

from playwright.sync_api import Page

OPENED = """
const opened = await new Promise((done, fail) => {
  const asking = indexedDB.open('klantsafari');
  asking.onsuccess = () => done(asking.result);
  asking.onerror = () => fail(asking.error);
});
const all = (name) => new Promise((done) => {
  opened.transaction(name).objectStore(name).getAll().onsuccess = (event) => done(event.target.result);
});
const hex = async (bytes) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
  .map((byte) => byte.toString(16).padStart(2, '0')).join('');
"""


def on_phone(page: Page, work: str) -> Any:
    """Runs `work` with `all(store)` and `hex(bytes)` at hand; what it returns is given back."""
    return page.evaluate(f"async () => {{ {OPENED} try {{ {work} }} finally {{ opened.close(); }} }}")


def slices(page: Page) -> int:
    """How many slices of recordings lie on the phone."""
    return on_phone(page, "return (await all('slices')).length")


def wait_for_slices(page: Page, least: int) -> None:
    """Until the recording that runs has so many slices on the phone, by its own clock."""
    enough = f"while ((await all('slices')).length < {least}) await new Promise((on) => setTimeout(on, 50));"
    on_phone(page, enough)


def seconds_of_voice(page: Page) -> float:
    """How long the recording on the phone plays, by decoding it from its first byte to its last."""
    return on_phone(
        page,
        """const files = await all('blobs');
        const sound = await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(files[0].bytes.slice(0));
        return sound.duration;""",
    )


def hashes(page: Page) -> list[str]:
    """Of the files on the phone, computed anew from their bytes."""
    return on_phone(page, "return Promise.all((await all('blobs')).map((file) => hex(file.bytes)))")
