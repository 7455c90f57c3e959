"""Encrypts a backup while it is made, in the age format, to public keys: what makes it cannot open it again.

A passphrase opens a key of that one backup, which lies before it in the same file: a tar of `identity.age` and
`backup.tar.age`, both of which the ordinary `age` program reads too.
"""

import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EPIPE
from os import fdopen, pipe
from pathlib import Path
from typing import IO, Any

import pyrage

from app.commands.copying import CopyFailed
from app.models.backup.table import Trouble

IDENTITY, LOCKED = "identity.age", "backup.tar.age"
BLOCK = tarfile.BLOCKSIZE
BEGIN = b"age-encryption.org/v1"
NOT_LOCKED = "It is not encrypted: who has the file can read what customers said."


@dataclass(frozen=True, slots=True)
class Key:
    """Public keys to lock with; a passphrase; or what an identity file says, to open with."""

    recipients: tuple[str, ...] = ()
    passphrase: str = ""
    identities: tuple[Any, ...] = ()

    @property
    def locks(self) -> bool:
        return bool(self.recipients or self.passphrase)


def read_secret(file: Path | None) -> str:
    """The first line; nobody types a passphrase on a command line that everybody on the machine can read."""
    if file is None:
        return ""
    lines = file.read_text().splitlines()
    if not lines or not lines[0].strip():
        raise CopyFailed(f"{file} is empty", Trouble.NO_KEY)
    return lines[0].strip()


def read_identities(file: Path | None) -> tuple[Any, ...]:
    if file is None:
        return ()
    lines = [line.strip() for line in file.read_text().splitlines()]
    try:
        return tuple(pyrage.x25519.Identity.from_str(line) for line in lines if line and line[0] != "#")
    except pyrage.IdentityError:
        raise CopyFailed(f"{file} holds no key such as AGE-SECRET-KEY-1...", Trouble.NO_KEY) from None


def public_keys(written: tuple[str, ...]) -> list[Any]:
    try:
        return [pyrage.x25519.Recipient.from_str(one) for one in written]
    except pyrage.RecipientError:
        raise CopyFailed("a recipient must be a public key such as age1...", Trouble.NO_KEY) from None


@contextmanager
def locked(output: IO[bytes], key: Key, witness: Any = None) -> Iterator[IO[bytes]]:
    """What is written to it goes encrypted to `output`. A `witness` can open it too, while it is remembered."""
    recipients = public_keys(key.recipients) + ([witness.to_public()] if witness else [])
    begin = 0
    if key.passphrase:
        own = pyrage.x25519.Identity.generate()
        recipients.append(own.to_public())
        begin = _put_identity(output, pyrage.passphrase.encrypt(str(own).encode(), key.passphrase))
    reading, writing = _pipe()

    def lock() -> None:
        with reading:
            pyrage.encrypt_io(reading, output, recipients)

    with _beside(lock), writing:
        yield writing
    if key.passphrase:
        _close_member(output, begin)


def _put_identity(output: IO[bytes], content: bytes) -> int:
    """Returns where the backup's own header will come, once its size is known."""
    output.write(_header(IDENTITY, len(content)) + content + bytes(-len(content) % BLOCK))
    begin = output.tell()
    output.write(bytes(BLOCK))
    return begin


def _close_member(output: IO[bytes], begin: int) -> None:
    size = output.tell() - begin - BLOCK
    output.write(bytes(-size % BLOCK + 2 * BLOCK))
    output.seek(begin)
    output.write(_header(LOCKED, size))


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)


def is_locked(file: Path) -> bool:
    with file.open("rb") as content:
        first = content.read(BLOCK)
    return first.startswith((BEGIN, IDENTITY.encode() + b"\0"))


@contextmanager
def opened(file: Path, key: Key) -> Iterator[IO[bytes]]:
    """The plain tar. Only after the block was left is it certain that all of it was whole and by who had the key."""
    with file.open("rb") as source:
        if not is_locked(file):
            yield source
            return
        inner, identities = source, key.identities
        if not source.peek(len(BEGIN)).startswith(BEGIN):
            inner, identities = _by_passphrase(source, key.passphrase)
        if not identities:
            raise CopyFailed("it is encrypted: give --identity-file or --passphrase-file", Trouble.NO_KEY)
        reading, writing = _pipe()

        def unlock() -> None:
            with writing:
                pyrage.decrypt_io(inner, writing, identities)

        with _beside(unlock), reading:
            yield reading
            while reading.read(1 << 20):
                pass


def _by_passphrase(source: IO[bytes], passphrase: str) -> tuple[Any, tuple[Any, ...]]:
    if not passphrase:
        raise CopyFailed("it is encrypted with a passphrase: give --passphrase-file", Trouble.NO_KEY)
    tar = tarfile.open(fileobj=source, mode="r:")  # noqa: SIM115 - what it gives is read after this
    own, inner = tar.extractfile(IDENTITY), tar.extractfile(LOCKED)
    try:
        secret = pyrage.passphrase.decrypt(own.read() if own else b"", passphrase)
    except pyrage.DecryptError:
        raise CopyFailed("the passphrase is not that of this backup", Trouble.NO_KEY) from None
    return inner, (pyrage.x25519.Identity.from_str(secret.decode()),)


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    reading, writing = pipe()
    return fdopen(reading, "rb"), fdopen(writing, "wb")


@contextmanager
def _beside(work: Callable[[], None]) -> Iterator[None]:
    """`work` in a thread of its own, at the other end of a pipe. What went wrong there is why this end broke off."""
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except Exception as problem:  # noqa: BLE001 - told in the thread that waits for it
            wrong.append(problem)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    except (OSError, tarfile.TarError) as here:
        thread.join()
        if not wrong or getattr(here, "errno", None) not in (None, EPIPE):
            raise
    finally:
        thread.join()
    if wrong:
        raise _told(wrong[0]) from None


def _told(wrong: BaseException) -> BaseException:
    if isinstance(wrong, pyrage.DecryptError):
        fits = "No matching keys" in str(wrong)
        words = "the key given is not one of this backup" if fits else "it is damaged"
        return CopyFailed(words, Trouble.NO_KEY if fits else Trouble.DAMAGED)
    if isinstance(wrong, pyrage.EncryptError):
        return CopyFailed(f"it could not be written: {wrong}", Trouble.NO_ROOM)
    if isinstance(wrong, OSError) and wrong.errno is None:
        return CopyFailed("it is damaged or cut off", Trouble.DAMAGED)
    return wrong


def new_key() -> tuple[str, str]:
    """A secret key and its public half, as the `age` program writes them."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())
