import pytest

from app.models.proposal.naming import kind_of, telling, title_of
from tests.makers_proposal import FEE, passage


def test_the_title_says_the_theme_and_what_they_share():
    assert title_of("Kosten", [passage(n, text) for n, text in enumerate(FEE)]) == "Kosten: € 35, overboeking"


def test_without_shared_words_the_theme_is_the_title():
    assert title_of("Kosten", [passage(0, "Duur."), passage(1, "Gratis graag.")]) == "Kosten"


def test_a_word_of_one_customer_is_in_no_title():
    assert telling(["De heer Jansen wachtte lang.", "Lang in de rij.", "Wat duurde het lang."]) == ["lang"]


@pytest.mark.parametrize(
    ("slug", "tone", "texts", "kind"),
    [
        ("kosten", "critical", FEE, "clear"),
        ("regels", "critical", ["Dat mag niet, zei hij.", "Het mag hier niet worden ingetikt."], "clear"),
        ("ruimte", "critical", ["Ze mocht me niet helpen.", "Dat mag ik niet, zei ze."], "room"),
        ("bejegening", "positive", ["Wat een lieve vrouw."], "keep"),
        ("wachttijd", "critical", ["Ik stond lang in de rij.", "Een lange rij."], "improve"),
    ],
)
def test_the_kind_follows_from_what_is_said(slug, tone, texts, kind):
    assert kind_of(slug, tone, texts) == kind
