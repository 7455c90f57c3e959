import io
from contextlib import suppress

import pytest
from PIL import Image

from app import errors
from app.models.attachment import photos
from tests import makers_file as files

BROKEN = [
    files.truncated,
    files.html_behind_jpeg_magic,
    lambda: files.png()[:60],
    files.no_heic,
    files.truncated_heic,
    lambda: files.heic()[:300],
    lambda: files.heic()[:12],
]


def opened(content):
    return Image.open(io.BytesIO(content))


def test_nothing_of_a_phones_own_notes_is_left_in_what_we_keep():
    photo = photos.clean(files.phone_photo())
    for kept in (photo.content, photo.thumbnail):
        image = opened(kept)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert b"KANARIE" not in kept
        assert b"Exif" not in kept


def test_a_photo_of_an_iphone_is_kept_as_any_other_without_its_own_notes():
    assert b"KANARIE" in files.heic()
    photo = photos.clean(files.heic())
    assert (photo.width, photo.height) == opened(photo.content).size == (640, 480)
    assert opened(photo.content).format == opened(photo.thumbnail).format == "JPEG"
    assert opened(photo.content).getpixel((320, 240))[0] > 150
    for kept in (photo.content, photo.thumbnail):
        assert b"KANARIE" not in kept
        assert dict(opened(kept).getexif()) == {}


@pytest.mark.parametrize("where", range(0, 940, 47))
def test_a_photo_of_an_iphone_with_a_few_bytes_changed_is_a_photo_or_is_refused(where):
    changed = bytearray(files.heic())
    changed[where : where + 8] = b"\xff" * 8
    with suppress(errors.Invalid):
        assert opened(photos.clean(bytes(changed)).content).format == "JPEG"


def test_a_photo_taken_sideways_stands_upright():
    image = opened(photos.clean(files.phone_photo(orientation=6)).content)
    assert image.size == (40, 80)
    top, bottom = image.getpixel((20, 10)), image.getpixel((20, 70))
    assert top[0] > 180 > top[2]
    assert bottom[2] > 180 > bottom[0]


def test_a_large_photo_is_made_smaller_and_its_thumbnail_smaller_still():
    photo = photos.clean(files.jpeg((5000, 3000)))
    assert (photo.width, photo.height) == opened(photo.content).size
    assert max(photo.width, photo.height) <= photos.LONGEST_SIDE
    assert photo.width > 1500
    assert max(opened(photo.thumbnail).size) == photos.THUMBNAIL_SIDE


@pytest.mark.parametrize("make", [files.svg, files.html, lambda: b"", lambda: b"x", files.webm])
def test_what_is_no_photo_is_refused_as_that(make):
    with pytest.raises(errors.Invalid) as refused:
        photos.clean(make())
    assert refused.value.fields["photo"][0] == "photo.wrong_kind"


@pytest.mark.parametrize("make", BROKEN)
def test_a_broken_photo_is_refused_as_that(make):
    with pytest.raises(errors.Invalid) as refused:
        photos.clean(make())
    assert refused.value.fields["photo"][0] in ("photo.broken", "photo.wrong_kind")


@pytest.mark.parametrize("make", [files.bomb, files.heic_bomb])
def test_a_bomb_is_refused_before_it_is_decoded(make, monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda *_: pytest.fail("decoded"))
    bomb = make()
    assert len(bomb) < 1000
    with pytest.raises(errors.Invalid) as refused:
        photos.clean(bomb)
    assert refused.value.fields["photo"][0] == "photo.too_many_pixels"


def test_a_photo_that_is_also_a_page_loses_the_page():
    kept = photos.clean(files.polyglot())
    assert b"script" not in kept.content + kept.thumbnail
    assert b"html" not in kept.content + kept.thumbnail


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_every_way_of_colouring_becomes_a_plain_jpeg(mode):
    assert opened(photos.clean(files.png(mode)).content).format == "JPEG"


def test_colours_of_print_come_out_as_colours_of_a_screen():
    written = io.BytesIO()
    Image.new("CMYK", (30, 30), (0, 255, 255, 0)).save(written, "JPEG", icc_profile=b"for print only")
    image = opened(photos.clean(written.getvalue()).content)
    assert image.mode == "RGB"
    assert "icc_profile" not in image.info
