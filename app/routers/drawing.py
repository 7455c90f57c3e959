import segno


def drawn(address: str) -> str:
    """A QR as an image inside the page, for what is shown once and has no address of its own. White around it in the
    dark too: a camera needs the contrast and the quiet edge."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=4, dark="#000", light="#fff")
