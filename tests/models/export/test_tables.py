import csv
import io
import tracemalloc
from datetime import UTC, date, datetime

import pytest

from app.models.export import actions, notes, taggings
from app.models.export.cells import EXCEL, FORMULA, RFC4180, Kind, quoted
from app.models.export.table import BATCH, Batch, Column, as_csv, stored
from app.models.field_note import queries
from app.models.field_note.filter import FieldNoteFilter
from tests.cast import Cast
from tests.counting import counted_queries
from tests.makers_bulk import many_notes
from tests.makers_note import interview, observation, recorded, running_safari

NASTY = 'zei: "nee; echt, niet"\r\nen liep weg'


def rows_of(chunks, dialect) -> list[dict[str, str]]:
    text = b"".join(chunks).removeprefix(dialect.start).decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, strict=True))


def exported(db, by, dialect=RFC4180, only=None):
    return rows_of(notes.write(db, queries.matching(by, only or FieldNoteFilter()), dialect, by=by), dialect)


@pytest.mark.parametrize("dialect", [EXCEL, RFC4180], ids=lambda d: d.name)
def test_whatever_was_said_comes_back_from_the_file_letter_for_letter(dialect):
    said = [NASTY, "", None, '"', " spatie ", "één €"]
    columns = [Column("n", lambda b: range(len(said))), Column("text", lambda b: b["text"], Kind.TEXT)]
    found = rows_of(as_csv(columns, [{"text": said}], dialect), dialect)
    assert [row["text"] for row in found] == [text or "" for text in said]


@pytest.mark.parametrize("sign", FORMULA)
def test_nothing_in_a_cell_or_a_header_can_become_a_formula(sign):
    payload = f"{sign}cmd|' /C calc'!A0"
    columns = [
        Column(payload, lambda b: b["x"], Kind.TEXT),
        Column("list", lambda b: [[text] for text in b["x"]], Kind.LIST),
        Column("mixed", lambda b: b["x"], Kind.MIXED),
    ]
    found = rows_of(as_csv(columns, [{"x": [payload]}], EXCEL), EXCEL)
    assert set(found[0].values()) == {"'" + payload}
    assert next(iter(found[0])) == "'" + payload
    assert quoted("gewoon") == '"gewoon"'


def test_excel_gets_a_bom_semicolons_commas_and_our_clock_and_everybody_else_gets_the_standard():
    moment = datetime(2026, 11, 24, 9, 41, 7, tzinfo=UTC)
    batch: Batch = {"s": [0.85], "m": [moment], "d": [date(2026, 11, 24)], "f": [True]}
    kinds = {"s": Kind.DECIMAL, "m": Kind.MOMENT, "d": Kind.MIXED, "f": Kind.FLAG}
    columns = [stored(key, kind) for key, kind in kinds.items()]
    for_excel = b"".join(as_csv(columns, [batch], EXCEL))
    assert for_excel == b'\xef\xbb\xbf"s";"m";"d";"f"\r\n0,85;2026-11-24 10:41:07;2026-11-24;1\r\n'
    plain = b"".join(as_csv(columns, [batch], RFC4180))
    assert plain == b'"s","m","d","f"\r\n0.85,2026-11-24T09:41:07+00:00,2026-11-24,1\r\n'


def test_several_choices_stand_in_one_cell_and_in_a_column_each(db, cast: Cast, actor):
    bas = actor(cast.bas)
    safari = running_safari(db, cast.town_hall, cast.bas)
    answers = {"way": {"value": ["sent_on", "told_again"]}, "nps": {"value": 7}}
    recorded(db, bas, interview(safari.id, answers=answers | {"first_time_right": {"value": False}}))
    recorded(db, bas, observation(safari.id, answers={"words": {"value": ["queue"]}}))
    talk, seen = sorted(exported(db, bas), key=lambda row: row["kind"])
    assert talk["answer.way"] == "sent_on | told_again"
    assert (talk["answer.way.sent_on"], talk["answer.way.called_back"], seen["answer.way.sent_on"]) == (
        "1",
        "0",
        "",
    )
    assert (talk["answer.nps"], talk["nps"], talk["answer.first_time_right"]) == ("7", "7", "0")
    assert (talk["answer.story.literal"], talk["words"], talk["words.queue"]) == ("1", "", "")
    assert (seen["words"], seen["words.queue"], seen["words.sign"]) == ("queue", "1", "0")
    assert talk["author"] == "Bas de Wit"


def test_columns_are_the_same_for_an_english_reader(db, cast: Cast, actor):
    before = [column.key for column in notes.columns(db)]
    assert "answer.hindrance" in before
    assert len(before) == len(set(before))
    from app.models.user.table import User

    db.get(User, cast.bas).language = "en"
    assert [column.key for column in notes.columns(db)] == before


def test_the_number_to_call_back_is_never_in_a_file(db, cast: Cast, actor):
    bas = actor(cast.bas)
    safari = running_safari(db, cast.town_hall, cast.bas)
    call_back = {"name": "Mevrouw Kanarie", "reach": "0612345678"}
    recorded(db, bas, interview(safari.id, call_back=call_back))
    every = queries.matching(bas, FieldNoteFilter())
    files = b"".join([*notes.write(db, every, EXCEL, by=bas), *taggings.write(db, every, EXCEL, by=bas)])
    assert b"wachten" in files
    assert b"Kanarie" not in files
    assert b"0612345678" not in files


def test_carla_reads_her_own_note_and_yet_takes_nothing_along(db, cast: Cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    recorded(db, actor(cast.carla), interview(safari.id))
    assert db.exec(queries.visible_to(actor(cast.carla))).all()
    assert exported(db, actor(cast.carla)) == []
    assert len(exported(db, actor(cast.bas))) == 1
    assert exported(db, actor(cast.dirk)) == []


def test_a_row_for_each_tag_has_the_words_it_rests_on(db, cast: Cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    many_notes(db, safari, 2)
    bas = actor(cast.bas)
    chunks = taggings.write(db, queries.matching(bas, FieldNoteFilter()), EXCEL, by=bas)
    found = rows_of(chunks, EXCEL)
    assert len(found) == 6
    assert {row["words"] for row in found} == {"Ik moest een half uur wachten; "}
    assert {row["score"] for row in found} == {"0,85"}
    assert {row["state"] for row in found} == {"accepted", "suggested"}


def test_as_many_questions_to_the_database_for_many_notes_as_for_one_batch(db, cast: Cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    bas = actor(cast.bas)
    many_notes(db, safari, 3, characters=10)
    with counted_queries() as few:
        exported(db, bas)
    many_notes(db, safari, 300, characters=10)
    with counted_queries() as many:
        assert len(exported(db, bas)) == 303
    assert len(few) == len(many) <= 6


def test_memory_does_not_grow_with_the_rows(db, cast: Cast, actor):
    bas = actor(cast.bas)
    safari = running_safari(db, cast.town_hall, cast.bas)

    def peak_of_all() -> int:
        tracemalloc.start()
        for _ in notes.write(db, queries.matching(bas, FieldNoteFilter()), RFC4180, by=bas):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    many_notes(db, safari, 2 * BATCH, characters=200)
    few = peak_of_all()
    many_notes(db, safari, 18 * BATCH, characters=200)
    assert peak_of_all() < 1.25 * few


def test_actions_carry_their_quotes_teams_and_number_of_customers(db, cast: Cast, actor):
    from app.models.action import queries as board
    from app.models.action.filter import ActionFilter
    from tests.makers_action import raised, story

    bas = actor(cast.bas)
    note = story(db, cast.town_hall, cast.bas)
    raised(db, bas, note, title="=Kapmes", team_ids=[cast.counter_team], owner_id=cast.carla)
    chunks = actions.write(db, board.matching(bas, ActionFilter()), RFC4180, by=bas)
    (row,) = rows_of(chunks, RFC4180)
    assert (row["title"], row["customers"]) == ("'=Kapmes", "1")
    assert (row["teams"], row["owner"], row["location"]) == (
        "Balie burgerzaken",
        "Carla Smit",
        "Stadskantoor",
    )
    assert row["quotes"] == "Ik wilde juist iemand spreken."
    assert (row["kind"], row["step"], row["created_by"]) == ("clear", "new", "Bas de Wit")
