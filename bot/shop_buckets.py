"""How often shops are called, counted in Redis together with all other processes."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from redis.asyncio import Redis
from redis.exceptions import RedisError

from integrations.rate import LONGEST_WAIT, MemoryBuckets, Rate, pace_of

_PREFIX = "zhanggui:rate:"
_IN_TIME = 0.25
"""Seconds; a Redis that has fallen silent counts as away."""
_TAKE = """
local time = redis.call('time')
local now = time[1] + time[2] / 1000000
local free_at = tonumber(redis.call('get', KEYS[1]) or '0')
if free_at < now then free_at = now end
free_at = free_at + tonumber(ARGV[1])
local wait = free_at - now - tonumber(ARGV[2])
if wait < 0 then wait = 0 end
if wait <= tonumber(ARGV[4]) then
  redis.call('set', KEYS[1], string.format('%.6f', free_at), 'PX', ARGV[3])
  redis.call('incr', KEYS[2])
  redis.call('expire', KEYS[2], 172800)
end
return string.format('%.6f', wait)
"""
"""One moment per shop is all that is kept: when the next call would be free (GCRA)."""


class RedisBuckets:
    """Implements `integrations.rate.Buckets`; each process counts for itself while Redis is away.

    Calls are counted by day (UTC) too.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._take = redis.register_script(_TAKE)
        self._alone = MemoryBuckets()

    async def take(self, key: str, rate: Rate, *, patient: bool = False) -> float:
        """Take one token: the seconds to wait before calling, 0 for now."""
        pace = pace_of(rate)
        owed = pace.owed_patiently if patient else pace.owed
        lives = int(rate.seconds * 4000) + 1000
        try:
            async with asyncio.timeout(_IN_TIME):
                wait = await self._take(
                    keys=[f"{_PREFIX}{key}", _of_day(key)],
                    args=[pace.step, owed, lives, 0.0 if patient else LONGEST_WAIT],
                )
        except (RedisError, OSError):
            return await self._alone.take(key, rate, patient=patient)
        return float(wait)

    async def calls_today(self, key: str) -> int | None:
        """How often this key was called today (UTC); None while Redis is away."""
        try:
            async with asyncio.timeout(_IN_TIME):
                return int(await self._redis.get(_of_day(key)) or 0)
        except (RedisError, OSError):
            return None


class ShopCalls:
    """Implements `desk.sync.ports.CallCounter`; `keys` are the buckets' keys by shop id."""

    def __init__(self, buckets: RedisBuckets, keys: Mapping[str, str]) -> None:
        self._buckets, self._keys = buckets, keys

    async def today(self) -> Mapping[str, int]:
        """Calls of today (UTC) by shop id; nothing while Redis is away."""
        counts = {shop: await self._buckets.calls_today(key) for shop, key in self._keys.items()}
        return {shop: count for shop, count in counts.items() if count is not None}


def _of_day(key: str) -> str:
    return f"{_PREFIX}{key}:calls:{datetime.now(UTC).date().isoformat()}"
