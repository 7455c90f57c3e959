"""What a browser takes along for some minutes and only we can read: of a sign-in that is under way."""

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from fastapi import Request
from starlette.responses import Response

from app.sealing import seal, unseal

PREFIX = "__Host-klantsafari-"


def put(answer: Response, name: str, value: str, *, seconds: int) -> None:
    answer.set_cookie(
        PREFIX + name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax"
    )


def drop(answer: Response, name: str) -> None:
    answer.delete_cookie(PREFIX + name, path="/", secure=True, httponly=True, samesite="lax")


def got(request: Request, name: str) -> str:
    return request.cookies.get(PREFIX + name, "")


def sealed(name: str, what: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(seal(json.dumps(what), place=f"cookie.{name}")).decode()


def opened(request: Request, name: str) -> dict[str, Any] | None:
    try:
        found = json.loads(unseal(base64.urlsafe_b64decode(got(request, name)), place=f"cookie.{name}"))
    except (ValueError, InvalidTag):
        return None
    return found if isinstance(found, dict) else None
