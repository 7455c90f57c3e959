"""A phone with notes in its outbox, as the API hears it."""

import hashlib
import json
from typing import Any

from app.clock import new_id
from tests.makers_note import interview

HELD = "2026-11-24T10:41:00Z"


class Waiting:
    """A frozen note: `sent` are its bytes, and everything else follows from them."""

    def __init__(self, draft: dict[str, Any], note_id: str | None = None) -> None:
        self.id = note_id or new_id()
        self.draft = draft
        self.sent = json.dumps(draft, ensure_ascii=False).encode()
        self.sha256 = hashlib.sha256(self.sent).hexdigest()

    @property
    def announced(self) -> dict[str, Any]:
        files = [file["sha256"] for file in self.draft.get("attachments", [])]
        about = {"safari_id": self.draft["safari_id"], "kind": self.draft["kind"], "held_at": HELD}
        return {"id": self.id, "revision": 1, "sha256": self.sha256, "attachments": files} | about

    @property
    def enveloped(self) -> dict[str, Any]:
        return {"id": self.id, "revision": 1, "if_match": None, "bytes": self.sent.decode()}


def waiting(safari_id: str, **fields: Any) -> Waiting:
    return Waiting(interview(safari_id, **fields))


def photo_of(content: bytes = b"as good as a photo") -> dict[str, Any]:
    sha256 = hashlib.sha256(content).hexdigest()
    return {"sha256": sha256, "kind": "photo", "size": len(content), "media_type": "image/jpeg"}
