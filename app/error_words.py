"""What each error code says to a person. The domain gives codes; the words live here, Dutch first."""

from app.errors import Fault
from app.i18n import N_, translator

TITLES = {
    401: N_("Log eerst in"),
    403: N_("Dit mag je niet"),
    404: N_("Niet gevonden"),
    409: N_("Iemand was je voor"),
    410: N_("Dit is gewist"),
    413: N_("Dit is te groot"),
    422: N_("Kijk dit nog even na"),
    429: N_("Even wachten"),
    503: N_("Even wachten"),
    500: N_("Er ging iets mis bij ons"),
    507: N_("De opslag is vol"),
}

WORDS = {
    "not_found": N_("Deze pagina bestaat niet, of je mag haar niet zien."),
    "not_signed_in": N_("Je bent niet ingelogd. Wat je opschreef is niet weg."),
    "not_confirmed": N_("Dit raakt gegevens van anderen. Bevestig eerst dat jij het bent."),
    "forbidden": N_("Je rol laat dit niet toe. Vraag het je beheerder."),
    "busy": N_("Het lukt nu even niet. Wat je al bewaarde, is veilig. Probeer het zo nog eens."),
    "server": N_("Wat je al bewaarde, is veilig. Probeer het zo nog eens."),
    "storage.full": N_(
        "De opslag van de server is vol. Wat je al bewaarde, is veilig. Vertel het je beheerder."
    ),
    "storage.read_only": N_(
        "De server kan nu niets bewaren. Wat je al bewaarde, is veilig. Probeer het later."
    ),
    "too_large": N_("Dit is groter dan %(limit)s MB. Kies iets kleiners."),
    "cross_site": N_("Dit verzoek kwam van een andere site. Open Klantsafari zelf en probeer het opnieuw."),
    "invalid": N_("Er klopt iets niet. Bij elk veld staat wat."),
    "note.old_key": N_("Dit zit op slot met een oude sleutel. Vraag je beheerder om hulp."),
    "note.safari_unknown": N_(
        "Deze safari kennen we niet, of je mag hem niet zien. Je notitie blijft op je toestel."
    ),
    "note.base_missing": N_("Er staat niet bij welke versie je wijzigde. Open de notitie opnieuw."),
    "note.base_unreadable": N_("We weten niet welke versie je wijzigde. Open de notitie opnieuw."),
    "note.unknown_schema": N_("Deze notitie komt van een andere versie van Klantsafari."),
    "note.other_note": N_("Dit hoort bij een andere notitie."),
    "note.too_many_versions": N_("Van deze notitie zijn al te veel versies. Kies eerst welke blijft."),
    "note.choose": N_("Kies wat blijft."),
    "note.changed_meanwhile": N_("Iemand wijzigde dit verhaal net. Kijk nog een keer."),
    "note.discarded": N_("Deze notitie is weggegooid, met een reden. Ze komt niet terug."),
    "reminder.hour_is_quiet": N_("Dan is het stil. Kies een ander uur."),
    "push.unreadable": N_("Deze telefoon kan geen berichten krijgen."),
    "push.too_many": N_("Je hebt al te veel telefoons aangemeld. Log ergens uit."),
    "quarantine.full": N_("Te veel notities passen niet. Laat je manager ze nakijken. Je werk is veilig."),
    "note.erased": N_("Deze notitie is gewist. Ze komt niet terug."),
    "note.wrong_author": N_("Deze notitie is van iemand anders. Log in als degene die haar maakte."),
    "note.differs": N_("Onder dit nummer staat al een andere tekst. Beide blijven bewaard."),
    "note.unreadable": N_("Deze notitie kunnen we niet lezen. Op je toestel blijft ze bewaard."),
    "note.unknown_question": N_("Deze vraag staat niet in de gids."),
    "note.answer_does_not_fit": N_("Dit antwoord past niet bij de vraag."),
    "note.nothing_seen": N_("Kies een woord of typ iets."),
    "note.reach_missing": N_("Vul een telefoonnummer of e-mailadres in."),
    "note.consent_missing": N_("Vraag eerst of het mag. Kies daarna ‘Ja, mag’ of ‘Liever niet’."),
    "note.file_refused": N_("Dit bestand kunnen we niet lezen. Kies een ander."),
    "note.already_recorded": N_("Dit staat er al. Bewaar je nog eens, dan wordt het een tweede."),
    "note.declined_but_answered": N_("Bij ‘liever niet’ bewaren we geen antwoorden."),
    "photo.wrong_kind": N_(
        "Dit is geen foto die we kennen. Kies een JPEG, PNG, WebP of HEIC. Je notitie is bewaard."
    ),
    "photo.broken": N_("Deze foto is stuk. Kies een andere. Je notitie is bewaard."),
    "photo.too_many_pixels": N_(
        "Deze foto is te groot om te openen. Kies een kleinere. Je notitie is bewaard."
    ),
    "contact.not_yours": N_("Een collega belt deze klant terug. Naam en nummer blijven dicht."),
    "attachment.too_many": N_("Een verhaal heeft hooguit %(most)s bestanden. Je notitie is bewaard."),
    "attachment.missing": N_("Kies eerst een foto of een geluid."),
    "voice.wrong_kind": N_("Dit is geen geluid dat we kennen. Je notitie is bewaard."),
    "blob.not_announced": N_("Dit bestand hoort niet bij deze notitie. Je notitie is bewaard."),
    "blob.larger": N_("Dit bestand is groter dan je telefoon zei. Je notitie is bewaard."),
    "blob.wrong_offset": N_("Een deel van dit bestand is er al. Het verzenden gaat daar verder."),
    "blob.wrong_hash": N_("Het bestand kwam niet heel aan. Het wordt opnieuw verstuurd."),
    "delivery.words_missing": N_("Schrijf kort op waarom deze niet meer komt."),
    "filter.days_reversed": N_("De laatste dag ligt voor de eerste."),
    "export.no_zip": N_("Dit is geen zip-bestand, of het is niet heel."),
    "export.no_index": N_("Dit is geen bestand dat Klantsafari op een telefoon maakte."),
    "export.too_large": N_("Dit bestand is uitgepakt te groot. Er is niets uit overgenomen."),
    "export.hostile": N_("In dit bestand staan namen die er niet horen. Er is niets uit overgenomen."),
    "export.missing": N_("Dit staat wel in de lijst, maar niet in het bestand."),
    "export.broken": N_("Dit kwam niet heel uit het bestand."),
    "export.files_wait": N_("Bewaar dit bestand. Haal foto en geluid op nadat iemand de notitie nakeek."),
    "export.wrong_author": N_("Iemand anders maakte dit bestand. Kies diegene bij --as."),
    "import.not_json": N_("Deze regel is geen JSON."),
    "import.not_an_object": N_("Deze regel is geen JSON-object met velden."),
    "import.not_utf8": N_("Deze regel is geen UTF-8. Bewaar het bestand als UTF-8."),
    "import.not_csv": N_("Deze regel is geen CSV."),
    "import.too_many_cells": N_("Deze regel heeft meer cellen dan de kopregel."),
    "import.no_text_column": N_("De kopregel heeft geen kolom ‘text’."),
    "import.wrong_value": N_("Het veld ‘%(field)s’ ontbreekt of klopt niet."),
    "cursor.unreadable": N_("Deze bladwijzer klopt niet. Begin weer vooraan."),
    "safari.differs": N_("Onder dit nummer staat al een andere safari. Beide blijven bewaard."),
    "safari.guide_renewed": N_("Deze gids is net vernieuwd. Kies hem opnieuw."),
    "safari.in_the_past": N_("Dit moment is al voorbij. Kies een later moment."),
    "safari.already_closed": N_("Deze safari is al afgerond. Wat er staat, blijft staan."),
    "safari.closed_to_join": N_("Deze safari is al afgerond. Meedoen kan niet meer."),
    "safari.unknown_link": N_("Deze link hoort bij geen enkele safari. Vraag de leider om een nieuwe."),
    "safari.unreadable_id": N_("Er ging iets mis bij het openen. Begin opnieuw met Helm op."),
    "field.missing": N_("Vul dit in."),
    "field.unknown_choice": N_("Kies iets uit de lijst."),
    "field.string_too_long": N_("Dit is te lang: hooguit %(max_length)s tekens."),
    "field.too_long": N_("Dit zijn er te veel: hooguit %(max_length)s tegelijk."),
    "field.string_too_short": N_("Dit is te kort: minstens %(min_length)s tekens."),
    "field.other": N_("Dit klopt niet. Kijk het nog even na."),
    "field.int_parsing": N_("Vul een heel getal in."),
    "field.greater_than_equal": N_("Vul minstens %(ge)s in."),
    "field.less_than_equal": N_("Vul hooguit %(le)s in."),
    "field.date_from_datetime_parsing": N_("Vul een datum in, zoals 24-11-2026."),
    "field.email": N_("Dit is geen e-mailadres. Zo wel: naam@voorbeeld.nl."),
    "field.enum": N_("Kies iets uit de lijst."),
    "user.wrong_credentials": N_("E-mailadres of wachtwoord klopt niet."),
    "user.too_many": N_("Te vaak geprobeerd. Probeer het over %(minutes)s min. weer."),
    "user.unknown": N_("Er is geen gebruiker %(user)s die kan inloggen."),
    "user.wrong_password": N_("Dit is niet je wachtwoord van nu."),
    "user.role_not_yours": N_("Deze rol mag je op die locatie niet geven."),
    "user.yourself": N_("Jezelf kun je niet uitschakelen."),
    "user.last_admin": N_("Dit is de laatste beheerder. Maak eerst iemand anders beheerder."),
    "membership.there": N_("Deze rol is er al op die locatie."),
    "password.repeats": N_("Dit herhaalt zich. Kies iets wat niemand raadt, zoals vier losse woorden."),
    "password.names": N_("Gebruik niet je eigen naam of Klantsafari. Kies bijvoorbeeld vier losse woorden."),
    "password.common": N_("Dit wordt te snel geraden. Kies bijvoorbeeld vier losse woorden."),
    "location.name_taken": N_("Deze naam bestaat hier al."),
    "location.no_parent": N_("Onder een locatie past niets meer. Kies een organisatie of regio."),
    "location.root": N_("De organisatie zelf kan niet weg."),
    "location.not_empty": N_("Deze locatie is nog in gebruik. Haal eerst weg wat eraan vastzit."),
    "team.name_taken": N_("Dit team bestaat hier al."),
    "theme.name_taken": N_("Deze naam bestaat al."),
    "theme.words_missing": N_("Geef minstens één woord. Anders stelt niets dit thema voor."),
    "theme.words_too_many": N_("Dit zijn te veel regels: hooguit %(most)s."),
    "theme.word_broken": N_("Regel %(line)s klopt niet: ‘%(words)s’. Er is nog niets veranderd."),
    "theme.merge_itself": N_("Een thema past niet in zichzelf. Kies een ander."),
    "theme.merge_circle": N_("Dat thema ging al in dit thema op. Kies een ander."),
    "theme.merge_off": N_("Dat thema staat uit. Zet het eerst aan, of kies een ander."),
    "decision.decided": N_("%(who)s keek dit label al na. Dat blijft staan."),
    "decision.gone": N_("Dit voorstel is er niet meer. Er is niets veranderd."),
    "decision.unknown_tag": N_("Dat label bestaat niet meer. Kies een ander."),
    "invitation.gone": N_("Deze uitnodiging werkt niet meer. Vraag een nieuwe."),
    "invitation.sign_in_first": N_("Je hebt al een account. Log eerst in."),
    "invitation.other_person": N_("Deze uitnodiging is voor iemand anders."),
    "sso.lost": N_("Dit inloggen duurde te lang, of begon in een ander venster. Begin opnieuw."),
    "sso.stopped": N_("Het inloggen is afgebroken. Je kunt het opnieuw proberen."),
    "sso.down": N_("%(name)s antwoordt nu niet. Probeer het zo nog eens, of log op een andere manier in."),
    "sso.refused": N_(
        "%(name)s liet ons je niet inloggen. Begin opnieuw. Lukt het niet? Vraag je beheerder."
    ),
    "sso.untrusted": N_(
        "Het antwoord van %(name)s klopt niet. Daarom laten we niemand binnen. Vraag je beheerder."
    ),
    "sso.not_anew": N_("%(name)s zei niet dat je net opnieuw inlogde. Bevestig het op een andere manier."),
    "sso.no_role": N_("Je bent bekend bij %(name)s, maar hebt hier nog geen rol. Vraag je beheerder."),
    "sso.disabled": N_("Je account is hier uitgezet. Vraag je beheerder."),
    "sso.no_address": N_("%(name)s geeft geen bevestigd e-mailadres van je door. Vraag je beheerder."),
    "sso.link_first": N_(
        "Je hebt hier al een account. Log in zoals je gewend bent, en koppel %(name)s bij Mijn gegevens."
    ),
    "sso.somebody_else": N_("Bij %(name)s ben je nu iemand anders dan hier. Log daar eerst uit."),
    "sso.other_person": N_("Dit account bij %(name)s hoort al bij iemand anders."),
    "sso.only_way": N_("Zo log jij in. Kies eerst een wachtwoord, dan kun je dit loskoppelen."),
    "code.wrong": N_("Deze code klopt niet, of werkt niet meer."),
    "code.lost": N_("Deze code is verlopen, of je vroeg hem in een ander venster. Vraag een nieuwe."),
    "code.digits": N_("Vul de 6 cijfers uit de mail in."),
    "mail.off": N_("Er is geen mailserver ingesteld."),
    "action.moved_meanwhile": N_("%(who)s verplaatste dit net. Bekijk opnieuw."),
    "action.changed_meanwhile": N_("%(who)s wijzigde dit net. Bekijk opnieuw."),
    "action.somebody_was_first": N_("Iemand wijzigde dit net. Bekijk opnieuw."),
    "action.owned_meanwhile": N_("%(who)s pakte dit net op."),
    "action.quote_missing": N_("Kies minstens één zin. Zonder verhaal is er geen actie."),
    "action.quote_unknown": N_("Deze zin staat niet meer in het verhaal. Kies opnieuw."),
    "action.due_in_the_past": N_("Deze dag is al voorbij. Kies vandaag of later."),
    "action.room_from_missing": N_("Vul in op wie het team wacht."),
    "action.reason_missing": N_("Schrijf kort op waarom nu niet."),
    "proposal.decided_meanwhile": N_("Over dit voorstel is net al beslist. Bekijk de voorstellen opnieuw."),
    "action.id_taken": N_("Dit is al bewaard. Open de pagina opnieuw."),
    "rule.reason_missing": N_("Schrijf op waarom jullie deze regel houden."),
    "rule.look_again_too_soon": N_("Kies een dag na vandaag."),
    "rule.euros_unreadable": N_("Vul een bedrag in, zoals 35 of 12,50."),
    "rule.quote_missing": N_("Kies de zin waarin de regel zit."),
    "rule.nothing_said": N_("Deze klant wilde liever niet. Er is niets om bij een regel te zetten."),
    "rule.nobody_met_it": N_("Zet er eerst een verhaal bij. Zonder verhaal is er geen actie."),
    "rule.merge_itself": N_("Dit is dezelfde regel. Kies een andere."),
    "rule.merge_circle": N_("Die andere regel is al bij deze gevoegd. Open de lijst opnieuw."),
    "rule.merged_away": N_("Deze regel is net bij een andere gevoegd. Open de lijst opnieuw."),
}

ALIASES = {
    "field.literal_error": "field.enum",
    "field.int_type": "field.int_parsing",
    "field.int_from_float": "field.int_parsing",
    "field.date_parsing": "field.date_from_datetime_parsing",
    "field.date_type": "field.date_from_datetime_parsing",
    "field.datetime_parsing": "field.date_from_datetime_parsing",
    "field.datetime_from_date_parsing": "field.date_from_datetime_parsing",
}


def words_for(code: str) -> str:
    """The Dutch text of a code, still to be translated and filled."""
    fallback = "field.other" if code.startswith("field.") else "server"
    return WORDS.get(ALIASES.get(code, code)) or WORDS[fallback]


def said(fault: Fault, language: str) -> str:
    """A fault in the reader's own words."""
    code, details = fault
    _ = translator(language)
    return _(words_for(code), **details) if details else _(words_for(code))
