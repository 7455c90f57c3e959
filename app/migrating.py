"""Brings the database to today's shape."""

from pathlib import Path

from alembic import command
from alembic.config import Config

FOLDER = Path(__file__).parent.parent / "migrations"


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def migrate() -> None:
    command.upgrade(configuration(), "head")
