"""Somebody guesses: the log says so, briefly, and never what was typed."""

from datetime import timedelta

import time_machine
from sqlmodel import Session, select

from app.clock import now
from app.models.audit.table import AuditEntry
from app.models.audit.whence import WHENCE, Whence
from app.models.user import failing, signing_in
from app.models.user.table import Way
from tests.cast import Cast

BAS, NOBODY = "bas@klantsafari.example", "niemand@klantsafari.example"


def fail(db: Session, email: str, address: str = "203.0.113.7", way: Way = Way.PASSWORD) -> None:
    token = WHENCE.set(Whence(address, "Chrome"))
    signing_in.knock(db, email, address, "strange")
    failing.note_failed(db, way, email=email, address=address, browser="strange")
    db.flush()
    WHENCE.reset(token)


def lines(db: Session) -> list[AuditEntry]:
    kept = select(AuditEntry).where(AuditEntry.verb.in_(("sign_in.failed", "sign_in.locked")))  # type: ignore[attr-defined]
    return list(db.exec(kept.order_by(AuditEntry.at, AuditEntry.id)))  # type: ignore[arg-type]


def test_ten_tries_for_bas_are_two_lines_the_first_and_the_lock(db: Session, cast: Cast):
    for _ in range(signing_in.PER_ACCOUNT_AND_ADDRESS):
        fail(db, BAS)
    first, last = lines(db)
    assert (first.verb, last.verb) == ("sign_in.failed", "sign_in.locked")
    assert {line.subject_id for line in (first, last)} == {cast.bas}
    assert (first.address, first.actor_id, first.detail) == (
        "203.0.113.0/24", None, {"way": "password", "user": "Bas de Wit"},
    )  # fmt: skip
    fail(db, BAS, "198.51.100.9")
    assert len(lines(db)) == 2
    with time_machine.travel(now() + timedelta(hours=1, minutes=1)):
        fail(db, BAS)
    assert len(lines(db)) == 3


def test_of_who_we_do_not_know_only_the_network_and_never_many(db: Session, cast: Cast):
    for number in range(failing.MOST_UNKNOWN + 5):
        for host in (1, 2):
            fail(db, f"{number}{host}{NOBODY}", f"10.0.{number}.{host}")
    found = lines(db)
    assert len(found) == failing.MOST_UNKNOWN
    assert len({line.address for line in found}) == failing.MOST_UNKNOWN
    assert {(line.subject_kind, line.subject_id) for line in found} == {("sign_in", "unknown")}
    assert NOBODY not in "".join(line.model_dump_json() for line in found)
