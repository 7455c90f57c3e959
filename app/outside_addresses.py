"""Which servers outside ours may be spoken to: over TLS, except on this very machine. Pure."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_safe(address: str) -> bool:
    """https to a named host, without a name and password in it; plain http only to this machine."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)


def is_mail_address(value: str) -> bool:
    return bool(re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", value))


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    tls: bool
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(address: str) -> MailServer:
    """ValueError, without the password in it, when it is none or would send mail in the open."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError("is not an address such as smtp://user:password@host:587?starttls") from None
    if parts.scheme not in ("smtp", "smtps") or not host or parts.path not in ("", "/"):
        raise ValueError("is not an address such as smtp://user:password@host:587?starttls")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    starttls = parts.scheme == "smtp" and "starttls" in options
    if parts.scheme == "smtp" and not starttls and host not in LOOPBACK:
        raise ValueError("must end in ?starttls or begin with smtps://, so that nobody reads along")
    return MailServer(
        host,
        port or (465 if parts.scheme == "smtps" else 587 if starttls else 25),
        parts.scheme == "smtps",
        starttls,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
