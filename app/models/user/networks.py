"""Addresses, as they are counted and as they are kept. Pure."""

import ipaddress

KEPT = {4: 24, 6: 48}
"""Bits that are kept: enough to tell home from abroad, not enough to tell a household."""


def as_counted(address: str) -> str:
    """One household or office holds a whole /64 of IPv6 addresses: it counts as one."""
    known = _known(address)
    return str(_network(known, 64)) if known and known.version == 6 else address


def as_kept(address: str) -> str:
    known = _known(address)
    return str(_network(known, KEPT[known.version])) if known else ""


def _known(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None


def _network(known: ipaddress.IPv4Address | ipaddress.IPv6Address, bits: int) -> str:
    kind = ipaddress.IPv4Network if known.version == 4 else ipaddress.IPv6Network
    return str(kind((int(known), bits), strict=False))
