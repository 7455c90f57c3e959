import json
from pathlib import Path

import pytest

from app.clock import new_id
from app.masking import masked
from app.models.field_note import recording
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import FieldNote
from app.models.safari.schemas import DebriefDraft, SafariDraft
from tests.bench.masking import figures
from tests.makers_note import running_safari

CASES = json.loads((Path(__file__).parent / "masking.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_number_nobody_needs_is_not_kept(case: dict[str, str]):
    assert masked(case["text"]) == case["masked"]


def test_nearly_every_bsn_is_masked_and_nearly_nothing_else():
    found = figures(3_000)
    assert found["recall"] >= 0.999
    assert found["false masks"] <= 0.01


def test_what_bas_records_reaches_the_database_without_the_number(db, actor, cast):
    safari = running_safari(db, cast.town_hall, cast.bas)
    draft = NoteDraft.model_validate(
        {
            "safari_id": safari.id,
            "kind": "observation",
            "held_at": "2026-11-20T10:00:00+01:00",
            "answers": {"text": {"value": "Zij noemde 111222333 hardop."}},
        }
    )
    note_id = new_id()
    recording.record(db, note_id, draft, sent=recording.canonical(draft), by=actor(cast.bas))
    note = db.get_one(FieldNote, note_id)
    assert (note.answers["text"]["value"], note.headline) == ("Zij noemde [BSN] hardop.",) * 2


def test_nor_does_what_he_writes_about_the_safari_itself():
    safari = SafariDraft(location_id="x", guide_version_id="y", goal="Bel 111222333 terug")
    debrief = DebriefDraft(debrief="Iemand riep NL91ABNA0417164300.")
    assert (safari.goal, debrief.debrief) == ("Bel [BSN] terug", "Iemand riep [IBAN].")
