"""What customers say, and the theme it gets, with the words it rests on."""

import pytest

from app.models.tag.reading import Suggestion, read, shipped


def heard(text: str) -> dict[str, Suggestion]:
    return {suggestion.slug: suggestion for suggestion in read({"story": text}, shipped()).suggestions}


def words(text: str, slug: str) -> list[str]:
    return [text[span.start : span.end] for span in heard(text)[slug].spans]


def test_a_customer_sent_from_pillar_to_post_gets_doorverwijzen_with_her_own_words():
    text = "Het begon goed. Daarna werd ik van het kastje naar de muur gestuurd, en ik gaf het op."
    assert words(text, "doorverwijzen") == ["Daarna werd ik van het kastje naar de muur gestuurd"]


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("zelfservice", "Zoek het zelf maar op, was het antwoord."),
        ("zelfservice", "Dat kunt u ook online vinden, zei ze."),
        ("ruimte", "Nee mevrouw, dat mag ik niet."),
        ("ruimte", "Het systeem laat het niet toe, zei hij verlegen."),
        ("kosten", "Voor die ene overboeking rekenen ze 35 euro."),
        ("kosten", "Ze vroegen er €35 voor."),
        ("nakomen", "De monteur zou me dinsdag terugbellen."),
        ("bereikbaarheid", "Ik liet het twaalf keer overgaan."),
        ("bereikbaarheid", "Ge belt en ge belt, maar ze nemen niet op."),
        ("regels", "Eerst drie formulieren invullen, dan pas luistert er iemand."),
        ("wachttijd", "Een uur aan de lijn gehangen."),
        ("bejegening", "Ze keurde me geen blik waardig."),
        ("deskundigheid", "Die verkoper had er geen verstand van."),
        ("duidelijkheid", "Niemand vertelt waarom de trein stilstaat."),
        ("persoonlijk", "Je bent er maar een nummer."),
        ("opgelost", "In één keer goed gerepareerd."),
        ("inrichting", "Met de rolstoel kom je de drempel niet over."),
        ("doorverwijzen", "I was sent from pillar to post."),
        ("ruimte", "Sorry, I'm not allowed to do that."),
        ("wachttijd", "We waited forty minutes in the queue."),
    ],
)
def test_the_theme_is_recognised(slug: str, text: str):
    assert slug in heard(text)


def test_compounds_and_inflections_need_no_listing():
    assert "wachttijd" in heard("Die telefoonwachtrijen zijn eindeloos.")
    assert "kosten" in heard("Alweer hogere administratiekosten.")


def test_spelling_dialect_and_capitals_do_not_matter():
    assert "bejegening" in heard("wat een VRINDELIJKE mens, echt waar")
    assert "wachttijd" in heard("ik heb uren moeten wagten")


@pytest.mark.parametrize(
    "text", ["", "   ", "De lucht is blauw.", "Mijn wachtwoord begint met een b.", "🙂🙂🙂", "שלום עולם"]
)
def test_it_abstains_when_there_is_nothing_to_go_on(text: str):
    assert not {"wachttijd", "bejegening", "kosten"} & set(heard(text))


def test_each_suggestion_says_how_sure_from_where_and_why():
    found = heard("Eindeloos in de wacht gestaan.")["wachttijd"]
    assert 0.5 <= found.score <= 1
    assert found.origin == "lexicon"
    assert found.why


def test_evidence_stays_in_the_field_where_it_was_said():
    texts = {"story": "Gewoon een praatje.", "quote-1": "Het was veel te duur."}
    kosten = next(s for s in read(texts, shipped()).suggestions if s.slug == "kosten")
    assert {span.field for span in kosten.spans} == {"quote-1"}
    assert texts["quote-1"][kosten.spans[0].start : kosten.spans[0].end] == "Het was veel te duur"


def test_evidence_is_exact_around_quotes_accents_and_emoji():
    text = "😀 Ze zei: “Dat mag ik níét, hoor”… en de rijstroom ging door."
    assert words(text, "ruimte") == ["Dat mag ik níét"]


def test_combining_marks_are_not_cut_in_two():
    text = "Zo beleefd en gei\u0308nteresseerd, met alle respe\u0301ct, echt vriendelijke\u0308"
    ends = {text[span.end - 1 : span.end + 1] for span in heard(text)["bejegening"].spans}
    assert not any(end[1:] in ("\u0308", "\u0301") for end in ends)


def test_a_long_clause_is_shortened_to_the_words_that_matter():
    text = " ".join(["toen"] * 40 + ["werd ik doorverbonden"] + ["en"] * 40)
    assert words(text, "doorverwijzen") == ["toen werd ik doorverbonden en en en"]
