"""One message to a phone by web push: encrypted for that phone alone, through the push service of its browser."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.public_hosts import NotPublic, address_of
from app.sealing import derived
from app.settings import settings

PATIENCE = 10.0
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Phone:
    endpoint: str
    p256dh: str
    auth: str


class NotPushed(Exception):
    """`gone`: the phone wants no more of it. `for_good`: another try would change nothing."""

    def __init__(self, why: str, *, gone: bool = False, for_good: bool = False) -> None:
        super().__init__(why)
        self.why, self.gone, self.for_good = why, gone, gone or for_good


def vapid_key() -> ec.EllipticCurvePrivateKey:
    """Follows from the secret key, so that it is the same on every worker and comes back with a backup."""
    number = int.from_bytes(hashlib.sha512(derived("web push")).digest())
    return ec.derive_private_key(number % (ORDER - 1) + 1, ec.SECP256R1())


@cache
def _public(key: bytes) -> str:
    from base64 import urlsafe_b64encode

    return urlsafe_b64encode(key).rstrip(b"=").decode()


def public_key() -> str:
    """What a browser wants to know before it subscribes."""
    point = vapid_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _public(point)


def is_allowed(endpoint: str) -> bool:
    """https, without a name or password in it; where it leads is looked at when something is sent."""
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or len(endpoint) > 1000:
        return False
    return parts.scheme == "https" or (settings().push_to_this_machine and parts.scheme == "http")


def deliver(phone: Phone, message: dict[str, str], *, seconds: int) -> None:
    """NotPushed when the push service did not take it. Waits for the network: for a thread of its own."""
    from py_vapid import Vapid02
    from pywebpush import WebPusher, WebPushException

    if not is_allowed(phone.endpoint):
        raise NotPushed("no https", for_good=True)
    parts = urlsplit(phone.endpoint)
    try:
        about = {"endpoint": phone.endpoint, "keys": {"p256dh": phone.p256dh, "auth": phone.auth}}
        body = WebPusher(about).encode(json.dumps(message).encode())["body"]
    except (WebPushException, ValueError, TypeError) as wrong:
        raise NotPushed(type(wrong).__name__, for_good=True) from None
    claims = {"sub": settings().push_contact, "aud": f"{parts.scheme}://{parts.netloc}"}
    headers = {"ttl": str(seconds), "urgency": "normal", "content-encoding": "aes128gcm"}
    _answered(_ask(phone.endpoint, body, headers | Vapid02(vapid_key()).sign(claims)))


def _ask(endpoint: str, body: bytes, headers: dict[str, str]) -> int:
    """The status. Goes to the address that was looked at, under the name that was given, and nowhere further."""
    url = httpx.URL(endpoint)
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        address = address_of(url.host, port, this_machine=settings().push_to_this_machine)
    except NotPublic:
        raise NotPushed("not public", for_good=True) from None
    headers = headers | {"host": url.netloc.decode()}
    named = {"sni_hostname": url.host}
    try:
        with httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client:
            there = url.copy_with(host=address)
            with client.stream("POST", there, content=body, headers=headers, extensions=named) as answer:
                return answer.status_code
    except (httpx.HTTPError, OSError) as trouble:
        raise NotPushed(type(trouble).__name__) from None


def _answered(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise NotPushed(f"HTTP {status}", gone=True)
    raise NotPushed(f"HTTP {status}", for_good=status not in (408, 425, 429) and status < 500)
