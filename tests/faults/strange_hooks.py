"""What Schemathesis makes up is given, three times out of four, the id of something that is there."""

import json
import os
from typing import Any
from zlib import crc32

import schemathesis

KNOWN: dict[str, str] = json.loads(os.environ.get("KLANTSAFARI_KNOWN_IDS", "{}"))


@schemathesis.hook
def map_path_parameters(_: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """By what was made up, so that the same seed asks the same again."""
    if not path_parameters or crc32(repr(path_parameters).encode()) % 4 == 0:
        return path_parameters
    return {name: KNOWN.get(name, value) for name, value in path_parameters.items()}
