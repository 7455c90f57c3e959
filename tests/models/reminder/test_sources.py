"""What reminds somebody, and what does not."""

from datetime import timedelta

from app.clock import now, today
from app.models.action import room_asking
from app.models.action.schemas import AnswerDraft, QuestionDraft
from app.models.action.table import Room, Step
from app.models.audit.noting import note as log
from app.models.field_note.table import Contact
from app.models.reminder import choosing, gathering
from app.models.reminder.kinds import Kind
from app.models.safari.table import SafariState
from tests.makers_announced import announced
from tests.makers_reminder import action, comment
from tests.makers_safari import note, safari


def kinds(db, actor):
    return [one.kind for one in gathering.gather(db, actor, today())]


def test_bas_is_reminded_of_what_is_late_and_of_what_is_due_tomorrow(db, cast, actor):
    action(db)
    action(db, due_on=today() + timedelta(days=1))
    action(db, due_on=today() + timedelta(days=2))
    action(db, step=Step.DONE)
    action(db, owner_id=cast.carla)
    assert kinds(db, actor(cast.bas)) == [Kind.LATE, Kind.DUE]


def test_room_is_asked_of_who_can_give_it(db, cast, actor):
    action(
        db, owner_id=cast.carla, created_by_id=cast.carla, due_on=None, room=Room.WAITING, room_since=now()
    )
    assert kinds(db, actor(cast.bas)) == [Kind.ROOM]
    for somebody in (cast.carla, cast.dirk, cast.eva, cast.anna):
        assert kinds(db, actor(somebody)) == []


def test_carla_hears_what_came_of_the_room_she_asked_for_until_she_goes_on(db, cast, actor):
    bas, carla = actor(cast.bas), actor(cast.carla)
    asked = action(db, owner_id=cast.carla, created_by_id=cast.carla, due_on=None)
    log(db, "action.moved", "action", asked.id, by=carla)
    said = {"of_id": cast.bas, "words": "De parkeerkosten teruggeven."}
    question = QuestionDraft.model_validate(said)
    room_asking.ask(db, asked, question, by=carla)
    assert (kinds(db, bas), kinds(db, carla)) == ([Kind.ROOM], [])
    room_asking.answer(db, asked, AnswerDraft(use_id=question.id, allowed=True), by=bas)
    assert (kinds(db, bas), kinds(db, carla)) == ([], [Kind.ANSWERED])
    log(db, "action.moved", "action", asked.id, by=carla)
    assert kinds(db, carla) == []


def test_carla_hears_that_she_was_given_an_action_until_she_touches_it(db, cast, actor):
    given = action(db, owner_id=cast.carla, due_on=None)
    carla = actor(cast.carla)
    assert kinds(db, carla) == [Kind.ASSIGNED]
    log(db, "action.changed", "action", given.id, by=carla)
    assert kinds(db, carla) == []


def test_only_who_is_named_is_told_of_it(db, cast, actor):
    about = action(db, due_on=None)
    comment(db, about, cast.carla, "Wat vind jij, @Bas?")
    comment(db, about, cast.carla, "Vraag het @Bas de Wit.")
    comment(db, about, cast.carla, "Mail bas@klantsafari.example of @Bastiaan.")
    comment(db, about, cast.bas, "Ik, @Bas, dus.")
    bas = actor(cast.bas)
    found = gathering.gather(db, bas, today())
    assert [one.kind for one in found] == [Kind.MENTIONED]
    assert kinds(db, actor(cast.dirk)) == []


def test_a_safari_of_tomorrow_a_call_back_and_a_note_that_never_came(db, cast, actor):
    safari(db, state=SafariState.PLANNED, planned_for=now() + timedelta(days=1))
    safari(db, state=SafariState.PLANNED, planned_for=now() + timedelta(days=9))
    said = note(db, safari(db), headline="Bel mij over mijn geheim.")
    db.add(Contact(note_id=said.id, reach=b"sealed"))
    announced(db, cast.bas, None, announced_at=now() - timedelta(days=2))
    found = gathering.gather(db, actor(cast.bas), today())
    assert [one.kind for one in found] == [Kind.CALL_BACK, Kind.SAFARI, Kind.MISSING]
    assert not [one for one in found if "geheim" in one.title]


def test_what_was_seen_is_new_again_when_its_date_changes(db, cast, actor):
    late, bas = action(db), actor(cast.bas)
    gathering.see(db, [one.key for one in gathering.for_you(db, bas).fresh] + ["late:made-up:"], by=bas)
    found = gathering.for_you(db, bas)
    assert ([one.subject for one in found.fresh], [one.subject for one in found.seen]) == ([], [late.id])
    assert gathering.marked(db, bas.id, seen=True) == {found.seen[0].key}
    late.due_on = today() - timedelta(days=2)
    db.flush()
    assert len(gathering.for_you(db, bas).fresh) == 1


def test_what_is_switched_off_is_not_shown(db, cast, actor):
    action(db)
    bas, chosen = actor(cast.bas), choosing.everything_on()
    chosen.app.remove(Kind.LATE)
    choosing.choose(db, chosen, by=bas)
    choosing.choose(db, chosen, by=bas)
    assert choosing.choices(db, bas.id) == chosen
    assert gathering.for_you(db, bas).fresh == []
