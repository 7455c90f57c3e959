"""The process that decodes photos: `python -m app.models.attachment.decoder`. It has no settings, no database and no
files, little memory and little time; what comes in may be made to break a decoder.

In: 8 bytes with a length, then the photo. Out: a line of JSON, then what it says: two photos, or nothing.
"""

import json
import resource
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from app.errors import Invalid
from app.models.attachment import photos

MOST_MEMORY = 1_500_000_000
"""Bytes of address space. 50 megapixels with transparency take half of it."""
MOST_SECONDS = 20
"""Of processor time for one photo, however busy the machine is; 50 megapixels take 3."""
TOO_HEAVY = ["photo.too_heavy", {}]


def main() -> None:
    _confine()
    # Anything that a library prints would stand between the answers.
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    while head := sys.stdin.buffer.read(8):
        _allow(MOST_SECONDS)
        _answer(answers, sys.stdin.buffer.read(int.from_bytes(head)))


def _confine() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _allow(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _answer(output: BinaryIO, content: bytes) -> None:
    pieces: list[bytes] = []
    try:
        photo = photos.clean(content)
        pieces = [photo.content, photo.thumbnail]
        told = {"sizes": [len(piece) for piece in pieces], "width": photo.width, "height": photo.height}
    except Invalid as wrong:
        told = {"fault": wrong.fields["photo"]}
    except MemoryError:
        told = {"fault": TOO_HEAVY}
    output.write(json.dumps(told).encode() + b"\n" + b"".join(pieces))
    output.flush()


if __name__ == "__main__":
    main()
