"""Wake-ups across processes: Redis publishes, every process rings its own bells."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.pump import Wake

log = structlog.get_logger()
_CHANNEL = "zhanggui:wake"
_FORGET = "forget "
_RETRY_SECONDS = 2.0
_LISTEN_SECONDS = 30.0
_GATHER_SECONDS = 0.005


class Wakes:
    """The bells of the worker loops. Redis may be away: then a poll finds the work."""

    def __init__(self, redis: Redis) -> None:
        self.turns, self.outbox, self.pulls, self.pushes = Wake(), Wake(), Wake(), Wake()
        self._bells = {
            "turns": self.turns,
            "outbox": self.outbox,
            "pulls": self.pulls,
            "pushes": self.pushes,
        }
        self._redis = redis
        self._forget: Callable[[str, Sequence[str]], None] | None = None
        self._me = secrets.token_hex(4)
        self._publishing: dict[str, asyncio.Task[None]] = {}

    def ring(self, name: str) -> None:
        """Ring a bell (turns, outbox, pulls, pushes) here and, without waiting, elsewhere.

        Rings of a few milliseconds travel as one.
        """
        self._bells[name].ring()
        if name not in self._publishing:
            task = asyncio.create_task(self._publish(name))
            self._publishing[name] = task
            task.add_done_callback(lambda _: self._publishing.pop(name, None))

    def on_forget(self, forget: Callable[[str, Sequence[str]], None]) -> None:
        """Let this be called with a shop and keys whose remembered answers have grown old."""
        self._forget = forget

    async def forget(self, shop: str, keys: Sequence[str]) -> None:
        """Have every process ask the shop anew for these keys; where Redis is away, soon enough.

        Remembered answers serve for a second at the most (`shop_reuse`).
        """
        if self._forget is not None:
            self._forget(shop, keys)
        with suppress(RedisError, OSError):
            await self._redis.publish(_CHANNEL, f"{self._me}:{_FORGET}{shop} {' '.join(keys)}")

    async def reachable(self) -> bool:
        """Tell whether Redis answers."""
        try:
            await self._redis.publish(_CHANNEL, f"{self._me}:")
        except (RedisError, OSError):
            return False
        return True

    async def listen(self) -> None:
        """Ring our bells for what other processes publish, until cancelled."""
        while True:
            try:
                async with self._redis.pubsub() as listening:
                    await listening.subscribe(_CHANNEL)
                    while True:
                        # Silence is no error, however short the client's time-outs are.
                        message = await listening.get_message(timeout=_LISTEN_SECONDS)
                        if message is not None:
                            self._heard(message.get("data"))
            except (RedisError, OSError) as error:
                log.warning("wakes.redis_away", error=type(error).__name__)
                await asyncio.sleep(_RETRY_SECONDS)

    def _heard(self, data: object) -> None:
        if not isinstance(data, bytes):
            return
        sender, _, name = data.decode().partition(":")
        if sender == self._me:
            return
        if bell := self._bells.get(name):
            bell.ring()
        elif name.startswith(_FORGET) and self._forget is not None:
            shop, *keys = name.removeprefix(_FORGET).split(" ")
            self._forget(shop, keys)

    async def _publish(self, name: str) -> None:
        await asyncio.sleep(_GATHER_SECONDS)
        with suppress(RedisError, OSError):
            await self._redis.publish(_CHANNEL, f"{self._me}:{name}")
