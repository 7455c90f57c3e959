"""How often one household may knock at pages that have no sign-in. Counted in the memory of each process: it keeps a
flood away; what keeps a private link private is that nobody can guess it."""

from ipaddress import ip_address, ip_network

from fastapi import Depends, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from app.errors import TooMany
from app.routers.browsers import address_of

MOST = RateLimitItemPerMinute(300)
limiter = FixedWindowRateLimiter(MemoryStorage())


async def slowly(request: Request) -> None:
    if not limiter.hit(MOST, "customers", household(address_of(request))):
        raise TooMany("link.too_often", seconds=60)


def household(address: str) -> str:
    """An IPv4 address, or the /64 that one household or office holds."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((int(known), 64), strict=False)) if known.version == 6 else address


Slowly = Depends(slowly)
