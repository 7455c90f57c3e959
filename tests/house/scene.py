"""One database with an example of everything and somebody signed in as each actor, made once and copied after that."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, select

from app.clock import now
from app.models.access import Role
from app.models.user import tokens
from app.models.user.actors import digest
from app.models.user.table import Membership, User, UserSession
from tests.cast import Cast
from tests.conftest import ORIGIN
from tests.house.examples import examples
from tests.house.routes import Guarded, app
from tests.makers import session_cookie

WHO = {
    "beheerder": Cast.anna,
    "manager": Cast.bas,
    "teamlid": Cast.carla,
    "lezer": Cast.eva,
    "elsewhere": Cast.dirk,
}


@dataclass(frozen=True)
class Scene:
    """`template` is the database to copy; `data` the folder with its files and its key. Who has no `token` is not
    asked to come with one."""

    template: str
    data: Path
    ids: dict[str, str]
    cookies: dict[str, str | None]
    tokens: dict[str, str]

    def knock(self, route: Guarded, actor: str, sent: dict[str, Any], *, by_token: bool = False) -> Response:
        """The answer that actor gets, with the examples filled in."""
        headers = {"sec-fetch-site": "same-origin"}
        if by_token:
            headers["authorization"] = f"Bearer {self.tokens[actor]}"
        elif cookie := self.cookies[actor]:
            headers["cookie"] = cookie
        client = TestClient(app(), base_url=ORIGIN, headers=headers, follow_redirects=False)
        rest = dict(sent)
        own = self.ids | _filled(rest.pop("ids", {}), self.ids)
        return client.request(route.method, route.path.format_map(own), **_filled(rest, own))


def set_up(db: Session, template: str, data: Path) -> Scene:
    ids = examples(db)
    cookies, users = _cookies(db)
    held = {actor: tokens.create(db, db.get_one(User, user), name=actor) for actor, user in users.items()}
    return Scene(template, data, ids, cookies, held)


def _cookies(db: Session) -> tuple[dict[str, str | None], dict[str, str]]:
    cookies: dict[str, str | None] = {actor: session_cookie(db, user) for actor, user in WHO.items()}
    gone = User(email="frits@klantsafari.example", name="Frits", disabled_at=now())
    nowhere = User(email="gerda@klantsafari.example", name="Gerda")
    db.add_all([gone, nowhere])
    db.flush()
    db.add(Membership(user_id=gone.id, location_id=Cast.town_hall, role=Role.MANAGER))
    cookies |= {"anonymous": None, "disabled": session_cookie(db, gone.id)}
    cookies["nowhere"] = session_cookie(db, nowhere.id)
    cookies["unconfirmed"] = session_cookie(db, Cast.anna, confirmed=timedelta(hours=1))
    cookies["unconfirmed manager"] = session_cookie(db, Cast.bas, confirmed=None)
    cookies["expired"] = session_cookie(db, Cast.bas)
    cookies |= {name: session_cookie(db, Cast.anna) for name in ("emergency here", "emergency elsewhere")}
    db.flush()
    session_of(db, cookies["expired"]).expires_at = now() - timedelta(seconds=1)
    return cookies, WHO | {"disabled": gone.id, "nowhere": nowhere.id}


def session_of(db: Session, cookie: str | None) -> UserSession:
    token = str(cookie).partition("=")[2]
    return db.exec(select(UserSession).where(UserSession.token_hash == digest(token))).one()


def _filled(sent: Any, ids: dict[str, str]) -> Any:
    if isinstance(sent, str):
        return sent.format_map(ids)
    if isinstance(sent, list):
        return [_filled(value, ids) for value in sent]
    if isinstance(sent, dict):
        return {key: _filled(value, ids) for key, value in sent.items()}
    return sent
