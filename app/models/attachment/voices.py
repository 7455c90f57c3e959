"""Spoken notes keep the form in which they were recorded; the kind is read from the content, never from its name."""

EBML, OGG, RIFF, WAVE, ID3 = b"\x1a\x45\xdf\xa3", b"OggS\x00", b"RIFF", b"WAVE", b"ID3"
MP3_FRAMES, AAC_FRAMES = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), (b"\xff\xf1", b"\xff\xf9")
MP4_BRANDS = frozenset({b"M4A ", b"M4B ", b"isom", b"iso2", b"iso5", b"iso6", b"mp41", b"mp42", b"dash"})
SHORTEST = 64
"""Bytes; nothing that can be heard is shorter."""


def recognised(content: bytes) -> str | None:
    """The media type, or None when this is no sound that we know."""
    head = content[:SHORTEST]
    if len(head) < SHORTEST:
        return None
    if head.startswith(EBML):
        return "audio/webm" if b"webm" in head or b"matroska" in head else None
    if head.startswith(OGG):
        return "audio/ogg"
    if head.startswith(RIFF):
        return "audio/wav" if head[8:12] == WAVE else None
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:12] in MP4_BRANDS else None
    if head.startswith(AAC_FRAMES):
        return "audio/aac"
    return "audio/mpeg" if head.startswith((ID3, *MP3_FRAMES)) else None
