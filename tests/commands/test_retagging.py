import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from app.models.field_note import tagging
from app.models.field_note.table import Tagging, TaggingState
from app.models.tag.learned import LearnedModel
from app.models.tag.table import Tag
from tests.looking import look
from tests.makers_note import observation, recorded, running_safari
from tests.test_cli import run

SAID = "Ik stond drie kwartier in de rij 😀 en niemand zei iets."


def suggest(lines: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", "suggest", *arguments]
    root = Path(__file__).parents[2]
    return subprocess.run(command, cwd=root, input=lines, capture_output=True, text=True, check=False)


@pytest.mark.phone
def test_the_tagger_is_tried_on_lines_without_a_database(stage):
    tried = suggest(json.dumps({"text": SAID}) + "\n\n" + json.dumps({"text": "😀"}) + "\n", "--lang", "nl")
    first, second = map(json.loads, tried.stdout.splitlines())
    waiting = next(tag for tag in first["tags"] if tag["slug"] == "wachttijd")
    start, end = waiting["evidence"]
    assert "rij" in SAID[start:end]
    assert (waiting["sentiment"], first["sentiment"], second["tags"]) == ("negative", "negative", [])
    assert 0.5 <= waiting["score"] <= 1


@pytest.mark.phone
def test_a_line_that_is_no_json_is_named(stage):
    wrong = suggest('{"text": "Fijn."}\nhallo\n')
    assert wrong.returncode == 1
    assert "Line 2" in wrong.stderr
    assert suggest("", "--lang", "fr").returncode == 2


def test_retag_learns_and_reads_every_story_again(db, cast, actor):
    safari, bas = running_safari(db, cast.town_hall, cast.bas), actor(cast.bas)
    cost = db.exec(select(Tag.id).where(Tag.slug == "kosten")).one()
    for text in (
        "Zilvervloot betaald.",
        "Weer die zilvervloot.",
        "De zilvervloot was op.",
        "Zilvervloot, alweer.",
    ):
        tagging.add(db, recorded(db, bas, observation(safari.id, text)), cost, by=bas)
    db.commit()
    done = run("retag")
    assert done.returncode == 0, done.stderr
    assert "Learned from 4 accepted themes" in done.stdout
    assert "4 notes read again." in done.stdout
    [model] = look(select(LearnedModel))
    assert model.retagged_at is not None
    assert len(look(select(Tagging).where(Tagging.state == TaggingState.ACCEPTED))) == 4
    assert "Nothing new to learn." in run("retag", "--only-learn").stdout
