from base64 import b64encode
from typing import Self

from fastapi import Response
from pydantic import BaseModel

from app.models.access import Actor, Role
from app.routers.api.shared import api_router
from app.routers.dependencies import TO_SEND, SignedIn
from app.sealing import derived

router = api_router("me", "me")


class RoleOut(BaseModel):
    """A role at a location and everything below it."""

    role: Role
    location_id: str


class MeOut(BaseModel):
    id: str
    name: str
    email: str
    language: str
    roles: list[RoleOut]

    @classmethod
    def of(cls, actor: Actor) -> Self:
        roles = [RoleOut(role=grant.role, location_id=grant.location_id) for grant in actor.grants]
        return cls(id=actor.id, name=actor.name, email=actor.email, language=actor.language, roles=roles)


@router.get("", summary="Who this token or session acts as")
def show(actor: SignedIn) -> MeOut:
    return MeOut.of(actor)


class PhoneKeyOut(BaseModel):
    """Seals what this person keeps on a phone while nobody is signed in there. Base64 of 32 bytes; and whose it is, as
    an old page may ask while somebody else has signed in."""

    key: str
    user_id: str


@router.get("/phone-key", summary="The key to your own notes on a phone", dependencies=[TO_SEND])
def phone_key(actor: SignedIn, response: Response) -> PhoneKeyOut:
    """Always the same one, so that notes sealed at signing out open again at signing in."""
    response.headers["Cache-Control"] = "no-store"
    return PhoneKeyOut(key=b64encode(derived(f"phone:{actor.id}")).decode(), user_id=actor.id)
