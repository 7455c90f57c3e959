import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, StringConstraints

from app.models.access import Role
from app.models.location.schemas import Name
from app.models.user.passwords import LONGEST, SHORTEST


def _as_address(value: str) -> str:
    if len(value) > 254 or not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+", value):
        raise ValueError("field.email")
    return value.lower()


def _as_digits(value: object) -> str:
    """As people type it: 123 456 or 123-456 too."""
    digits = re.sub(r"[\s-]", "", str(value))
    if not re.fullmatch(r"[0-9]{6}", digits):
        raise ValueError("code.digits")
    return digits


Email = Annotated[str, AfterValidator(_as_address)]
NewPassword = Annotated[str, StringConstraints(min_length=SHORTEST, max_length=LONGEST)]
GivenPassword = Annotated[str, StringConstraints(max_length=LONGEST)]
Code = Annotated[str, StringConstraints(max_length=20)]


class Credentials(BaseModel):
    email: Email
    password: GivenPassword
    next: str = ""


class Confirmation(BaseModel):
    password: GivenPassword
    code: Code = ""
    next: str = ""


class CodeGiven(BaseModel):
    code: Code


class ForcedRoles(BaseModel):
    """Of whom a second factor is asked."""

    roles: list[Role] = []


class CodeAppDraft(BaseModel):
    """`sealed` is the offer that the code is for."""

    sealed: Annotated[str, StringConstraints(max_length=4_000)]
    code: Code


class PasskeyProof(BaseModel):
    """`credential` is what the browser answered, as JSON; `ticket` belongs to the question."""

    credential: Annotated[str, StringConstraints(max_length=20_000)]
    ticket: Annotated[str, StringConstraints(max_length=2_000)]
    next: str = ""


class NewPasskey(PasskeyProof):
    key_name: Name


class InvitedPasskey(NewPasskey):
    name: Name


class CodeRequest(BaseModel):
    email: Email
    next: str = ""


class MailedCodeGiven(BaseModel):
    code: Annotated[str, BeforeValidator(_as_digits)]


class InvitationToMail(BaseModel):
    token: Annotated[str, StringConstraints(max_length=100)]


class InvitationDraft(BaseModel):
    name: Name
    email: Email
    role: Role
    location_id: str


class AcceptanceDraft(BaseModel):
    name: Name
    password: NewPassword


class MembershipDraft(BaseModel):
    role: Role
    location_id: str


class ProfileChanges(BaseModel):
    name: Name
    language: Literal["nl", "en"]


class Password(BaseModel):
    password: NewPassword


class PasswordChange(BaseModel):
    old: GivenPassword = ""
    new: NewPassword
