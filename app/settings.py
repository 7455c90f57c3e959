"""Every environment variable of Klantsafari, typed, with one line of documentation each."""

from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app import outside_addresses, role_mapping

DIALECTS = ("sqlite", "postgresql")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="KLANTSAFARI_", env_file=".env", extra="ignore")

    data: Path = Field(
        Path("data"),
        description="Folder for the database, photos and voice, and the secret key.",
    )
    database_url: str = Field(
        "",
        description="SQLAlchemy address of the database; empty: SQLite in the data folder.",
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="Base64 of 32 bytes that seals names and numbers; empty: a key file is made.",
    )
    base_url: str = Field(
        "",
        description="Public address, such as https://safari.example; empty: as the browser asked.",
    )
    proxies: str = Field(
        "127.0.0.1",
        description="Addresses of TLS proxies whose X-Forwarded headers are believed, with commas.",
    )
    language: str = Field(
        "nl",
        description="Language for visitors without a choice of their own: nl or en.",
    )
    time_zone: str = Field(
        "Europe/Amsterdam",
        description="Time zone in which days and clock times are shown.",
    )
    body_limit: int = Field(
        30_000_000,
        ge=100_000,
        description="Largest request in bytes that is read at all.",
    )
    photo_limit: int = Field(15_000_000, ge=10_000, description="Largest photo or voice file in bytes.")
    session_idle_days: int = Field(30, ge=1, description="Days without use after which a sign-in ends.")
    session_days: int = Field(90, ge=1, description="Days after which a sign-in ends in any case.")
    learn_after_minutes: int = Field(
        5,
        ge=0,
        description="Minutes without a decision after which the tagger learns anew; 0: by command only.",
    )
    backup_folder: Path | None = Field(
        None,
        description="Folder for a backup every night, proven at once; empty: by command only.",
    )
    backup_hour: int = Field(3, ge=0, le=23, description="From which hour of the night, where you are.")
    backup_recipient: str = Field(
        "",
        description="Public keys (age1...), with commas, that backups are encrypted to.",
    )
    backup_keep: int = Field(14, ge=1, description="How many nightly backups are kept.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    oidc_issuer: str = Field(
        "",
        description="Address of the organisation's own sign-in (OpenID Connect), https; empty: none.",
    )
    oidc_client_id: str = Field(
        "",
        validate_default=True,
        description="By which name that sign-in knows Klantsafari.",
    )
    oidc_client_secret: SecretStr = Field(
        SecretStr(""),
        description="The secret that goes with it; empty: a public client, with PKCE alone.",
    )
    oidc_name: str = Field(
        "je organisatie",
        description="What people call that sign-in: the button says Inloggen met ...",
    )
    oidc_roles: str = Field(
        "",
        description="Roles by claim: groups:balie=teamlid@Stadskantoor;groups:hoofd=manager@Stadskantoor.",
    )
    smtp_url: SecretStr = Field(
        SecretStr(""),
        description="smtp://user:password@host:587?starttls or smtps://...; empty: no mail is sent.",
    )
    mail_from: str = Field(
        "",
        validate_default=True,
        description="Address that mail comes from, such as safari@voorbeeld.nl.",
    )

    push_contact: str = Field(
        "",
        description="mailto: address that push services may write to; empty: nothing is pushed to phones.",
    )
    push_to_this_machine: bool = Field(
        False, description="For tests only: a push service may run on this machine, without TLS."
    )

    @field_validator("database_url")
    @classmethod
    def known_database(cls, value: str) -> str:
        if value and not value.startswith(DIALECTS):
            raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
        return value.replace("postgresql://", "postgresql+psycopg://", 1)

    @field_validator("language")
    @classmethod
    def known_language(cls, value: str) -> str:
        if value not in ("nl", "en"):
            raise ValueError("must be nl or en")
        return value

    @field_validator("time_zone")
    @classmethod
    def known_time_zone(cls, value: str) -> str:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError("is not a known time zone, such as Europe/Amsterdam") from unknown
        return value

    @field_validator("log_level")
    @classmethod
    def known_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("oidc_issuer")
    @classmethod
    def safe_issuer(cls, value: str) -> str:
        if value and not outside_addresses.is_safe(value):
            raise ValueError("must begin with https://")
        return value

    @field_validator("oidc_client_id")
    @classmethod
    def client_of_issuer(cls, value: str, others: ValidationInfo) -> str:
        if others.data.get("oidc_issuer") and not value:
            raise ValueError("is missing, while KLANTSAFARI_OIDC_ISSUER is set")
        return value

    @field_validator("oidc_roles")
    @classmethod
    def readable_roles(cls, value: str) -> str:
        role_mapping.parse(value)
        return value

    @field_validator("smtp_url")
    @classmethod
    def safe_smtp(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            outside_addresses.mail_server(value.get_secret_value())
        return value

    @field_validator("mail_from")
    @classmethod
    def sender_of_mail(cls, value: str, others: ValidationInfo) -> str:
        smtp = others.data.get("smtp_url")
        if (value or (smtp and smtp.get_secret_value())) and not outside_addresses.is_mail_address(value):
            raise ValueError("must be an e-mail address, such as safari@voorbeeld.nl")
        return value

    @field_validator("push_contact")
    @classmethod
    def reachable_contact(cls, value: str) -> str:
        if value and not (
            value.startswith("mailto:") and outside_addresses.is_mail_address(value.removeprefix("mailto:"))
        ):
            raise ValueError("must be an address such as mailto:beheer@voorbeeld.nl")
        return value

    @property
    def has_push(self) -> bool:
        return bool(self.push_contact)

    @property
    def has_sso(self) -> bool:
        return bool(self.oidc_issuer)

    @property
    def has_mail(self) -> bool:
        return bool(self.smtp_url.get_secret_value())

    @field_validator("backup_folder", mode="before")
    @classmethod
    def no_folder(cls, value: object) -> object:
        return value or None

    @field_validator("backup_recipient")
    @classmethod
    def known_recipient(cls, value: str) -> str:
        if not all(one.strip().startswith("age1") for one in value.split(",") if one.strip()):
            raise ValueError("must be public keys such as age1..., with commas between them")
        return value

    @property
    def recipients(self) -> tuple[str, ...]:
        return tuple(one.strip() for one in self.backup_recipient.split(",") if one.strip())

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data / 'klantsafari.db'}"


class WrongSettings(Exception):
    """One line per wrong environment variable, each naming it."""


@cache
def settings() -> Settings:
    try:
        return Settings()
    except ValidationError as wrong:
        lines = [
            f"KLANTSAFARI_{str(e['loc'][0]).upper()}: {e['msg']}" for e in wrong.errors(include_input=False)
        ]
        raise WrongSettings("\n".join(lines)) from None
