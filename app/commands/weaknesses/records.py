"""What the database itself says: its shape, its rights, who can sign in, and whether the log is whole."""

from collections.abc import Iterator
from datetime import timedelta

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import now
from app.i18n import N_
from app.migrating import configuration
from app.models.access import Role
from app.models.audit import checking
from app.models.backup.table import BackupRun
from app.models.user import forcing
from app.models.user.passwords import matches
from app.models.user.table import Membership, User
from app.seeds import PASSWORD
from app.settings import settings

NEAR = ("", "localhost", "127.0.0.1", "::1")
SAFE_WAYS = ("require", "verify-ca", "verify-full")
TOO_OLD = timedelta(days=3)
DEMO = "@klantsafari.example"


def found(db: Session) -> Iterator[str]:
    if MigrationContext.configure(db.connection()).get_current_heads() != _newest():
        yield N_("De database is niet bij. Doe: klantsafari migrate.")
        return
    if db.get_bind().dialect.name == "postgresql":
        yield from _postgres(db)
    if db.exec(_beheerders()).first() is None:
        yield N_("Er is geen beheerder die kan inloggen. Doe: klantsafari create-admin.")
    if Role.ADMIN not in forcing.roles(db):
        yield N_(
            "Beheerders kunnen inloggen met alleen een wachtwoord. Vraag een tweede stap, bij Inloggen en mail."
        )
    if any(matches(PASSWORD, user.password_hash) for user in db.exec(_demo_people())):
        yield N_("De mensen uit het demoverhaal kunnen hier inloggen met het bekende wachtwoord.")
    if (
        db.exec(select(BackupRun.id).where(col(BackupRun.proved_at) > now() - TOO_OLD).limit(1)).first()
        is None
    ):
        yield N_("De laatste drie dagen is geen reservekopie teruggezet om te zien of hij goed is.")
    last = checking.last(db)
    if last and last.trouble:
        yield N_("In het logboek klopt iets niet. Doe: klantsafari check-log.")


def _newest() -> tuple[str, ...]:
    return tuple(ScriptDirectory.from_config(configuration()).get_heads())


def _postgres(db: Session) -> Iterator[str]:
    mighty = "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    if db.connection().execute(text(mighty)).scalar():
        yield N_("De gebruiker van PostgreSQL mag meer dan nodig is. Geef er een zonder beheerrechten.")
    url = make_url(settings().database)
    host = str(url.query.get("host", "")) or url.host or ""
    if host not in NEAR and not host.startswith("/") and url.query.get("sslmode") not in SAFE_WAYS:
        yield N_("De weg naar PostgreSQL is niet beveiligd. Zet sslmode=verify-full in het adres.")


def _beheerders() -> SelectOfScalar[str]:
    held = select(Membership.user_id).where(Membership.role == Role.ADMIN)
    return select(User.id).where(col(User.id).in_(held), col(User.disabled_at).is_(None)).limit(1)


def _demo_people() -> SelectOfScalar[User]:
    return select(User).where(col(User.email).endswith(DEMO), col(User.disabled_at).is_(None)).limit(5)
