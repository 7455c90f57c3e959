"""What each error code says to a person. The domain gives codes; the words live here, Dutch first."""

from app.error_words_safeguards import SAFEGUARDS
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

WORDS = SAFEGUARDS | {
    "not_found": N_("Deze pagina bestaat niet, of je mag haar niet zien."),
    "not_signed_in": N_("Je bent niet ingelogd. Wat je opschreef is niet weg."),
    "not_confirmed": N_("Dit raakt gegevens van anderen. Bevestig eerst dat jij het bent."),
    "forbidden": N_("Je rol laat dit niet toe. Vraag het je beheerder."),
    "too_often": N_("Dit gaat te snel. Wacht %(seconds)s seconden en probeer het dan weer."),
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
    "quarantine.reveal_first": N_(
        "Naam of nummer past niet. Toon ze eerst, en verbeter ze dan. Anders kan niemand deze klant bellen."
    ),
    "note.emptied": N_("De woorden van dit verhaal zijn gewist. Ze komen niet terug."),
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
    "photo.too_heavy": N_("Deze foto is te zwaar om te openen. Kies een andere. Je notitie is bewaard."),
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
    "import.not_json": N_("Deze regel is geen JSON."),
    "import.not_an_object": N_("Deze regel is geen JSON-object met velden."),
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
    "action.moved_meanwhile": N_("%(who)s verplaatste dit net. Bekijk opnieuw."),
    "action.changed_meanwhile": N_("%(who)s wijzigde dit net. Bekijk opnieuw."),
    "action.somebody_was_first": N_("Iemand wijzigde dit net. Bekijk opnieuw."),
    "action.owned_meanwhile": N_("%(who)s pakte dit net op."),
    "action.quote_missing": N_("Kies minstens één zin. Zonder verhaal is er geen actie."),
    "action.quote_unknown": N_("Deze zin staat niet meer in het verhaal. Kies opnieuw."),
    "action.due_in_the_past": N_("Deze dag is al voorbij. Kies vandaag of later."),
    "action.room_from_missing": N_("Vul in op wie het team wacht."),
    "action.nothing_chosen": N_("Kies een stap of een naam."),
    "action.owner_elsewhere": N_("Deze collega werkt daar niet."),
    "action.reason_missing": N_("Schrijf kort op waarom nu niet."),
    "proposal.decided_meanwhile": N_("Over dit voorstel is net al beslist. Bekijk de voorstellen opnieuw."),
    "action.merged_away": N_("Deze actie is net bij een andere gevoegd. Open het bord opnieuw."),
    "action.merge_itself": N_("Dit is dezelfde actie. Kies een andere."),
    "action.merge_circle": N_("Die andere actie is al bij deze gevoegd. Open het bord opnieuw."),
    "action.split_nothing": N_("Kies minstens één uitspraak die meegaat."),
    "action.split_all": N_("Laat minstens één uitspraak hier liggen. Zonder verhaal is er geen actie."),
    "action.file_kind": N_("Dit kan niet. Kies een foto of een PDF."),
    "step.too_many": N_("Meer dan %(most)s stappen kan niet. Maak er een eigen actie van."),
    "comment.which_one": N_("Er zijn er meer die %(name)s heten. Schrijf ook de achternaam."),
    "repetition.no_date": N_(
        "Deze actie heeft geen datum. Geef hem er een, of tel vanaf de dag dat hij gedaan is."
    ),
    "room.none": N_("Voor dit soort actie heeft het team nog geen ruimte. Vraag het eerst."),
    "room.too_much": N_("Dat is meer dan het team zelf mag: tot € %(most)s. Vraag ruimte."),
    "room.why_not": N_("Schrijf op waarom niet."),
    "room.done_already": N_("Deze actie is al gedaan."),
    "room.answered_meanwhile": N_("Hier wacht niemand meer op antwoord. Bekijk opnieuw."),
    "action.id_taken": N_("Dit is al bewaard. Open de pagina opnieuw."),
    "helping.not_done_yet": N_("Deze actie is nog niet gedaan. Zet hem eerst op Gedaan."),
    "helping.already_counting": N_(
        "Er zijn al gesprekken geteld. Stop eerst met meten, en kies dan opnieuw."
    ),
    "helping.too_late": N_("Kies een dag binnen een half jaar."),
    "helping.choices": N_("Kies de antwoorden die je wilt horen, maar niet allemaal."),
    "goal.ends_before_it_starts": N_("Deze dag ligt vóór het begin. Kies een latere dag."),
    "rule.reason_missing": N_("Schrijf op waarom jullie deze regel houden."),
    "rule.look_again_too_soon": N_("Kies een dag na vandaag."),
    "rule.euros_unreadable": N_("Vul een bedrag in, zoals 35 of 12,50."),
    "rule.quote_missing": N_("Kies de zin waarin de regel zit."),
    "rule.nothing_said": N_("Deze klant wilde liever niet. Er is niets om bij een regel te zetten."),
    "rule.nobody_met_it": N_("Zet er eerst een verhaal bij. Zonder verhaal is er geen actie."),
    "rule.merge_itself": N_("Dit is dezelfde regel. Kies een andere."),
    "rule.merge_circle": N_("Die andere regel is al bij deze gevoegd. Open de lijst opnieuw."),
    "promise.due_in_the_past": N_("Deze dag is al voorbij. Kies vandaag of later."),
    "promise.reason_missing": N_("Schrijf kort op waarom het niet lukte."),
    "promise.not_yours": N_("Een collega zorgt hiervoor. Naam en nummer blijven dicht."),
    "promise.changed_meanwhile": N_("%(who)s was je net voor. Bekijk opnieuw."),
    "reply.text_missing": N_("Schrijf op wat klanten hierover lezen."),
    "reply.not_done": N_("Zet de actie eerst op Gedaan, Verteld of Nu niet."),
    "reply.not_quotable": N_("Deze klant gaf geen toestemming om te citeren. Kies een andere zin."),
    "reply.managers_only": N_("Alleen een manager zet iets op de openbare pagina."),
    "link.agreement_missing": N_("Vraag eerst of de klant een link wil."),
    "link.gone": N_("Deze link werkt niet meer. Vraag een medewerker om een nieuwe."),
    "rule.merged_away": N_("Deze regel is net bij een andere gevoegd. Open de lijst opnieuw."),
    "import.not_utf8": N_("Deze regel is geen UTF-8. Bewaar het bestand als UTF-8."),
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
