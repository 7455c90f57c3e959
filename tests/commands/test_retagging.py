import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from app.commands.retagging import retag
from app.models.field_note import tagging
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.tag.learned import LearnedModel
from app.models.tag.learning import learning
from app.models.tag.learning.examples import shipped_examples
from app.models.tag.table import Tag
from tests.looking import look
from tests.makers_note import observation, recorded, running_safari
from tests.models.field_note.test_relearning import BOOKS

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


def test_retag_learns_and_reads_every_story_again(db, cast, actor, monkeypatch, capsys):
    monkeypatch.setattr(learning, "shipped_examples", lambda lexicon: shipped_examples(lexicon)[::10])
    safari, bas = running_safari(db, cast.town_hall, cast.bas), actor(cast.bas)
    theme = Tag(slug="kinderen", name={"nl": "Kinderen"}, position=99, words=["speelhoek*"])
    db.add(theme)
    db.flush()
    for text in BOOKS:
        tagging.add(db, recorded(db, bas, observation(safari.id, text)), theme.id, by=bas)
    db.commit()
    retag(only_learn=False)
    said = capsys.readouterr().out
    assert "Learned from 5 accepted themes" in said
    assert "5 notes read again." in said
    assert len(look(select(LearnedModel))) == 1
    assert len(set(look(select(FieldNote.read_with)))) == 1
    retag(only_learn=False)
    assert "0 notes read again." in capsys.readouterr().out
    assert len(look(select(Tagging).where(Tagging.state == TaggingState.ACCEPTED))) == 5
    retag(only_learn=True)
    assert "Nothing new to learn." in capsys.readouterr().out
