"""Bas invents a theme, shows it in five stories, and the sixth is suggested with the words that made it so."""

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session

from app.commands.retagging import retag
from app.database import database
from app.models.tag.learning import learning
from app.models.tag.learning.examples import shipped_examples
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.cast import Cast
from tests.journeys.conftest import sign_in
from tests.makers_note import observation, recorded, running_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]

FIVE = [
    "De hoek met prentenboeken voor kleuters is naar boven verhuisd.",
    "Mijn zoon wilde prentenboeken kijken, maar de kleuters zaten overal.",
    "Gezellig, we hebben een uur prentenboeken gelezen met de kleuters.",
    "De prentenboeken liggen nu op zolder, daar komt geen kleuter.",
    "Voor kleuters lagen er prentenboeken op een tafeltje.",
]
SIXTH = "Waar zijn de prentenboeken voor mijn kleuter gebleven?"


def heard(db: Session, *texts: str) -> list[str]:
    safari = running_safari(db, Cast.town_hall, Cast.bas)
    bas = actor_for(db, db.get_one(User, Cast.bas))
    return [recorded(db, bas, observation(safari.id, text)).id for text in texts]


@pytest.fixture(autouse=True)
def few_examples(monkeypatch):
    """A tenth of the shipped ones does here, and is learned ten times as fast."""
    monkeypatch.setattr(learning, "shipped_examples", lambda lexicon: shipped_examples(lexicon)[::10])


def test_five_stories_teach_a_theme_and_the_sixth_is_suggested(stage, desk: Page):
    with database().writing() as db:
        stories = heard(db, *FIVE)
    sign_in(desk, "bas")
    desk.goto("/settings/themes/new")
    desk.get_by_label("Naam", exact=True).fill("Kinderen")
    desk.get_by_label("Eigen woorden").fill("speelhoek*")
    desk.get_by_role("button", name="Bewaar").click()
    for story in stories:
        desk.goto(f"/field-notes/{story}")
        desk.get_by_text("Ander label", exact=True).first.click()
        desk.get_by_role("combobox", name="Ander label").select_option("Kinderen")
        desk.get_by_role("button", name="Zet erbij").click()
        expect(desk.get_by_role("button", name="Terugdraaien: ‘Kinderen’")).to_be_visible()
    retag(only_learn=True)
    with database().writing() as db:
        [sixth] = heard(db, SIXTH)
    desk.goto(f"/field-notes/{sixth}")
    expect(desk.get_by_role("button", name="Ja, ‘Kinderen’ past", exact=True)).to_be_visible()
    desk.get_by_role("link", name="Kinderen").click()
    expect(desk.locator("#labels .why")).to_contain_text("kleuter")
