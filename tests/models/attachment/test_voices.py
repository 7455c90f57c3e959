import pytest

from app.models.attachment.voices import recognised
from tests import makers_file as files


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.webm(), "audio/webm"),
        (files.wav(), "audio/wav"),
        (b"OggS\x00\x02" + bytes(100), "audio/ogg"),
        (b"\x00\x00\x00\x1cftypM4A " + bytes(100), "audio/mp4"),
        (b"ID3\x04" + bytes(100), "audio/mpeg"),
        (b"\xff\xfb\x90" + bytes(100), "audio/mpeg"),
    ],
)
def test_a_sound_is_known_by_its_content(content, media_type):
    assert recognised(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"OggS",
        files.html(),
        files.svg(),
        files.jpeg(),
        files.heic(),
        b"\x1a\x45\xdf\xa3" + bytes(100),
        b"RIFF1234WEBP" + bytes(100),
    ],
)
def test_what_is_no_sound_is_not_taken_for_one(content):
    assert recognised(content) is None
