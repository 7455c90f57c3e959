"""A real mail server on this machine that keeps what it gets."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from app.mailing_by_itself import send_all
from app.settings import settings
from tests.waiting import wait_for

SENDER = "safari@klantsafari.example"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class PostOffice:
    """`refuses` is what it says to every letter instead of taking it, such as "451 later"."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses = ""
        self.port = free_port()

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self) -> None:
        self.controller.stop()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def post_office(monkeypatch: Any) -> Iterator[PostOffice]:
    office = PostOffice()
    office.open()
    monkeypatch.setenv("KLANTSAFARI_SMTP_URL", office.url)
    monkeypatch.setenv("KLANTSAFARI_MAIL_FROM", SENDER)
    settings.cache_clear()
    yield office
    office.close()
    settings.cache_clear()


def send_everything() -> int:
    """What the sender does by itself while the site runs."""
    return wait_for(send_all())


def words_of(letter: EmailMessage, kind: str = "plain") -> str:
    body = letter.get_body((kind,))
    assert body is not None
    return body.get_content()
