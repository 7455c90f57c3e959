"""`klantsafari backup FILE`: database and files in one, made while people work; encrypted when a key is given."""

import os
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import pyrage
import typer

from app.clock import new_id
from app.commands.copying import CopyFailed, copy_out
from app.commands.locking import NOT_LOCKED, Key, locked, public_keys, read_secret
from app.commands.noting import Noted
from app.commands.packing import DATABASE, pack
from app.commands.proving import prove, told
from app.settings import settings

NEW, FOR_THE_OWNER_ALONE = os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600
KEY_APART = (
    "The secret key is not in it, on purpose. Keep {key} somewhere else: "
    "without it nobody can read names and numbers, what waits for repair, or what a phone locked at sign-out."
)
Recipients = Annotated[list[str] | None, typer.Option(help="Public key (age1...) that it is encrypted to.")]


def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup goes; must not be there yet.")],
    recipient: Recipients = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="Encrypt it with this passphrase.")] = None,
    prove_it: Annotated[
        bool, typer.Option("--prove", help="Restore it elsewhere at once, and look.")
    ] = False,
) -> None:
    """Put database, photos and voice in one file, while the site runs. The secret key stays out."""
    if file.exists():
        typer.echo(f"{file} is there already; nothing was written.", err=True)
        raise typer.Exit(1)
    run, witness = Noted.begun() or Noted(), pyrage.x25519.Identity.generate() if prove_it else None
    try:
        key = Key(tuple(recipient or settings().recipients), read_secret(passphrase_file))
        files, seconds = make(file, key, witness)
    except (CopyFailed, OSError) as failed:
        run.failed(failed)
        typer.echo(f"No backup was made: {failed}", err=True)
        raise typer.Exit(1) from None
    run.made(file, files, key.locks, seconds)
    typer.echo(f"{file}: database and {files} files, {file.stat().st_size:,} bytes, checked.")
    typer.echo(KEY_APART.format(key=_key()))
    if not key.locks:
        typer.echo(NOT_LOCKED, err=True)
    if prove_it and not prove_now(file, run, key, witness):
        raise typer.Exit(1)


def prove_now(file: Path, run: Noted, key: Key, witness: Any) -> bool:
    """The file itself, opened with a key that lives as long as this command: later nothing here can open it."""
    own = (witness,) if witness else ()
    try:
        found = prove(file, Key(passphrase=key.passphrase, identities=own))
    except (CopyFailed, OSError) as failed:
        run.proof_failed(failed)
        typer.echo(f"It does not come back: {failed}", err=True)
        return False
    run.proved(found)
    typer.echo(told(found))
    if key.recipients:
        typer.echo("Whether you still have the secret key, only a restore with that key can tell.")
    return True


def make(file: Path, key: Key, witness: Any = None) -> tuple[int, float]:
    """How many photos and recordings, and seconds. `file` has its name only once it is whole and on disk."""
    began, beside = time.monotonic(), file.with_name(f".{new_id()}.part")
    public_keys(key.recipients)
    # Plain for as long as it takes: so with the data themselves, not where backups are carried off.
    with tempfile.TemporaryDirectory(dir=settings().data, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        try:
            copy_out(copy)
            with os.fdopen(os.open(beside, NEW, FOR_THE_OWNER_ALONE), "w+b") as output:
                files = _write(output, copy, key, witness)
                output.flush()
                os.fsync(output.fileno())
            beside.rename(file)
        finally:
            beside.unlink(missing_ok=True)
    return files, time.monotonic() - began


def _write(output: Any, copy: Path, key: Key, witness: Any) -> int:
    if not key.locks:
        return pack(output, copy)
    with locked(output, key, witness) as plain:
        return pack(plain, copy)


def _key() -> str:
    given = settings().secret_key.get_secret_value()
    return "KLANTSAFARI_SECRET_KEY" if given else str(settings().data / "secret.key")
