"""How often the model may be asked: per day over all processes, and not while it is failing."""

from datetime import timedelta

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from desk.kernel.clock import SHANGHAI, Clock
from desk.shops.answers import Why
from desk.shops.circuit import Circuit, CircuitState

log = structlog.get_logger()

_PREFIX = "zhanggui:opinion:"
_KEPT = timedelta(days=2)
_FAILURES = 3
_REST = timedelta(minutes=1)


class Budget:
    """Counts questions per day (Asia/Shanghai); a model that fails thrice rests for a minute."""

    def __init__(self, redis: Redis, clock: Clock, per_day: int) -> None:
        self._redis, self._clock, self._per_day = redis, clock, per_day
        self._circuit = Circuit(_FAILURES, _REST)

    async def allows(self) -> bool:
        """Take one question from the budget; False when it is spent or the model rests.

        While Redis is away nobody counts, and the model is not asked: money is not spent blindly.
        """
        now = self._clock.now()
        if not self._circuit.admits(now):
            return False
        key = f"{_PREFIX}{now.astimezone(SHANGHAI).date().isoformat()}"
        try:
            used = int(await self._redis.incr(key))
            if used == 1:
                await self._redis.expire(key, _KEPT)
        except (RedisError, OSError):
            return self._refused()
        if used == self._per_day + 1:
            log.warning("opinion.budget_spent", per_day=self._per_day)
        return used <= self._per_day or self._refused()

    def answered(self) -> None:
        """The model answered."""
        self._circuit.succeeded(self._clock.now())

    def failed(self, why: Why) -> None:
        """The model did not answer, or nothing that can be used."""
        self._circuit.failed(self._clock.now(), why)

    @property
    def rests(self) -> bool:
        """Whether the model is left alone because it kept failing."""
        return self._circuit.state is not CircuitState.CLOSED

    def _refused(self) -> bool:
        # A probe that was not made must not keep the circuit waiting for its end.
        if self._circuit.state is CircuitState.PROBING:
            self._circuit.failed(self._clock.now(), Why.UNAVAILABLE)
        return False
