import pytest
from sqlmodel import select

from app.models.field_note import listing, tagging
from app.models.field_note.filter import FieldNoteFilter
from app.models.tag.table import Tag
from tests.counting import counted_queries
from tests.makers_note import interview, observation, recorded, running_safari


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.bas)


def test_a_row_says_where_who_and_which_labels(db, cast, actor, safari):
    bas = actor(cast.bas)
    note = recorded(db, bas, interview(safari.id))
    before = listing.rows(db, bas, FieldNoteFilter()).items[0]
    assert (before.place, before.author, before.accepted) == ("Stadskantoor", "Bas de Wit", [])
    assert before.suggested > 1
    waiting = db.exec(select(Tag).where(Tag.slug == "wachttijd")).one()
    tagging.add(db, note, waiting.id, by=bas)
    after = listing.rows(db, bas, FieldNoteFilter()).items[0]
    assert [name["nl"] for name in after.accepted] == ["Wachten en snelheid"]
    assert after.suggested == before.suggested - 1


def test_fifty_rows_ask_no_more_than_one(db, cast, actor, safari):
    bas = actor(cast.bas)
    recorded(db, bas, interview(safari.id))
    db.commit()
    with counted_queries() as for_one:
        listing.rows(db, bas, FieldNoteFilter(), limit=50)
    for n in range(49):
        recorded(db, bas, observation(safari.id, f"Rij van {n}"))
    db.commit()
    with counted_queries() as for_fifty:
        assert len(listing.rows(db, bas, FieldNoteFilter(), limit=50).items) == 50
    assert len(for_fifty) == len(for_one) == 4


def test_the_count_is_that_of_all_pages_and_of_who_asks(db, cast, actor, safari):
    for n in range(3):
        recorded(db, actor(cast.bas), observation(safari.id, f"Rij van {n}"))
    assert listing.count(db, actor(cast.carla), FieldNoteFilter()) == 3
    assert listing.count(db, actor(cast.dirk), FieldNoteFilter()) == 0


def test_the_places_to_choose_from_are_those_one_may_read(db, cast, actor, safari):
    recorded(db, actor(cast.bas), interview(safari.id))
    assert [place.id for place in listing.places(db, actor(cast.bas))] == [cast.town_hall]
    assert [place.id for place in listing.places(db, actor(cast.dirk))] == [cast.branch]
