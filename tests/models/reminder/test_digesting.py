"""One digest a person a day: at the chosen hour, on workdays, once, and only on the day itself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlmodel import select

from app.database import database
from app.errors import Invalid
from app.models.mail.table import Mail
from app.models.reminder import choosing, digesting
from app.models.reminder.table import Digest
from tests.cast import Cast
from tests.makers_reminder import action, comment
from tests.post_office import PostOffice, post_office, send_everything, words_of

HERE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def office(stage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    with post_office(monkeypatch) as made:
        yield made


def at(*moment: int, fold: int = 0):
    return time_machine.travel(datetime(*moment, tzinfo=HERE, fold=fold), tick=False)  # type: ignore[arg-type, misc]


def remind() -> int:
    with database().reading() as db:
        waiting = digesting.due(db)
    return sum(_make(one) for one in waiting)


def _make(user_id: str) -> bool:
    with database().writing() as db:
        return digesting.make(db, user_id)


def late(**changes: object) -> None:
    with database().writing() as db:
        action(db, due_on=date(2026, 11, 25), title="Zeg nooit ‘zoek het zelf maar op’", **changes)


def choose(user_id: str, **changes: object) -> None:
    with database().writing() as db:
        chosen = choosing.everything_on().model_copy(update=changes)
        choosing.choose(db, chosen, by=_Somebody(user_id))  # type: ignore[arg-type]


class _Somebody:
    def __init__(self, id: str) -> None:
        self.id = id


def letters() -> int:
    with database().reading() as db:
        return len(db.exec(select(Mail)).all())


def test_bas_gets_one_letter_at_eight_with_numbers_and_no_words(office: PostOffice, cast: Cast):
    with at(2026, 11, 26, 7, 59):
        late()
        late(owner_id=cast.bas)
        assert remind() == 0
    with at(2026, 11, 26, 8, 0):
        assert remind() == 5
        assert remind() == 0
        assert send_everything() == 1
    (letter,) = office.letters
    assert letter["subject"] == "2 dingen voor jou in Klantsafari"
    assert "2 acties zijn te laat" in words_of(letter)
    assert "zoek het zelf" not in words_of(letter)


def test_two_workers_at_once_make_one(office: PostOffice, cast: Cast):
    with at(2026, 11, 26, 8, 0):
        late()
        with ThreadPoolExecutor(8) as workers:
            made = list(workers.map(_make, [cast.bas] * 8))
        assert made.count(True) == 1
        assert letters() == 1


def test_who_was_away_at_eight_catches_up_that_day_and_not_the_next(office: PostOffice, cast: Cast):
    with at(2026, 11, 26, 7, 0):
        late()
    with at(2026, 11, 26, 16, 30):
        _make(cast.bas)
    with at(2026, 11, 26, 20, 30):
        assert not _make(cast.carla)
    with at(2026, 11, 27, 8, 0):
        _make(cast.bas)
        _make(cast.carla)
    with database().reading() as db:
        days = sorted((one.user_id, one.day) for one in db.exec(select(Digest)))
    assert days == [
        (cast.bas, date(2026, 11, 26)),
        (cast.bas, date(2026, 11, 27)),
        (cast.carla, date(2026, 11, 27)),
    ]


@pytest.mark.parametrize(
    "day", [(2026, 11, 28), (2026, 12, 25), (2026, 4, 27), (2026, 5, 14)], ids=["sat", "xmas", "king", "asc"]
)
def test_weekends_and_holidays_are_free_unless_somebody_wants_them(office: PostOffice, cast: Cast, day):
    with at(*day, 9, 0):
        assert not _make(cast.bas)
        choose(cast.bas, every_day=True)
        assert _make(cast.bas)


def test_an_hour_that_does_not_exist_comes_with_the_next_one(office: PostOffice, cast: Cast):
    choose(cast.bas, hour=2, quiet_from=22, quiet_to=1, every_day=True)
    with at(2026, 3, 29, 1, 59):
        assert not _make(cast.bas)
    with at(2026, 3, 29, 3, 0):
        assert _make(cast.bas)


def test_an_hour_that_strikes_twice_tells_once(office: PostOffice, cast: Cast):
    choose(cast.bas, hour=2, quiet_from=22, quiet_to=1, every_day=True)
    with at(2026, 10, 25, 2, 30):
        assert _make(cast.bas)
    with at(2026, 10, 25, 2, 30, fold=1):
        assert not _make(cast.bas)
    with at(2026, 10, 25, 3, 0):
        assert not _make(cast.bas)


def test_news_is_told_once_and_what_is_late_every_day(office: PostOffice, cast: Cast):
    with at(2026, 11, 26, 9, 0), database().writing() as db:
        about = action(db, due_on=None, owner_id=cast.carla, created_by_id=cast.carla)
        comment(db, about, cast.carla, "@Bas, kijk je mee?")
    with at(2026, 11, 26, 10, 0):
        _make(cast.bas)
        assert letters() == 1
    with at(2026, 11, 27, 10, 0):
        assert _make(cast.bas)
        assert letters() == 1


def test_who_switched_mail_off_gets_none_and_an_hour_must_not_be_quiet(office: PostOffice, cast: Cast):
    with at(2026, 11, 26, 9, 0):
        late()
        choose(cast.bas, mail=[])
        assert _make(cast.bas)
        assert letters() == 0
    with pytest.raises(Invalid):
        choose(cast.bas, hour=23)


def test_a_letter_that_cannot_leave_today_does_not_come_tomorrow_beside_the_next(
    office: PostOffice, cast: Cast
):
    office.refuses = "451 later"
    with at(2026, 11, 26, 8, 0):
        late()
        _make(cast.bas)
        send_everything()
    with at(2026, 11, 26, 19, 59):
        send_everything()
    office.refuses = ""
    with at(2026, 11, 27, 8, 0):
        assert send_everything() == 0
