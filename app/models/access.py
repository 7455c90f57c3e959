"""Who may what: roles, what each allows, and the actor who asks. Pure; the one place that decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    ADMIN = "beheerder"
    MANAGER = "manager"
    MEMBER = "teamlid"
    READER = "lezer"


class Permission(StrEnum):
    MANAGE_PEOPLE = "people.manage"
    INVITE = "people.invite"
    MANAGE_THEMES = "theme.manage"
    LEAD_SAFARI = "safari.lead"
    RECORD_NOTE = "note.record"
    READ_NOTE = "note.read"
    SETTLE_NOTE = "note.settle"
    READ_CONTACT = "contact.read"
    READ_BOARD = "board.read"
    CHANGE_ACTION = "action.change"
    PUBLISH = "reply.publish"
    EXPORT = "export"
    READ_LOG = "log.read"
    BREAK_GLASS = "glass.break"
    BE_TOLD = "glass.told"
    SUM_UP_LOG = "log.sum_up"
    ASK_PRIVACY = "privacy.ask"
    MANAGE_PRIVACY = "privacy.manage"


ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(
        {
            Permission.MANAGE_PEOPLE,
            Permission.INVITE,
            Permission.MANAGE_THEMES,
            Permission.READ_LOG,
            Permission.SUM_UP_LOG,
            Permission.ASK_PRIVACY,
            Permission.MANAGE_PRIVACY,
            Permission.BREAK_GLASS,
        }
    ),
    Role.MANAGER: frozenset(Permission)
    - {
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_PRIVACY,
        Permission.READ_LOG,
        Permission.BREAK_GLASS,
    },
    Role.MEMBER: frozenset(
        {
            Permission.RECORD_NOTE,
            Permission.READ_NOTE,
            Permission.READ_BOARD,
            Permission.CHANGE_ACTION,
        }
    ),
    Role.READER: frozenset({Permission.READ_BOARD}),
}

IN_EMERGENCY = frozenset({Permission.READ_NOTE, Permission.READ_CONTACT})
"""What breaking the glass adds, at one place and for an hour: looking, and nothing else."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One membership: a role at a location and everything below it. `path` is the location's path of ids."""

    role: Role
    location_id: str
    path: str


@dataclass(frozen=True, slots=True)
class Glass:
    """Emergency access that is open now, at the location with this path and below."""

    id: str
    path: str
    place: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A second factor is asked of this person, and this session showed none. `has_one`: then it need only be shown.
    `may_send`: signed in before it was asked, so that a phone may go on bringing what it holds."""

    has_one: bool
    may_send: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. Made from a session or a token, once a request.

    `confirmed_at` is when they last proved to be the person of this session; a token never does. `broken` is
    there only on the few routes that are open to emergency access. With something `due`, few routes answer.
    """

    id: str
    name: str
    email: str
    language: str
    grants: tuple[Grant, ...]
    session_id: str | None = None
    confirmed_at: datetime | None = None
    broken: tuple[Glass, ...] = ()
    due: Due | None = None

    def may(self, permission: Permission, *, at: str | None = None) -> bool:
        """At the location with path `at`; without `at`: anywhere."""
        return any(at is None or at.startswith(path) for path in self.paths(permission))

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """The tops of the trees where the permission holds."""
        added = self.broken if permission in IN_EMERGENCY else ()
        return (*(g.path for g in self.grants if permission in ALLOWED[g.role]), *(g.path for g in added))

    def holds(self, permission: Permission) -> bool:
        """By a role somewhere, whatever glass is broken."""
        return any(permission in ALLOWED[g.role] for g in self.grants)

    def roles(self) -> set[Role]:
        return {g.role for g in self.grants}


def highest(roles: Iterable[Role]) -> Role | None:
    held = set(roles)
    return next((role for role in Role if role in held), None)
