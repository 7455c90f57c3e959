"""Which roles follow from what the organisation's own sign-in says: `groups:balie=teamlid@Stadskantoor;...`. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ROLES = ("beheerder", "manager", "teamlid", "lezer")
# The claim may be an address itself, as some providers want: https://safari.example/groups:balie=...
RULE = re.compile(r"(?P<claim>(?:https?://)?[^:=;]+):(?P<value>[^;]+)=(?P<role>[a-z]+)@(?P<place>[^;@=]+)")


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Who has `value` in `claim` gets `role` at the location named `place`, such as `Gemeente/Stadskantoor`."""

    claim: str
    value: str
    role: str
    place: str


def parse(text: str) -> tuple[RoleRule, ...]:
    """ValueError names the part that is wrong."""
    return tuple(_rule(part.strip()) for part in text.split(";") if part.strip())


def _rule(part: str) -> RoleRule:
    found = RULE.fullmatch(part)
    if found is None or found["role"] not in ROLES:
        raise ValueError(f"‘{part}’ is not claim:value=role@location, with a role of {', '.join(ROLES)}")
    return RoleRule(*(found[name].strip() for name in ("claim", "value", "role", "place")))


def matching(rules: tuple[RoleRule, ...], claims: Mapping[str, Any]) -> tuple[RoleRule, ...]:
    """The rules that these claims fulfil."""
    return tuple(rule for rule in rules if rule.value in _values(claims, rule.claim))


def _values(claims: Mapping[str, Any], name: str) -> list[str]:
    """A claim of that name, else one inside others: `realm_access.roles`."""
    found: Any = claims.get(name)
    if found is None:
        found = claims
        for step in name.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    return [value for value in (found if isinstance(found, list) else [found]) if isinstance(value, str)]
