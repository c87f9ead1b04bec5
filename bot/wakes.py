"""Wake-ups across processes: Redis publishes, every process rings its own bells."""

import asyncio
from contextlib import suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.pump import Wake

log = structlog.get_logger()
_CHANNEL = "zhanggui:wake"
_RETRY_SECONDS = 2.0


class Wakes:
    """The bells of the worker loops. Redis may be away: then a poll finds the work."""

    def __init__(self, redis: Redis) -> None:
        self.turns, self.outbox, self.pulls = Wake(), Wake(), Wake()
        self._bells = {"turns": self.turns, "outbox": self.outbox, "pulls": self.pulls}
        self._redis = redis
        self._publishing: set[asyncio.Task[None]] = set()

    def ring(self, name: str) -> None:
        """Ring a bell ("turns", "outbox", "pulls") here and, without waiting, elsewhere."""
        self._bells[name].ring()
        task = asyncio.create_task(self._publish(name))
        self._publishing.add(task)
        task.add_done_callback(self._publishing.discard)

    async def reachable(self) -> bool:
        """Tell whether Redis answers."""
        try:
            await self._redis.publish(_CHANNEL, "")
        except (RedisError, OSError):
            return False
        return True

    async def listen(self) -> None:
        """Ring our bells for what other processes publish, until cancelled."""
        while True:
            try:
                async with self._redis.pubsub() as listening:
                    await listening.subscribe(_CHANNEL)
                    async for message in listening.listen():
                        self._heard(message.get("data"))
            except (RedisError, OSError) as error:
                log.warning("wakes.redis_away", error=type(error).__name__)
                await asyncio.sleep(_RETRY_SECONDS)

    def _heard(self, data: object) -> None:
        if isinstance(data, bytes) and (bell := self._bells.get(data.decode())):
            bell.ring()

    async def _publish(self, name: str) -> None:
        with suppress(RedisError, OSError):
            await self._redis.publish(_CHANNEL, name)
