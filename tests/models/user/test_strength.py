import pytest

from app.models.user.strength import weakness


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("aaaaaaaaaaaa", "password.repeats"),
        ("welkomwelkom", "password.repeats"),
        ("121212343412", "password.repeats"),
        ("qwertyuiop12", "password.common"),
        ("poiuytrewq!!9", "password.common"),
        ("1234567890ab", "password.common"),
        ("Wachtwoord123!", "password.common"),
        ("Zomer2026!!!!", "password.common"),
        ("Geheim-Geheim-1", "password.common"),
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
    ],
)
def test_losse_woorden_and_random_characters_are_fine(password):
    assert weakness(password, names=("bas", "x")) is None


def test_a_short_name_is_not_hunted_for_in_every_word():
    assert weakness("bassen in de badkuip", names=("bas",)) is None
