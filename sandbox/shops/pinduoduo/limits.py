"""How often one app may call a method: the platform's table, counted by the fake clock."""

from collections import deque
from datetime import datetime, timedelta

TABLE = {
    "pdd.order.number.list.increment.get": (3000, 60),
    "pdd.order.list.get": (6000, 60),
    "pdd.refund.list.increment.get": (100, 10),
    "pdd.goods.list.get": (600, 60),
    "pdd.logistics.ordertrace.get": (4800, 20),
}
"""Calls within seconds."""


class Limits:
    """Counts calls of the limited methods."""

    def __init__(self) -> None:
        self._recent: dict[str, deque[datetime]] = {}

    def is_reached(self, method: str, now: datetime) -> bool:
        """Count one call; true when the method had all its calls already."""
        if method not in TABLE:
            return False
        calls, seconds = TABLE[method]
        oldest = now - timedelta(seconds=seconds)
        recent = deque(each for each in self._recent.get(method, ()) if oldest < each <= now)
        self._recent[method] = recent
        if len(recent) >= calls:
            return True
        recent.append(now)
        return False
