"""How it is reached: the public address, and whose word is taken for who asks."""

import os
from collections.abc import Iterator
from ipaddress import ip_network
from urllib.parse import urlsplit

from app.i18n import N_
from app.settings import settings

HERE = ("localhost", "127.0.0.1", "::1")
WIDE = 8
"""Bits of an IPv4 network: 10.0.0.0/8 is an organisation's own, anything wider is the internet."""
LONGEST_IDLE, LONGEST = 30, 90


def found() -> Iterator[str]:
    yield from _public_address()
    if any(_is_wide(proxy.strip()) for proxy in settings().proxies.split(",")):
        yield N_("KLANTSAFARI_PROXIES gelooft iedereen. Noem alleen het adres van je eigen proxy.")
    if settings().session_idle_days > LONGEST_IDLE or settings().session_days > LONGEST:
        yield N_("Wie inlogt, blijft te lang ingelogd. Hooguit 30 dagen stil en 90 dagen in totaal.")
    if settings().log_level == "DEBUG":
        yield N_("KLANTSAFARI_LOG_LEVEL staat op DEBUG. Zet hem op INFO.")
    if settings().database.startswith("sqlite") and os.environ.get("WEB_CONCURRENCY", "1") not in ("", "1"):
        yield N_("WEB_CONCURRENCY start meer processen op één SQLite-bestand. Gebruik er één, of PostgreSQL.")


def _public_address() -> Iterator[str]:
    base = urlsplit(settings().base_url)
    if not base.netloc:
        yield N_("KLANTSAFARI_BASE_URL is leeg. Vul het openbare adres in, met https.")
    elif base.scheme != "https" and base.hostname not in HERE:
        yield N_(
            "KLANTSAFARI_BASE_URL is zonder https. Inloggen lukt dan niet, en wie meeluistert leest mee."
        )


def _is_wide(proxy: str) -> bool:
    if proxy == "*":
        return True
    try:
        return ip_network(proxy, strict=False).prefixlen < WIDE
    except ValueError:
        return False
