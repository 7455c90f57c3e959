"""The main job, on ten lines of our own: from what customers said to tags, an action on the board and a table."""

import json

from tests.bench.voices import main_job
from tests.cast import Cast
from tests.makers_note import running_safari
from tests.test_cli import run

SAID = [
    "Ik moest drie kwartier wachten voordat ik aan de beurt was.",
    "De mevrouw aan de balie was heel vriendelijk en luisterde goed.",
    "Ik werd vier keer doorverbonden en niemand wist iets.",
    "‘Dat mag ik niet’, zei hij, en toen kon ik weer naar huis.",
    "Op de website kon ik het formulier nergens vinden.",
    "=SOM(A1:A9) stond er op mijn brief; ik begreep er niets van.",
    "Ze zouden mij terugbellen; nooit meer iets van gehoord.",
    "Binnen vijf minuten was alles geregeld, top!",
    "Ik moest mijn verhaal drie keer opnieuw vertellen.",
    'Het was er zo druk dat ik "privé" niets durfde te zeggen; iedereen hoorde mee.',
]


def test_ten_voices_end_as_tags_an_action_and_a_table_equal_to_the_api(db, cast: Cast, as_user, tmp_path):
    safari = running_safari(db, cast.town_hall, cast.bas)
    db.commit()
    file = tmp_path / "voices.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in SAID))
    assert run("import", str(file), "--safari", safari.id, "--as", cast.bas).returncode == 0
    found = main_job(as_user(cast.bas), safari.id)
    assert found["notes"] == found["rows"]["field-notes"] == 10
    assert found["tagged"] >= 5
    assert found["action"]["step"] == "doing"
    assert found["rows"]["actions"] == 1
    assert found["rows"]["taggings"] == found["tags"]
    assert found["differences"] == []
