"""How often one address may look: enough for a family behind one router, not for a search."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

MOST_ADDRESSES = 20_000
"""Beyond them the one that was seen longest ago is forgotten: memory has an end."""


@dataclass(slots=True)
class Limit:
    """A bucket per address: `burst` looks at once, one more each `every` seconds.

    `clock` tells seconds that never go back. Each process counts for itself.
    """

    burst: int
    every: float
    clock: Callable[[], float]
    _free_at: OrderedDict[str, float] = field(default_factory=OrderedDict)

    def wait(self, address: str, cost: int = 1) -> float:
        """Take `cost` looks: the seconds to wait where there are not as many, else 0."""
        now, key = self.clock(), _of_one(address)
        free_at = max(self._free_at.pop(key, now), now)
        wait = free_at + cost * self.every - now - self.burst * self.every
        self._free_at[key] = free_at if wait > 0 else free_at + cost * self.every
        if len(self._free_at) > MOST_ADDRESSES:
            self._free_at.popitem(last=False)
        return max(0.0, wait)


def _of_one(address: str) -> str:
    """An address as a key; of IPv6 the first 64 bits, as a house has all that follow."""
    try:
        known = ip_address(address)
    except ValueError:
        return hashlib.blake2b(address.encode(errors="replace"), digest_size=16).hexdigest()
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return known.exploded[:19]
    return str(known)
