"""The model that everybody starts with, made from the examples once for each version of them and of the lexicon.

It is built by `python -m app.models.tag.learning.shipped` at installation; where that was not done, on first use.
"""

import hashlib
import tempfile
from functools import cache
from pathlib import Path

from app.models.tag.learning.model import Model, from_bytes, to_bytes
from app.models.tag.reading.lexicon import FOLDER, LANGUAGES, shipped

BUILT = Path(__file__).parent / "built"
CODE = Path(__file__).parent
BAR = 0.15
"""The chance from which a theme is suggested, chosen on lines that the model had not seen."""


def fingerprint() -> str:
    """Of everything that the model is made from."""
    sources = sorted(
        [
            *FOLDER.glob("*.toml"),
            *FOLDER.glob("*.jsonl"),
            *CODE.glob("*.py"),
            *(CODE.parent / "reading").glob("*.py"),
        ]
    )
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def shipped_model() -> Model:
    version = fingerprint()
    path = BUILT / f"{version}.npz"
    if path.is_file():
        return from_bytes(path.read_bytes())
    model = made(version)
    _keep(path, to_bytes(model))
    return model


def made(version: str) -> Model:
    from app.models.tag.learning.examples import shipped_examples
    from app.models.tag.learning.training import Lessons

    lexicon = shipped(*LANGUAGES)
    model = Lessons(shipped_examples(lexicon), lexicon.themes).model(lexicon.themes, f"shipped-{version}")
    model.bars[:] = BAR
    return model


def write(path: Path, packed: bytes) -> None:
    """Whole or not at all, and for everybody to read: who installs is often not who serves."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(packed)
    made = Path(file.name)
    made.chmod(0o644)
    made.replace(path)


def _keep(path: Path, packed: bytes) -> None:
    """Where nothing may be written it is made again next time."""
    try:
        write(path, packed)
    except OSError:
        return
    for old in path.parent.glob("*.npz"):
        if old != path:
            old.unlink(missing_ok=True)


if __name__ == "__main__":
    shipped_model()
