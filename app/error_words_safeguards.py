"""What error codes of signing in, access and privacy say to a person."""

from app.i18n import N_

SAFEGUARDS = {
    "consent.link_withdrawn": N_("De klant wil geen link meer. Het komt niet terug."),
    "consent.quote_withdrawn": N_("De klant trok dit in. Het komt niet terug."),
    "consent.photo_withdrawn": N_("De klant wil geen foto meer. Deze bewaren we niet."),
    "consent.voice_withdrawn": N_("De klant wil geen opname meer. Deze bewaren we niet."),
    "privacy.who_missing": N_("Vul een naam, nummer of e-mailadres in. Anders vinden we niets."),
    "privacy.nothing_chosen": N_("Kies minstens één verhaal van deze klant."),
    "privacy.refused": N_("Dit verzoek is afgewezen. Er is niets gewist of verstuurd."),
    "retention.longer_than_note": N_("Dit blijft langer dan de woorden zelf. Kies minder dagen."),
    "breach.in_the_future": N_("Deze dag moet nog komen. Kies vandaag of eerder."),
    "export.reason_short": N_("Schrijf in minstens vier woorden op waarom je namen en nummers nodig hebt."),
    "export.no_zip": N_("Dit is geen zip-bestand, of het is niet heel."),
    "export.no_index": N_("Dit is geen bestand dat Klantsafari op een telefoon maakte."),
    "export.too_large": N_("Dit bestand is uitgepakt te groot. Er is niets uit overgenomen."),
    "export.hostile": N_("In dit bestand staan namen die er niet horen. Er is niets uit overgenomen."),
    "export.missing": N_("Dit staat wel in de lijst, maar niet in het bestand."),
    "export.broken": N_("Dit kwam niet heel uit het bestand."),
    "export.files_wait": N_("Bewaar dit bestand. Haal foto en geluid op nadat iemand de notitie nakeek."),
    "export.wrong_author": N_("Iemand anders maakte dit bestand. Kies diegene bij --as."),
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
    "passkey.refused": N_("Deze toegangssleutel past niet. Probeer een andere, of gebruik je wachtwoord."),
    "passkey.stale": N_("Dit duurde te lang. Probeer het nog eens."),
    "passkey.there": N_("Deze toegangssleutel is er al."),
    "passkey.last": N_("Dit is je enige manier om in te loggen. Kies eerst een wachtwoord."),
    "second_factor.due": N_(
        "Je organisatie vraagt een tweede stap bij het inloggen. Open Klantsafari en stel die in. Je werk is veilig."
    ),
    "second_factor.own_first": N_(
        "Je hebt zelf nog geen tweede stap. Stel die eerst in bij Mijn gegevens, anders sluit je jezelf buiten."
    ),
    "second_factor.show_first": N_(
        "Laat eerst zien dat je eigen tweede stap werkt: log uit, en log in met je toegangssleutel of code-app."
    ),
    "second_factor.last": N_(
        "Je organisatie vraagt een tweede stap, en dit is je enige. Stel eerst een andere in."
    ),
    "code_app.wrong": N_("Deze code klopt niet. Een code werkt één keer; wacht op de volgende."),
    "code_app.stale": N_("Dit duurde te lang. Open de pagina opnieuw en scan de nieuwe code."),
    "code_app.on_already": N_("Je hebt al een code-app. Haal die eerst weg bij je eigen gegevens."),
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
    "break_glass.reason_short": N_("Schrijf in minstens vier woorden op waarom dit nodig is."),
    "break_glass.reason_again": N_("Deze reden gebruikte je al. Schrijf op waarom het nu nodig is."),
    "break_glass.open_already": N_("Hier heb je al noodtoegang. Stop die eerst, of wacht tot ze afloopt."),
    "break_glass.still_open": N_("Deze noodtoegang loopt nog. Je kunt dit afvinken als ze voorbij is."),
}
