"""A real push service on this machine, and a phone that can read what it is sent."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.pushing_by_itself import push_all
from app.settings import settings
from tests.waiting import wait_for


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class PushService:
    """`says` is the status it answers with; `asked` keeps headers and body of every message."""

    def __init__(self) -> None:
        self.says = 201
        self.asked: list[tuple[dict[str, str], bytes]] = []
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        service = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                service.asked.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(service.says)
                self.send_header("location", f"{service.url}/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://localhost:{self.server.server_port}"

    def phone(self, path: str = "/phone") -> dict[str, Any]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {
            "endpoint": self.url + path,
            "keys": {"p256dh": _text(point), "auth": _text(self.auth)},
            "expirationTime": None,
        }

    def messages(self) -> list[dict[str, str]]:
        return [
            json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth))
            for _, body in self.asked
        ]


@contextmanager
def push_service(monkeypatch: Any) -> Iterator[PushService]:
    service = PushService()
    threading.Thread(target=service.server.serve_forever, daemon=True).start()
    monkeypatch.setenv("KLANTSAFARI_PUSH_CONTACT", "mailto:beheer@klantsafari.example")
    monkeypatch.setenv("KLANTSAFARI_PUSH_TO_THIS_MACHINE", "true")
    settings.cache_clear()
    yield service
    service.server.shutdown()
    service.server.server_close()
    settings.cache_clear()


def push_everything() -> int:
    """What the sender does by itself while the site runs."""
    return wait_for(push_all())
