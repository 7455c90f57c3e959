"""How a note feels: negation, irony, strength and contrast."""

import pytest

from app.models.tag.reading import read, shipped


def feel(text: str) -> str:
    return read({"story": text}, shipped()).sentiment


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("Heel vriendelijk geholpen.", "positive"),
        ("Niet vriendelijk.", "negative"),
        ("Vriendelijk waren ze niet.", "negative"),
        ("Duur.", "negative"),
        ("Helemaal niet duur.", "positive"),
        ("Niet goedkoop.", "negative"),
        ("Zonder wachten aan de beurt.", "positive"),
        ("Lekker dan, weer een uur in de rij.", "negative"),
        ("Fijn hoor, nog een formulier.", "negative"),
        ("Vriendelijk, maar ze wisten er niets van.", "negative"),
        ("Lang gewacht, maar uiteindelijk fantastisch en heel hartelijk geholpen.", "positive"),
        ("De winkel ligt in een straat.", "neutral"),
        ("", "neutral"),
        ("👍👏", "positive"),
        ("😡", "negative"),
        ("Very helpful and kind.", "positive"),
        ("Not helpful.", "negative"),
        ("Ik hoefde nergens meer naartoe.", "positive"),
        ("Ze liep helemaal met me mee.", "positive"),
        ("Toen kon ik weer slapen.", "positive"),
        ("Zonder haar had ik het niet gered.", "positive"),
        ("Verander er niets aan.", "positive"),
        ("Zij belde zelf even naar de apotheek.", "positive"),
        ("Zij belde de klant niet zelf even op.", "negative"),
        ("Voor de derde keer hetzelfde gevraagd.", "negative"),
        ("Al elf weken ligt het daar.", "negative"),
        ("Pas na een brief kwam er antwoord.", "negative"),
        ("Moest ik weer helemaal naar de stad.", "negative"),
        ("Nog geen steek verder.", "negative"),
        ("De deur was weer dicht, niemand te zien. Geweldig.", "negative"),
        ("De deur stond open en de koffie stond klaar. Geweldig.", "positive"),
    ],
)
def test_the_feeling_of_a_note(text: str, sentiment: str):
    assert feel(text) == sentiment


def test_praise_and_complaint_in_one_note_keep_their_own_feeling():
    text = "De mevrouw was heel vriendelijk. De prijs was schandalig duur."
    by_slug = {s.slug: s for s in read({"story": text}, shipped()).suggestions}
    assert by_slug["bejegening"].sentiment == "positive"
    assert by_slug["kosten"].sentiment == "negative"
    assert [span.sentiment for span in by_slug["kosten"].spans] == ["negative"]
