"""Every test gets a database of its own, on SQLite and on PostgreSQL, with the cast already in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text
from sqlmodel import Session

from app import database as database_module
from app import logs
from app.database import database
from app.main import create_app
from app.migrating import migrate
from app.models.access import Actor
from app.models.user.actors import actor_for
from app.models.user.table import User
from app.sealing import _cipher
from app.settings import settings
from tests.cast import Cast, gather
from tests.makers import session_cookie

POSTGRES = os.environ.get("KLANTSAFARI_TEST_POSTGRES", "")
ORIGIN = "https://testserver"


@pytest.fixture(params=["sqlite", "postgresql"], scope="session")
def dialect(request: pytest.FixtureRequest) -> str:
    if request.param == "postgresql" and not POSTGRES:
        pytest.skip("no PostgreSQL: run through `make test`, or `python -m tests.postgres -- pytest`")
    return request.param


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    twice = [item for item in items if item.get_closest_marker("phone") and _dialect_of(item) == "postgresql"]
    if twice:
        config.hook.pytest_deselected(items=twice)
        items[:] = [item for item in items if item not in twice]


def _dialect_of(item: pytest.Item) -> object:
    return getattr(item, "callspec").params.get("dialect") if hasattr(item, "callspec") else None  # noqa: B009


@cache
def _app() -> FastAPI:
    return create_app()


def served() -> FastAPI:
    """One app for all tests: FastAPI builds its routes at the first request, which takes longer than most tests."""
    # The stream that the log went to was pytest's, for one test.
    logs.configure(settings().log_level)
    return _app()


def use(url: str, data: Path) -> None:
    """Points the app at another database and folder, as new settings and a restart would."""
    os.environ.update(KLANTSAFARI_DATABASE_URL=url, KLANTSAFARI_DATA=str(data))
    if database_module.database.cache_info().currsize:
        database().engine.dispose()
    for remembered in (settings, database, _cipher):
        remembered.cache_clear()
    # Its middleware counts how often was asked; it is made anew at the next request.
    _app().middleware_stack = None


def in_postgres(statement: str) -> None:
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def templates(dialect: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Two migrated databases to copy: "empty", and "cast" with the people in it."""
    folder = tmp_path_factory.mktemp("templates")
    made = {}
    for kind in ("empty", "cast"):
        if dialect == "sqlite":
            made[kind] = str(folder / f"{kind}.db")
            use(f"sqlite:///{made[kind]}", folder)
        else:
            made[kind] = f"template_{kind}_{uuid4().hex[:8]}"
            in_postgres(f"CREATE DATABASE {made[kind]}")
            use(postgres_at(made[kind]), folder)
        migrate()
        if kind == "cast":
            with database().writing() as db:
                gather(db)
        database().engine.dispose()
    return made


def postgres_at(name: str) -> str:
    return POSTGRES.replace("/postgres?", f"/{name}?")


def copied(template: str, dialect: str, folder: Path, *, data: Path | None = None) -> Iterator[str]:
    """In use until the test is over; gives its address. `data`: another folder than that of the copy itself."""
    if dialect == "sqlite":
        copy = folder / "klantsafari.db"
        shutil.copy(template, copy)
        use(address := f"sqlite:///{copy}", data or folder)
        yield address
        database().engine.dispose()
        return
    name = f"test_{uuid4().hex}"
    in_postgres(f"CREATE DATABASE {name} TEMPLATE {template}")
    use(address := postgres_at(name), data or folder)
    yield address
    database().engine.dispose()
    in_postgres(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def stage(templates: dict[str, str], dialect: str, tmp_path: Path) -> Iterator[str]:
    """A database with the cast."""
    yield from copied(templates["cast"], dialect, tmp_path)


@pytest.fixture
def empty_stage(templates: dict[str, str], dialect: str, tmp_path: Path) -> Iterator[str]:
    """A migrated database with nobody in it."""
    yield from copied(templates["empty"], dialect, tmp_path)


@pytest.fixture
def cast(stage: None) -> Cast:
    return Cast()


@pytest.fixture
def db(stage: None) -> Iterator[Session]:
    """A session that may write; call db.commit() before asking the app over HTTP."""
    with database().writing() as session:
        yield session


@pytest.fixture
def actor(db: Session) -> Callable[[str], Actor]:
    """actor(cast.bas) is Bas as the domain sees him."""

    def of(user_id: str) -> Actor:
        user = db.get(User, user_id)
        assert user is not None
        return actor_for(db, user)

    return of


@pytest.fixture
def visitor(stage: None) -> TestClient:
    """A browser with nobody signed in."""
    return browser()


def browser(cookie: str | None = None) -> TestClient:
    headers = {"sec-fetch-site": "same-origin"} | ({"cookie": cookie} if cookie else {})
    return TestClient(served(), base_url=ORIGIN, headers=headers, follow_redirects=False)


@pytest.fixture
def as_user(stage: None) -> Callable[[str], TestClient]:
    """as_user(cast.bas) is Bas's browser, signed in."""

    def of(user_id: str) -> TestClient:
        with database().writing() as db:
            return browser(session_cookie(db, user_id))

    return of
