"""One way to the organisation's sign-in and back: what this browser takes along, and must bring back, once."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from hmac import compare_digest
from urllib.parse import urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from cryptography.exceptions import InvalidTag

from app.clock import now
from app.oidc.provider import Provider
from app.oidc.refusing import SsoRefused
from app.sealing import seal, unseal
from app.settings import settings

LASTS = 600
PLACE = "cookie.sso"
SCOPE = "openid profile email"


@dataclass(frozen=True, slots=True)
class Flow:
    """`purpose` is sign_in, confirm or link; the last two are for one session only."""

    state: str
    nonce: str
    verifier: str
    purpose: str
    next: str
    session_id: str
    began: int

    @property
    def anew(self) -> bool:
        """Whether the person has to show there, now, that it is them."""
        return self.purpose != "sign_in"


def begin(purpose: str, *, next: str = "", session_id: str = "") -> Flow:
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    began = int(now().timestamp())
    return Flow(state, nonce, secrets.token_urlsafe(48), purpose, next, session_id, began)


def address_of(flow: Flow, there: Provider, back: str) -> str:
    """Where the browser goes to; `back` is our own address for the answer."""
    endpoint = there.address("authorization_endpoint")
    asked = {
        "response_type": "code",
        "client_id": settings().oidc_client_id,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": flow.state,
        "nonce": flow.nonce,
        "code_challenge": create_s256_code_challenge(flow.verifier),
        "code_challenge_method": "S256",
    }
    if flow.anew:
        asked |= {"prompt": "login", "max_age": "0"}
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def sealed(flow: Flow) -> str:
    return base64.urlsafe_b64encode(seal(json.dumps(asdict(flow)), place=PLACE)).decode()


def returned(cookie: str, state: str) -> Flow:
    """The flow that this browser began; SsoRefused when it did not, or too long ago."""
    try:
        flow = Flow(**json.loads(unseal(base64.urlsafe_b64decode(cookie), place=PLACE)))
    except (ValueError, TypeError, InvalidTag):
        raise SsoRefused("sso.lost") from None
    if flow.began + LASTS < now().timestamp() or not compare_digest(flow.state.encode(), state.encode()):
        raise SsoRefused("sso.lost")
    return flow
