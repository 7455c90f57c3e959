import base64
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field


def _bytes_of(size: int) -> AfterValidator:
    def check(value: str) -> str:
        try:
            raw = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
        except ValueError:
            raise ValueError("push.unreadable") from None
        if len(raw) != size:
            raise ValueError("push.unreadable")
        return value

    return AfterValidator(check)


class PushKeys(BaseModel):
    p256dh: Annotated[str, Field(max_length=100), _bytes_of(65)]
    auth: Annotated[str, Field(max_length=40), _bytes_of(16)]


class PushEndpoint(BaseModel):
    endpoint: str = Field(min_length=1, max_length=1000)


class PushSubscriptionDraft(PushEndpoint):
    """As a browser gives it (`PushSubscription.toJSON`)."""

    keys: PushKeys
