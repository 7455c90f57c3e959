import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

import pytest
from sqlmodel import delete, select

from app import live
from app.clock import now
from app.database import database
from app.live import Hub
from app.models.access import Actor
from app.models.action import arranging
from app.models.action.schemas import Placement
from app.models.action.table import ImprovementAction, Step
from app.models.user.actors import actor_for, digest
from app.models.user.table import User, UserSession
from tests.makers import session_cookie
from tests.makers_action import raised, story
from tests.waiting import until, wait_for

SOON = 3.0


@pytest.fixture
def listening(db) -> Callable[[str], Actor]:
    """listening(cast.bas) is Bas in a browser of his own."""

    def of(user_id: str) -> Actor:
        token = session_cookie(db, user_id).partition("=")[2]
        session = db.exec(select(UserSession).where(UserSession.token_hash == digest(token))).one()
        actor = actor_for(db, db.get_one(User, user_id), session=session)
        db.commit()
        return actor

    return of


@pytest.fixture
def action(db, cast, actor) -> ImprovementAction:
    made = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    db.commit()
    return made


async def heard(hub: Hub, who: Actor, do: Callable[[], None], within: float = SOON) -> Sequence[str] | None:
    """What this person hears after `do`; None when nothing in that time."""
    stream = hub.listen(who, now() + live.OPEN_WRITES)
    first = asyncio.ensure_future(anext(stream))
    await until(lambda: any(one.user_id == who.id for one in hub.listeners))
    await asyncio.to_thread(do)
    try:
        return (await asyncio.wait_for(first, within))[1]
    except TimeoutError:
        return None
    finally:
        await stream.aclose()


def moved(action: ImprovementAction, by: Actor) -> None:
    with database().writing() as db:
        found = db.get_one(ImprovementAction, action.id)
        arranging.place(db, found, Placement(step=Step.DOING, version=found.version), by=by)


def test_a_change_is_heard_within_a_second_and_only_where_one_may_read(cast, action, actor, listening):
    carla, bas, dirk = actor(cast.carla), listening(cast.bas), listening(cast.dirk)

    async def both() -> list[Sequence[str] | None]:
        hub = Hub()
        told = heard(hub, bas, lambda: moved(action, carla)), heard(hub, dirk, lambda: None, 1.5)
        return list(await asyncio.gather(*told))

    assert wait_for(both()) == [[action.id], None]


def test_who_was_away_hears_what_happened_meanwhile(cast, action, actor, listening):
    carla, before, bas = actor(cast.carla), now(), listening(cast.bas)
    moved(action, carla)

    async def first() -> tuple[str, Sequence[str]]:
        stream = Hub().listen(bas, before)
        try:
            return await anext(stream)
        finally:
            await stream.aclose()

    assert wait_for(first()) == ("changed", [action.id])


def test_the_stream_ends_when_one_signs_out(cast, action, listening):
    bas = listening(cast.bas)

    def sign_out() -> None:
        with database().writing() as db:
            db.exec(delete(UserSession).where(UserSession.id == bas.session_id))

    assert wait_for(heard(Hub(), bas, sign_out, 4.0)) == ["signed_out"]


def test_one_person_listens_to_a_few_boards_and_the_oldest_gives_way(cast, listening):
    bas = listening(cast.bas)

    async def many() -> list[str]:
        hub = Hub()
        streams = [hub.listen(bas, now()) for _ in range(live.MOST_EACH + 1)]
        tasks = [asyncio.ensure_future(anext(stream)) for stream in streams]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        ended = [task.result()[1][0] for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        return ended

    assert wait_for(many()) == ["others"]


def test_nobody_listening_costs_nothing_and_a_stream_holds_no_connection(cast, action, listening):
    bas = listening(cast.bas)

    async def held() -> None:
        hub = Hub()
        stream = hub.listen(bas, now() - 2 * live.FORGOTTEN)
        await anext(stream)
        waiting = asyncio.ensure_future(anext(stream))
        await until(lambda: out() <= with_fixture)
        assert hub.listeners
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
        looking = hub._looking
        assert looking
        await until(looking.done)

    def out() -> int:
        return database().engine.pool.checkedout()  # type: ignore[attr-defined]

    with_fixture = 1
    wait_for(held())
