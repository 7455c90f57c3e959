"""A photo that is made to break the decoder breaks a process that is not ours to miss."""

import os
import signal
import sys
from pathlib import Path

import pytest

from app import errors
from app.models.attachment import decoding, photos
from tests import makers_file as files

SMALL = "from app.models.attachment import decoder as d; d.{limit}; d.main()"
DYING = "import os, sys; sys.stdin.buffer.read(8); os._exit(139)"
SLEEPING = "import time; time.sleep(60)"
LARGE = (5000, 5000)


@pytest.fixture
def workers(monkeypatch):
    own = decoding.Workers()
    monkeypatch.setattr(decoding, "WORKERS", own)
    yield own
    for worker in own._idle:
        worker.end()


def run(monkeypatch, program):
    monkeypatch.setattr(decoding, "COMMAND", (sys.executable, "-c", program))


def refusal(content):
    with pytest.raises(errors.Invalid) as refused:
        decoding.clean(content)
    return refused.value.fields["photo"][0]


def test_a_photo_comes_out_as_it_would_have_here(workers):
    for content in (files.phone_photo(), files.heic(), files.polyglot()):
        assert decoding.clean(content) == photos.clean(content)
    assert len(workers._idle) == 1


@pytest.mark.parametrize(
    "make",
    [
        files.svg,
        files.html,
        files.html_behind_jpeg_magic,
        files.truncated,
        files.truncated_heic,
        files.no_heic,
        files.bomb,
        files.heic_bomb,
        files.webm,
        lambda: b"",
        lambda: os.urandom(50_000),
    ],
)
def test_hostile_files_are_refused_with_the_same_words_and_the_process_goes_on(workers, make):
    content = make()
    with pytest.raises(errors.Invalid) as here:
        photos.clean(content)
    assert refusal(content) == here.value.fields["photo"][0]
    assert decoding.clean(files.jpeg()).width == 60


def test_a_photo_that_asks_for_too_much_memory_is_refused_and_the_next_is_not(workers, monkeypatch):
    run(monkeypatch, SMALL.format(limit="MOST_MEMORY = 200_000_000"))
    assert refusal(files.png("RGBA", LARGE)) == "photo.too_heavy"
    assert decoding.clean(files.jpeg()).width == 60


def test_a_photo_that_takes_too_long_is_refused_and_the_next_is_not(workers, monkeypatch):
    run(monkeypatch, SMALL.format(limit="MOST_SECONDS = -1"))
    assert refusal(files.png("RGBA", LARGE)) == "photo.too_heavy"
    run(monkeypatch, SMALL.format(limit="MOST_SECONDS = 20"))
    assert decoding.clean(files.jpeg()).width == 60


def test_a_photo_that_kills_the_decoder_is_refused(workers, monkeypatch):
    run(monkeypatch, DYING)
    assert refusal(files.jpeg()) == "photo.too_heavy"
    assert workers._idle == []


def test_a_decoder_that_was_killed_while_it_waited_costs_nobody_a_photo(workers):
    decoding.clean(files.jpeg())
    os.kill(workers._idle[0].process.pid, signal.SIGKILL)
    assert decoding.clean(files.jpeg()).width == 60


def test_when_the_machine_is_too_busy_the_photo_is_asked_for_again_and_not_refused(workers, monkeypatch):
    run(monkeypatch, SLEEPING)
    monkeypatch.setattr(decoding, "LONGEST", 0.2)
    with pytest.raises(errors.TooMany):
        decoding.clean(files.jpeg())


@pytest.mark.skipif(not Path("/proc").exists(), reason="Linux tells what surrounds a process")
def test_the_decoder_knows_no_key_no_password_and_can_write_no_file(workers, monkeypatch):
    monkeypatch.setenv("KLANTSAFARI_SECRET_KEY", "KANARIE")
    decoding.clean(files.jpeg())
    about = Path(f"/proc/{workers._idle[0].process.pid}")
    assert b"KANARIE" not in (about / "environ").read_bytes()
    limits = (about / "limits").read_text()
    assert [line for line in limits.splitlines() if line.startswith("Max file size") and " 0 " in line]
