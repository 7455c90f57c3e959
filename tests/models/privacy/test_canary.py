"""A customer whose name, number, words and face are everywhere is erased: nothing of them is left in any place."""

import io
import json
import logging
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import select

from app.clock import new_id
from app.commands import backing_up
from app.commands.daily import let_go
from app.commands.locking import Key
from app.database import database
from app.models.access import Actor
from app.models.action import commenting, raising
from app.models.action.schemas import ActionDraft, CommentDraft
from app.models.attachment import accepting, receiving
from app.models.consent.table import Purpose
from app.models.delivery import receiving as deliveries
from app.models.field_note import contacting, decided, tagging
from app.models.field_note.table import FieldNote
from app.models.privacy import answering, executing, requesting, withdrawing
from app.models.privacy.gathering import gather
from app.models.privacy.requesting import RequestDraft
from app.models.proposal.table import AdviceSetAside
from app.models.rule import naming
from app.models.rule.schemas import RuleDraft
from app.models.safari.table import Safari
from app.models.tag.table import Tag
from app.settings import settings
from tests.cast import Cast
from tests.makers_file import jpeg, webm
from tests.makers_note import interview, recorded, running_safari
from tests.makers_rule import met

NAME, NUMBER = "Kanarie Zwanenburg", "06 77712345"
SAID = f"Ik heet {NAME} en voor een uittreksel moest ik drie keer terugkomen."
CANARIES = (b"anarie", b"wanenburg", b"77712345", b"drie keer terugkomen")


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = NAME
    return jpeg(exif=exif, comment=NAME.encode())


@pytest.fixture
def bas(db, actor, cast: Cast) -> Actor:
    return actor(cast.bas)


@pytest.fixture
def note(db, cast: Cast, bas: Actor) -> FieldNote:
    """The customer in every field that there is, and in what colleagues typed about it elsewhere."""
    safari = running_safari(db, cast.town_hall, cast.bas, goal=f"Luisteren naar {NAME}")
    answers = {"story": {"value": SAID, "literal": True}, "quote-1": {"value": SAID, "literal": True}}
    call_back = {"name": NAME, "reach": NUMBER}
    note = recorded(db, bas, interview(safari.id, answers=answers, call_back=call_back))
    for revision, based_on in ((2, 1), (3, 7)):
        edit = interview(
            safari.id, answers=answers | {"advice": {"value": f"{SAID} {revision}"}}, revision=revision
        )
        sent = json.dumps(
            edit | {"call_back": {"name": NAME if revision == 2 else f"{NAME} 3", "reach": NUMBER}}
        ).encode()
        deliveries.receive(db, note.id, sent, based_on=based_on, by=bas)
    odd = json.dumps(interview(safari.id, answers={"roddel": {"value": SAID}}, revision=9)).encode()
    assert deliveries.receive(db, note.id, odd, based_on=8, by=bas).status == 422
    accepting.accept(db, note, photo(), by=bas)
    accepting.accept(db, note, webm() + NAME.encode(), by=bas)
    receiving.append(note.id, "a" * 64, NAME.encode(), at=0, most=1000)
    _typed_elsewhere(db, note, bas)
    db.get_one(Safari, safari.id).debrief = f"We spraken {NAME}, bereikbaar op {NUMBER}."
    db.commit()
    return note


def _typed_elsewhere(db, note: FieldNote, bas: Actor) -> None:
    draft = {"title": f"Bel {NAME}", "kind": "clear", "description": SAID, "quotes": [f"story:0-{len(SAID)}"]}
    action = raising.raise_from(db, note, ActionDraft.model_validate(draft), by=bas)
    commenting.comment(db, action, CommentDraft(text=f"{NAME.upper()} belde: {NUMBER}"), by=bas)
    rule = {"location_id": note.location_id, "title": "Drie keer", "kind": "rule", "view": f"Sorry, {NAME}"}
    met(db, bas, naming.name(db, RuleDraft.model_validate(rule), by=bas), note, f"story:0-{len(SAID)}")
    tagging.add(db, note, db.exec(select(Tag.id).where(Tag.slug == "regels")).one(), by=bas)
    db.add(AdviceSetAside(note_id=note.id, reason=f"{NAME} wil dit niet", by_id=bas.id))
    db.flush()


def everywhere(folder: Path, caplog) -> dict[str, bytes]:
    """Database, what lies beside it, files, logs and a new backup without a lock on it."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found["log"] = caplog.text.encode()
    if not database().is_sqlite:
        url = settings().database.replace("+psycopg", "")
        found["dump"] = subprocess.run(["pg_dump", url], capture_output=True, check=True).stdout
    backup = folder / f"{new_id()}.tar"
    backing_up.make(backup, Key())
    with tarfile.open(backup) as tar:
        for member in tar:
            found[f"backup/{member.name}"] = tar.extractfile(member).read()  # type: ignore[union-attr]
    backup.unlink()
    return found


def hits(found: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [(name, canary) for name, content in found.items() for canary in CANARIES if canary in content]


def ask(db, note: FieldNote, bas: Actor, kind: str) -> str:
    draft = RequestDraft.model_validate({"kind": kind, "who": NAME, "reason": f"{NAME} vroeg het"})
    return requesting.ask(db, draft, by=bas, note=note).id


def test_a_canary_in_every_field_is_nowhere_after_erasing(db, cast: Cast, actor, bas, note, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    assert hits(everywhere(tmp_path, caplog))
    anna = actor(cast.anna)
    request = requesting.to_carry_out(db, anna, ask(db, note, bas, "erasure"))
    executing.erase(db, request, [note.id], by=anna)
    db.commit()
    let_go(lambda: None)
    assert hits(everywhere(tmp_path, caplog)) == []
    counts = request.outcome["counts"]
    assert counts["notes"] == counts["quotes"] == counts["rules"] == counts["contacts"] == 1
    assert (counts["files"], counts["versions"], counts["set_apart"]) == (2, 2, 1)
    assert counts["typed"] >= 7
    assert executing.fingerprint(request.outcome) == request.sha256
    assert NAME not in json.dumps(request.outcome)


def test_carried_out_twice_is_once_and_the_certificate_stays_the_same(db, cast: Cast, actor, bas, note):
    anna = actor(cast.anna)
    request = requesting.to_carry_out(db, anna, ask(db, note, bas, "erasure"))
    executing.erase(db, request, [note.id], by=anna)
    first = request.sha256
    executing.erase(db, request, [note.id], by=anna)
    assert request.sha256 == first
    sent = json.dumps(interview(note.safari_id, revision=3)).encode()
    assert deliveries.receive(db, note.id, sent, based_on=2, by=bas).status == 410


def test_a_talk_that_is_taken_back_leaves_its_counts_and_no_words(db, bas, note, tmp_path, caplog):
    for _ in range(2):
        withdrawing.withdraw(db, note, Purpose.QUOTE, by=bas)
    db.commit()
    let_go(lambda: None)
    assert hits(everywhere(tmp_path, caplog)) == []
    assert note.erased_at is None
    assert [one.texts for one in decided.decisions(db)] == [{}]
    sent = json.dumps(interview(note.safari_id, revision=5)).encode()
    assert deliveries.receive(db, note.id, sent, based_on=2, by=bas).status == 410


def test_the_zip_for_the_customer_has_all_of_it(db, bas, note):
    contacting.reveal(db, note, by=bas)
    into = io.BytesIO()
    told = gather(db, [note.id])
    answering.pack(into, told, "<h1>Lees mij</h1>")
    with zipfile.ZipFile(into) as zipped:
        (kept,) = json.loads(zipped.read("gegevens.json"))
        assert {"lees-mij.html", f"{kept['code']}/foto-1.jpg", f"{kept['code']}/opname-2.webm"} < {
            *zipped.namelist()
        }
    assert kept["answers"]["story"]["value"] == SAID
    assert kept["contact"]["reach"] == NUMBER
    assert [look["by"] for look in kept["looked_at"]] == ["Bas de Wit"]
    assert kept["actions"][0]["title"] == f"Bel {NAME}"
