import time

import pytest

from app.models.user.strength import weakness


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("aaaaaaaaaaaa", "password.repeats"),
        ("welkomwelkom", "password.repeats"),
        ("hallo hallo hallo", "password.repeats"),
        ("121212343412", "password.repeats"),
        ("qwertyuiop12", "password.common"),
        ("poiuytrewq!!9", "password.common"),
        ("1234567890ab", "password.common"),
        ("Wachtwoord123!", "password.common"),
        ("Zomer2026!!!!", "password.common"),
        ("Geheim-Geheim-1", "password.repeats"),
        ("P@ssw0rd1234", "password.common"),
        ("!!iloveyou9182736450", "password.common"),
        ("Amsterdam020!", "password.common"),
        ("mijnKlantsafari1", "password.names"),
        ("annabakker-99x", "password.names"),
    ],
)
def test_what_is_guessed_first_is_refused(password, code):
    assert weakness(password, names=("annabakker",)) == code


@pytest.mark.parametrize(
    "password",
    [
        "zeven groene fietsen",
        "zeven-groene-fietsen",
        "correct paard batterij",
        "x8#kQz!mP2vw",
        "de kat van de buren",
        "blauwe-fiets-regent-7",
    ],
)
def test_losse_woorden_and_random_characters_are_fine(password):
    assert weakness(password, names=("bas", "x")) is None


def test_a_short_name_is_not_hunted_for_in_every_word():
    assert weakness("bassen in de badkuip", names=("bas",)) is None


def test_the_longest_password_is_judged_at_once():
    weakness("warm")
    began = time.perf_counter()
    weakness("abc de kat van " * 13)
    assert time.perf_counter() - began < 0.5
