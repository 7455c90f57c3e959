"""One letter to the mail server: plain text with simple HTML beside it, over TLS unless the server is this machine."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from app.clock import now
from app.outside_addresses import MailServer, mail_server
from app.settings import settings

PATIENCE = 20.0
LINK = re.compile(r"https?://[^\s<>&\"]+(?:&amp;[^\s<>&\"]+)*")


@dataclass(frozen=True, slots=True)
class Letter:
    id: str
    to: str
    name: str
    subject: str
    text: str


class NotSent(Exception):
    """`why` is a code without words of the letter; `for_good`: another try would change nothing."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.for_good = for_good


def deliver(letter: Letter) -> None:
    """NotSent when the server did not take it. Waits for the network: for a thread of its own."""
    server = mail_server(settings().smtp_url.get_secret_value())
    try:
        message = written(letter)
    except (ValueError, MessageError) as wrong:
        raise NotSent(type(wrong).__name__, for_good=True) from None
    try:
        with _connected(server) as smtp:
            smtp.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise NotSent(f"SMTP {codes[0]}", for_good=all(code >= 500 for code in codes)) from None
    except smtplib.SMTPResponseException as refused:
        raise NotSent(f"SMTP {refused.smtp_code}") from None
    except (smtplib.SMTPException, OSError, UnicodeError) as trouble:
        raise NotSent(type(trouble).__name__, for_good=isinstance(trouble, UnicodeError)) from None


class _connected:  # noqa: N801 - reads as a verb
    """Signed in at the server. Leaving politely may fail: what was taken, was taken."""

    def __init__(self, server: MailServer) -> None:
        self.server = server

    def __enter__(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        if server.tls:
            self.smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=PATIENCE, context=context
            )
        else:
            self.smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        try:
            if server.starttls:
                self.smtp.starttls(context=context)
            if server.user:
                self.smtp.login(server.user, server.password)
        except BaseException:
            self.smtp.close()
            raise
        return self.smtp

    def __exit__(self, *_: object) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self.smtp.quit()


def written(letter: Letter) -> EmailMessage:
    """A subject or name cannot begin another header; ValueError for an address that is none."""
    sender = settings().mail_from
    message = EmailMessage()
    message["From"] = Address("Klantsafari", addr_spec=sender)
    message["To"] = Address(_one_line(letter.name), addr_spec=letter.to)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(as_html(letter.text), subtype="html")
    return message


def as_html(text: str) -> str:
    """Paragraphs and links, and nothing that has to be fetched."""
    paragraphs = (escape(part).replace("\n", "<br>\n") for part in text.strip().split("\n\n"))
    linked = (LINK.sub(r'<a href="\g<0>">\g<0></a>', part) for part in paragraphs)
    body = "\n".join(f"<p>{part}</p>" for part in linked)
    return f'<!doctype html>\n<html><body style="font: 16px/1.5 sans-serif">\n{body}\n</body></html>\n'


def _one_line(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
