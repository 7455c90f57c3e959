"""Addresses, as they are counted and as they are kept. Pure."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
KEPT = {4: 24, 6: 48}
"""Bits that are kept: enough to tell the office from elsewhere, not enough to tell who sat where."""


def as_counted(address: str) -> str:
    """One household or office holds a whole /64 of IPv6 addresses: it counts as one."""
    known = known_as(address)
    return str(_network(known, 64)) if known and known.version == 6 else address


def as_kept(address: str) -> str:
    """Empty when it is no address."""
    known = known_as(address)
    return str(_network(known, KEPT[known.version])) if known else ""


def as_logged(address: str) -> str:
    """As it is kept; but this machine itself by its name, and an IPv4 address out of the other that wraps it."""
    known = known_as(address)
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    return str(known) if known and known.is_loopback else as_kept(str(known or ""))


def known_as(address: str) -> Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None


def _network(known: Address, bits: int) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    kind = ipaddress.IPv4Network if known.version == 4 else ipaddress.IPv6Network
    return kind((int(known), bits), strict=False)
