"""`klantsafari seed`: the demo story, for who has nothing yet."""

import typer
from sqlmodel import Session, col, select

from app.database import database
from app.models.access import highest
from app.models.user.actors import actor_for
from app.models.user.table import User
from app.seeds import PASSWORD, story
from app.seeds import seed as tell


def seed() -> None:
    """Put the demo story in an empty database, and say who can sign in; leaves other data alone."""
    with database().writing() as db:
        told = bool(tell(db))
        people = _people(db)
        if not people:
            typer.echo("There are people in this database already; the demo story stays out.")
            return
        typer.echo("The demo story is told." if told else "The demo story is here already.")
        for user in people:
            role = highest(actor_for(db, user).roles())
            typer.echo(f"  {user.email:32} {user.name:20} {role or ''}")
    typer.echo(f"  Password of all: {PASSWORD}")


def _people(db: Session) -> list[User]:
    """The people of the story that are in this database, in its order."""
    emails = [person["email"] for person in story()["people"]]
    found = {user.email: user for user in db.exec(select(User).where(col(User.email).in_(emails)))}
    return [found[email] for email in emails if email in found]
