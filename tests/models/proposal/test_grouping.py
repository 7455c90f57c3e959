from random import Random
from time import process_time

from app.models.proposal.grouping import groups
from tests.makers_proposal import ELSE, FEE, passage


def texts(group):
    return [quote.text for quote in group.quotes]


def test_three_customers_who_name_one_fee_are_one_group():
    (group,) = groups([passage(n, text) for n, text in enumerate(FEE + ELSE)], 3)
    assert texts(group) == list(FEE)
    assert group.days == 3


def test_the_order_in_which_they_come_in_does_not_matter():
    said = [passage(n, text) for n, text in enumerate(FEE + ELSE)]
    assert groups(said, 3) == groups(said[::-1], 3)


def test_a_theme_alone_brings_nothing_together():
    said = [*ELSE, "Ik kon alleen met pin betalen.", "Het tarief staat nergens op de site."]
    assert groups([passage(n, text) for n, text in enumerate(said)], 2) == []


def test_the_same_words_under_another_theme_or_in_another_tone_stay_apart():
    said = [passage(0, FEE[0]), passage(1, FEE[1]), passage(2, FEE[2], tone="positive")]
    assert groups(said, 3) == []
    said[2] = passage(2, FEE[2], tag="regels")
    assert groups(said, 3) == []


def test_one_customer_counts_once_however_often_it_was_said():
    said = [passage(n, text, note=n // 2) for n, text in enumerate([*FEE, "Een overboeking kost € 35."])]
    assert groups(said, 3) == []
    (group,) = groups(said, 2)
    assert len(group.quotes) == 2
    assert len(group.members) == 4


def test_a_sentence_under_two_themes_is_in_one_group():
    said = [passage(n, text, tag=tag) for tag in ("kosten", "regels") for n, text in enumerate(FEE)]
    assert [group.tag_id for group in groups(said, 3)] == ["kosten"]


def test_numbers_and_one_shared_word_are_not_enough():
    said = [
        "Na 20 minuten was ik aan de beurt.",
        "Bus 20 stopt hier niet meer.",
        "Er stonden 20 stoelen leeg.",
    ]
    assert groups([passage(n, text, tag="wachttijd") for n, text in enumerate(said)], 2) == []


def test_waiting_at_two_places_are_two_groups():
    said = [
        "Ik stond drie kwartier in de rij bij de balie.", "Drie kwartier in de rij gestaan voor de balie.",
        "Aan de telefoon hoorde ik twintig minuten muziek.", "Twintig minuten muziek aan de telefoon, en dan niets.",
    ]  # fmt: skip
    found = groups([passage(n, text, tag="wachttijd") for n, text in enumerate(said)], 2)
    assert sorted(map(texts, found)) == sorted([said[2:], said[:2]])


def test_nobody_says_nothing():
    assert groups([], 3) == []


def test_three_are_enough_where_nobody_else_said_anything():
    said = [
        "Er worden kosten gerekend voor een papieren afschrift.",
        "Ik betaal extra voor papieren afschriften.",
        "Papieren afschriften kosten geld, dat is toch raar.",
    ]
    (group,) = groups([passage(n, text) for n, text in enumerate(said)], 3)
    assert texts(group) == said


def test_a_busy_place_is_read_in_less_than_a_second():
    random = Random(7)
    known = [f"{random.choice('bdgklmnprst')}a{random.choice('bdgklmnprst')}e{n}" for n in range(3000)]
    said = [" ".join(random.choices(known[: 10 + n], k=10)) for n in range(2000)]
    letters = str.maketrans("0123456789", "aeiouklmnp")
    passages = [passage(n, text.translate(letters)) for n, text in enumerate(said)]
    groups(passages, 3)  # The first time it also learns the words.
    before = process_time()
    groups(passages, 3)
    assert process_time() - before < 1
