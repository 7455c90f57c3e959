import json
import subprocess
from pathlib import Path

import pytest
from sqlmodel import select

from app.models.audit.table import AuditEntry
from app.models.field_note.table import FieldNote, Receipt, Tagging
from tests.cast import Cast
from tests.makers_note import running_safari
from tests.test_cli import run

SAID = [
    "Ik moest een half uur wachten voordat iemand mij hielp.",
    "Ze zei: dat mag ik niet. Belachelijk.",
    "Heel vriendelijk geholpen, het was meteen geregeld.",
]


@pytest.fixture
def safari_id(db, cast: Cast) -> str:
    safari = running_safari(db, cast.town_hall, cast.bas)
    db.commit()
    return safari.id


@pytest.fixture
def take_in(safari_id: str, tmp_path: Path):
    """take_in("name.jsonl", content) imports that as Bas."""

    def of(name: str, content: str | bytes, user: str = "bas@klantsafari.example"):
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return run("import", str(file), "--safari", safari_id, "--as", user)

    return of


def jsonl(*lines: object) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def last(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout.splitlines()[-1]


def test_lines_become_notes_with_tags_and_twice_is_once(take_in, db, cast: Cast):
    lines = jsonl(*({"text": text, "nps": n, "channel": "phone"} for n, text in enumerate(SAID)))
    first = take_in("lines.jsonl", lines)
    assert (first.returncode, last(first)) == (0, "3 new, 0 already there, 0 refused")
    assert last(take_in("lines.jsonl", lines)) == "0 new, 3 already there, 0 refused"
    notes = db.exec(select(FieldNote)).all()
    assert {note.headline for note in notes} == set(SAID)
    assert all(note.answers["story"]["literal"] and note.channel == "phone" for note in notes)
    assert {note.nps for note in notes} == {0, 1, 2}
    assert {note.author_id for note in notes} == {cast.bas}
    assert db.exec(select(Tagging)).first() is not None
    assert len(db.exec(select(Receipt)).all()) == 3
    assert len(db.exec(select(AuditEntry).where(AuditEntry.verb == "note.recorded")).all()) == 3


def test_what_two_customers_said_in_the_same_words_are_two_notes(take_in):
    twice = jsonl({"text": "Prima."}, {"text": "Prima."})
    assert last(take_in("a.jsonl", twice)) == "2 new, 0 already there, 0 refused"
    more = take_in("b.jsonl", twice + jsonl({"text": "Prima."}))
    assert last(more) == "1 new, 2 already there, 0 refused"


def test_bad_lines_are_named_with_a_reason_and_the_rest_is_kept(take_in):
    lines = [
        json.dumps({"text": SAID[0], "bron": "mail", "id": 1}),
        "{kapot",
        "",
        '["geen", "object"]',
        json.dumps({"text": "  "}),
        json.dumps({"text": SAID[1], "nps": 11}),
        json.dumps({"text": SAID[1], "held_at": "gisteren"}),
        json.dumps({"text": "te lang" * 5000}),
        json.dumps({"text": "half \ud800 teken"}),
        json.dumps({"text": SAID[2], "bron": "brief", "held_at": "2026-05-01T10:00:00"}),
    ]
    done = take_in("lines.jsonl", "\n".join(lines).encode() + b'\n{"text": "caf\xe9"}\n')
    assert (done.returncode, last(done)) == (0, "2 new, 0 already there, 8 refused")
    assert done.stderr.count("Ignored fields: bron, id") == 1
    assert "Line 2: Deze regel is geen JSON." in done.stderr
    assert "Line 4: Deze regel is geen JSON-object met velden." in done.stderr
    assert "Line 6: Het veld ‘nps’ ontbreekt of klopt niet." in done.stderr
    assert "Line 11: Deze regel is geen UTF-8." in done.stderr
    assert [f"Line {number}:" in done.stderr for number in (5, 7, 8, 9)] == [True] * 4
    assert "Traceback" not in done.stderr


def test_a_table_from_dutch_excel_is_read_too(take_in, db):
    table = (
        "\ufeffText;NPS;held_at;Filiaal\r\n"
        f'"{SAID[0]}";8;2026-05-01 10:00;Markt\r\n'
        '"Eerst dit;\r\nen toen ""dat""";;;\r\n'
        ";9;;\r\n"
        "a;b;c;d;e\r\n"
    )
    done = take_in("lines.csv", table)
    assert last(done) == "2 new, 0 already there, 2 refused"
    assert "Ignored fields: filiaal" in done.stderr
    assert "Line 5: Het veld ‘text’" in done.stderr
    assert "Line 6: Deze regel heeft meer cellen" in done.stderr
    notes = {note.answers["story"]["value"]: note for note in db.exec(select(FieldNote))}
    assert set(notes) == {SAID[0], 'Eerst dit;\r\nen toen "dat"'}
    assert notes[SAID[0]].held_at.isoformat() == "2026-05-01T08:00:00+00:00"
    assert notes[SAID[0]].nps == 8


def test_a_plain_table_with_commas_is_read_too(take_in):
    assert last(take_in("l.csv", 'text,nps\n"Ja, goed",9\n')) == "1 new, 0 already there, 0 refused"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", "verhaal;nps\nx;1\n"), ("b.jsonl", "geen json\n"), ("c.jsonl", ""), ("d.csv", "")],
)
def test_when_nothing_can_be_read_the_exit_code_says_so(take_in, name, content):
    done = take_in(name, content)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_only_who_sees_the_safari_and_may_record_can_fill_it(take_in):
    lines = jsonl({"text": SAID[0]})
    for user in ("dirk@klantsafari.example", "eva@klantsafari.example", "niemand@klantsafari.example"):
        done = take_in("lines.jsonl", lines, user)
        assert (done.returncode, done.stdout) == (1, "")
        assert "Traceback" not in done.stderr
    assert take_in("lines.jsonl", lines, "carla@klantsafari.example").returncode == 0


def test_many_lines_go_in_by_the_hundred(take_in):
    done = take_in("many.jsonl", jsonl(*({"text": f"Verhaal nummer {n}."} for n in range(250))))
    assert last(done) == "250 new, 0 already there, 0 refused"
