"""Spoken notes keep the form in which they were recorded; the kind is read from the content, never from its name."""

from app.errors import Invalid

EBML, OGG, RIFF, WAVE, ID3 = b"\x1a\x45\xdf\xa3", b"OggS", b"RIFF", b"WAVE", b"ID3"


def media_type(content: bytes) -> str:
    """Raises Invalid when the content is no sound that we know."""
    head = content[:16]
    if head.startswith(EBML):
        return "audio/webm"
    if head.startswith(OGG):
        return "audio/ogg"
    if head.startswith(RIFF) and head[8:12] == WAVE:
        return "audio/wav"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    if head.startswith(ID3) or head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    raise Invalid({"photo": "voice.wrong_kind"})
