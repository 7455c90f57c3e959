"""Photos are decoded in a process of their own: one that is made to break a decoder breaks nothing else."""

import json
import os
import subprocess
import sys
from threading import Lock, Timer
from typing import BinaryIO, cast

from app.errors import Invalid, TooMany
from app.models.attachment.photos import Photo

COMMAND = (sys.executable, "-m", "app.models.attachment.decoder")
LONGEST = 120.0
"""Seconds on the clock: after that the machine is too busy, which is no fault of the photo."""


class Worker:
    def __init__(self) -> None:
        # Nothing of ours is in its surroundings: no key, no password, no address of a database.
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "MALLOC_ARENA_MAX": "1"},
        )
        self.is_late = False

    def clean(self, content: bytes) -> Photo:
        """EOFError when the process died of it."""
        sending, answers = cast("BinaryIO", self.process.stdin), cast("BinaryIO", self.process.stdout)
        try:
            sending.write(len(content).to_bytes(8) + content)
            sending.flush()
            told = json.loads(answers.readline() or "null")
        except (BrokenPipeError, ValueError):
            raise EOFError from None
        if told is None:
            raise EOFError
        if fault := told.get("fault"):
            code, details = fault
            raise Invalid({"photo": (code, details)})
        large, small = (answers.read(size) for size in told["sizes"])
        if [len(large), len(small)] != told["sizes"]:
            raise EOFError
        return Photo(large, small, told["width"], told["height"])

    def give_up(self) -> None:
        self.is_late = True
        self.process.kill()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


class Workers:
    """As many as photos are decoded at once: whoever asks keeps that small. They stay for the next photo."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._idle: list[Worker] = []

    def clean(self, content: bytes) -> Photo:
        """As `photos.clean`. A process that dies is tried anew once, since it may have been killed for another's
        memory; a second time it is the photo."""
        for take in (self._taken, Worker):
            try:
                return self._once(take(), content)
            except EOFError:
                continue
        raise Invalid({"photo": "photo.too_heavy"})

    def _once(self, worker: Worker, content: bytes) -> Photo:
        timer = Timer(LONGEST, worker.give_up)
        timer.start()
        try:
            photo = worker.clean(content)
        except Invalid:
            self._put_back(worker)
            raise
        except BaseException:
            worker.end()
            if worker.is_late:
                raise TooMany("busy", seconds=60) from None
            raise
        finally:
            timer.cancel()
        self._put_back(worker)
        return photo

    def _taken(self) -> Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return Worker()

    def _put_back(self, worker: Worker) -> None:
        with self._lock:
            self._idle.append(worker)


WORKERS = Workers()


def clean(content: bytes) -> Photo:
    """As `photos.clean`, out of harm's way. Raises Invalid, or TooMany when the machine is too busy."""
    return WORKERS.clean(content)
