"""A letter leaves once, is tried again when the server is away, and leaves no words behind."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlmodel import Session, select

from app.clock import now
from app.database import database
from app.mail import as_html
from app.models.mail import queueing, sending
from app.models.mail.table import Mail, MailState
from app.models.user.table import User
from app.settings import settings
from tests.cast import Cast
from tests.post_office import PostOffice, post_office, send_everything, words_of


@pytest.fixture
def office(stage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    with post_office(monkeypatch) as made:
        yield made


def queue(**changed: object) -> str:
    with database().writing() as db:
        carla = db.get_one(User, Cast.carla)
        words: dict[str, object] = {
            "subject": "Dag\r\nBcc: x@evil.example",
            "text": "Één & <twee>\n\nhttps://x.example/a?b=1&c=2",
        }
        mail = queueing.queue(db, to=carla, **(words | changed))  # type: ignore[arg-type]
        assert mail is not None
        return mail.id


def mail() -> Mail:
    with database().reading() as db:
        return db.exec(select(Mail)).one()


def test_carla_gets_her_letter_once_and_its_words_are_wiped(office: PostOffice, cast: Cast):
    queue()
    assert b"carla" not in (mail().sealed or b"")
    assert send_everything() == 1
    assert send_everything() == 0
    (letter,) = office.letters
    assert letter["to"] == "Carla Smit <carla@klantsafari.example>"
    assert letter["subject"] == "Dag Bcc: x@evil.example"
    assert letter["bcc"] is None
    assert "Één & <twee>" in words_of(letter)
    assert "&lt;twee&gt;" in words_of(letter, "html")
    assert (mail().state, mail().sealed) == (MailState.SENT, None)


def test_links_are_links_and_nothing_else_is():
    assert '<a href="https://x.example/a?b=1&amp;c=2">' in as_html("https://x.example/a?b=1&c=2")
    assert "<script" not in as_html("<script>")


def test_a_server_that_is_away_is_tried_again_until_it_is_there(office: PostOffice, cast: Cast):
    queue()
    office.refuses = "451 later"
    assert send_everything() == 0
    assert (mail().state, mail().trouble, mail().tries) == (MailState.QUEUED, "SMTP 451", 1)
    office.close()
    with time_machine.travel(now() + timedelta(minutes=1)):
        assert send_everything() == 0
        assert mail().trouble == "ConnectionRefusedError"
    office.refuses = ""
    office.open()
    with time_machine.travel(now() + timedelta(minutes=5)):
        assert send_everything() == 1
    assert len(office.letters) == 1


def test_it_is_given_up_in_the_end_and_at_once_for_an_address_that_does_not_exist(
    office: PostOffice, cast: Cast
):
    queue(patience=timedelta(seconds=20))
    office.refuses = "451 later"
    send_everything()
    queue()
    office.refuses = "550 nobody here"
    send_everything()
    with database().reading() as db:
        left = [(m.state, m.sealed, m.trouble) for m in db.exec(select(Mail).order_by(Mail.trouble))]
    assert left == [(MailState.GIVEN_UP, None, "SMTP 451"), (MailState.GIVEN_UP, None, "SMTP 550")]


def test_of_two_senders_one_takes_the_letter_and_the_other_when_it_was_killed(
    office: PostOffice, cast: Cast, db: Session
):
    queue()
    assert sending.take(db) is not None
    assert sending.take(db) is None
    db.commit()
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert send_everything() == 1


def test_a_letter_that_belongs_to_what_did_not_happen_is_not_sent(office: PostOffice, cast: Cast):
    with database().writing() as db:
        queueing.queue(db, to=db.get_one(User, Cast.carla), subject="x", text="x")
        db.rollback()
    assert send_everything() == 0


def test_without_a_server_nothing_is_queued(cast: Cast, db: Session):
    assert not settings().has_mail
    assert queueing.queue(db, to=db.get_one(User, cast.carla), subject="x", text="x") is None
