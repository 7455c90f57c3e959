"""The register of processing (AVG, article 30): what is done with whose data, as the settings are now."""

from dataclasses import dataclass

from app.i18n import N_
from app.models.privacy.table import Kept


@dataclass(frozen=True, slots=True)
class Processing:
    """One line, in Dutch message ids. `kept` are the kinds whose terms hold for it."""

    purpose: str
    ground: str
    people: str
    data: str
    receivers: str
    security: str
    kept: tuple[Kept, ...]


NOBODY = N_("Niemand buiten de organisatie.")
LOCKED = N_("Op slot met AES-256. Elke keer openen staat in het logboek.")
BY_ROLE = N_("Per rol en locatie. Alleen over een beveiligde verbinding.")

REGISTER = (
    Processing(
        N_("Gesprekken met klanten, om de dienst te verbeteren"),
        N_("Toestemming van de klant, vooraf gevraagd"),
        N_("Klanten"),
        N_("Wat de klant zei, een cijfer, plek en tijd. Geen naam."),
        NOBODY,
        BY_ROLE,
        (Kept.NOTE,),
    ),
    Processing(
        N_("Foto's bij een gesprek of observatie"),
        N_("Toestemming van de klant, apart gevraagd"),
        N_("Klanten"),
        N_("Foto zonder plaats en tijd van het toestel"),
        NOBODY,
        BY_ROLE,
        (Kept.PHOTO,),
    ),
    Processing(
        N_("Opnames bij een gesprek of observatie"),
        N_("Toestemming van de klant, apart gevraagd"),
        N_("Klanten en medewerkers"),
        N_("Geluid"),
        NOBODY,
        N_("Alleen voor wie het opnam en de manager. Openen staat in het logboek."),
        (Kept.VOICE,),
    ),
    Processing(
        N_("Klanten terugbellen"),
        N_("Toestemming van de klant, apart gevraagd"),
        N_("Klanten"),
        N_("Naam, en telefoonnummer of e-mailadres"),
        NOBODY,
        LOCKED,
        (Kept.CONTACT, Kept.CONTACT_OPEN),
    ),
    Processing(
        N_("Notities die nog niet passen"),
        N_("Toestemming van de klant, vooraf gevraagd"),
        N_("Klanten"),
        N_("Wat er op een toestel stond, tot iemand het nakijkt"),
        NOBODY,
        LOCKED,
        (Kept.QUARANTINE,),
    ),
    Processing(
        N_("Medewerkers laten inloggen en meedoen"),
        N_("Gerechtvaardigd belang van de werkgever"),
        N_("Medewerkers"),
        N_("Naam, e-mailadres, rol, sessies. Wachtwoord alleen als hash."),
        NOBODY,
        BY_ROLE,
        (Kept.SESSION,),
    ),
    Processing(
        N_("Bijhouden wie wat deed met gegevens"),
        N_("Wettelijke plicht om te kunnen verantwoorden"),
        N_("Medewerkers"),
        N_("Wie, wat, wanneer. Nooit de woorden van een klant."),
        NOBODY,
        N_("Alleen de beheerder leest dit."),
        (),
    ),
)
