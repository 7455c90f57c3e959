"""What makes Klantsafari an app on a phone, as the browser asks for it."""

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.middleware import HEADERS
from app.rendering import DIST, build
from tests.makers_safari import safari

SOURCES = Path(__file__).parents[2] / "app" / "static" / "src"


def test_a_browser_finds_the_worker_and_may_use_it_for_every_page(visitor: TestClient):
    answer = visitor.get("/service-worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["service-worker-allowed"] == "/"


def test_the_worker_knows_which_build_it_belongs_to(visitor: TestClient):
    assert f'"{build()}"' in visitor.get("/service-worker.js").text


def test_a_kept_page_is_held_to_the_same_policy_as_one_of_the_server():
    text = (SOURCES / "service-worker" / "headers.ts").read_text()
    kept = dict(re.findall(r'"([\w-]+)":\s*"([^"]+)"', text))
    assert HEADERS.items() <= kept.items()


@pytest.mark.parametrize(("language", "second"), [("nl-NL", "Observatie"), ("en-GB", "Observation")])
def test_the_manifest_speaks_the_language_of_who_installs(visitor: TestClient, language: str, second: str):
    answer = visitor.get("/manifest.webmanifest", headers={"accept-language": language})
    assert answer.headers["content-type"].startswith("application/manifest+json")
    manifest = answer.json()
    assert manifest["lang"] == language[:2]
    assert [shortcut["name"] for shortcut in manifest["shortcuts"]][1] == second


def test_everything_the_manifest_points_at_is_there(visitor: TestClient):
    manifest = visitor.get("/manifest.webmanifest").json()
    pictures = [icon["src"] for icon in manifest["icons"]]
    assert {visitor.get(src).status_code for src in pictures} == {200}
    assert [icon.get("purpose") for icon in manifest["icons"]] == [None, None, "maskable"]
    opened = [manifest["start_url"], *(shortcut["url"] for shortcut in manifest["shortcuts"])]
    assert {visitor.get(url).status_code for url in opened} == {303}


def test_the_worker_stocks_nothing_that_only_a_desk_needs():
    names = json.loads((DIST / "manifest.json").read_text())
    needed = re.search(r'\["[^\]]*"capture\.js"[^\]]*\]', (DIST / "service-worker.js").read_text())
    assert needed
    stocked = set(json.loads(needed.group()))
    assert {"capture.js", "app.js", "app.css", "sprite.svg"} <= stocked <= set(names)
    assert "board.js" not in stocked


class TestShortcuts:
    def test_bas_on_safari_goes_on_where_he_was(self, as_user, cast, db):
        running = safari(db)
        db.commit()
        assert leads(as_user(cast.bas), "/go") == f"/safaris/{running.id}"
        assert leads(as_user(cast.bas), "/go/observation") == f"/safaris/{running.id}/observations/new"

    def test_without_a_safari_bas_begins_one(self, as_user, cast):
        assert (
            leads(as_user(cast.bas), "/go") == leads(as_user(cast.bas), "/go/observation") == "/safaris/new"
        )

    def test_carla_who_never_leads_sees_the_safaris_she_can_join(self, as_user, cast):
        assert leads(as_user(cast.carla), "/go") == "/safaris"

    def test_eva_who_only_reads_goes_to_her_own_day(self, as_user, cast):
        assert leads(as_user(cast.eva), "/go") == "/today"


def leads(client: TestClient, path: str) -> str:
    return client.get(path).headers["location"]
