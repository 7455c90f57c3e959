"""Which phone asks: the id that a browser made for itself, in a header on every call that its queue makes."""

import re
from typing import Annotated

from fastapi import Depends, Header, Request

from app.routers.browsers import device_of

HEADER = "Klantsafari-Device"
KNOWN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Phone:
    """`id` is None when the header is missing or no id; `name` is the kind of browser and system."""

    def __init__(self, request: Request, phone_id: str | None) -> None:
        self.id = phone_id if phone_id and KNOWN.fullmatch(phone_id) else None
        self.name = device_of(request)


def _phone(
    request: Request,
    said: Annotated[str | None, Header(alias=HEADER, description="The browser's own id, a UUID.")] = None,
) -> Phone:
    return Phone(request, said)


AskingPhone = Annotated[Phone, Depends(_phone)]
