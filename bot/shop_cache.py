"""Shops' last answers in Redis, shared by all processes; losing them costs nothing but age."""

import json
from datetime import datetime, timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

from desk.shops.cache import Kept

_PREFIX = "zhanggui:shop:"


class RedisShopCache:
    """The ShopCache of a deployment; keys begin with zhanggui:shop:."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def get(self, key: str) -> Kept | None:
        """Return what is kept under the key; None where it is missing or Redis is away."""
        try:
            kept = await self._redis.get(_PREFIX + key)
        except (RedisError, OSError):
            return None
        if kept is None:
            return None
        data = json.loads(kept)
        return Kept(data["value"], datetime.fromisoformat(data["stored_at"]))

    async def put(self, key: str, kept: Kept, ttl: timedelta) -> None:
        """Keep a value for as long as `ttl`; without Redis nothing is kept."""
        data = json.dumps(
            {"value": kept.value, "stored_at": kept.stored_at.isoformat()}, ensure_ascii=False
        )
        try:
            await self._redis.set(_PREFIX + key, data, px=int(ttl.total_seconds() * 1000))
        except (RedisError, OSError):
            return
