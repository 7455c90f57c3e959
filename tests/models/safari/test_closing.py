import pytest
from sqlmodel import select

from app.errors import Conflict, Forbidden
from app.models.audit.table import AuditEntry
from app.models.safari import closing
from app.models.safari.schemas import DebriefDraft
from app.models.safari.table import SafariState
from tests.makers_safari import go, safari

SAID = DebriefDraft(debrief="Niemand klaagt over de mensen.")


def test_bas_closes_with_what_struck_him(db, cast, actor):
    done = safari(db)
    closing.close(db, done, SAID, by=actor(cast.bas))
    assert (done.state, done.debrief) == (SafariState.CLOSED, SAID.debrief)
    assert done.closed_at is not None
    entry = db.exec(select(AuditEntry)).one()
    assert (entry.verb, entry.detail) == ("safari.closed", {})


def test_closing_twice_with_the_same_words_is_closing_once(db, cast, actor):
    done = safari(db)
    closing.close(db, done, SAID, by=actor(cast.bas))
    ended = done.closed_at
    closing.close(db, done, SAID, by=actor(cast.bas))
    assert done.closed_at == ended
    assert len(db.exec(select(AuditEntry)).all()) == 1


def test_a_debrief_is_never_overwritten(db, cast, actor):
    done = safari(db, state="closed", debrief="Eerst.")
    with pytest.raises(Conflict) as refused:
        closing.close(db, done, SAID, by=actor(cast.bas))
    assert refused.value.code == "safari.already_closed"
    assert done.debrief == "Eerst."


def test_a_planned_safari_can_be_called_off(db, cast, actor):
    off = safari(db, state="planned")
    closing.close(db, off, DebriefDraft(), by=actor(cast.bas))
    assert (off.state, off.started_at) == (SafariState.CLOSED, None)


@pytest.mark.parametrize("who", ["carla", "dirk"])
def test_who_goes_along_does_not_close(db, cast, actor, who):
    running = safari(db)
    go(db, running, getattr(cast, who))
    with pytest.raises(Forbidden):
        closing.close(db, running, SAID, by=actor(getattr(cast, who)))
