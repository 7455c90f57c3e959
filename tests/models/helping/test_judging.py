from datetime import timedelta

from sqlmodel import col, select

from app.clock import now
from app.models.action import outcomes
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.helping import judging
from app.models.helping.table import Hope
from app.models.helping.verdict import Verdict
from tests.makers_helping import done, question, talks, theme, yardstick


def judged(db, action):
    return judging.outcomes(db, [action.id])[action.id]


def test_customers_who_name_it_less_say_that_it_helped_and_are_heard(db, cast, actor):
    action = done(db, actor(cast.bas), cast.town_hall)
    yardstick(db, action)
    talks(db, cast.town_hall, cast.bas, [1] * 14 + [0] * 6, days_ago=40)
    talks(db, cast.town_hall, cast.bas, [1] * 1 + [0] * 15, days_ago=20)
    talks(db, cast.branch, cast.dirk, [1] * 9, days_ago=20)
    one = judged(db, action)
    assert (one.verdict, one.some_before, one.judgement.before) == (Verdict.BETTER, 14, 20)
    assert (one.some_after, one.judgement.after) == (1, 16)
    told, seen = (outcomes.told(db, actor(who), action) for who in (cast.bas, cast.eva))
    assert told
    assert seen
    assert [voice.quote.text for voice in told.otherwise] == ["Ik moest een half uur wachten."]
    assert seen.otherwise == []


def test_what_does_not_count_is_not_counted(db, cast, actor):
    """Rejected labels, who declined, erased notes, and talks of more than twelve weeks before."""
    action = done(db, actor(cast.bas), cast.town_hall)
    yardstick(db, action)
    talks(db, cast.town_hall, cast.bas, [1] * 9, days_ago=30 + 7 * 13)
    talks(db, cast.town_hall, cast.bas, [1, 1, 1], days_ago=40)
    for tagging in db.exec(
        select(Tagging).join(FieldNote).where(FieldNote.held_at > now() - timedelta(41))
    ).all()[:1]:
        tagging.state = TaggingState.REJECTED
    notes = db.exec(
        select(FieldNote).where(FieldNote.held_at > now() - timedelta(41)).order_by(col(FieldNote.held_at))
    )
    _, second, third = notes.all()[:3]
    second.declined, third.erased_at = True, now()
    db.flush()
    one = judged(db, action)
    assert (one.verdict, one.judgement.before, one.some_before) == (Verdict.TOO_LITTLE, 1, 0)


def test_a_merged_theme_counts_where_it_went(db, cast, actor):
    action = done(db, actor(cast.bas), cast.town_hall)
    into, old = theme(db), theme(db, "nothing")
    old = next(tag for tag in db.exec(select(type(into))) if tag.id != into.id)
    old.merged_into_id = into.id
    yardstick(db, action, tag_id=old.id)
    talks(db, cast.town_hall, cast.bas, [1, 0], days_ago=40)
    assert judged(db, action).some_before == 1


def test_answers_and_scores_move_the_other_way(db, cast, actor):
    bas = actor(cast.bas)
    right, liked = done(db, bas, cast.town_hall), done(db, bas, cast.town_hall)
    first = question(db, "first_time_right")
    yardstick(db, right, hope=Hope.MORE_CHOSEN, tag_id=None, question_id=first.id, choices=["true"])
    yardstick(db, liked, hope=Hope.HIGHER, tag_id=None, question_id=question(db, "nps").id)
    talks(db, cast.town_hall, cast.bas, [False] * 10 + [True] * 2, days_ago=40, key="first_time_right")
    talks(db, cast.town_hall, cast.bas, [True] * 16, days_ago=20, key="first_time_right")
    talks(db, cast.town_hall, cast.bas, [8, 9] * 6, days_ago=40, key="nps")
    talks(db, cast.town_hall, cast.bas, [3, 4] * 4, days_ago=20, key="nps")
    found = judging.outcomes(db, [right.id, liked.id])
    assert found[right.id].verdict == Verdict.BETTER
    assert found[liked.id].verdict == Verdict.WORSE
    assert found[liked.id].scores(after=True)[3:5] == [4, 4]
