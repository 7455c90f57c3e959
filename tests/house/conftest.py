import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Response

from app.database import database
from tests.conftest import copied, in_postgres, postgres_at, use
from tests.house.matrix import sheet
from tests.house.routes import Guarded
from tests.house.scene import Scene, set_up

Knock = Callable[..., Response]


@pytest.fixture(scope="session")
def scene(templates: dict[str, str], dialect: str, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    data = tmp_path_factory.mktemp("scene")
    if dialect == "sqlite":
        template = str(data / "scene.db")
        Path(template).write_bytes(Path(templates["cast"]).read_bytes())
        use(f"sqlite:///{template}", data)
    else:
        template = f"template_scene_{uuid4().hex[:8]}"
        in_postgres(f"CREATE DATABASE {template} TEMPLATE {templates['cast']}")
        use(postgres_at(template), data)
    with database().writing() as db:
        made = set_up(db, template, data)
    database().engine.dispose()
    return made


@pytest.fixture(scope="session")
def looked_at(scene: Scene, dialect: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One copy for all that changes nothing."""
    yield from copied(scene.template, dialect, tmp_path_factory.mktemp("looked_at"), data=scene.data)


@pytest.fixture
def knock(scene: Scene, looked_at: str) -> Knock:
    """knock(route, actor): the answer, from a database that all such knocks share."""
    use(looked_at, scene.data)
    return _at_the_door_of(scene)


@pytest.fixture
def knock_anew(scene: Scene, dialect: str, tmp_path: Path) -> Iterator[Knock]:
    """The same, on a copy of its own, files included: for what may change something."""
    data = tmp_path / "data"
    shutil.copytree(scene.data, data, ignore=shutil.ignore_patterns("scene.db*"))
    for _ in copied(scene.template, dialect, tmp_path, data=data):
        yield _at_the_door_of(scene)


def _at_the_door_of(scene: Scene) -> Knock:
    def ask(route: Guarded, actor: str, *, by_token: bool = False, **more: Any) -> Response:
        sent = sheet()["send"].get(route.name, {}) | {key: value for key, value in more.items() if value}
        return scene.knock(route, actor, sent, by_token=by_token)

    return ask
