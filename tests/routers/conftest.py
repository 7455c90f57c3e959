"""What pages speak with outside: somebody else's sign-in, and a mail server."""

import os
from collections.abc import Iterator

import pytest

from app.oidc import provider as known
from app.settings import settings
from tests.fake_issuer import CLIENT, SECRET, FakeIssuer
from tests.makers_sso import FATIMA, ROLES
from tests.post_office import PostOffice, post_office


@pytest.fixture(scope="module")
def one_issuer() -> Iterator[FakeIssuer]:
    made = FakeIssuer()
    yield made
    made.close()


@pytest.fixture
def issuer(one_issuer: FakeIssuer, stage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeIssuer]:
    set_here = {"ISSUER": one_issuer.url, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET, "NAME": "Waterrijk"}
    for name, value in (set_here | {"ROLES": ROLES}).items():
        monkeypatch.setitem(os.environ, f"KLANTSAFARI_OIDC_{name}", value)
    settings.cache_clear()
    known.forget()
    one_issuer.__dict__ |= {
        "claims": dict(FATIMA),
        "told": {},
        "delay": 0.0,
        "down": False,
        "redirects_to": "",
    }
    one_issuer.spoil, one_issuer.sign = (lambda claims: claims), one_issuer.properly
    yield one_issuer
    settings.cache_clear()
    known.forget()


@pytest.fixture
def office(stage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    with post_office(monkeypatch) as made:
        yield made
