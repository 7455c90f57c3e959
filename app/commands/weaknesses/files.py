"""Who can read the files, and whether there is room for more of them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from app.i18n import N_
from app.settings import settings

OTHERS = 0o077
LEAST_BYTES, LEAST_SHARE = 2_000_000_000, 0.05


def found() -> Iterator[str]:
    folder = settings().data
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield N_("Dit draait als root. Geef Klantsafari een eigen gebruiker.")
    if _open_to_others(folder):
        yield N_("Anderen op deze machine kunnen in de map met gegevens kijken. Doe: chmod 700.")
    if _open_to_others(folder / "secret.key"):
        yield N_("Anderen op deze machine kunnen de sleutel lezen (secret.key). Doe: chmod 600.")
    if settings().database.startswith("sqlite") and _open_to_others(_sqlite_file()):
        yield N_("Anderen op deze machine kunnen de database lezen. Doe: chmod 600.")
    if folder.exists():
        disk = shutil.disk_usage(folder)
        if disk.free < LEAST_BYTES or disk.free < disk.total * LEAST_SHARE:
            yield N_("De schijf is bijna vol. Maak ruimte, anders kan niemand meer iets bewaren.")


def _sqlite_file() -> Path:
    return Path(make_url(settings().database).database or "")


def _open_to_others(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & OTHERS)
