"""The main job on a file of real feedback, over HTTP: `python -m tests.bench.voices PATH` (or `make import-voices`).

Imports the lines into a safari, accepts a tag, raises an action from a tagged note, moves it over the board,
downloads the tables and holds them against the API. Prints one JSON object; exit code 1 when anything differs.
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
from sqlmodel import Session

from app.models.export.cells import FORMULA
from tests.bench.server import served
from tests.cast import Cast
from tests.makers_note import running_safari

SAME = (
    "id",
    "kind",
    "safari_id",
    "location_id",
    "author_id",
    "effect",
    "channel",
    "nps",
    "sentiment",
    "headline",
)


def main_job(client: Any, safari_id: str) -> dict[str, Any]:
    """What became of the notes of a safari; `client` speaks HTTP for a manager."""
    notes = every(client, "field-notes", safari=safari_id)
    tagged = [note for note in notes if note["taggings"]]
    action = _raise_and_move(client, next(note for note in tagged if note["taggings"][0]["evidence"]))
    tables = {name: table(client, name) for name in ("field-notes", "taggings", "actions")}
    return {
        "notes": len(notes),
        "tagged": len(tagged),
        "tags": sum(len(note["taggings"]) for note in notes),
        "action": {key: action[key] for key in ("title", "step", "customers")},
        "rows": {name: len(rows) for name, rows in tables.items()},
        "differences": [
            *_notes_differ(every(client, "field-notes"), tables["field-notes"]),
            *_actions_differ(every(client, "actions"), tables["actions"]),
        ],
    }


def every(client: Any, noun: str, **only: str) -> list[dict[str, Any]]:
    items, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/api/v1/{noun}", params=only | {"limit": "200", "cursor": cursor}).json()
        items += page["items"]
        cursor = page["next"]
    return items


def table(client: Any, name: str) -> list[dict[str, str]]:
    answer = client.get(f"/exports/{name}.csv", params={"dialect": "rfc4180"})
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline=""), strict=True))


def _raise_and_move(client: Any, note: dict[str, Any]) -> dict[str, Any]:
    """From the words that the first tag rests on, into "doing"."""
    tagging = note["taggings"][0]
    client.post(f"/api/v1/field-notes/{note['id']}/taggings/{tagging['tag_id']}/acceptance")
    words = tagging["evidence"][0]
    pick = f"{words['field']}:{words['start']}-{words['end']}"
    draft = {
        "note_id": note["id"],
        "title": f"Pak aan: {tagging['slug']}",
        "kind": "improve",
        "quotes": [pick],
    }
    raised = _done(client.post("/api/v1/actions", json=draft))
    to = {"step": "doing", "version": raised["version"]}
    return _done(client.post(f"/api/v1/actions/{raised['id']}/placement", json=to))


def _done(answer: Any) -> dict[str, Any]:
    if answer.status_code >= 300:
        raise RuntimeError(answer.text)
    return answer.json()


def _as_said(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from calculating."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in FORMULA else cell


def _notes_differ(notes: list[dict[str, Any]], rows: list[dict[str, str]]) -> list[str]:
    """Ids of notes whose row says something else than the API does."""
    by_id = {row["id"]: row for row in rows}
    missing = [note["id"] for note in notes if note["id"] not in by_id]
    return missing + [
        note["id"] for note in notes if note["id"] in by_id and not _note_agrees(note, by_id[note["id"]])
    ]


def _note_agrees(note: dict[str, Any], row: dict[str, str]) -> bool:
    tags = {
        state: {tagging["slug"] for tagging in note["taggings"] if tagging["state"] == state}
        for state in ("accepted", "suggested")
    }
    return (
        all(_as_said(row[key]) == ("" if note[key] is None else str(note[key])) for key in SAME)
        and datetime.fromisoformat(row["held_at"]) == datetime.fromisoformat(note["held_at"])
        and all(set(filter(None, row[f"tags_{s}"].split(" | "))) == slugs for s, slugs in tags.items())
        and all(_answer_agrees(name, answer["value"], row) for name, answer in note["answers"].items())
    )


def _answer_agrees(name: str, value: Any, row: dict[str, str]) -> bool:
    if name.startswith("quote-"):
        return value in row["quotes"]
    cell = _as_said(row[name if name in ("text", "words") else f"answer.{name}"])
    if isinstance(value, bool):
        return cell == str(int(value))
    return cell == (" | ".join(value) if isinstance(value, list) else str(value))


def _actions_differ(actions: list[dict[str, Any]], rows: list[dict[str, str]]) -> list[str]:
    by_id = {row["id"]: row for row in rows}
    keys = ("title", "kind", "step", "location_id", "customers")
    return [
        action["id"]
        for action in actions
        if [_as_said(by_id[action["id"]][key]) for key in keys] != [str(action[key]) for key in keys]
    ]


def main(path: str) -> int:
    safaris: list[str] = []

    def fill(db: Session) -> None:
        safaris.append(running_safari(db, Cast.town_hall, Cast.bas).id)

    with (
        tempfile.TemporaryDirectory(prefix="klantsafari-voices-") as folder,
        served(Path(folder), fill) as server,
    ):
        taken = [sys.executable, "-m", "app", "import", path, "--safari", safaris[0], "--as", Cast.bas]
        imported = subprocess.run(taken, stdout=subprocess.PIPE, text=True, check=False)
        if imported.returncode:
            return imported.returncode
        with httpx2.Client(base_url=server.address, headers=server.headers, timeout=60) as client:
            found = main_job(client, safaris[0])
    print(json.dumps({"imported": imported.stdout.strip()} | found, indent=2, ensure_ascii=False))
    return 1 if found["differences"] or not found["tagged"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
