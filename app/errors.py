"""The domain's own errors. A code such as "safari.already_closed" names what went wrong; words are for the skin."""

from collections.abc import Mapping

Fault = tuple[str, dict[str, object]]
"""A code and what fills its words."""


class Problem(Exception):
    """Base of all domain errors; `details` may fill the words, and never carries customer text."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class NotFound(Problem):
    """Absent, or not yours to see: the same answer."""

    def __init__(self, code: str = "not_found", **details: object) -> None:
        super().__init__(code, **details)


class NotSignedIn(Problem):
    def __init__(self) -> None:
        super().__init__("not_signed_in")


class NotConfirmed(Problem):
    """Allowed, once the person has shown again that it is them."""

    def __init__(self) -> None:
        super().__init__("not_confirmed")


class SecondFactorDue(Problem):
    """Signed in, but for a second factor that the organisation asks. To a phone it is as if it were signed out: what
    waits there goes on waiting."""

    def __init__(self) -> None:
        super().__init__("second_factor.due")


class Forbidden(Problem):
    def __init__(self, code: str = "forbidden", **details: object) -> None:
        super().__init__(code, **details)


class Conflict(Problem):
    """Somebody or something got there first."""


class Gone(Problem):
    """It was here, and was erased on purpose."""


class TooLarge(Problem):
    pass


class TooMany(Problem):
    """Too many tries; `details["seconds"]` says how long to wait."""


class Invalid(Problem):
    """What came in can be read but is not right: field name -> code, or field name -> (code, details)."""

    def __init__(self, fields: Mapping[str, str | tuple[str, dict[str, object]]]) -> None:
        super().__init__("invalid")
        self.fields = {k: v if isinstance(v, tuple) else (v, {}) for k, v in fields.items()}
