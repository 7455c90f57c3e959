"""A photo as we keep it: decoded for real, upright, at most 2048 pixels wide or high, no metadata but its colours."""

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from app.errors import Invalid

# As many threads as one photo may use: two are decoded at once.
register_heif_opener(thumbnails=False, decode_threads=1)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2048
THUMBNAIL_SIDE = 320
QUALITY = 82
COLOURS = ("RGB", "L")
# Our own limit is checked before anything is decoded; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Photo:
    """Two JPEGs; width and height in pixels of the large one."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


def clean(content: bytes) -> Photo:
    """Raises Invalid on anything that is not a whole photo of a kind we know."""
    image = _decoded(content)
    profile = image.info.get("icc_profile") if image.mode in COLOURS else None
    upright = _flat(ImageOps.exif_transpose(image))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small = upright.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Photo(_jpeg(upright, profile), _jpeg(small, profile), upright.width, upright.height)


def _decoded(content: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise Invalid({"photo": "photo.too_many_pixels"})
        # A JPEG can be read at half or a quarter of its size: a twelfth of the memory for a large photo.
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
    except UnidentifiedImageError:
        raise Invalid(
            {"photo": "photo.broken" if _calls_itself_heic(content) else "photo.wrong_kind"}
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error):
        raise Invalid({"photo": "photo.broken"}) from None
    return image


def _calls_itself_heic(content: bytes) -> bool:
    """libheif reads such a photo to its end before it says that it is one."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def _flat(image: Image.Image) -> Image.Image:
    """On white where it was see-through; JPEG knows no transparency."""
    if image.mode in COLOURS:
        return image
    seen = image.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _jpeg(image: Image.Image, profile: bytes | None) -> bytes:
    written = io.BytesIO()
    image.info = {}
    image.save(written, "JPEG", quality=QUALITY, optimize=True, icc_profile=profile)
    return written.getvalue()
