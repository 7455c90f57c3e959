"""Where a text sounds like a rule, a fee or a script in the way. Pure; a person decides whether it is one."""

import re
from dataclasses import dataclass

from app.models.field_note.quoting import bounds
from app.models.rule.amounts import EUROS, cents_in, minutes_in
from app.models.rule.table import RuleKind

FEW = r"(?:\s[\w'’-]+)"
REST = r"[^.!?\n]"
WHO = r"(?:ik|we|wij|ze|zij|hij|je|jij|u|dat|dit|het|er|daar|hier|ook|eigenlijk|helaas|gewoon|nu|hem|haar|jullie)"
PAPER = (
    r"(?:legitimatie|identiteitsbewijs|identificatie|id|paspoort|rijbewijs|afspraak|bon|bonnetje|kassabon"
    r"|formulier|machtiging|handtekening|code|pas|pasje|klantnummer)"
)
PAPERS = r"(?:id|identification|passport|appointment|receipt|form|card|signature|reference)"
MACHINE = r"(?:systeem|computer|computersysteem|programma|scherm|kassa)"
ORDER = r"(?:procedure|procedures|beleid|protocol|voorschrift|voorschriften|regel|regels)"

SCRIPT = [
    rf"\bmoet(?:en)?{FEW}{{0,5}}\s(?:voorlezen|oplezen|opdreunen|afvinken|opnoemen)\b",
    r"\b(?:verplichte?|vaste|ons|mijn|het|hun)\s(?:script|belscript|verkooppraatje)\b",
    r"\bverplichte?\svra(?:ag|gen)\b",
    rf"\b(?:have|had|has)\sto{FEW}{{0,4}}\sread{FEW}{{0,4}}\sout\b|\b(?:have|had|has)\sto\sread\sout\b",
    r"\b(?:the|our|my|a)\sscript\b",
]
FEE = [
    (
        rf"\b(?:moet|moeten|moest|moesten|mag|mocht|gaan|ga)(?:\s(?:ik|we|wij|ze|u|je|jij|hij|er|daar|dan|wel|nog|eerst"
        rf"|even|ook|helaas|eigenlijk|nog)){{0,5}}\s{EUROS}{FEW}{{0,3}}?"
        r"\s(?:rekenen|betalen|vragen|bijbetalen|kosten)\b"
    ),
    (
        rf"\b(?:kost|kostte|kosten|kostten|reken|rekent|rekende|rekenen|rekenden|vraagt|vragen|vroegen|betaal|betaalt"
        rf"|betaalde|betaalden)(?:\s(?:u|je|jou|me|mij|ons|hem|haar|dat|dit|het|er|ze|we|wij|ik|daar|wel|dan|nog|zo['’]n"
        rf"|ook|dus|hier|hiervoor|daarvoor|eerst|alleen|maar|al)){{0,4}}\s{EUROS}"
    ),
    rf"\b(?:tarief|kosten|bedrag|boete|toeslag|leges|vergoeding|borg)\s(?:is\s|zijn\s)?(?:van\s)?{EUROS}",
    rf"(?<![\w€]){EUROS}{FEW}{{0,3}}?\s(?:administratiekosten|voorrijkosten|kosten|toeslag|boete|borg|leges)\b",
    r"\b(?:administratie|voorrij|behandel|afhandelings|verzend)kosten\b",
    r"\bkosten\s(?:in\srekening|aan\sverbonden)\b|\bzijn\s(?:er\s)?kosten\saan\sverbonden\b",
    rf"\b(?:charge|charges|charged|costs?|pay|paid)(?:\s(?:you|me|us|them|him|her|an?|extra|for|that|it)){{0,3}}\s{EUROS}",
    rf"\bfee\sof\s{EUROS}|{EUROS}\sfee\b|\bthe\sfee\b",
]
RULE = [
    (
        rf"\b(?:(?:dat|dit|daar|het|ik|we|wij|ze|zij|hij|er)\s)?(?:mag|mocht|mogen|mochten)(?:\s{WHO}){{0,4}}"
        rf"\s(?:niet|niets|niks|nooit|geen)\b(?!\s(?:klagen|mopperen|baten|zo\szijn|vergeten|zeuren))(?:\s(?:zeggen|doen"
        rf"|aannemen|geven|helpen|veranderen|regelen|vertellen|weten|zien|meenemen|beslissen|aanpassen))?"
    ),
    r"\b(?:dat|dit|het|ik|we|wij|ze|zij|hij)\sniet\s(?:mag|mogen|mocht|mochten)\b",
    r"\bniet\s(?:toegestaan|bevoegd|geoorloofd)\b|\bgeen\sbevoegdheid\b",
    rf"\b(?:(?:dat|dit|zo|het)\s)?(?:is\s|zijn\s)?(?:nu|nou)\seenmaal\s(?:zo\s)?(?:ons|onze|de|het|een)?\s?{ORDER}\b",
    rf"\b(?:dat|dit|zo|het)\s(?:is|zijn)\s(?:gewoon\s|nu\s|hier\s|ons\s|onze\s|de\s|het\s|vast\s|zo['’]n\s){{0,3}}{ORDER}\b",
    rf"\b(?:volgens|vanwege|door)\s(?:de|het|ons|onze)\s{ORDER}\b|\bregels\szijn\sregels\b",
    (
        rf"\b{MACHINE}\s(?:laat|staat|accepteert|pakt|neemt|wil|geeft)\b{REST}{{0,30}}?\s(?:niet|er\sniet\sin)\b"
        r"(?:\s(?:toe|door|aan|in))?"
    ),
    rf"\b{MACHINE}\s(?:weigert|blokkeert|vraagt\sdaar\som|wants?)\b",
    rf"\b(?:mag|kan|gaat|lukt)\sniet\s(?:van|in|volgens)\s(?:het|de|mijn|ons)\s{MACHINE}\b",
    rf"\bzonder{FEW}{{0,2}}\s{PAPER}\b{REST}{{0,40}}?\b(?:niets|niks|niet|geen)\b",
    rf"\b(?:niets|niks|niet|geen)\b{REST}{{0,40}}?\bzonder{FEW}{{0,2}}\s{PAPER}\b",
    r"\beerst\s(?:een|het|dit|dat|zo['’]n)\sformulier\b|\bverplicht\s(?:veld|formulier)\b",
    r"\b(?:not|never)\s(?:allowed|permitted)(?:\sto(?:\s(?:say|do|help|give|change|take|tell))?)?\b|\bwe\sdon['’]t\sallow\b",
    r"\b(?:company|bank|our|the|just|simply|is)\s(?:policy|procedure)\b|\bthose\sare\sthe\srules\b",
    r"\b(?:system|computer|screen)\s(?:won['’]t|doesn['’]t|does\snot|will\snot|can['’]t)\s(?:let|allow|accept|take)\b",
    rf"\bwithout{FEW}{{0,2}}\s{PAPERS}\b{REST}{{0,40}}?\b(?:can['’]t|cannot|can\snot|nothing)",
    rf"\b(?:can['’]t|cannot|can\snot|nothing)\b{REST}{{0,40}}?\bwithout{FEW}{{0,2}}\s{PAPERS}\b",
]
# In this order: "dat moet ik voorlezen" is a script before it is anything else.
KINDS = [
    (kind, re.compile("|".join(patterns), re.IGNORECASE))
    for kind, patterns in ((RuleKind.SCRIPT, SCRIPT), (RuleKind.FEE, FEE), (RuleKind.RULE, RULE))
]


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters start to end of the text; `minutes` and `cents` are what its sentence names, to be confirmed."""

    start: int
    end: int
    kind: RuleKind
    minutes: int | None = None
    cents: int | None = None


def spotted(text: str) -> list[Spot]:
    """In the order of the text; one a sentence, the first of the kind that says most about it."""
    found = (_first(text, start, end) for start, end in bounds(text))
    return [spot for spot in found if spot]


def _first(text: str, start: int, end: int) -> Spot | None:
    sentence = text[start:end]
    for kind, pattern in KINDS:
        if match := pattern.search(sentence):
            own = cents_in(match[0])
            cents = cents_in(sentence) if own is None else own
            begin = start + match.start() + len(match[0]) - len(match[0].lstrip())
            return Spot(begin, start + match.end(), kind, minutes_in(sentence), cents)
    return None
