"""What is read aloud before a photo, a recording or a number is kept. A changed text gets a new version; old ones stay.

The talk itself has its text in the guide (`intro`), with a version of its own.
"""

from app.models.consent.table import Purpose
from app.models.record import Words

TEXTS: dict[Purpose, tuple[str, Words]] = {
    Purpose.PHOTO: (
        "foto-1",
        {
            "nl": "Mag ik deze foto bewaren? Alleen mensen die hier werken, zien hem.",
            "en": "May I keep this photo? Only people who work here see it.",
        },
    ),
    Purpose.VOICE: (
        "opname-1",
        {
            "nl": "Mag ik uw stem bewaren? Alleen ik en de manager kunnen het horen.",
            "en": "May I keep your voice? Only I and the manager can hear it.",
        },
    ),
    Purpose.CALL_BACK: (
        "terugbellen-1",
        {
            "nl": "Dan bewaar ik uw naam en nummer, op slot. Na het bellen wissen we die weer.",
            "en": "Then I keep your name and number, locked. After the call we erase them again.",
        },
    ),
    Purpose.LINK: (
        "link-1",
        {
            "nl": "Mag ik u een eigen link sturen? Daarop ziet u wat we met uw verhaal deden.",
            "en": "May I send you a link of your own? It shows what we did with your story.",
        },
    ),
}


def version_of(purpose: Purpose) -> str:
    """Of the text that is read aloud today; the guide has the one of the talk."""
    return TEXTS[purpose][0] if purpose in TEXTS else ""
