"""Whether a backup comes back: restored into a place that is thrown away, looked through, counted."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from app.clock import new_id
from app.commands.copying import ALL_OR_NOTHING, CopyFailed, check, postgres, read_through
from app.commands.locking import NOT_LOCKED, Key, is_locked, opened, read_identities, read_secret
from app.commands.noting import Noted, Proved
from app.commands.unpacking import unpack
from app.database import database
from app.models.backup.table import Proof, Trouble
from app.settings import settings

COUNTED = ("users", "location", "safari", "field_note", "attachment", "improvement_action", "audit_entry")
DIGESTS = text(
    "SELECT blob FROM attachment UNION SELECT thumbnail FROM attachment WHERE thumbnail IS NOT NULL"
)


def prove_backup(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A backup.")],
    identity_file: Annotated[Path | None, typer.Option(help="The secret key that opens it.")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="Its passphrase, on one line.")] = None,
) -> None:
    """Restore a backup into a place that is thrown away again, look through it, and say what was in it."""
    run = Noted.of_file(file)
    try:
        key = Key(passphrase=read_secret(passphrase_file), identities=read_identities(identity_file))
        found = prove(file, key)
    except (CopyFailed, OSError) as failed:
        run.proof_failed(failed)
        typer.echo(f"It does not come back: {failed}", err=True)
        raise typer.Exit(1) from None
    run.proved(found)
    typer.echo(told(found))
    if not is_locked(file):
        typer.echo(NOT_LOCKED, err=True)


def told(found: Proved) -> str:
    counts = ", ".join(f"{number:,} {name}" for name, number in found.counts.items())
    how = "It comes back" if found.proof == Proof.RESTORED else "It can be read from begin to end"
    return f"{how}, in {found.seconds:.0f} s: {counts}."


def prove(file: Path, key: Key) -> Proved:
    """CopyFailed says why it does not come back."""
    began = time.monotonic()
    settings().data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings().data, prefix=".proof-") as folder:
        with opened(file, key) as stream:
            found = unpack(stream, Path(folder), lambda content: sha256(content).hexdigest())
        try:
            with _restored(found.copy) as engine:
                proof, counts, missing = _look(engine, found.blobs)
        except DBAPIError as broken:
            raise CopyFailed(f"the database in it: {type(broken.orig).__name__}", Trouble.DAMAGED) from None
    if missing:
        raise CopyFailed(f"{missing} photos or recordings are not in it", Trouble.INCOMPLETE)
    return Proved(proof, counts | {"files": len(found.blobs)}, time.monotonic() - began)


def _look(engine: Engine | None, blobs: set[str]) -> tuple[Proof, dict[str, int], int]:
    if engine is None:
        return Proof.READ, {}, 0
    with engine.connect() as db:
        counts = {name: db.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in COUNTED}  # noqa: S608 - names of our own
        digests = {digest for digest in db.execute(DIGESTS).scalars() if digest}
    return Proof.RESTORED, counts, len(digests - blobs)


@contextmanager
def _restored(copy: Path) -> Iterator[Engine | None]:
    """None where PostgreSQL gives no right to make a database: then only the dump itself was read."""
    if database().is_sqlite:
        check(copy)
        yield (engine := create_engine(f"sqlite:///{copy}"))
        engine.dispose()
        return
    name = f"klantsafari_proof_{new_id().replace('-', '')}"
    own = database().engine.execution_options(isolation_level="AUTOCOMMIT")
    try:
        with own.connect() as db:
            db.execute(text(f"CREATE DATABASE {name}"))
    except DBAPIError:
        read_through(copy)
        yield None
        return
    try:
        url = make_url(settings().database).set(database=name)
        postgres("pg_restore", *ALL_OR_NOTHING, str(copy), url=url)
        yield (engine := create_engine(url))
        engine.dispose()
    finally:
        with own.connect() as db:
            db.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
