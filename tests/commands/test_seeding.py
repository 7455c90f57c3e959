from app.seeds import PASSWORD
from tests.test_cli import run

PEOPLE = ("anna", "bas", "carla", "dirk", "eva")


def test_the_demo_is_told_once_and_says_who_can_sign_in(empty_stage: None):
    first, again = run("seed"), run("seed")
    assert (first.returncode, again.returncode) == (0, 0), first.stderr
    for printed in (first.stdout, again.stdout):
        for name in PEOPLE:
            assert f"{name}@klantsafari.example" in printed
        assert PASSWORD in printed
    assert "told" in first.stdout
    assert "here already" in again.stdout


def test_other_peoples_data_are_left_alone(empty_stage: None):
    run("create-admin", "fatima@elders.example", "--name", "Fatima", "--password", "acht groene fietsen")
    left = run("seed")
    assert (left.returncode, "stays out" in left.stdout) == (0, True)
    assert PASSWORD not in left.stdout
