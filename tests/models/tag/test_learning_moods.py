"""How labels were meant is learned where that reads better what it had not seen, and let alone where it does not."""

import numpy as np
import pytest

from app.models.tag.learning import learning
from app.models.tag.learning.decided import Decided
from app.models.tag.learning.examples import shipped_examples
from app.models.tag.learning.learning import Learned, learn
from app.models.tag.learning.model import MOODS
from app.models.tag.learning.shipped import shipped_model
from app.models.tag.learning.suggesting import suggest
from app.models.tag.reading import shipped

LEXICON, MODEL = shipped(), shipped_model()
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "Kerst", "Pasen")
CROWDED = [f"Op {day} stond er weer een heerlijke lange rij bij de oliebollen." for day in DAYS]
PLAIN = [f"Op {day} stond ik een uur in de rij, wat een ellende." for day in DAYS]


@pytest.fixture(autouse=True)
def few_examples(monkeypatch):
    """A tenth of the shipped ones does here, and is learned ten times as fast."""
    monkeypatch.setattr(learning, "shipped_examples", lambda lexicon: shipped_examples(lexicon)[::10])


def notes(texts: list[str], moods: str = "", left: str = "") -> list[Decided]:
    made = []
    for text in texts:
        place = ("text", 0, len(text))
        told = [(place, moods)] if moods else []
        made.append(
            Decided(
                text, {"text": text}, {"wachttijd": [place]}, moods=told, left=[(place, left)] if left else []
            )
        )
    return made


def learned(*told: list[Decided]) -> Learned:
    found = learn([note for some in told for note in some], LEXICON.themes, LEXICON, MODEL)
    assert found
    return found


def mood(found: Learned, text: str) -> str:
    [waiting] = [
        s for s in suggest({"text": text}, LEXICON, found.model).suggestions if s.slug == "wachttijd"
    ]
    return waiting.sentiment


def test_what_a_house_says_of_itself_is_read_as_it_is_meant_there():
    found = learned(notes(CROWDED, moods="negative"), notes(PLAIN, left="negative"))
    assert found.figures["moods"] == len(CROWDED) + len(PLAIN)
    assert found.figures["felt"] > found.figures["felt_before"]
    new = "Gisteren stond er een heerlijke lange rij bij de oliebollen."
    assert mood(found, new) == "negative"


def test_moods_that_would_spoil_what_was_let_stand_are_not_learned():
    """The corrections say nothing that holds for others; without those that were let stand any change would win."""
    odd = [
        note for n, text in enumerate(PLAIN) for note in notes([text], moods=("positive", "neutral")[n % 2])
    ]
    told = [*odd, *notes([f"{text} Echt waar." for text in PLAIN], left="negative")]
    found = learned(told)
    assert found.figures["felt"] < found.figures["felt_before"]
    without = learned(notes(PLAIN), notes([f"{text} Echt waar." for text in PLAIN]))
    text = "Op dinsdag stond ik een uur in de rij."
    assert mood(found, text) == mood(without, text) == "negative"
    last = slice(-len(MOODS), None)
    assert np.allclose(found.model.bias[last], without.model.bias[last], atol=0.2)
