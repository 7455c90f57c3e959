"""Tonight's backup: once across workers, to the folder of the settings, proven at once, and old ones thrown away."""

import re
from pathlib import Path

import pyrage

from app.clock import today
from app.commands.backing_up import make, prove_now
from app.commands.copying import CopyFailed
from app.commands.locking import Key
from app.commands.noting import Noted, trouble_of
from app.logs import log
from app.settings import settings

NAME = re.compile(r"klantsafari-\d{4}-\d{2}-\d{2}\.tar(\.age)?")


def nightly() -> bool:
    """Whether there is a backup of tonight that came back; also True when another worker makes it, or nobody asked."""
    folder = settings().backup_folder
    if folder is None or (run := Noted.begun(night=today().isoformat())) is None:
        return True
    key, witness = Key(settings().recipients), pyrage.x25519.Identity.generate()
    file = folder / f"klantsafari-{today().isoformat()}.tar{'.age' if key.locks else ''}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files, seconds = make(file, key, witness)
    except (CopyFailed, OSError) as failed:
        run.failed(failed)
        log.error("backup", trouble=trouble_of(failed))
        return False
    run.made(file, files, key.locks, seconds)
    came_back = prove_now(file, run, key, witness)
    if came_back:
        _throw_away(folder)
    log.info("backup", code=0 if came_back else 1)
    return came_back


def _throw_away(folder: Path) -> None:
    """Only what we made, and only after a newer one came back."""
    ours = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    for old in ours[: -settings().backup_keep]:
        old.unlink()


def nightly_backup() -> None:
    """Make tonight's backup, unless it was made: what the server itself runs at KLANTSAFARI_BACKUP_HOUR."""
    if not nightly():
        raise SystemExit(1)
