"""Files as a phone sends them, and files as an attacker would: all made here, none kept."""

import io
import struct
import zlib

from PIL import Image
from pillow_heif import from_pillow

SCRIPT = b"<script>alert(document.domain)</script>"
PLACE = (52.0, 5.0, 0.0)


def jpeg(size=(60, 40), colour=(200, 40, 40), **options):
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG", **options)
    return written.getvalue()


def png(mode="RGB", size=(60, 40), colour=None, **options):
    written = io.BytesIO()
    Image.new(mode, size, colour if colour is not None else 0).save(written, "PNG", **options)
    return written.getvalue()


def phone_photo(orientation=6):
    """Left half red, right half blue, lying on its side, with the place and the owner in its EXIF."""
    image = Image.new("RGB", (80, 40), (220, 0, 0))
    image.paste((0, 0, 220), (40, 0, 80, 40))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "KANARIE omschrijving"
    exif[0x013B] = "KANARIE maker"
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: PLACE, 3: "E", 4: PLACE})
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif, comment=b"KANARIE opmerking", quality=95)
    return written.getvalue()


def svg():
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"


def html():
    return b"<!doctype html><title>foto.jpg</title>" + SCRIPT + b" " * 200


def html_behind_jpeg_magic():
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + SCRIPT + b" " * 200


def polyglot():
    """A whole photo that is also a page: scripts in a comment and behind the last byte."""
    return jpeg(comment=SCRIPT) + b"\n<!doctype html>" + SCRIPT


def truncated():
    whole = jpeg((600, 400), quality=95)
    return whole[: len(whole) // 2]


def bomb(side=30_000):
    """A PNG of a few hundred bytes that claims to be 900 million pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def heic(size=(640, 480), **options):
    """As an iPhone makes them; whole, small, and with the place and the owner in its EXIF."""
    exif = Image.Exif()
    exif[0x013B] = "KANARIE maker"
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: PLACE})
    written = io.BytesIO()
    made = from_pillow(Image.new("RGB", size, (200, 40, 40)))
    made.save(written, **({"exif": exif.tobytes(), "xmp": b"<x>KANARIE</x>"} | options))
    return written.getvalue()


def no_heic():
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)


def truncated_heic():
    whole = heic()
    return whole[: len(whole) - 40]


def heic_bomb(side=30_000):
    """A photo that claims to be 900 million pixels: its own size, changed in the one box that says it."""
    box = b"ispe" + bytes(4)
    return heic((64, 64)).replace(box + struct.pack(">II", 64, 64), box + struct.pack(">II", side, side))


def webm(seconds=1):
    return b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(range(256)) * 4 * seconds


def wav(seconds=1):
    sound = bytes(8000 * seconds)
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + len(sound),
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        8000,
        8000,
        1,
        8,
        b"data",
        len(sound),
    )
    return head + sound
