"""The commands: `klantsafari serve | migrate | create-admin | create-token | ...`."""

import os
import sys
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from sqlalchemy.exc import DatabaseError

from app import sealing
from app.commands.backing_up import backup
from app.commands.checking import check
from app.commands.checking_log import check_log
from app.commands.daily import daily
from app.commands.importing import import_file
from app.commands.keying import create_backup_key
from app.commands.nightly import nightly_backup
from app.commands.proving import prove_backup
from app.commands.restoring import restore
from app.commands.retagging import retag
from app.commands.seeding import seed
from app.commands.suggesting import suggest
from app.commands.understanding import understand
from app.database import database
from app.error_words import said
from app.errors import Invalid, Problem
from app.forms import faults_of
from app.settings import WrongSettings, settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(seed)
app.command("import")(import_file)
app.command()(backup)
app.command()(restore)
app.command()(prove_backup)
app.command()(nightly_backup)
app.command()(create_backup_key)
app.command()(retag)
app.command()(understand)
app.command()(daily)
app.command()(suggest)
app.command()(check)
app.command()(check_log)


@app.callback()
def klantsafari() -> None:
    """Klantsafari: from what customers say at the counter to improvement actions."""
    # What the app makes, such as the database and the key, is for its own user alone.
    os.umask(0o077)
    settings()


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for every one.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
) -> None:
    """Serve the site."""
    import uvicorn

    sealing.ready()
    typer.echo(f"Klantsafari: http://{'localhost' if host == '127.0.0.1' else host}:{port}")
    # Our own log has routes without ids; uvicorn's would write paths, and an invitation's path is its secret.
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        forwarded_allow_ips=settings().proxies,
        server_header=False,
    )


@app.command()
def migrate() -> None:
    """Bring the database to today's shape."""
    from app.migrating import migrate as bring_up_to_date

    bring_up_to_date()


@app.command()
def create_admin(
    email: str,
    name: Annotated[str, typer.Option(prompt=True, help="The person's name.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    organisation: Annotated[str, typer.Option(help="Its name, when the database is empty.")] = "Organisatie",
    location: Annotated[str, typer.Option(help="The first place, when the database is empty.")] = "Locatie",
) -> None:
    """Make a beheerder, or give a known user that role, a new password and access again."""
    from app.models.setup import SetupDraft, appoint

    given = {"email": email, "name": name, "password": password}
    draft = SetupDraft(**given, organisation=organisation, location=location)
    with database().writing() as db:
        appoint(db, draft)
    typer.echo(f"{draft.email} is beheerder.")


@app.command()
def set_password(
    user: Annotated[str, typer.Argument(help="The user's e-mail address or id.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
) -> None:
    """Give somebody who lost theirs a new password, and end their sessions."""
    from app.models.user import adjusting, tokens
    from app.models.user.schemas import Password

    with database().writing() as db:
        adjusting.replace_password(db, tokens.owner(db, user), Password(password=password).password)


@app.command()
def create_token(
    user: Annotated[str, typer.Argument(help="The user's e-mail address or id.")],
    name: Annotated[str, typer.Option(help="What the token is for.")] = "",
) -> None:
    """Make an API token for a user; the last line is the token alone, and it is not shown again."""
    from app.models.user import tokens

    with database().writing() as db:
        token = tokens.create(db, tokens.owner(db, user), name=name)
    typer.echo(token)


def main() -> None:
    """Says in one plain line what is wrong: 2 for settings, 1 for anything else."""
    try:
        app()
    except WrongSettings as wrong:
        _stop(str(wrong), 2)
    except ValidationError as wrong:
        faults = faults_of(wrong.errors(include_input=False))
        _stop("\n".join(f"{name}: {said(fault, 'nl')}" for name, fault in faults.items()), 1)
    except Invalid as wrong:
        _stop("\n".join(f"{name}: {said(fault, 'nl')}" for name, fault in wrong.fields.items()), 1)
    except Problem as problem:
        _stop(said((problem.code, problem.details), "nl"), 1)
    except DatabaseError:
        _stop("The database does not answer or is not up to date: run `klantsafari migrate` first.", 1)


def _stop(words: str, code: int) -> NoReturn:
    typer.echo(words, err=True)
    sys.exit(code)
