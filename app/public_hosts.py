"""For addresses that people give us: which machine a name leads to, and never one inside our own network."""

import ipaddress
import socket


class NotPublic(Exception):
    """The name leads nowhere, or to a machine that only we can reach."""


def address_of(host: str, port: int, *, this_machine: bool = False) -> str:
    """The address to connect to, so that a name cannot lead elsewhere between looking and asking. Waits for the
    network. One inside address among several is enough to refuse. `this_machine`: for tests."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise NotPublic(host) from None
    if not found or not all(_is_public(one) or (this_machine and _is_this(one)) for one in found):
        raise NotPublic(host)
    return min(found, key=lambda one: (":" in one, one))


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    return ip.is_global and inner.is_global and not ip.is_multicast and not inner.is_multicast


def _is_this(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback
