"""Every line of the log says something to a person, and none repeats what a customer said."""

import re
from pathlib import Path

from app.log_words import KINDS, VERBS

APP = Path(__file__).parents[2] / "app"
NOTED = re.compile(r'\b(?:note|log)\(\s*(?:\w+\.)?\w+,\s*f?"([a-z_{}.]+)",\s*"([a-z_]+)"')


def noted() -> set[tuple[str, str]]:
    return {found for path in APP.rglob("*.py") for found in NOTED.findall(path.read_text())}


def test_every_verb_and_kind_that_is_noted_has_words():
    assert len(noted()) > 50
    plain = {verb for verb, _ in noted() if "{" not in verb}
    assert plain - set(VERBS) == set(), "verbs without words in app/log_words.py"
    assert {kind for _, kind in noted()} - set(KINDS) == set(), "kinds without words in app/log_words.py"


def test_verbs_that_are_put_together_have_words_for_what_they_begin_with():
    for verb, _ in noted():
        if "{" in verb:
            pattern = re.compile(
                re.sub(r"\{.*?\}", r"[a-z_]+", re.escape(verb).replace(r"\{", "{").replace(r"\}", "}"))
            )
            assert [known for known in VERBS if pattern.fullmatch(known)], verb
