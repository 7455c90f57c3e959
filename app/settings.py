"""Every environment variable of Klantsafari, typed, with one line of documentation each.

Any of them may also be given as a file that holds the value: KLANTSAFARI_SECRET_KEY_FILE=/run/secrets/key.
"""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from app import outside_addresses
from app.setting_values import (
    PREFIX,
    Files,
    WrongSettings,
    a_way_to_reach_us,
    known_database,
    known_language,
    known_level,
    known_recipient,
    known_time_zone,
    reachable_contact,
    readable_roles,
    safe_issuer,
    safe_smtp,
    with_its_encoder,
)

__all__ = ["Settings", "WrongSettings", "settings"]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, Files(settings_cls), env_settings, dotenv_settings

    data: Path = Field(
        Path("data"),
        description="Folder for the database, photos and voice, and the secret key.",
    )
    database_url: Annotated[str, AfterValidator(known_database)] = Field(
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
    language: Annotated[str, AfterValidator(known_language)] = Field(
        "nl",
        description="Language for visitors without a choice of their own: nl or en.",
    )
    time_zone: Annotated[str, AfterValidator(known_time_zone)] = Field(
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
    customer_link_days: int = Field(180, ge=1, description="Days after which a customer's own link ends.")
    writes_a_minute: int = Field(
        3000,
        ge=0,
        description="Most that one sign-in or token may change in a minute; 0: no limit.",
    )
    security_contact: Annotated[str, AfterValidator(a_way_to_reach_us)] = Field(
        "",
        description="Where to report a weakness, as mailto: or https:; empty: no security.txt.",
    )
    learn_after_minutes: int = Field(
        5,
        ge=0,
        description="Minutes without a decision after which the tagger learns anew; 0: by command only.",
    )
    semantics: Annotated[bool, AfterValidator(with_its_encoder)] = Field(
        False,
        description="Whether notes are read by their meaning too, afterwards; needs the extra `semantiek`.",
    )
    daily_hour: int = Field(
        3,
        ge=-1,
        le=23,
        description="Hour after which what is for once a day is done by the site itself; -1: by command only.",
    )
    backup_folder: Path | None = Field(
        None,
        description="Folder for a backup every night, proven at once; empty: by command only.",
    )
    backup_hour: int = Field(3, ge=0, le=23, description="From which hour of the night, where you are.")
    backup_recipient: Annotated[str, AfterValidator(known_recipient)] = Field(
        "",
        description="Public keys (age1...), with commas, that backups are encrypted to.",
    )
    backup_keep: int = Field(14, ge=1, description="How many nightly backups are kept.")
    log_level: Annotated[str, AfterValidator(known_level)] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR."
    )
    oidc_issuer: Annotated[str, AfterValidator(safe_issuer)] = Field(
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
    oidc_roles: Annotated[str, AfterValidator(readable_roles)] = Field(
        "",
        description="Roles by claim: groups:balie=teamlid@Stadskantoor;groups:hoofd=manager@Stadskantoor.",
    )
    oidc_second_factor: bool = Field(
        False,
        description="Whether that sign-in always asks a second factor itself; else it counts when it says so.",
    )
    smtp_url: Annotated[SecretStr, AfterValidator(safe_smtp)] = Field(
        SecretStr(""),
        description="smtp://user:password@host:587?starttls or smtps://...; empty: no mail is sent.",
    )
    mail_from: str = Field(
        "",
        validate_default=True,
        description="Address that mail comes from, such as safari@voorbeeld.nl.",
    )
    push_contact: Annotated[str, AfterValidator(reachable_contact)] = Field(
        "",
        description="mailto: address that push services may write to; empty: nothing is pushed to phones.",
    )
    push_to_this_machine: bool = Field(
        False, description="For tests only: a push service may run on this machine, without TLS."
    )

    @field_validator("oidc_client_id")
    @classmethod
    def client_of_issuer(cls, value: str, others: ValidationInfo) -> str:
        if others.data.get("oidc_issuer") and not value:
            raise ValueError("is missing, while KLANTSAFARI_OIDC_ISSUER is set")
        return value

    @field_validator("mail_from")
    @classmethod
    def sender_of_mail(cls, value: str, others: ValidationInfo) -> str:
        smtp = others.data.get("smtp_url")
        if (value or (smtp and smtp.get_secret_value())) and not outside_addresses.is_mail_address(value):
            raise ValueError("must be an e-mail address, such as safari@voorbeeld.nl")
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

    @property
    def recipients(self) -> tuple[str, ...]:
        return tuple(one.strip() for one in self.backup_recipient.split(",") if one.strip())

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data / 'klantsafari.db'}"


@cache
def settings() -> Settings:
    try:
        return Settings()
    except ValidationError as wrong:
        lines = [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in wrong.errors(include_input=False)]
        raise WrongSettings("\n".join(lines)) from None
