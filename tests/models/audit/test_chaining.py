"""The log is only ever added to, and whoever gets past the database's refusal is found out."""

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, func, select

from app.clock import new_id
from app.models.audit import chaining, checking
from app.models.audit.noting import note
from app.models.audit.table import AuditCheck, AuditEntry, AuditLink
from app.models.audit.whence import WHENCE, Whence
from app.models.record import put

STRANGER = "0190a000-0000-7000-8000-00000000dead"


@pytest.fixture
def story(db, cast, actor):
    """Five lines by Bas, chained."""
    for number in range(5):
        note(db, "action.moved", "action", new_id(), by=actor(cast.bas), at=cast.town_hall, step=number)
    chaining.lengthen(db)
    db.commit()
    return list(db.exec(select(AuditEntry.id).order_by(col(AuditEntry.id))))


def disarmed(db, table="audit_entry"):
    """As somebody with the database in their hands would."""
    if db.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            db.execute(text(f"DROP TRIGGER {table}_no_{event}"))
    else:
        db.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


@pytest.mark.parametrize("table", [AuditEntry, AuditLink, AuditCheck])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_a_line(db, story, table, change):
    checking.record(db, checking.check(db))
    db.commit()
    key = next(iter(table.__table__.primary_key))
    statement = update(table).values({key.name: key}) if change == "update" else delete(table)
    with pytest.raises(DatabaseError, match="only ever added to"):
        db.execute(statement)
    db.rollback()
    assert db.exec(select(func.count()).select_from(table)).one() > 0


def test_nothing_is_wrong_with_a_log_that_was_left_alone(db, story, cast, actor):
    note(db, "user.changed", "user", cast.bas, by=actor(cast.bas))
    verdict = checking.check(db)
    assert (verdict.lines, verdict.waiting, verdict.trouble) == (5, 1, None)
    assert chaining.lengthen(db) == 1
    assert chaining.lengthen(db) == 0
    assert checking.check(db).lines == 6


@pytest.mark.parametrize(
    "column", ["actor_name", "verb", "subject_id", "at", "detail", "address", "location_id"]
)
def test_a_line_that_was_changed_is_named(db, story, column):
    disarmed(db)
    value = {"at": "2020-01-01 00:00:00.000000", "detail": '{"step":9}'}.get(column, "x")
    cast_to = {"at": "timestamptz", "detail": "json"}.get(column, "text")
    asked = f"CAST(:v AS {cast_to})" if db.get_bind().dialect.name == "postgresql" else ":v"
    db.execute(
        text(f"UPDATE audit_entry SET {column} = {asked} WHERE id = :id"),  # noqa: S608 - our own names
        {"v": value, "id": story[2]},
    )
    verdict = checking.check(db)
    assert (verdict.trouble, verdict.broken_seq, verdict.broken_id) == ("changed", 3, story[2])


def test_a_line_that_is_gone_is_named_also_when_its_place_in_the_chain_went_along(db, story):
    disarmed(db)
    db.execute(delete(AuditEntry).where(col(AuditEntry.id) == story[3]))
    assert (checking.check(db).trouble, checking.check(db).broken_id) == ("gone", story[3])
    disarmed(db, "audit_link")
    db.execute(delete(AuditLink).where(col(AuditLink.seq) == 4))
    assert (checking.check(db).trouble, checking.check(db).broken_seq) == ("gone", 4)


def test_lines_cut_from_the_end_are_missed_because_an_earlier_check_saw_them(db, story):
    before = checking.check(db)
    checking.record(db, before)
    disarmed(db)
    disarmed(db, "audit_link")
    db.execute(delete(AuditEntry).where(col(AuditEntry.id) == story[4]))
    db.execute(delete(AuditLink).where(col(AuditLink.seq) == 5))
    assert (checking.check(db).trouble, checking.check(db).broken_seq) == ("gone", 5)
    disarmed(db, "audit_check")
    db.execute(delete(AuditCheck))
    assert checking.check(db).trouble is None
    assert checking.check(db, known=(before.lines, before.head)).trouble == "gone"


def test_a_log_that_was_written_anew_from_end_to_end_is_not_the_one_that_was_checked(db, story):
    checking.record(db, checking.check(db))
    disarmed(db)
    disarmed(db, "audit_link")
    db.execute(update(AuditEntry).where(col(AuditEntry.id) == story[0]).values(actor_name="Niemand"))
    db.execute(delete(AuditLink))
    chaining.lengthen(db)
    assert (checking.check(db).trouble, checking.check(db).broken_seq) == ("rewritten", 5)


def test_a_line_with_a_date_of_long_ago_is_a_stranger(db, story):
    entry = {"verb": "user.disabled", "subject_kind": "user", "subject_id": "x"}
    put(db, AuditEntry, entry | {"id": STRANGER})
    assert chaining.lengthen(db) == 0
    assert (checking.check(db).trouble, checking.check(db).broken_id) == ("stranger", STRANGER)


def test_a_line_that_took_long_to_arrive_still_joins(db, story):
    late = chaining.id_before(story[-1])[:14] + "7fff-8000-000000000000"
    entry = {"verb": "note.recorded", "subject_kind": "field_note", "subject_id": "x"}
    put(db, AuditEntry, entry | {"id": late})
    assert chaining.lengthen(db) == 1
    assert (checking.check(db).lines, checking.check(db).trouble) == (6, None)


def test_a_line_says_from_where_and_no_more_than_the_network(db, cast, actor):
    token = WHENCE.set(Whence("203.0.113.77", "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537"))
    try:
        note(db, "user.changed", "user", cast.bas, by=actor(cast.bas))
    finally:
        WHENCE.reset(token)
    (line,) = db.exec(select(AuditEntry)).all()
    assert (line.address, line.device) == ("203.0.113.0/24", "Chrome, Android")
