"""The phone is full, the server's disk is full, the server may only read: said plainly, and nothing is lost.

Needs root, for file systems of a few megabytes; without root nothing of it is tried, and the figures say so.
"""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from PIL import Image
from playwright._impl._errors import TargetClosedError

from tests.faults.house import House, house
from tests.faults.phones import Phone, phone
from tests.faults.tapping import NUDGE, SAVED, new_observation, save_many, send_all

PHONE, DISK = 250_000_000, 12_000_000
"""Bytes of the file systems on which profile and server live."""
NOTES = 5
TEXT = "[name='answers.text']"
NOT_SAVED = "NIET opgeslagen"
NO_PHOTO = "De foto past niet meer op dit toestel. Je tekst is bewaard."


def _phone_full(bas: Phone, at: House, number: int, photo: Path) -> list[str]:
    """Nothing is called saved that is not, and the words stay on the screen until there is room again."""
    new_observation(bas, at.address, at.safari)
    bas.context.set_offline(True)
    kept = save_many(bas, f"Nog ruimte {number}", NOTES)
    bas.page.locator(TEXT).fill(f"Vol toestel {number}")
    bas.page.locator("[data-state]", has_text=SAVED).wait_for()
    kept.append(bas.page.locator("form#answer [name=note_id]").input_value())
    full = _Full(bas.profile)
    try:
        _told(bas, number, photo)
        full.end()
    except TargetClosedError:
        # Without a byte of room Chromium itself may give up: its owner opens it again, where the draft still is.
        full.end()
        bas.kill()
        bas.open(at.cookie, at.address)
        bas.page.goto(f"{at.address}/safaris/{at.safari}/observations/new?draft={kept[-1]}")
        bas.page.locator("[data-keep][data-primary]").wait_for()
        bas.context.set_offline(True)
    _keep_at_last(bas)
    bas.context.set_offline(False)
    send_all(bas, at.address, f"/safaris/{at.safari}")
    return kept


def _told(bas: Phone, number: int, photo: Path) -> None:
    bas.page.locator("input[type=file][name=photos]").set_input_files(photo)
    bas.page.get_by_text(NOT_SAVED).or_(bas.page.get_by_text(NO_PHOTO)).first.wait_for()
    bas.page.locator(TEXT).fill(f"Vol toestel {number}, en meer: " + "rij " * 4900)
    bas.page.locator("[data-keep][data-primary]").click()
    done = bas.page.locator("[data-done-state]", has_text=SAVED)
    bas.page.get_by_text(NOT_SAVED).or_(done).first.wait_for()
    assert "rij rij" in bas.page.locator(TEXT).input_value() or done.is_visible()


def _keep_at_last(bas: Phone) -> None:
    """As a person does it: taps until the screen says saved. A tap of before may still be trying, and find the room."""
    button, done = bas.page.locator("[data-keep][data-primary]"), bas.page.locator("[data-done-state]")
    for _ in range(40):
        bas.page.wait_for_timeout(500)
        if done.filter(has_text=SAVED).is_visible():
            return
        if button.is_visible():
            button.click()
    raise AssertionError(f"never saved: {bas.page.locator('main').inner_text()[-300:]}")


class _Full:
    """All the room of a file system is taken by another, who also takes what becomes free; until `end()`."""

    def __init__(self, place: Path) -> None:
        self._stopper = place / "stopper"
        self._file = self._stopper.open("wb", buffering=0)
        self._over = threading.Event()
        self._fill()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self._thread.start()

    def _fill(self) -> None:
        with suppress(OSError):
            while True:
                self._file.write(b"\0" * (1 << 16))

    def _go_on(self) -> None:
        while not self._over.wait(0.02):
            self._fill()

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        self._file.close()
        self._stopper.unlink()


def _server_refuses(bas: Phone, at: House, words: str, refuses: Any, again: Any) -> list[str]:
    """The page is open already; what is saved meanwhile stays on the phone, and goes when the server can."""
    new_observation(bas, at.address, at.safari)
    before = at.receipts()
    bas.context.set_offline(True)
    kept = save_many(bas, words, NOTES)
    refuses()
    bas.context.set_offline(False)
    for _ in range(3):
        bas.page.evaluate(NUDGE)
        bas.page.wait_for_timeout(300)
    # A full disk may have room left in files that the database owns already: what is sent then, is really there.
    gone = set(kept) - bas.unsent()
    again()
    assert gone <= set(at.receipts()) - set(before), "let go of what the server never kept"
    send_all(bas, at.address, f"/safaris/{at.safari}")
    return kept


def _disk_full(bas: Phone, at: House, number: int) -> list[str]:
    full: list[_Full] = []
    words = f"Volle schijf {number}"
    return _server_refuses(bas, at, words, lambda: full.append(_Full(at.folder)), lambda: full.pop().end())


def _read_only(bas: Phone, at: House, number: int) -> list[str]:
    def remount(how: str) -> None:
        at.kill()
        subprocess.run(["mount", "-o", f"remount,{how}", str(at.folder)], check=True)
        at.start("/health/live")

    words = f"Alleen lezen {number}"
    return _server_refuses(bas, at, words, lambda: remount("ro"), lambda: remount("rw"))


@contextmanager
def _small_disk(place: Path, size: int) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def _may_mount() -> bool:
    return os.geteuid() == 0 and shutil.which("mount") is not None


def figures(times: int, folder: Path) -> dict[str, Any]:
    photo = folder / "groot.jpg"
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(photo, "JPEG", quality=95)
    if not _may_mount():
        return {"times: needs root": 0}
    notes: list[str] = []
    with (
        _small_disk(folder / "disk", DISK) as disk,
        _small_disk(folder / "profile", PHONE) as profile,
        house(disk) as at,
        phone(profile) as bas,
    ):
        bas.open(at.cookie, at.address)
        for number in range(times):
            notes += _phone_full(bas, at, number, photo)
            notes += _disk_full(bas, at, number) + _read_only(bas, at, number)
        here = at.receipts()
        found = {
            "times a full phone, a full server disk, a server that only reads": times,
            "notes": len(notes),
            "lost": len(set(notes) - set(here)),
            "doubled": at.doubled(),
            "database whole": at.whole(),
        }
    assert not found["lost"], found
    assert not found["doubled"], found
    assert found["database whole"], found
    return found
