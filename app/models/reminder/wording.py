"""A digest in words: how many of what, in the reader's own language. It names no customer and quotes nobody."""

from collections import Counter
from collections.abc import Iterable

from app.i18n import translations, translator
from app.models.reminder.kinds import Kind
from app.models.reminder.sources import Reminder
from app.settings import settings


def lines(found: Iterable[Reminder], language: str) -> list[str]:
    """One line a kind."""
    counts = Counter(one.kind for one in found)
    return [_line(kind, counts[kind], language) for kind in Kind if counts[kind]]


def _line(kind: Kind, n: int, language: str) -> str:
    ngettext = translations(language).ngettext
    said = {
        Kind.LATE: lambda: ngettext("%(num)s actie is te laat", "%(num)s acties zijn te laat", n),
        Kind.DUE: lambda: ngettext(
            "%(num)s actie moet vandaag of morgen klaar zijn",
            "%(num)s acties moeten vandaag of morgen klaar zijn",
            n,
        ),
        Kind.CALL_BACK: lambda: ngettext(
            "%(num)s klant wacht op je telefoontje", "%(num)s klanten wachten op je telefoontje", n
        ),
        Kind.ROOM: lambda: ngettext("%(num)s actie wacht op ruimte", "%(num)s acties wachten op ruimte", n),
        Kind.ANSWERED: lambda: ngettext(
            "Je kreeg antwoord over ruimte bij %(num)s actie",
            "Je kreeg antwoord over ruimte bij %(num)s acties",
            n,
        ),
        Kind.SAFARI: lambda: ngettext(
            "%(num)s safari is vandaag of morgen", "%(num)s safari's zijn vandaag of morgen", n
        ),
        Kind.MENTIONED: lambda: ngettext(
            "Iemand noemde je bij %(num)s actie", "Iemand noemde je bij %(num)s acties", n
        ),
        Kind.ASSIGNED: lambda: ngettext("Je kreeg %(num)s actie erbij", "Je kreeg %(num)s acties erbij", n),
        Kind.MISSING: lambda: ngettext(
            "%(num)s notitie kwam niet aan", "%(num)s notities kwamen niet aan", n
        ),
        Kind.RHYTHM: lambda: ngettext(
            "Plan %(num)s safari: het is er tijd voor", "Plan %(num)s safari's: het is er tijd voor", n
        ),
    }[kind]()
    return said % {"num": n}


def subject(count: int, language: str) -> str:
    ngettext = translations(language).ngettext
    said = ngettext("%(num)s ding voor jou in Klantsafari", "%(num)s dingen voor jou in Klantsafari", count)
    return said % {"num": count}


def letter(name: str, said: Iterable[str], language: str) -> str:
    _ = translator(language)
    base = settings().base_url.rstrip("/")
    where = _("Open Klantsafari en kijk bij Voor jou.")
    if base:
        where = _("Bekijk ze hier:\n%(link)s", link=f"{base}/reminders")
    change = f"\n{base}/me/reminders" if base else ""
    return "\n\n".join(
        (
            _("Beste %(name)s,", name=name),
            "\n".join(f"- {line}" for line in said),
            where,
            _("Minder of geen mail? Kies het zelf bij Mijn gegevens, Herinneringen.") + change,
        )
    )
