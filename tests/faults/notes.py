"""Notes as a phone sends them, each with words of its own, over HTTP from as many clients as needed."""

import http.client
import json
import socket
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.clock import new_id
from tests.makers_note import observation

TROUBLE = (OSError, http.client.HTTPException)


@dataclass(frozen=True, slots=True)
class Note:
    id: str
    sent: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.sent).hexdigest()

    @property
    def address(self) -> str:
        return f"/api/v1/field-notes/{self.id}"

    @property
    def in_a_batch(self) -> dict[str, Any]:
        return {"id": self.id, "revision": 1, "if_match": None, "bytes": self.sent.decode()}


def fresh(safari_id: str, **fields: Any) -> Note:
    note_id = new_id()
    return Note(note_id, json.dumps(observation(safari_id, f"Gezien: {note_id}", **fields)).encode())


def connect(port: int, seconds: float = 10) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("localhost", port, timeout=seconds)


def ask(
    line: http.client.HTTPConnection, method: str, path: str, body: bytes, headers: dict[str, str]
) -> tuple[int, Any]:
    """Status and what its JSON says; a connection that broke is an OSError or HTTPException."""
    line.request(method, path, body, headers)
    answer = line.getresponse()
    content = answer.read()
    return answer.status, json.loads(content) if content else None


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
