"""The phone is full, the server's disk is full, the server may only read: said plainly, and nothing is lost.

The server's part needs root, for a file system of a few megabytes; without root it is left out, and the figures say so.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from tests.faults.house import House, house
from tests.faults.phones import Phone, phone
from tests.faults.tapping import NUDGE, SAVED, new_observation, save_many, send_all

DISK = 12_000_000
NOTES = 5
TEXT = "[name='answers.text']"
PHOTO_FULL = "De foto past niet meer op dit toestel. Je tekst is bewaard."
NOT_SAVED = "NIET opgeslagen"
WAITS = "Op dit toestel"


def _phone_full(bas: Phone, at: House, number: int, photo: Path) -> str:
    """First the photo does not fit, then not even the text; when there is room again, it is kept after all."""
    new_observation(bas, at.address, at.safari)
    bas.context.set_offline(True)
    bas.page.locator(TEXT).fill(f"Vol toestel {number}")
    bas.page.locator("[data-state]", has_text=SAVED).wait_for()
    _quota(bas, at, room=200_000)
    bas.page.locator("input[type=file][name=photos]").set_input_files(photo)
    bas.page.get_by_text(PHOTO_FULL).first.wait_for()
    note = bas.page.locator("form#answer [name=note_id]").input_value()
    _quota(bas, at, room=0)
    bas.page.locator(TEXT).fill(f"Vol toestel {number}, en meer: " + "rij " * 4000)
    bas.page.locator("[data-keep][data-primary]").click()
    bas.page.get_by_text(NOT_SAVED).first.wait_for()
    assert "rij rij" in bas.page.locator(TEXT).input_value()
    _quota(bas, at, room=None)
    bas.page.locator("[data-keep][data-primary]").click()
    bas.page.locator("[data-done-state]", has_text=SAVED).wait_for()
    bas.context.set_offline(False)
    send_all(bas, at.address, f"/safaris/{at.safari}")
    return note


def _quota(bas: Phone, at: House, *, room: int | None) -> None:
    """`room` bytes more than is used now; None for as much as the phone really has."""
    session = bas.context.new_cdp_session(bas.page)
    used = bas.page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
    limit = {} if room is None else {"quotaSize": used + room}
    session.send("Storage.overrideQuotaForOrigin", {"origin": at.address, **limit})


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
    assert set(kept) <= bas.unsent(), "let go of what the server never kept"
    assert WAITS in bas.page.locator("[data-done-state]").inner_text() or SAVED in bas.page.content()
    again()
    assert at.receipts() == before
    send_all(bas, at.address, f"/safaris/{at.safari}")
    return kept


def _disk_full(bas: Phone, at: House, number: int) -> list[str]:
    stopper = at.folder / "stopper"

    def fill() -> None:
        with stopper.open("wb") as file:
            free = os.statvfs(at.folder)
            file.write(b"\0" * (free.f_bavail * free.f_frsize))

    return _server_refuses(bas, at, f"Volle schijf {number}", fill, stopper.unlink)


def _read_only(bas: Phone, at: House, number: int) -> list[str]:
    def remount(how: str) -> None:
        at.kill()
        subprocess.run(["mount", "-o", f"remount,{how}", str(at.folder)], check=True)
        at.start("/health/live")

    words = f"Alleen lezen {number}"
    return _server_refuses(bas, at, words, lambda: remount("ro"), lambda: remount("rw"))


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    place = folder / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def _may_mount() -> bool:
    return os.geteuid() == 0 and shutil.which("mount") is not None


def figures(times: int, folder: Path) -> dict[str, Any]:
    photo = folder / "groot.jpg"
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(photo, "JPEG", quality=95)
    notes: list[str] = []
    with house(_made(folder / "home")) as at, phone(folder / "profile") as bas:
        bas.open(at.cookie, at.address)
        notes += [_phone_full(bas, at, number, photo) for number in range(times)]
        lost, doubled = len(set(notes) - set(at.receipts())), at.doubled()
    mounts = _may_mount()
    if mounts:
        with _small_disk(folder) as disk, house(disk) as at, phone(folder / "second") as bas:
            bas.open(at.cookie, at.address)
            kept = [
                note
                for number in range(times)
                for note in _disk_full(bas, at, number) + _read_only(bas, at, number)
            ]
            lost, doubled = lost + len(set(kept) - set(at.receipts())), doubled + at.doubled()
            notes += kept
            assert at.whole()
    found = {
        "times a full phone": times,
        "times a full server disk": times * mounts,
        "times a server that only reads": times * mounts,
        "notes": len(notes),
        "lost": lost,
        "doubled": doubled,
    }
    assert not lost, found
    assert not doubled, found
    return found


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
