"""A sign-in of another organisation, on this machine: it says what a test has it say, however wrong."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "klantsafari", "a secret & more"
Claims = dict[str, Any]


class FakeIssuer:
    """`claims` are added to each ID token; `spoil` may change them, and `sign` how they are signed."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.claims: Claims = {}
        self.spoil: Callable[[Claims], Claims] = lambda claims: claims
        self.sign: Callable[[Claims], str] = self.properly
        self.told: Claims = {}
        self.delay = 0.0
        self.down = False
        self.redirects_to = ""
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.server = _Patient(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def properly(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def unsigned(self, claims: Claims) -> str:
        return (
            ".".join(
                urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode()
                for p in ({"alg": "none"}, claims)
            )
            + "."
        )

    def by_another(self, claims: Claims, kid: str = "one") -> str:
        return jwt.encode({"alg": "RS256", "kid": kid}, claims, RSAKey.generate_key(2048))

    def with_the_public_key(self, claims: Claims) -> str:
        """The old trick: the public key as if it were a shared secret."""
        shared = OctKey.import_key(urlsafe_b64encode(self.key.as_pem(private=False)).decode())
        return jwt.encode({"alg": "HS256", "kid": "one"}, claims, shared, algorithms=["HS256"])

    def code_for(self, address: str) -> str:
        """What it sends a browser back with, after its owner signed in at that address."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return code

    def discovery(self) -> Claims:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        } | self.told

    def tokens(self, given: dict[str, str]) -> tuple[int, Claims]:
        asked = self.codes.pop(given.get("code", ""), None)
        if asked is None or create_s256_code_challenge(given["code_verifier"]) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        at = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": "fatima-1",
            "nonce": asked["nonce"],
            "iat": at,
            "exp": at + 300,
            "auth_time": at,
        }
        return 200, {"access_token": "x", "id_token": self.sign(self.spoil(claims | self.claims))}


class _Patient(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Who asked did not wait for the answer."""


def _handler(issuer: FakeIssuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked.append(self.path)
            if issuer.redirects_to:
                self.send_response(302)
                self.send_header("location", issuer.redirects_to)
                self.end_headers()
            elif self.path == "/.well-known/openid-configuration":
                self.say(200, issuer.discovery())
            else:
                self.say(200, {"keys": [issuer.key.as_dict(private=False)]})

        def do_POST(self) -> None:
            issuer.asked.append(self.path)
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            time.sleep(issuer.delay)
            if issuer.down:
                self.say(503, {})
            else:
                self.say(*issuer.tokens({key: values[0] for key, values in parse_qs(body).items()}))

        def say(self, status: int, what: Claims) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, *_: object) -> None:
            pass

    return Handler
